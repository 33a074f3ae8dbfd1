"""Front matter: what is text stays text; what is written reads the same again, also by other YAML readers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.frontmatter import MAX_BLOCK, TEXT_KEYS, dump, fault, plain, split


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Body only.",
        "---",
        "---\n",
        "---\n---\nBody",
        "---\n\nA rule above the text.\n\n---\n\nMore.",
        "---\nNote: the mayor spoke first.\n---\nThen the others.",
        "---\nHe said: no.\n---\nThat was all.",
        "---\ntitle: never closed\n\nBody",
        "---\ntitle: [broken\n---\nBody",
        "---\ntitle: a: b\n---\nBody",
        "---\n- a\n- b\n---\nBody",
        "----\ntitle: A\n----\nBody",
        "\n---\ntitle: A\n---\nNot at the very start.",
        "Text\n---\ntitle: A\n---\n",
        "---\na: &x [1]\nb: *x\n---\nReferences could grow without bound.",
        "---\na: !!python/object/apply:os.getcwd []\n---\nBody",
        "---\na: !!timestamp soon\n---\nBody",
        "---\n? [a]\n: b\n---\nBody",
        "---\na: " + "[" * 5_000 + "\n---\nBody",
        "---\ntitle: A\nx: " + "y" * MAX_BLOCK + "\n---\nBody",
        "---\ntitle: A\x01\n---\nBody",
    ],
)
def test_text_stays_text(text: str) -> None:
    assert split(text) == ({}, text)


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        ("title: A bridge opens", {"title": "A bridge opens"}),
        ("Title: A bridge opens", {"Title": "A bridge opens"}),
        ("reading time: 5\ntitle: A", {"reading time": 5, "title": "A"}),
        ("layout: post", {"layout": "post"}),
        ("note: a word", {"note": "a word"}),
        ("date: 2024-11-18", {"date": "2024-11-18"}),
        ("date: 2024-11-18 10:30:00", {"date": "2024-11-18 10:30:00"}),
        ("date: 2024-02-31", {"date": "2024-02-31"}),
        ("date: !!timestamp 2024-11-18", {"date": "2024-11-18"}),
        ("seen: 2024-11-18", {"seen": "2024-11-18"}),
        ("language: no\ntitle: Yes", {"language": "no", "title": "Yes"}),
        ("title: 1984\nauthors: [007, 1.50]", {"title": "1984", "authors": ["007", "1.50"]}),
        ("title: true", {"title": "true"}),
        ("title: null\nurl:\nlang: ~\ndate: x", {"date": "x"}),
        ("draft: true\nn: 3\nf: 1.5\nt: 12:30", {"draft": True, "n": 3, "f": 1.5, "t": "12:30"}),
        ("authors:\n- mk\n- lo", {"authors": ["mk", "lo"]}),
        ("tags: [a, {b: null}]", {"tags": ["a", {"b": None}]}),
    ],
)
def test_fields(block: str, fields: dict[str, Any]) -> None:
    assert split(f"---\n{block}\n---\n\nBody\n") == (fields, "Body\n")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: A\n---", ""),
        ("---\ntitle: A\n---\n", ""),
        ("---\ntitle: A\n...\nBody", "Body"),
        ("---\r\ntitle: A\r\n---\r\n\r\nBody\r\n", "Body\r\n"),
        ("--- \ntitle: A\n---\t\n \n\n  Body", "  Body"),
        ("\ufeff---\ntitle: A\n---\nBody", "Body"),
        ("---\ntitle: A\n---\nBody\n---\nmore: text\n---\n", "Body\n---\nmore: text\n---\n"),
    ],
)
def test_what_remains(text: str, body: str) -> None:
    assert split(text) == ({"title": "A"}, body)


def test_blocks_in_a_row_are_one() -> None:
    assert split("---\ntitle: A\n---\n---\ntitle: B\nurl: u\n---\nBody") == ({"title": "A", "url": "u"}, "Body")


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("cleaner: [unclosed", 3),
        ("title: Ferry: sailing again", 2),
        ("title: Ferry\r\nauthors:\r\n- a\r\n  b: c: d", 5),
        ('title: "Ferry', 3),
        ("title: *quay", 2),
    ],
)
def test_a_broken_header_is_told_from_text(block: str, line: int) -> None:
    text = f"---\n{block}\n---\n\nBody."
    found = fault(text)
    assert split(text) == ({}, text)
    assert (found and found[0]) == line


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThe ferry sails: again.\n\n---\n\nIt sails.",
        "---\nNote: the ferry: sails\nagain.\n---\nIt sails.",
        "---\nHe said: [sic\n---\nIt sails.",
        "---\ntitle: Ferry: sailing\n\nIt sails.",
        "---\n---\n",
        "---\ntitle: Ferry\n---\nIt sails.",
        "It sails.",
    ],
)
def test_other_text_is_no_broken_header(text: str) -> None:
    assert fault(text) is None


def test_what_is_no_number_is_left_out() -> None:
    assert split("---\ndepth: 1.0e+999\ndesk: north\n---\nOne.")[0] == {"desk": "north"}
    assert dump({"depth": float("nan"), "m": [float("inf")]}) == "---\nm:\n- null\n---\n"


def test_unknown_is_left_out() -> None:
    assert dump({}) == ""
    assert dump({"title": None, "authors": []}) == ""
    assert dump({"title": None, "authors": ["mk"], "tags": []}) == "---\nauthors:\n- mk\n---\n"


def test_order_is_kept_and_text_readable() -> None:
    block = dump({"title": "Brücke – neu", "date": "2024-11-18", "language": "no", "id": "7"})
    assert block == "---\ntitle: Brücke – neu\ndate: '2024-11-18'\nlanguage: 'no'\nid: '7'\n---\n"


def test_repeated_values_are_written_out() -> None:
    names = ["mk"]
    assert "&" not in dump({"authors": names, "agencies": names})


def test_values_that_yaml_does_not_know() -> None:
    assert plain({1: {"b", "a"}, "t": (1, None), "d": date(2024, 5, 2), "dt": datetime(2024, 5, 2, 3), "x": 1j}) == {
        "1": ["a", "b"],
        "t": [1, None],
        "d": "2024-05-02",
        "dt": "2024-05-02T03:00:00",
        "x": "1j",
    }


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
STRINGS = st.text() | st.sampled_from(
    ["no", "1e5", "1.0e5", "+.5", ".5", "0x1", "1_0", "12:30", "2024-01-05", "~", "=", "<<"]
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": STRINGS,
        "authors": st.lists(STRINGS, min_size=1),
        "agencies": st.lists(STRINGS, min_size=1),
        "date": STRINGS,
        "publisher": STRINGS,
        "language": STRINGS,
        "url": STRINGS,
    },
)


@given(FIELDS, st.dictionaries(st.text(), VALUES | STRINGS, max_size=3), st.text())
def test_round_trip(fields: dict[str, Any], more: dict[str, Any], body: str) -> None:
    more = {key: value for key, value in more.items() if isinstance(value, str) or key.lower() not in TEXT_KEYS}
    known = {key: value for key, value in {**more, **fields}.items() if value is not None and value != []}
    body = body.lstrip(" \t\r\n").removeprefix("---") if known else f"x{body}"
    assert split(f"{dump(known)}\n{body}" if known else body) == (known, body)


@given(FIELDS)
def test_other_yaml_readers_agree(fields: dict[str, Any]) -> None:
    if fields:
        assert yaml.safe_load(dump(fields).removesuffix("---\n")) == fields


@given(st.text(st.sampled_from("-.: \r\n\tab[]{}&*!|>'\"#%@0"), max_size=60))
def test_any_text_splits(text: str) -> None:
    fields, body = split(f"---\n{text}")
    assert text.endswith(body) or (fields, body) == ({}, f"---\n{text}")
