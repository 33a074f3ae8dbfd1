"""The examples of rules are run as lines of a text, and each difference is told once."""

from __future__ import annotations

from dataclasses import replace

from cleaner.ruleset import Rule, Ruleset
from cleaner.ruleset.testing import Problem, check

GOOD = Rule(
    id="own-quay",
    category="own",
    action="drop-line",
    confidence="high",
    message="Mine.",
    pattern="^quay times",
    langs=("de",),
    path="own.toml",
    line=3,
    literals=("\nquay times",),
    max_chars=40,
    hits=("Quay times today", "QUAY\xa0TIMES"),
    misses=("The quay times are new.", "All quay times."),
)


def problems(*rules: Rule) -> list[Problem]:
    return check(rules, Ruleset(rules))


def said(*rules: Rule) -> list[tuple[str, str]]:
    return [(problem.rule, problem.kind) for problem in problems(*rules)]


def test_a_good_rule_has_no_problem() -> None:
    assert problems(GOOD) == []


def test_others_may_match_what_they_do_not_remove() -> None:
    other = replace(
        GOOD, id="own-other", pattern="quay", literals=("quay",), hits=("quay", "a quay"), misses=("x", "y")
    )
    for harmless in (
        replace(other, action="keep"),
        replace(other, action="extract"),
        replace(other, action="strip-span"),
        replace(other, confidence="low"),
        replace(other, langs=("fr",)),
        replace(other, sites=("quay.example",)),
    ):
        assert said(GOOD, harmless) == []


def test_a_sign_at_the_beginning_of_a_later_line() -> None:
    sign = replace(GOOD, pattern="^© ", literals=("©",), hits=("© Ada", "© Jo"), misses=("The © of Ada", "A ©"))
    assert problems(sign) == []


def test_another_rules_miss() -> None:
    other = replace(
        GOOD, id="own-other", pattern="quay", literals=("quay",), hits=("quay", "a quay"), misses=("x", "y")
    )
    assert said(GOOD, other) == [("own-other", "other rule's miss")] * 2
    assert said(GOOD, replace(other, langs=("en",))) == [("own-other", "other rule's miss")] * 2
    keep = replace(
        GOOD,
        id="own-keep",
        action="keep",
        pattern="times",
        literals=("times",),
        hits=("times", "a times"),
        misses=("x", "y"),
    )
    assert said(GOOD, other, keep) == []


def test_hits_and_misses_that_differ() -> None:
    assert said(replace(GOOD, hits=("Quay today",))) == [("own-quay", "hit")]
    assert said(replace(GOOD, misses=("Quay times are bad",))) == [("own-quay", "miss")]


def test_the_reason_is_named() -> None:
    long, unkeyed = replace(GOOD, hits=("Quay times " + "x" * 40,)), replace(GOOD, literals=("harbour",))
    assert "max_chars is 40" in problems(long)[0].came
    assert "keywords" in problems(unkeyed)[0].came
    assert str(problems(long)[0]).startswith("own.toml:3: own-quay: hit: expected a match in 'Quay times xx")


def test_a_pattern_that_explodes() -> None:
    rule = replace(
        GOOD, pattern="^quay (?:(?:a|aa|aaa)+)+$", literals=("quay",), max_chars=None, hits=("quay " + "a" * 60 + "b",)
    )
    assert said(rule) == [("own-quay", "time limit")]
