"""Gold for `cleaner eval`: rows of JSON lines to documents and what should come of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.cli.session import UsageError, place
from cleaner.data import Document, Failure
from cleaner.measure import Gold
from cleaner.read import Source, rows
from cleaner.read.limits import MAX_BYTES

TEXT_FIELDS = ("text", "html")
NO_VALUE = "–"  # the group of records that lack the field


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the fields of a row: the gold body, the text (None: `text` or `html`), and what groups rows."""

    body: str = "body"
    text: str | None = None
    by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.body == self.text:
            raise UsageError(f'"{self.body}" is both --body-field and --text-field; mend: name two fields')

    @property
    def texts(self) -> Sequence[str]:
        return (self.text,) if self.text else tuple(name for name in TEXT_FIELDS if name != self.body)


def documents(source: Source, fields: Fields, max_bytes: int = MAX_BYTES) -> Iterator[Document | Failure]:
    """The rows of a file; one without a gold body is a failure, and so is a file without rows."""
    row: Document | Failure | None = None
    for row in rows(source, fields.texts, max_bytes):
        if isinstance(row, Failure) or _has_body(row, fields):
            yield row
        else:
            yield Failure(row.id, place(row), _said(row, fields))
    if row is None:
        yield Failure(source.name, source.place, "empty: nothing to measure; mend: leave the file out")


def gold(row: Document, fields: Fields) -> Gold:
    """What should come of a row; a field that is missing, empty or of another kind is unknown."""
    known = row.extra
    return Gold(
        body=known[fields.body],
        title=_string(known.get("title")),
        authors=_strings(known.get("authors")),
        agencies=_strings(known.get("agencies")),
        date=_string(known.get("date")),
        publisher=_string(known.get("publisher")),
    )


def group(row: Document, fields: Fields) -> tuple[str, ...]:
    """The values that a row is grouped by."""
    known: Mapping[str, Any] = {"id": row.id, "url": row.url, "language": row.language, **row.extra}
    return tuple(_spelled(known.get(name)) for name in fields.by)


def _has_body(row: Document, fields: Fields) -> bool:
    body = row.extra.get(fields.body)
    return isinstance(body, str) and bool(body.strip())


def _said(row: Document, fields: Fields) -> str:
    """What is wrong with the gold body, and its mend."""
    name = fields.body
    if name not in row.extra:
        return f'no gold "{name}"; keys: {", ".join(row.extra) or "none"}; mend: add it, or name it with --body-field'
    if row.extra[name] is None or isinstance(row.extra[name], str):
        return f'gold "{name}" is empty; mend: write the body, or leave the row out'
    return f'gold "{name}" is no string; mend: one string, its paragraphs separated by line breaks'


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(one.strip() for one in found if isinstance(one, str) and one.strip())


def _spelled(value: object) -> str:
    if value is None or value == "":
        return NO_VALUE
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
