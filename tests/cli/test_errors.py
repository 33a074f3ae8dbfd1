"""Errors never end a run: each is kept with its place, reason and raw record, and nothing is lost or comes twice."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpus import article, lines, write

from cleaner.cli.run.job import MAX_RAW, kept_raw

Run = Callable[..., Any]

# Ten ways in which a record is bad, and what its error says.
MALFORMED: dict[str, tuple[bytes, str]] = {
    "cut off": (b'{"id": "bad", "text": "The ferry', "not JSON: Unterminated string"),
    "no JSON": (b"The ferry sails on Friday.", "not JSON: Expecting value"),
    "a list": (b'["bad", "The ferry sails."]', "a list, not an object"),
    "null": (b"null", "null, not an object"),
    "no text": (b'{"id": "bad", "txt": "The ferry sails."}', 'no "text" or "html"; keys: id, txt'),
    "text is null": (b'{"id": "bad", "text": null}', '"text" is null'),
    "text is a number": (b'{"id": "bad", "text": 5}', '"text" is a number'),
    "html is a list": (b'{"id": "bad", "html": ["<p>"]}', '"html" is a list'),
    "bytes": (b'{"id": "bad", "text": \xff\xfe\x00}', "not JSON: "),
    "nested": (b"[" * 50_000, "not JSON: nested too deeply"),
}


@pytest.mark.slow
def test_five_percent_of_ten_kinds_among_ten_thousand(run: Run, tmp_path: Path) -> None:
    kinds, wanted = list(MALFORMED), Counter[str]()
    with (tmp_path / "in.jsonl").open("wb") as file:
        for n in range(10_000):
            if n % 20 == 13:
                kind = kinds[n // 20 % len(kinds)]
                wanted[kind] += 1
                file.write(MALFORMED[kind][0] + b"\n")
            else:
                file.write(json.dumps({"id": f"r{n}", "text": f"Ferry {n} sailed."}).encode() + b"\n")
    result = run("clean", "in.jsonl", "-o", "out.jsonl", "--workers", "2", "--stats", "stats.json")
    assert result.exit_code == 1
    assert "9,500 documents" in result.stderr
    assert "500 errors" in result.stderr
    assert result.stderr.count("\n") < 30

    errors = lines(tmp_path / "out.jsonl.errors.jsonl")
    assert [error["place"] for error in errors] == [f"in.jsonl:{n + 1}" for n in range(10_000) if n % 20 == 13]
    for number, error in enumerate(errors):
        raw, reason = MALFORMED[kinds[number % len(kinds)]]
        assert error["reason"].startswith(reason), error
        assert "; mend: " in error["reason"]
        kept = base64.b64decode(error["raw_base64"]) if "raw_base64" in error else error["raw"].encode()
        assert raw.startswith(kept)
    assert Counter(kinds[number % len(kinds)] for number in range(len(errors))) == wanted

    rows = lines(tmp_path / "out.jsonl")
    assert len(rows) == 10_000
    assert [row["id"] for row in rows if row["status"] != "error"] == [f"r{n}" for n in range(10_000) if n % 20 != 13]
    stats = json.loads((tmp_path / "stats.json").read_text())
    assert (stats["documents"], stats["errors"], sum(stats["statuses"].values())) == (9_500, 500, 9_500)


def test_a_stream_that_breaks_off_a_missing_file_and_a_missing_column(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", 200)
    packed = gzip.compress((tmp_path / "a.jsonl").read_bytes())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "b.csv").write_text("id,body\nx,One.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text(article(1), encoding="utf-8")
    result = run("clean", "a.jsonl.gz", "gone.txt", "b.csv", "c.txt", "-o", "out.jsonl")
    assert result.exit_code == 1
    rows = lines(tmp_path / "out.jsonl")
    whole = [row for row in rows if row["status"] != "error"]
    assert [row["id"] for row in whole] == [*(f"r{n}" for n in range(len(whole) - 1)), "c.txt"]
    errors = lines(tmp_path / "out.jsonl.errors.jsonl")
    assert [error["place"] for error in errors] == [f"a.jsonl.gz:{len(whole)}", "gone.txt", "b.csv:1"]
    assert [set(error) for error in errors] == [{"id", "place", "reason"}] * 3


def test_the_run_ends_after_too_many_errors(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 100)
    rows = (tmp_path / "in.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for n in (10, 20, 90):
        rows[n] = "{oops\n"
    (tmp_path / "in.jsonl").write_text("".join(rows), encoding="utf-8")
    for limit, code in ((0, "ended after 1 error "), (1, "ended after 2 errors "), (3, "")):
        bounds = ["--max-errors", str(limit), "--workers", "1", "--stats", "stats.json"]
        result = run("clean", "in.jsonl", "-o", f"out{limit}.jsonl", *bounds)
        assert result.exit_code == 1
        stats = json.loads((tmp_path / "stats.json").read_text())
        assert (stats["whole"], stats["errors"]) == (not code, min(limit + 1, 3))
        assert code in result.stderr
        assert ("--max-errors" in result.stderr, (tmp_path / f"out{limit}.jsonl").exists()) == (bool(code), not code)
        assert len(lines(tmp_path / f"out{limit}.jsonl.errors.jsonl")) == min(limit + 1, 3)
    result = run(
        "clean", "in.jsonl", "-o", "out/", "--to", "jsonl", "--shard-size", "2KB", "--max-errors", "1", "--workers", "1"
    )
    assert "shard done; --resume goes on with" in result.stderr
    assert len(lines(tmp_path / "out.errors.jsonl")) == 2


def test_where_the_side_file_is(run: Run, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")
    top = folder.parent
    assert run("clean", "in", "-o", "out/").exit_code == 1
    assert [error["place"] for error in lines(top / "out.errors.jsonl")] == ["in/bad.txt"]
    assert run("clean", "in", "-o", "other/", "--errors", "e.jsonl").exit_code == 1
    assert not (top / "other.errors.jsonl").exists()
    assert [set(error) for error in lines(top / "e.jsonl")] == [{"id", "place", "reason", "raw"}]
    assert run("clean", "in/bad.txt", "--errors", "stdout.jsonl").exit_code == 1
    assert len(lines(top / "stdout.jsonl")) == 1
    (folder / "bad.txt").unlink()
    assert run("clean", "in", "-o", "out/").exit_code == 0
    assert not (top / "out.errors.jsonl").exists()


def test_what_an_error_keeps_of_a_record() -> None:
    assert kept_raw("Brücke".encode()) == {"raw": "Brücke"}
    assert kept_raw(b"\xff") == {"raw_base64": "/w=="}
    assert kept_raw({"id": "x", "text": None}) == {"raw": '{"id": "x", "text": null}'}
    long = kept_raw(("x" * (MAX_RAW - 1) + "ü" * 9).encode())
    assert (len(long["raw"]), long["raw_bytes"]) == (MAX_RAW - 1, MAX_RAW - 1 + 18)


def test_statistics(run: Run, folder: Path) -> None:
    assert run("clean", "in", "-o", "out.jsonl", "--stats", "stats.json").exit_code == 0
    stats = json.loads((folder.parent / "stats.json").read_text())
    assert (stats["documents"], stats["errors"], stats["removals"], stats["documents_with_removals"]) == (3, 0, 2, 2)
    rules = list(stats["rules"].items())
    assert rules == [("newsletter-heading", {"category": "newsletter", "removals": 2, "characters": 54})]
    assert stats["categories"] == {"newsletter": {"removals": 2, "characters": 54}}
    assert stats["bytes"] == sum(path.stat().st_size for path in folder.rglob("*.*"))
    assert {one["id"] for one in stats["slowest"]} == {"clean.txt", "noisy.txt", "sub/titled.md"}
    assert all(stats[key] >= 0 for key in ("seconds", "megabytes_per_second", "removed_share"))
    assert stats["ruleset"].startswith(stats["version"])


@pytest.mark.parametrize("name", ["none/stats.json", "in"])
def test_statistics_that_cannot_be_written(run: Run, folder: Path, name: str) -> None:
    result = run("clean", "in", "-o", "out.jsonl", "--stats", name)
    assert (result.exit_code, "--stats" in result.stderr, "mend: " in result.stderr) == (2, True, True)
