"""Finds in one pass which literals stand in which lines: Aho-Corasick behind one interface."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any


def fold(text: str) -> str:
    """Lower case of the same length: only U+0130 grows under `lower`, so it is replaced first."""
    return text.replace("\u0130", "i").lower()


class Prefilter:
    """Maps lines to the rules whose literals they hold.

    `literals` maps a folded literal to the indexes of its rules. Uses `ahocorasick_rs` where the
    extra `fast` is installed, `pyahocorasick` otherwise; both give the same answer.
    """

    def __init__(self, literals: Mapping[str, Sequence[int]]) -> None:
        self._rules = [tuple(indexes) for indexes in literals.values()]
        self._scan = _scanner(list(literals)) if literals else None

    def candidates(self, lines: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Distinct pairs (line number, rule index), by line; the order within a line is not defined."""
        if self._scan is None or not lines:
            return []
        starts = list(accumulate((len(line) + 1 for line in lines), initial=1))
        seen = set()
        for end, number in self._scan("\n" + fold("\n".join(lines)) + "\n"):
            # `end` is the index of the literal's last character; a closing line break belongs to the line before it
            seen.add((bisect_right(starts, end - 1) - 1, number))
        return {(line, rule) for line, number in seen for rule in self._rules[number]}


def _scanner(literals: list[str]) -> Any:
    try:
        import ahocorasick_rs
    except ImportError:
        return _python_scanner(literals)
    automaton = ahocorasick_rs.AhoCorasick(literals)

    def scan(haystack: str) -> Iterator[tuple[int, int]]:
        for number, _, end in automaton.find_matches_as_indexes(haystack, overlapping=True):
            yield end - 1, number

    return scan


def _python_scanner(literals: list[str]) -> Any:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, literal in enumerate(literals):
        automaton.add_word(literal, number)
    automaton.make_automaton()
    return automaton.iter
