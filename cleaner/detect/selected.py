"""Rules that name elements of a page (`where.css`): the blocks at which they may match, and what they keep for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cleaner.data import Block, Finding, Span
from cleaner.detect.page import Page
from cleaner.html.layout import Layout
from cleaner.ruleset import NOWHERE, Active, Candidate
from cleaner.ruleset.selector import Tree, selector


def candidates(layout: Layout, blocks: Sequence[Block], active: Active) -> Mapping[int, Sequence[Candidate]]:
    """For each block, by its number, the rules whose selector names an element that holds all of its text."""
    tree, rules = Tree(*layout.elements.said), active.selecting
    numbers: dict[Any, frozenset[int]] = {}
    for n, candidate in enumerate(rules):
        for element in selector(candidate.rule.css).elements(tree):
            numbers[element] = numbers.get(element, frozenset()) | {n}
    if not numbers:
        return NOWHERE
    from cleaner.html.inside import inside

    found = {n: [rules[number] for number in sorted(here)] for n, here in enumerate(inside(layout, numbers)) if here}
    return {n: [one for one in here if _fits(one, blocks[n])] for n, here in found.items()}


def _fits(candidate: Candidate, block: Block) -> bool:
    longest = candidate.rule.max_chars
    return longest is None or len(block.text) <= longest


def ids(page: Page) -> frozenset[str]:
    """The ids of the rules with a selector that match on the page."""
    return frozenset(match.rule.id for here in page.matches for match in here if match.rule.css)


def kept(page: Page, found: Iterable[Finding]) -> list[Finding]:
    """The findings by which rules with a selector protect blocks: later rounds see no markup to find them in."""
    named = ids(page)
    return [finding for finding in found if finding.action == "keep" and finding.source in named] if named else []


def again(keeps: Sequence[Finding], blocks: Sequence[Block], origin: Callable[[Span], list[Span]]) -> list[Finding]:
    """The same protections in a later round; `origin` leads a span of its text back to the page's text."""
    if not keeps:
        return []
    found = []
    for n, block in enumerate(blocks):
        pieces = origin(Span(block.start, block.end))
        for keep in keeps:
            if any(piece.start < keep.span.end and keep.span.start < piece.end for piece in pieces):
                span = Span(block.start, block.end)
                found.append(Finding(span, n, n, keep.source, keep.category, "keep", keep.confidence, keep.evidence))
                break
    return found
