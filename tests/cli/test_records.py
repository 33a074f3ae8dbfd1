"""Records to JSON lines, CSV, Parquet; from tables, crawls and archives; into one file, shards or a folder."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import lines, rows, write
from ferry import BODY, NOISY

from cleaner import Metadata
from cleaner.cli import planning
from cleaner.cli.guard import UnsafeNameError, safe
from cleaner.storage import unpack

Run = Callable[..., Any]
WHEN = datetime.datetime(2025, 3, 14, 9, 26, 53, 589, tzinfo=datetime.UTC)
METADATA = list(Metadata.__slots__)


@pytest.fixture
def table(tmp_path: Path) -> pa.Table:
    schema = pa.schema(
        {
            "id": pa.int64(),
            "body": pa.large_string(),
            "when": pa.timestamp("ns", "UTC"),
            "tags": pa.list_(pa.string()),
            "source": pa.dictionary(pa.int8(), pa.string()),
            "point": pa.struct({"x": pa.float32()}),
            "raw": pa.binary(),
        },
        metadata={"made": "by hand", "huggingface": "{}"},
    )
    values = [
        {"id": 1, "body": NOISY, "when": WHEN, "tags": ["a"], "source": "web", "point": {"x": 0.5}, "raw": b"\xff"},
        {"id": 2, "body": None, "when": None, "tags": None, "source": None, "point": None, "raw": None},
        {"id": 3, "body": BODY, "when": WHEN, "tags": [], "source": "web", "point": {"x": None}, "raw": b""},
    ]
    found = pa.Table.from_pylist(values, schema)
    pq.write_table(found, tmp_path / "in.parquet", row_group_size=2)
    return found


def test_parquet_keeps_schema_and_columns(run: Run, tmp_path: Path, table: pa.Table) -> None:
    result = run("clean", "in.parquet", "-o", "out.parquet", "--text-field", "body")
    assert result.exit_code == 1
    out = pq.read_table(tmp_path / "out.parquet")
    for name in ("id", "when", "tags", "source", "point", "raw"):
        assert out.schema.field(name).type == table.schema.field(name).type
        assert out.column(name).to_pylist() == table.column(name).to_pylist()
    assert out.schema.names == [
        "id", "text", "when", "tags", "source", "point", "raw", "metadata", "removals", "status", "ruleset", "error",
        "place", "notes",
    ]  # fmt: skip
    assert out.schema.metadata == {b"made": b"by hand"}
    first, second, third = out.to_pylist()
    assert (first["text"], first["status"], third["text"]) == (BODY, "ok", BODY)
    known = {"authors": [], "agencies": [], "tags": [], "language": "en"}
    assert first["metadata"] == {**dict.fromkeys(METADATA), **known}
    assert first["removals"] == [
        {
            "start": len(BODY) + 2, "end": len(NOISY) - 1, "text": "Subscribe to our newsletter",
            "rule": "newsletter-heading", "category": "newsletter",
            "also_matched": first["removals"][0]["also_matched"],
        }
    ]  # fmt: skip
    assert (second["text"], second["status"], second["place"]) == (None, "error", "in.parquet:2")
    assert second["error"] == '"body" is null; mend: leave the record out, or give it its text'
    (error,) = lines(tmp_path / "out.parquet.errors.jsonl")
    assert (error["id"], json.loads(error["raw"])["id"]) == ("2", 2)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_what_is_no_number_in_json_becomes_null(run: Run, tmp_path: Path, form: str) -> None:
    metadata = '{"depth": NaN, "section": -Infinity}'
    line = f'{{"text": {json.dumps(BODY)}, "n": 1e400, "m": [1.5, NaN], "metadata": {metadata}}}'
    (tmp_path / "in.jsonl").write_text(line, encoding="utf-8")
    assert run("clean", "in.jsonl", "-o", f"out.{form}").exit_code == 0
    run("clean", f"out.{form}", "-o", "again.jsonl")
    said = (tmp_path / "again.jsonl").read_text("utf-8")
    (row,) = [json.loads(line, parse_constant=pytest.fail) for line in said.splitlines()]
    found = {**row, **json.loads(row.pop("extra", "{}"), parse_constant=pytest.fail)}
    assert (found["n"], found["m"]) == (None, [1.5, None])
    notes = [f"{number} is no number in JSON: null instead" for number in ("1e400", "NaN", "-Infinity")]
    assert found["notes"] == notes


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "jsonl.gz"])
def test_an_empty_shard_is_no_fault(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "none.jsonl").write_text("", encoding="utf-8")
    for out in (f"in/empty.{form}", f"twice.{form}", "mirrored/", f"shards/ --to {form}"):
        result = run("clean", "in" if out.endswith("/") else "in/none.jsonl", "-o", *out.split())
        assert (result.exit_code, "0 documents, 0 % removed, 0 errors" in result.stderr) == (0, True), out
    before = (tmp_path / f"in/empty.{form}").read_bytes()
    assert (tmp_path / f"twice.{form}").read_bytes() == before
    names = {"none.jsonl", *([] if form == "csv" else [f"empty.{form}"])}
    assert {path.name for path in (tmp_path / "mirrored").iterdir()} == names
    result = run("clean", f"in/empty.{form}", "--in-place")
    assert (result.exit_code, (tmp_path / f"in/empty.{form}").read_bytes()) == (0, before)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_a_key_whose_place_cleaning_takes_is_told(run: Run, tmp_path: Path, form: str) -> None:
    rows = [{"text": BODY, "status": "published", "ruleset": "x" * 99}, {"text": BODY, "status": None}, {"text": BODY}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = run("clean", "in.jsonl", "-o", f"out.{form}")
    assert (result.exit_code, "keys of 1 replaced (see their notes)" in result.stderr) == (0, True)
    result = run("clean", f"out.{form}", "-o", "again.jsonl")
    assert "replaced" not in result.stderr
    told = [json.loads(line) for line in (tmp_path / "again.jsonl").read_text("utf-8").splitlines()]
    assert told[0]["notes"] == [
        '"status" was "published": replaced by what cleaning gives',
        f'"ruleset" was "{"x" * 58}…: replaced by what cleaning gives',
    ]
    assert [row["status"] for row in told] == ["ok"] * 3
    assert not any(row.get("notes") for row in told[1:])


def test_cleaned_parquet_is_input_again(run: Run, tmp_path: Path, table: pa.Table) -> None:
    run("clean", "in.parquet", "-o", "once.parquet", "--text-field", "body")
    once = pq.read_table(tmp_path / "once.parquet")
    pq.write_table(once.filter(pa.compute.equal(once["status"], "ok")), tmp_path / "once.parquet")
    assert run("clean", "once.parquet", "-o", "twice.parquet").exit_code == 0
    twice = pq.read_table(tmp_path / "twice.parquet")
    assert twice.schema.names == once.schema.names
    assert twice.column("text").to_pylist() == [BODY, BODY]
    assert twice.column("metadata").to_pylist()[0]["language"] == "en"


def test_parquet_in_place_and_in_a_folder(run: Run, tmp_path: Path, table: pa.Table) -> None:
    pq.write_table(table.slice(0, 1).rename_columns(["id", "text", *table.schema.names[2:]]), tmp_path / "a.parquet")
    assert run("clean", "a.parquet", "-o", "out/").exit_code == 0
    assert run("clean", "a.parquet", "--in-place").exit_code == 0
    for path in (tmp_path / "a.parquet", tmp_path / "out" / "a.parquet"):
        assert pq.read_table(path).column("text").to_pylist() == [BODY]


def test_between_json_lines_and_parquet(run: Run, tmp_path: Path) -> None:
    source = [
        {"id": "a", "text": NOISY, "metadata": {"title": "Ferry", "desk": "north"}, "score": 3, "extra": "own"},
        {"id": "b", "text": "Lone \ud800 surrogate and a ferry.", "score": [1, None]},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in source), encoding="utf-8")
    assert run("clean", "in.jsonl", "-o", "out.parquet").exit_code == 0
    first, second = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert (first["text"], first["metadata"]["title"]) == (BODY, "Ferry")
    assert json.loads(first["metadata"]["extra"]) == {"desk": "north"}
    assert json.loads(first["extra"]) == {"score": 3, "extra": "own"}
    assert (second["text"], json.loads(second["extra"])) == ("Lone \ufffd surrogate and a ferry.", {"score": [1, None]})
    assert run("clean", "out.parquet", "--to", "jsonl", "-o", "back.jsonl").exit_code == 0
    assert lines(tmp_path / "back.jsonl")[0]["metadata"]["desk"] == "north"
    assert [row["text"] for row in lines(tmp_path / "back.jsonl")] == [BODY, "Lone \ufffd surrogate and a ferry."]


def test_metadata_of_a_page_goes_through_parquet_and_back(run: Run, tmp_path: Path) -> None:
    head = (
        "<title>The ferry sails again</title><meta name='author' content='Edna Pryce'>"
        "<meta property='article:section' content='Coast'><meta property='article:tag' content='ferries'>"
        "<meta property='article:modified_time' content='2025-03-14T09:26:53Z'>"
        "<script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "The ferry sails again", "isAccessibleForFree": false}</script>'
    )
    page = (
        f"<html><head>{head}</head><body><article><h1>The ferry sails again</h1><p>{BODY}</p></article></body></html>"
    )
    rows = [{"id": "a", "html": page, "metadata": {"desk": "north", "depth": {"m": [1, 2]}}}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for source, out in (("in.jsonl", "a.jsonl"), ("in.jsonl", "a.parquet"), ("a.parquet", "b.parquet")):
        assert run("clean", source, "-o", out).exit_code == 0
    assert run("clean", "a.parquet", "--to", "jsonl", "-o", "b.jsonl").exit_code == 0
    (row,) = pq.read_table(tmp_path / "a.parquet").to_pylist()
    (record,) = lines(tmp_path / "a.jsonl")
    said = row["metadata"]
    assert (said["section"], said["tags"], said["paywalled"]) == ("Coast", ["ferries"], True)
    assert said["modified"].startswith("2025-03-14")
    assert json.loads(said["sources"]) == record["metadata"]["sources"] != {}
    assert json.loads(said["extra"]) == {"desk": "north", "depth": {"m": [1, 2]}}
    assert lines(tmp_path / "b.jsonl")[0]["metadata"] == record["metadata"]
    assert pq.read_table(tmp_path / "b.parquet").column("metadata").to_pylist() == [said]


def test_many_parquet_files_into_shards(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    found = list(rows(60))
    pq.write_table(pa.Table.from_pylist(found[:30]), tmp_path / "in" / "a.parquet")
    pq.write_table(pa.Table.from_pylist([{**row, "more": "x"} for row in found[30:]]), tmp_path / "in" / "b.parquet")
    result = run("clean", "in", "-o", "out/", "--to", "parquet", "--shard-size", "2KB")
    assert result.exit_code == 0, result.stderr
    shards = sorted((tmp_path / "out").glob("part-*.parquet"))
    assert len(shards) > 2
    out = pa.concat_tables([pq.read_table(path) for path in shards])
    assert out.column("id").to_pylist() == [f"r{n}" for n in range(60)]
    assert (out.column("n").type, out.column("more").to_pylist()) == (pa.int64(), [None] * 30 + ["x"] * 30)
    assert run("clean", "in", "-o", "one.parquet", "--shard-size", "2KB").exit_code == 0
    assert pq.read_table(tmp_path / "one.parquet").equals(out)


def test_parquet_columns_that_do_not_go_together(run: Run, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [BODY], "n": [1]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": [BODY], "n": ["x"]}), tmp_path / "b.parquet")
    result = run("clean", "a.parquet", "b.parquet", "-o", "out.parquet")
    assert (result.exit_code, "mend: clean them apart" in result.stderr) == (2, True)


def test_packed_records_to_standard_output(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 3)
    plain = run("clean", "in.jsonl", "--to", "jsonl", "-q").stdout_bytes
    assert gzip.decompress(run("clean", "in.jsonl", "--to", "jsonl.gz", "-q").stdout_bytes) == plain
    packed = io.BytesIO(run("clean", "in.jsonl", "--to", "jsonl.zst", "-q").stdout_bytes)
    assert unpack(packed, ".zst").read() == plain


def test_packed_records_are_nothing_for_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "is_terminal", lambda _: True)
    write(tmp_path / "in.jsonl", 1)
    result = run("clean", "in.jsonl", "--to", "jsonl.gz")
    assert (result.exit_code, "mend: --to jsonl, a pipe, or -o OUT.jsonl.gz" in result.stderr) == (2, True)


def test_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f'nr,body,title\r\n7,"{NOISY}",Own\r\n8\r\n', encoding="utf-8")
    fields = ["--text-field", "body", "--id-field", "nr"]
    assert run("clean", "in.csv", "-o", "out.csv", *fields).exit_code == 1
    first, second = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8")))
    assert (first["id"], first["text"], first["title"], first["nr"]) == ("7", BODY, "Own", "7")
    assert (first["metadata.language"], first["metadata.title"], first["status"]) == ("en", "", "ok")
    assert json.loads(first["removals"])[0]["category"] == "newsletter"
    assert (second["id"], second["status"], second["place"]) == ("in.csv:8", "error", "in.csv:8")
    assert run("clean", "in.csv", "-o", "out.tsv.gz", *fields).exit_code == 1
    assert gzip.decompress((tmp_path / "out.tsv.gz").read_bytes()).startswith(b"id\ttext\tmetadata.title\t")
    write(tmp_path / "in.jsonl", 3)
    assert run("clean", "in.jsonl", "-o", "lines.csv").exit_code == 0
    found = list(csv.DictReader(io.StringIO((tmp_path / "lines.csv").read_text(encoding="utf-8"))))
    assert [json.loads(row["extra"]) for row in found] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert run("clean", "in.jsonl", "--to", "tsv").stdout.startswith("id\ttext\t")


def test_a_crawl(run: Run, tmp_path: Path) -> None:
    page = f"<html><body><article><p>{BODY}</p><p>Subscribe to our newsletter</p></article></body></html>".encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
        "WARC-Target-URI: https://a.example/x\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    (row,) = map(json.loads, run("clean", "a.warc.gz").stdout.splitlines())
    assert (row["id"], row["crawl_date"]) == ("urn:uuid:1", "2024-03-05T10:00:00Z")
    assert row["metadata"]["url"] == "https://a.example/x"
    assert "The ferry" in row["text"]
    assert "newsletter" not in row["text"]
    assert run("clean", "a.warc.gz", "-o", "out/").exit_code == 0
    assert json.loads(gzip.decompress((tmp_path / "out" / "a.jsonl.gz").read_bytes())) == row
    result = run("clean", "a.warc.gz", "--in-place")
    assert (result.exit_code, "cannot be changed in place" in result.stderr) == (2, True)


def test_an_archive_into_a_folder(run: Run, tmp_path: Path) -> None:
    names = ["a.txt", "sub/b.html", "../up.txt", "/etc/abs.txt", "sub/../../up.txt", "c:\\win.txt", "nul.txt", "a.txt"]
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for name in [*names, "rows.jsonl"]:
            data = b'{"id": "x", "text": "The ferry sails."}\n' if name == "rows.jsonl" else NOISY.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    result = run("clean", "a.tar.gz", "-o", "deep/out/", "--to", "body")
    assert result.exit_code == 1
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert written == [
        "a.tar.gz", "deep/out.errors.jsonl", "deep/out/a.jsonl", "deep/out/a.tar.gz/a.txt",
        "deep/out/a.tar.gz/sub/b.txt",
    ]  # fmt: skip
    reasons = [error["reason"] for error in lines(tmp_path / "deep" / "out.errors.jsonl")]
    assert len(reasons) == len(names) - 2
    wrong = {'it holds ".."': 2, "it begins at the root": 1, "it has a folder without": 1, '"nul.txt" is a device': 1}
    assert {why: sum(f"not a name for a file: {why}" in reason for reason in reasons) for why in wrong} == wrong
    assert sum("was written for another one" in reason for reason in reasons) == 1
    rows = list(map(json.loads, run("clean", "a.tar.gz").stdout.splitlines()))
    assert [row["status"] for row in rows] == ["ok"] * 9


@pytest.mark.parametrize("name", ["a.txt", "sub/a..b.txt", "sub/con-air.txt", "…/Ünal.txt", "console/aux1.txt"])
def test_names_that_are_safe(name: str) -> None:
    assert str(safe(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/../../b",
        "/a",
        "a//b",
        "\\a",
        "a\\..\\b",
        "C:/a",
        "x/c:a",
        "a/CON",
        "aux.txt",
        "COM1.txt.gz",
        "a\0b",
        "nul ",
    ],
)
def test_names_that_are_not(name: str) -> None:
    with pytest.raises(UnsafeNameError):
        safe(name)


def test_forms_that_are_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dump").write_text("".join(json.dumps({"page": f"<p>{NOISY}</p>", "link": "https://a.example"}) + "\n"))
    fields = ["--html-field", "page", "--url-field", "link"]
    (row,) = map(json.loads, run("clean", "dump", "--from", "jsonl", *fields, "--to", "jsonl").stdout.splitlines())
    assert (row["metadata"]["url"], "page" in row) == ("https://a.example", False)
    assert "The ferry" in row["text"]


def test_a_zip_of_texts_to_standard_output(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", NOISY)
        archive.writestr("b.txt", BODY)
    rows = list(map(json.loads, run("clean", "a.zip").stdout.splitlines()))
    assert [(row["id"], row["text"]) for row in rows] == [("a.zip/a.txt", BODY), ("a.zip/b.txt", BODY)]


def test_a_package_that_is_missing_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in.jsonl", 2)
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    (tmp_path / "in.warc").write_bytes(b"WARC/1.0\r\n")
    for module in ("pyarrow.parquet", "fastwarc"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    for source, out, package in (
        ("in.jsonl", "out.parquet", "pyarrow"),
        ("in.parquet", "out.jsonl", "pyarrow"),
        ("in.warc", "out.jsonl", "fastwarc"),
    ):
        result = run("clean", source, "-o", out)
        assert result.exit_code == 1
        assert f"needs the package {package}, which cannot be imported" in result.stderr
        assert f"; mend: pip install {package}\n" in result.stderr
