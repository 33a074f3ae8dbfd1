"""The seal of rule files: a hash of their content, kept with their sizes and times so that it need not be made again.

Reading and hashing hundreds of files takes longer than cleaning a short text; asking for their sizes and times does
not. A file that is written while its time stands still would go unseen, so nothing is kept of files changed just now.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.ruleset import cache

SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system in use ticks every two seconds

Stamp = tuple[str, int, int, int, int]


def stamps(places: Sequence[Path]) -> list[Stamp]:
    """Path, size, times of change and number of each rule file in folders, or of single files. Raises OSError."""
    found: list[Stamp] = []
    for place in places:
        if place.is_dir():
            found += sorted(_folder(str(place)))
        else:
            found.append(_stamp(str(place), place.stat()))
    return found


def _folder(folder: str) -> Iterator[Stamp]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _folder(entry.path)
            elif entry.name.endswith(".toml"):
                yield _stamp(entry.path, entry.stat())


def _stamp(path: str, stat: os.stat_result) -> Stamp:
    return path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def load(name: str, found: Sequence[Stamp]) -> tuple[str, ...] | None:
    """What was kept under a name while the files were the same, or None."""
    kept = cache.read_plain(_path(name))
    if not isinstance(kept, tuple) or len(kept) != 3 or kept[:2] != (name, found):
        return None
    return tuple(kept[2])


def save(name: str, found: Sequence[Stamp], values: Sequence[str]) -> None:
    """Keeps values under a name for as long as the files stay the same."""
    if all(max(stamp[2:4]) < time.time_ns() - SETTLED_NS for stamp in found):
        cache.write_plain(_path(name), (name, list(found), list(values)))


def _path(name: str) -> Path | None:
    folder = cache.directory()
    return folder / f"seal-{zlib.crc32(name.encode()):08x}.bin" if folder else None
