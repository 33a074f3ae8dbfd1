"""Finds in one pass which literals stand in which lines: Aho-Corasick behind one interface."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
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
        self._sizes = [len(literal) for literal in literals]
        self._scan = _scanner(list(literals)) if literals else None

    def candidates(self, lines: Sequence[str]) -> list[tuple[int, int]]:
        """Distinct pairs (line number, rule index), sorted."""
        if self._scan is None or not lines:
            return []
        starts = list(accumulate((len(line) + 1 for line in lines), initial=1))
        pairs: set[tuple[int, int]] = set()
        number, start, following = 0, 1, starts[1]
        for end, literal in self._scan("\n" + fold("\n".join(lines)) + "\n"):
            # `end` is the index of the literal's last character, which may be the line break that closes the line
            if not start <= end < following:
                number = bisect_right(starts, end) - 1
                start, following = starts[number], starts[number + 1]
            for rule in self._rules[literal]:
                pairs.add((number, rule))
        return sorted(pairs)

    def places(self, line: str) -> set[int]:
        """The offsets in one line at which a literal begins."""
        if self._scan is None:
            return set()
        return {end + 1 - self._sizes[literal] for end, literal in self._scan(fold(line))}


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
