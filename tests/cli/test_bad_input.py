"""Bad input: a message names place and mend, the other inputs are cleaned, originals stay, the exit code tells."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

Run = Callable[..., Any]

LONG = ("The ferry sailed past the island of Marn in the rain. " * 40_000).strip()
BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("bad.txt", b"", "bad.txt: empty file; mend: leave it out"),
    "blank": ("bad.txt", b" \n\n", "bad.txt: empty file; mend: leave it out"),
    "binary": ("bad.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01" * 50, "bad.txt: not text; mend: "),
    "a PDF": ("bad.txt", b"%PDF-1.7 ...", "bad.txt: not text; mend: "),
    "broken gzip": ("bad.txt.gz", b"\x1f\x8b\x08\x00oops", "bad.txt.gz: not a whole gzip file"),
    "not gzip": ("bad.jsonl.gz", b"plain", "bad.jsonl.gz:1: breaks off"),
    "malformed JSON": (
        "bad.jsonl",
        b'{"text": "One."}\n\n{"text": \n',
        "bad.jsonl:3: not JSON: Expecting value at column",
    ),
    "an open string": (
        "bad.jsonl",
        b'{"text": "One\n',
        "bad.jsonl:1: not JSON: Unterminated string starting at column 10; ",
    ),
    "no text": (
        "bad.jsonl",
        b'{"text": "One."}\n{"body": "x"}\n',
        'bad.jsonl:2: no "text" or "html"; keys: body; mend: ',
    ),
    "a JSON list": ("bad.jsonl", b"[1, 2]\n", "bad.jsonl:1: a list, not an object; mend: "),
}
UNDECODABLE = b"".join(
    (f"{BODY} Öl, Übermut, Ärger.\n".encode(), b"\xc3(\xff and \xfe.\n", "Fünf Öfen, süße Äpfel.\n".encode() * 9)
)


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_among_good_ones(run: Run, tmp_path: Path, fault: str) -> None:
    name, data, message = BAD[fault]
    for place in ("a.txt", "z.txt"):
        (tmp_path / place).write_text(NOISY, encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    result = run("clean", "a.txt", name, "z.txt", "-o", "out.jsonl")
    assert result.exit_code == 1
    assert message in result.stderr
    assert "mend: " in result.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in (rows[0], rows[-1])] == [BODY, BODY]
    assert (tmp_path / name).read_bytes() == data


@pytest.mark.parametrize(
    "command",
    [["clean", "-o", "out/"], ["clean", "-o", "out.jsonl"], ["check"], ["check", "--write-baseline", "b"], ["explain"]],
)
def test_undecodable_bytes_are_a_warning_and_no_failure(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.txt").write_bytes(UNDECODABLE)
    result = run(*command, "a.txt")
    assert (result.exit_code, "a.txt: undecodable bytes replaced, the first at byte" in result.stderr) == (0, True)
    assert "mend: save the file as UTF-8" in result.stderr


@pytest.mark.parametrize("command", [["clean", "-o", "out/"], ["check"], ["explain"]])
def test_no_command_has_a_traceback(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "none").mkdir()
    for fault, (name, data, _) in BAD.items():
        (tmp_path / "in" / f"{fault}-{name}").write_bytes(data)
    for source in ("in", "none", "missing.txt", "*.nothing"):
        result = run(*command, source)
        assert result.exit_code == 1
        assert "Traceback" not in result.output


def test_a_folder_without_articles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "table.csv").write_text("a,b", encoding="utf-8")
    result = run("clean", "in", "-o", "out/")
    assert (result.exit_code, "in: no articles in this folder; mend: readable are" in result.stderr) == (1, True)


def test_a_stray_nul_goes_and_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY.replace("island", "isl\x00and") + "\n", encoding="utf-8")
    assert run("clean", "a.txt", "--to", "body").stdout == BODY + "\n"
    assert "heuristic-control-characters" in run("check", "a.txt").stdout


def test_one_long_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LONG, encoding="utf-8")
    (tmp_path / "b.txt").write_text("x" * 2_000_000, encoding="utf-8")
    result = run("clean", "a.txt", "b.txt", "--ignore", "repetition", "-o", "out.jsonl")
    assert result.exit_code == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(row["text"]) for row in rows] == [len(LONG), 2_000_000]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    result = run("clean", "a.txt", "b.txt", "-o", "out/")
    assert result.exit_code == 1
    assert "a.txt: cannot be read: Permission denied; mend: check path and permissions" in result.stderr
    assert (tmp_path / "out" / "b.txt").exists()


RULE = """schema = 1
[[rules]]
id = "own-explosion"
category = "own"
action = "drop-line"
confidence = "high"
message = "Never ends."
langs = ["*"]
{key} = '''^quay (?:(?:a|aa|aaa)+)+$'''
hits = ['quay aaa', 'quay aa']
misses = ['The quay aaa', 'A quay b']
"""


def test_a_rule_file_with_a_mistake(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(RULE.format(key="patern"), encoding="utf-8")
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    for command in (["clean", "a.txt", "-o", "out/"], ["check", "a.txt"], ["explain", "a.txt"], ["rules", "list"]):
        result = run(*command, "--rules", "own.toml")
        assert (result.exit_code, result.stdout) == (2, "")
        assert 'own.toml:9: unknown key "patern": did you mean "pattern"?' in result.stderr
    assert not (tmp_path / "out").exists()
    assert "nowhere: no such folder of rules" in run("check", "a.txt", "--rules", "nowhere").stderr


def test_a_pattern_that_explodes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(RULE.format(key="pattern"), encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"quay {'a' * 60}b\n\n{NOISY}", encoding="utf-8")
    result = run("clean", "a.txt", "--to", "body", "--rules", "own.toml")
    assert result.exit_code == 0
    assert "a.txt: rule own-explosion ran into its time limit and was skipped; mend: unnest" in result.stderr
    assert result.stdout.endswith(f"{BODY}\n")
