"""CSV and TSV: a row for each record, lists joined, removals as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from cleaner.data import Article, Failure
from cleaner.emit.formats import RecordFormat, Writer
from cleaner.emit.records import json_line, record
from cleaner.text.frontmatter import FIELDS, JOINED_BY

METADATA = tuple(f"metadata.{name}" for name in FIELDS)
OURS = ("id", "text", *METADATA, "status", "removals", "ruleset", "error", "place", "notes")


@dataclass(frozen=True)
class Table(RecordFormat):
    """Rows under a header: our columns, then `columns` of the input; `extra` holds other keys as JSON, if any are.

    A column of the input with the name of one of ours is ours.
    """

    columns: tuple[str, ...] = ()
    has_extra: bool = False
    delimiter: str = ","

    @property
    def header(self) -> tuple[str, ...]:
        names = (*OURS, *(name for name in self.columns if name not in OURS))
        return (*names, *(("extra",) if self.has_extra and "extra" not in names else ()))

    @property
    def head(self) -> bytes:  # type: ignore[override]  # it follows from the fields
        return _line(self.header, self.delimiter)

    def article(self, raw: Any, article: Article) -> bytes:
        found = record(article)
        metadata = found.pop("metadata")
        return self._row({**found, **{f"metadata.{name}": metadata[name] for name in FIELDS}})

    def failure(self, raw: Any, failure: Failure) -> bytes:
        cells = raw if isinstance(raw, Mapping) else {}
        kept = {name: cells[name] for name in self.columns if name in cells and name not in OURS}
        return self._row({**kept, "id": failure.id, "status": "error", "error": failure.reason, "place": failure.place})

    def writer(self, file: BinaryIO, name: str, *, first: bool = True) -> Writer:
        stream = super().writer(file, name)
        if first:
            stream.write(self.head)
        return stream

    def _row(self, values: Mapping[str, Any]) -> bytes:
        header = self.header
        row = {name: _cell(name, values.get(name)) for name in header}
        if self.has_extra:
            others = {name: value for name, value in values.items() if name not in header}
            row["extra"] = json_line(others) if others else ""
        return _line([row[name] for name in header], self.delimiter)


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and name != "removals" and all(isinstance(one, str) for one in value):
        return JOINED_BY.join(value)
    return json_line(value)


def _line(cells: Sequence[str], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "backslashreplace")
