"""Bodies of many genres that speak as furniture does: to the reader, in short lines, with calls, prices and dates.

Furniture is put behind and into them, so that the heuristics doubt every line. All of the body must come through; the
first line is the title, which may go.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner.pipeline import Cleaner

GENRES = Path(__file__).parent / "fixtures" / "genres"
SHARE, NEWSLETTER, HEADING = "Share this article", "Sign up for our newsletter", "Related articles"
READ_MORE = "Read more: Ten harbours to visit this summer"

# What is put before the body's middle line, and behind its end.
LAYOUTS = {
    "share button at the end": ([], [SHARE]),
    "two calls at the end": ([], [SHARE, NEWSLETTER]),
    "share button in the middle": ([SHARE], [NEWSLETTER, HEADING]),
    "links at the end": ([SHARE], [SHARE, NEWSLETTER, HEADING, READ_MORE]),
}


# What cannot be done yet.
KNOWN_FAILURES = {
    ("en-letter-to-readers", "share button in the middle"): "a signature that names the paper looks like its footer",
    ("en-letter-to-readers", "links at the end"): "the same",
}


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, layout, marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])
        for path in sorted(GENRES.glob("*.txt"))
        for layout in LAYOUTS
        for reason in [KNOWN_FAILURES.get((path.stem, layout))]
    ]


@pytest.mark.parametrize(("name", "layout"), cases())
def test_the_body_comes_through(cleaner: Cleaner, name: str, layout: str) -> None:
    title, *body = (GENRES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    within, behind = LAYOUTS[layout]
    middle = (1 + len(body)) // 2
    text = "\n".join([title, *body[: middle - 1], *within, *body[middle - 1 :], *behind])

    left = cleaner.clean(text).text.split("\n")

    assert [line for line in body if line not in left] == []
    assert SHARE not in left
