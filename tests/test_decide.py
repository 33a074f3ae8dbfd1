"""Decisions: protection, doubt, conflicts, the budget. Order never matters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.data import Block, Finding, Span
from cleaner.decide import decide

BLOCKS = [Block(n * 10, n * 10 + 9, "x" * 9, "paragraph", 1) for n in range(6)]


def finding(source: str, first: int = 0, last: int | None = None, **more: Any) -> Finding:
    last = first if last is None else last
    span = Span(BLOCKS[first].start, BLOCKS[last].end)
    values = {"span": span, "category": "c", "action": "drop-line", "confidence": "high", "rank": (0, 9), **more}
    return Finding(first=first, last=last, source=source, **values)


def settled(*findings: Finding, budget: float = 1.0) -> list[tuple[int, int, str, list[str]]]:
    decisions = decide(BLOCKS, findings, budget).decisions
    return [(d.span.start, d.span.end, d.finding.source, sorted(o.source for o in d.overruled)) for d in decisions]


# What stays ---------------------------------------------------------------------------------------------------


def test_without_findings_nothing_goes() -> None:
    assert settled() == []
    assert decide([], [], 0.5).decisions == []


def test_reading_removes_nothing() -> None:
    assert settled(finding("a", action="extract")) == []


@pytest.mark.parametrize("action", ["cut-tail", "drop-block", "drop-line", "strip-span"])
def test_a_protected_block_stays(action: str) -> None:
    assert settled(finding("a", 1, action=action), finding("k", 1, action="keep")) == []


def test_around_a_protected_block_the_rest_goes() -> None:
    assert [d[:3] for d in settled(finding("a", 1, 3, action="cut-tail"), finding("k", 2, action="keep"))] == [
        (10, 19, "a"),
        (30, 39, "a"),
    ]


@pytest.mark.parametrize(
    "witness",
    [
        finding("a", 0),  # the same source
        finding("b", 2, confidence="low"),  # a doubtful neighbour
        finding("b", 3),  # not a neighbour
    ],
)
def test_doubt_alone_removes_nothing(witness: Finding) -> None:
    assert "a" not in [
        source for _, _, source, _ in settled(finding("a", 1, confidence="low"), witness) if witness.source != "a"
    ]


# What goes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "witness",
    [
        finding("b", 1, confidence="low"),  # another source, the same block
        finding("b", 0),  # a certain neighbour before
        finding("b", 2, confidence="medium"),  # and after
    ],
)
def test_doubt_with_a_witness_removes(witness: Finding) -> None:
    sources = [
        s for _, _, source, others in settled(finding("a", 1, confidence="low"), witness) for s in (source, *others)
    ]

    assert "a" in sources


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (finding("z"), finding("heuristic-a", rank=())),
        (finding("z", action="drop-line"), finding("a", action="strip-span")),
        (finding("z", action="drop-block"), finding("a", action="drop-line")),
        (finding("z", action="cut-tail"), finding("a", action="drop-block")),
        (finding("z", rank=(2, 1)), finding("a", rank=(1, 9))),  # a site's rule before a language's
        (finding("z", rank=(1, 9)), finding("a", rank=(1, 3))),  # the longer match
        (finding("a"), finding("b")),
    ],
)
def test_precedence(winner: Finding, loser: Finding) -> None:
    wanted = [(0, 9, winner.source, [loser.source])]

    assert settled(winner, loser) == settled(loser, winner) == wanted


def test_what_the_winner_leaves_goes_to_the_next() -> None:
    line = finding("line", 1, 2)
    span = finding("span", 1, action="strip-span", span=Span(12, 15))
    later = finding("next", 2, 3)

    assert settled(span, later, line) == [
        (10, 19, "line", ["span"]),
        (20, 29, "line", ["next"]),
        (30, 39, "next", []),
    ]


def test_two_spans_of_one_line() -> None:
    spans = [finding(n, action="strip-span", span=Span(a, b)) for n, a, b in (("a", 0, 3), ("b", 2, 5), ("c", 7, 9))]

    assert settled(*spans) == [(0, 3, "a", ["b"]), (3, 5, "b", []), (7, 9, "c", [])]


# The budget ---------------------------------------------------------------------------------------------------

HIGH = [finding("a", n) for n in range(3)]
LOW = finding("b", 3, confidence="low")


def test_within_the_budget_doubt_counts() -> None:
    verdict = decide(BLOCKS, [*HIGH, LOW], 0.7)

    assert len(verdict.decisions) == 4
    assert not verdict.over_budget


def test_past_the_budget_doubt_saves_the_line() -> None:
    verdict = decide(BLOCKS, [*HIGH, LOW], 0.6)

    assert [d.finding.source for d in verdict.decisions] == ["a"] * 3
    assert verdict.over_budget


def test_where_enough_words_are_left_doubt_counts() -> None:
    assert len(decide(BLOCKS, [*HIGH, LOW], 1.0, min_words=2).decisions) == 4


def test_where_few_words_would_be_left_doubt_saves_the_line() -> None:
    verdict = decide(BLOCKS, [*HIGH, LOW], 1.0, min_words=3)

    assert [d.finding.source for d in verdict.decisions] == ["a"] * 3
    assert not verdict.over_budget


# Any findings -------------------------------------------------------------------------------------------------

actions = st.sampled_from(["keep", "extract", "cut-tail", "drop-block", "drop-line", "strip-span"])


@st.composite
def any_finding(draw: st.DrawFn) -> Finding:
    first = draw(st.integers(0, 5))
    last = draw(st.integers(first, 5))
    action = draw(actions)
    more: dict[str, Any] = {"action": action, "confidence": draw(st.sampled_from(["high", "medium", "low"]))}
    if action == "strip-span":
        last = first
        start = draw(st.integers(0, 7))
        more["span"] = Span(first * 10 + start, first * 10 + draw(st.integers(start + 1, 9)))
    return finding(draw(st.sampled_from(["a", "b", "c", "heuristic-d"])), first, last, **more)


def covered(findings: Sequence[Finding]) -> set[int]:
    return {n for f in findings for n in range(f.span.start, f.span.end) if n % 10 != 9}


@given(st.lists(any_finding(), max_size=6))
def test_decisions_are_sorted_disjoint_and_accused(findings: list[Finding]) -> None:
    decisions = decide(BLOCKS, findings, 0.8).decisions

    for a, b in pairwise(decisions):
        assert a.span.end <= b.span.start
    gone = {n for d in decisions for n in range(d.span.start, d.span.end)}
    removing = [f for f in findings if f.action not in ("keep", "extract")]
    assert gone <= covered(removing)
    assert gone.isdisjoint(covered([f for f in findings if f.action == "keep"]))


@given(st.lists(any_finding(), max_size=4))
def test_the_order_of_findings_never_matters(findings: list[Finding]) -> None:
    results = {
        tuple(
            (d.span, d.finding.source, tuple(sorted(o.source for o in d.overruled)))
            for d in decide(BLOCKS, order, 0.8).decisions
        )
        for order in permutations(findings)
    }

    assert len(results) == 1
