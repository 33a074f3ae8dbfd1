"""Compiled patterns on disk: `regex` takes milliseconds to compile a pattern, and microseconds to rebuild one.

What is kept is what pickling a pattern keeps, as plain data behind a checksum; nothing in it can run.
A file that is missing, damaged or of another version of `regex` or Python counts as none.
"""

from __future__ import annotations

import copyreg
import marshal
import sys
import zlib
from collections.abc import Callable, Sequence
from functools import cache as cached
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from cleaner.ruleset import cache
from cleaner.ruleset.plan import Plan
from cleaner.ruleset.rule import Kind, Rule, RuleError

FLAGS = regex.IGNORECASE | regex.VERSION0


@lru_cache(maxsize=4096)  # patterns that the loader checks and the cache then stores
def fresh(source: str) -> regex.Pattern[str]:
    """A pattern compiled from its source. Raises regex.error."""
    return regex.compile(source, FLAGS)


Part = tuple[dict[str, bytes], dict[str, Any]]  # patterns by their source, plans by the rules' ids
Known = Callable[[Kind], tuple[Sequence[Rule], Part]]
_NOTHING: Part = ({}, {})


class Stored:
    """What is stored of rules, by where they run, or else made: compiled patterns, and what they need of a line.

    It takes seconds to find out for all rules, so it is done for those of a language when a text first needs them.
    `known` gives other rules, and what is stored of them: what both have in common is taken from there.
    """

    def __init__(self, key: str = "", known: Known | None = None) -> None:
        self._key, self._known = key, known
        self._parts: dict[Kind, Part] = {}

    def prepare(self, kind: Kind, rules: Sequence[Rule]) -> Part:
        """What is stored of all the rules that run in one place; made and stored where nothing is. Raises RuleError."""
        if kind not in self._parts:
            path = _path(self._key, kind) if self._key else None
            part = cache.read_plain(path)
            if path and not _is_part(part):
                part = _made(rules, *(self._known(kind) if self._known else ((), _NOTHING)))
                cache.write_plain(path, part)
            self._parts[kind] = part or _NOTHING
        return self._parts[kind]

    def pattern(self, source: str, rule: Rule) -> regex.Pattern[str]:
        """The compiled pattern of a rule, rebuilt where it is stored."""
        data = self._parts.get(rule.kind, _NOTHING)[0].get(source)
        if data is None:
            return regex.compile(source, FLAGS)
        rebuilt: regex.Pattern[str] = _rebuild()(*marshal.loads(data))  # noqa: S302  # plain data behind a checksum
        return rebuilt

    def plans(self, rule: Rule) -> tuple[Plan, ...]:
        """What a rule needs of a line, for each way to match it."""
        rows = self._parts.get(rule.kind, _NOTHING)[1].get(rule.id)
        return _plans(rule) if rows is None else tuple(Plan(*row) for row in rows)


def _plans(rule: Rule) -> tuple[Plan, ...]:
    return _analysis(rule.pattern, tuple(rule.literals))


def _made(rules: Sequence[Rule], known: Sequence[Rule], stored: Part) -> Part:
    """Compiles all patterns of the rules and analyses them, but for those that are known and stored."""
    patterns: dict[str, bytes] = {}
    plans: dict[str, Any] = {}
    same = {rule.id: _analysed(rule) for rule in known}
    for rule in rules:
        old_patterns, old_plans = stored if same.get(rule.id) == _analysed(rule) else _NOTHING
        if not rule.is_whole_line and not rule.css:
            plans[rule.id] = old_plans.get(rule.id) or tuple(map(tuple, _plans(rule)))
        for source in (*(() if rule.is_whole_line or not rule.pattern else (rule.pattern,)), *rule.excepts):
            patterns[source] = old_patterns.get(source) or marshal.dumps(_reduce(_compiled(source, rule))[1])
    return patterns, plans


def _compiled(source: str, rule: Rule) -> regex.Pattern[str]:
    """A pattern of a rule that the loader may not have checked. Raises RuleError."""
    try:
        return fresh(source)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise RuleError(rule.path, rule.line, f"{rule.id} has no regular expression: {error}") from error


def _analysed(rule: Rule) -> tuple[object, ...]:
    """All of a rule that its patterns and its plan depend on."""
    return rule.pattern, rule.css, rule.excepts, rule.literals, rule.kind, rule.is_whole_line


def _is_part(found: object) -> bool:
    return isinstance(found, tuple) and len(found) == 2 and all(isinstance(half, dict) for half in found)


@lru_cache(maxsize=10_000)
def _analysis(pattern: str, literals: tuple[str, ...]) -> tuple[Plan, ...]:
    from cleaner.ruleset.needs import plans  # it is needed where nothing is stored, and costs milliseconds

    return plans(pattern, literals)


def _reduce(compiled: regex.Pattern[str]) -> tuple[Any, tuple[Any, ...]]:
    """What pickle would keep: a function, and the arguments that give the pattern again."""
    reduce: Any = copyreg.dispatch_table[type(compiled)]
    function, arguments = reduce(compiled)
    return function, arguments


@cached
def _rebuild() -> Any:
    return _reduce(regex.compile("x"))[0]


def _path(key: str, kind: Kind) -> Path | None:
    folder = cache.directory()
    version = f"{regex.__version__}-{sys.implementation.cache_tag}"
    return folder / f"patterns-{key}-{zlib.crc32(repr(kind).encode()):08x}-{version}.bin" if folder else None
