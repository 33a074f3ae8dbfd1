"""Finds in one pass which literals stand in which lines: Aho-Corasick behind one interface."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from cleaner.ruleset.plan import ANYWHERE


def fold(text: str) -> str:
    """Lower case of the same length: only U+0130 grows under `lower`, so it is replaced first."""
    return text.replace("\u0130", "i").lower()


class Prefilter:
    """Maps lines to the rules whose literals they hold.

    `literals` maps a folded literal to the indexes of its rules, or to pairs of an index and the offset in the line
    framed by breaks up to which the literal may begin. Uses `ahocorasick_rs` where the extra `fast` is installed,
    `pyahocorasick` otherwise; both give the same answer.
    """

    def __init__(self, literals: Mapping[str, Sequence[int | tuple[int, int]]]) -> None:
        self._scan = _scanner([(text, _limits(text, rules)) for text, rules in literals.items()]) if literals else None

    def candidates(self, lines: Sequence[str]) -> list[tuple[int, int]]:
        """Distinct pairs (line number, rule index), sorted."""
        return sorted(set(self.hits([fold(line) for line in lines])))

    def hits(self, lines: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Pairs (line number, rule index) of folded lines, by line; a rule may come more than once."""
        if self._scan is None or not lines:
            return []
        starts = list(accumulate((len(line) + 1 for line in lines), initial=1))
        pairs: list[tuple[int, int]] = []
        number, start, following = 0, 1, starts[1]
        for end, (size, rules) in self._scan("\n" + "\n".join(lines) + "\n"):
            # `end` is the index of the literal's last character, which may be the line break that closes the line
            if not start <= end < following:
                number = bisect_right(starts, end) - 1
                start, following = starts[number], starts[number + 1]
            begin = end - start - size
            for rule, reach in rules:
                if begin <= reach:
                    pairs.append((number, rule))
        return pairs

    def places(self, line: str) -> set[int]:
        """The offsets in one line at which a literal begins."""
        if self._scan is None:
            return set()
        return {end - 1 - size for end, (size, _) in self._scan(fold(line))}


_Value = tuple[int, tuple[tuple[int, int], ...]]


def _limits(literal: str, rules: Iterable[int | tuple[int, int]]) -> _Value:
    """What is kept of a literal: what to take from the offset of its end to get that of its beginning; its rules."""
    pairs = tuple(rule if isinstance(rule, tuple) else (rule, ANYWHERE) for rule in rules)
    return len(literal) - 2, pairs


def _scanner(literals: Sequence[tuple[str, _Value]]) -> Any:
    try:
        import ahocorasick_rs
    except ImportError:
        return _python_scanner(literals)
    automaton = ahocorasick_rs.AhoCorasick([literal for literal, _ in literals])
    values = [value for _, value in literals]

    def scan(haystack: str) -> Iterator[tuple[int, _Value]]:
        for number, _, end in automaton.find_matches_as_indexes(haystack, overlapping=True):
            yield end - 1, values[number]

    return scan


def _python_scanner(literals: Sequence[tuple[str, _Value]]) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for literal, value in literals:
        automaton.add_word(literal, value)
    automaton.make_automaton()
    return automaton.iter
