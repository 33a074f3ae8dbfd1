"""Rules that run together: which of them a line is worth trying, and what they match in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from cleaner.ruleset.compiled import Stored
from cleaner.ruleset.plan import ANYWHERE, Plan, begins
from cleaner.ruleset.prefilter import Prefilter
from cleaner.ruleset.rule import MAX_TRAILING, TRAILING, Rule, straight
from cleaner.text.fold import fold

CONFIRM_SECONDS = 0.25  # one pattern on one line; sound patterns take microseconds
SHORT_LINE = 200  # characters; most rules name lines no longer, and most of a text stands in longer ones
_TRAILING = TRAILING + " \t"


@dataclass(frozen=True, slots=True)
class Match:
    """One rule's match in one line; offsets count from the line's start. `twins` are rules of the same effect."""

    rule: Rule
    start: int
    end: int
    fields: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    twins: tuple[str, ...] = ()


class Engine:
    """Rules compiled for use, each when it is first needed; `rules` are sorted by id."""

    def __init__(self, rules: Sequence[Rule], stored: Stored) -> None:
        self.rules, self._stored = tuple(rules), stored
        self._patterns: dict[int, tuple[regex.Pattern[str] | None, tuple[regex.Pattern[str], ...]]] = {}
        self._said: dict[int, Mapping[str, Sequence[str]]] = {}

    def candidates(self, lines: Sequence[str]) -> Mapping[int, Sequence[int]]:
        """The indexes of the rules that may match folded lines, in their matches' order, by the numbers of lines."""
        found: dict[int, list[int]] = {}
        self._add_phrases(lines, found)
        short = [number for number, line in enumerate(lines) if len(line) <= SHORT_LINE]
        long = [number for number, line in enumerate(lines) if len(line) > SHORT_LINE]
        for numbers, prefilter in zip((short, long), self._prefilters, strict=True):
            self._add(prefilter.hits([lines[number] for number in numbers]), numbers, lines, found)
        order = self._order
        for indexes in found.values():
            if len(indexes) > 1:
                indexes.sort(key=order.__getitem__)
        return found

    def _add_phrases(self, lines: Sequence[str], found: dict[int, list[int]]) -> None:
        """Rules of phrases that a line must equal are looked up by the line; they need no search."""
        phrases, longest = self._phrases, self._longest
        if phrases:
            for number, text in enumerate(lines):
                if len(text) <= SHORT_LINE and (indexes := phrases.get(text.rstrip(_TRAILING))):
                    found[number] = [index for index in indexes if len(text) <= longest[index]]

    def _add(
        self, hits: Iterable[tuple[int, int]], numbers: Sequence[int], lines: Sequence[str], found: dict[int, list[int]]
    ) -> None:
        """Notes the rules one of whose plans holds; `hits` are pairs of a place in `numbers` and a plan."""
        plans = self._plans
        last, number, line, framed, begun, tried = -1, -1, "", "", list[str](), set[int]()
        for place, way in hits:
            if place != last:
                last, number, framed, tried = place, numbers[place], "", set()
                line = lines[number]
            elif way in tried:
                continue
            tried.add(way)
            index, longest, plan = plans[way]
            if len(line) > longest or index in found.get(number, ()):
                continue
            if not framed:
                framed, begun = f"\n{line}\n", begins(line)
            if (not plan.heads or not plan.heads.isdisjoint(begun)) and plan.holds(framed):
                found.setdefault(number, []).append(index)

    def confirm(self, index: int, line: str) -> list[Match]:
        """The matches of one rule in one line. Raises TimeoutError."""
        rule = self.rules[index]
        pattern, excepts = self._compiled(index)
        if pattern is None:
            return self._whole(index, line, excepts)
        first = pattern.search(line, timeout=CONFIRM_SECONDS)
        if first is None or any(e.search(line, timeout=CONFIRM_SECONDS) for e in excepts):
            return []
        every = pattern.finditer(line, timeout=CONFIRM_SECONDS) if rule.action == "strip-span" else (first,)
        twins = self._twin_names(index)
        return [Match(rule, m.start(), m.end(), _groups(m), twins) for m in every if m.end() > m.start()]

    def _whole(self, index: int, line: str, excepts: Sequence[regex.Pattern[str]]) -> list[Match]:
        """The match of a rule of phrases, or of a selector alone, with the whole line: without a search."""
        rule, folded = self.rules[index], fold(line)
        likely = self._phrases_of(index).get(folded.rstrip(_TRAILING), ())
        rests = (folded[len(p) :] for p in likely if folded.startswith(p))
        if rule.phrases and not any(len(rest) <= MAX_TRAILING and not rest.strip(_TRAILING) for rest in rests):
            return []
        if any(e.search(line, timeout=CONFIRM_SECONDS) for e in excepts):
            return []
        return [Match(rule, 0, len(line), {}, self._twin_names(index))]

    def _phrases_of(self, index: int) -> Mapping[str, Sequence[str]]:
        """The folded phrases of a rule, by what is left of them without trailing marks."""
        if index not in self._said:
            said: dict[str, list[str]] = {}
            for phrase in map(fold, straight(self.rules[index].phrases)):
                said.setdefault(phrase.rstrip(_TRAILING), []).append(phrase)
            self._said[index] = said
        return self._said[index]

    def _compiled(self, index: int) -> tuple[regex.Pattern[str] | None, tuple[regex.Pattern[str], ...]]:
        """The rule's pattern (none where it takes whole lines without one) and its exceptions."""
        if index not in self._patterns:
            rule = self.rules[index]
            self._patterns[index] = (
                None if rule.is_whole_line or not rule.pattern else self._stored.pattern(rule.pattern, rule),
                tuple(self._stored.pattern(source, rule) for source in rule.excepts),
            )
        return self._patterns[index]

    @cached_property
    def selecting(self) -> list[int]:
        """The indexes of the rules with a selector, which are tried at the blocks that it names; without twins."""
        skipped = {twin for twins in self._twins.values() for twin in twins}
        return [index for index, rule in enumerate(self.rules) if rule.css and index not in skipped]

    @cached_property
    def _plans(self) -> list[tuple[int, int, Plan]]:
        """What is asked of a line: a rule, the longest line that it may match, one of its plans.

        None of what is not searched for: twins, whole lines, selectors.
        """
        skipped = {twin for twins in self._twins.values() for twin in twins}
        return [
            (index, self._longest[index], plan)
            for index, rule in enumerate(self.rules)
            if not (index in skipped or rule.is_whole_line or rule.css)
            for plan in self._stored.plans(rule)
        ]

    @cached_property
    def _prefilters(self) -> tuple[Prefilter, Prefilter]:
        """One for short lines, and one for long lines, of the plans that may hold for them."""
        short: dict[str, tuple[tuple[int, int], ...]] = {}
        long: dict[str, tuple[tuple[int, int], ...]] = {}
        for way, (_, longest, plan) in enumerate(self._plans):
            pair = ((way, plan.reach),)  # which most literals share: there are some twenty thousand
            for table in (short, long) if longest > SHORT_LINE else (short,):
                for literal in plan.probe:
                    table[literal] = table[literal] + pair if literal in table else pair
        return Prefilter(short), Prefilter(long)

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[int]]:
        """The rules of phrases that a line must equal, by the folded phrase."""
        skipped = {twin for twins in self._twins.values() for twin in twins}
        phrases: dict[str, list[int]] = {}
        for index, rule in enumerate(self.rules):
            if rule.is_whole_line and index not in skipped and not rule.css:
                for phrase in self._phrases_of(index):
                    phrases.setdefault(phrase, []).append(index)
        return phrases

    @cached_property
    def _longest(self) -> list[int]:
        """For each rule the characters of the longest line that it may match."""
        return [ANYWHERE if rule.max_chars is None else rule.max_chars for rule in self.rules]

    @cached_property
    def _order(self) -> list[tuple[int, int]]:
        """Where a rule's matches stand among those of a line: whole lines first, then rules of short lines."""
        group = [
            0 if rule.is_whole_line or rule.sites else 1 + (self._longest[n] > SHORT_LINE)
            for n, rule in enumerate(self.rules)
        ]
        return list(zip(group, range(len(group)), strict=True))

    @cached_property
    def _twins(self) -> Mapping[int, tuple[int, ...]]:
        """For the first of the rules that do the same in the same texts, the others: one search serves all."""
        first: dict[tuple[object, ...], int] = {}
        twins: dict[int, tuple[int, ...]] = {}
        for index, rule in enumerate(self.rules):
            seen = first.setdefault(_effect(rule), index)
            if seen != index:
                twins[seen] = (*twins.get(seen, ()), index)
        return twins

    def _twin_names(self, index: int) -> tuple[str, ...]:
        return tuple(self.rules[twin].id for twin in self._twins.get(index, ()))


def _effect(rule: Rule) -> tuple[object, ...]:
    """What two rules must have in common to be twins: they differ in their names and messages alone."""
    search = (rule.pattern, rule.css, rule.excepts, rule.literals, rule.max_chars, rule.langs, rule.sites)
    return (*search, rule.action, rule.confidence, rule.after, rule.before, rule.takes_previous, rule.takes_next)


def _groups(match: regex.Match[str]) -> Mapping[str, tuple[int, int]]:
    return {name: match.span(name) for name, value in match.groupdict().items() if value}
