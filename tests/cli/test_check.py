"""`cleaner check`: places in the original file, output formats, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

Run = Callable[..., Any]


def test_a_clean_article(run: Run, folder: Path) -> None:
    result = run("check", "in/clean.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 removals in 0 of 1 document, 0 errors\n")


def test_nothing_is_changed(run: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run("check", "in").exit_code == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


LINE = "Subscribe to our newsletter"
PLACES = {
    "plain": (f"{BODY}\n\n{LINE}\n", 5),
    "front matter": (f"---\ntitle: Ferry\n---\n\n\n{BODY}\n\n{LINE}\n", 10),
    "CRLF": (f"---\r\ntitle: Ferry\r\n---\r\n{BODY}\n\n{LINE}\n".replace("\n", "\r\n").replace("\r\r", "\r"), 8),
    "byte order mark": (f"\ufeff{LINE}\n\n{BODY}\n", 1),
    "old Mac": (f"{BODY}\n\n{LINE}\n".replace("\n", "\r"), 5),
    "line separator": (f"One.\u2028Two\x0cthree.\n\n{BODY}\n\n{LINE}\n", 7),
}


@pytest.mark.parametrize("shape", PLACES)
def test_places_are_those_of_the_file(run: Run, tmp_path: Path, shape: str) -> None:
    text, line = PLACES[shape]
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    assert f"a.txt:{line}:1: newsletter" in run("check", "a.txt", "--select", "newsletter").stdout


def test_the_column_counts_code_points(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"🚢 Ä\x00 {BODY}\n", encoding="utf-8")
    assert run("check", "a.txt").stdout.startswith("a.txt:1:4: heuristic-control-characters ")


def test_places_of_records(run: Run, tmp_path: Path) -> None:
    record = json.dumps({"id": "a", "text": NOISY})
    (tmp_path / "a.jsonl").write_text(f"\n{json.dumps({'text': BODY})}\n\n{record}\n", encoding="utf-8")
    column = NOISY.index("Subscribe") + 1
    assert run("check", "a.jsonl").stdout.startswith(f"a.jsonl:4:{column}: newsletter")


def test_a_file_name_cannot_break_the_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[31m.txt").write_text(NOISY, encoding="utf-8")
    result = run("check", ".")
    assert result.stdout.startswith(r"a\nb\x1b[31m.txt:5:1: ")
    assert result.stdout.count("\n") == 1


def test_full_shows_text_and_evidence(run: Run, folder: Path) -> None:
    shown = run("check", "in/noisy.txt", "--output-format", "full").stdout
    assert f"    | {LINE}\n    = category: newsletter\n" in shown


def test_json(run: Run, folder: Path) -> None:
    found = json.loads(run("check", "in/noisy.txt", "missing.txt", "--output-format", "json").stdout)
    one = found["findings"][0]
    assert (one["path"], one["line"], one["column"], one["end_line"], one["end_column"]) == (
        "in/noisy.txt",
        5,
        1,
        5,
        28,
    )
    assert (one["text"], NOISY[one["start"] : one["end"]], one["category"]) == (LINE, LINE, "newsletter")
    assert found["errors"][0]["place"] == "missing.txt"


def test_github_escapes_what_the_runner_reads(run: Run, tmp_path: Path) -> None:
    name = "50%, a:b.txt"
    (tmp_path / name).write_text(f"{BODY}\n\nSign up for our 5% newsletter\n", encoding="utf-8")
    shown = run("check", name, "missing.txt", "--output-format", "github", "--select", "newsletter").stdout
    first, second = shown.splitlines()
    assert first.startswith("::warning file=50%25%2C a%3Ab.txt,line=5,col=1,endLine=5,endColumn=30,title=cleaner (news")
    assert first.endswith("%0ASign up for our 5%25 newsletter")
    assert second.startswith("::error file=missing.txt,title=cleaner::no such file or folder; mend: ")


def test_github_names_files_from_the_root_of_the_repository(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(NOISY, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "sub")
    for name in ("a.txt", "./a.txt", str(tmp_path / "sub" / "a.txt"), "../sub/a.txt"):
        assert run("check", name, "--output-format", "github").stdout.startswith("::warning file=sub/a.txt,line=5,")


def test_sarif(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": "One."}\n{oops\n', encoding="utf-8")
    log = json.loads(run("check", "a b.txt", "bad.jsonl", "--output-format", "sarif").stdout)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run_ = log["runs"][0]
    (result,) = run_["results"]
    rule = run_["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"]
    assert {"shortDescription", "defaultConfiguration", "properties"} <= set(rule)
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "a%20b.txt"}
    assert location["region"] == {
        "startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 28, "snippet": {"text": LINE},
    }  # fmt: skip
    assert run_["columnKind"] == "unicodeCodePoints"
    (invocation,) = run_["invocations"]
    assert not invocation["executionSuccessful"]
    notice = invocation["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]
    assert notice == {"artifactLocation": {"uri": "bad.jsonl"}, "region": {"startLine": 2}}


def test_a_page_has_no_line_in_its_file(run: Run, tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{part}</p>" for part in [*BODY.split("\n\n"), LINE])
    (tmp_path / "a.html").write_text(f"<html><body><article>{paragraphs}</article></body></html>", encoding="utf-8")
    shown = run("check", "a.html", "--output-format", "github", "--select", "newsletter").stdout
    assert shown.startswith("::warning file=a.html,title=cleaner (newsletter")


def test_failures_alone_fail(run: Run, folder: Path) -> None:
    assert run("check", "in/clean.txt", "missing.txt").exit_code == 1
