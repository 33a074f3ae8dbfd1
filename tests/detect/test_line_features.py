"""What the line scorer sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.line_features import FAR, FEATURES, form, rows

LINES = [*HARBOUR[:2], "Who pays for the tugs", *HARBOUR[2:], "Please enable the player", "Kestrel wins the Vale cup"]


def seen(page: Callable[..., Any], n: int, *lines: str) -> dict[str, float]:
    ((_, row),) = rows(page(*(lines or LINES)), [n])
    return dict(zip(FEATURES, row, strict=True))


@pytest.mark.parametrize(
    ("line", "ending", "start"),
    [
        ("The boats wait.", 0, 1),
        ("who pays for it?”", 1, 0),
        ("And then…", 2, 1),
        ("3 boats", 3, 2),
        ("“Boat 7", 4, 3),
        ("(off the quay)", 5, 4),
        ("- What it carries:", 6, 5),
        ("船は待つ、", 3, 6),
        ("And then...", 2, 1),
    ],
)
def test_the_form_of_a_line(line: str, ending: int, start: int) -> None:
    assert (form(line).ending, form(line).start) == (ending, start)


def test_every_row_has_every_feature(page: Callable[..., Any]) -> None:
    found = list(rows(page(*LINES), range(len(LINES))))

    assert [n for n, _ in found] == list(range(len(LINES)))
    assert all(len(row) == len(FEATURES) for _, row in found)


def test_place_and_company(page: Callable[..., Any]) -> None:
    last = seen(page, len(LINES) - 1)

    assert last["gone_lines"] == 1
    assert last["gone_up"] == 1
    assert last["gone_down"] == FAR
    assert last["run"] == 2
    assert last["run_left"] == 1
    assert last["share_before"] == 1
    assert last["from_article"] > 0
    assert seen(page, 2)["from_article"] == 0


def test_cohesion(page: Callable[..., Any]) -> None:
    heading, foreign = seen(page, 2), seen(page, len(LINES) - 1)

    assert foreign["shared"] == 0
    assert foreign["unknown_names"] >= 1
    assert heading["unknown_names"] == 0


def test_what_paragraphs_share_is_not_counted(page: Callable[..., Any]) -> None:
    assert seen(page, 0)["shared"] == seen(page, 0)["unknown_names"] == -1


def test_copies_are_counted(page: Callable[..., Any]) -> None:
    assert seen(page, 1, HARBOUR[0], "Share", HARBOUR[1], "Share")["copies"] == 2
