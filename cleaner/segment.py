"""Second stage: cuts a text into blocks with roles, whatever way its lines were laid out.

A paragraph a line, blank lines between, hard-wrapped at a column, one long line: the first three give
the same blocks. A text in one long line is cut into sentences, and where furniture begins in mid-line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cleaner.data import Block, Role
from cleaner.text.indent import ITEM
from cleaner.text.lines import WIDEST, Line, cut, ends_sentence, lines, sentences, unwrap, view, width
from cleaner.text.titles import title_end

FLAT_LINES = 2  # a text of so few lines ...
FLAT_CHARS = 400  # ... with one at least so long is read as one long line
PROSE_CHARS = 80  # Latin letters; with a terminal mark, a line this long is a paragraph
LONG_CHARS = 160  # Latin letters; a line this long is a paragraph with or without its full stop
HEADING_CHARS = 110  # Latin letters; a longer line is no heading

_OPEN_END = (",", ";", ":", "-", "–")
_NO_HEADING = (".", "。", *_OPEN_END)

Cuts = Callable[[str], Sequence[int]]


def segment(text: str, cuts: Cuts | None = None, *, laid_out: bool = False) -> list[Block]:
    """The blocks of a text, in order. `cuts` gives offsets in a long line at which furniture begins.

    In a text that is `laid_out`, as pages are, each line is a block.
    """
    plain = view(text)
    found = lines(plain)
    if laid_out:
        pass
    elif is_flat(found):
        found = [piece for line in found for piece in _flat(line, cuts)]
    else:
        found = unwrap(found, plain)
    roles = _roles(found)
    return [Block(line.start, line.end, line.text, role, line.gap) for line, role in zip(found, roles, strict=True)]


def is_flat(found: Sequence[Line]) -> bool:
    """Whether the text came as one long line (or two)."""
    return 0 < len(found) <= FLAT_LINES and any(len(line.text) >= FLAT_CHARS for line in found)


def _flat(line: Line, cuts: Cuts | None) -> list[Line]:
    if len(line.text) < FLAT_CHARS:
        return [line]
    places = [*(cuts(line.text) if cuts else ()), title_end(line.text)]
    pieces = cut(line, places)
    return [sentence for piece in pieces for sentence in sentences(piece)]


def is_prose(text: str) -> bool:
    """Whether a line reads like a paragraph: a long line, or a longish one that ends like a sentence."""
    if len(text) >= LONG_CHARS:
        return True
    size = width(text)
    return size >= LONG_CHARS or (size >= PROSE_CHARS and ends_sentence(text))


def _roles(found: Sequence[Line]) -> list[Role]:
    roles: list[Role] = []
    prose = [len(line.text) * WIDEST >= PROSE_CHARS and is_prose(line.text) for line in found]
    for n, line in enumerate(found):
        if prose[n]:
            roles.append("paragraph")
        elif ITEM.match(line.text):
            roles.append("list-item")
        elif _is_heading(line.text):
            follows = n + 1 < len(found) and prose[n + 1]
            roles.append("title-line" if n == 0 else "subheading" if follows else "short-line")
        else:
            roles.append("short-line")
    return roles


def _is_heading(text: str) -> bool:
    """Whether a line could head something: short, and not broken off. A question mark may end it."""
    return not text.endswith(_NO_HEADING) and (len(text) * WIDEST <= HEADING_CHARS or width(text) <= HEADING_CHARS)
