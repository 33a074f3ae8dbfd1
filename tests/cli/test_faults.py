"""Faults by real means: a full disk, a read-only folder, a file that goes or changes, a process that is killed.

Whatever happens, the old file or the new one is there, whole.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from ferry import BODY, NOISY
from typer.testing import CliRunner

from cleaner.cli.app import app
from cleaner.cli.run.folder import Folder

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="mounts, limits and signals are POSIX")


def cleaner(cwd: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cleaner", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, **more)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("options", ["--in-place", "--in-place --keep-removals", "-o out/", "-o o.jsonl"])
def test_a_full_disk(small_disk: Path, options: str) -> None:
    text = (BODY + "\n\n") * 120 + "Subscribe to our newsletter\n"
    (small_disk / "a.txt").write_text(text, encoding="utf-8")
    assert len(text) > 25_000
    (small_disk / "filler").write_bytes(b"x" * 4096)
    with contextlib.suppress(OSError), (small_disk / "filler").open("ab", buffering=0) as filler:
        while filler.write(b"x" * 4096):
            pass
    done = cleaner(small_disk, "clean", "a.txt", *options.split())
    assert (done.returncode, "No space left on device" in done.stderr) == (1, True), done.stderr
    assert (small_disk / "a.txt").read_text(encoding="utf-8") == text
    assert not [path for path in small_disk.rglob("*") if path.is_file() and path.name not in ("a.txt", "filler")]


@pytest.mark.parametrize(
    "options", ["-o out.jsonl", "-o out.csv", "-o out.parquet", "-o out/ --to jsonl --shard-size 1KB", "-o out/"]
)
def test_records_on_a_full_disk(small_disk: Path, options: str) -> None:
    rows = [json.dumps({"id": str(n), "text": f"{BODY * 3} {token_hex(500)}"}) for n in range(100)]
    (small_disk.parent / "in.jsonl").write_text("\n".join(rows) + "\n{oops\n" * 100, encoding="utf-8")
    done = cleaner(small_disk, "clean", "../in.jsonl", *options.split())
    said = [line for line in done.stderr.splitlines() if "No space left on device" in line]
    assert (done.returncode, len(said), "Traceback" in done.stderr) == (1, 1, False), done.stderr
    assert f"{options.split()[1].rstrip('/')}" in said[0]
    assert not [path for path in small_disk.rglob("*") if path.name.endswith((".tmp", ".parts", "lock"))]


def test_a_shard_that_cannot_be_entered_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Folder, name: str, value: Any) -> None:
        if name == "00000.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        Folder.put(folder, folder.staged(value), name)

    monkeypatch.setattr(Folder, "write", full)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": NOISY}) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["clean", "in.jsonl", "-o", "out/", "--to", "jsonl"])
    assert (done.exit_code, "out/ cannot be written: No space" in done.stderr) == (1, True)
    assert os.listdir(tmp_path / "out") == []


def test_the_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "file").touch()
    done = cleaner(tmp_path, "clean", "a.txt", "-o", "file/b.txt")
    assert done.stderr.startswith("a.txt: file/b.txt cannot be written: "), done.stderr


@pytest.mark.parametrize("options", ["--write-baseline", "--errors", "--stats"])
def test_a_pipe_or_device_is_written_to_and_stays(tmp_path: Path, options: str) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("{oops\n", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        command = ["check"] if options == "--write-baseline" else ["clean", "b.jsonl", "-o", "o.jsonl"]
        done = cleaner(tmp_path, *command, "a.txt", options, "pipe")
        assert (tmp_path / "pipe").is_fifo(), done.stderr
        assert json.loads(os.read(reader, 65_536)), done.stderr
    finally:
        os.close(reader)


@pytest.mark.parametrize("out", ["file/out", "file/out/"])
def test_neither_outputs_nor_their_errors_can_be_written(tmp_path: Path, out: str) -> None:
    for name in ("a.txt", "b.txt", "file"):
        (tmp_path / name).write_text(NOISY, encoding="utf-8")
    done = cleaner(tmp_path, "clean", "a.txt", "b.txt", "-o", out)
    said = [line for line in done.stderr.splitlines() if line.startswith("cleaner: ")]
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert said[0].startswith("cleaner: file/out.errors.jsonl cannot be written: "), done.stderr


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
@pytest.mark.parametrize(
    "command",
    [
        "check",
        "check --output-format json",
        "check --output-format sarif",
        "clean",
        "clean --diff",
        "clean --to jsonl",
        "clean --to csv",
        "clean --to jsonl.zst",
        "explain",
        "--help",
        "clean -h",
        "--version",
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_standard_output_is_full(tmp_path: Path, command: str, unbuffered: str) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleaner", *command.split(), "a.txt"],
            cwd=tmp_path, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert done.stderr.count("standard output cannot be written: No space left on device") == 1


@pytest.mark.parametrize("command", ["clean a.txt", "check a.txt", "--help", "--version", "clean a.txt -o b.txt"])
def test_standard_output_is_closed(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    done = cleaner(tmp_path, *command.split(), preexec_fn=lambda: os.close(1))
    said = [line for line in done.stderr.splitlines() if "cannot be written: Bad file descriptor" in line]
    assert (done.returncode, len(said)) == ((0, 0) if "b.txt" in command else (1, 1)), done.stderr
    assert "Traceback" not in done.stderr


def test_standard_input_or_error_is_closed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    done = cleaner(tmp_path, "clean", "-", preexec_fn=lambda: os.close(0))
    assert (done.returncode, done.stderr.splitlines()[0].startswith("stdin: cannot be read: it is closed")) == (1, True)
    quiet = cleaner(tmp_path, "clean", "a.txt", "--to", "body", preexec_fn=lambda: os.close(2))
    assert (quiet.returncode, quiet.stdout) == (0, f"{BODY}\n")


def test_a_file_may_not_grow(tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(n), "text": NOISY}) for n in range(60)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    before = (tmp_path / "a.jsonl").read_bytes()

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    done = cleaner(tmp_path, "clean", "a.jsonl", "--in-place", preexec_fn=limited)
    assert (done.returncode, "File too large" in done.stderr) == (1, True), done.stderr
    assert ((tmp_path / "a.jsonl").read_bytes(), os.listdir(tmp_path)) == (before, ["a.jsonl"])


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(NOISY, encoding="utf-8")
    (tmp_path / "in").chmod(0o500)
    try:
        done = cleaner(tmp_path, "clean", "in/a.txt", "--in-place")
        assert (done.returncode, "Permission denied" in done.stderr) == (1, True)
        assert (tmp_path / "in" / "a.txt").read_text(encoding="utf-8") == NOISY
    finally:
        (tmp_path / "in").chmod(0o700)


def test_a_read_only_disk(small_disk: Path) -> None:
    (small_disk / "a.txt").write_text(NOISY, encoding="utf-8")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = cleaner(small_disk, "clean", "a.txt", "--in-place")
    assert (done.returncode, "Read-only file system; mend: check path" in done.stderr) == (1, True), done.stderr
    assert (small_disk / "a.txt").read_text(encoding="utf-8") == NOISY


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
@pytest.mark.parametrize("change", ["removed", "replaced", "written to"])
def test_a_file_that_changes_while_it_is_cleaned(tmp_path: Path, name: str, change: str) -> None:
    """The change comes when the file has been read and before it is replaced: standard error, a pipe, tells when."""
    path, other = tmp_path / name, tmp_path / "other"
    path.write_text(json.dumps({"text": NOISY}) + "\n" if name == "a.jsonl" else NOISY, encoding="utf-8")
    other.write_text("Written by someone else.\n", encoding="utf-8")
    changes = {
        "removed": f"os.unlink({str(path)!r})",
        "replaced": f"os.replace({str(other)!r}, {str(path)!r})",
        "written to": f"open({str(path)!r}, 'a').write('More.\\n')",
    }
    program = f"""
