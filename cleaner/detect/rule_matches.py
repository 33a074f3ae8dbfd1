"""What the rules find: their matches, placed in the document and widened to the blocks they take."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.data import Action, Block, Finding, Span
from cleaner.detect.page import WHOLE, Page, shares
from cleaner.ruleset import Match, Rule
from cleaner.text.lines import CLOSERS

OPEN_ENDED = ("related",)  # what these name is a headline, and no full stop ends it
STOPS = (".", "।", "۔", "։")  # which end sentences, and hardly ever headlines
DASHES = ("—", "–", "-")  # before speech
MAX_FLAT = 120  # characters of a sentence of one long line that may go whole
MAX_RUN = 40  # blocks that a drop-block may take after its line


def find(page: Page) -> Iterator[Finding]:
    """A finding for each match whose rule allows the match's place."""
    if not any(page.matches):
        return
    places = shares([block.text for block in page.blocks])
    for n, matches in enumerate(page.matches):
        for match in matches:
            if match.rule.after <= places[n] <= match.rule.before:
                if not (_is_flat(page, n) and match.rule.action in WHOLE):
                    yield _finding(page, n, match)
                elif _is_sentence(page, n, match):
                    yield _finding(page, n, match, alone=True)


def _is_flat(page: Page, n: int) -> bool:
    """Whether the block is a sentence of one long line, whose neighbours follow without a break."""
    return page.blocks[n].gap == 0 or (n + 1 < len(page.blocks) and page.blocks[n + 1].gap == 0)


def _is_sentence(page: Page, n: int, match: Match) -> bool:
    """Whether what matched ends where the next sentence begins: in one long line no break tells them apart."""
    text = page.blocks[n].text
    if match.rule.category in OPEN_ENDED:
        return False
    if match.start > 0 or match.end == len(text):
        return len(text) <= MAX_FLAT
    rest = text[match.end :].lstrip(" .!:")
    return text[match.end - 1] in ".!?" or (len(rest) < len(text) - match.end and rest[:1].isupper())


def _finding(page: Page, n: int, match: Match, alone: bool = False) -> Finding:
    rule, block = match.rule, page.blocks[n]
    first, last = (n, n) if alone else _reach(page, n, rule)
    strips = rule.action == "extract" and rule.category in page.strips
    action: Action = "strip-span" if strips or alone else rule.action
    if action == "strip-span" and not (alone and match.start > 0):
        span = Span(block.start + match.start, block.start + match.end)
    else:
        span = Span(page.blocks[first].start, page.blocks[last].end)
    fields = {name: page.text[block.start + a : block.start + b] for name, (a, b) in match.fields.items()}
    return Finding(
        span=span,
        first=first,
        last=last,
        source=rule.id,
        category=rule.category,
        action=action,
        confidence=rule.confidence,
        evidence=rule.message,
        rank=(rule.scope, match.end - match.start),
        fields=fields,
        twins=match.twins,
    )


def _reach(page: Page, n: int, rule: Rule) -> tuple[int, int]:
    """The first and the last block that the rule takes when it fires in block `n`."""
    if rule.action in ("keep", "extract", "strip-span"):
        return n, n
    if rule.action == "cut-tail":
        return n, len(page.blocks) - 1
    first, last = n, n
    while n - first < rule.takes_previous and first > 0 and _goes_along(page.blocks[first - 1]):
        first -= 1
    wanted = MAX_RUN if rule.action == "drop-block" else rule.takes_next
    while last - n < wanted and last + 1 < len(page.blocks) and _goes_along(page.blocks[last + 1]):
        if rule.action == "drop-block" and _goes_on(page, n, last):
            break
        last += 1
    return first, last


def _goes_along(block: Block) -> bool:
    """Whether a neighbour may go with the line that a rule names: no paragraph ever does, nor a short sentence of a
    script in which headlines have no full stop."""
    return block.role != "paragraph" and not block.text.rstrip(CLOSERS).endswith("。")


def _goes_on(page: Page, heading: int, last: int) -> bool:
    """Whether the text goes on behind what is the last block below the heading of a list so far."""
    following = last + 1
    if page.blocks[following].role == "subheading":  # it heads a paragraph
        return True
    if last == heading:
        return False
    has_left = page.shape is not None and page.shape.has_left(heading, last, following)
    return has_left or _says(page, following)


def _says(page: Page, n: int) -> bool:
    """Whether the block is a short sentence behind the headlines of a list, and no furniture that a rule knows."""
    text = page.blocks[n].text.rstrip(CLOSERS)
    ended = text.endswith(STOPS) and not text.endswith("..")
    spoken = text.startswith(DASHES) and text.endswith(("?", "!"))
    return (ended or spoken) and not page.matches[n]
