"""The JSON shapes of the contract."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.data import Article, Failure, Metadata, Removal
from cleaner.emit import failure_record, json_line, metadata_fields, record, sidecar
from cleaner.text.frontmatter import FIELDS

ARTICLE = Article(
    id="a1",
    text="The body.",
    metadata=Metadata(
        title="A bridge opens",
        authors=["mk", "lo"],
        agencies=["AP"],
        date="2024-11-18",
        publisher="The Harrow Post",
        language="en",
        extra={"section": "local", "tags": ("a", "b")},
    ),
    removals=[Removal(3, 9, "Share.", "share-call", "share", ["share-any"], "evidence for people")],
    status="ok",
    ruleset="0.1.0+3f2a9c",
    extra={"score": 0.5, "status": "draft"},
)


def test_a_record_has_the_contract_s_keys_in_order_then_the_others() -> None:
    made = record(ARTICLE)
    assert list(made) == ["id", "text", "metadata", "removals", "status", "ruleset", "score"]
    assert list(made["metadata"])[:7] == ["title", "authors", "agencies", "date", "publisher", "language", "url"]
    assert made["metadata"]["url"] is None
    assert made["metadata"]["section"] == "local"
    assert made["metadata"]["tags"] == ["a", "b"]
    assert made["removals"] == [
        {
            "start": 3,
            "end": 9,
            "text": "Share.",
            "rule": "share-call",
            "category": "share",
            "also_matched": ["share-any"],
        }
    ]
    assert made["status"] == "ok"


def test_further_fields_stand_only_where_they_are_known() -> None:
    assert list(metadata_fields(Metadata())) == list(FIELDS)
    source = {"from": ["json-ld", "h1"], "confidence": 0.955}
    known = Metadata(
        title="A bridge", modified="2024-11-20", tags=["bridge"], paywalled=False, sources={"title": source}
    )
    fields = metadata_fields(known)
    assert list(fields)[7:] == ["modified", "tags", "paywalled", "sources"]
    assert fields["paywalled"] is False
    assert fields["sources"] == {"title": source}


def test_notes_only_if_there_are_any() -> None:
    plain = Article("a", "b", Metadata(), [], "ok", "r", extra={"notes": "mine"})
    noted = Article("a", "b", Metadata(), [], "ok", "r", notes=("decoded as gb18030",), extra={"notes": "mine"})
    assert record(plain)["notes"] == "mine"
    assert record(noted)["notes"] == ["decoded as gb18030"]
    assert "notes" not in record(Article("a", "b", Metadata(), [], "ok", "r"))


def test_unknown_fields_are_null_or_empty() -> None:
    assert metadata_fields(Metadata()) == {
        "title": None,
        "authors": [],
        "agencies": [],
        "date": None,
        "publisher": None,
        "language": None,
        "url": None,
    }


def test_further_fields_do_not_hide_those_of_the_contract() -> None:
    assert metadata_fields(Metadata(title="A", extra={"title": "B"}))["title"] == "A"


def test_a_failure() -> None:
    assert failure_record(Failure("a", "a.jsonl:7", "not JSON: x; mend: y")) == {
        "id": "a",
        "status": "error",
        "error": "not JSON: x; mend: y",
        "place": "a.jsonl:7",
    }


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"b": 1, "a": "Brücke – 橋"}, '{"b": 1, "a": "Brücke – 橋"}'),
        ("one\ntwo\t", '"one\\ntwo\\t"'),
        ("a\u2028b\u2029c\x85d", '"a\\u2028b\\u2029c\\u0085d"'),
        ("a\ud800b\udfff", '"a\\ud800b\\udfff"'),
        ("\\ud800 as text", '"\\\\ud800 as text"'),
    ],
)
def test_json_line(value: object, line: str) -> None:
    assert json_line(value) == line
    assert json.loads(line) == value


TEXT = st.text() | st.text(st.characters(categories=["Cs", "Zl", "Zp", "Cc"]))


@given(st.dictionaries(TEXT, TEXT))
def test_any_json_line_is_one_line_of_utf8(value: dict[str, str]) -> None:
    line = json_line(value)
    assert len(line.encode("utf-8").decode("utf-8").splitlines()) == 1
    joined = {
        key.encode("utf-16", "surrogatepass"): text.encode("utf-16", "surrogatepass") for key, text in value.items()
    }
    read: dict[str, Any] = json.loads(line)
    assert {k.encode("utf-16", "surrogatepass"): v.encode("utf-16", "surrogatepass") for k, v in read.items()} == joined


def test_a_sidecar_holds_the_same_indented() -> None:
    made = sidecar(ARTICLE)
    assert json.loads(made) == record(ARTICLE)
    assert made.startswith('{\n  "id": "a1",\n')
    assert made.endswith("}\n")
    assert sidecar(Article("a", "\ud800", Metadata(), [], "ok", "r")).encode("utf-8")
