"""What people and services see: colours, width, nothing that steers a terminal."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY
from rich.console import Console

from cleaner import ruleset
from cleaner.cli import session, terminal
from cleaner.cli.explain import side_by_side
from cleaner.data import Removal

Run = Callable[..., Any]
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_a_diff_is_coloured_and_steers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr("sys.stdout", shown)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal.out_diff("--- a/x\n+++ b/x\n@@ -1 +1 @@\n same\r\n-old \x1b[31m\n+new \u202e\n")
    assert shown.getvalue() == (
        "\x1b[1m--- a/x\x1b[m\n\x1b[1m+++ b/x\x1b[m\n\x1b[36m@@ -1 +1 @@\x1b[m\n same\n"
        "\x1b[31m-old \\x1b[31m\x1b[m\n\x1b[32m+new \\u202e\x1b[m\n"
    )
    monkeypatch.setenv("NO_COLOR", "1")
    terminal.out_diff("-old\n")
    assert shown.getvalue().endswith("\n-old\n")


def test_a_diff_has_the_line_ends_of_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(NOISY.replace("\n", "\r\n").encode())
    shown = run("clean", "a.txt", "--diff", "--to", "body").stdout
    assert [line for line in shown.split("\n") if line.startswith(("-", "+"))][2:] == [
        "-", "-Subscribe to our newsletter",
    ]  # fmt: skip


def test_lines_stand_beside_what_is_left_of_them() -> None:
    text = "Keep\nGo\nKeep (Photo: AP) too"
    rows = side_by_side(text, [Removal(5, 7, "Go", "a", "a"), Removal(12, 24, " (Photo: AP)", "b", "b")])
    assert [("".join(p.text for p in a), "".join(p.text for p in b)) for a, b in rows] == [
        ("Keep", "Keep"), ("Go", ""), ("Keep (Photo: AP) too", "Keep too"),
    ]  # fmt: skip


@pytest.mark.parametrize(("columns", "beside"), [(150, True), (90, False)])
def test_explain_uses_a_wide_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int, beside: bool
) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    monkeypatch.setattr("cleaner.cli.explain.has_colours", lambda _: True)
    made = Console.__init__
    monkeypatch.setattr(Console, "__init__", lambda self, **more: made(self, width=columns, **more))
    assert ("before" in run("explain", "a.txt").stdout) == beside


HOSTILE = f"\x1b]0;owned\x07{BODY} \u202egnp.exe\n\nShare this article\x1b[2J\n\nSubscribe to our newsletter\n"


@pytest.mark.parametrize("command", ["check", "check --output-format full", "check --output-format github", "explain"])
def test_nothing_steers_a_terminal(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "i\x1b[31m", "text": HOSTILE}) + "\n[1]\n", encoding="utf-8")
    for name in ("a\x1b[31m.txt", "b.jsonl", "none\x1b[31m.txt"):
        result = run(*command.split(), name)
        assert not STEERS.search(result.stdout + result.stderr)


@pytest.mark.parametrize("command", [["check", "a.txt"], ["rules", "list"]])
def test_the_first_run_says_on_a_terminal_why_it_takes_long(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """With one rule instead of all built-in ones, which take many seconds."""
    (tmp_path / "builtin").mkdir()
    (tmp_path / "builtin" / "r.toml").write_text(ONE_RULE, encoding="utf-8")
    (tmp_path / "a.txt").write_text("The ferry sails on Friday.\n", encoding="utf-8")
    monkeypatch.setattr(ruleset, "builtin_folder", lambda: tmp_path / "builtin")
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(session, "is_terminal", lambda stream: stream is sys.stderr)
    assert "reading all rules, which takes" in run(*command).stderr
    assert "reading all rules" not in run(*command).stderr
    (tmp_path / "builtin" / "r.toml").write_text(ONE_RULE + "# changed\n", encoding="utf-8")
    assert "reading all rules" not in run(*command, "--quiet").stderr


ONE_RULE = """schema = 1
[[rules]]
id = "quay-times"
category = "quay"
action = "drop-line"
confidence = "high"
message = "Times."
langs = ["*"]
pattern = '''^quay times$'''
hits = ["Quay times", "quay times"]
misses = ["The quay times.", "times"]
"""
