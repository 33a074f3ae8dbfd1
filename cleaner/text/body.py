"""The body as kept pieces of the text, and the way back from the body's offsets to the text's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.data import Block, Span
from cleaner.text.indent import fenced, indents

BREAKS = (" ", "\n", "\n\n")
_NO_BLANK_BEFORE = frozenset(".,;:!?)]}»”…。、，")


class Piece(NamedTuple):
    """`text[start:end]`, kept as it is, and what separates it from the piece before."""

    start: int
    end: int
    separator: str


class Body(NamedTuple):
    """The rendered text, the pieces that it was made of, and the offsets at which their separators begin."""

    text: str
    pieces: list[Piece]
    begins: list[int]

    def origin(self, start: int, end: int) -> list[Span]:
        """The spans of the source that `text[start:end]` came from."""
        found = []
        for n in range(max(0, bisect_right(self.begins, start) - 1), len(self.pieces)):
            piece = self.pieces[n]
            first = self.begins[n] + len(piece.separator)
            if first >= end:
                break
            a, b = max(start, first), min(end, first + piece.end - piece.start)
            if a < b:
                found.append(Span(piece.start + a - first, piece.start + b - first))
        return found


def render(text: str, blocks: Sequence[Block], removed: Sequence[Span]) -> Body:
    """Joins what is left of the blocks after the removals, which are sorted and disjoint.

    A block of which nothing is left goes, and the next one keeps the larger of the two breaks. Where
    no blank line is left, every block is a paragraph of its own; where there are some, a line break
    between two blocks that are no paragraphs stays one: verse, addresses, lists. White space before a line is kept
    where it means something (see `indent`).
    """
    kept = _kept(text, blocks, removed)
    code = fenced(blocks)
    before = indents(text, blocks, code)
    blanks = any(gap == 2 for gap, _, _ in kept[1:])
    pieces: list[Piece] = []
    parts: list[str] = []
    prose_above = True
    for gap, prose, spans in kept:
        first = spans[0][0]
        wide = gap == 1 and (not blanks or prose_above or prose) and first not in code
        separator = BREAKS[2 if wide else gap] + before.get(first, "") if gap else ""
        for start, end in spans:
            if not pieces:
                separator = ""
            elif not separator:
                separator = _inner(text, pieces[-1].end, start)
            pieces.append(Piece(start, end, separator))
            parts += (separator, text[start:end])
            separator = ""
        prose_above = prose
    begins = list(accumulate((len(piece.separator) + piece.end - piece.start for piece in pieces), initial=0))
    return Body("".join(parts), pieces, begins)


def _kept(text: str, blocks: Sequence[Block], removed: Sequence[Span]) -> list[tuple[int, bool, list[tuple[int, int]]]]:
    """For each block of which something is left: its largest break, whether it is a paragraph, the spans left."""
    kept = []
    gap, cursor = 0, 0
    for start, end, _, role, before in blocks:
        gap = max(gap, before)
        while cursor < len(removed) and removed[cursor].end <= start:
            cursor += 1
        if cursor == len(removed) or removed[cursor].start >= end:
            spans = [(start, end)] if text.find("\n", start, end) < 0 else _trimmed(text, start, end)
        elif removed[cursor].start <= start and end <= removed[cursor].end:
            spans = []
        else:
            spans = _remainder(text, start, end, removed, cursor)
        if spans:
            kept.append((gap, role == "paragraph", spans))
            gap = 0
    return kept


def _remainder(text: str, start: int, end: int, removed: Sequence[Span], cursor: int) -> list[tuple[int, int]]:
    """What the removals from the cursor on leave of a block, without the white space at the cuts."""
    spans, at = [], start
    while cursor < len(removed) and removed[cursor].start < end:
        spans += _trimmed(text, at, removed[cursor].start)
        at = max(at, removed[cursor].end)
        cursor += 1
    return spans + _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without its outer white space, one for each physical line of a wrapped paragraph."""
    spans, at = [], start
    for raw in text[start:end].split("\n") if start < end else ():
        stripped = raw.strip()
        if stripped:
            lead = len(raw) - len(raw.lstrip())
            spans.append((at + lead, at + lead + len(stripped)))
        at += len(raw) + 1
    return spans


def _inner(text: str, left: int, right: int) -> str:
    """What joins two pieces of one line: a blank if there was one at the cut, none before punctuation."""
    if text[left:right].isspace():
        return " "
    blank = text[left : left + 1].isspace() or text[right - 1 : right].isspace()
    return " " if blank and text[right : right + 1] not in _NO_BLANK_BEFORE else ""
