"""A date before the text. Spared: dates in prose, in headlines, after the first lines, and years alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR, ORCHARD

from cleaner.detect.leading_date import find


@pytest.mark.parametrize(
    "lines",
    [
        ["On 18 November 2024 the harbour was closed.", HARBOUR[0]],
        ["18 November 2024 will be remembered in Skelmouth", HARBOUR[0]],
        ["Harbour closed since 18/11/2024", HARBOUR[0]],
        ["2024", HARBOUR[0]],
        ["Date of birth unknown", HARBOUR[0]],
        ["The date 2024-11-18 was chosen by lot.", HARBOUR[0]],
        [HARBOUR[0], "18 November 2024", HARBOUR[1]],
        [HARBOUR[0], "date 2024-11-18"],
        ["Version 18.11.2024", HARBOUR[0]],
    ],
)
def test_no_date_leads(page: Callable[..., Any], lines: list[str]) -> None:
    assert list(find(page(*lines))) == []


@pytest.mark.parametrize(
    ("lines", "wanted", "date"),
    [
        (["date 2024-11-18", HARBOUR[0]], "date 2024-11-18", "2024-11-18"),
        (["date 2024-11-18 " + HARBOUR[0]], "date 2024-11-18", "2024-11-18"),
        (["published: 2024-11-18T06:30:00Z", HARBOUR[0]], "published: 2024-11-18T06:30:00Z", "2024-11-18T06:30:00Z"),
        (["Datum: 2024-11-18", ORCHARD[0]], "Datum: 2024-11-18", "2024-11-18"),
        (["18 November 2024", HARBOUR[0]], "18 November 2024", "18 November 2024"),
        (["Monday, 18 November 2024, 14:03", HARBOUR[0]], "Monday, 18 November 2024, 14:03", None),
        (["Barge blocks harbour", "Nov 18, 2024", HARBOUR[0]], "Nov 18, 2024", "Nov 18, 2024"),
        (["Montag, 18. November 2024", ORCHARD[0]], "Montag, 18. November 2024", None),
    ],
)
def test_a_date_leads(
    page: Callable[..., Any], accused: Callable[..., Any], lines: list[str], wanted: str, date: str | None
) -> None:
    made = page(*lines)

    (finding,) = find(made)

    assert accused(made, [finding]) == [wanted]
    assert finding.fields["date"] == (date or wanted)
