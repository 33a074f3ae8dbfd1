"""What only a real process shows: pipes, standard input, and what is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

from cleaner.version import __version__

ROOT = Path(__file__).parent.parent.parent


def cleaner(*arguments: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cleaner", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False, **more)


def test_standard_input_and_output(tmp_path: Path) -> None:
    done = cleaner("clean", "-", "--to", "body", cwd=tmp_path, input=f"Crêpes 🚢\n\n{NOISY}".encode())
    assert (done.returncode, done.stdout.decode()) == (0, f"Crêpes 🚢\n\n{BODY}\n")


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "The ferry sails."}\n' * 3000, encoding="utf-8")
    command = f'"{sys.executable}" -m cleaner clean in.jsonl | head -n 1'
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.parametrize("sources", [["a.txt"], ["a.txt", "missing.txt"], ["."]])
def test_a_check_without_options_is_the_same_without_typer(tmp_path: Path, sources: list[str]) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    short, parsed = (
        cleaner("check", *more, cwd=tmp_path) for more in (sources, [*sources, "--output-format", "concise"])
    )
    assert (short.returncode, short.stdout, short.stderr) == (parsed.returncode, parsed.stdout, parsed.stderr)
    assert short.returncode == 1


def test_help_and_version(tmp_path: Path) -> None:
    assert cleaner("--version", cwd=tmp_path).stdout.decode().startswith(f"cleaner {__version__}, rules {__version__}+")
    for command in (
        [],
        ["clean"],
        ["check"],
        ["explain"],
        ["rules", "list"],
        ["rules", "show"],
        ["rules", "test"],
        ["rules", "new"],
    ):
        done = cleaner(*command, "--help", cwd=tmp_path)
        assert (done.returncode, b"Example" in done.stdout) == (0, True)


def test_wrong_usage(tmp_path: Path) -> None:
    for arguments in (
        ["clean"],
        ["check", "--nonsense"],
        ["clen", "a.txt"],
        ["check", "a.txt", "--output-format", "xml"],
    ):
        done = cleaner(*arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Traceback" not in done.stderr


def test_the_command_line_imports_nothing_before_it_runs() -> None:
    heavy = "{'regex', 'yaml', 'trafilatura', 'rich', 'cleaner.pipeline'}"
    program = f"import sys, cleaner.cli.app; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout == "set()\n"
