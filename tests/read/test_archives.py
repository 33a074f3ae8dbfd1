"""zip and tar: members are read one at a time by their suffix, and a bad one fails alone."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from cleaner.data import Document, Failure
from cleaner.read import inputs, raws
from cleaner.read.limits import MAX_BYTES

MEMBERS = {
    "b.txt": b"One.",
    "news/a.html": b"<html><body><p>The mayor opened the new bridge on Tuesday.</p></body></html>",
    "news/c.jsonl": b'{"id": "x", "text": "Two."}\n{oops\n',
    "news/d.txt.gz": gzip.compress(b"Three."),
    "picture.png": b"\x89PNG",
    ".hidden/e.txt": b"Hidden.",
    "__MACOSX/b.txt": b"Hidden.",
    "table.csv": b"text\nFour.\n",
}


def make(path: Path, members: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return path
    mode = {".tgz": "w:gz", ".gz": "w:gz", ".xz": "w:xz", ".tar": "w"}[path.suffix]
    with tarfile.open(path, mode) as tar:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(link)
    return path


def brief(path: Path) -> list[tuple[str, str]]:
    return [(one.id, one.text if isinstance(one, Document) else one.reason.split(";")[0]) for one in inputs(path)]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz", "a.tar.gz", "a.tar.xz"])
def test_members_by_their_suffix(tmp_path: Path, name: str) -> None:
    assert brief(make(tmp_path / name, MEMBERS)) == [
        (f"{name}/b.txt", "One."),
        (f"{name}/news/a.html", "The mayor opened the new bridge on Tuesday."),
        ("x", "Two."),
        (f"{name}/news/c.jsonl:2", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        (f"{name}/news/d.txt.gz", "Three."),
        (f"{name}/table.csv:2", "Four."),
    ]


def test_a_member_knows_its_path(tmp_path: Path) -> None:
    found = [raw for raw in raws(make(tmp_path / "a.zip", {"../../b.txt": b"One."})) if not isinstance(raw, Failure)]
    assert [(raw.name, raw.place) for raw in found] == [("a.zip/../../b.txt", f"{tmp_path}/a.zip/../../b.txt")]


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    make(tmp_path / "in.zip", MEMBERS)
    outer = make(tmp_path / "a.tar", {"in.zip": (tmp_path / "in.zip").read_bytes(), "b.txt": b"One."})
    assert brief(outer) == [("a.tar/b.txt", "One.")]


def test_a_bad_member_fails_alone(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", {"a.txt": b"One.", "b.txt": b"The ferry sails on Friday.", "c.txt": b"Three."})
    data = bytearray(path.read_bytes())
    at = data.index(b"b.txt") + 5
    data[at : at + 6] = bytes(6)
    path.write_bytes(data)
    first, second, third = inputs(path)
    assert isinstance(second, Failure)
    assert second.reason.startswith("cannot be unpacked: ")
    assert [one.id for one in (first, second, third)] == ["a.zip/a.txt", "a.zip/b.txt", "a.zip/c.txt"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tgz"])
def test_an_archive_that_breaks_off(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, {f"{n}.txt": str(hash(str(n)) ** 50).encode() for n in range(50)})
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *others, failure = inputs(path)
    assert not any(isinstance(one, Failure) for one in others[:-1])  # the last one may be the member that is cut
    assert isinstance(failure, Failure)
    assert "mend: fetch or write the file again" in failure.reason


def test_what_a_member_swells_to_is_bounded(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", {"a.txt": b" " * (MAX_BYTES + 1), "b.txt": b"One."})
    assert path.stat().st_size < 100_000
    assert brief(path) == [("a.zip/a.txt", "larger than 16 MiB unpacked"), ("a.zip/b.txt", "One.")]


def test_an_archive_without_articles(tmp_path: Path) -> None:
    ((_, reason),) = brief(make(tmp_path / "a.zip", {"x.png": b"x"}))
    assert reason.startswith("no articles in this archive")
