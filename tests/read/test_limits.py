"""Bombs: packed files, pages, records and headers end in an error, in bounded memory and time."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.data import Document, Failure
from cleaner.read.document import attempt
from cleaner.read.files import Reading, inputs
from cleaner.read.raw import bounded
from cleaner.read.records import MAX_DEPTH, records
from cleaner.read.sniff import is_html

LIMIT = 2_000


def reasons(path: Path) -> list[str]:
    return [read.reason if isinstance(read, Failure) else "" for read in inputs(path, Reading(max_bytes=LIMIT))]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz", "a", "a.gz"])
def test_what_is_as_large_as_may_be_is_read(tmp_path: Path, name: str) -> None:
    data = (b"The ferry sails. " * 200)[:LIMIT]
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert reasons(tmp_path / name) == [""]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz", "a", "a.gz"])
def test_what_is_larger_is_an_error(tmp_path: Path, name: str) -> None:
    data = (b"The ferry sails. " * 200)[: LIMIT + 1]
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (reason,) = reasons(tmp_path / name)
    assert reason == "larger than 2,000 bytes unpacked; mend: split it, or raise max-bytes in the settings"


def test_a_record_that_is_too_large_does_not_hide_the_others(tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(n), "text": "x" * (LIMIT if n == 1 else 9)}) for n in range(3)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    read = list(inputs(tmp_path / "a.jsonl.gz", Reading(max_bytes=LIMIT)))
    assert [type(item) for item in read] == [Document, Failure, Document]
    assert "larger than" in read[1].reason  # type: ignore[union-attr]
    assert [item.id for item in read][::2] == ["0", "2"]


def test_blank_lines_without_end(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\n" * (LIMIT + 2))
    assert "larger than" in reasons(tmp_path / "a")[0]


def test_one_line_of_utf_16_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(('{"text": "' + "x" * 200_000).encode("utf-16"))
    assert "larger than" in " ".join(reasons(tmp_path / "a.jsonl"))


@pytest.mark.parametrize(("limit", "read"), [(0, (b"", True)), (3, (b"abc", True)), (4, (b"abcd", False))])
def test_a_bound_on_what_is_read(limit: int, read: tuple[bytes, bool]) -> None:
    assert bounded(io.BytesIO(b"abcd"), limit) == read


@pytest.mark.parametrize(("suffix", "head"), [(".csv", "text"), (".jsonl", '{"text": "x"}')])
def test_a_line_as_long_as_may_be(tmp_path: Path, suffix: str, head: str) -> None:
    fits = "x" * (LIMIT - 1) if suffix == ".csv" else f'{{"text": "{"x" * (LIMIT - 13)}"}}'
    (tmp_path / f"a{suffix}").write_text(f"{head}\n{fits}\n{fits[:9]}{fits[8:]}\n", encoding="utf-8")
    *read, last = reasons(tmp_path / f"a{suffix}")
    assert (set(read), last[:11]) == ({""}, "larger than")


@pytest.mark.parametrize("value", ['{"a": ' * 200 + "1" + "}" * 200, "[" * 300 + "]" * 300])
def test_metadata_nested_without_end(value: str) -> None:
    (read,) = records(io.BytesIO(f'{{"text": "x", "metadata": {{"deep": {value}}}}}'.encode()), "a", "a")
    assert isinstance(read, Failure)
    assert "nested too deeply" in read.reason


def test_metadata_nested_as_deep_as_may_be() -> None:
    value = "[" * (MAX_DEPTH - 3) + "]" * (MAX_DEPTH - 3)
    (read,) = records(
        io.BytesIO(f'{{"text": "x", "metadata": {{"deep": {value}}}, "s": "{"[" * 200}"}}'.encode()), "a", "a"
    )
    assert isinstance(read, Document)


PAGES = {
    "tags": "<html><body>" + "<p>x</p>" * 60_000,
    "attributes": "<html><body><p " + " ".join(f"a{n}=1" for n in range(9_000)) + ">x</p>",
}


@pytest.mark.parametrize("kind", PAGES)
def test_pages_that_keep_a_parser_busy(kind: str) -> None:
    read = attempt(PAGES[kind], "a.html", id="a", kind="html")
    assert isinstance(read, Failure)
    assert "mend: leave" in read.reason


def test_a_page_with_much_in_few_attributes_is_read() -> None:
    data = " ".join(f"word{n} 'x" for n in range(9_000))
    page = f'<html><body><p data-x="{data}">The ferry sails.</p><script>if (a <b) {{ {data} }}</script></body></html>'
    assert isinstance(attempt(page, "a.html", id="a", kind="html"), Document)


@pytest.mark.parametrize(
    "piece", ["<script>", "<head>", "<!--", "<p ", "</p", "<style></style", "<html>", "<!doctype html "]
)
def test_telling_pages_takes_time_by_length(piece: str) -> None:
    begun = time.monotonic()
    is_html("<p>x</p>" * 3 + piece * 60_000)
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(sys.platform != "linux", reason="limits of address space are Linux's")
@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.html.gz"])
def test_a_gzip_bomb_in_bounded_memory(tmp_path: Path, name: str) -> None:
    """600 MB in 600 KB; the process may take 1.5 GB of addresses, of which libraries take most."""
    with gzip.open(tmp_path / name, "wb", compresslevel=1) as bomb:
        for _ in range(600):
            bomb.write(b" " * 999_999 + b"x")
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1536 << 20,) * 2)\n"
        f"sys.argv = ['cleaner', 'check', {name!r}]\nfrom cleaner.__main__ import main; main()"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "larger than 16 MiB unpacked" in done.stderr) == (1, True), done.stderr
