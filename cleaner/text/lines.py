"""White space: a view of a text in which every kind of it is plain, and the lines of that view."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cleaner.text.dense import wide_count

_BREAKS = ("\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
_BLANKS = (
    "\t", "\x1f", "\xa0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
    "\u2008", "\u2009", "\u200a", "\u200b", "\u202f", "\u205f", "\u2060", "\u3000", "\ufeff",
)  # fmt: skip

WIDTHLESS = "\u200b\u2060\ufeff"  # those of them that are no white space for Python

TERMINAL = frozenset(".!?…。！？｡।؟۔॥")  # marks that end a sentence
CLOSERS = "\"'”’»“)]}」』）】›*_"  # may follow a terminal mark


class Line(NamedTuple):
    """A line without its outer blanks: its span in the text, its view, and the break before it.

    `gap` is 1 after a line break, 2 after one or more blank lines (and at the text's start).
    """

    start: int
    end: int
    text: str
    gap: int


def plain_breaks(text: str) -> str:
    """The text at the same length with every kind of line break as a line feed."""
    text = text.replace("\r\n", " \n")
    for char in _BREAKS:
        text = text.replace(char, "\n")
    return text


def view(text: str) -> str:
    """The text at the same length with plain line breaks, plain blanks and straight apostrophes.

    What makes a sign an emoji (U+FE0F) is a letter for patterns; here it is a soft hyphen, which is none.

    >>> view("It\u2019s\\xa05 p.m.\\r\\n")
    "It's 5 p.m. \\n"
    """
    text = plain_breaks(text)
    for char in _BLANKS if not text.isascii() else "\t\x1f":
        text = text.replace(char, " ")
    return text.replace("\u2019", "'").replace("\ufe0f", "\xad")


def lines(plain: str) -> list[Line]:
    """The lines of a view that hold anything."""
    found: list[Line] = []
    position, gap = 0, 2
    for raw in plain.split("\n"):
        stripped = raw.strip(" ")
        if stripped:
            lead = 0 if len(stripped) == len(raw) else len(raw) - len(raw.lstrip(" "))
            start = position + lead
            found.append(Line(start, start + len(stripped), stripped, gap))
            gap = 1
        else:
            gap = 2
        position += len(raw) + 1
    return found


def ends_sentence(line: str) -> bool:
    """Whether the line ends with a terminal mark, closing quotes and brackets aside.

    >>> ends_sentence("He said “no.”"), ends_sentence("Storm hits the coast")
    (True, False)
    """
    return line.rstrip(CLOSERS)[-1:] in TERMINAL


WIDEST = 2  # Latin letters; no character is wider


def width(line: str) -> int:
    """The length in Latin letters: an ideograph, a kana or a Hangul syllable counts for two."""
    return len(line) if line.isascii() else len(line) + wide_count(line)


# Hard wrapping -------------------------------------------------------------------------------------------------

MIN_COLUMN, MAX_COLUMN = 40, 120  # a wrapped text's longest line, in characters
MIN_SOFT = 3  # line breaks in mid-sentence that must be seen before a text counts as wrapped
FIT_SHARE = 0.9  # of the breaks inside paragraphs, those at which the next word would not have fitted
OPEN_SHARE = 0.5  # of these, those that no terminal mark precedes


def unwrap(found: Sequence[Line], plain: str) -> list[Line]:
    """Joins the lines of paragraphs that were wrapped at a fixed column; other texts come back as they are.

    A break is soft where the next line's first word would not have fitted on the line before. Wrapping
    is believed only if nearly all breaks inside paragraphs are of that kind and most stand in mid-sentence.
    """
    column = max((len(line.text) for line in found), default=0)
    if not MIN_COLUMN <= column <= MAX_COLUMN:
        return list(found)
    soft = [_is_soft(a, b, column) for a, b in pairwise(found)]
    inner = [n for n, line in enumerate(found[1:]) if line.gap == 1]
    open_breaks = [n for n in inner if soft[n] and not ends_sentence(found[n].text)]
    softs = sum(soft[n] for n in inner)
    long = [n for n in inner if len(found[n].text) >= column * 0.7]
    fits = sum(soft[n] for n in long)
    if len(open_breaks) < MIN_SOFT or fits < FIT_SHARE * len(long) or len(open_breaks) < OPEN_SHARE * softs:
        return list(found)
    if 2 * len(long) < len(inner):
        return list(found)
    begins = [0, *(n for n, is_soft in enumerate(soft, 1) if not is_soft), len(found)]
    return [_joined(found[a], found[b - 1], plain) for a, b in pairwise(begins)]


def _joined(first: Line, last: Line, plain: str) -> Line:
    """The paragraph that wrapping cut into the lines from one to another."""
    if first is last:
        return first
    return Line(first.start, last.end, plain[first.start : last.end].replace("\n", " "), first.gap)


def _is_soft(line: Line, following: Line, column: int) -> bool:
    first_word = following.text.split(" ", 1)[0]
    return following.gap == 1 and len(line.text) + 1 + len(first_word) > column


# One long line -------------------------------------------------------------------------------------------------

_SENTENCE_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?= )|[。！？]+[」』）]*)(?= *[^\sa-z,;])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Jr|Sr|No|Nr|vs|ca|bzw|Hr|Fr|Mio|Mrd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez)|\b\d{1,2})\.$"
)


def sentences(line: Line) -> list[Line]:
    """Cuts a line into its sentences; doubtful ends (initials, abbreviations, ordinals) do not cut."""
    pieces: list[Line] = []
    start = 0
    for match in _SENTENCE_END.finditer(line.text):
        if _ABBREVIATION.search(line.text, max(start, match.end() - 8), match.end()):
            continue
        pieces.append(_piece(line, start, match.end()))
        start = match.end()
    pieces.append(_piece(line, start, len(line.text)))
    return [piece for piece in pieces if piece.text]


def cut(line: Line, places: Sequence[int]) -> list[Line]:
    """Cuts a line at offsets from its start."""
    edges = [0, *sorted(place for place in set(places) if 0 < place < len(line.text)), len(line.text)]
    pieces = [_piece(line, a, b) for a, b in pairwise(edges)]
    return [piece for piece in pieces if piece.text]


def _piece(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    stripped = text.strip(" ")
    lead = len(text) - len(text.lstrip(" "))
    begin = line.start + start + lead
    return Line(begin, begin + len(stripped), stripped, 0 if start else line.gap)
