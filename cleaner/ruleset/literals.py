"""Derives from a pattern the literals of which one must stand in every line that it matches.

The literals feed the Aho-Corasick prefilter: a rule is confirmed only on lines that contain one.
`^` and `$` become line breaks in the literal, because the prefilter reads lines joined by them.
The derivation errs on one side only: a literal set too weak costs time, never a match.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MIN_LITERAL = 3  # code points; shorter literals occur in too many lines to filter anything
MAX_LITERAL = 12  # code points kept of a literal: a longer one filters no better and makes the automaton large
MAX_ALTERNATIVES = 2500  # literals of one rule; beyond that, a set is dropped for a sibling or given up
MAX_PRODUCT = 64  # strings that two choices in a row may be multiplied out to ...
MAX_PREFIXES = 16  # ... or up to MAX_ALTERNATIVES where one of them is as small as this
MAX_RUN = 400  # code points of a literal before it is cut; a longer stretch is as good as this one
MAX_UNROLLED = 4  # repetitions such as `a{3}` that are written out

_UNPARSED = re.compile(r"\\[pP]\{[^}]*\}|\\X|\\R")  # of `regex`, unknown to `re`: stand for one or more characters
_POSSESSIVE = re.compile(r"(?<!\\)([*+?}])\+")
_NAMED_LIST = re.compile(r"\\L<\w+>")

Strings = frozenset[str]


def required_literals(pattern: str) -> Strings:
    """Lower-case literals of which at least one stands in each match; empty if none can be derived.

    >>> sorted(required_literals(r"^(?:jetzt |.*)(?:abo|heft) (?:lesen|bestellen)"))
    ['abo bestelle', 'abo lesen', 'heft bestell', 'heft lesen']
    >>> sorted(required_literals(r"^anzeige$"))
    ['\\nanzeige\\n']
    >>> sorted(required_literals(r"\\d+ \\w+"))
    []
    """
    source = _POSSESSIVE.sub(r"\1", _UNPARSED.sub(r"\\w", pattern))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parser.parse(source, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError):
        return frozenset()
    return _best(_candidates(tree))


def _candidates(tree: Any) -> list[Strings]:
    """Every literal set that the sequence requires, in order of occurrence."""
    found: list[Strings] = []
    run: Strings = frozenset({""})  # what the current stretch of plain choices may read
    for op, arg in _flat(tree):
        exact = _exact(op, arg)
        joined = _joined(run, exact) if exact is not None else None
        if joined is not None:
            run = joined
            continue
        if exact is None:
            run = _joined(run, _beginnings(op, arg)) or run
        found.append(run)
        run = exact if exact is not None else frozenset({""})
        if exact is None:
            found.extend(_inner(op, arg))
    found.append(run)
    return [literals for literals in found if all(literals)]


def _flat(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The sequence with its groups opened, so that a literal may run across their borders."""
    for op, arg in tree:
        if op is ops.SUBPATTERN:
            yield from _flat(arg[3])
        else:
            yield op, arg


def _beginnings(op: Any, arg: Any) -> Strings:
    """What an element that is no small choice can begin with, as far as it is one."""
    if op is ops.BRANCH:
        return frozenset().union(*map(_beginning, arg[1]))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] >= 1:
        return _beginning(arg[2])
    return frozenset({""})


def _beginning(tree: Any) -> Strings:
    run: Strings = frozenset({""})
    for op, arg in _flat(tree):
        exact = _exact(op, arg)
        joined = _joined(run, exact) if exact is not None else None
        if joined is None:
            return _joined(run, _beginnings(op, arg)) or run
        run = joined
    return run


def _exact(op: Any, arg: Any) -> Strings | None:
    """All strings that this element may read, folded; None where they are not a small finite set."""
    if op is ops.LITERAL:
        return frozenset({chr(arg).lower()}) if len(chr(arg).lower()) == 1 else None
    if op is ops.AT:
        return _anchor(arg)
    if op is ops.IN:
        return _small_class(arg)
    if op is ops.SUBPATTERN:
        return _exact_sequence(arg[3])
    if op is ops.BRANCH:
        return _union([_exact_sequence(branch) for branch in arg[1]])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[1] == 1:
        inner = _exact_sequence(arg[2])
        return inner if inner is None or arg[0] == 1 else inner | {""}
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] == arg[1] <= MAX_UNROLLED:
        return _exact_sequence(list(arg[2]) * arg[0])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return frozenset({""})
    return None


def _anchor(arg: Any) -> Strings:
    if arg in (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING, ops.AT_END, ops.AT_END_STRING):
        return frozenset({"\n"})
    return frozenset({""})  # \b and \B read nothing


def _small_class(items: Any) -> Strings | None:
    """The members of a class such as `[–-]` or `['’]`; None for ranges, negations and categories."""
    if any(op is not ops.LITERAL for op, _ in items) or len(items) > 8:
        return None
    return frozenset(chr(code).lower() for _, code in items)


def _exact_sequence(tree: Any) -> Strings | None:
    run: Strings = frozenset({""})
    for op, arg in tree:
        exact = _exact(op, arg)
        joined = _joined(run, exact) if exact is not None else None
        if joined is None:
            return None
        run = joined
    return run


def _joined(run: Strings, exact: Strings) -> Strings | None:
    """All strings of one set followed by one of the other; None where they are too many, or long enough already."""
    product = len(run) * len(exact)
    if len(min(run, key=len, default="")) > MAX_RUN:
        return None
    fits = product <= MAX_PRODUCT or (min(len(run), len(exact)) <= MAX_PREFIXES and product <= MAX_ALTERNATIVES)
    return frozenset(a + b for a in run for b in exact) if fits else None


def _union(sets: list[Strings | None]) -> Strings | None:
    whole: set[str] = set()
    for one in sets:
        if one is None:
            return None
        whole |= one
    return frozenset(whole) if len(whole) <= MAX_ALTERNATIVES else None


def _inner(op: Any, arg: Any) -> list[Strings]:
    """The literal sets required inside a branch or a repetition that must occur."""
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] >= 1:
        return _candidates(arg[2])
    if op is ops.BRANCH:
        best = [_best(_candidates(branch)) for branch in arg[1]]
        return [frozenset().union(*best)] if all(best) else []
    return []


def _best(sets: list[Strings]) -> Strings:
    """The most selective set: the longest shortest literal, then the fewest literals."""
    cut = (frozenset(literal[:MAX_LITERAL] for literal in literals) for literals in sets)
    usable = [s for s in cut if s and len(s) <= MAX_ALTERNATIVES and _least(s) >= MIN_LITERAL]
    return _pruned(max(usable, key=lambda s: (min(_least(s), 6), -len(s), _least(s)), default=frozenset()))


def _pruned(literals: Strings) -> Strings:
    """The set without the literals that hold another one of it: where they stand, that one stands too."""
    return frozenset(literal for literal in literals if literals.isdisjoint(_inside(literal)))


def _inside(literal: str) -> Iterator[str]:
    """The proper substrings of a literal."""
    for start in range(len(literal)):
        for end in range(start + 1, len(literal) + 1):
            if end - start < len(literal):
                yield literal[start:end]


def _least(literals: Strings) -> int:
    return min(map(_weight, literals))


def _weight(literal: str) -> int:
    """How selective a literal is, in letters: an ideograph counts two, a sign such as `©` three, a line's edge two."""
    return sum(map(_letters, literal))


def _letters(char: str) -> int:
    if char < "\x80":
        return 2 if char == "\n" else 1
    return 2 if char > "\u2e80" else 1 if char.isalpha() else 3
