"""Settings by file, `cleaner config show`, baselines, and restoring."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

from cleaner.cli.inplace import packed
from cleaner.read.sources import suffixes

Run = Callable[..., Any]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three noisy articles; one folder has settings of its own."""
    for name in ("a.txt", "quotes/b.txt", "own/c.txt"):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOISY, encoding="utf-8")
    (tmp_path / "corpus" / "pyproject.toml").write_text(
        '[tool.cleaner]\noutput = "body"\n\n[tool.cleaner.per-file-ignores]\n"quotes/**" = ["newsletter"]\n', "utf-8"
    )
    (tmp_path / "corpus" / "own" / "cleaner.toml").write_text("protect = ['^subscribe']\n", encoding="utf-8")
    return tmp_path / "corpus"


def test_settings_apply_by_file_wherever_the_command_is_called(run: Run, corpus: Path) -> None:
    for source in ("corpus", str(corpus)):
        shown = run("check", source).stdout
        assert [line.split(":")[0] for line in shown.splitlines()] == [f"{source}/a.txt"]
    assert run("clean", "corpus", "--in-place", "--hook").exit_code == 1
    assert (corpus / "a.txt").read_text(encoding="utf-8") == BODY + "\n"
    assert (corpus / "quotes" / "b.txt").read_text(encoding="utf-8") == NOISY


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_settings_apply_by_file_in_workers_too(run: Run, corpus: Path, form: str) -> None:
    (corpus / "own" / "long.txt").write_text(f"{BODY}\n\n" * 40, encoding="utf-8")
    (corpus / "own" / "cleaner.toml").write_text("protect = ['^subscribe']\nmax-bytes = 2000\n", encoding="utf-8")
    for workers in ("1", "2"):
        result = run("clean", "corpus", "-o", f"out{workers}.{form}", "--workers", workers)
        assert (result.exit_code, "own/long.txt: larger than 2,000 bytes" in result.stderr) == (1, True)
    once, twice = ((corpus.parent / f"out{workers}.{form}").read_bytes() for workers in "12")
    assert once == twice
    assert once.count(b"Subscribe to our newsletter") == 2 + 1  # kept in two, and the removal that the third tells


def test_a_run_of_records_is_not_resumed_with_other_settings_of_some_files(run: Run, corpus: Path) -> None:
    arguments = ("clean", "corpus", "-o", "out/", "--to", "jsonl", "--shard-size", "1B")
    assert run(*arguments).exit_code == 0
    assert run(*arguments, "--resume").exit_code == 0
    (corpus / "own" / "cleaner.toml").write_text("protect = ['^share']\n", encoding="utf-8")
    result = run(*arguments, "--resume")
    assert (result.exit_code, "cannot be resumed: protect is 2 values by file" in result.stderr) == (2, True)


def test_an_option_goes_before_the_settings(run: Run, corpus: Path) -> None:
    assert run("clean", "corpus/a.txt", "--in-place", "--to", "front-matter").exit_code == 0
    assert (corpus / "a.txt").read_text(encoding="utf-8").startswith("---\n")


def test_a_fault_in_settings_stops_before_any_file_is_changed(run: Run, corpus: Path) -> None:
    (corpus / "own" / "cleaner.toml").write_text('ignore = [\n  "newsleter",\n]\n', encoding="utf-8")
    result = run("clean", "corpus", "--in-place")
    assert (result.exit_code, (corpus / "a.txt").read_text(encoding="utf-8")) == (2, NOISY)
    assert (
        'own/cleaner.toml:1: "newsleter" is no rule, category or language: did you mean "newsletter"?' in result.stderr
    )


def test_config_show(run: Run, corpus: Path) -> None:
    shown = run("config", "show", "corpus/quotes/b.txt").stdout
    assert shown.startswith(f"{corpus / 'pyproject.toml'}\n")
    rows = {line.split("  ")[1]: line.split() for line in shown.splitlines()[1:]}
    assert rows["output"][1:] == ['"body"', f"{corpus / 'pyproject.toml'}:2"]
    assert rows["per-file-ignores quotes/**"][2:] == ['["newsletter"]', f"{corpus / 'pyproject.toml'}:5"]
    assert rows["budget"][1:] == ["0.8", "default"]
    assert "per-file-ignores" not in run("config", "show", "corpus/a.txt").stdout


