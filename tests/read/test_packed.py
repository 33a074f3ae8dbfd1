"""Packed files: all four kinds, several parts in a row, and what breaks off or is too long."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from cleaner.data import Document, Failure
from cleaner.read import Reading, Source, find, inputs
from cleaner.read.limits import MAX_BYTES
from cleaner.storage import pack, unpack

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".zst": zstd.compress, ".bz2": bz2.compress, ".xz": lzma.compress,
}  # fmt: skip


def lines(count: int) -> bytes:
    return b"".join(
        json.dumps({"id": f"r{n}", "text": f"{hash((n, 'salt'))} {n**7}" * 9}).encode() + b"\n" for n in range(count)
    )


def ids(path: Path) -> list[str]:
    return [one.id for one in inputs(path)]


@pytest.mark.parametrize("packing", PACK)
def test_standard_input_may_be_packed(monkeypatch: pytest.MonkeyPatch, packing: str) -> None:
    for data, wanted in ((lines(3), ["r0", "r1", "r2"]), (b"The ferry sails.\n", ["stdin"])):
        packed = io.BufferedReader(io.BytesIO(PACK[packing](data)))  # type: ignore[arg-type]  # a raw stream will do
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(packed))
        assert ids(Path("-")) == wanted
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"BZhis a word.\n"))))  # type: ignore[arg-type]
    assert ids(Path("-")) == ["stdin"]


@pytest.mark.parametrize("packing", PACK)
def test_parts_in_a_row_are_read_to_the_end(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.jsonl{packing}"
    path.write_bytes(PACK[packing](lines(3)) + PACK[packing](lines(2)))
    assert ids(path) == ["r0", "r1", "r2", "r0", "r1"]
    text = tmp_path / f"a.txt{packing}"
    text.write_bytes(PACK[packing](b"One."))
    assert [one.text for one in inputs(text) if isinstance(one, Document)] == ["One."]


@pytest.mark.parametrize("packing", PACK)
def test_one_that_breaks_off_gives_its_complete_lines_and_a_failure(tmp_path: Path, packing: str) -> None:
    data = PACK[packing](lines(4000))
    path = tmp_path / f"a.jsonl{packing}"
    path.write_bytes(data[: len(data) * 2 // 3])
    *documents, failure = inputs(path)
    assert all(isinstance(one, Document) for one in documents)
    assert packing in (".xz", ".bz2") or len(documents) > 500
    assert isinstance(failure, Failure)
    assert failure.place == f"{path}:{len(documents) + 1}"
    assert failure.reason.startswith("breaks off in or after this line: ")


@pytest.mark.parametrize("packing", PACK)
def test_packed_in_name_only(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.txt{packing}"
    path.write_bytes(b"just text, and a good deal more of it")
    (failure,) = inputs(path)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("not a whole ")


@pytest.mark.parametrize("packing", PACK)
def test_the_same_bytes_however_they_are_handed_over(packing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.storage.packed.PIECE", 100_000)
    data = lines(2_000)
    packed = []
    for step in (997, 150_000, len(data)):
        out = io.BytesIO()
        stream = pack(out, packing)
        for start in range(0, len(data), step):
            stream.write(data[start : start + step])
        stream.close()
        packed.append(out.getvalue())
    assert packed[0] == packed[1] == packed[2]
    assert unpack(io.BytesIO(packed[0]), packing).read() == data


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_line_that_is_too_long_fails_alone(tmp_path: Path, codec: str) -> None:
    long = "x" * 300_010
    text = f'{{"id": "a", "text": "One."}}\n{{"id": "b", "text": "{long}"}}\n{{"id": "c", "text": "Three."}}\n'
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(text.encode(codec), 1))
    first, second, third = inputs(path, Reading(max_bytes=300_000))
    assert (first.id, third.id) == ("a", "c")
    reason = "larger than 300,000 bytes unpacked; mend: split it, or raise max-bytes in the settings"
    assert second == Failure("a.jsonl.gz:2", f"{path}:2", reason)


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"x" * (MAX_BYTES + 1), 1))
    (failure,) = inputs(tmp_path / "a.txt.gz")
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("larger than 16 MiB")


def test_a_form_that_is_said_goes_before_the_name(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"text\tn\nOne.\t1\n")
    assert [one.text for one in inputs(tmp_path / "dump", Reading(suffix=".tsv")) if isinstance(one, Document)] == [
        "One."
    ]


def test_addresses() -> None:
    import fsspec

    fs = fsspec.filesystem("memory")
    fs.pipe("/news/sub/b.jsonl.gz", gzip.compress(lines(2)))
    fs.pipe("/news/a.txt", b"One.")
    fs.pipe("/news/x.png", b"x")
    found = list(find(["memory://news", "memory://news/*.txt", "memory://gone.txt"]))
    assert [(one.name, one.url) for one in found if isinstance(one, Source)] == [
        ("a.txt", "memory:///news/a.txt"), ("sub/b.jsonl.gz", "memory:///news/sub/b.jsonl.gz"),
    ]  # fmt: skip
    assert [one.reason.partition(";")[0] for one in found if isinstance(one, Failure)] == [
        "no articles at this address"
    ]
    assert [one.id for source in found if isinstance(source, Source) for one in inputs(source)] == ["a.txt", "r0", "r1"]
    (failure,) = find(["nothing-known://a/b.txt"])
    assert isinstance(failure, Failure)
    assert "mend: check the address" in failure.reason
    fs.rm("/news", recursive=True)
