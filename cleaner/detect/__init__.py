"""Third stage: accuses. Rules and heuristics yield findings with evidence; none of them removes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.data import Finding
from cleaner.detect import (
    caption,
    control_characters,
    leading_date,
    outside_article,
    repeated_line,
    rule_matches,
    teaser,
    title_line,
    unrelated_headline,
)
from cleaner.detect.page import Page

Detector = Callable[[Page], Iterator[Finding]]

# id -> (category, what it looks for, detector); an id is an API, as a rule's is
HEURISTICS: dict[str, tuple[str, str, Detector]] = {
    module.ID: (module.CATEGORY, module.MESSAGE, module.find)
    for module in (
        title_line,
        leading_date,
        teaser,
        caption,
        repeated_line,
        unrelated_headline,
        outside_article,
        control_characters,
    )
}


def detect(page: Page) -> list[Finding]:
    """All findings of the rules and of the heuristics that are switched on."""
    page = page.with_findings(list(rule_matches.find(page)))
    found = list(page.findings)
    for name, (category, _, find) in HEURISTICS.items():
        if page.allows(name, category):
            found.extend(find(page))
    return found
