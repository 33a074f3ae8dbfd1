"""Compiled patterns on disk: `regex` takes milliseconds to compile a pattern, and microseconds to rebuild one.

What is kept is what pickling a pattern keeps, as plain data behind a checksum; nothing in it can run.
A file that is missing, damaged or of another version of `regex` or Python counts as none.
"""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Mapping, Sequence
from functools import cache as cached
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from cleaner.data import NOTHING
from cleaner.ruleset import cache
from cleaner.ruleset.needs import Plan, plan
from cleaner.ruleset.rule import Rule

FLAGS = regex.IGNORECASE | regex.VERSION0


@lru_cache(maxsize=4096)  # patterns that the loader checks and the cache then stores
def fresh(source: str) -> regex.Pattern[str]:
    """A pattern compiled from its source. Raises regex.error."""
    return regex.compile(source, FLAGS)


def load(key: str) -> Stored:
    """What is stored for the rules with this key."""
    found = cache.read_plain(_path(key))
    return Stored(*found) if isinstance(found, tuple) else Stored()


def save(key: str, rules: Sequence[Rule]) -> None:
    """Compiles and stores all patterns of the rules, and what each needs of a line."""
    path = _path(key)
    if path is None:
        return
    searched = [rule for rule in rules if not rule.is_whole_line]
    sources = {*(rule.pattern for rule in searched), *(source for rule in rules for source in rule.excepts)}
    patterns = {source: _reduce(fresh(source))[1] for source in sorted(sources)}
    plans = {rule.id: tuple(plan(rule.pattern, rule.literals)) for rule in searched}
    cache.write_plain(path, (patterns, plans))


class Stored:
    """What is stored of rules, or else made when it is asked for: compiled patterns, and what they need of a line."""

    def __init__(self, patterns: Mapping[str, Any] = NOTHING, plans: Mapping[str, Any] = NOTHING) -> None:
        self._patterns, self._plans = patterns, plans

    def pattern(self, source: str) -> regex.Pattern[str]:
        """The compiled pattern, rebuilt where it is stored."""
        data = self._patterns.get(source)
        if data is None:
            return regex.compile(source, FLAGS)
        rebuilt: regex.Pattern[str] = _rebuild()(*data)
        return rebuilt

    def plan(self, rule: Rule) -> Plan:
        """What a rule needs of a line."""
        row = self._plans.get(rule.id)
        return plan(rule.pattern, rule.literals) if row is None else Plan(*row)


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
