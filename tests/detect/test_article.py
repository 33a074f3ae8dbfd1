"""Where the article stands. Spared: short lines inside it, and a lede or last line that lacks its full stop."""

from __future__ import annotations

from samples import HARBOUR

from cleaner.detect.article import article
from cleaner.segment import segment

MENU = ["Home", "Sport", "Culture", "Weather", "Jobs", "Cars", "Travel"]
FOOTER = ["Contact", "Imprint", "Careers", "Help", "Shop", "Games", "Puzzles"]


def stretch(lines: list[str], dropped: frozenset[int] = frozenset()) -> list[str]:
    return [lines[n] for n in article(segment("\n\n".join(lines)), dropped)]


def test_short_lines_inside_belong_to_it() -> None:
    inside = [*HARBOUR[:2], "Who pays for the tugs", "“No.”", *HARBOUR[2:]]

    assert stretch([*MENU, *inside, *FOOTER]) == inside


def test_a_lede_and_a_last_line_without_full_stop_belong_to_it() -> None:
    lede = "Eleven boats lie outside the breakwater, and the council wants the quarry to pay for every tug"
    last = "The ferry from Orrin Bay sails again on Friday, if the barge is gone by then and the swell is low"

    assert stretch([*MENU, lede, *HARBOUR, last, *FOOTER]) == [lede, *HARBOUR, last]


def test_lines_that_go_anyway_do_not_cut_it() -> None:
    lines = [*HARBOUR[:2], *["Please enable the player"] * 40, *HARBOUR[2:]]

    assert stretch(lines, frozenset(range(2, 42))) == lines


def test_a_text_without_sentences_has_none() -> None:
    assert stretch(MENU) == []
    assert stretch([]) == []
