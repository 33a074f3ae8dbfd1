"""The page's title as first line. Spared: ledes, subheadings, salutations, short or open first lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR, ORCHARD

from cleaner.detect.title_line import find, looks_like_headline

TITLE = "Barge blocks Skelmouth harbour for second day"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        HARBOUR,
        ["It was quiet in Skelmouth harbour on Tuesday.", *HARBOUR],  # a sentence
        ["The harbour master", *HARBOUR],  # too short to be told from a heading
        ["What the harbour master of Skelmouth said:", *HARBOUR],
        ["Village cinema of Hohenrode shows its last film", *HARBOUR],  # not this story's
        [TITLE, "Who pays for the tugs", "What the barge carries", *HARBOUR],  # a list of headlines
        [TITLE],
        ["- " + TITLE, *HARBOUR],
    ],
)
def test_nothing_is_the_title(page: Callable[..., Any], lines: list[str]) -> None:
    assert list(find(page(*lines))) == []


def test_a_title_known_beforehand_spares_other_first_lines(page: Callable[..., Any]) -> None:
    assert list(find(page(TITLE, *HARBOUR, title="Gravel adrift"))) == []


@pytest.mark.parametrize("title", [TITLE, TITLE.upper(), TITLE + "."])
def test_the_title_of_the_metadata_is_found(page: Callable[..., Any], title: str) -> None:
    (finding,) = find(page(TITLE, *HARBOUR, title=title))

    assert finding.confidence == "high"


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ([TITLE, *HARBOUR], {"title": TITLE}),
        ([TITLE + " | NVR", *HARBOUR], {"title": TITLE, "publisher": "NVR"}),
        ([TITLE + " – NVR – 18/11/2024", *HARBOUR], {"title": TITLE, "publisher": "NVR", "date": "18/11/2024"}),
        (["Please enable the player", TITLE, *HARBOUR], {"title": TITLE}),
        (["Wie die Obstbauern von Hohenrode den Frost besiegten", *ORCHARD], None),
    ],
)
def test_the_title_is_found(page: Callable[..., Any], lines: list[str], fields: dict[str, str] | None) -> None:
    *_, finding = find(page(*lines))

    assert finding.action == "drop-line"
    assert dict(finding.fields) == (fields or {"title": lines[0]})


BYLINE = """schema = 1
[[rules]]
id = "byline"
category = "byline"
action = "drop-line"
confidence = "high"
message = "Byline."
langs = ["*"]
pattern = '''^by ada lund$'''
hits = ["By Ada Lund", "by Ada Lund"]
misses = ["Ada Lund", "by Ada"]
"""
MENU = ["Home", "Weather and tides of the bay", "Sport", "All the news from the region", "Contact"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([*MENU, TITLE, "By Ada Lund", *HARBOUR], TITLE),
        ([*MENU, TITLE, "Who pays for the tugs", "By Ada Lund", "A barge", *HARBOUR], TITLE),
        ([*MENU, TITLE, *HARBOUR], None),  # the headline of a list, for all that is known
        ([*MENU, "By Ada Lund", TITLE, *HARBOUR], None),
        ([*MENU, "By Ada Lund", "Reporter at Skelmouth harbour", "By Ada Lund", *HARBOUR], None),
        ([*MENU, "Village cinema of Hohenrode shows its last film", "By Ada Lund", *HARBOUR], None),  # not this story's
        ([*MENU, TITLE, *["Skelmouth"] * 8, "By Ada Lund", *HARBOUR], None),  # too far above
    ],
)
def test_a_title_above_a_byline_is_read_and_left(page: Callable[..., Any], lines: list[str], title: str | None) -> None:
    found = [(finding.action, dict(finding.fields)) for finding in find(page(*lines, rules=BYLINE))]

    assert found == ([("extract", {"title": title})] if title else [])


def test_a_plain_title_is_certain_only_where_other_noise_is(page: Callable[..., Any]) -> None:
    alone = {finding.action: finding for finding in find(page(TITLE, *HARBOUR))}
    beside = {finding.action: finding for finding in find(page(TITLE, *HARBOUR, "Please enable the player"))}

    assert alone["drop-line"].confidence == "low"
    assert alone["extract"].fields == {"title": TITLE}
    assert beside["drop-line"].confidence == "medium"


@pytest.mark.parametrize("line", ["Dear reader,", "Contents", "He left.", "x " * 100, "Das sagte er:", ""])
def test_is_no_headline(line: str) -> None:
    assert not looks_like_headline(line)


@pytest.mark.parametrize(
    "line", [TITLE, "Who pays for the tugs?", "“We wait for the tide,” harbour master says", "東京の港、二日目も閉鎖"]
)
def test_is_a_headline(line: str) -> None:
    assert looks_like_headline(line)
