"""Runs that were killed: what is done is kept, and going on gives the same bytes as a run in one go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpus import article, environment, lines, program, write

from cleaner.pipeline import Cleaner

Run = Callable[..., Any]
SHARDS = ["clean", "in.jsonl", "-o", "out/", "--to", "jsonl", "--shard-size", "8KB"]
ONE_FILE = ["clean", "in.jsonl", "-o", "out.jsonl", "--shard-size", "8KB"]


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a run's output."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "in.jsonl")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def dies_at(monkeypatch: pytest.MonkeyPatch, id: str) -> None:
    clean = Cleaner.clean_document

    def patched(self: Cleaner, doc: Any) -> Any:
        if doc.id == id:
            raise KeyboardInterrupt
        return clean(self, doc)

    monkeypatch.setattr(Cleaner, "clean_document", patched)


def spoil(path: Path, *numbers: int) -> None:
    """Makes some lines of a file no JSON."""
    found = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number in numbers:
        found[number] = f"{{oops {number}\n"
    path.write_text("".join(found), encoding="utf-8")


@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE, [*ONE_FILE[:3], "out.jsonl.zst", *ONE_FILE[4:]]])
@pytest.mark.parametrize("at", ["r0", "r60", "r161"])
def test_going_on_gives_the_same_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], at: str
) -> None:
    spoil(write(tmp_path / "in.jsonl", 200), 3, 120, 199)
    assert run(*arguments).exit_code == 1
    whole = tree(tmp_path)
    for path in tmp_path.iterdir():
        if path.name != "in.jsonl":
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    with monkeypatch.context() as patch:
        dies_at(patch, at)
        result = run(*arguments, "--workers", "1", "--stats", str(tmp_path.parent / "early.json"))
    assert result.exit_code == 130
    early = json.loads((tmp_path.parent / "early.json").read_text())
    assert (early["whole"], early["documents"] + early["errors"]) == (False, int(at[1:]))
    assert "Traceback" not in result.stderr
    assert ("--resume goes on with them" in result.stderr) == (at != "r0")
    result = run(*arguments, "--resume", "--stats", str(tmp_path.parent / "stats.json"))
    assert result.exit_code == 1
    assert tree(tmp_path) == whole
    stats = json.loads((tmp_path.parent / "stats.json").read_text())
    assert (stats["documents"], stats["errors"], stats["statuses"]) == (197, 3, {"ok": 197})
    assert stats["whole"] is True


def test_shards_and_their_manifest(run: Run, tmp_path: Path) -> None:
    spoil(write(tmp_path / "in.jsonl", 200), 5)
    run(*SHARDS)
    manifest = json.loads((tmp_path / "out" / "_manifest.json").read_text())
    shards = sorted(path.name for path in (tmp_path / "out").glob("part-*"))
    assert [shard["name"] for shard in manifest["shards"]] == shards
    assert shards[:2] == ["part-00000.jsonl", "part-00001.jsonl"]
    assert sum(shard["tally"]["documents"] for shard in manifest["shards"]) == 199
    assert manifest["inputs"][0]["size"] == (tmp_path / "in.jsonl").stat().st_size
    assert manifest["ruleset"].startswith("0.")
    rows = [row for name in shards for row in lines(tmp_path / "out" / name)]
    assert [row["id"] for row in rows] == [f"r{n}" if n != 5 else "in.jsonl:6" for n in range(200)]
    assert [error["id"] for error in lines(tmp_path / "out.errors.jsonl")] == ["in.jsonl:6"]
    assert not (tmp_path / "out" / ".cleaner").exists()


def test_a_manifest_of_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 10)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "_manifest.json").write_text("[1]")
    for more in ([], ["--resume"], ["--overwrite"]):
        result = run(*SHARDS, *more)
        assert (result.exit_code, "is not of a run of cleaner; mend: another folder" in result.stderr) == (2, True)
    assert (tmp_path / "out" / "_manifest.json").read_text() == "[1]"


@pytest.mark.skipif(sys.platform != "linux", reason="the test forks")
def test_killed_while_the_manifest_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in.jsonl", 60)
    run(*SHARDS)
    whole = tree(tmp_path)
    shutil.rmtree(tmp_path / "out")
    sync = os.fsync

    def killed(handle: int) -> None:
        if b'"shards"' in Path(f"/proc/self/fd/{handle}").read_bytes():
            os._exit(9)
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killed)
        pid = os.fork()
        if not pid:
            run(*SHARDS)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert [path.name for path in (tmp_path / "out").iterdir() if path.suffix == ".tmp"] == []
    assert run(*SHARDS, "--resume").exit_code == 0
    assert tree(tmp_path) == whole


def test_output_among_the_inputs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    spoil(write(tmp_path / "in" / "a.jsonl", 150), 3)
    arguments = ["clean", "in", "-o", "in/out.jsonl", "--shard-size", "8KB"]
    with monkeypatch.context() as patch:
        dies_at(patch, "r140")
        run(*arguments)
    assert list((tmp_path / "in" / "out.jsonl.parts").glob("part-*"))
    for more in (["--resume"], []):
        assert run(*arguments, *more).exit_code == 1
        assert [row["id"] for row in lines(tmp_path / "in" / "out.jsonl")][-1] == "r149"
        assert len(lines(tmp_path / "in" / "out.jsonl")) == 150


def test_what_is_finished_is_not_done_again(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 100)
    run(*SHARDS)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    result = run(*SHARDS, "--resume")
    assert (result.exit_code, "100 documents" in result.stderr) == (0, True)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--ignore", "newsletter"], "the ruleset is "),
        (["--language", "de"], "--language is de now, and was not given"),
        (["--shard-size", "9KB"], "--shard-size is 9000 now, and was 8000"),
        (["--id-field", "n"], "fields is"),
    ],
)
@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE])
def test_another_run_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], change: list[str], said: str
) -> None:
    write(tmp_path / "in.jsonl", 150)
    with monkeypatch.context() as patch:
        dies_at(patch, "r140")
        run(*arguments)
    before = tree(tmp_path)
    result = run(*arguments, *change, "--resume")
    assert result.exit_code == 2
    assert "cannot be resumed: " in result.stderr
    assert said in result.stderr
    assert "mend: the same options, rules and inputs as before, or --overwrite to begin anew" in result.stderr
    assert tree(tmp_path) == before


def test_other_rules_are_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in.jsonl", 150)
    with monkeypatch.context() as patch:
        dies_at(patch, "r140")
        run(*SHARDS)
    state = tmp_path / "out" / ".cleaner" / "run.json"
    was = json.loads(state.read_text())
    state.write_text(json.dumps({**was, "ruleset": "0.0.9+other"}))
    result = run(*SHARDS, "--resume")
    assert result.exit_code == 2
    assert f"out/ cannot be resumed: the ruleset is {was['ruleset']} now, and was 0.0.9+other; mend: " in result.stderr


@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE])
def test_changed_input_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    write(tmp_path / "in.jsonl", 150)
    with monkeypatch.context() as patch:
        dies_at(patch, "r140")
        run(*arguments)
    write(tmp_path / "in.jsonl", 151)
    result = run(*arguments, "--resume")
    assert (result.exit_code, "the input in.jsonl was changed since" in result.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE])
def test_a_run_that_did_not_end_is_not_lost_by_mistake(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    write(tmp_path / "in.jsonl", 150)
    with monkeypatch.context() as patch:
        dies_at(patch, "r140")
        run(*arguments)
    before = tree(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, "--resume to go on with it, --overwrite to begin anew" in result.stderr) == (2, True)
    assert tree(tmp_path) == before
    assert run(*arguments, "--overwrite").exit_code == 0


def test_a_shorter_run_leaves_no_shard_of_a_longer_one(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 150)
    run(*SHARDS)
    write(tmp_path / "in.jsonl", 40)
    assert run(*SHARDS).exit_code == 0
    assert [path.name for path in sorted((tmp_path / "out").glob("part-*"))] == ["part-00000.jsonl"]
    assert run("clean", "in.jsonl", "-o", "out/", "--to", "jsonl.gz").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["_manifest.json", "part-00000.jsonl.gz"]


def test_several_inputs_and_one_that_is_missing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, first in (("a", 0), ("b", 60)):
        rows = [{"id": f"r{n}", "text": article(n)} for n in range(first, first + 60)]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "c.txt").write_text(article(120), encoding="utf-8")
    sources = ["a.jsonl", "gone.jsonl", "b.jsonl", "c.txt"]
    arguments = ["clean", *sources, "-o", "out/", "--to", "csv", "--shard-size", "3KB"]
    run(*arguments)
    whole = tree(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    with monkeypatch.context() as patch:
        dies_at(patch, "r100")
        run(*arguments)
    assert run(*arguments, "--resume").exit_code == 1
    assert tree(tmp_path / "out") == whole


def test_shards_at_an_address(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    fs = fsspec.filesystem("memory")
    fs.pipe("/bucket/in.jsonl", write(tmp_path / "in.jsonl", 120).read_bytes())
    options = ["--to", "jsonl.zst", "--shard-size", "5KB"]
    arguments = ["clean", "memory://bucket/in.jsonl", "-o", "memory://bucket/out/", *options]
    assert run(*arguments).exit_code == 0, run(*arguments).stderr
    whole = {name: fs.cat(name) for name in fs.find("/bucket/out")}
    assert len(whole) > 3
    fs.rm("/bucket/out", recursive=True)
    with monkeypatch.context() as patch:
        dies_at(patch, "r100")
        assert run(*arguments).exit_code == 130
    assert run(*arguments, "--resume").exit_code == 0
    assert {name: fs.cat(name) for name in fs.find("/bucket/out")} == whole
    assert run("clean", "memory://bucket/in.jsonl", "-o", "memory://bucket/one.jsonl.gz").exit_code == 0
    assert fs.exists("/bucket/one.jsonl.gz")
    result = run("clean", "memory://bucket/in.jsonl", "-o", "memory://bucket/one.jsonl.gz", "--resume")
    assert (result.exit_code, "--resume needs shards" in result.stderr) == (2, True)
    fs.rm("/bucket", recursive=True)


KILLS = 12  # for each form
# Forks a run that has everything imported, kills it with all its workers at a random moment, and starts it again.
KILLED = """
import glob, os, random, shutil, signal, sys, time
from pathlib import Path
from cleaner.__main__ import main
from cleaner.cli import app, clean, running
from cleaner.cli.run import pool
from cleaner.pipeline import Cleaner
Cleaner().clean("The ferry sails on Friday.")
pool.MAX_ENTRIES = 20
dice = random.Random(20250314)

