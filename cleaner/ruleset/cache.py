"""Parsed rules on disk, keyed by the content of their files: parsing again gives the same rules.

Entries are plain data (`marshal`) behind a checksum, so that nothing in them can run; an unreadable
or foreign entry counts as none.
`CLEANER_CACHE_DIR` moves it, and an empty value switches it off.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from cleaner.ruleset.rule import Rule

_LEFT_OUT = {"hits", "misses", "cases", "written"}  # the last fields; who wants them parses the files anew
_CHECKSUM = 32  # bytes of SHA-256
_NAMES = [field.name for field in fields(Rule) if field.name not in _LEFT_OUT]


def directory() -> Path | None:
    """The cache folder, or None where caching is off or no home is known."""
    chosen = os.environ.get("CLEANER_CACHE_DIR")
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(base or Path.home() / ".cache") / "article-cleaner"
    except RuntimeError:
        return None


def load(key: str) -> list[Rule] | None:
    """The rules stored under a key, or None."""
    stored = read_plain(_path(key))
    try:
        return None if stored is None else [Rule(*row) for row in stored]
    except TypeError:
        return None


def save(key: str, rules: Sequence[Rule]) -> None:
    """Stores rules under a key; does nothing where the folder cannot be written."""
    write_plain(_path(key), [tuple(getattr(rule, name) for name in _NAMES) for rule in rules])


def _path(key: str) -> Path | None:
    folder = directory()
    return folder / f"rules-{key}-{sys.implementation.cache_tag}.bin" if folder else None


def read_plain(path: Path | None) -> Any:
    """Plain data that `write_plain` wrote; None where there is none, or where its checksum does not hold."""
    try:
        data = path.read_bytes() if path else b""
        if hashlib.sha256(data[_CHECKSUM:]).digest() != data[:_CHECKSUM]:
            return None
        return marshal.loads(data[_CHECKSUM:])  # noqa: S302  # plain data behind a checksum
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write_plain(path: Path | None, value: Any) -> None:
    """Writes numbers, strings and containers of them behind a checksum; does nothing where that fails."""
    if path is not None:
        data = marshal.dumps(value)
        write(path, hashlib.sha256(data).digest() + data)


def write(path: Path, data: bytes) -> None:
    """Writes a file of the cache whole or not at all; does nothing where that fails."""
    import tempfile

    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
