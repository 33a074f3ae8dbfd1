"""Paragraphs that stand more than once in a document: every copy but the first.

Spared: refrains and other short lines, which verse, dialogue and tables repeat with good reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.text.lines import width

ID = "heuristic-repeated-line"
CATEGORY = "repetition"
MESSAGE = "A paragraph that stands in the text already, word for word."

MIN_CHARS = 60  # Latin letters; verses and table rows are shorter


def find(page: Page) -> Iterator[Finding]:
    """A finding for each later copy of a line."""
    seen: dict[str, int] = {}
    for n, block in enumerate(page.blocks):
        if len(block.text) < MIN_CHARS and width(block.text) < MIN_CHARS:
            continue
        key = block.text.casefold()
        if key in seen and not _is_verse(page, n):
            yield page.accuse(n, ID, CATEGORY, f"the same as line {seen[key] + 1}")
        seen.setdefault(key, n)


def _is_verse(page: Page, n: int) -> bool:
    """Whether the line stands among lines of its own kind: a stanza is no paragraph."""
    near = [*page.blocks[max(0, n - 2) : n], *page.blocks[n + 1 : n + 3]]
    return page.blocks[n].role != "paragraph" and all(block.role != "paragraph" for block in near)
