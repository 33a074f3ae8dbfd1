"""White space before a line: kept in lists and fenced code, left out elsewhere."""

from __future__ import annotations

import pytest

from cleaner.pipeline import Cleaner
from cleaner.segment import segment
from cleaner.text.body import render

LONG = "The keeper of the light at Skelmouth writes down when the moon rises, and was late only twice, he says."


@pytest.mark.parametrize(
    "text",
    [
        "Tides\n\n- spring\n    - high\n    - low\n- neap",
        "Tides\n\n1. spring\n   - high\n2. neap",
        "- spring\n\n  It comes with the new moon.\n\n- neap",
        "```python\nif moon:\n    rise()\n\n    return\n```",
        f"```\nif moon:\n    rise()\n```\n{LONG}\n{LONG} Again.",  # beside paragraphs of a line
        "~~~\n  a\n```\n    b\n~~~",
    ],
)
def test_what_means_something_is_kept(text: str) -> None:
    assert render(text, segment(text), []).text.replace("\n\n", "\n") == text.replace("\n\n", "\n")
    assert Cleaner().clean(text, kind="text").text == render(text, segment(text), []).text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("  Tides\n    spring\n  neap", "Tides\n\nspring\n\nneap"),
        ("  - spring\n  - neap", "- spring\n\n- neap"),
        ("- spring\n\n\t\t\tThe moon", "- spring\n\nThe moon"),
        ("- spring\n\nThe moon\n\n    The sun", "- spring\n\nThe moon\n\nThe sun"),
        ("```\nif moon:\n    rise()", "```\n\nif moon:\n\nrise()"),  # never closed
    ],
)
def test_what_a_scraper_left_goes(text: str, body: str) -> None:
    assert render(text, segment(text), []).text == body


def test_a_list_keeps_its_depth_where_a_line_of_it_goes() -> None:
    text = f"{LONG}\n\n- spring\n    - high\n\nShare this article\n\nThe sun is another matter.\n\n- neap\n    - low"

    assert Cleaner().clean(text, kind="text").text == text.replace("Share this article\n\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "- spring\n  - high\n    which is more\n  - low",
        "    - spring\n      - high\n  - neap\n    - low",
        f"  - spring\n  - {LONG}\n    - high",
    ],
)
def test_a_body_stays_as_it_is(text: str) -> None:
    once = render(text, segment(text), []).text

    assert render(once, segment(once), []).text == once
