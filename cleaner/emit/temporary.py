"""Temporary files beside what they replace: their names, and the removal of those whose process was killed."""

from __future__ import annotations

import os
import re
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path
from time import time

OLD = 86_400  # seconds; no file that is being written is not written to for a day
_NAME = re.compile(r"\.cleaner-(?P<machine>[0-9a-f]{8})-(?P<process>[0-9]{1,10})-[0-9a-f]{16}\.tmp")


def beside(target: Path) -> Path:
    """A new path in the target's folder, whose name says which process of which machine writes it."""
    return target.with_name(f".cleaner-{_machine()}-{os.getpid()}-{os.urandom(8).hex()}.tmp")


class Sweeper:
    """Removes, from each folder that is written to, the temporary files whose process is gone.

    Of other machines, those that nobody wrote to for a day. Nothing else is touched, and what cannot be removed stays.
    """

    def __init__(self) -> None:
        self._swept: set[str] = set()

    def sweep(self, target: Path) -> None:
        """Sweep the folder of a file that will be replaced, once."""
        folder = str(Path(os.path.realpath(target)).parent)
        if folder in self._swept:
            return
        self._swept.add(folder)
        with suppress(OSError):
            for entry in [entry for entry in os.scandir(folder) if _NAME.fullmatch(entry.name)]:
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False) and _is_left(entry):
                        Path(entry.path).unlink()


def _is_left(entry: os.DirEntry[str]) -> bool:
    named = _NAME.fullmatch(entry.name)
    if named and named["machine"] == _machine() and os.name == "posix":
        return not _is_alive(int(named["process"]))
    return time() - entry.stat(follow_symlinks=False).st_mtime > OLD


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is another user's
        return True
    return True


@cache
def _machine() -> str:
    """Eight hexadecimal digits that tell apart where a process's number holds: the machine, or container on it."""
    try:
        numbers = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        numbers = ""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(f'{name} {numbers}'.encode()):08x}"
