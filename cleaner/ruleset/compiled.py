"""Compiled patterns on disk: `regex` takes milliseconds to compile a pattern, and microseconds to rebuild one.

What is kept is what pickling a pattern keeps, as plain data behind a checksum; nothing in it can run.
A file that is missing, damaged or of another version of `regex` or Python counts as none.
"""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Iterable, Mapping
from functools import cache as cached
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from cleaner.ruleset import cache
from cleaner.ruleset.rule import Rule

FLAGS = regex.IGNORECASE | regex.VERSION0


@lru_cache(maxsize=4096)  # patterns that the loader checks and the cache then stores
def fresh(source: str) -> regex.Pattern[str]:
    """A pattern compiled from its source. Raises regex.error."""
    return regex.compile(source, FLAGS)


def load(key: str) -> Mapping[str, Any]:
    """The data stored for the rules with this key, by pattern source."""
    found = cache.read_plain(_path(key))
    return found if isinstance(found, dict) else {}


def save(key: str, rules: Iterable[Rule]) -> None:
    """Compiles and stores all patterns of the rules."""
    path = _path(key)
    if path is None:
        return
    sources = {s for rule in rules for s in (*(() if rule.is_whole_line else (rule.pattern,)), *rule.excepts)}
    cache.write_plain(path, {source: _reduce(fresh(source))[1] for source in sorted(sources)})


def pattern(source: str, stored: Mapping[str, Any]) -> regex.Pattern[str]:
    """The compiled pattern, rebuilt where it is stored."""
    data = stored.get(source)
    if data is None:
        return regex.compile(source, FLAGS)
    rebuilt: regex.Pattern[str] = _rebuild()(*data)
    return rebuilt


def _reduce(compiled: regex.Pattern[str]) -> tuple[Any, tuple[Any, ...]]:
    """What pickle would keep: a function, and the arguments that give the pattern again."""
    reduce: Any = copyreg.dispatch_table[type(compiled)]
    function, arguments = reduce(compiled)
    return function, arguments


@cached
def _rebuild() -> Any:
    return _reduce(regex.compile("x"))[0]


def _path(key: str) -> Path | None:
    folder = cache.directory()
    version = f"{regex.__version__}-{sys.implementation.cache_tag}"
    return folder / f"patterns-{key}-{version}.bin" if folder else None
