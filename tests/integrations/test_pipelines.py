"""docs/pipelines: each example runs exactly as it is written, and prints what the page says."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

PAGES = Path(__file__).parent.parent.parent / "docs" / "pipelines"
MODULES = {"datatrove": "datatrove", "spark": "pyspark", "ray": "ray", "huggingface": "datasets"}


def block(page: str, language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return str(found)


def test_every_page_is_run_and_named_in_the_index() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")

    assert {page.stem for page in PAGES.glob("*.md")} == {"index", "command-line", *MODULES}  # the latter: tests/docs
    assert all(f"({name}.md)" in index for name in MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_the_example_runs_and_prints_what_it_says(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if find_spec(MODULES[name]) is None:
        pytest.skip(f"{MODULES[name]} is not installed")
    if name == "spark":
        request.getfixturevalue("java")
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    (tmp_path / "example.py").write_text(block(page, "python"), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "example.py"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert done.stdout == block(page, "text")
