"""All evidence together. Spared: texts without other noise, sentences, subheadings, quotes, lists, results, verse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR, ORCHARD

from cleaner.detect.line_features import FEATURES
from cleaner.detect.line_score import MODEL, explain, find, in_stretches
from cleaner.pipeline import Cleaner

PLAYER = "Please enable the player"
MENU = [
    "Startpage", "Home & garden", "Money", "Motoring", "Property", "Scholarships", "Theatre guide", "Puzzle corner",
    "Vale of Orrin", "Skelmouth", "Tide tables", "Ferry times", "Lost and found", "Announcements",
]  # fmt: skip
TEASERS = [
    "Kestrel Rovers sign striker from Port Ellery",
    "Seven bakeries that still use the old ovens",
    "Why the Tarn tunnel will stay closed until May",
    "Council doubles the price of a beach hut",
]
FOOTER = ["Imprint", "House rules", "Press office", "Jobs with us", "Letters", "Archive 1998-2024", "Sitemap"]


def taken(page: Callable[..., Any], *lines: str) -> list[str]:
    made = page(*lines)
    return [made.blocks[finding.first].text for finding in find(made) if finding.confidence != "low"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [PLAYER],
        [*HARBOUR],
        [*HARBOUR, *TEASERS],  # nothing else finds noise here
        [HARBOUR[0], PLAYER, *HARBOUR[1:], "The quarry did not wish to comment."],
        [*HARBOUR[:2], PLAYER, "Who pays for the tugs", *HARBOUR[2:]],
        [*HARBOUR[:2], PLAYER, "“We wait for the tide,” says the harbour master", *HARBOUR[2:]],
        [*HARBOUR, PLAYER, "What to bring", "- a lamp", "- a rope", "- dry socks", *HARBOUR[2:]],
        [*ORCHARD, PLAYER, "Ostermark 812", "Seelbeck 788", "Wesselgrund 641"],
        [*HARBOUR[:1], "O barge, O barge upon the bar,", "how far from home, how very far", PLAYER, *HARBOUR[1:]],
    ],
)
def test_text_stays(page: Callable[..., Any], lines: list[str]) -> None:
    assert taken(page, *lines) == []


OFFERS = [
    "Subscribe to our newsletter and discover more stories from our blog, please.",
    "Please agree to our cookie policy and the terms of this site, and thank you.",
    "Sign up with your email to save articles, comments and guides on this site.",
]


def test_a_sentence_is_heard_with_its_neighbours(page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODEL, "probability", lambda row: 0.88)

    assert taken(page, *HARBOUR[:2], OFFERS[0], *HARBOUR[2:], PLAYER) == []
    assert taken(page, *HARBOUR, PLAYER, PLAYER, *OFFERS, PLAYER) == OFFERS


def test_paragraphs_are_not_doubted_in_a_text_that_is_not_noisy(
    page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [*HARBOUR, PLAYER, PLAYER, *ORCHARD, *OFFERS, PLAYER]
    monkeypatch.setattr(MODEL, "probability", lambda row: 0.99)

    assert set(taken(page, *lines)) == set(OFFERS)  # too short for paragraphs


def test_one_long_line_is_left_to_the_rules(page: Callable[..., Any]) -> None:
    assert taken(page, " ".join([*HARBOUR, PLAYER, *TEASERS])) == []


def test_a_dump_is_cut_to_the_article(page: Callable[..., Any]) -> None:
    lines = [*MENU, *[PLAYER] * 20, *HARBOUR, *TEASERS, *FOOTER]

    gone = taken(page, *lines)

    assert not set(gone) & set(HARBOUR)
    assert len(set(gone)) >= 0.8 * len({*MENU, *TEASERS, *FOOTER})


def test_in_a_dump_ingredients_stay_and_the_lines_around_them_are_judged(
    page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MODEL, "probability", lambda row: 0.99)
    ingredients = ["200 g Zucker", "½ tsp. of salt", "2 EL Öl", "1,5 dl rjómi", "3-4 cups flour", "250 ml de lait"]
    lines = [*MENU, *[PLAYER] * 20, *HARBOUR[:1], *TEASERS, *ingredients, *FOOTER]

    gone = taken(page, *lines)

    assert not set(gone) & set(ingredients)
    assert set(TEASERS) <= set(gone)


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        (["200 g sugar", "1 egg", "2 tsp salt"], True),
        (["200 g sugar", "1 egg", "A pinch of salt", "2 tsp salt"], True),
        (["200 g sugar", "1 egg", "A pinch of salt", "Eels", "2 tsp salt"], False),  # three may be furniture
        ([HARBOUR[1], "1 egg", HARBOUR[2]], False),  # a headline stands so between paragraphs
        (["200 g sugar", PLAYER, "1 egg", "2 tsp salt"], False),  # beside furniture
        (["200 g sugar", "1 egg"], False),  # nothing of the article follows
    ],
)
def test_a_line_or_two_between_short_lines_that_stay_are_spared(
    page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, lines: list[str], stays: bool
) -> None:
    monkeypatch.setattr(MODEL, "probability", lambda row: 0.99 if row[FEATURES.index("width")] < 80 else 0.01)

    gone = taken(page, *MENU, *[PLAYER] * 20, HARBOUR[0], *lines, *TEASERS, *FOOTER)

    assert ("1 egg" not in gone) == stays
    assert set(TEASERS) <= set(gone)


def test_nothing_stands_above_the_first_line(page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODEL, "probability", lambda row: 0.99)

    gone = taken(page, "Startpage", "200 g sugar", *[PLAYER] * 45, "2 tsp salt")

    assert "Startpage" in gone


def test_reasons_are_given_in_words(page: Callable[..., Any]) -> None:
    finding = next(find(page(*MENU, *[PLAYER] * 20, *HARBOUR, *FOOTER)))

    chance, _, reasons = finding.evidence.partition(": ")
    assert chance.endswith("%")
    assert len(reasons.split(", ")) >= 2


def test_explain_names_the_strongest_reasons_first() -> None:
    row = tuple(1.0 for _ in FEATURES)

    assert explain(row, 0.91).startswith("91%: ")
    assert len(explain(row, 0.91).split(", ")) <= 4
    assert next(iter(MODEL.contributions(row).values())) > 0


def test_what_is_thought_of_a_line_follows_its_neighbours() -> None:
    lonely, *_ = in_stretches([0.7, 0.05, 0.05])
    company, *_ = in_stretches([0.7, 0.9, 0.9])

    assert lonely < 0.7 < company
    assert in_stretches([]) == []


def test_certainty_either_way_stays_a_probability() -> None:
    assert all(0 <= chance <= 1 for chance in in_stretches([1.0, 0.0, 1.0, 1.0, 1e-22, 0.5]))


def test_switched_off_it_takes_nothing() -> None:
    from cleaner import Config

    text = "\n\n".join([*MENU, *["Share this article"] * 20, *HARBOUR, *FOOTER])
    off = Cleaner(Config(ignore=("heuristic-line-score",))).clean(text, kind="text")

    assert all(removal.rule != "heuristic-line-score" for removal in off.removals)
