"""NFC and the way back to the input."""

from __future__ import annotations

import unicodedata
from itertools import combinations, pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.nfc import normalise


def test_a_normalised_text_is_itself() -> None:
    text = "Die Fähre nach Ünal"

    assert normalise(text) == (text, [], [])
    assert normalise(text).origin(4, 9) == (4, 9)


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        ("Cafe\u0301 noir", "Café", "Cafe\u0301"),
        ("Cafe\u0301 noir", "noir", "noir"),
        ("o\u0308de o\u0308de Fa\u0308hre", "Fähre", "Fa\u0308hre"),
        ("Cafe\u0301, cafe\u0301 (Foto: dpa)", "(Foto: dpa)", "(Foto: dpa)"),
        ("\u1112\u1161\u11ab a", "한", "\u1112\u1161\u11ab"),
        ("\u212b a", "Å", "\u212b"),
    ],
)
def test_the_way_back(text: str, part: str, source: str) -> None:
    normalised = normalise(text)
    at = normalised.text.index(part)

    start, end = normalised.origin(at, at + len(part))

    assert text[start:end] == source


marked = st.lists(
    st.sampled_from(
        [
            "a",
            "e",
            "o\u0308",
            "e\u0301\u0302",
            "e\u0302\u0301",
            "\u0301",
            " ",
            "\n",
            "\u1112\u1161",
            "가",
            "한",
            "👩‍👧",
            "\u0344",
            "q\u0323\u0307",
        ]
    ),
    max_size=20,
).map("".join)


def edges(text: str) -> list[int]:
    """Where a span may begin or end: no rule cuts a letter from its marks."""
    return [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]


@given(
    st.one_of(marked, st.text(max_size=40), st.text(max_size=40).map(lambda text: unicodedata.normalize("NFD", text)))
)
def test_the_text_is_nfc_and_every_span_finds_its_source(text: str) -> None:
    normalised = normalise(text)

    assert normalised.text == unicodedata.normalize("NFC", text)
    for start, end in combinations(edges(normalised.text), 2):
        a, b = normalised.origin(start, end)
        assert unicodedata.normalize("NFC", text[a:b]) == normalised.text[start:end]


@given(marked)
def test_spans_that_follow_each_other_do_so_in_the_input(text: str) -> None:
    normalised = normalise(text)

    spans = [normalised.origin(a, b) for a, b in pairwise(edges(normalised.text))]

    assert [a for a, _ in spans] == [0, *(b for _, b in spans)][: len(spans)]
