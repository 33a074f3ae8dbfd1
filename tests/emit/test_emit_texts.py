"""Text files and diffs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cleaner.data import Article, Metadata
from cleaner.emit import diff, front_matter, metadata_fields, text_file
from cleaner.text.frontmatter import split

METADATA = Metadata(
    title="Brücke: neu & „größer“",
    authors=["mk", "lo"],
    agencies=["AP"],
    date="2024-11-18",
    publisher="DW",
    language="no",
    url="https://a.example/1",
    extra={"section": "local", "nothing": None, "none": []},
)


def article(text: str, metadata: Metadata) -> Article:
    return Article("a", text, metadata, [], "ok", "r")


def test_nothing_known_gives_no_front_matter() -> None:
    assert front_matter(Metadata()) == ""
    assert text_file(article("Body.", Metadata())) == "Body.\n"


def test_where_values_came_from_stands_in_records_only() -> None:
    known = Metadata(
        title="A bridge", tags=["bridge"], paywalled=True, sources={"title": {"from": ["h1"], "confidence": 0.9}}
    )
    assert front_matter(known) == "---\ntitle: A bridge\ntags:\n- bridge\npaywalled: true\n---\n"


def test_front_matter_in_the_contract_s_order() -> None:
    assert front_matter(METADATA) == (
        "---\n"
        "title: 'Brücke: neu & „größer“'\n"
        "authors:\n- mk\n- lo\n"
        "agencies:\n- AP\n"
        "date: '2024-11-18'\n"
        "publisher: DW\n"
        "language: 'no'\n"
        "url: https://a.example/1\n"
        "section: local\n"
        "---\n"
    )


def test_a_date_is_a_string_for_other_readers_too() -> None:
    assert yaml.safe_load(front_matter(METADATA).removesuffix("---\n"))["date"] == "2024-11-18"


@pytest.mark.parametrize("text", ["One.\n\nTwo.", "One.\n\nTwo.\n", "One.\n\nTwo.\n\n\n"])
def test_a_text_file_ends_with_one_line_end(text: str) -> None:
    assert text_file(article(text, METADATA)) == front_matter(METADATA) + "\nOne.\n\nTwo.\n"
    assert text_file(article(text, METADATA), "body") == "One.\n\nTwo.\n"


def test_an_empty_body() -> None:
    assert text_file(article("", METADATA)) == front_matter(METADATA)
    assert text_file(article("", Metadata())) == "\n"


WORDS = st.text(min_size=1)
ALL = st.builds(
    Metadata,
    title=st.none() | WORDS,
    authors=st.lists(WORDS),
    agencies=st.lists(WORDS),
    date=st.none() | st.dates().map(lambda day: day.isoformat()),
    publisher=st.none() | WORDS,
    language=st.sampled_from([None, "de", "no", "en"]),
    url=st.none() | WORDS,
    extra=st.dictionaries(
        WORDS, st.text() | st.integers() | st.booleans() | st.lists(st.text(), min_size=1), max_size=2
    ),
)
# A clean body has neither blank lines around it nor a rule on its first line.
BODY = st.text().map(lambda text: text.strip()).filter(lambda text: not text.startswith(("---", "\ufeff")))


@given(ALL, BODY)
def test_a_text_file_reads_as_it_was_written(metadata: Metadata, body: str) -> None:
    known: dict[str, Any] = {k: v for k, v in metadata_fields(metadata).items() if v is not None and v != []}
    fields, text = split(text_file(article(body, metadata)))
    assert fields == known
    assert text.removesuffix("\n") == body


def test_no_difference_is_no_diff() -> None:
    assert diff("One.\nTwo.\n", "One.\nTwo.\n", "a.txt") == ""
    assert diff("", "", "a.txt") == ""


def test_a_diff() -> None:
    assert diff("One.\nShare.\nTwo.\n", "One.\nTwo.\n", "a.txt") == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,2 @@\n One.\n-Share.\n Two.\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\nTwo.", "One.\nTwo.\n"),
        ("One.\x0bstill\u2028one.\r\nTwo", "One."),
        ("One.\n", "One.\n\nTwo."),
        ("a\n", "b"),
    ],
)
def test_patch_takes_a_diff(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(before.encode())
    try:
        subprocess.run(["git", "apply", "-"], input=diff(before, after, "a.txt").encode(), cwd=tmp_path, check=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    assert path.read_bytes().decode() == after
