"""Dumps of whole pages. Spared: every text that is none, and what belongs to the article at its edges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.outside_article import MIN_FURNITURE, find

MENU = ["Home", "Sport", "Culture", "Weather", "Jobs", "Cars", "Travel"]
FOOTER = ["Contact", "Imprint", "Careers", "Help", "Shop", "Games", "Puzzles"]
PLAYERS = ["Please enable the player"] * MIN_FURNITURE  # the fixture's one rule drops each of them


def taken(page: Callable[..., Any], lines: list[str]) -> list[str]:
    made = page(*lines)
    return [made.blocks[finding.first].text for finding in find(made)]


@pytest.mark.parametrize(
    "lines",
    [
        [*HARBOUR],
        [*HARBOUR, *MENU, *FOOTER],  # many short lines, but no rule found furniture
        [*PLAYERS, *HARBOUR],  # furniture, but hardly a short line besides
        [*PLAYERS, *MENU, *FOOTER],  # no article to be outside of
        [*HARBOUR, *(f"- {n} apples and a pear" for n in range(30))],
    ],
)
def test_a_text_that_is_no_dump_keeps_everything(page: Callable[..., Any], lines: list[str]) -> None:
    assert taken(page, lines) == []


def test_subheadings_and_short_lines_inside_stay(page: Callable[..., Any]) -> None:
    lines = [*MENU, *PLAYERS, *HARBOUR[:2], "Who pays for the tugs", "“No.”", *HARBOUR[2:], *FOOTER]

    assert taken(page, lines) == [*MENU, *FOOTER]


def test_a_lede_and_a_last_line_without_full_stop_stay(page: Callable[..., Any]) -> None:
    lede = "Eleven boats lie outside the breakwater, and the council wants the quarry to pay for every tug"
    last = "The ferry from Orrin Bay sails again on Friday, if the barge is gone by then and the swell is low"

    assert taken(page, [*MENU, *PLAYERS, lede, *HARBOUR, last, *FOOTER]) == [*MENU, *FOOTER]


def test_what_stands_outside_goes_with_a_reason(page: Callable[..., Any]) -> None:
    made = page(*MENU, *PLAYERS, *HARBOUR, *FOOTER)

    first = next(iter(find(made)))

    assert first.evidence == (
        f"outside the article (lines {len(MENU) + MIN_FURNITURE + 1} to {len(MENU) + MIN_FURNITURE + len(HARBOUR)} "
        f"of {len(made.blocks)}), on a page with {MIN_FURNITURE} lines of furniture"
    )
