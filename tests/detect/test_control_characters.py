"""Control characters go; white space and everything printable stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleaner.detect.control_characters import find


@pytest.mark.parametrize(
    "text", ["Plain.", "Tab\tand\u00a0blank", "Line\u2028break", "👩‍👧 joined", "soft\u00adhyphen", ""]
)
def test_no_control_character(page: Callable[..., Any], text: str) -> None:
    assert list(find(page(text))) == []


def test_runs_are_found_where_they_stand(page: Callable[..., Any], accused: Callable[..., Any]) -> None:
    made = page("The har\x00\x00bour\x07", "is\x7f closed")

    assert accused(made, find(made)) == ["\x00\x00", "\x07", "\x7f"]
