"""The hooks under the real pre-commit, in real git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ferry import BODY, NOISY

ROOT = Path(__file__).parent.parent.parent
pytest.importorskip("pre_commit")
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

# What .pre-commit-hooks.yaml says, run by this interpreter: `language: python` would install the package each time.
LOCAL = """repos:
  - repo: local
    hooks:
      - id: clean-articles
        name: clean articles
        entry: '"{python}" -m cleaner clean --in-place --hook'
        language: system
        types: [text]
        files: '\\.(?:txt|text|md|markdown|jsonl|ndjson)$'
      - id: check-articles
        name: check articles
        entry: '"{python}" -m cleaner check'
        language: system
        types: [text]
        files: ^pages/
"""


def sh(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"), "PYTHONPATH": str(ROOT), **more}
    env |= {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return sh(folder, sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with articles of many kinds, all staged but one."""
    folder = tmp_path / "corpus"
    (folder / "pages").mkdir(parents=True)
    assert sh(folder, "git", "init", "-q").returncode == 0
    (folder / ".pre-commit-config.yaml").write_text(LOCAL.format(python=sys.executable), encoding="utf-8")
    (folder / "clean.txt").write_bytes(BODY.replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "noisy.md").write_bytes(NOISY.replace("\n", "\r\n").encode("utf-8-sig"))
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00" * 40)
    (folder / "table.csv").write_text(NOISY, encoding="utf-8")
    sh(folder, "git", "add", ".")
    (folder / "unstaged.txt").write_text(NOISY, encoding="utf-8")
    return folder


def test_a_local_repository(repository: Path) -> None:
    untouched = {name: (repository / name).read_bytes() for name in ("clean.txt", "picture.txt", "table.csv")}
    os.utime(repository / "clean.txt", (1_000_000_000, 1_000_000_000))
    first = pre_commit(repository, "run", "clean-articles")
    assert (first.returncode, "files were modified by this hook" in first.stdout) == (1, True)
    assert {name: (repository / name).read_bytes() for name in untouched} == untouched
    assert (repository / "clean.txt").stat().st_mtime == 1_000_000_000
    assert (repository / "unstaged.txt").read_text(encoding="utf-8") == NOISY
    cleaned = (repository / "noisy.md").read_bytes()
    assert cleaned.startswith(b"\xef\xbb\xbf---\r\n")
    assert b"Subscribe" not in cleaned
    assert cleaned.replace(b"\r\n", b"").count(b"\n") == 0
    sh(repository, "git", "add", "noisy.md")
    second = pre_commit(repository, "run", "clean-articles")
    assert (second.returncode, (repository / "noisy.md").read_bytes()) == (0, cleaned)


def test_a_commit_is_stopped_once(repository: Path) -> None:
    assert pre_commit(repository, "install").returncode == 0
    assert sh(repository, "git", "commit", "-qm", "articles").returncode == 1
    sh(repository, "git", "add", "-u")
    assert sh(repository, "git", "commit", "-qm", "articles").returncode == 0


def test_checking_changes_nothing(repository: Path) -> None:
    (repository / "pages" / "a.txt").write_text(NOISY, encoding="utf-8")
    sh(repository, "git", "add", "pages")
    result = pre_commit(repository, "run", "check-articles")
    assert (result.returncode, "pages/a.txt:5:1: newsletter" in result.stdout) == (1, True)
    assert (repository / "pages" / "a.txt").read_text(encoding="utf-8") == NOISY


def test_a_name_like_an_option_is_a_file(repository: Path) -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    config = LOCAL.format(python=sys.executable).replace("language: system", "args: [--]\n        language: system")
    assert hooks.count("args: [--]") == config.count("args: [--]") == 2
    (repository / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (repository / "--version.txt").write_text(NOISY, encoding="utf-8")
    sh(repository, "git", "add", ".")
    assert "--version.txt: cleaned" in pre_commit(repository, "run", "clean-articles").stdout
    sh(repository, "git", "add", ".")
    assert pre_commit(repository, "run", "clean-articles").returncode == 0


def test_many_files_in_parallel(repository: Path) -> None:
    names = [f"many-{n:03}.txt" for n in range(60)]
    for name in names:
        (repository / name).write_text(NOISY, encoding="utf-8")
    sh(repository, "git", "add", ".")
    assert pre_commit(repository, "run", "clean-articles").returncode == 1
    assert {(repository / name).read_bytes() for name in names} == {f"---\nlanguage: en\n---\n\n{BODY}\n".encode()}
    assert not list(repository.glob(".cleaner-*"))


@pytest.mark.slow  # pip installs the package and what it needs into an environment of pre-commit's own
def test_try_repo(repository: Path, tmp_path: Path) -> None:
    result = pre_commit(repository, "try-repo", str(ROOT), "clean-articles", "--verbose", "--files", "noisy.md")
    if "InstallationError" in result.stdout or "CalledProcessError" in result.stdout:
        pytest.skip("the package could not be installed here, as without a network")
    assert (result.returncode, "files were modified by this hook" in result.stdout) == (1, True), result.stdout
    again = pre_commit(repository, "try-repo", str(ROOT), "clean-articles", "--files", "noisy.md")
    assert again.returncode == 0, again.stdout
