"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from cleaner.emit import write_atomic

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="permission bits and links are POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("old")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


@pytest.mark.parametrize("data", ["old", b"old"])
def test_the_same_content_is_not_written(path: Path, data: str | bytes) -> None:
    assert write_atomic(path, data) is False
    assert path.stat().st_mtime == 1_000_000_000
    assert os.listdir(path.parent) == ["a.txt"]


@pytest.mark.parametrize("data", ["neü\r\n", "", b"\xff\0"])
def test_other_content_is_written(path: Path, data: str | bytes) -> None:
    assert write_atomic(str(path), data) is True
    assert path.read_bytes() == (data if isinstance(data, bytes) else data.encode())
    assert os.listdir(path.parent) == ["a.txt"]


def test_a_new_file(tmp_path: Path) -> None:
    assert write_atomic(tmp_path / "b.txt", "") is True
    assert (tmp_path / "b.txt").read_bytes() == b""


def test_lone_surrogates_do_not_crash(path: Path) -> None:
    write_atomic(path, "a\ud800b")
    assert path.read_text("utf-8") == "a\ufffdb"


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_permission_bits_are_kept(path: Path, mode: int) -> None:
    path.chmod(mode)
    write_atomic(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix_only
def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    write_atomic(tmp_path / "b.txt", "new")
    assert (tmp_path / "b.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode


@posix_only
def test_a_link_stays_a_link(path: Path) -> None:
    link = path.parent / "link"
    link.symlink_to("a.txt")
    assert write_atomic(link, "new")
    assert link.is_symlink()
    assert path.read_text() == "new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_error_leaves_the_old_file_and_no_other(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        write_atomic(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(path.parent) == ["a.txt"]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "gone" / "a.txt", "new")
