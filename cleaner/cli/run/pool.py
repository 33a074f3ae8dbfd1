"""Entries to results, in order: done in this process, or in workers where there is enough to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, islice

from cleaner.cli.run.job import Entry, Job, Result
from cleaner.read import Raw

CHUNK = 1 << 20  # bytes of documents that a worker is given at once: half a second's work
MAX_ENTRIES = 2_000  # in a chunk, where documents are tiny


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def results(
    job: Job, entries: Iterable[Entry], workers: int | None, told: Callable[[int], None] = lambda _: None
) -> Generator[Result]:
    """Do the job on all entries, in order. `workers` None: the cores, if there is more than one chunk to do.

    One worker is this process itself. `told` is told how many there are.
    """
    if workers == 1:
        yield from map(job, entries)
        return
    found = chunks(entries)
    first = list(islice(found, 1 if workers else 2))
    if not workers and (len(first) < 2 or cores() == 1):
        yield from map(job, chain(*first, *found))
        return
    from cleaner.cli.run.workers import Pool  # what starts processes is slow to import

    told(workers or cores())
    with Pool(job, workers or cores()) as pool:
        for done in pool.run(chain(first, found)):
            yield from done


def chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries together by size."""
    chunk: list[Entry] = []
    size = 0
    for entry in entries:
        own = entry.what.size if isinstance(entry.what, Raw) else 0
        if chunk and (size + own > CHUNK or len(chunk) >= MAX_ENTRIES):
            yield chunk
            chunk, size = [], 0
        chunk.append(entry)
        size += own
    if chunk:
        yield chunk


class WorkersError(Exception):
    """Processes do not work here; the message says what they died of."""
