"""Fourth stage: alone removes. Settles protection, doubt, conflicts and the removal budget.

Precedence never depends on the order of files or findings: phase by phase (cut-tail, drop-block,
drop-line, strip-span), rules before heuristics, special before general, longer before shorter, id.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from cleaner.data import Block, Decision, Finding, Span
from cleaner.text.count import word_count

PHASES = {"cut-tail": 0, "drop-block": 1, "drop-line": 2, "strip-span": 3}
HEURISTIC = "heuristic-"
LONG_WORD = 12  # characters of a word and its blank; most texts have shorter ones


class Verdict(NamedTuple):
    """The decisions in text order, and whether the budget was exceeded."""

    decisions: list[Decision]
    over_budget: bool


def decide(blocks: Sequence[Block], findings: Sequence[Finding], budget: float, min_words: int = 0) -> Verdict:
    """What to remove. Doubt saves a line past the `budget`, a share of the characters (0 to 1), and where fewer than
    `min_words` words would be left.
    """
    if not any(f.action in PHASES for f in findings):
        return Verdict([], False)
    protected = {n for f in findings if f.action == "keep" for n in range(f.first, f.last + 1)}
    accusing = sorted((f for f in findings if f.action in PHASES), key=_precedence)
    certain = [f for f in accusing if f.confidence != "low"]
    witnessed = [f for f in accusing if f.confidence != "low" or _has_witness(f, accusing, certain)]
    decisions = _settle(blocks, witnessed, protected)
    size = sum(block.end - block.start for block in blocks)
    over = _chars(decisions) > budget * size
    if over or (len(witnessed) > len(certain) and _has_fewer_words(_left(blocks, decisions), min_words)):
        decisions = _settle(blocks, certain, protected)
    return Verdict(decisions, over)


def _precedence(finding: Finding) -> tuple[object, ...]:
    (start, end), source = finding.span, finding.source
    rank = [-part for part in finding.rank]
    return source.startswith(HEURISTIC), PHASES[finding.action], rank, start - end, source, start


def _has_witness(finding: Finding, accusing: Sequence[Finding], certain: Sequence[Finding]) -> bool:
    """Whether another source accuses the same block, or a certain one a direct neighbour."""
    same = any(o.source != finding.source and o.first <= finding.last and finding.first <= o.last for o in accusing)
    return same or any(o.last + 1 == finding.first or finding.last + 1 == o.first for o in certain)


def _settle(blocks: Sequence[Block], findings: Sequence[Finding], protected: set[int]) -> list[Decision]:
    """Gives every removed character one winner; findings come in order of precedence."""
    taken: dict[int, list[Decision]] = {}
    for finding in findings:
        for n in range(finding.first, finding.last + 1):
            if n in protected:
                continue
            here = taken.setdefault(n, [])
            span = _inside(finding.span, blocks[n])
            if here:
                _take(span, finding, here)
            elif span.start < span.end:
                here.append(Decision(span, finding))
            if finding.action == "cut-tail" and any(t.finding is not finding and _cuts(t, finding) for t in here):
                break  # an earlier cut takes the rest of it too
    return sorted([decision for here in taken.values() for decision in here], key=itemgetter(0))


def _inside(span: Span, block: Block) -> Span:
    """What of a span lies in a block: mostly all of it."""
    if block.start <= span.start and span.end <= block.end:
        return span
    return Span(max(span.start, block.start), min(span.end, block.end))


def _take(span: Span, finding: Finding, here: list[Decision]) -> None:
    """Gives a finding what is left to it of its span in a block, and notes it where it came too late.

    The stretches that are taken are disjoint and in order: only those that it touches are looked at.
    """
    free = [span] if span.start < span.end else []
    first = bisect_right(here, span.start, key=lambda taken: taken.span.end)
    last = bisect_left(here, span.end, lo=first, key=lambda taken: taken.span.start)
    for place, other in enumerate(here[first:last], first):
        if finding.source != other.finding.source:
            here[place] = other._replace(overruled=(*other.overruled, finding))
        free = [part for piece in free for part in _without(piece, other.span)]
    if free:
        parts = [Decision(part, finding) for part in free]
        here[first:last] = sorted([*here[first:last], *parts], key=lambda taken: taken.span.start)


def _cuts(taken: Decision, finding: Finding) -> bool:
    return taken.finding.action == "cut-tail" and taken.finding.last >= finding.last


def _without(span: Span, taken: Span) -> list[Span]:
    if taken.end <= span.start or span.end <= taken.start:
        return [span]
    parts = [Span(span.start, taken.start), Span(taken.end, span.end)]
    return [part for part in parts if part.start < part.end]


def _chars(decisions: Sequence[Decision]) -> int:
    return sum(decision.span.end - decision.span.start for decision in decisions)


def _has_fewer_words(pieces: Iterator[str], words: int) -> bool:
    """Whether pieces of text have fewer words than so many together; most texts are told by their beginning."""
    begin = "\n".join(_until(pieces, LONG_WORD * words))
    return word_count(begin[: LONG_WORD * words]) < words and word_count("\n".join((begin, *pieces))) < words


def _until(pieces: Iterator[str], size: int) -> Iterator[str]:
    """The first pieces, as many as have so many characters."""
    for piece in pieces:
        yield piece
        size -= len(piece) + 1
        if size <= 0:
            return


def _left(blocks: Sequence[Block], decisions: Sequence[Decision]) -> Iterator[str]:
    """The text that the decisions leave, in pieces; they come in text order, each inside one block."""
    n = 0
    for block in blocks:
        at = 0
        while n < len(decisions) and decisions[n].span.start < block.end:
            yield block.text[at : decisions[n].span.start - block.start]
            at = decisions[n].span.end - block.start
            n += 1
        yield block.text[at:]
