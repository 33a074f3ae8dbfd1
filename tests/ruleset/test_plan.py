"""Plans: whatever a pattern matches passes them. One that is too weak costs time, one that is too strong a match."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.ruleset import load, read_rules
from cleaner.ruleset.compiled import FLAGS, Stored
from cleaner.ruleset.engine import Engine
from cleaner.ruleset.heads import heads
from cleaner.ruleset.literals import required_literals
from cleaner.ruleset.needs import plans
from cleaner.ruleset.plan import ANYWHERE
from cleaner.ruleset.rule import Rule
from cleaner.ruleset.strings import parsed
from cleaner.text.fold import fold
from cleaner.text.lines import view
from tests.ruleset.test_literals import patterns


def a_rule(pattern: str, **more: object) -> Rule:
    values = {
        "id": "own-rule", "category": "x", "action": "drop-line", "confidence": "high", "message": "x", "langs": ("*",),
        "path": "r.toml", "line": 1, "literals": tuple(sorted(required_literals(pattern))), **more,
    }  # fmt: skip
    return Rule(pattern=pattern, **values)  # type: ignore[arg-type]


def tried(rule: Rule, line: str) -> bool:
    return Engine([rule], Stored()).candidates([fold(line)]) == {0: [0]}


# Lines that must be tried -------------------------------------------------------------------------------------


@given(st.data())
def test_every_match_passes_the_plan(data: st.DataObject) -> None:
    pattern = data.draw(patterns)
    assume(required_literals(pattern))
    line = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    assume("\n" not in line and regex.search(pattern, line, FLAGS))

    assert tried(a_rule(pattern), line)
    assert tried(a_rule(pattern), line + " " + "x" * 300) or not regex.search(pattern, line + " " + "x" * 300, FLAGS)


def test_every_hit_of_the_built_in_rules_passes_the_plan() -> None:
    engine = load().every.engines[0]
    searched = {engine.rules[index].id: index for index, _, _ in engine._plans}
    hits = [
        (searched[rule.id], view(hit).strip(" ")) for rule in read_rules([]) if rule.id in searched for hit in rule.hits
    ]
    found = engine.candidates([fold(line) for _, line in hits])
    lost = [
        (engine.rules[index].id, line)
        for number, (index, line) in enumerate(hits)
        if index not in found.get(number, ())
        and len(line) <= (engine.rules[index].max_chars or len(line))
        and engine.confirm(index, line)
    ]

    assert lost == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (r"^\W{0,3}(?:foto|archieffoto): \w+", "– Archieffoto: Quay"),
        (r"^(?:\d\d\.){2}\d\d \d\d:\d\d$", "15.10.24 23:35"),
        (r"^(?:\d\d\.){2}\d\d news$", "١٥.١٠.٢٤ news"),
        (r"(?:^(?:note )?)(?:the views|opinions) are mine", "Opinions are mine"),
        (r"^\X?newsletter today", "Newsletter today"),
        (r"^(?=.{0,40}cheese)buy \w+ cheese", "Buy more cheese"),
        (r"(?<=\. )newsletter of the quay$", "It opens. Newsletter of the quay"),
    ],
)
def test_what_the_derivation_could_miss(pattern: str, line: str) -> None:
    assert regex.search(pattern, line, FLAGS)
    assert tried(a_rule(pattern, literals=("e", "o", ".", "news")), line)


# Lines that need not be tried ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (r"^our newsletter\b.{0,40} free", "He read our newsletter, which is free."),
        (r"^our newsletter\b.{0,40} free", "Our newsletter is late"),
        (r"^\d\d newsletters$", "Ten newsletters"),
        (r"^buy .{0,20}cheese$", "They buy goats and cheese"),
    ],
)
def test_what_is_told_without_the_pattern(pattern: str, line: str) -> None:
    assert not tried(a_rule(pattern), line)


def test_an_authors_keywords_are_required() -> None:
    rule = a_rule("^quay times$", literals=("harbour",))

    assert not tried(rule, "Quay times")
    assert Engine([rule], Stored()).confirm(0, "Quay times")


# What a plan holds --------------------------------------------------------------------------------------------


def test_the_rarer_words_are_searched_for() -> None:
    assert [plan.probe for plan in plans(r"(?:the|a) .{0,30}zeppelin\w* of", ("the ",))] == [("zeppelin",)]
    assert [plan.reach for plan in plans(r"newsletter", ("newsletter",))] == [ANYWHERE]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("^buy cheese", {"buy c"}),
        (r"^\W{0,3}(?:buy|sell) cheese", {"buy c", "sell "}),
        (r"^[-•(\d]{0,3}buy cheese", {"buy c"}),
        (r"^\d\d? news", {"0 new", "00 ne"}),
        (r"^(?:our )?news", {"our n", "news"}),
        (r"^[ab]+c", {"ac", "bc", "aac", "abc", "bac", "bbc"}),
        (r"^\w+ news", set()),
        (r"^[a-c]{0,2}news", {"news", "anews", "bcnew"}),  # letters do not lead: they are what it begins with
        (r"^[^x]{0,2}of", set()),
    ],
)
def test_beginnings(pattern: str, wanted: set[str]) -> None:
    tree = parsed(pattern)
    assert tree is not None

    assert {head for head in heads(tree) if len(head) < 4 or head in wanted} == wanted


def test_each_way_to_match_has_a_plan_of_its_own() -> None:
    pattern = r"^(?:buy .{0,20}zeppelins|sell .{0,20}kites) today"

    assert [sorted(plan.heads) for plan in plans(pattern, ("today",))] == [["buy "], ["sell "]]
    assert tried(a_rule(pattern), "Sell all kites today")
    assert not tried(a_rule(pattern), "Buy no kites today")
