"""Counting words by their beginnings, at once and one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.fold import fold
from cleaner.text.words import STEM_CHARS, Beginnings, count_beginnings

TEXTS = st.text(alphabet=st.sampled_from("abcdß1_-' \n\u0301éИ日本語タイไทย"), max_size=60).map(fold)


@given(TEXTS, st.lists(st.text(alphabet="abcdß1éи日本語タイไทย", min_size=1, max_size=STEM_CHARS), max_size=8))
def test_both_ways_count_the_same(text: str, stems: list[str]) -> None:
    counted = Beginnings(text)
    for stem in [*stems, *text.split(), *stems]:
        if stem.isalnum():
            assert counted.count(stem[:STEM_CHARS]) == count_beginnings(stem[:STEM_CHARS], text)


def test_words_are_told_from_their_insides() -> None:
    counted = Beginnings("harbour and unharboured harbours")
    assert (counted.count("harbou"), counted.count("arbour"), counted.count("x")) == (2, 0, 0)


def test_scripts_without_blanks_are_searched_inside() -> None:
    assert Beginnings("日本語の日本").count("日本") == 2
    assert Beginnings("日本語の日本").count("語の") == 1
