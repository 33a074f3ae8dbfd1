"""Finds in one pass which literals stand in which lines: Aho-Corasick behind one interface."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Any

from cleaner.ruleset.plan import ANYWHERE
from cleaner.text.fold import fold

ASKED = 12_000  # characters; to put the literals into the automaton takes about as long as to ask so long a text
PER_TEXT = 1_000  # characters that asking counts besides those of each text: all literals are gone through
BEGIN = 4  # characters of a literal that are looked up before it is searched for


class Prefilter:
    """Maps lines to the rules whose literals they hold.

    `literals` maps a folded literal to the indexes of its rules, or to pairs of an index and the offset in the line
    framed by breaks up to which the literal may begin. The first texts are asked for each literal; an automaton
    (pyahocorasick) is built when that has taken as long as to build it. Both give the same answer.
    """

    def __init__(self, literals: Mapping[str, Sequence[int | tuple[int, int]]]) -> None:
        self._literals = literals
        self._asked = 0

    def candidates(self, lines: Sequence[str]) -> list[tuple[int, int]]:
        """Distinct pairs (line number, rule index), sorted."""
        return sorted(set(self.hits([fold(line) for line in lines])))

    def hits(self, lines: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Pairs (line number, rule index) of folded lines, by line; a rule may come more than once."""
        if not self._literals or not lines:
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
        return {end - 1 - size for end, (size, _) in self._scan(fold(line))} if self._literals else set()

    def _scan(self, text: str) -> Iterable[tuple[int, _Value]]:
        """The literals in a folded text, by the index of their last character."""
        self._asked += len(text) + PER_TEXT
        return self._asking(text) if self._asked <= ASKED else self._automaton.iter(text)

    def _asking(self, text: str) -> list[tuple[int, _Value]]:
        """What the automaton would find, by asking for each literal whose beginning the text has somewhere."""
        begins = {text[at : at + BEGIN] for at in range(len(text))}
        found: list[tuple[int, _Value]] = []
        for literal, rules in self._literals.items():
            if literal[:BEGIN] in begins or len(literal) < BEGIN:
                at = text.find(literal)
                while at >= 0:
                    found.append((at + len(literal) - 1, _limits(literal, rules)))
                    at = text.find(literal, at + 1)
        return sorted(found, key=itemgetter(0))

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for literal, rules in self._literals.items():
            automaton.add_word(literal, _limits(literal, rules))
        automaton.make_automaton()
        return automaton


_Value = tuple[int, tuple[tuple[int, int], ...]]


def _limits(literal: str, rules: Iterable[int | tuple[int, int]]) -> _Value:
    """What is kept of a literal: what to take from the offset of its end to get that of its beginning; its rules."""
    pairs = tuple(rule if isinstance(rule, tuple) else (rule, ANYWHERE) for rule in rules)
    return len(literal) - 2, pairs
