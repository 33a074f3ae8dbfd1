"""Parsed rules on disk, keyed by the content of their files: parsing again gives the same rules.

Entries are plain data (`marshal`) behind a checksum, so that nothing in them can run; an unreadable
or foreign entry counts as none.
`CLEANER_CACHE_DIR` moves it, and an empty value switches it off.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from cleaner.ruleset.rule import Case, Kind, Rule

_APART = ("written", "hits", "misses", "cases")  # the last fields, in a file of their own: cleaning needs none of them
_CHECKSUM = 4  # bytes of CRC-32, against damage
_NAMES = [field.name for field in fields(Rule) if field.name not in _APART]


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


class Shelf(Mapping[Kind, Sequence[Rule]]):
    """Stored rules by where they run; those of a kind are unpacked when they are first asked for."""

    def __init__(self, parts: Mapping[Kind, bytes]) -> None:
        self._parts, self._rules = parts, dict[Kind, list[Rule]]()

    def __getitem__(self, kind: Kind) -> list[Rule]:
        if kind not in self._rules:
            self._rules[kind] = [Rule(*row) for row in marshal.loads(self._parts[kind])]  # noqa: S302  # as below
        return self._rules[kind]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def load(key: str) -> Shelf | None:
    """The rules stored under a key, or None."""
    stored = read_plain(_path(key))
    return Shelf(stored) if isinstance(stored, dict) else None


def holds(key: str) -> bool:
    """Whether rules are stored under a key."""
    path = _path(key)
    return path is not None and path.exists()


def load_with_examples(key: str) -> list[Rule] | None:
    """The rules stored under a key with their examples, in their files' order, or None."""
    shelf, rows = load(key), read_plain(_path(key, "examples"))
    if shelf is None or not isinstance(rows, list):
        return None
    rules = {rule.id: rule for kind in shelf for rule in shelf[kind]}
    return [
        replace(rules[id], written=written, hits=hits, misses=misses, cases=tuple(Case(*case) for case in cases))
        for id, written, hits, misses, cases in rows
    ]


def save(key: str, rules: Sequence[Rule], *, examples: bool = True) -> None:
    """Stores rules under a key, with their examples or without; does nothing where the folder cannot be written."""
    parts: dict[Kind, list[tuple[object, ...]]] = {}
    for rule in rules:
        parts.setdefault(rule.kind, []).append(tuple(getattr(rule, name) for name in _NAMES))
    if examples:
        cases = [[(case.before, case.after, dict(case.fields)) for case in rule.cases] for rule in rules]
        rows = [(r.id, r.written, r.hits, r.misses, of_rule) for r, of_rule in zip(rules, cases, strict=True)]
        write_plain(_path(key, "examples"), rows)
    write_plain(_path(key), {kind: marshal.dumps(rows) for kind, rows in parts.items()})


def _path(key: str, what: str = "rules") -> Path | None:
    folder = directory()
    return folder / f"{what}-{key}-{sys.implementation.cache_tag}.bin" if folder else None


def read_plain(path: Path | None) -> Any:
    """Plain data that `write_plain` wrote; None where there is none, or where its checksum does not hold."""
    try:
        data = path.read_bytes() if path else b""
        rest = memoryview(data)[_CHECKSUM:]
        if _checksum(rest) != data[:_CHECKSUM]:
            return None
        return marshal.loads(rest)  # noqa: S302  # plain data behind a checksum
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write_plain(path: Path | None, value: Any) -> None:
    """Writes numbers, strings and containers of them behind a checksum; does nothing where that fails."""
    if path is not None:
        data = marshal.dumps(value)
        write(path, _checksum(data) + data)


def _checksum(data: bytes | memoryview) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM)


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
