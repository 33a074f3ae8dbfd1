"""Where the article ends. Spared: texts without furniture, what goes on about its matter, a lone last line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import HARBOUR, ORCHARD

from cleaner import Config
from cleaner.detect.article_ending import ID, MODEL, find, weighed
from cleaner.detect.ending_features import FEATURES, Places, beginnings
from cleaner.pipeline import Cleaner

PLAYER = "Please enable the player"
PITCHES = [
    "Kestrel Weekly brings you crosswords, recipes and walks from all over the county, and costs less than a bus fare.",
    "Our cookery pages have been redesigned: seven dishes for the week, a shopping list, and a column on leftovers.",
    "Gardeners swear by the almanac of Kestrel Weekly. It tells when to sow beans and how to talk to the hens.",
]
GENRES = Path(__file__).parent.parent / "fixtures" / "genres"


def taken(page: Callable[..., Any], *lines: str) -> list[str]:
    made = page(*lines)
    return [made.blocks[finding.first].text for finding in find(made)]


def likely_at(monkeypatch: pytest.MonkeyPatch, after: int, chance: float = 0.9) -> None:
    """A model that thinks the article over where so many lines follow, or fewer."""
    place = FEATURES.index("after")
    monkeypatch.setattr(MODEL, "probability", lambda row: chance if row[place] <= after else 0.1)


def features(page: Callable[..., Any], *lines: str, at: int) -> dict[str, float]:
    places = Places(page(*lines))
    return dict(zip(FEATURES, places.row(at), strict=True))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [PLAYER],
        [*HARBOUR],
        [*HARBOUR, *PITCHES],  # nothing else finds furniture here
        [PLAYER, *HARBOUR],
        [*HARBOUR[:2], PLAYER, *HARBOUR[2:]],
        [*HARBOUR[:4], PLAYER, HARBOUR[4]],
        [*HARBOUR, PLAYER],
        [*ORCHARD[:3], PLAYER, PLAYER, ORCHARD[3]],
    ],
)
def test_the_article_goes_on(page: Callable[..., Any], lines: list[str]) -> None:
    assert taken(page, *lines) == []


def test_all_that_follows_goes(page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    likely_at(monkeypatch, 3)

    assert taken(page, *HARBOUR, PLAYER, *PITCHES, PLAYER) == PITCHES


def test_a_lone_last_line_stays(page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    likely_at(monkeypatch, 1)

    assert taken(page, *HARBOUR, PLAYER, PITCHES[0], PLAYER) == []


def test_nothing_before_the_first_furniture_is_a_place(
    page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    likely_at(monkeypatch, 99)

    assert taken(page, *HARBOUR[:2], PLAYER, *HARBOUR[2:]) == list(HARBOUR[2:])
    assert taken(page, PLAYER, "Harbour", "Tides", *HARBOUR) == list(HARBOUR[1:])


def test_the_search_ends_where_the_article_goes_on(page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    likely_at(monkeypatch, 3)
    places = Places(page(PLAYER, *HARBOUR, *HARBOUR, PLAYER, *PITCHES, PLAYER))

    assert len(list(weighed(places))) == len(PITCHES) + 3


def test_what_follows_is_told_by_the_words_it_shares(page: Callable[..., Any]) -> None:
    own = features(page, *HARBOUR[:3], PLAYER, *HARBOUR[3:], at=3)
    foreign = features(page, *HARBOUR[:3], PLAYER, *PITCHES, at=3)

    assert own["known"] > 1.5 * foreign["known"]
    assert own["known_ratio"] > 1.5 * foreign["known_ratio"]
    assert (own["before"], own["after"], own["gone_above"], own["gone_down"]) == (3, 2, 1, 99)
    assert (own["other_before"], own["other_after"], own["related_after"]) == (1, 0, 0)


def test_words_are_counted_once_and_by_their_first_place(page: Callable[..., Any]) -> None:
    lines = [
        "The mill wheel turned and the miller slept all through the long afternoon of that day, as he did.",
        PLAYER,
    ]

    seen = features(page, *lines, "Miller, wheel, otter, otter.", "An otter!", at=1)

    assert (seen["known"], seen["unknown"]) == (pytest.approx(2 / 3), 1)
    assert seen["known_here"] == pytest.approx(2 / 3)


def test_words_without_blanks_are_pairs() -> None:
    assert {"港は", "北港"} & beginnings("北港は閉鎖された。") == {"北港"}


def test_reasons_are_given_in_words(page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    likely_at(monkeypatch, 3)
    finding = next(find(page(*HARBOUR, PLAYER, *PITCHES, PLAYER)))

    chance, _, reasons = finding.evidence.partition(": ")
    assert (chance, finding.category) == ("90%", "boilerplate")
    assert reasons


def test_the_fitted_model_knows_the_end_of_an_article() -> None:
    bodies = [
        (GENRES / f"en-{name}.txt").read_text(encoding="utf-8") for name in ("fiction", "review", "press-release")
    ]
    article = [line for body in bodies for line in body.splitlines()[1:]]
    foreign = ["Kestrel Weekly", "The weekly edition", PITCHES[0]]
    furniture = ["Share this article", "Sign up for our newsletter"]
    text = "\n".join([*article, *furniture, *foreign, "Privacy policy", "All rights reserved."])

    left = Cleaner().clean(text, kind="text").text.split("\n")
    off = Cleaner(Config(ignore=(ID,))).clean(text, kind="text")

    assert [line for line in article if line not in left] == []
    assert not set(left) & set(foreign)
    assert all(removal.rule != ID for removal in off.removals)
    assert PITCHES[0] in off.text
