"""What the documents say is so: their examples run, their links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.ruleset import load
from cleaner.ruleset.loader import parse
from cleaner.ruleset.testing import check

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("docs/decisions", "docs/pipelines")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *(page for name in FOLDERS for page in sorted((ROOT / name).glob("*.md")))]


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_rules_shown_are_sound_beside_the_built_in_ones(name: str, tmp_path: Path) -> None:
    shown = [text for text in blocks(name, "toml") if "[[rules]]" in text]

    assert shown
    for text in shown:
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        assert [str(problem) for problem in check(parse(text, name), load((tmp_path,)))] == []


def test_the_python_shown_runs() -> None:
    text = "\n".join(blocks("README.md", "python"))
    examples = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)

    assert examples.examples
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="the example is one of a shell")
def test_the_command_line_shown_runs(tmp_path: Path) -> None:
    (script,), (wanted,) = (blocks("docs/pipelines/command-line.md", language) for language in ("sh", "text"))
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False
    )

    assert done.stdout == wanted, done.stderr


def test_the_record_shown_is_what_comes() -> None:
    import json

    from cleaner import Document
    from cleaner.emit import record
    from cleaner.pipeline import Cleaner

    given, wanted = (json.loads(text) for text in blocks("README.md", "json"))
    got = record(Cleaner().clean_document(Document(given["id"], given["text"], url=given["url"])))

    assert got.pop("ruleset").startswith("0.")
    assert got == {key: value for key, value in wanted.items() if key != "ruleset"}


def test_the_explanation_shown_is_what_comes() -> None:
    generator = runpy.run_path(str(ROOT / "docs" / "generate_readme.py"))

    assert generator["shown"]() in (ROOT / "README.md").read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_names_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    hooks = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE)

    for name in (
        "make demo",
        "make test",
        "make test-integrations",
        "cleaner clean",
        "cleaner check",
        "cleaner explain",
        "cleaner rules",
        *hooks,
    ):
        assert name in readme
