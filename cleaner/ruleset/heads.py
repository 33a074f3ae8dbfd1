"""How the lines that an anchored pattern matches can begin: their first characters, before a search is paid for.

These are the FIRST sets of parser construction (Aho, Sethi, Ullman, "Compilers", 1986), of up to `HEAD` characters.
"""

from __future__ import annotations

from collections.abc import Set
from math import inf
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any

from cleaner.ruleset.plan import DIGIT, HEAD, MAX_LEAD
from cleaner.ruleset.strings import TEXT, Strings, Tree

MAX_HEADS = 300  # beginnings of one rule; where there are more, they are cut shorter

_OPEN = "\uffff"  # whatever follows
_ANYTHING: Strings = frozenset({_OPEN})
_NOTHING: Strings = frozenset({""})


def heads(tree: Tree) -> Strings:
    """How what an anchored pattern matches can begin, behind up to MAX_LEAD signs; empty where it can in any way."""
    lead, rest = _lead(tree)
    found = {head.rstrip(_OPEN) for head in _first(rest)} if lead <= MAX_LEAD else {""}
    return frozenset() if "" in found else without_longer(found)


def without_longer(found: Set[str]) -> Strings:
    """The beginnings without those that begin with another one."""
    return frozenset(head for head in found if not any(head[:size] in found for size in range(1, len(head))))


def _lead(tree: Tree) -> tuple[float, Tree]:
    """How many characters of some class may stand first, and what follows them."""
    lead: float = 0
    for place, (op, arg) in enumerate(tree):
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] == 0 and _is_of_signs(arg[2]):
            lead += inf if arg[1] is ops.MAXREPEAT else arg[1]
        elif op is ops.SUBPATTERN:
            more, rest = _lead(arg[3])
            return lead + more, [*rest, *tree[place + 1 :]]
        elif op is not ops.AT:
            return lead, tree[place:]
    return lead, []


def _is_of_signs(tree: Tree) -> bool:
    """Whether the tree is a class of characters among which is no letter."""
    if len(tree) != 1 or tree[0][0] is not ops.IN:
        return False
    return all(
        (op is ops.CATEGORY and arg in (ops.CATEGORY_NOT_WORD, ops.CATEGORY_DIGIT, ops.CATEGORY_SPACE))
        or (op is ops.LITERAL and not chr(arg).isalpha())
        or (op is ops.RANGE and arg[1] < ord("A"))
        for op, arg in tree[0][1]
    )


def _first(tree: Tree) -> Strings:
    found = _NOTHING
    for op, arg in tree:
        found = _then(found, _begins(op, arg))
        if all(map(_is_full, found)):
            break
    return found


def _begins(op: Any, arg: Any) -> Strings:
    if op is TEXT:
        return frozenset({"".join(DIGIT if char.isdecimal() else char for char in arg[:HEAD])})
    if op is ops.SUBPATTERN:
        return _first(arg[3])
    if op is ops.BRANCH:
        return frozenset().union(*map(_first, arg[1]))
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return _repeated(*arg)
    if op is ops.IN:
        return _members(arg)
    return _NOTHING if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT) else _ANYTHING


def _repeated(least: int, most: int, tree: Tree) -> Strings:
    found: set[str] = set()
    once, current = _first(tree), _NOTHING
    for count in range(min(most, max(least, HEAD)) + 1):
        if count >= least:
            found |= current
        longer = _then(current, once)
        if longer == current:
            break
        current = longer
    return frozenset(found or current)


def _members(items: Any) -> Strings:
    """The characters of a class; whatever where they are many."""
    found: set[str] = set()
    for op, arg in items:
        if op is ops.LITERAL:
            found.add(chr(arg).lower())
        elif op is ops.RANGE and arg[1] - arg[0] < 32:
            found.update(chr(code).lower() for code in range(arg[0], arg[1] + 1))
        elif op is ops.CATEGORY and arg is ops.CATEGORY_DIGIT:
            found.add(DIGIT)
        else:
            return _ANYTHING
    if any(len(char) != 1 for char in found):
        return _ANYTHING
    return frozenset(DIGIT if char.isdecimal() else char for char in found)


def _then(first: Strings, following: Strings) -> Strings:
    """The beginnings of one followed by the other."""
    if following == _NOTHING:
        return first
    found = set(filter(_is_full, first)) if following else set()
    room = {size: {b[: HEAD - size] for b in following} for size in {len(a) for a in first if not _is_full(a)}}
    for a in first:
        if not _is_full(a):
            found.update([a + b for b in room[len(a)]])
    for size in range(HEAD - 1, 0, -1):
        if len(found) > MAX_HEADS:
            found = {head if len(head) <= size else head[:size] + _OPEN for head in found}
    return frozenset(found)


def _is_full(head: str) -> bool:
    return len(head) >= HEAD or head.endswith(_OPEN)
