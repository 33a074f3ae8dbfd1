"""Cleaning a result again changes nothing: records keep what they say of their cleaning, and why they failed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from corpus import lines
from ferry import BODY, NOISY

Run = Callable[..., Any]
FORMATS = ["jsonl", "csv", "tsv", "parquet", "jsonl.zst"]
ROWS = [
    {"id": "a", "text": f"{NOISY}\n\nep/ta (AP, dpa)", "desk": "north"},
    {"id": "b", "text": None, "desk": "south"},
    {"id": "c", "text": f"{BODY} The rest of the council's plan [+1234 chars]"},
    {"id": "d", "html": f"<h1>Ferry</h1><p>{BODY}</p>"},
]


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_a_result_cleaned_again_is_the_same(run: Run, crawl: Path, tmp_path: Path, form: str) -> None:
    assert run("clean", "in.jsonl", "-o", f"once.{form}").exit_code == 1
    assert run("clean", f"once.{form}", "-o", f"twice.{form}").exit_code == 1
    assert (tmp_path / f"twice.{form}").read_bytes() == (tmp_path / f"once.{form}").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_in_place_nothing_is_changed_the_second_time(run: Run, tmp_path: Path, form: str) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(ROWS[0]), encoding="utf-8")
    run("clean", "in.jsonl", "-o", f"a.{form}", "--select", "dateline")
    assert "1 file changed" in run("clean", f"a.{form}", "--in-place").stderr
    before = (tmp_path / f"a.{form}").read_bytes()
    assert "0 files changed" in run("clean", f"a.{form}", "--in-place").stderr
    assert (tmp_path / f"a.{form}").read_bytes() == before


@pytest.mark.parametrize("form", FORMATS)
def test_removals_and_reasons_survive_another_format(run: Run, crawl: Path, tmp_path: Path, form: str) -> None:
    run("clean", "in.jsonl", "-o", "once.jsonl")
    run("clean", "in.jsonl", "-o", f"other.{form}")
    run("clean", f"other.{form}", "-o", "twice.jsonl")
    once, twice = lines(tmp_path / "once.jsonl"), lines(tmp_path / "twice.jsonl")
    told = ("id", "text", "metadata", "removals", "status", "ruleset", "notes")
    for row in (once[3], twice[3]):
        row["metadata"].pop("sources", None)  # a table has no column for it
    assert [[row.get(key) or None for key in told] for row in twice] == [
        [row.get(key) or None for key in told] for row in once
    ]
    assert twice[1] == {**once[1], "id": twice[1]["id"]}


def test_where_more_is_removed_the_record_tells_of_that_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(ROWS[0]), encoding="utf-8")
    run("clean", "in.jsonl", "-o", "once.jsonl", "--select", "byline")
    run("clean", "once.jsonl", "-o", "twice.jsonl")
    (once,), (twice,) = lines(tmp_path / "once.jsonl"), lines(tmp_path / "twice.jsonl")
    assert [removal["category"] for removal in once["removals"]] == ["byline"]
    assert [removal["category"] for removal in twice["removals"]] == ["newsletter"]
    assert [once["text"][r["start"] : r["end"]] for r in twice["removals"]] == [r["text"] for r in twice["removals"]]
    assert (twice["metadata"]["agencies"], once["ruleset"] == twice["ruleset"]) == (["AP", "dpa"], False)


def test_notes_of_ones_own_stay(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({**ROWS[0], "notes": "mine"}), encoding="utf-8")
    run("clean", "in.jsonl", "--in-place")
    run("clean", "in.jsonl", "--in-place")
    (row,) = lines(tmp_path / "in.jsonl")
    assert (row["notes"], len(row["removals"])) == ("mine", 2)


def test_check_says_nothing_of_a_result(run: Run, crawl: Path) -> None:
    run("clean", "in.jsonl", "-o", "once.jsonl")
    assert run("check", "once.jsonl").stdout == ""


@pytest.mark.parametrize(
    "mine",
    [
        {"removals": 3, "status": "published", "ruleset": "mine"},
        {"removals": [{"start": "1"}], "status": "ok", "ruleset": "mine"},
        {"removals": [], "status": None, "ruleset": "mine"},
    ],
)
def test_what_cleaning_did_not_write_does_not_stay(run: Run, tmp_path: Path, mine: dict[str, Any]) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": BODY, **mine}), encoding="utf-8")
    run("clean", "in.jsonl", "-o", "out.jsonl")
    (row,) = lines(tmp_path / "out.jsonl")
    assert (row["removals"], row["status"], row["ruleset"] == "mine") == ([], "ok", False)
