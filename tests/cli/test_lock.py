"""Two runs into one output at once: the second is refused; what a killed run left is taken over."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from corpus import environment, lines, write

from cleaner.cli.run.lock import Lock

Run = Callable[..., Any]
SHARDS = ["clean", "in.jsonl", "-o", "out/", "--to", "jsonl", "--shard-size", "8KB"]
ONE_FILE = ["clean", "in.jsonl", "-o", "out.jsonl", "--shard-size", "8KB"]
STATE = {"out/": Path("out", ".cleaner"), "out.jsonl": Path("out.jsonl.parts")}
HOLDS = """
import sys, time
from pathlib import Path
from cleaner.cli.run.lock import Lock
lock = Lock(Path(sys.argv[1]), "out")
print(flush=True)
sys.stdin.read()
"""
# A run that waits for a file at document r70.
WAITS = """
import sys, time
from pathlib import Path
from cleaner.pipeline import Cleaner
clean = Cleaner.clean_document
def patched(self, doc):
    while doc.id == "r70" and not Path("go").exists():
        Path("waits").touch()
        time.sleep(0.01)
    return clean(self, doc)
Cleaner.clean_document = patched
sys.argv = ["cleaner", *{arguments!r}, "--workers", "1"]
from cleaner.__main__ import main
main()
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the lock is POSIX'")


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that holds the lock of a folder."""
    command = [sys.executable, "-c", HOLDS, str(folder)]
    process = subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE])
def test_a_lock_leaves_nothing_behind(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path / "in.jsonl", 30)
    for more in ([], ["--resume"], []):
        assert run(*arguments, *more).exit_code == 0
        assert not (tmp_path / STATE[arguments[3]]).exists()


@pytest.mark.parametrize("more", [[], ["--resume"], ["--overwrite"]])
@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE])
def test_another_run_at_once_is_refused(run: Run, tmp_path: Path, arguments: list[str], more: list[str]) -> None:
    write(tmp_path / "in.jsonl", 150)
    run(*arguments)
    whole = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code = WAITS.format(arguments=arguments)
    first = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE)
    started = time.monotonic()
    while not (tmp_path / "waits").exists() and time.monotonic() - started < 60:
        time.sleep(0.01)
    result = run(*arguments, *more)
    (tmp_path / "go").touch()
    _, said = first.communicate(timeout=60)

    assert result.exit_code == 2
    wanted = rf"cleaner: {arguments[3]} is being written by another run \(process {first.pid} on .+\); mend: wait"
    assert re.match(wanted, result.stderr), result.stderr
    assert first.returncode == 0, said
    (tmp_path / "go").unlink()
    (tmp_path / "waits").unlink()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == whole


@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE])
def test_the_lock_of_a_killed_run_is_taken_over(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path / "in.jsonl", 30)
    state = tmp_path / STATE[arguments[3]]
    with held(state) as process:
        assert run(*arguments).exit_code == 2
        process.kill()
        process.wait()
        assert (state / "lock").read_text().startswith(f"process {process.pid} on ")
        assert run(*arguments, "--resume").exit_code == 0
    assert not state.exists()


def test_two_outputs_in_one_folder_are_no_hindrance(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 30)
    with held(tmp_path / "other.jsonl.parts"):
        assert run(*ONE_FILE).exit_code == 0
    assert len(lines(tmp_path / "out.jsonl")) == 30


def test_a_lock_is_released_once(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "state", "out")
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["lock"]
    lock.release()
    lock.release()
    assert not (tmp_path / "state").exists()


def test_what_else_is_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")
    Lock(tmp_path, "out").release()
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_link_is_not_followed(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 3)
    (tmp_path / "out.jsonl.parts").mkdir()
    (tmp_path / "out.jsonl.parts" / "lock").symlink_to(tmp_path / "elsewhere")
    result = run(*ONE_FILE)
    assert (result.exit_code, "out.jsonl cannot be written" in result.stderr) == (1, True)
    assert not (tmp_path / "elsewhere").exists()
