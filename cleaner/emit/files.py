"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from cleaner.emit.temporary import beside

_SURROGATE = re.compile("[\ud800-\udfff]")


def is_special(path: str | os.PathLike[str]) -> bool:
    """Whether there is something at a path that is neither a file nor a folder: a pipe, a device."""
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write_atomic(path: str | os.PathLike[str], data: str | bytes) -> bool:
    """Write `data` (a string as UTF-8) to `path`; return whether anything changed.

    The content goes to a temporary file in the same folder and replaces the old file in one step, with
    the old permission bits; a link stays a link. The same content is not written again. Lone
    surrogates, which have no UTF-8, become U+FFFD. Raises OSError; the old file is whole then, and
    the temporary file gone. The folder must exist. A pipe or device is not replaced but written to.
    """
    if isinstance(data, str):
        data = _SURROGATE.sub("\ufffd", data).encode("utf-8")
    if is_special(path):
        with Path(path).open("ab", buffering=0) as special:
            special.write(data)
        return True
    target = Path(os.path.realpath(path))
    mode: int | None = None
    if target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
        if target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
    temporary = beside(target)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True