import os, sys
from cleaner.pipeline import Cleaner
real = Cleaner.clean_document
def changed(self, doc):
    article = real(self, doc)
    {changes[change]}
    return article
Cleaner.clean_document = changed
sys.argv = ["cleaner", "clean", {name!r}, "--in-place"]
from cleaner.__main__ import main
main()
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    wanted = {"removed": None, "replaced": "Written by someone else.\n"}.get(change)
    if change == "written to":
        assert path.read_text(encoding="utf-8").endswith("More.\n")
        assert "Subscribe" in path.read_text(encoding="utf-8")
    elif wanted is None:
        assert not path.exists()
    else:
        assert path.read_text(encoding="utf-8") == wanted
    assert {entry.name for entry in tmp_path.iterdir()} <= {name, "other"}


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.15, 0.3])
def test_a_killed_process_leaves_whole_files(tmp_path: Path, wait: float) -> None:
    old = {f"{n:03}.txt": f"{NOISY}{n}\n" * 3 for n in range(150)}
    for name, text in old.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cleaner", "clean", ".", "--in-place", "--keep-removals", "-q"]
    running = subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < end and not list(tmp_path.glob("*.removed.json")):
        time.sleep(0.005)
    time.sleep(wait)
    running.kill()
    running.wait()
    done = cleaner(tmp_path, "restore", ".", "-q")
    assert done.returncode == 0, done.stderr
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in old} == old
    # what a killed process cannot clear away is hidden, and no article
    left = [path.name for path in tmp_path.iterdir() if path.name not in old]
    assert all(name.startswith(".cleaner-") for name in left)
    # ... and goes with the next run
    assert cleaner(tmp_path, "clean", ".", "--in-place", "-q").returncode == 0
    assert not list(tmp_path.glob(".cleaner-*"))
