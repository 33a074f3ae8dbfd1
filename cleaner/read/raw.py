"""A document as it lies in its source: found, but not yet read. What finds it is cheap, what reads it is not.

Readers of formats yield these; `cleaner.read.parse` makes `Document`s of them, where and when the work is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol

from cleaner.data import Failure, Kind

TEXT_KEYS = ("text", "html")  # the first that a record has is what is cleaned
KINDS: Mapping[str, Kind] = {"text": "text", "html": "html"}  # other keys: by looking


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of a record's fields: `texts` may hold the text, with its kind (None: told by looking)."""

    texts: tuple[tuple[str, Kind | None], ...] = tuple(KINDS.items())
    id: str = "id"
    url: str = "url"

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.texts)

    @property
    def wanted(self) -> str:
        """The names of the text's field, for people."""
        return " or ".join(f'"{key}"' for key in self.keys)


def fields_of(keys: Sequence[str]) -> Fields:
    """The fields with these names for the text, whose kind is told by the name or by looking."""
    return Fields(tuple((key, KINDS.get(key)) for key in keys))


class Cells(Protocol):
    """A row of a table that keeps its own types."""

    def values(self) -> dict[str, Any]:
        """The cells as values of Python."""
        ...


class Raw(NamedTuple):
    """One document, unread: a `line` of JSON, a `row` of a table, or the `whole` of a text or page.

    `id` is for documents that have none of their own. `name` is the path that a text or page has in its source,
    if it has one (a member of an archive). `known` holds url, language, charset, extra and notes from around it.
    """

    form: Literal["line", "row", "whole"]
    id: str
    place: str
    data: Any  # bytes; of a row a mapping, or Cells
    size: int  # bytes
    kind: Kind | None = None
    name: str = ""
    known: Mapping[str, Any] | None = None


Raws = Iterator[Raw | Failure]


def bounded(stream: BinaryIO, limit: int) -> tuple[bytes, bool]:
    """Read all that is left of a stream, at most `limit` bytes, and whether there is more.

    Every text, page and member of an archive is read through this: what a few packed bytes swell to is held here.
    Lines and cells are bounded where they are found, by the same setting (`cleaner.read.limits`).
    """
    pieces, left = [], limit + 1
    while left > 0 and (piece := stream.read(min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    data = b"".join(pieces)
    return data[:limit], len(data) > limit
