"""Content stems and names: what two lines must share to speak of the same thing."""

from __future__ import annotations

import pytest

from cleaner.text.words import names, stems


@pytest.mark.parametrize(
    "text", ["", "and so it was", "– … !", "They were there with their own", "aber auch nicht mehr", "a b c"]
)
def test_words_of_grammar_are_no_content(text: str) -> None:
    assert stems(text) == frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the harbour", "harbours"),
        ("Die Obstbauern", "der Obstbauer"),
        ("la estación", "estaciones"),
        ("in 2024", "2024"),
        ("Skelmouth’s pier", "SKELMOUTH"),
        ("東京都", "東京"),
    ],
)
def test_inflected_forms_meet(one: str, other: str) -> None:
    assert stems(one) & stems(other)


@pytest.mark.parametrize(
    ("one", "other"), [("harbour", "harvest"), ("Orrin Bay", "Unterkirch"), ("1911", "2024"), ("大阪", "東京")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert not stems(one) & stems(other)


def test_names_are_capitals_and_numbers_after_the_first_word() -> None:
    assert names("Yesterday Edna Pryce paid 140 crowns to a man of 7") == {"edna", "pryce", "140"}
    assert names("Harbour closed") == frozenset()
