"""Files, and standard input, to documents. Every bad input is a `Failure` with its place, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.data import Document, Failure
from cleaner.read import STDIN, Fields, Reading, Source, inputs
from cleaner.read.records import records

Write = Callable[[str, "str | bytes"], Source]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, data: str | bytes) -> Source:
        data = data.encode() if isinstance(data, str) else data
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return Source(path, f"sub/{name}")

    return put


def brief(read: Iterator[Document | Failure]) -> list[str]:
    """Ids of documents; places (last part) and reasons of failures."""
    return [
        item.id if isinstance(item, Document) else f"{item.place.rsplit('/', 1)[-1]}: {item.reason}" for item in read
    ]


def only(read: Iterator[Document | Failure]) -> Document:
    items = list(read)
    assert len(items) == 1
    assert isinstance(items[0], Document), items[0]
    return items[0]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TEXT", "a.markdown", "a.txt.gz", "a.log", "noname"])
def test_a_text_file(write: Write, name: str) -> None:
    assert only(inputs(write(name, "One.\r\n\r\nTwo.\n"))) == Document(f"sub/{name}", "One.\r\n\r\nTwo.\n")


def test_a_text_file_stays_text_by_its_suffix(write: Write) -> None:
    assert only(inputs(write("a.txt", "<p>One</p>"))).text == "<p>One</p>"


def test_a_path_is_named_by_its_last_part(write: Write) -> None:
    path = write("a.txt", "One.").path
    assert only(inputs(path)).id == only(inputs(str(path))).id == "a.txt"


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml", "a.html.gz", "page"])
def test_a_page(write: Write, name: str) -> None:
    page = "<html><body><p>The mayor opened the new bridge on Tuesday.</p></body></html>"
    read = only(inputs(write(name, page)))
    assert (read.kind, read.text) == ("html", "The mayor opened the new bridge on Tuesday.")


def test_a_text_in_another_encoding_has_a_note(write: Write) -> None:
    assert only(inputs(write("a.txt", "Schöne Brücke".encode("cp1252")))).notes == ("decoded as windows-1252",)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "dump"])
def test_json_lines(write: Write, name: str) -> None:
    lines = ['{"id": "x", "text": "One."}', "", '{"text": "Two."}', "  ", '{"id": 7, "text": ""}']
    for end in ("\n", "\r\n"):
        for mark in ("", "\ufeff"):
            read = inputs(write(name, mark + end.join(lines) + end))
            assert brief(read) == ["x", f"sub/{name}:3", "7"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["a.jsonl", "dump"])
def test_json_lines_of_windows_tools(write: Write, codec: str, name: str) -> None:
    read = list(inputs(write(name, '{"text": "Brücke ଊ"}\r\n{"text": "Zwei"}\r\n'.encode(codec))))
    assert [item.text for item in read if isinstance(item, Document)] == ["Brücke ଊ", "Zwei"]


def record(found: dict[str, Any]) -> Document | Failure:
    line = json.dumps(found, ensure_ascii=False).encode()
    (read,) = records(io.BytesIO(line), "a.jsonl", "a.jsonl")
    return read


def test_a_record_s_keys() -> None:
    assert record(
        {
            "id": 12,
            "text": "One.",
            "url": "https://a.example",
            "language": "de",
            "metadata": {"title": "T", "authors": ["mk"], "k": [1]},
            "score": 0.5,
            "status": "draft",
        }
    ) == Document(
        "12",
        "One.",
        url="https://a.example",
        language="de",
        metadata={"title": "T", "authors": ["mk"], "k": [1]},
        extra={"score": 0.5, "status": "draft"},
        notes=('"status" was "draft": replaced by what cleaning gives',),
    )


def test_a_cleaned_record_is_input_again() -> None:
    cleaned = {
        "id": "a",
        "text": "One.",
        "metadata": {"title": "T", "url": None},
        "removals": [],
        "status": "ok",
        "ruleset": "0.1.0+abc",
        "score": 1,
        "notes": ["decoded as windows-1252"],
    }
    assert record(cleaned) == Document("a", "One.", metadata={"title": "T", "url": None}, extra={"score": 1})


def test_text_goes_before_html_and_null_is_nothing() -> None:
    both = record({"text": "One.", "html": "<p>Two.</p>"})
    assert both == Document("a.jsonl:1", "One.", extra={"html": "<p>Two.</p>"})
    html = record({"text": None, "html": "<p>Two of them were there.</p>", "id": None, "metadata": None})
    assert isinstance(html, Document)
    assert (html.id, html.kind, html.text, html.extra) == ("a.jsonl:1", "html", "Two of them were there.", {})


def test_odd_values_are_noted() -> None:
    read = record({"id": ["x"], "text": "One.", "url": 3, "language": {}, "metadata": "m"})
    assert isinstance(read, Document)
    assert (read.id, read.url, read.metadata, read.extra) == ("a.jsonl:1", None, {}, {})
    assert read.notes == (
        '"id" is a list: replaced by the place',
        '"url" is a number: not used',
        '"language" is an object: not used',
        '"metadata" is a string: not used',
    )


def test_a_line_in_another_encoding_is_noted(write: Write) -> None:
    read = only(inputs(write("a.jsonl", '{"text": "Schöne Brücke"}\n'.encode("cp1252"))))
    assert (read.text, read.notes) == ("Schöne Brücke", ("decoded as windows-1252",))


def test_lone_surrogates_are_read() -> None:
    (read,) = records(io.BytesIO(b'{"text": "a\\ud800b"}'), "a", "a")
    assert isinstance(read, Document)
    assert read.text == "a\ud800b"


MEND = "mend: one JSON object on each line"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "a"', f"not JSON: Expecting ',' delimiter at column 13; {MEND}"),
        ("plain words", f"not JSON: Expecting value at column 1; {MEND}"),
        ("[" * 100_000, f"not JSON: nested too deeply; {MEND}"),
        ("[1]", 'a list, not an object; mend: write {"text": …} or {"html": …}'),
        ('"x"', 'a string, not an object; mend: write {"text": …} or {"html": …}'),
        ("null", 'null, not an object; mend: write {"text": …} or {"html": …}'),
        ("true", 'true or false, not an object; mend: write {"text": …} or {"html": …}'),
        ('{"body": 1, "k": 2}', 'no "text" or "html"; keys: body, k; mend: name the text\'s key "text"'),
        ("{}", 'no "text" or "html"; keys: none; mend: name the text\'s key "text"'),
        ('{"text": null}', '"text" is null; mend: leave the record out, or give it its text'),
        ('{"text": 5}', '"text" is a number; mend: make it a string'),
        ('{"html": ["a"]}', '"html" is a list; mend: make it a string'),
    ],
)
def test_a_bad_line_is_a_failure_and_the_rest_goes_on(write: Write, line: str, reason: str) -> None:
    read = inputs(write("a.jsonl", f'{{"text": "One."}}\n{line}\n\n{{"text": "Two."}}'))
    assert brief(read) == ["sub/a.jsonl:1", f"a.jsonl:2: {reason}", "sub/a.jsonl:4"]


def test_a_bad_record_keeps_its_id() -> None:
    failure = record({"id": "x", "text": 5})
    assert isinstance(failure, Failure)
    assert (failure.id, failure.place) == ("x", "a.jsonl:1")


def test_json_over_several_lines_is_one_failure(write: Write) -> None:
    for source in ('[\n  {"text": "a"}\n]\n', '{\n  "text": "a"\n}\n'):
        (line,) = brief(inputs(write("a.jsonl", source)))
        assert line.startswith("a.jsonl:1: JSON spread over several lines; mend: ")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz", "a"])
@pytest.mark.parametrize("data", ["", " \n\r\n"])
def test_an_empty_file(write: Write, name: str, data: str) -> None:
    assert brief(inputs(write(name, data))) == [f"{name}: empty file; mend: leave it out"]


@pytest.mark.parametrize("data", ["", "\n \n", "\ufeff"])
def test_json_lines_without_records_are_no_fault(write: Write, data: str) -> None:
    assert brief(inputs(write("a.jsonl", data))) == []


def noisy_lines(count: int) -> str:
    """Lines that gzip cannot pack into a few bytes."""
    return "".join(json.dumps({"id": f"r{n}", "text": f"{hash((n, 'salt'))} {n**7}" * 9}) + "\n" for n in range(count))


def test_a_truncated_gzip_delivers_its_complete_lines_and_then_fails(write: Write) -> None:
    source = write("a.jsonl.gz", noisy_lines(3_000))
    whole = source.path.read_bytes()
    source.path.write_bytes(whole[: len(whole) // 2])
    *documents, failure = inputs(source)
    assert len(documents) > 500
    assert [item.id for item in documents] == [f"r{n}" for n in range(len(documents))]
    assert isinstance(failure, Failure)
    assert failure.place == f"{source.path}:{len(documents) + 1}"
    assert failure.reason.startswith("breaks off in or after this line: Compressed file ended before")


def test_a_damaged_gzip_fails_at_a_line(write: Write) -> None:
    source = write("a.jsonl.gz", noisy_lines(3_000))
    data = bytearray(source.path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50] = bytes(50)
    source.path.write_bytes(data)
    *documents, failure = inputs(source)
    assert documents
    assert isinstance(failure, Failure)
    assert ":" in failure.place


def test_a_truncated_gzip_text_is_a_failure(write: Write) -> None:
    source = write("a.txt.gz", noisy_lines(50))
    source.path.write_bytes(source.path.read_bytes()[:200])
    (line,) = brief(inputs(source))
    assert line.startswith("a.txt.gz: not a whole gzip file: Compressed file ended")


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_gzip_in_name_only(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"just text")
    (failure,) = inputs(tmp_path / name)
    assert isinstance(failure, Failure)
    assert "Not a gzipped file" in failure.reason


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.epub.zst", "a.7z"])
def test_other_forms_are_named(write: Write, name: str) -> None:
    (line,) = brief(inputs(write(name, b"x")))
    assert "not supported" in line
    assert "mend: convert" in line
    assert ".jsonl" in line


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\0\0\0\rIHDR\0\0\1\0", b"PK\x03\x04...", b"\x1f\x8b\x08"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.bin"])
def test_what_is_no_text(write: Write, name: str, data: bytes) -> None:
    (line,) = brief(inputs(write(name, data)))
    assert line.startswith(f"{name}: not text; mend: readable are")


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a", "a.md.gz"])
@pytest.mark.parametrize(
    "data", ['[{"text": "One."}, {"text": "Two."}]\n', '\n{\n "title": "One"\n}', "[]", "[" * 9_999 + "]" * 9_999]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_no_article(write: Write, name: str, data: str, codec: str) -> None:
    (line,) = brief(inputs(write(name, data.encode(codec))))
    assert line.startswith(f"{name}: JSON, and no article; mend: write one object on each line (jq -c")


@pytest.mark.parametrize("data", ["[Editor's note: see below]", "[1] The ferry sails. [2]", "{{ quay }}", "[" * 99])
def test_text_in_brackets_is_text(write: Write, data: str) -> None:
    assert only(inputs(write("a.txt", data))).text == data


def test_json_that_was_said_to_be_a_text_is_one(write: Write) -> None:
    assert only(inputs(write("a.json", "[1]"), Reading(suffix=".txt"))).text == "[1]"


@pytest.mark.parametrize("name", ["a.json", "a"])
def test_records_with_fields_of_other_names_are_known_by_their_content(write: Write, name: str) -> None:
    source = write(name, '{"id": "x", "body": "One."}\n{"id": "y", "body": "Two."}\n')
    assert brief(inputs(source, Reading(Fields((("body", None),))))) == ["x", "y"]
    failed = write(name, '{"id": "x", "status": "error", "error": "why; mend: how"}\n{"id": "y", "text": "Two."}\n')
    assert brief(inputs(failed)) == [f"{name}:1: why; mend: how", "y"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
def test_random_bytes_are_no_text(write: Write, name: str) -> None:
    made = random.Random(1)
    for count in (5_000, 100_000):
        few_nuls = bytes(made.choice(range(256)) or made.choice(range(256)) for _ in range(count))
        (line,) = brief(inputs(write(name, few_nuls)))
        assert line.startswith(f"{name}: not text; mend: readable are")


@pytest.mark.parametrize(
    "data",
    [
        b"The ferry\x07 sails again on Friday, the harbour master said.",
        b"\x1b[1mThe ferry\x1b[0m sails, \x1b[31msaid\x1b[0m the harbour master.",
        b"F\bFE\bER\bRR\bRY\bY sails.",
        "Öl ΐ Привет".encode("utf-16-le"),
        "Схема движения паромов изменилась.".encode("koi8-r"),
        "渡船星期五重新开航。".encode("gb18030"),
        "フェリーは金曜日に再開する。".encode("cp932"),
        "Die Fähre fährt wieder – „endlich“.".encode("cp437", "replace"),
    ],
)
def test_a_text_with_strange_bytes_is_text(write: Write, data: bytes) -> None:
    assert only(inputs(write("a.txt", data))).text


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert brief(inputs(tmp_path / "gone.txt")) == ["gone.txt: no such file; mend: check the path"]
    (line,) = brief(inputs(tmp_path))
    assert "cannot be read: " in line


def test_an_unreadable_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (line,) = brief(inputs(Source(Path("a.txt"), "a.txt")))
    assert line == "a.txt: cannot be read: Permission denied; mend: check path and permissions"


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"One.\n\nTwo.\n", ["stdin"]),
        (b"<p>The mayor opened the new bridge.</p>", ["stdin"]),
        (b'\n\n{"text": "One."}\n{"id": "b", "text": "Two."}\n', ["stdin:3", "b"]),
        (b'\xef\xbb\xbf{"html": "<p>One of two</p>"}', ["stdin:1"]),
        (b'{"title": "not a record"}\nand text', ["stdin"]),
        (b"{curly} text", ["stdin"]),
        (b"", ["stdin: empty file; mend: leave it out"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    for source in (STDIN, "-", Path("-")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert brief(inputs(source)) == ids


class Counting(io.BytesIO):
    """Counts the lines that were read."""

    lines = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.lines += 1
        return super().readline(size)


def test_json_lines_are_streamed() -> None:
    stream = Counting(b'{"text": "a"}\n' * 1_000)
    read = records(stream, "a", "a")
    next(read)
    next(read)
    assert stream.lines <= 3
