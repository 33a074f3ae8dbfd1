"""The side file of a run: one line of JSON for each document that failed."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.data import Failure
from cleaner.emit import json_line, write_atomic
from cleaner.emit.files import is_special
from cleaner.emit.temporary import beside
from cleaner.storage import is_url, upload

SUFFIX = ".errors.jsonl"
PARTS = ".parts"  # the folder that has the parts of a file until it is whole


def error_line(failure: Failure, raw: Mapping[str, Any] | None) -> bytes:
    """Encode an error: id, place, reason, and the raw record where there is one."""
    found = {"id": failure.id, "place": failure.place, "reason": failure.reason, **(raw or {})}
    return json_line(found).encode() + b"\n"


def default_path(out: str) -> str:
    """The side file beside an output."""
    return out.rstrip("/" + os.sep) + SUFFIX


class ErrorFile:
    """Collects errors in a temporary file, which becomes the side file at the end of the run.

    Without errors there is none, and an older one of that name goes.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._temporary: Path | None = None
        self._file: BinaryIO | None = None

    def add(self, failure: Failure, raw: Mapping[str, Any] | None) -> None:
        self.append(error_line(failure, raw))

    def append(self, lines: bytes) -> None:
        if self._file is None:
            self._temporary = _temporary(self.place)
            self._file = self._temporary.open("xb")
        self._file.write(lines)

    def close(self) -> None:
        """Writes the side file. Raises OSError."""
        if self._file is None or self._temporary is None:
            if not is_url(self.place) and Path(self.place).is_file():
                Path(self.place).unlink()
            return
        try:
            self._file.close()
            place_file(self._temporary, self.place)
        except BaseException:
            self.abandon()
            raise
        self._file = None

    def abandon(self) -> None:
        if self._file is not None and self._temporary is not None:
            with suppress(OSError):  # what is left in its buffer has no place on a full disk
                self._file.close()
            self._temporary.unlink(missing_ok=True)


def join(parts: Sequence[Path], place: str) -> None:
    """Write the errors of all shards as one side file."""
    errors = ErrorFile(place)
    try:
        for part in parts:
            errors.append(part.read_bytes())
        errors.close()
    except BaseException:
        errors.abandon()
        raise


def place_file(temporary: Path, place: str) -> None:
    """Put a finished temporary file in its place in one step, with the permission bits of the old file."""
    if is_url(place):
        upload(temporary, place)
        temporary.unlink()
        return
    if is_special(place):
        write_atomic(place, temporary.read_bytes())
        temporary.unlink()
        return
    target = Path(os.path.realpath(place))
    if target.exists():
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    os.replace(temporary, target)


def _temporary(place: str) -> Path:
    """A new temporary path from which the place can be reached in one step."""
    if is_url(place) or is_special(place):
        from tempfile import gettempdir

        return beside(Path(gettempdir(), "errors"))
    target = Path(os.path.realpath(place))
    target.parent.mkdir(parents=True, exist_ok=True)
    return beside(target)
