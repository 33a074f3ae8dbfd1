"""CSV, TSV and Parquet to documents: rows with their own types, and every bad row a `Failure` with its line."""

from __future__ import annotations

import datetime
import decimal
import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.data import Document, Failure
from cleaner.read import Fields, Reading, inputs
from cleaner.read.formats.columns import stated

BODY = Reading(Fields((("body", "text"),), id="nr", url="link"))


def read(path: Path, reading: Reading = Reading()) -> list[Document | Failure]:
    return list(inputs(path, reading))


def documents(path: Path, reading: Reading = Reading()) -> list[Document]:
    found = read(path, reading)
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rows_of_a_table(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text,score\r\nx,"One, and ""two""\nlines.",7\r\n\r\n,Three.,\r\n')
    first, second = documents(path)
    assert (first.id, first.text, first.extra) == ("x", 'One, and "two"\nlines.', {"score": "7"})
    assert (second.id, second.text, second.origin.line) == ("a.csv:5", "Three.", 5)


def test_a_table_with_tabs_and_names_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv.gz", gzip.compress(b"nr\tbody\tlink\n7\tOne.\thttps://a.example/\n"))
    (doc,) = documents(path, BODY)
    assert (doc.id, doc.text, doc.url) == ("7", "One.", "https://a.example/")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_in_another_encoding(tmp_path: Path, codec: str) -> None:
    (doc,) = documents(write(tmp_path / "a.csv", "id,text\r\nx,Schöne Brücke\r\n".encode(codec)))
    assert doc.text == "Schöne Brücke"


def test_metadata_in_a_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'text,metadata\nOne.,"{""title"": ""T""}"\nTwo.,\n')
    assert [doc.metadata for doc in documents(path)] == [{"title": "T"}, {}]


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        ("id,text\nx,One.\ny,Two.,3\nz,Three.\n", ":3", "3 cells below a header of 2; mend: close its quotes"),
        ("id,text\nx,One.\ny\nz,Three.\n", ":3", "1 cells below a header of 2"),
        ('id,text\nx,One.\n"y"q,Two.\nz,Three.\n', ":3", "not a row: "),
        ('id,text\nx,One.\nz,Three.\ny,"Two.\n', ":4", "not a row: unexpected end of data"),
    ],
)
def test_a_bad_row_fails_alone(tmp_path: Path, content: str, place: str, reason: str) -> None:
    found = read(write(tmp_path / "a.csv", content))
    assert [one.id for one in found if isinstance(one, Document)] == ["x", "z"]
    (failure,) = [one for one in found if isinstance(one, Failure)]
    assert failure.place.endswith(f"a.csv{place}")
    assert failure.reason.startswith(reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("id,body\nx,One.\n", 'no column "text" or "html"; columns: id, body; mend: name the text\'s column'),
        ("text,a,a\nOne.,1,2\n", 'two columns "a"; mend: name them apart'),
        ("", "empty: no names of columns"),
        ("\n\n", "empty: no names of columns"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path: Path, content: str, reason: str) -> None:
    (failure,) = read(write(tmp_path / "a.csv", content))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith(reason)


def test_a_table_without_rows_is_no_fault(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.csv", "id,text\n")) == []
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == []
    pq.write_table(pa.table({"body": pa.array([], pa.string())}), tmp_path / "b.parquet")
    (failure,) = read(tmp_path / "b.parquet")
    assert isinstance(failure, Failure)
    assert failure.reason.startswith('no column "text" or "html"; columns: body')


WHEN = datetime.datetime(2025, 3, 14, 9, 26, tzinfo=datetime.UTC)


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    table = pa.table(
        {
            "id": pa.array([1, 2, 3], pa.int32()),
            "text": ["One.", None, "Three."],
            "when": pa.array([WHEN] * 3, pa.timestamp("ns", "UTC")),
            "price": pa.array([decimal.Decimal("1.50")] * 3),
            "tags": [["a"], [], None],
            "raw": pa.array([b"\xff", b"", None]),
            "score": [0.5, float("nan"), None],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    return tmp_path / "a.parquet"


def test_rows_of_parquet(parquet: Path) -> None:
    first, second, third = read(parquet)
    assert isinstance(first, Document)
    assert (first.id, first.text, first.origin.line, first.extra["tags"]) == ("1", "One.", 1, ["a"])
    assert (first.extra["raw"], first.extra["when"], first.extra["score"]) == ("/w==", WHEN, 0.5)
    said = '"text" is null; mend: leave the record out, or give it its text'
    assert second == Failure("2", f"{parquet}:2", said)
    assert isinstance(third, Document)
    assert (third.id, third.text) == ("3", "Three.")


def test_parquet_that_is_packed_again(parquet: Path) -> None:
    packed = write(parquet.with_name("a.parquet.gz"), gzip.compress(parquet.read_bytes()))
    assert [one.id for one in read(packed)] == ["1", "2", "3"]


def test_parquet_that_is_damaged(parquet: Path) -> None:
    data = parquet.read_bytes()
    (failure,) = read(write(parquet, data[: len(data) // 2]))
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("not a whole Parquet file")


def test_a_damaged_row_group_fails_alone(tmp_path: Path) -> None:
    texts = [f"{n} {'The ferry sails. ' * 50}" for n in range(30)]
    pq.write_table(
        pa.table({"text": texts}), tmp_path / "a.parquet", row_group_size=10, compression="gzip", use_dictionary=False
    )
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    column = pq.ParquetFile(tmp_path / "a.parquet").metadata.row_group(1).column(0)
    data[column.data_page_offset : column.data_page_offset + column.total_compressed_size] = bytes(
        column.total_compressed_size
    )
    found = read(write(tmp_path / "a.parquet", bytes(data)))
    assert [one.text[:2].strip() for one in found if isinstance(one, Document)] == [
        str(n) for n in (*range(10), *range(20, 30))
    ]
    (failure,) = [one for one in found if isinstance(one, Failure)]
    assert failure.place == f"{tmp_path}/a.parquet:11"
    assert failure.reason.startswith("rows 11 to 20 (row group 2) cannot be read: ")


def test_a_cell_of_broken_utf8_fails_alone(tmp_path: Path) -> None:
    good, bad = b"The ferry sails.", b"\xff\xfe"
    offsets = pa.array([0, len(good), len(good + bad), len(good + bad + good)], pa.int32()).buffers()[1]
    column = pa.StringArray.from_buffers(3, offsets, pa.py_buffer(good + bad + good))
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    first, second, third = read(tmp_path / "a.parquet")
    assert isinstance(second, Failure)
    assert second.reason.startswith("could not be read: UnicodeDecodeError: ")
    assert [one.text for one in (first, third) if isinstance(one, Document)] == ["The ferry sails."] * 2


def test_parquet_without_the_column(parquet: Path) -> None:
    (failure,) = read(parquet, BODY)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith('no column "body"; columns: id, text, when')


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, {}),
        ("title", {}),
        ({"title": None, "authors": []}, {}),
        ({"title": "T", "extra": None}, {"title": "T"}),
        ({"extra": '{"a": 1}'}, {"a": 1}),
        ({"extra": "no json"}, {"extra": "no json"}),
        ({"extra": "[1]"}, {"extra": [1]}),
        ({"sources": '{"title": {"from": ["heading"]}}'}, {"sources": {"title": {"from": ["heading"]}}}),
        ({"sources": "the harbour office"}, {"sources": "the harbour office"}),
        ([("a", "b")], {"a": "b"}),
    ],
)
def test_what_metadata_states(value: Any, expected: dict[str, Any]) -> None:
    assert stated(value) == expected
