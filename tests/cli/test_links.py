"""Nothing is written outside of the folder that was given."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

from cleaner.cli.guard import bad_name

Run = Callable[..., Any]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the one that is cleaned, with a noisy article in it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text(NOISY, encoding="utf-8")
    return tmp_path / "outside"


def test_a_link_inside_the_folder_is_followed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "in" / "b.txt").symlink_to("sub/a.txt")
    assert run("clean", "in", "--in-place").exit_code == 0
    assert "Subscribe" not in (tmp_path / "in" / "sub" / "a.txt").read_text(encoding="utf-8")
    assert (tmp_path / "in" / "b.txt").is_symlink()


def test_a_link_that_was_named_is_followed(run: Run, tmp_path: Path, outside: Path) -> None:
    (tmp_path / "in" / "a.txt").symlink_to(outside / "a.txt")
    assert run("clean", "in/a.txt", "--in-place").exit_code == 0
    assert (outside / "a.txt").read_text(encoding="utf-8").endswith(BODY + "\n")


def test_in_place_a_link_out_is_not_followed(run: Run, tmp_path: Path, outside: Path) -> None:
    (tmp_path / "in" / "a.txt").symlink_to(outside / "a.txt")
    result = run("clean", "in", "--in-place")
    assert (result.exit_code, (outside / "a.txt").read_text(encoding="utf-8")) == (1, NOISY)
    assert "in/a.txt: not written, because a link there leads out of the folder; mend: " in result.stderr


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize("out", ["--in-place", "-o new"])
def test_records_do_not_follow_a_link_out(run: Run, tmp_path: Path, outside: Path, name: str, out: str) -> None:
    written = {"a.jsonl": json.dumps({"text": NOISY}) + "\n", "a.csv": f'text\n"{NOISY}"\n'}[name]
    for folder in ("in", "new", "outside"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(written, encoding="utf-8")
    linked = tmp_path / ("new" if out == "-o new" else "in") / name
    linked.unlink()
    linked.symlink_to(outside / name)
    result = run("clean", "in/*", *out.split())
    assert (result.exit_code, (outside / name).read_text(encoding="utf-8")) == (1, written)
    assert result.stderr.count("a link there leads out of the folder") == 1


def test_a_linked_folder_is_not_entered(run: Run, tmp_path: Path, outside: Path) -> None:
    (tmp_path / "in" / "sub").symlink_to(outside)
    run("clean", "in", "--in-place")
    assert (outside / "a.txt").read_text(encoding="utf-8") == NOISY


@pytest.mark.parametrize("link", ["out/a.txt", "out"])
def test_output_does_not_follow_a_link_out(run: Run, tmp_path: Path, outside: Path, link: str) -> None:
    (tmp_path / "in" / "sub").mkdir()
    (tmp_path / "in" / "sub" / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "new").mkdir()
    if link == "out":
        (tmp_path / "new" / "sub").symlink_to(outside)
    else:
        (tmp_path / "new" / "sub").mkdir()
        (tmp_path / "new" / "sub" / "a.txt").symlink_to(outside / "a.txt")
    result = run("clean", "in", "-o", "new")
    assert (result.exit_code, (outside / "a.txt").read_text(encoding="utf-8")) == (1, NOISY)
    assert os.listdir(outside) == ["a.txt"]


@pytest.mark.parametrize("beside", ["a.txt.json", "a.txt.removed.json"])
def test_what_is_written_beside_a_file_does_not_follow_a_link_out(
    run: Run, tmp_path: Path, outside: Path, beside: str
) -> None:
    (tmp_path / "in" / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "in" / beside).symlink_to(outside / "a.txt")
    assert run("clean", "in/a.txt", "--in-place", "--to", "sidecar", "--keep-removals").exit_code == 1
    assert (outside / "a.txt").read_text(encoding="utf-8") == NOISY
    assert (tmp_path / "in" / "a.txt").read_text(encoding="utf-8") == NOISY


def test_a_pattern_cannot_leave_the_output_folder(run: Run, tmp_path: Path, outside: Path) -> None:
    (tmp_path / "in" / "sub").mkdir()
    (tmp_path / "in" / "sub" / "a.txt").write_text(NOISY, encoding="utf-8")
    result = run("clean", "in/*/../../outside/*.txt", "-o", "new/out")
    assert (result.exit_code, 'it holds ".."' in result.stderr) == (2, True)
    assert not (tmp_path / "new").exists()


def test_ids_of_records_are_no_paths(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "../../etc/x", "text": NOISY}), encoding="utf-8")
    assert run("clean", "a.jsonl", "-o", "out/").exit_code == 0
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == ["a.jsonl", "out/a.jsonl"]


@pytest.mark.parametrize("name", ["a.txt", "a/b.txt", "..a/b..txt", "con.txt", "nul", "C:\\a.txt", "a\\..\\b.txt"])
def test_names_that_are_fine_here(name: str) -> None:
    assert bad_name(name, windows=False) is None


@pytest.mark.parametrize("name", ["", "/etc/x", "../x", "a/../../x", "a\0b"])
@pytest.mark.parametrize("windows", [False, True])
def test_names_that_are_none(name: str, windows: bool) -> None:
    assert bad_name(name, windows=windows)


@pytest.mark.parametrize(
    "name", ["con.txt", "a/NUL", "COM1.md", "lpt9.txt.gz", "C:\\a.txt", "\\\\host\\a", "a\\..\\..\\b"]
)
def test_names_that_are_none_on_windows(name: str) -> None:
    assert bad_name(name, windows=True)
