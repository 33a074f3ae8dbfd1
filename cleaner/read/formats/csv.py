"""CSV and TSV with a header: one `Raw` for each row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, BinaryIO

from cleaner.data import Failure
from cleaner.read.earlier import is_cleaned
from cleaner.read.limits import MAX_BYTES, too_large
from cleaner.read.raw import Fields, Raw, Raws
from cleaner.read.records import is_too_deep, numbered
from cleaner.text.encoding import decode
from cleaner.text.frontmatter import FIELDS, JOINED_BY

LISTS = ("authors", "agencies")  # fields that hold several
_QUOTES = "close its quotes, double those within a cell, or write the table again"


def rows(stream: BinaryIO, name: str, place: str, fields: Fields, delimiter: str, limit: int = MAX_BYTES) -> Raws:
    """Find the rows of a table (RFC 4180; `delimiter` is a comma or a tab); their numbers are those of lines.

    No line and no cell has more than `limit` bytes.

    A row with too few or too many cells yields a `Failure`, and the rest goes on. No rows are no fault.
    """
    csv.field_size_limit(limit)
    lines = _Lines(stream, limit)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    header: Sequence[str] | None = None
    while True:
        line = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Failure(f"{name}:{line}", f"{place}:{line}", f"not a row: {error}; mend: {_QUOTES}")
            continue
        except _TooLongError:
            yield Failure(f"{name}:{lines.number}", f"{place}:{lines.number}", too_large(limit))
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        except OSError as error:
            reason = f"breaks off in or after this line: {error}; mend: fetch or write the file again"
            yield Failure(f"{name}:{line}", f"{place}:{line}", reason)
            return
        if cells is None:
            break
        if not cells:
            continue
        if header is None:
            header = cells
            if fault := _fault(header, fields):
                yield Failure(name, f"{place}:{line}", fault)
                return
            continue
        yield _row(cells, header, f"{name}:{line}", f"{place}:{line}")
    if header is None:
        yield Failure(name, place, "empty: no names of columns; mend: leave the file out")


def header(stream: BinaryIO, delimiter: str) -> list[str]:
    """Return a table's column names; none where they cannot be read."""
    try:
        return next((cells for cells in csv.reader(_Lines(stream), delimiter=delimiter, strict=True) if cells), [])
    except (csv.Error, _TooLongError):
        return []


def _row(cells: Sequence[str], header: Sequence[str], id: str, place: str) -> Raw | Failure:
    if len(cells) != len(header):
        reason = f"{len(cells)} cells below a header of {len(header)}; mend: {_QUOTES}"
        return Failure(id, place, reason)
    found: dict[str, Any] = dict(zip(header, cells, strict=True))
    stated = found.get("metadata", "")
    if stated.startswith("{"):
        with suppress(ValueError, RecursionError):
            value = json.loads(stated)
            found["metadata"] = stated if is_too_deep(value, stated.encode()) else value
    elif not stated:
        found.pop("metadata", None)
    if is_cleaned(header):
        _unpack(found)
    return Raw("row", id, place, found, sum(map(len, cells)))


def _unpack(found: dict[str, Any]) -> None:
    """The cells of a row that cleaning wrote (`emit.tables`), as a record has them."""
    cells = {name: found.pop(f"metadata.{name}", "") for name in FIELDS}
    known = {name: cell.split(JOINED_BY) if name in LISTS else cell for name, cell in cells.items() if cell}
    found.setdefault("metadata", known)
    found["notes"] = found["notes"].split(JOINED_BY) if found.get("notes") else []
    with suppress(ValueError, RecursionError):
        found["removals"] = json.loads(found["removals"])


def _fault(header: Sequence[str], fields: Fields) -> str | None:
    """What is wrong with a table's first row."""
    if not set(header) & set(fields.keys):
        shown = ", ".join(header[:20])
        return f"no column {fields.wanted}; columns: {shown}; mend: name the text's column with --text-field"
    twice = next((name for name in header if list(header).count(name) > 1), None)
    return f'two columns "{twice}"; mend: name them apart' if twice is not None else None


class _TooLongError(Exception):
    """A line over the bound."""


class _Lines:
    """A table's lines as text, counted; each is decoded by itself, as files are put together from several."""

    def __init__(self, stream: BinaryIO, limit: int = MAX_BYTES) -> None:
        self._lines = numbered(stream, limit)
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line is None:
            raise _TooLongError
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return decode(line)[0]
