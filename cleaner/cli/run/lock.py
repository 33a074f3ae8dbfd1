"""One run at a time into one output of records: two would take each other's shards for their own."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cleaner.cli.session import UsageError

try:
    import fcntl
except ImportError:  # not POSIX: runs are not kept apart
    fcntl = None  # type: ignore[assignment]

NAME = "lock"


class Lock:
    """A file that this process holds locked, with its number in it; the lock ends with the process, however it ends.

    It is a lock of POSIX records: worker processes do not inherit it, and the file of a run that was killed is taken
    over. Where the system or the file system knows no such locks, there is none.
    """

    def __init__(self, folder: Path, place: str) -> None:
        """`place` is the output, for people. Raises UsageError where another process writes to it, and OSError."""
        self._path, self._place = folder / NAME, place
        self._file: BinaryIO | None = None
        while fcntl and self._file is None:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self._locked()
        if self._file:
            self._sign(self._file)

    def release(self) -> None:
        """Removes the file, and its folder if nothing else is in it; called again, it does nothing."""
        if self._file is None:
            return
        with suppress(OSError):
            if self._is_current(self._file):
                self._path.unlink()
            self._path.parent.rmdir()
        with suppress(OSError):  # what is left in its buffer has no place on a full disk
            self._file.close()
        self._file = None

    def _locked(self) -> BinaryIO | None:
        """The open file; None where it was removed meanwhile, as a run that ends does."""
        try:
            file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), "r+b")
        except FileNotFoundError:  # its folder was removed
            return None
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            holder = file.read(200).decode("utf-8", "replace").strip() or "another process"
            file.close()
            raise UsageError(
                f"{self._place} is being written by another run ({holder}); "
                "mend: wait until it has ended, or give another -o"
            ) from error
        except OSError:
            pass  # such as a network file system without locks
        if not self._is_current(file):
            file.close()
            return None
        return file

    def _sign(self, file: BinaryIO) -> None:
        """Writes who holds it, for people. Raises OSError on a full disk, and leaves nothing there."""
        import platform

        try:
            file.truncate(0)
            file.write(f"process {os.getpid()} on {platform.node()}\n".encode())
            file.flush()
        except OSError:
            self.release()
            raise

    def _is_current(self, file: BinaryIO) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False
