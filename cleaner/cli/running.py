"""The options that say how `cleaner clean` runs, read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cleaner.cli.choices import From
from cleaner.cli.session import UsageError
from cleaner.read import Fields, Reading

SHARD_SIZE = 256 * 10**6  # bytes of input: a run that was killed does at most as much again
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "KI": 2**10, "MI": 2**20, "GI": 2**30}


@dataclass(frozen=True, slots=True)
class Running:
    """How to run: worker processes (None: as many as pay), shards, and what is told where.

    `shard_size` is in bytes of input; `errors` and `stats` are paths; more errors than `max_errors` end the run.
    """

    reading: Reading = Reading()
    workers: int | None = None
    shard_size: int = SHARD_SIZE
    resume: bool = False
    overwrite: bool = False
    errors: str | None = None
    max_errors: int | None = None
    stats: str | None = None


def make_running(
    fields: Fields,
    source: From | None,
    *,
    workers: int | None,
    shard_size: str,
    resume: bool,
    overwrite: bool,
    errors: str | None,
    max_errors: int | None,
    stats: str | None,
) -> Running:
    """The options. Raises UsageError."""
    if resume and overwrite:
        raise UsageError("--resume and --overwrite exclude each other; mend: give one of them")
    if stats is not None and not Path(stats).parent.is_dir():
        raise UsageError(f"--stats {stats}: no such folder; mend: name a file in a folder that exists")
    suffix = f".{'txt' if source is From.text else source}" if source else ""
    reading = Reading(fields, suffix)
    return Running(reading, workers, size(shard_size), resume, overwrite, errors, max_errors, stats)


def size(given: str) -> int:
    """Return the bytes that a size means. Raises UsageError.

    >>> size("64MB"), size("1GiB"), size("5000")
    (64000000, 1073741824, 5000)
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]I?)?B?", given.strip().upper())
    bytes = int(float(found[1]) * _UNITS[found[2] or ""]) if found else 0
    if bytes < 1:
        raise UsageError(f'--shard-size "{given}" is no size; mend: such as 64MB or 1GB')
    return bytes
