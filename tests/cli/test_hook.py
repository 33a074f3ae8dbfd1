"""The hook: what it leaves alone, what it keeps of a file that it repairs, and when it fails."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

Run = Callable[..., Any]
OLD = 1_000_000_000
ACCENTS = NOISY.replace("The ferry", "Le ferry à Münster, « déjà »,")


def hook(run: Run, *more: str) -> Any:
    return run("clean", "--in-place", "--hook", *more)


@pytest.mark.parametrize(
    "content",
    [
        BODY.encode(),
        (BODY + "\n\n\n").encode(),
        codecs.BOM_UTF8 + BODY.replace("\n", "\r\n").encode(),
        (BODY + "  \n").encode("utf-16"),
        b"",
        b"\n",
        b"---\ncleaner: ignore\n---\n" + NOISY.encode(),
    ],
    ids=["no line end", "blank lines", "mark and CRLF", "UTF-16", "empty", "blank", "ignored"],
)
def test_a_file_without_noise_keeps_its_bytes_and_its_time(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    os.utime(path, (OLD, OLD))
    assert hook(run, "a.txt").exit_code == 0
    assert (path.read_bytes(), path.stat().st_mtime, os.listdir(tmp_path)) == (content, OLD, ["a.txt"])


@pytest.mark.parametrize("name", ["furniture.txt", "broken.txt"])
def test_what_is_better_left_alone_is_told_and_does_not_fail(run: Run, tmp_path: Path, name: str) -> None:
    contents = {
        "furniture.txt": b"Share this article\n\nAdvertisement\n",
        "broken.txt": NOISY.encode() + "süße Äpfel\n".encode() * 9 + b"\xc3(\xff\n",
    }
    (tmp_path / name).write_bytes(contents[name])
    result = hook(run, name)
    assert (result.exit_code, (tmp_path / name).read_bytes()) == (0, contents[name])
    assert name in result.stderr


STYLES = {
    "CRLF": ("utf-8", b"", "\r\n", True),
    "old Mac": ("utf-8", b"", "\r", True),
    "no line end": ("utf-8", b"", "\n", False),
    "mark": ("utf-8", codecs.BOM_UTF8, "\n", True),
    "mark and CRLF without line end": ("utf-8", codecs.BOM_UTF8, "\r\n", False),
    "UTF-16": ("utf-16-le", codecs.BOM_UTF16_LE, "\r\n", True),
    "UTF-16 without mark": ("utf-16-be", b"", "\n", True),
    "windows-1252": ("cp1252", b"", "\r\n", True),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_repaired_file_keeps_how_it_is_written(run: Run, tmp_path: Path, style: str) -> None:
    codec, mark, newline, ends = STYLES[style]
    path = tmp_path / "a.txt"

    def written(text: str) -> bytes:
        return mark + (text.rstrip("\n") + "\n" * ends).replace("\n", newline).encode(codec)

    path.write_bytes(written(ACCENTS))
    path.chmod(0o640)
    (tmp_path / "cleaner.toml").write_text('output = "body"\n', encoding="utf-8")
    assert hook(run, "a.txt").exit_code == 1
    assert path.read_bytes() == written(ACCENTS.replace("Subscribe to our newsletter", "").strip() + "\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert hook(run, "a.txt").exit_code == 0


@pytest.mark.parametrize("name", ["a.py", "a.css", "package.json", "a.yaml.gz"])
@pytest.mark.parametrize("more", [[], ["--hook"]])
def test_a_file_of_another_kind_is_left_and_the_others_are_cleaned(
    run: Run, tmp_path: Path, name: str, more: list[str]
) -> None:
    (tmp_path / name).write_text('{\n  "name": "quay"\n}\n', encoding="utf-8")
    before = (tmp_path / name).read_bytes()
    (tmp_path / "b.txt").write_text(NOISY, encoding="utf-8")
    result = run("clean", "--in-place", *more, name, "b.txt")
    assert (result.exit_code, f"{name}: " in result.stderr, "mend: " in result.stderr) == (1, True, True)
    assert ((tmp_path / name).read_bytes(), "newsletter" in (tmp_path / "b.txt").read_text("utf-8")) == (before, False)
    assert hook(run, name, "b.txt").exit_code == 0


@pytest.mark.parametrize("more", [[], ["--hook"]])
def test_a_text_below_a_broken_header_is_left_as_it_is(run: Run, tmp_path: Path, more: list[str]) -> None:
    before = f"---\ntitle: Ferry\ncleaner: [ignore\n---\n\n{NOISY}"
    (tmp_path / "a.txt").write_text(before, encoding="utf-8")
    result = run("clean", "a.txt", "--in-place", *more)
    assert (result.exit_code, (tmp_path / "a.txt").read_text("utf-8")) == (0 if more else 1, before)
    assert "a.txt: left as it is, because of its front matter: no YAML in line 4: " in result.stderr
    result = run("clean", "a.txt", "-o", "out/")
    assert (result.exit_code, "a.txt: front matter: no YAML in line 4: " in result.stderr) == (0, True)


def test_what_is_not_there_does_not_hold_up_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": NOISY}), encoding="utf-8")
    assert run("clean", "--in-place", "gone.jsonl", "a.jsonl").exit_code == 1
    assert "newsletter" not in json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["text"]


def test_a_file_of_another_kind_that_was_said_to_be_a_text_is_cleaned(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.article").write_text(NOISY, encoding="utf-8")
    assert run("clean", "--in-place", "--from", "text", "a.article").exit_code == 0
    assert "newsletter" not in (tmp_path / "a.article").read_text("utf-8")


def test_a_file_of_records_by_its_content_keeps_one_that_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dump").write_text(f'{{"text": null}}\n{json.dumps({"text": NOISY})}\n', encoding="utf-8")
    before = (tmp_path / "dump").read_bytes()
    assert run("clean", "--in-place", "dump").exit_code == 1
    assert (tmp_path / "dump").read_bytes() == before


def test_what_was_changed_and_why_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "clean.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"{NOISY}\n\nShare this article\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": NOISY}) + "\n", encoding="utf-8")
    said = hook(run, "clean.txt", "a.txt", "b.jsonl").stderr.splitlines()
    assert said[:2] == ["a.txt: cleaned (newsletter-heading, share-button)", "b.jsonl: cleaned (newsletter-heading)"]
    assert [line for line in said if "clean.txt" in line] == []
    assert ": cleaned" not in hook(run, "a.txt", "b.jsonl").stderr


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("ends", [True, False])
def test_json_lines_keep_how_they_are_written(run: Run, tmp_path: Path, newline: str, ends: bool) -> None:
    rows = [json.dumps({"id": str(n), "text": NOISY}) for n in range(3)]
    (tmp_path / "a.jsonl").write_bytes((newline.join(rows) + newline * ends).encode("utf-8-sig"))
    assert hook(run, "a.jsonl").exit_code == 1
    data = (tmp_path / "a.jsonl").read_bytes()
    assert data.startswith(codecs.BOM_UTF8)
    assert data.count(b"\r\n") == (newline == "\r\n") * (2 + ends)
    assert data.endswith(b"\n") == ends
    assert [json.loads(line)["text"] for line in data.decode("utf-8-sig").splitlines()] == [BODY] * 3
    assert hook(run, "a.jsonl").exit_code == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-8", "utf-16"])
def test_a_table_keeps_how_it_is_written(run: Run, tmp_path: Path, codec: str, newline: str) -> None:
    cell = ACCENTS.replace("Subscribe to our newsletter", "Share this article").strip()
    (tmp_path / "a.csv").write_bytes(f'text,name{newline}"{cell}",Münster{newline}'.encode(codec))
    assert hook(run, "a.csv").exit_code == 1
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(codecs.BOM_UTF8) == (codec == "utf-8-sig")
    head, rest = data.decode(codec).split("\n", 1)
    assert (head.startswith("id,text,"), head.endswith("\r")) == (True, newline == "\r\n")
    (row,) = csv.DictReader(io.StringIO(f"{head}\n{rest}", newline=""))
    assert (row["name"], "déjà" in row["text"], "Share" in row["text"]) == ("Münster", True, False)
    assert rest.endswith(f"Münster{newline}")
    assert hook(run, "a.csv").exit_code == 0


def test_a_packed_file_stays_packed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(NOISY.replace("\n", "\r\n").encode()))
    assert hook(run, "a.txt.gz").exit_code == 1
    assert gzip.decompress((tmp_path / "a.txt.gz").read_bytes()).endswith(b"\r\n")


def test_a_record_that_cannot_be_read_fails_the_hook(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": NOISY}) + "\n{oops\n", encoding="utf-8")
    before = (tmp_path / "a.jsonl").read_bytes()
    assert (hook(run, "a.jsonl").exit_code, (tmp_path / "a.jsonl").read_bytes()) == (1, before)
