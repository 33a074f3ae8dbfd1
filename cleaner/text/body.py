"""The body as kept pieces of the text, and the way back from the body's offsets to the text's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.data import Span

BREAKS = (" ", "\n", "\n\n")
_NO_BLANK_BEFORE = frozenset(".,;:!?)]}»”…。、，")


class Piece(NamedTuple):
    """`text[start:end]`, kept as it is, and what separates it from the piece before."""

    start: int
    end: int
    separator: str


class Body(NamedTuple):
    """The rendered text and the pieces that it was made of."""

    text: str
    pieces: list[Piece]

    def origin(self, start: int, end: int) -> list[Span]:
        """The spans of the source that `text[start:end]` came from."""
        begins = list(accumulate((len(p.separator) + p.end - p.start for p in self.pieces), initial=0))
        found = []
        for n in range(max(0, bisect_right(begins, start) - 1), len(self.pieces)):
            piece = self.pieces[n]
            first = begins[n] + len(piece.separator)
            if first >= end:
                break
            a, b = max(start, first), min(end, first + piece.end - piece.start)
            if a < b:
                found.append(Span(piece.start + a - first, piece.start + b - first))
        return found


class Row(NamedTuple):
    """A line to render: its span, the break before it (0, 1 or 2 as in `Block.gap`), whether it is a paragraph."""

    start: int
    end: int
    gap: int
    prose: bool


def render(text: str, rows: Sequence[Row], removed: Sequence[Span]) -> Body:
    """Joins what is left of the rows after the removals, which are sorted and disjoint.

    A row of which nothing is left goes, and the next one keeps the larger of the two breaks. Where
    no blank line is left, every row is a paragraph of its own; where there are some, a line break
    between two rows that are no paragraphs stays one: verse, addresses, lists.
    """
    kept = _kept(text, rows, removed)
    blanks = any(row.gap == 2 for row, _ in kept[1:])
    pieces: list[Piece] = []
    above: Row | None = None
    for row, spans in kept:
        gap = row.gap
        if gap == 1 and above and (not blanks or above.prose or row.prose):
            gap = 2
        for n, (start, end) in enumerate(spans):
            if not pieces:
                separator = ""
            elif n == 0 and gap:
                separator = BREAKS[gap]
            else:
                separator = _inner(text, pieces[-1].end, start)
            pieces.append(Piece(start, end, separator))
        above = row
    return Body("".join([p.separator + text[p.start : p.end] for p in pieces]), pieces)


def _kept(text: str, rows: Sequence[Row], removed: Sequence[Span]) -> list[tuple[Row, list[tuple[int, int]]]]:
    """The rows of which something is left, with their largest break so far and the spans that are left."""
    kept = []
    gap, cursor = 0, 0
    for row in rows:
        gap = max(gap, row.gap)
        while cursor < len(removed) and removed[cursor].end <= row.start:
            cursor += 1
        spans, at, n = [], row.start, cursor
        while n < len(removed) and removed[n].start < row.end:
            spans += _trimmed(text, at, removed[n].start)
            at = max(at, removed[n].end)
            n += 1
        spans += _trimmed(text, at, row.end)
        if spans:
            kept.append((row._replace(gap=gap), spans))
            gap = 0
    return kept


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without its outer white space, one for each physical line of a wrapped paragraph."""
    if start >= end:
        return []
    spans, at = [], start
    for raw in text[start:end].splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            lead = len(raw) - len(raw.lstrip())
            spans.append((at + lead, at + lead + len(stripped)))
        at += len(raw)
    return spans


def _inner(text: str, left: int, right: int) -> str:
    """What joins two pieces of one line: a blank if there was one at the cut, none before punctuation."""
    if text[left:right].isspace():
        return " "
    blank = text[left : left + 1].isspace() or text[right - 1 : right].isspace()
    return " " if blank and text[right : right + 1] not in _NO_BLANK_BEFORE else ""
