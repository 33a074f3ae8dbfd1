"""Runs the examples that rules carry: every hit must match, no miss may, and no rule may take another's misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cleaner.ruleset import Match, Rule, Ruleset
from cleaner.text.lines import view

Kind = Literal["hit", "miss", "other rule's miss", "case", "fields", "time limit"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An example that does not do what it says: `path` and `line` are those of the rule `rule`."""

    path: str
    line: int
    rule: str
    kind: Kind
    expected: str
    came: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.kind}: expected {self.expected}; came {self.came}"


def problem(rule: Rule, kind: Kind, expected: str, came: str) -> Problem:
    """A problem at a rule's place."""
    return Problem(rule.path, rule.line, rule.id, kind, expected, came)


def check(rules: Sequence[Rule], ruleset: Ruleset) -> list[Problem]:
    """What differs in hits and misses, by rule; a line is read as it is in a text. Cases need the pipeline, rules with
    a selector a page.

    `ruleset` are the same rules as they were loaded, with what is stored of them.
    """
    searched = [rule for rule in rules if not rule.css]
    lines = list(dict.fromkeys(_line(text) for rule in searched for text in (*rule.hits, *rule.misses)))
    matches, stopped = ruleset.matches(lines, ruleset.every)
    found = dict(zip(lines, matches, strict=True))
    problems = []
    for rule in searched:
        if rule.id in stopped:
            came = "no answer in time: unnest its repetitions"
            problems.append(problem(rule, "time limit", "an answer in time on every example", came))
            continue
        problems += _hits(rule, found)
        problems += _misses(rule, found)
        problems += _others(rule, found, ruleset)
    return problems


def _line(text: str) -> str:
    return view(text).strip(" ")


def _hits(rule: Rule, found: dict[str, list[Match]]) -> list[Problem]:
    return [
        problem(rule, "hit", f"a match in {hit!r}", _why_not(rule, _line(hit), found[_line(hit)]))
        for hit in rule.hits
        if not _of(rule, found[_line(hit)])
    ]


def _why_not(rule: Rule, line: str, matches: Sequence[Match]) -> str:
    """None came: because of a twin, the length, an exception, the keywords, or the pattern itself."""
    twin = next((match.rule for match in matches if rule.id in match.twins), None)
    if twin is not None:
        return f"one of {twin.id} ({twin.path}:{twin.line}), which is the same rule: change or delete one of the two"
    if rule.max_chars is not None and len(line) > rule.max_chars:
        return f"none: the line has {len(line)} characters, max_chars is {rule.max_chars}"
    if Ruleset([rule]).confirm(rule, line):
        return "none: the line has none of the rule's keywords"
    return "none: the pattern is not in the line, or an exception is"


def _misses(rule: Rule, found: dict[str, list[Match]]) -> list[Problem]:
    problems = []
    for miss in rule.misses:
        for match in _of(rule, found[_line(miss)])[:1]:
            came = repr(_line(miss)[match.start : match.end])
            problems.append(problem(rule, "miss", f"no match in {miss!r}", came))
    return problems


def _others(owner: Rule, found: dict[str, list[Match]], ruleset: Ruleset) -> list[Problem]:
    """The other rules that would remove a miss of `owner` in a text of its language or site."""
    active = running(owner, ruleset)
    problems = []
    for miss in owner.misses:
        line = _line(miss)
        here = [m for m in found[line] if m.rule.id in active]
        if any(match.rule.action == "keep" for match in here):
            continue
        for rule in {m.rule.id: m.rule for m in here if m.rule.id != owner.id and removes(m, line)}.values():
            expected = f"{miss!r} to stay, a miss of {owner.id} ({owner.path}:{owner.line})"
            problems.append(problem(rule, "other rule's miss", expected, f"{rule.action} by {rule.id}"))
    return problems


def running(owner: Rule, ruleset: Ruleset) -> set[str]:
    """Ids of the rules that run where `owner` does; for a rule of any language, those of any and of English."""
    site = f"https://{owner.sites[0]}/" if owner.sites else None
    languages = [language for language in owner.langs if language != "*"] or ["en"]
    return {rule.id for language in languages for rule in ruleset.active(language, site).rules}


def removes(match: Match, line: str) -> bool:
    """Whether a match takes the whole line for certain; low confidence needs a witness, which no miss gives."""
    rule = match.rule
    if rule.action in ("keep", "extract") or rule.confidence == "low":
        return False
    return rule.action != "strip-span" or match.end - match.start == len(line)


def _of(rule: Rule, matches: Sequence[Match]) -> list[Match]:
    return [match for match in matches if match.rule.id == rule.id]
