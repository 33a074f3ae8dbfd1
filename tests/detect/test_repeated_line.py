"""Paragraphs that stand there already. Spared: refrains, dialogue, table rows, near copies, litanies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.repeated_line import find

REFRAIN = "And the tide came in, and the tide went out, and nobody asked the harbour master why"


@pytest.mark.parametrize(
    "lines",
    [
        list(HARBOUR),
        [HARBOUR[0], "“No.”", HARBOUR[1], "“No.”"],
        [HARBOUR[0], HARBOUR[0].replace("Tuesday", "Monday")],
        [
            REFRAIN,
            "She sang it low",
            "She sang it high",
            REFRAIN,
            "She sang it once again",
            "And so good night",
            REFRAIN,
        ],
        [HARBOUR[0], HARBOUR[1], HARBOUR[0], HARBOUR[0]],  # a text that is built that way
        ["Orrin Bay 2 1 0 3", "Skelmouth 1 1 1 2", "Orrin Bay 2 1 0 3"],
    ],
)
def test_nothing_is_repeated(page: Callable[..., Any], lines: list[str]) -> None:
    assert list(find(page(*lines))) == []


def test_the_second_copy_is_accused(page: Callable[..., Any]) -> None:
    made = page(HARBOUR[0], HARBOUR[1], HARBOUR[0], HARBOUR[2], HARBOUR[1].upper())

    assert [(finding.first, finding.evidence) for finding in find(made)] == [
        (2, "the same as line 1"),
        (4, "the same as line 2"),
    ]
