"""The rules that run on one document, and which of them a line is worth trying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from cleaner.ruleset.engine import Engine, Match
from cleaner.ruleset.rule import Rule
from cleaner.text.fold import fold


class Active:
    """The rules that run on a document, and the language that they were chosen for; equal ones are one object."""

    def __init__(self, language: str | None, engines: tuple[Engine, ...]) -> None:
        self.language, self.engines = language, engines

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for engine in self.engines for rule in engine.rules)

    @cached_property
    def selecting(self) -> tuple[Candidate, ...]:
        """The rules with a selector, which match at the blocks of a page that it names and nowhere else."""
        return tuple(Candidate(engine, n, engine.rules[n]) for engine in self.engines for n in engine.selecting)

    def candidates(self, lines: Sequence[str]) -> list[Sequence[Candidate]]:
        """For each line the rules that may match it, in the order of their matches."""
        found: list[Sequence[Candidate]] = [()] * len(lines)
        folded = [fold(line) for line in lines]
        for engine, known in zip(self.engines, self._known, strict=True):
            for number, indexes in engine.candidates(folded).items():
                found[number] = [*found[number], *[known[index] for index in indexes]]
        return found

    @cached_property
    def _known(self) -> list[list[Candidate]]:
        """All rules as candidates, by engine."""
        return [[Candidate(engine, n, rule) for n, rule in enumerate(engine.rules)] for engine in self.engines]


class Candidate(NamedTuple):
    """A rule that may match a line."""

    engine: Engine
    place: int
    rule: Rule

    def confirm(self, line: str) -> list[Match]:
        """The rule's matches in the line. Raises TimeoutError."""
        return self.engine.confirm(self.place, line)


NOWHERE: Mapping[int, Sequence[Candidate]] = MappingProxyType({})  # rules with a selector at no line
