"""A page as the pipeline makes it, for one detector at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cleaner.data import Finding
from cleaner.detect import rule_matches
from cleaner.detect.page import Page
from cleaner.ruleset import Ruleset
from cleaner.ruleset.loader import parse
from cleaner.segment import segment
from cleaner.text.language import identify

PLAYER = r"""schema = 1
[[rules]]
id = "player"
category = "video-player"
action = "drop-line"
confidence = "high"
message = "Player."
langs = ["*"]
pattern = '''^please enable the player'''
hits = ["Please enable the player", "please enable the player now"]
misses = ["the player", "enable"]
"""


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    """`page(*lines, rules=...)` with blank lines between; `rules` is the text of a rule file."""

    def make(*lines: str, rules: str = PLAYER, **more: Any) -> Page:
        text = "\n\n".join(lines)
        ruleset = Ruleset(parse(rules, "r.toml"))
        blocks = segment(text)
        language = more.pop("language", identify(text))
        matches, _ = ruleset.matches([block.text for block in blocks], ruleset.active(language, more.get("url")))
        made = Page(text=text, blocks=blocks, language=language, matches=matches, **more)
        return made.with_findings(list(rule_matches.find(made)))

    return make


@pytest.fixture(scope="session")
def accused() -> Callable[[Page, Iterator[Finding]], list[str]]:
    """The text of the findings, in text order."""

    def texts(page: Page, findings: Iterator[Finding]) -> list[str]:
        return [page.text[f.span.start : f.span.end] for f in sorted(findings, key=lambda f: f.span.start)]

    return texts