def start():
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    sys.stderr = open(os.devnull, "w")
    sys.argv = ["cleaner", *{arguments!r}]
    try:
        main()
    except SystemExit as end:
        os._exit(end.code or 0)
    os._exit(0)

def pieces():
    return len(glob.glob("out*/**/0*.json", recursive=True, include_hidden=True))  # of folders that may go meanwhile

def waited(pid, seconds, more=0):
    # Kills it so long after it has finished some more pieces: whatever else the machine does, it has come somewhere.
    least, until = pieces() + more, None
    while until is None or time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if until is None and pieces() >= least:
            until = time.monotonic() + seconds
        time.sleep(0.001)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

def content():
    return {{str(p): p.read_bytes() for p in sorted(Path(".").rglob("*")) if p.is_file() and p.name != "in.jsonl"}}

def differs():
    now = content()
    return [(name, now.get(name, b"")[-200:], whole.get(name, b"")[-200:]) for name in {{*now, *whole}}
            if now.get(name) != whole.get(name)]

def clear():
    for path in Path(".").glob("out*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()

began = time.monotonic()
assert waited(start(), 100) == 1
length = time.monotonic() - began
whole = content()
clear()
kills = goes_on = 0
while kills < {kills}:
    goes_on += pieces() > 0
    more = dice.choice((0, 0, 1, 2, 4))
    code = waited(start(), dice.uniform(0, length * (0.1 if more else 1)), more)
    if code is None:
        kills += 1
    else:
        assert code == 1, code
        assert content() == whole, differs()
        clear()
assert waited(start(), 100) == 1
assert content() == whole, differs()
print(kills, goes_on)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the test forks")
@pytest.mark.parametrize("arguments", [SHARDS, ONE_FILE], ids=["shards", "one file"])
def test_killed_at_any_moment(tmp_path: Path, arguments: list[str]) -> None:
    """SIGKILL at random moments, going on after each: the bytes are those of a run in one go."""
    spoil(write(tmp_path / "in.jsonl", 300), 100, 200, 299)
    code = KILLED.format(arguments=[*arguments, "--workers", "2", "--resume"], kills=KILLS)
    done = program(code, tmp_path, timeout=400)
    assert done.returncode == 0, done.stderr.decode()
    kills, went_on = map(int, done.stdout.split())
    assert (kills, went_on > 2) == (KILLS, True)


SLOW = """
import sys, time
from cleaner.cli.run import pool
from cleaner.pipeline import Cleaner
pool.MAX_ENTRIES = 20
clean = Cleaner.clean_document
Cleaner.clean_document = lambda self, doc: (time.sleep(0.02), clean(self, doc))[1]
sys.argv = ["cleaner", *{arguments!r}]
from cleaner.__main__ import main
main()
"""


def test_a_worker_ends_with_its_parent(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 400)
    code = SLOW.format(arguments=[*SHARDS, "--workers", "2"])
    run = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True
    )
    started = time.monotonic()
    while not (tmp_path / "out" / "part-00000.jsonl").exists() and time.monotonic() - started < 60:
        time.sleep(0.05)
    run.kill()
    run.wait()
    started = time.monotonic()
    while time.monotonic() - started < 20:
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a worker goes on without its parent")
