"""A runner, and articles made up for these tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ferry import BODY, NOISY
from typer.testing import CliRunner, Result

from cleaner.cli.app import app

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls `cleaner` in the test's folder; a traceback is a failed test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: str, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, arguments, input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean article, a noisy one, and one with front matter, below another folder."""
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "clean.txt").write_text(BODY + "\n", encoding="utf-8")
    (tmp_path / "in" / "noisy.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "in" / "sub" / "titled.md").write_text(
        f"---\ntitle: Ferry\nlanguage: en\n---\n\n{NOISY}", encoding="utf-8"
    )
    return tmp_path / "in"
