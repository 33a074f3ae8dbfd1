"""The Arrow core: declared types whatever the values, other columns untouched, bad rows with a reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")

from made_up import CLEAN, NOISY, documents, page  # noqa: E402

from cleaner import Cleaner, Metadata, Removal  # noqa: E402
from cleaner.emit import metadata_fields  # noqa: E402
from cleaner.integrations.arrow import (  # noqa: E402
    OURS,
    SCHEMA,
    SLICE,
    ColumnError,
    Columns,
    clean_batches,
    clean_table,
    output_schema,
)
from cleaner.integrations.rows import RowCleaner  # noqa: E402


@pytest.fixture(scope="module")
def rows() -> RowCleaner:
    return RowCleaner()


def table(**columns: Any) -> Any:
    return pa.table(columns)


def test_the_types_do_not_depend_on_the_values(rows: RowCleaner) -> None:
    plain = clean_table(table(text=[CLEAN]), rows)
    noisy = clean_table(table(text=[NOISY]), rows)
    failed = clean_table(table(text=pa.array([None], pa.string())), rows)
    none = clean_table(table(text=pa.array([], pa.string())), rows)

    assert plain.schema == noisy.schema == failed.schema == none.schema
    assert none.num_rows == 0
    assert plain.schema.names == list(OURS)
    assert plain.schema.field("removals").type.value_type.field("start").type == pa.int64()
    assert plain.schema.field("metadata").type.field("authors").type == pa.list_(pa.string())


def test_every_field_of_the_contract_has_a_column() -> None:
    assert OURS["metadata"].names == list(Metadata.__slots__)
    removal = OURS["removals"].value_type
    assert [removal.field(at).name for at in range(removal.num_fields)] == list(Removal.__slots__)[:-1]


def test_other_columns_come_through_with_order_type_and_nulls(rows: RowCleaner) -> None:
    given = table(
        desk=pa.array(["north", None]).dictionary_encode(),
        text=[CLEAN, NOISY],
        views=pa.array([3, None], pa.int16()),
        tree=[{"a": [1]}, None],
    )

    got = clean_table(given, rows)

    assert got.column_names == ["desk", "text", "views", "tree", *list(OURS)[1:]]
    for name in ("desk", "views", "tree"):
        assert got.column(name).equals(given.column(name))
        assert got.schema.field(name) == given.schema.field(name)


def test_rows_are_what_the_cleaner_gives(rows: RowCleaner, cleaner: Cleaner) -> None:
    (got,) = clean_table(table(text=[NOISY], url=["https://example.org/a"]), rows, Columns(url="url")).to_pylist()

    expected = cleaner.clean(NOISY, url="https://example.org/a")
    assert got["text"] == expected.text
    unknown = {**dict.fromkeys(OURS["metadata"].names), "tags": []}
    assert {**got["metadata"], "extra": None} == {**unknown, **metadata_fields(expected.metadata)}
    assert [(r["start"], r["end"], r["text"], r["rule"]) for r in got["removals"]] == [
        (r.start, r.end, r.text, r.rule) for r in expected.removals
    ]
    assert (got["status"], got["ruleset"], got["error"]) == ("ok", expected.ruleset, None)


def test_a_bad_row_has_its_reason_and_the_others_are_cleaned(rows: RowCleaner) -> None:
    got = clean_table(table(page=["a", "b", "c"], text=[NOISY, None, NOISY]), rows, Columns(id="page")).to_pylist()

    assert [row["status"] for row in got] == ["ok", "error", "ok"]
    bad = got[1]
    assert bad["error"] == "text is null; mend: leave the row out, or give it its text"
    assert (bad["id"], bad["page"]) == ("b", "b")
    assert bad["text"] is bad["metadata"] is bad["removals"] is bad["ruleset"] is None


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()],
    ids=str,
)
def test_strings_and_bytes_of_every_width_are_texts(rows: RowCleaner, kind: Any) -> None:
    values = [NOISY.encode() if "binary" in str(kind) else NOISY]

    (got,) = clean_table(table(text=pa.array(values, kind)), rows).to_pylist()

    assert got["text"] == CLEAN


def test_packed_strings_and_a_column_of_nulls(rows: RowCleaner) -> None:
    packed = clean_table(table(text=pa.array([NOISY, NOISY]).dictionary_encode()), rows)

    assert packed.column("text").to_pylist() == [CLEAN, CLEAN]
    assert clean_table(table(text=pa.nulls(2)), rows).column("status").to_pylist() == ["error", "error"]


def test_bytes_in_another_encoding_are_decoded_and_noted(rows: RowCleaner) -> None:
    (got,) = clean_table(table(text=["Die Fähre legt ab, sagte der Müller.".encode("cp1252")]), rows).to_pylist()

    assert got["text"] == "Die Fähre legt ab, sagte der Müller."
    assert got["notes"] == ["decoded as windows-1252"]


def test_stated_metadata_is_used_and_what_is_beyond_is_kept_as_json(rows: RowCleaner) -> None:
    said = [{"title": "Ferry sails", "date": None, "region": "coast"}, None]

    first, second = clean_table(table(text=[NOISY, NOISY], metadata=said), rows).to_pylist()

    assert first["metadata"]["title"] == "Ferry sails"
    assert json.loads(first["metadata"]["extra"]) == {"region": "coast"}
    assert second["metadata"]["title"] is second["metadata"]["extra"] is None


def test_metadata_may_be_a_map(rows: RowCleaner) -> None:
    kind = pa.map_(pa.string(), pa.string())
    said = pa.array([[("title", "Ferry sails"), ("region", "coast")], None], kind)

    first, second = clean_table(table(text=[NOISY, NOISY], metadata=said), rows).to_pylist()

    assert first["metadata"]["title"] == "Ferry sails"
    assert second["metadata"]["agencies"] == ["AP", "dpa"]


def test_cleaning_the_result_again_changes_nothing(rows: RowCleaner) -> None:
    said = [{"title": "Ferry sails", "region": "coast", "depth": {"m": [1, 2]}}]
    once = clean_table(table(id=["a"], text=[NOISY], metadata=said), rows, Columns(id="id"))

    twice = clean_table(once, rows, Columns(id="id"))

    assert twice.equals(once)
    assert once.column("removals").to_pylist() != [[]]


def test_a_row_that_failed_stays_what_it_is(rows: RowCleaner) -> None:
    once = clean_table(table(text=[None]), rows).to_pylist()[0]
    earlier = {**once, "id": "a", "error": "a page of too many tags; mend: leave it out"}

    assert clean_table(pa.Table.from_pylist([earlier], SCHEMA), rows, Columns(id="id")).to_pylist() == [earlier]


def test_cleaning_a_page_again_keeps_where_its_metadata_came_from(rows: RowCleaner) -> None:
    once = clean_table(table(text=[page(3)]), rows)

    twice = clean_table(once, rows)

    assert "author" in once.column("metadata").to_pylist()[0]["sources"]
    assert twice.column("metadata").equals(once.column("metadata"))


def test_the_column_of_the_source_is_kept_unless_it_is_called_text(rows: RowCleaner) -> None:
    html = page(3)

    (got,) = clean_table(table(html=[html]), rows, Columns(text="html")).to_pylist()

    assert got["html"] == html
    assert got["text"].startswith("The harbour of Skelmouth")


def test_an_id_of_another_name_becomes_the_id(rows: RowCleaner) -> None:
    given = table(number=[7, None], text=[CLEAN, CLEAN])

    got = clean_table(given, rows, Columns(id="number"))

    assert got.column("id").to_pylist() == ["7", ""]
    assert got.column("number").equals(given.column("number"))
    assert clean_table(table(id=[7], text=[CLEAN]), rows, Columns(id="id")).column("id").to_pylist() == [7]


def test_lone_surrogates_become_replacement_characters(rows: RowCleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.integrations.arrow._inputs", lambda *_: [("A ferry\ud800 sails on Friday.", {})])

    (got,) = clean_table(table(text=["…"]), rows).to_pylist()

    assert got["text"] == "A ferry\ufffd sails on Friday."


def test_batches_are_bounded_and_nothing_is_lost_between_them(rows: RowCleaner) -> None:
    docs = documents(40)
    texts = [docs[number % 40]["text"] for number in range(2 * SLICE + 10)]

    parts = list(clean_batches(pa.record_batch({"text": texts, "n": list(range(len(texts)))}), rows))

    assert [part.num_rows for part in parts] == [SLICE, SLICE, 10]
    assert pa.Table.from_batches(parts).column("n").to_pylist() == list(range(len(texts)))


@pytest.mark.parametrize(
    ("names", "columns", "message"),
    [
        (["body"], Columns(), r'no column "text"; columns: body; mend: name one of them with text_col'),
        (["txt", "id"], Columns(), r'no column "text".*did you mean text_col="txt"\?'),
        ([], Columns(), r'no column "text"; columns: none'),
        (["text"], Columns(url="link"), r'no column "link".*url_col'),
        (["text"], Columns(id="key"), r'no column "key".*id_col'),
    ],
)
def test_a_missing_column_is_named_with_its_mend(names: list[str], columns: Columns, message: str) -> None:
    with pytest.raises(ColumnError, match=message):
        output_schema(pa.schema([(name, pa.string()) for name in names]), columns)


@pytest.mark.parametrize(
    ("fields", "columns", "message"),
    [
        ({"text": pa.int64()}, Columns(), 'column "text" is of type int64; mend: .* strings or bytes with text_col'),
        ({"text": pa.list_(pa.string())}, Columns(), 'column "text" is of type list'),
        ({"text": pa.string(), "u": pa.int8()}, Columns(url="u"), 'column "u" is of type int8; mend: .*url_col'),
        ({"text": pa.string(), "i": OURS["metadata"]}, Columns(id="i"), 'column "i" is of type struct.*id_col'),
    ],
)
def test_a_wrong_type_is_named_with_its_mend(fields: dict[str, Any], columns: Columns, message: str) -> None:
    with pytest.raises(ColumnError, match=message):
        output_schema(pa.schema(list(fields.items())), columns)


@pytest.mark.parametrize(
    ("fields", "columns", "lost"),
    [
        ({"text": pa.string(), "status": pa.int32()}, Columns(), "status"),
        ({"text": pa.string(), "metadata": pa.string()}, Columns(), "metadata"),
        ({"html": pa.string(), "text": pa.string()}, Columns(text="html"), "text"),
        ({"text": pa.string(), "id": pa.string(), "key": pa.string()}, Columns(id="key"), "id"),
    ],
)
def test_a_column_that_would_be_lost_is_named(fields: dict[str, Any], columns: Columns, lost: str) -> None:
    with pytest.raises(ColumnError, match=f'column "{lost}" would be replaced by what cleaning gives; mend: rename it'):
        output_schema(pa.schema(list(fields.items())), columns)


def test_a_name_that_stands_there_twice_is_refused() -> None:
    for names in (("text", "text"), ("text", "desk", "desk")):
        with pytest.raises(ColumnError, match=f'there are several columns "{names[-1]}"; mend: rename them'):
            output_schema(pa.schema([(name, pa.string()) for name in names]))
