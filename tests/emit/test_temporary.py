"""Temporary files of a process that was killed go; all others stay."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.emit.temporary import OLD, Sweeper, beside

posix_only = pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot be asked for without harm")


def swept(folder: Path) -> list[str]:
    """What sweeping leaves in a folder."""
    Sweeper().sweep(folder / "a.txt")
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def gone() -> int:
    """The number of a process that was there."""
    return int(subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], stdout=-1, check=True).stdout)


def left_by(process: int, folder: Path) -> Path:
    own = beside(folder / "a.txt")
    path = own.with_name(own.name.replace(f"-{os.getpid()}-", f"-{process}-"))
    path.write_text("half of it")
    return path


def test_files_of_processes_that_run_stay(tmp_path: Path) -> None:
    files = [left_by(os.getpid(), tmp_path), left_by(os.getppid(), tmp_path)]
    for path in files:
        os.utime(path, (0, 0))
    assert swept(tmp_path) == sorted(path.name for path in files)


def test_files_of_another_machine_stay_for_a_day(tmp_path: Path, gone: int) -> None:
    own = left_by(gone, tmp_path)
    other = own.rename(own.with_name(f".cleaner-00000000-{own.name.split('-', 2)[2]}"))
    os.utime(other, (time.time() - OLD + 60,) * 2)
    assert swept(tmp_path) == [other.name]
    os.utime(other, (time.time() - OLD - 60,) * 2)
    assert swept(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "a.txt",
        ".cleaner-.tmp",
        ".cleaner",
        "x.tmp",
        ".cleaner-12345678-1-0123456789abcdef.tmp.txt",
        ".cleaner-notes.tmp",
    ],
)
def test_what_has_another_name_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    os.utime(tmp_path / name, (0, 0))
    assert swept(tmp_path) == [name]


@posix_only
def test_folders_links_and_what_lies_deeper_stay(tmp_path: Path, gone: int) -> None:
    (tmp_path / "sub").mkdir()
    deeper = left_by(gone, tmp_path / "sub")
    folder = left_by(gone, tmp_path)
    folder.unlink()
    folder.mkdir()
    link = left_by(gone, tmp_path)
    link.unlink()
    link.symlink_to(deeper)
    assert swept(tmp_path) == sorted([folder.name, link.name, "sub"])
    assert deeper.read_text() == "half of it"


@posix_only
def test_what_a_killed_process_left_goes(tmp_path: Path, gone: int) -> None:
    left_by(gone, tmp_path)
    assert swept(tmp_path) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    Sweeper().sweep(tmp_path / "none" / "a.txt")
