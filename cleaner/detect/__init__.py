"""Third stage: accuses. Rules and heuristics yield findings with evidence; none of them removes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.data import Finding
from cleaner.detect import (
    article_ending,
    caption,
    control_characters,
    leading_date,
    line_score,
    page_score,
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
        leading_date,
        title_line,
        teaser,
        caption,
        repeated_line,
        unrelated_headline,
        control_characters,
        article_ending,
        line_score,
        page_score,
    )
}
SCORERS = (article_ending.ID, line_score.ID, page_score.ID)  # they weigh what the others found


def detect(page: Page) -> list[Finding]:
    """All findings of the rules and of the heuristics that are switched on."""
    page = accuse(page)
    found = list(page.findings)
    for scorer in (page_score,) if page.shape else (article_ending, line_score):
        if len(found) > len(page.findings):
            page = page.with_findings(tuple(found))
        if page.allows(scorer.ID, scorer.CATEGORY):
            found.extend(scorer.find(page))
    return found


def accuse(page: Page) -> Page:
    """The page with the findings of rules and of all heuristics but the scorers, which weigh them."""
    page = page.with_findings([*rule_matches.find(page), *page_score.furniture(page)])
    found = list(page.findings)
    for name, (category, _, find) in HEURISTICS.items():
        if name == title_line.ID and len(found) > len(page.findings):
            page = page.with_findings(tuple(found))  # a title is told by the noise around it
        if name not in SCORERS and page.allows(name, category):
            found.extend(find(page))
    return page.with_findings(found) if len(found) > len(page.findings) else page
