"""From a removal's offsets to the place in the file that an editor goes to.

Line and column count from 1, columns in code points. In a text file they are the file's own: front
matter counts, CRLF is one line break, a byte order mark is no column. For a record of JSON lines the
line is the record's, and the column counts in the record's text. For a page they are those of its
linearised text, which `cleaner explain` shows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.data import Article, Document, Removal
from cleaner.read.document import LINE_BREAK


class Place(NamedTuple):
    """A stretch of a file; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Located(NamedTuple):
    """A removal and its place; `in_file` is False where the place is that of a page's linearised text."""

    place: Place
    removal: Removal
    id: str
    in_file: bool
    is_record: bool = False


def located(doc: Document, article: Article) -> Iterator[Located]:
    """The removals of a document, in order."""
    path, line, is_record = doc.origin
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(doc.text))] if article.removals else []
    for removal in article.removals:
        if is_record:
            place = Place(path, line, removal.start + 1, line, removal.end + 1)
        else:
            (first, column), (last, end) = (_position(starts, n) for n in (removal.start, removal.end))
            place = Place(path, line + first, column, line + last, end)
        yield Located(place, removal, article.id, doc.kind == "text" or is_record, is_record)


def _position(starts: list[int], offset: int) -> tuple[int, int]:
    """The number of lines before an offset, and its column."""
    line = bisect_right(starts, offset) - 1
    return line, offset - starts[line] + 1
