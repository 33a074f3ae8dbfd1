"""Derives from a pattern the literals of which one must stand in every line that it matches.

The literals feed the Aho-Corasick prefilter: a rule is confirmed only on lines that contain one.
`^` and `$` become line breaks in the literal, because the prefilter reads lines joined by them.
The derivation errs on one side only: a literal set too weak costs time, never a match.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any

from cleaner.ruleset.strings import EMPTY, MAX_ALTERNATIVES, Strings, Tree, beginnings, exact, flat, joined, parsed

_NONE: Strings = frozenset()
MIN_LITERAL = 3  # code points; shorter literals occur in too many lines to filter anything
MAX_LITERAL = 12  # code points kept of a literal: a longer one filters no better and makes the automaton large


@functools.lru_cache(maxsize=4096)  # the loader asks first, then the plan of each rule
def required_literals(pattern: str) -> Strings:
    """Lower-case literals of which at least one stands in each match; empty if none can be derived.

    >>> sorted(required_literals(r"^(?:jetzt |.*)(?:abo|heft) (?:lesen|bestellen)"))
    ['abo bestelle', 'abo lesen', 'heft bestell', 'heft lesen']
    >>> sorted(required_literals(r"^anzeige$"))
    ['\\nanzeige\\n']
    >>> sorted(required_literals(r"\\d+ \\w+"))
    []
    """
    tree = parsed(pattern)
    return frozenset() if tree is None else _best(_candidates(tree))


def _candidates(tree: Tree) -> list[Strings]:
    """Every literal set that the sequence requires, in order of occurrence."""
    found: list[Strings] = []
    run: Strings = EMPTY  # what the current stretch of plain choices may read
    for op, arg in flat(tree):
        read = exact(op, arg)
        longer = joined(run, read) if read is not None else None
        if longer is not None:
            run = longer
            continue
        if read is None:
            run = joined(run, beginnings(op, arg)) or run
        found.append(run)
        run = read if read is not None else EMPTY
        if read is None:
            found.extend(_inner(op, arg))
    found.append(run)
    return [literals for literals in found if all(literals)]


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
    weighed = [(least(s), s) for s in cut if s and len(s) <= MAX_ALTERNATIVES]
    usable = [(weight, s) for weight, s in weighed if weight >= MIN_LITERAL]
    return pruned(max(usable, key=lambda each: (min(each[0], 6), -len(each[1]), each[0]), default=(0, _NONE))[1])


def pruned(literals: Strings) -> Strings:
    """The set without the literals that hold another one of it: where they stand, that one stands too."""
    sizes = sorted(set(map(len, literals)))
    if len(sizes) < 2:
        return literals
    return frozenset(literal for literal in literals if literals.isdisjoint(_inside(literal, sizes)))


def _inside(literal: str, sizes: Iterable[int]) -> Iterator[str]:
    """The proper substrings of a literal that have one of the sizes."""
    return (literal[at : at + size] for size in sizes if size < len(literal) for at in range(len(literal) - size + 1))


def least(literals: Strings) -> int:
    """The weight of the least selective literal."""
    return min(map(_weight, literals))


def _weight(literal: str) -> int:
    """How selective a literal is, in letters: an ideograph counts two, a sign such as `©` three, a line's edge two."""
    return len(literal) + literal.count("\n") if literal.isascii() else sum(map(_letters, literal))


def _letters(char: str) -> int:
    if char < "\x80":
        return 2 if char == "\n" else 1
    return 2 if char > "\u2e80" else 1 if char.isalpha() else 3
