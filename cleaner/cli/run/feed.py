"""What a run works on: the documents of all sources in order, with marks where a source or a shard ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from cleaner.cli.run.job import SHARD_ENDS, SOURCE_ENDS, Entry
from cleaner.data import Failure
from cleaner.read import STDIN, Raw, Reading, Source, raws
from cleaner.read.sources import HTML, LINES, TABLES, TEXT, how_packed, suffixes
from cleaner.storage import identity

PLAIN = (*TEXT, *HTML, *LINES, *TABLES)  # what of such files is not documents is little


def entries(
    items: Sequence[Source | Failure],
    reading_of: Callable[[int], Reading],
    *,
    begin: Callable[[Source], None] = lambda _: None,
    shard_size: int | None = None,
    start: tuple[int, int] = (0, 0),
) -> Iterator[Entry]:
    """All entries from a place on: from document `start[1]` of source `start[0]`, both counted from 0.

    A shard ends behind the document with which it has `shard_size` bytes of input or more, so that where
    shards end depends on the input alone. No two marks of a shard's end follow each other. `begin` is told of each
    source before it is opened, which may be long before its results come.
    """
    size = 0
    for item in range(start[0], len(items)):
        source = items[item]
        first = start[1] if item == start[0] else 0
        found: Iterator[Raw | Failure] = (
            iter([source]) if isinstance(source, Failure) else raws(source, reading_of(item))
        )
        if isinstance(source, Source):
            begin(source)
        for number, raw in enumerate(islice(found, first, None), first):
            yield Entry(item, raw)
            size += raw.size if isinstance(raw, Raw) else 0
            if shard_size is not None and size >= shard_size:
                yield Entry(item, SHARD_ENDS, (item, number + 1))
                size = 0
        yield Entry(item, SOURCE_ENDS)


def identities(items: Sequence[Source | Failure]) -> list[dict[str, Any]]:
    """What tells whether the inputs of a run are still the same: names, sizes and times."""
    return [_identity(item) for item in items]


def _identity(item: Source | Failure) -> dict[str, Any]:
    if isinstance(item, Failure):
        return {"name": item.id, "missing": True}
    if item is STDIN:
        return {"name": item.name}
    try:
        return {"name": item.name, "path": item.place, **identity(item.place)}
    except OSError:
        return {"name": item.name, "path": item.place, "missing": True}


def total_size(items: Sequence[Source | Failure]) -> int | None:
    """The bytes of documents in all sources; None where that is not known, as of standard input and of packed files."""
    total = 0
    for item in items:
        if isinstance(item, Source) and (item is STDIN or item.url or suffixes(item.name)[0] not in PLAIN):
            return None
        if isinstance(item, Source) and how_packed(item.name):
            return None
        if isinstance(item, Source):
            try:
                total += Path(item.path).stat().st_size
            except OSError:
                continue
    return total
