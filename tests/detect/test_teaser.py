"""Headline and lede of another story at the start. Spared: the article's own, and what cannot be judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.teaser import find

HEADLINE = "Village cinema of Hohenrode shows its last film"
LEDE = "After sixty-one years Wilma and Otto Brandl hand over the projector room to a museum"


@pytest.mark.parametrize(
    "lines",
    [
        HARBOUR,
        [
            "Barge blocks Skelmouth harbour",
            "Two tugs came from Orrin Bay, but the swell was too heavy for them",
            *HARBOUR,
        ],
        ["Barge blocks Skelmouth harbour", LEDE, *HARBOUR],  # its own title, whatever the lede says
        [HEADLINE, *HARBOUR],  # a headline without a lede
        [HEADLINE, LEDE, *HARBOUR[:3]],  # too little of an article
        [HEADLINE, LEDE],
        ["It was quiet.", LEDE, *HARBOUR],  # no headline
        [HEADLINE, LEDE, "Who pays", *HARBOUR],  # a short line follows: a list, not a teaser
    ],
)
def test_nothing_is_a_teaser(page: Callable[..., Any], lines: list[str]) -> None:
    assert list(find(page(*lines))) == []


def test_headline_and_lede_are_accused_with_their_evidence(
    page: Callable[..., Any], accused: Callable[..., Any]
) -> None:
    made = page(HEADLINE, LEDE, *HARBOUR)

    findings = list(find(made))

    assert accused(made, findings) == [HEADLINE, LEDE]
    assert all("words with the article" in finding.evidence for finding in findings)
