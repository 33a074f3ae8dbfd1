"""What a line must hold before a pattern is worth a try: sets of literals, one of each, the rarest first.

`literals` derives one such set, which rules are known by. Here all are collected, with how far from the line's
start they may stand, and chosen by how rare they are in running text: a common word such as "content" sends
hundreds of lines to a pattern, and two words that must stand together hardly any.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from math import inf
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.ruleset.heads import heads, without_longer
from cleaner.ruleset.literals import pruned, required_literals
from cleaner.ruleset.plan import ANYWHERE, KEPT, Plan
from cleaner.ruleset.strings import (
    EMPTY,
    MAX_ALTERNATIVES,
    Strings,
    Tree,
    anchor,
    beginnings,
    exact,
    flat,
    joined,
    parsed,
    widest,
)

MAX_CHECKED = 20  # literals of a set that is looked for in single lines: more cost as much as the pattern
MAX_CHECKS = 2  # such sets of a rule
MAX_GROWTH = 14  # elements of all ways to match / of the pattern; beyond that, its alternatives are not told apart
LINE = 150  # characters of a line, about
COMMON = 1.0  # lines that hold a literal of the set / lines, as far as is known; beyond it a set tells nothing
HIT = 0.2  # what a literal met too far from the line's start costs, against one that sends a line to the checks
PRICE = 0.0002  # the same, of a literal in the automaton for each line

# Bits of surprise of a letter after another one (rows; blank, a to z), in hexadecimal, as news in English, German,
# French and Spanish has them.
_BITS = """
a35444555476555559543564d67 4954597575a6353b6a343568868 6389a2a8948a3a94ac4673a9d5a 63d6a3dc24f45cb3ab5745fdf7e
239b72a8a3ac79859e558589f7d 2575567674b855387a345767679 249b9349a3ab5b93ad4744cbd7a 24ab92a744b95955ac4565cad7d
339b92bac3d96764bf5746a7f7b 567454658aa655247953395baa7 62cc82aaa698cac2aca7a29acac 3497928873a759649e5544a7d79
33895377c3c838847e955588f4b 335ba299a3ca84944d9575abf7b 2495337394a77865aba43689c78 37656846879744355d355365989
43b9936b44db48a34e3555cbf8b 56bb97bb87b978b7bb99b0b7bbb 2476527684c676548b744578f68 2594939954b777845b9435a8f8b
24a8a38a33dc7984ae4565b7f67 4565555695b744395b333b9a998 63bda1dbc2eaaeb3be89b8aee8b 43aa92cf32bb8a53bd7686fbb9f
34a4c48a73c9caa82ac935c7a6a 157884bab6c966726f7578c8ff8 439d82aa93ca6895bda952d5d97
""".split()
_PLACES = {char: place for place, char in enumerate(" abcdefghijklmnopqrstuvwxyz")}
_PART = re.compile(r"[^\W\d_]+|.", re.DOTALL)
_SIGN_BITS = {
    **dict.fromkeys(".,'0129", 5), **dict.fromkeys("-345678", 6),
    **dict.fromkeys(":\"“”’?!/", 8), **dict.fromkeys("();–", 9),
}  # fmt: skip
_BLANK_BITS = {" ": 1, "\n": 7}
_UNMEASURED = re.compile(r"\\[XR]")  # may read more characters than `widest` knows of


class Need(NamedTuple):
    """Literals of which one must stand in the line framed by breaks; it begins before the offset `reach`."""

    literals: Strings
    reach: float


def plans(pattern: str, keywords: Iterable[str]) -> tuple[Plan, ...]:
    """What a pattern needs, for each way to match; `keywords` are literals of which it is known to need one."""
    known = Need(frozenset(keywords), inf)
    tree = parsed(pattern)
    if tree is None:
        return (Plan(frozenset(), *_plain(known)),)
    reach = inf if _UNMEASURED.search(pattern) else 0.0
    usual = known.literals == required_literals(pattern)
    return tuple(_united(_way(way, known, usual, reach) for way in ways(tree)))


def ways(tree: Tree) -> list[Tree]:
    """The tree once for each alternative of its largest choice: one needs more than what all have in common."""
    items = list(flat(tree))
    sizes = [_size(item) for item in items]
    place = max(range(len(items)), key=lambda n: sizes[n] if items[n][0] is ops.BRANCH else -1, default=0)
    if not items or items[place][0] is not ops.BRANCH:
        return [tree]
    branches = items[place][1][1]
    if len(branches) * (sum(sizes) - sizes[place]) > MAX_GROWTH * sum(sizes):
        return [tree]
    return [[*items[:place], *branch, *items[place + 1 :]] for branch in branches]


def _size(value: Any) -> int:
    """How many elements a part of a tree is made of."""
    return sum(map(_size, value)) if isinstance(value, (list, tuple)) else 1


def _way(tree: Tree, known: Need, usual: bool, reach: float) -> Plan:
    """What a line needs to match this tree."""
    anchored = is_anchored(tree)
    probe, checks = _chosen(known, _needs(tree, reach if anchored else inf))
    if probe.literals != known.literals and not usual:
        checks.append(known)  # keywords that the rule's author gave: a line without them is none of the rule's
    return Plan(heads(tree) if anchored else frozenset(), *_plain(probe), tuple(map(_plain, checks)))


def _united(found: Iterable[Plan]) -> Iterator[Plan]:
    """One plan for all that differ in what is searched for alone."""
    probes: dict[tuple[Any, ...], set[str]] = {}
    for plan in found:
        probes.setdefault((plan.heads, plan.reach, plan.checks), set()).update(plan.probe)
    for (begun, reach, checks), literals in probes.items():
        yield Plan(begun, tuple(sorted(literals)), reach, checks)


def _plain(need: Need) -> tuple[tuple[str, ...], int]:
    return tuple(sorted(need.literals)), ANYWHERE if need.reach == inf else int(need.reach)


def _chosen(known: Need, found: Iterable[Need]) -> tuple[Need, list[Need]]:
    """The set to search for, and those to look for where it was found."""
    sets = sorted({known, *map(_cut, found)}, key=_order)
    probe, checks = sets[0], list[Need]()
    for need in sets[1:]:
        if any(_follows(need, other) for other in (probe, *checks)):
            continue
        short = _short(need) if len(checks) < MAX_CHECKS and _rate(*need) <= COMMON else None
        if short and len(short.literals) <= MAX_CHECKED and _rate(*short) <= COMMON:
            checks.append(short)
    return _pruned(probe), checks


def _follows(need: Need, other: Need) -> bool:
    """Whether a line that has the one has the other: each of its literals holds one of these, as near."""
    known = tuple(need.literals)
    if need.reach == inf:
        return all(any(literal in held for literal in known) for held in other.literals)
    return need.reach >= other.reach and all(held.startswith(known) for held in other.literals)


def _pruned(need: Need) -> Need:
    """The set without the literals that another one of it stands for; near the start, only if it begins them."""
    if need.reach == inf:
        return Need(pruned(need.literals), inf)
    return Need(without_longer(need.literals), need.reach)


def _order(need: Need) -> tuple[object, ...]:
    return _price(need), len(need.literals), need.reach, sorted(need.literals)


def is_anchored(tree: Tree) -> bool:
    """Whether a match can only begin where the line does."""
    for op, arg in flat(tree):
        if op is ops.BRANCH:
            return all(map(is_anchored, arg[1]))
        return op is ops.AT and anchor(arg) == {"\n"} and arg in (ops.AT_BEGINNING, ops.AT_BEGINNING_STRING)
    return False


def _needs(tree: Tree, start: float) -> list[Need]:
    """Every set that the sequence requires; `start` is the largest offset at which it can begin."""
    found: list[Need] = []
    run: Strings = EMPTY
    begin = at = start
    for op, arg in flat(tree):
        if op is ops.ASSERT:
            found += _needs(arg[1], at if arg[0] > 0 else inf)
        read = exact(op, arg)
        longer = joined(run, read) if read is not None else None
        if longer is not None:
            run = longer
            at = at if at == inf else at + widest(op, arg)
            continue
        if read is None:
            run = joined(run, beginnings(op, arg)) or run
        found.append(Need(run, begin))
        if read is None:
            found += _inner(op, arg, at)
        start, at = at, at if at == inf else at + widest(op, arg)
        run, begin = (read, start) if read is not None else (EMPTY, at)
    found.append(Need(run, begin))
    return [need for need in found if all(literal.strip("\n") for literal in need.literals)]


def _inner(op: Any, arg: Any, at: float) -> list[Need]:
    """The sets required inside a branch or a repetition that must occur."""
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and arg[0] >= 1:
        return _needs(arg[2], at)
    if op is not ops.BRANCH:
        return []
    best = [min(map(_cut, _needs(branch, at)), key=_price, default=None) for branch in arg[1]]
    if not all(best):
        return []
    return [
        Need(frozenset().union(*(need.literals for need in best if need)), max(need.reach for need in best if need))
    ]


def _cut(need: Need) -> Need:
    return Need(frozenset(literal[:KEPT] for literal in need.literals), need.reach)


def _short(need: Need) -> Need:
    """The set with its literals cut until they are few enough to be looked for one after the other."""
    literals = _pruned(need).literals  # of which none holds another one, cut or not
    for size in range(KEPT, 2, -1):
        if len(literals) <= MAX_CHECKED:
            break
        literals = frozenset(literal[:size] for literal in literals)
    return Need(literals, need.reach)


def _price(need: Need) -> float:
    """What searching for a set costs: the places where one stands, those of them near enough, and its size."""
    letters = any(len(literal) == 1 and literal < "\x80" for literal in need.literals)
    if letters or len(need.literals) > MAX_ALTERNATIVES:
        return inf
    anywhere = _rate(need.literals, LINE)
    near = anywhere if need.reach >= LINE else _rate(need.literals, need.reach)
    return HIT * anywhere + near + PRICE * len(need.literals)


def _rate(literals: Strings, reach: float) -> float:
    """How many literals a line holds up to an offset, about."""
    places = min(reach + 1, LINE)
    return sum([_rarity(literal[1:]) if literal[0] == "\n" else _rarity(literal) * places for literal in literals])


@functools.lru_cache(maxsize=1 << 17)
def _rarity(literal: str) -> float:
    """How likely a literal begins at a place of running text."""
    return float(2.0 ** -_bits(literal))


def _bits(literal: str) -> float:
    """How rare a literal is in running text, in bits.

    Letters tell how rare a string of that form is; as words are no random strings, no word counts for more than the
    common ones of its length do, and one that goes on a phrase for less.
    """
    bits, first = 0.0, True
    for part in _PART.findall(literal):
        if part[0].isalpha():
            bits += min(_word_bits(part), 5 + 1.5 * len(part) if first else 2 + len(part), 14 if first else 7)
            first = False
        elif part in _BLANK_BITS:
            bits += _BLANK_BITS[part]
        else:
            bits += 1 if literal == part + "\n" else _SIGN_BITS.get(part, 11)
    return bits


def _word_bits(letters: str) -> float:
    if letters[0] > "\u2e80":
        return 8.0 * len(letters)
    row, bits = _PLACES[" "], 0.0
    for letter in letters:
        place = _PLACES.get(letter, -1)
        bits += 5 if place < 0 or row < 0 else int(_BITS[row][place], 16)
        row = place
    return bits
