"""One shard while it is written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cleaner.cli.run.folder import Folder, sync
from cleaner.emit.formats import RecordFormat, Writer


class Shard:
    """A shard that is being written: records and errors under temporary names."""

    def __init__(self, state: Folder, format: RecordFormat, name: str, *, first: bool) -> None:
        self._state = state
        self.path = state.temporary()
        self._file: BinaryIO = self.path.open("xb")
        self.writer: Writer = format.writer(self._file, name, first=first)
        self.errors: Path | None = None
        self._error_file: BinaryIO | None = None

    def error(self, line: bytes) -> None:
        if self._error_file is None:
            self.errors = self._state.temporary()
            self._error_file = self.errors.open("xb")
        self._error_file.write(line)

    def flush_errors(self) -> None:
        if self._error_file and not self._error_file.closed:
            self._error_file.flush()

    def close(self) -> int:
        """Completes the files on disk; the shard's size in bytes."""
        self.writer.close()
        sync(self._file)
        self._file.close()
        if self._error_file:
            sync(self._error_file)
            self._error_file.close()
        return self.path.stat().st_size

    def drop(self) -> None:
        for file, path in ((self._file, self.path), (self._error_file, self.errors)):
            if file and path:
                with suppress(OSError):  # what is left in its buffer has no place on a full disk
                    file.close()
                path.unlink(missing_ok=True)
