"""Worker processes: the same bytes with any number, in order; a document that kills its worker fails alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus import article, cleaner, environment, lines, program, write

from cleaner.cli.run.job import Entry
from cleaner.cli.run.pool import CHUNK, MAX_ENTRIES, chunks
from cleaner.read import Raw

PATCHED = """
import os, signal, sys
from cleaner.cli.run import pool, workers
from cleaner.pipeline import Cleaner
pool.CHUNK, pool.MAX_ENTRIES = 20_000, 50
clean = Cleaner.clean_document
def patched(self, doc):
    {patch}
    return clean(self, doc)
Cleaner.clean_document = patched
{more}
sys.argv = ["cleaner", *{arguments!r}]
if __name__ == "__main__":
    from cleaner.__main__ import main
    main()
"""
ARGUMENTS = ["clean", "in.jsonl", "-o", "out.jsonl", "--workers", "2"]


Done = subprocess.CompletedProcess[bytes]


def patched(tmp_path: Path, patch: str, arguments: list[str] = ARGUMENTS, more: str = "") -> Done:
    return program(PATCHED.format(patch=patch, arguments=arguments, more=more), tmp_path)


def test_chunks_are_bounded_in_bytes_and_in_documents() -> None:
    def entry(size: int) -> Entry:
        return Entry(0, Raw("line", "", "", b"", size))

    assert [len(chunk) for chunk in chunks([entry(CHUNK // 2)] * 5)] == [2, 2, 1]
    assert [len(chunk) for chunk in chunks([entry(9 * CHUNK), entry(1)])] == [1, 1]
    assert [len(chunk) for chunk in chunks([entry(0)] * (MAX_ENTRIES + 1))] == [MAX_ENTRIES, 1]
    assert list(chunks([])) == []


def test_the_same_bytes_with_any_number_of_workers(tmp_path: Path) -> None:
    data = write(tmp_path / "in.jsonl", 900).read_text(encoding="utf-8").splitlines(keepends=True)
    data[400] = "{oops\n"
    (tmp_path / "in.jsonl").write_text("".join(data), encoding="utf-8")
    found = {}
    for workers in (1, 2, 3):
        done = patched(
            tmp_path, "pass", [*ARGUMENTS[:-1], str(workers), "--stats", "stats.json", "--errors", "e.jsonl"]
        )
        assert done.returncode == 1, done.stderr
        stats = json.loads((tmp_path / "stats.json").read_text())
        assert stats["workers"] == workers
        counts = {key: stats[key] for key in ("documents", "errors", "bytes", "statuses", "rules", "categories")}
        found[workers] = (tmp_path / "out.jsonl").read_bytes(), (tmp_path / "e.jsonl").read_bytes(), counts
    assert found[1] == found[2] == found[3]
    ids = [json.loads(line)["id"] for line in found[1][0].splitlines()]
    assert ids == [f"r{n}" if n != 400 else "in.jsonl:401" for n in range(900)]


def test_workers_that_are_started_anew_instead_of_forked(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 120)
    done = patched(tmp_path, "pass", more="workers._can_fork = lambda: False")
    assert (done.returncode, done.stderr.startswith(b"120 documents")) == (0, True), done.stderr
    assert [row["id"] for row in lines(tmp_path / "out.jsonl")] == [f"r{n}" for n in range(120)]


def test_a_text_folder_with_workers(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(120):
        (tmp_path / "in" / f"{n:03}.txt").write_text(article(n), encoding="utf-8")
    results = []
    for workers in ("1", "2"):
        done = patched(tmp_path, "pass", ["clean", "in", "-o", f"out{workers}/", "--workers", workers])
        assert done.returncode == 0, done.stderr
        out = tmp_path / f"out{workers}"
        results.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert results[0] == results[1]
    assert len(results[0]) == 120


@pytest.mark.parametrize(
    ("end", "said"),
    [("os.kill(os.getpid(), signal.SIGKILL)", "was killed by signal 9"), ("os._exit(3)", "ended with exit code 3")],
)
def test_a_document_that_kills_its_worker_fails_alone(tmp_path: Path, end: str, said: str) -> None:
    write(tmp_path / "in.jsonl", 300)
    done = patched(tmp_path, f"if doc.id in ('r7', 'r180', 'r181'): {end}")
    assert done.returncode == 1
    rows = lines(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows if row["status"] == "ok"] == [
        f"r{n}" for n in range(300) if n not in (7, 180, 181)
    ]
    failed = lines(tmp_path / "out.jsonl.errors.jsonl")
    assert [error["place"] for error in failed] == ["in.jsonl:8", "in.jsonl:181", "in.jsonl:182"]
    assert all(f"its worker process {said}; mend: " in error["reason"] for error in failed)
    assert json.loads(failed[0]["raw"])["id"] == "r7"


def test_workers_that_cannot_work_are_an_error_and_no_endless_run(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 300)
    done = patched(tmp_path, "os._exit(3)")
    assert done.returncode == 1
    assert b"workers cannot work here" in done.stderr
    assert b"mend: --workers 1" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_small_inputs_start_no_process(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 30)
    assert cleaner("clean", "in.jsonl", "-o", "out.jsonl", "--stats", "stats.json", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "stats.json").read_text())["workers"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows'")
def test_an_interrupted_run_keeps_its_shards_and_leaves_no_process(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 400)
    arguments = ["clean", "in.jsonl", "-o", "out/", "--to", "jsonl", "--shard-size", "4KB", "--workers", "2"]
    code = PATCHED.format(patch="__import__('time').sleep(0.02)", arguments=arguments, more="")
    run = subprocess.Popen(
        [sys.executable, "-c", "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n" + code],
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )  # jobs in a shell's background ignore SIGINT, and so would what they start
    started = time.monotonic()
    while not (tmp_path / "out" / "part-00001.jsonl").exists() and time.monotonic() - started < 60:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130, said
    assert b" done; --resume goes on with them" in said
    assert b"interrupted" in said
    assert b"Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    done = cleaner(*arguments, "--resume", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    ids = [row["id"] for path in sorted((tmp_path / "out").glob("part-*")) for row in lines(path)]
    assert ids == [f"r{n}" for n in range(400)]
