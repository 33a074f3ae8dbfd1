"""Shingles: the figures of Scrapinghub's article-extraction-benchmark."""

from __future__ import annotations

import pytest

from cleaner.measure.shingles import compare, counted, score, tokens

BODY = "The mill by the river burnt down in the night before the fair."


def figures(*pairs: tuple[str, str]) -> tuple[float, float, float]:
    found = score([compare(counted(gold), counted(result)) for gold, result in pairs])
    return found.precision, found.recall, found.exact


@pytest.mark.parametrize("text", [BODY, "Ünal 東京 2024", "one", ""])
def test_the_same_text_is_exact(text: str) -> None:
    assert compare(counted(text), counted(text)).exact


def test_white_space_and_punctuation_do_not_count() -> None:
    assert figures((BODY, f"\n{BODY.replace(' ', '  ').replace('.', ' !')}")) == (1.0, 1.0, 1.0)


def test_a_letter_and_its_mark_are_one_letter() -> None:
    assert tokens("Cafe\u0301") == ["Café"]
    assert compare(counted("Cafe\u0301 noir"), counted("Café noir")).exact


def test_what_is_too_much_lowers_precision() -> None:
    # 10 shingles in gold, 13 in the result, 10 in both
    assert figures((BODY, f"{BODY} Share this article")) == (pytest.approx(10 / 13), 1.0, 0.0)


def test_what_is_missing_lowers_recall() -> None:
    assert figures((BODY, BODY.removesuffix(" before the fair."))) == (1.0, pytest.approx(7 / 10), 0.0)


def test_a_shingle_counts_as_often_as_it_occurs() -> None:
    assert figures(("a b c d", "a b c d a b c d")) == (pytest.approx(1 / 5), 1.0, 0.0)


def test_short_and_empty_texts() -> None:
    assert counted("one two").shingles == {("one", "two"): 1}
    assert not counted(" – \n").shingles
    # An empty result has no precision, and does not enter its mean.
    assert figures((BODY, ""), (BODY, BODY)) == (1.0, 0.5, 0.5)


def test_means_are_over_documents() -> None:
    found = score([compare(counted(BODY), counted(BODY)), compare(counted(BODY), counted("x y z w"))])
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_no_documents() -> None:
    assert (score([]).f1, score([]).exact) == (0.0, 0.0)
