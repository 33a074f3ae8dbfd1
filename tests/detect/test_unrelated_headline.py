"""Headlines of other stories after the article. Spared: its own last lines, lists, results, subheadings, verse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.unrelated_headline import find

FOREIGN = [
    "Village cinema of Hohenrode shows its last film",
    "Orchestra of Villaluz tours without its trumpets",
    "Why hedgehogs cross the road at midnight",
]


@pytest.mark.parametrize(
    "lines",
    [
        HARBOUR,
        [*HARBOUR, "The work will stop on Friday, Tom Aldous said"],  # lacks its full stop
        [*HARBOUR, "“We wait for the tide”"],  # a quote of the text
        [*HARBOUR, "Thank you for this conversation, Mrs Pryce."],
        [*HARBOUR, "The list of wishes:", "Coffee", "Rope", "A hedgehog crossing sign"],  # announced
        [*HARBOUR, "- " + FOREIGN[0], "- " + FOREIGN[1]],  # a list item says that it belongs to the text
        [*HARBOUR[:3], FOREIGN[0], *HARBOUR[3:]],  # a subheading
        [*HARBOUR, "Skelmouth – Orrin Bay 2:1"],
        [*HARBOUR, "Mrs J. Winterbourne", "Fairwater"],  # who wrote the letter, and where
        [*HARBOUR[:2], *FOREIGN],  # too little of an article
        FOREIGN,
    ],
)
def test_nothing_is_foreign(page: Callable[..., Any], lines: list[str]) -> None:
    assert list(find(page(*lines))) == []


@pytest.mark.parametrize("run", [FOREIGN, FOREIGN[:2], [FOREIGN[0], "Please enable the player", FOREIGN[1]]])
def test_a_foreign_run_at_the_end_is_accused(
    page: Callable[..., Any], accused: Callable[..., Any], run: list[str]
) -> None:
    made = page(*HARBOUR, *run)

    assert accused(made, find(made)) == [line for line in run if line in FOREIGN]


def test_the_evidence_says_what_is_shared(page: Callable[..., Any]) -> None:
    finding, *_ = find(page(*HARBOUR, *FOREIGN))

    assert finding.evidence.startswith("shares 0 of ")
    assert finding.evidence.endswith("words with the article, 1 of a run of 3")
