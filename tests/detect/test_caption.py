"""The caption above player text. Spared: paragraphs, lines that lead over, other players' neighbours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.caption import find

PLAYER = "Please enable the player"


@pytest.mark.parametrize(
    "lines",
    [
        [HARBOUR[0], PLAYER],
        [HARBOUR[0], HARBOUR[1], PLAYER, HARBOUR[2]],
        [HARBOUR[0], "He put it like this:", PLAYER],
        [HARBOUR[0], "He left.", PLAYER],
        ["Barge blocks harbour", PLAYER, HARBOUR[0]],  # the first line may be the title
        [HARBOUR[0], "Gravel and the sea", HARBOUR[1], PLAYER],
        [HARBOUR[0], PLAYER, "Gravel and the sea", HARBOUR[1]],
        [HARBOUR[0], "Gravel and the sea"],
        [HARBOUR[0], "A rope", "A lamp", "A compass", PLAYER, HARBOUR[1]],  # a list whose next line reads "Watch"
    ],
)
def test_nothing_is_a_caption(page: Callable[..., Any], lines: list[str]) -> None:
    assert list(find(page(*lines))) == []


def test_the_short_line_right_above_is_a_caption(page: Callable[..., Any], accused: Callable[..., Any]) -> None:
    made = page(HARBOUR[0], "The harbour of Skelmouth and its barge", PLAYER, HARBOUR[1], "Gravel and the sea", PLAYER)

    assert accused(made, find(made)) == ["The harbour of Skelmouth and its barge", "Gravel and the sea"]
