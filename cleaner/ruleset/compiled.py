"""Compiled patterns on disk: `regex` takes milliseconds to compile a pattern, and microseconds to rebuild one.

What is kept is what pickling a pattern keeps, as plain data behind a checksum; nothing in it can run.
A file that is missing, damaged or of another version of `regex` or Python counts as none.
"""

from __future__ import annotations

import copyreg
import marshal
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache as cached
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from cleaner.ruleset import cache
from cleaner.ruleset.plan import Plan
from cleaner.ruleset.rule import Kind, Rule

FLAGS = regex.IGNORECASE | regex.VERSION0


@lru_cache(maxsize=4096)  # patterns that the loader checks and the cache then stores
def fresh(source: str) -> regex.Pattern[str]:
    """A pattern compiled from its source. Raises regex.error."""
    return regex.compile(source, FLAGS)


def load(key: str) -> Stored:
    """What is stored for the rules with this key."""
    return Stored(cache.read_parts(_path(key)))


def is_stored(key: str) -> bool:
    """Whether something is stored under a key, or nothing can be."""
    path = _path(key)
    return path is None or cache.has_parts(path)


def save(key: str, rules: Sequence[Rule], known: Iterable[Rule] = (), stored: Stored | None = None) -> None:
    """Compiles and stores all patterns of the rules, and what each needs of a line.

    What is `stored` already of the rules that are `known` is taken from there: it takes seconds to find out anew.
    """
    path = _path(key)
    if path is None:
        return
    parts: dict[Kind, tuple[dict[str, bytes], dict[str, Any]]] = {}
    same = {rule.id: _analysed(rule) for rule in known}
    for rule in rules:
        patterns, plans = parts.setdefault(rule.kind, ({}, {}))
        old_patterns, old_plans = (
            stored.part(rule.kind) if stored and same.get(rule.id) == _analysed(rule) else ({}, {})
        )
        if not rule.is_whole_line and not rule.css:
            plans[rule.id] = old_plans.get(rule.id) or tuple(_plan(rule))
        for source in (*(() if rule.is_whole_line or not rule.pattern else (rule.pattern,)), *rule.excepts):
            patterns[source] = old_patterns.get(source) or marshal.dumps(_reduce(fresh(source))[1])
    cache.write_parts(path, parts)


def _analysed(rule: Rule) -> tuple[object, ...]:
    """All of a rule that its patterns and its plan depend on."""
    return rule.pattern, rule.css, rule.excepts, rule.literals, rule.kind, rule.is_whole_line


class Stored:
    """What is stored of rules, or else made when it is asked for: compiled patterns, and what they need of a line."""

    def __init__(self, parts: Mapping[Kind, memoryview] | None = None) -> None:
        self._parts = {} if parts is None else parts
        self._unpacked: dict[Kind, tuple[dict[str, bytes], dict[str, Any]]] = {}

    def part(self, kind: Kind) -> tuple[dict[str, bytes], dict[str, Any]]:
        """Patterns by their source, and plans by the rules' ids, of the rules that run in one place."""
        if kind not in self._unpacked:
            self._unpacked[kind] = cache.plain(self._parts.get(kind, b"")) or ({}, {})
        return self._unpacked[kind]

    def pattern(self, source: str, rule: Rule) -> regex.Pattern[str]:
        """The compiled pattern of a rule, rebuilt where it is stored."""
        data = self.part(rule.kind)[0].get(source)
        if data is None:
            return regex.compile(source, FLAGS)
        rebuilt: regex.Pattern[str] = _rebuild()(*marshal.loads(data))  # noqa: S302  # plain data behind a checksum
        return rebuilt

    def plan(self, rule: Rule) -> Plan:
        """What a rule needs of a line."""
        row = self.part(rule.kind)[1].get(rule.id)
        return _plan(rule) if row is None else Plan(*row)


def _plan(rule: Rule) -> Plan:
    return _analysis(rule.pattern, tuple(rule.literals))


@lru_cache(maxsize=10_000)
def _analysis(pattern: str, literals: tuple[str, ...]) -> Plan:
    from cleaner.ruleset.needs import plan  # it is needed where nothing is stored, and costs milliseconds

    return plan(pattern, literals)


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
