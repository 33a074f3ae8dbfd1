"""`cleaner explain`: the whole text is shown, with signs where something goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ferry import BODY, NOISY

Run = Callable[..., Any]


def test_a_clean_article_is_shown_as_it_is(run: Run, folder: Path) -> None:
    shown = run("explain", "in/clean.txt").stdout
    assert BODY in shown
    assert "[-" not in shown
    assert "-- removals\nnone\n" in shown
    assert "\n\n\n" not in shown


def test_removals_stand_in_their_place(run: Run, folder: Path) -> None:
    shown = run("explain", "in/sub/titled.md").stdout
    assert f"{BODY}\n\n[-Subscribe to our newsletter-]{{1: newsletter-" in shown
    assert "title     Ferry  stated by the input\n" in shown
    assert "1  newsletter-" in shown


def test_where_metadata_came_from(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"By Ada Quill\n\n{BODY}\n", encoding="utf-8")
    shown = run("explain", "a.txt", "--language", "en").stdout
    assert "authors   Ada Quill  read from removal 1\n" in shown
    assert "language  en         --language\n" in shown
    assert "recognised in the text" in run("explain", "a.txt").stdout


def test_one_record_of_many(run: Run, tmp_path: Path) -> None:
    rows = [json.dumps({"id": name, "text": f"{name} {BODY}"}) for name in ("first", "second")]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    shown = run("explain", "a.jsonl", "--id", "second").stdout
    assert "second The ferry" in shown
    assert "first The ferry" not in shown
    missing = run("explain", "a.jsonl", "--id", "third")
    assert (missing.exit_code, 'no document with the id "third"' in missing.stderr) == (1, True)


def test_the_fields_of_records_can_be_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'nr,body\n7,"{NOISY}"\n8,"{BODY}"\n', encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"nr": 7, "body": NOISY}) + "\n", encoding="utf-8")
    fields = ["--text-field", "body", "--id-field", "nr"]
    for name in ("a.csv", "a.jsonl"):
        shown = run("explain", name, "--id", "7", *fields)
        assert (shown.exit_code, "(7): status ok" in shown.stdout, shown.stdout.count("==")) == (0, True, 1)
        found = json.loads(run("check", name, "--output-format", "json", *fields).stdout)
        assert ([one["id"] for one in found["findings"]], found["errors"]) == (["7"], [])
    assert "mend: name the text's column with --text-field" in run("check", "a.csv").stderr
    assert run("check", "a.csv", "--text-field", "body", "--html-field", "body").exit_code == 2


def test_escapes_are_spelled_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"\x1b]0;gone\x07 \x9b31m {BODY}\n", encoding="utf-8")
    shown = run("explain", "a.txt").stdout
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)
    assert r"\x1b]0;gone" in shown.replace("[-", "").replace("-]{1: heuristic-control-characters}", "")
