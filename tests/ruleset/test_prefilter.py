"""The prefilter finds the literals that a plain search finds, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.ruleset import prefilter
from cleaner.ruleset.prefilter import ASKED, Prefilter
from cleaner.text.fold import fold

LITERALS = {
    "news": [0],
    "newsletter": [1, 2],
    "\nad\n": [3],
    "letter\n": [4],
    "\nshare": [5],
    "共同": [6],
    "istan": [7],
}


def by_hand(lines: list[str]) -> set[tuple[int, int]]:
    return {
        (n, rule)
        for n, line in enumerate(lines)
        for literal, rules in LITERALS.items()
        if literal in f"\n{fold(line)}\n"
        for rule in rules
    }


def test_nothing_is_found_in_nothing() -> None:
    assert set(Prefilter(LITERALS).candidates([])) == set()
    assert set(Prefilter({}).candidates(["news"])) == set()


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["made of ads"], set()),
        (["ad hoc"], set()),
        (["ad"], {(0, 3)}),
        (["x", "AD", "y"], {(1, 3)}),
        (["we share"], set()),
        (["Share it"], {(0, 5)}),
        (["the newsletter"], {(0, 0), (0, 1), (0, 2), (0, 4)}),
        (["a letter", "", "news"], {(0, 4), (2, 0)}),
        (["ad", "ad"], {(0, 3), (1, 3)}),
        (["共同", "İSTANBUL"], {(0, 6), (1, 7)}),
    ],
)
def test_literals_are_placed_in_their_lines(lines: list[str], wanted: set[tuple[int, int]]) -> None:
    assert set(Prefilter(LITERALS).candidates(lines)) == wanted


chunks = st.sampled_from(["news", "letter", "NEWSLETTER", "ad", "Ad", " ", "share", "共同", "İstan", "x", "ß", "Σ"])
line_lists = st.lists(st.lists(chunks, max_size=4).map("".join), max_size=6)


@given(line_lists)
def test_it_agrees_with_a_plain_search(lines: list[str]) -> None:
    assert set(Prefilter(LITERALS).candidates(lines)) == by_hand(lines)


@given(line_lists)
def test_the_automaton_finds_what_asking_finds(lines: list[str]) -> None:
    asking, built = Prefilter(LITERALS), Prefilter(LITERALS)
    built.hits(["x" * ASKED])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prefilter, "ASKED", 10**6)
        asked = sorted(asking.hits(lines))

    assert sorted(built.hits(lines)) == asked
    assert ("_automaton" in vars(built), "_automaton" in vars(asking)) == (True, False)


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
