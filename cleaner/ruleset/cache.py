"""Parsed rules on disk, keyed by the content of their files: parsing again gives the same rules.

The cache is JSON, so that nothing in it can run; an unreadable or foreign entry counts as none.
`CLEANER_CACHE_DIR` moves it, and an empty value switches it off.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from cleaner.ruleset.rule import Rule

_LEFT_OUT = {"hits", "misses", "cases", "written"}  # only `rules test` reads them, and it parses the files anew
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
    folder = directory()
    if folder is None:
        return None
    try:
        stored = json.loads((folder / f"rules-{key}.json").read_bytes())
        return [Rule(**dict(zip(_NAMES, map(_frozen, row), strict=True))) for row in stored]
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def save(key: str, rules: Sequence[Rule]) -> None:
    """Stores rules under a key; does nothing where the folder cannot be written."""
    folder = directory()
    if folder is None:
        return
    text = json.dumps([[getattr(rule, name) for name in _NAMES] for rule in rules], ensure_ascii=False)
    write(folder / f"rules-{key}.json", text.encode())


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


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
