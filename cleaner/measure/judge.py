"""Says of each line of a document, and of each part that a removal took, whether it is body or boilerplate.

A text is body if at least half of its 4-token shingles stand in the gold body. One of fewer than four tokens
has no such shingle; it is body if it is a whole line of the gold body, or if four tokens in a row across it
and its neighbours in the input stand in the gold body.

What is left is held against the gold body, what went against the part of it that the result lacks: of a
paragraph that stood twice, one copy may go without a loss.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.data import Removal, Span
from cleaner.measure.shingles import SIZE, Counted, Shingle, tokens
from cleaner.text.lines import Line, lines, sentences, unwrap, view

THRESHOLD = 0.5  # shingles in the gold body / shingles; bodies seldom quote boilerplate, or the other way round
NEAR = 400  # characters on each side in which the neighbouring tokens of a short text are looked for


class Piece(NamedTuple):
    """A line, or the part of it that one removal took, or what the removals left of it.

    `removal` is the index of the removal, None for what is left; `tokens` counts the text's tokens (1 or more).
    """

    text: str
    tokens: int
    is_body: bool
    removal: int | None


class Reference(NamedTuple):
    """What a text is held against: the shingles and the lines (as tokens) that count as body."""

    shingles: Collection[Shingle]
    lines: Collection[Shingle]


def judge(text: str, removals: Sequence[Removal], gold: Counted, result: Counted) -> Iterator[Piece]:
    """Cuts an input into its lines, and these at the removals (sorted and disjoint), and judges each piece.

    Wrapped paragraphs are one line, a text in one long line is cut into sentences. Pieces without a token
    (a row of dashes, blanks) do not count and are not yielded.
    """
    standing = Reference(gold.shingles, gold.lines)
    lost = Reference(gold.shingles - result.shingles, gold.lines - result.lines)
    first = 0
    for line in _lines(text):
        while first < len(removals) and removals[first].end <= line.start:
            first += 1
        left, at = [], line.start
        for number in range(first, len(removals)):
            removal = removals[number]
            if removal.start >= line.end:
                break
            taken = Span(max(at, removal.start), min(line.end, removal.end))
            left.append(Span(at, taken.start))
            yield from _piece(text, [taken], lost, number)
            at = taken.end
        yield from _piece(text, [*left, Span(at, line.end)], standing, None)


def is_body(own: Sequence[str], before: Sequence[str], after: Sequence[str], reference: Reference) -> bool:
    """Judges a text by its tokens and those of its neighbours.

    >>> gold = Reference({("the", "old", "mill", "burnt"), ("old", "mill", "burnt", "down")}, {("Why", "now")})
    >>> is_body(["old", "mill"], ["the"], ["burnt"], gold), is_body(["old", "mill"], ["an"], ["stands"], gold)
    (True, False)
    """
    if tuple(own) in reference.lines:
        return True
    missing = SIZE - len(own)
    if missing > 0:
        own = [*before[-missing:], *own, *after[:missing]]
    windows = [tuple(own[n : n + SIZE]) for n in range(len(own) - SIZE + 1)]
    found = sum(window in reference.shingles for window in windows)
    return found > 0 if missing > 0 else found >= THRESHOLD * len(windows)


def _lines(text: str) -> Sequence[Line]:
    plain = view(text)
    found = lines(plain)
    return sentences(found[0]) if len(found) == 1 else unwrap(found, plain)


def _piece(text: str, spans: Sequence[Span], reference: Reference, removal: int | None) -> Iterator[Piece]:
    parts = [text[span.start : span.end] for span in spans if span.start < span.end]
    own = [token for part in parts for token in tokens(part)]
    if not own:
        return
    before, after = _neighbours(text, spans[0].start, spans[-1].end) if len(own) < SIZE else ([], [])
    yield Piece(" ".join(parts), len(own), is_body(own, before, after, reference), removal)


def _neighbours(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """The tokens right before and right after a span, three or more where there are so many."""
    return tokens(text[max(0, start - NEAR) : start]), tokens(text[end : end + NEAR])
