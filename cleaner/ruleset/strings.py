"""What stretches of a parsed pattern can read: small sets of strings, folded, with line breaks for `^` and `$`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from math import inf
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MAX_ALTERNATIVES = 2500  # literals of one rule; beyond that, a set is dropped for a sibling or given up
MAX_PRODUCT = 64  # strings that two choices in a row may be multiplied out to ...
MAX_PREFIXES = 16  # ... or up to MAX_ALTERNATIVES where one of them is as small as this
MAX_RUN = 400  # code points of a literal before it is cut; a longer stretch is as good as this one
MAX_UNROLLED = 4  # repetitions such as `a{3}` that are written out

_UNPARSED = re.compile(r"\\[pP]\{[^}]*\}|\\X|\\R")  # of `regex`, unknown to `re`: stand for one or more characters
_POSSESSIVE = re.compile(r"(?<!\\)([*+?}])\+")

Strings = frozenset[str]
EMPTY: Strings = frozenset({""})


TEXT = "text"  # the operation of a stretch of literals

Tree = Sequence[tuple[Any, Any]]


def parsed(pattern: str) -> Tree | None:
    """The pattern as `re` parses it, in plain lists and with its literals folded and joined; None where it cannot."""
    source = _POSSESSIVE.sub(r"\1", _UNPARSED.sub(r"\\w", pattern))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _plain(parser.parse(source, re.IGNORECASE))
    except (re.error, RecursionError, OverflowError):
        return None


def _plain(tree: Any) -> Tree:
    """A sequence of the parser as a list: its own classes are slow to walk."""
    found: list[tuple[Any, Any]] = []
    for op, arg in tree.data:
        if op is ops.LITERAL and len(folded := chr(arg).lower()) == 1:
            if found and found[-1][0] is TEXT:
                found[-1] = (TEXT, found[-1][1] + folded)
            else:
                found.append((TEXT, folded))
        elif op is ops.SUBPATTERN:
            found.append((op, (*arg[:3], _plain(arg[3]))))
        elif op is ops.BRANCH:
            found.append((op, (None, [_plain(branch) for branch in arg[1]])))
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            found.append((op, (arg[0], arg[1], _plain(arg[2]))))
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            found.append((op, (arg[0], _plain(arg[1]))))
        else:
            found.append((op, arg))
    return found


def flat(tree: Tree) -> Iterator[tuple[Any, Any]]:
    """The sequence with its groups opened, so that a literal may run across their borders."""
    for op, arg in tree:
        if op is ops.SUBPATTERN:
            yield from flat(arg[3])
        else:
            yield op, arg


def beginnings(op: Any, arg: Any) -> Strings:
    """What an element that is no small choice can begin with, as far as it is one."""
    if op is ops.BRANCH:
        return frozenset().union(*map(_beginning, arg[1]))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] >= 1:
        return _beginning(arg[2])
    return EMPTY


def _beginning(tree: Tree) -> Strings:
    run: Strings = EMPTY
    for op, arg in flat(tree):
        read = exact(op, arg)
        longer = joined(run, read) if read is not None else None
        if longer is None:
            return joined(run, beginnings(op, arg)) or run
        run = longer
    return run


def exact(op: Any, arg: Any) -> Strings | None:
    """All strings that this element may read, folded; None where they are not a small finite set."""
    if op is TEXT:
        return frozenset({arg})
    if op is ops.AT:
        return anchor(arg)
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
        return EMPTY
    return None


def anchor(arg: Any) -> Strings:
    """What a position reads: a line break for the edges of the line, nothing for the others."""
    if arg in (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING, ops.AT_END, ops.AT_END_STRING):
        return frozenset({"\n"})
    return EMPTY  # \b and \B read nothing


def _small_class(items: Any) -> Strings | None:
    """The members of a class such as `[–-]` or `['’]`; None for ranges, negations and categories."""
    if any(op is not ops.LITERAL for op, _ in items) or len(items) > 8:
        return None
    return frozenset(chr(code).lower() for _, code in items)


def _exact_sequence(tree: Tree) -> Strings | None:
    run: Strings = EMPTY
    for op, arg in tree:
        read = exact(op, arg)
        longer = joined(run, read) if read is not None else None
        if longer is None:
            return None
        run = longer
    return run


def joined(run: Strings, following: Strings) -> Strings | None:
    """All strings of one set followed by one of the other; None where they are too many, or long enough already."""
    if following == EMPTY:
        return run
    if run and len(next(iter(run))) > MAX_RUN and len(min(run, key=len)) > MAX_RUN:
        return None
    product = len(run) * len(following)
    fits = product <= MAX_PRODUCT or (min(len(run), len(following)) <= MAX_PREFIXES and product <= MAX_ALTERNATIVES)
    return frozenset(a + b for a in run for b in following) if fits else None


def _union(sets: list[Strings | None]) -> Strings | None:
    whole: set[str] = set()
    for one in sets:
        if one is None:
            return None
        whole |= one
    return frozenset(whole) if len(whole) <= MAX_ALTERNATIVES else None


def widest(op: Any, arg: Any) -> float:
    """How many characters an element reads at most; a line's edge counts as one."""
    if op is ops.BRANCH:
        return max(map(_widest_sequence, arg[1]))
    if op is ops.SUBPATTERN:
        return _widest_sequence(arg[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return inf if arg[1] is ops.MAXREPEAT else arg[1] and arg[1] * _widest_sequence(arg[2])
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return 0
    if op is ops.AT:
        return max(map(len, anchor(arg)))
    if op is TEXT:
        return len(arg)
    return 1 if op in (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY) else inf


def _widest_sequence(tree: Tree) -> float:
    return sum(widest(op, arg) for op, arg in tree)
