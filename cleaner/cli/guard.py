"""Where output may go: below the folder that was given, and not through links out of it."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

_DRIVE = re.compile(r"(?:^|/)[A-Za-z]:|^[\\/]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE = re.compile(r"\s*(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:[.:].*)?", re.IGNORECASE)


def bad_name(name: str, *, windows: bool = os.name == "nt") -> str | None:
    """Why a name (with `/`) is none to write below a folder; None if it is one.

    >>> bad_name("a/../../b.txt"), bad_name("a/b.txt")
    ('it holds ".."', None)
    """
    parts = re.split(r"[/\\]", name) if windows else name.split("/")
    if not name or "\0" in name:
        return "it is empty" if not name else "it holds a NUL"
    if name.startswith("/") or (windows and _DRIVE.search(name)):
        return "it begins at the root"
    if ".." in parts:
        return 'it holds ".."'
    device = next((part for part in parts if _DEVICE.fullmatch(part)), None) if windows else None
    return f'"{device}" is a device' if device else None


class UnsafeNameError(ValueError):
    """The name of what an input holds would lead out of the output folder, or to a device."""


def safe(name: str) -> PurePosixPath:
    """A name from an input as a path below the output folder, the same on all systems. Raises UnsafeNameError.

    >>> safe("news/a.txt")
    PurePosixPath('news/a.txt')
    """
    reason = bad_name(name, windows=True)
    if reason is None and "" in name.split("/"):
        reason = "it has a folder without a name"
    if reason is None and _CONTROL.search(name):
        reason = "it holds a control character"
    if reason:
        raise UnsafeNameError(f"not a name for a file: {reason}; mend: -o OUT.jsonl, or unpack the archive")
    return PurePosixPath(name)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path below a folder leads, through links, to a place that is not below it."""
    real, base = os.path.realpath(path), os.path.realpath(folder)
    return real != base and not real.startswith(base.rstrip(os.sep) + os.sep)


def is_link_out(path: Path, folder: Path) -> bool:
    """Whether writing to a path below a folder would follow a link out of it, be it the file's or a folder's."""
    return leads_out(path, folder) if os.path.lexists(path) else leads_out(path.parent, folder)
