"""What all tests share: fixture files, a cleaner, a rule cache of their own, hypothesis profiles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from os import environ
from pathlib import Path

import pytest
from ferry import BODY, NOISY
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner, Result

from cleaner.cli.app import app
from cleaner.pipeline import Cleaner

# "ci" gives the same examples each time; HYPOTHESIS_PROFILE=explore looks for new ones, for as long as it takes.
settings.register_profile(
    "ci", derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "explore", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(pytestconfig: pytest.Config) -> Iterator[None]:
    """Keeps parsed rules out of the user's cache, and the user's cache out of the tests.

    It is filled by a process of its own: to derive what all rules need of a line takes seconds, under coverage minutes.
    """
    place = pytestconfig.rootpath / "build" / "rules-of-tests"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_CACHE_DIR", str(place))
        subprocess.run([sys.executable, "-m", "cleaner", "--version"], check=True, stdout=subprocess.DEVNULL)
        yield


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def cleaner(_own_cache: None) -> Cleaner:
    """A cleaner with the built-in rules and default settings."""
    return Cleaner()


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