def test_config_show_names_front_matter(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ncleaner: ignore\n---\nThe ferry.\n", encoding="utf-8")
    shown = json.loads(run("config", "show", "a.md", "--json").stdout)
    assert shown["keys"][-1] == {"key": "cleaner", "value": "ignore", "from": "a.md: front matter"}
    assert shown["settings"] is None
    assert run("config", "show", "missing.txt").exit_code == 2


def test_a_baseline_accepts_what_is_there_and_reports_what_is_new(run: Run, folder: Path) -> None:
    written = run("check", "in", "--write-baseline", "in/baseline.json")
    assert (written.exit_code, written.stdout) == (0, "")
    again = run("check", "in", "--baseline", "in/baseline.json")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "0 removals in 0 of 3 documents (2 more accepted)" in again.stderr
    (folder / "noisy.txt").write_text("New first line.\n\n" + NOISY + "\nShare this article\n", encoding="utf-8")
    found = run("check", "in", "--baseline", "in/baseline.json")
    assert found.exit_code == 1
    assert [line.split()[1].split("-")[0] for line in found.stdout.splitlines()] == ["share"]


def test_a_baseline_takes_no_other_file_s_place(run: Run, folder: Path) -> None:
    for name in ("noisy.txt", "other.txt"):
        (folder / name).write_text(NOISY, encoding="utf-8")
    for place, said in (("in/noisy.txt", "is an input"), ("in/other.txt", "would replace a file that is none")):
        result = run("check", "in/noisy.txt", "--write-baseline", place)
        assert (result.exit_code, said in result.stderr) == (2, True)
        assert Path(place).read_text(encoding="utf-8") == NOISY
    for _ in range(2):
        assert run("check", "in", "--write-baseline", "new.json").exit_code == 0


@pytest.mark.parametrize("option", ["--errors", "--stats", "--write-baseline"])
def test_no_file_is_called_as_standard_output_is(run: Run, folder: Path, option: str) -> None:
    command = ["check", "in"] if option == "--write-baseline" else ["clean", "in", "-o", "out"]
    result = run(*command, option, "-")
    assert (result.exit_code, f"{option} writes a file" in result.stderr, Path("-").exists()) == (2, True, False)


@pytest.mark.parametrize("option", ["--errors", "--stats"])
def test_what_a_run_tells_takes_no_input_s_place(run: Run, folder: Path, option: str) -> None:
    (folder / "noisy.txt").write_text(NOISY, encoding="utf-8")
    result = run("clean", "in", "-o", "out", option, "in/noisy.txt")
    assert (result.exit_code, f"{option} in/noisy.txt is an input" in result.stderr) == (2, True)
    assert (folder / "noisy.txt").read_text(encoding="utf-8") == NOISY


def test_a_pipe_is_not_cleaned_in_place(run: Run, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    result = run("clean", "in/pipe.txt", "--in-place")
    assert (result.exit_code, "is a pipe or device" in result.stderr) == (2, True)


def test_a_baseline_counts_and_fits_wherever_it_is_used(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("check", "in/noisy.txt", "--write-baseline", "base.json")
    before = (folder.parent / "base.json").read_bytes()
    run("check", str(folder / "noisy.txt"), "--write-baseline", "base.json")
    assert (folder.parent / "base.json").read_bytes() == before
    monkeypatch.chdir(folder)
    assert run("check", "noisy.txt", "--baseline", "../base.json").exit_code == 0
    (folder / "noisy.txt").write_text(f"{NOISY}\n{BODY}\n\nSubscribe to our newsletter\n", encoding="utf-8")
    monkeypatch.chdir(folder.parent)
    assert run("check", "in/noisy.txt", "--baseline", "base.json").stdout.count("newsletter-heading") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such baseline; mend: cleaner check --write-baseline"),
        ("{", "not JSON"),
        ("[]", "no baseline of format 1"),
        ('{"format": 1, "accepted": [{"path": 1}]}', "entry 1 is damaged"),
    ],
)
def test_a_baseline_that_is_none(run: Run, folder: Path, content: str | None, message: str) -> None:
    if content is not None:
        (folder.parent / "b.json").write_text(content, encoding="utf-8")
    result = run("check", "in", "--baseline", "b.json")
    assert (result.exit_code, message in result.stderr) == (2, True)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_restoring_gives_the_bytes_back(run: Run, tmp_path: Path, codec: str) -> None:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_bytes(NOISY.replace("ferry", "fährboot").replace("\n", "\r\n").encode(codec))
    before = path.read_bytes()
    assert run("clean", "in", "--in-place", "--keep-removals").exit_code == 0
    assert path.read_bytes() != before
    assert (
        json.loads((path.parent / "a.txt.removed.json").read_text("utf-8"))["removals"][0]["category"] == "newsletter"
    )
    assert run("clean", "in", "--in-place", "--keep-removals").exit_code == 0
    assert run("restore", "in").exit_code == 0
    assert (path.read_bytes(), [p.name for p in path.parent.iterdir()]) == (before, ["a.txt"])


def test_restoring_takes_the_record_beside_the_text_away(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('output = "sidecar"\nkeep-removals = true\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    for _ in range(2):
        assert run("clean", "a.txt", "--in-place").exit_code == 0
    assert (tmp_path / "a.txt.json").exists()
    assert run("restore", ".").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "cleaner.toml"]
    run("clean", "a.txt", "--in-place")
    (tmp_path / "a.txt.json").write_text('{"notes": "of my own"}', encoding="utf-8")
    assert run("restore", "a.txt").exit_code == 0
    assert (tmp_path / "a.txt.json").exists()


def test_restoring_json_lines(run: Run, tmp_path: Path) -> None:
    before = json.dumps({"text": NOISY, "n": 1.50}, indent=None).encode() + b"\r\n\r\n"
    (tmp_path / "a.jsonl").write_bytes(before)
    assert run("clean", "a.jsonl", "--in-place", "--keep-removals").exit_code == 0
    assert run("restore", "a.jsonl").exit_code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == before


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl.zst", "a.txt.xz"])
def test_restoring_other_formats(run: Run, tmp_path: Path, name: str) -> None:
    contents = {
        ".csv": f'n,text\n1,"{NOISY}"\n', ".tsv": f'n\ttext\n1\t"{NOISY}"\n',
        ".jsonl": json.dumps({"text": NOISY}), ".txt": NOISY,
    }  # fmt: skip
    before = packed(contents[suffixes(name)[0]].encode("utf-8"), name)
    (tmp_path / name).write_bytes(before)
    assert run("clean", name, "--in-place", "--keep-removals").exit_code == 0
    assert (tmp_path / name).read_bytes() != before
    assert run("restore", name).exit_code == 0
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet"])
def test_a_later_cleaning_keeps_up_to_date_what_restores_a_file(run: Run, tmp_path: Path, name: str) -> None:
    text = f"{NOISY}\n\nShare this article\n"
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": text}), encoding="utf-8")
    if name == "a.txt":
        (tmp_path / name).write_text(text, encoding="utf-8")
    else:
        run("clean", "in.jsonl", "-o", name, "--select", "dateline")
    before = (tmp_path / name).read_bytes()
    run("clean", name, "--in-place", "--keep-removals", "--select", "share")
    once = (tmp_path / name).read_bytes()
    assert run("clean", name, "--in-place").exit_code == 0
    assert len({before, once, (tmp_path / name).read_bytes()}) == 3
    assert run("restore", name).exit_code == 0
    assert (tmp_path / name).read_bytes() == before


def test_a_sidecar_that_does_not_belong_to_the_file_is_not_touched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    run("clean", "a.txt", "--in-place", "--keep-removals")
    sidecar = (tmp_path / "a.txt.removed.json").read_bytes()
    (tmp_path / "a.txt").write_text(f"The ferry lies in the harbour.\n\n{NOISY}", encoding="utf-8")
    assert run("clean", "a.txt", "--in-place").exit_code == 0
    assert (tmp_path / "a.txt.removed.json").read_bytes() == sidecar


def test_what_cannot_be_restored_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    assert "nothing to restore from" in run("restore", "a.txt").stderr
    run("clean", "a.txt", "--in-place", "--keep-removals")
    (tmp_path / "a.txt").write_text("Edited.\n", encoding="utf-8")
    result = run("restore", "a.txt")
    assert (result.exit_code, "the file was changed after it was cleaned" in result.stderr) == (1, True)
    (tmp_path / "a.txt.removed.json").write_text("{", encoding="utf-8")
    assert "damaged" in run("restore", "a.txt").stderr
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "Edited.\n"
    assert run("clean", "a.txt", "-o", "b.txt", "--keep-removals").exit_code == 2


def test_the_settings_can_ask_for_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text("keep-removals = true\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(NOISY, encoding="utf-8")
    run("clean", "a.txt", "--in-place", "--hook")
    assert run("restore", "a.txt").exit_code == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == NOISY
