"""`cleaner clean`: where the output goes, in which form, and what is never overwritten."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

Run = Callable[..., Any]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def put(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_clean_body_stays_word_for_word(run: Run, folder: Path) -> None:
    assert run("clean", "in/clean.txt", "--to", "body").stdout == BODY + "\n"


def test_inputs_stay_as_they_are(run: Run, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for arguments in (["-o", "out/"], ["-o", "out.jsonl"], ["--diff"], ["--to", "jsonl"]):
        assert run("clean", "in", *arguments).exit_code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["in", "-o", "in"], "is an input"),
        (["in/noisy.txt", "-o", "in/noisy.txt"], "is an input"),
        (["a.jsonl", "-o", "a.jsonl"], "is an input"),
        (["in/noisy.txt", "-o", "link.txt"], "is an input"),
        (["in/noisy.txt", "-o", "x.txt", "--in-place"], "exclude each other"),
        (["in/noisy.txt", "--diff", "--in-place"], "exclude each other"),
        (["in/noisy.txt", "--hook"], "--in-place"),
        (["-", "--in-place"], "standard input"),
        (["in", "--in-place", "--to", "jsonl"], "-o OUT.jsonl"),
        (["in"], "-o OUT/"),
        (["in", "-o", "one.txt"], "one text file for 4 inputs"),
        (["in", "-o", "in/", "--to", "jsonl"], "lies in the folder of the output"),
        (["in", "--to", "parquet"], "-o OUT.parquet"),
        (["in", "-o", "out.parquet.gz"], "packed inside"),
        (["in", "-o", "out.csv", "--to", "parquet"], "-o out.parquet"),
        (["-", "-o", "out.jsonl", "--resume"], "standard input cannot be resumed"),
        (["in", "-o", "out/", "--resume"], "is for records"),
        (["in", "-o", "out.jsonl", "--resume", "--overwrite"], "exclude each other"),
        (["in", "-o", "out.jsonl", "--shard-size", "big"], "64MB"),
        (["in", "-o", "out.jsonl", "--stats", "none/stats.json"], "a folder that exists"),
        (["in", "-o", "out.jsonl", "--stats", "./out.jsonl"], "--stats ./out.jsonl is the output"),
        (["in", "-o", "out.jsonl", "--errors", "out.jsonl"], "--errors out.jsonl is the output"),
        (["in", "-o", "out/", "--errors", "out/noisy.txt"], "--errors out/noisy.txt is the output"),
        (["in/noisy.txt", "-o", "out.txt", "--to", "sidecar", "--errors", "out.txt.json"], "is the output"),
        (["in", "-o", "out.jsonl", "--errors", "e", "--stats", "e"], "--stats e is the file of errors"),
        (["in", "-o", "out.jsonl", "--stats", "out.jsonl.errors.jsonl"], "is the file of errors"),
        (["in", "-o", "out.jsonl", "--stats", "in"], "--stats in is a folder"),
        (["in", "-o", "out.jsonl", "--text-field", "a", "--html-field", "a"], "name two fields"),
        (["in", "-o", "out.jsonl", "--to", "body"], "-o OUT/"),
        (["in/noisy.txt", "-o", "out.txt", "--to", "jsonl"], "out.jsonl"),
        (["a.jsonl", "-o", "out.txt"], "out.jsonl"),
        (["a.jsonl", "--to", "body"], "text files"),
        (["in", "-o", "out.docx"], ".docx"),
        (["in/noisy.txt", "--to", "sidecar"], "-o OUT/"),
        (["in", "--diff", "--to", "jsonl"], "compares texts"),
        (["in/noisy.txt", "in/sub/noisy.txt", "-o", "out/"], "would both become"),
        (["in/noisy.txt", "--language", "english"], '--language "english" is no language: did you mean "en"?'),
        (["in/noisy.txt", "--rules", ""], '--rules "" names nothing; mend: name a folder'),
        (["in/noisy.txt", "--language", "xx"], '--language "xx" is no language: write two letters'),
        (["in/noisy.txt", "--ignore", "newsleter"], 'did you mean "newsletter"?'),
    ],
)  # fmt: skip
def test_contradictions_are_told_with_their_mend(run: Run, folder: Path, arguments: list[str], mend: str) -> None:
    put(folder.parent / "a.jsonl", {"text": NOISY})
    os.link(folder / "noisy.txt", folder.parent / "link.txt")
    (folder / "sub" / "noisy.txt").write_text("x", encoding="utf-8")
    result = run("clean", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert mend in result.stderr
    assert (folder / "noisy.txt").read_text(encoding="utf-8") == NOISY


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["clean", "a", "--to", "pdf"], "'--to': 'pdf' is not one of 'front-matter', 'body', "),
        (["rules", "new", "x", "-o", "y", "--action", "zap"], "'--action': 'zap' is not one of 'drop-line', "),
        (["clean", "a", "--workers", "0"], "'--workers': it must be greater than or equal to 1"),
        (["clean", "a", "--workers", "few"], "'--workers': it must be a valid integer\n"),
    ],
)
def test_a_value_that_an_option_does_not_take(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, f"Error: Invalid value for {said}" in result.stderr) == (2, True), result.stderr


def test_one_text_to_standard_output(run: Run, folder: Path) -> None:
    result = run("clean", "in/sub/titled.md")
    assert result.stdout == f"---\ntitle: Ferry\nlanguage: en\n---\n\n{BODY}\n"
    assert result.stderr.startswith("1 document, ")
    assert run("clean", "in/sub/titled.md", "-q").stderr == ""


def test_standard_input(run: Run) -> None:
    assert run("clean", "-", "--to", "body", input=NOISY).stdout == BODY + "\n"
    row = json.loads(run("clean", "-", input=json.dumps({"id": "a", "text": NOISY})).stdout)
    assert (row["id"], row["text"]) == ("a", BODY)


def test_a_folder_is_mirrored(run: Run, folder: Path) -> None:
    assert run("clean", "in", "-o", "new/out").exit_code == 0
    out = folder.parent / "new" / "out"
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == [
        "clean.txt", "noisy.txt", "sub/titled.md",
    ]  # fmt: skip
    assert (out / "noisy.txt").read_text(encoding="utf-8") == f"---\nlanguage: en\n---\n\n{BODY}\n"


@pytest.mark.parametrize("where", [["-o", "out/"], ["--in-place"]])
def test_a_text_whose_sidecar_cannot_be_written_is_not_written(run: Run, tmp_path: Path, where: list[str]) -> None:
    name = "a" * 251 + ".txt"
    (tmp_path / name).write_text(NOISY, encoding="utf-8")
    result = run("clean", name, *where, "--to", "sidecar")
    assert (result.exit_code, "cannot be written: File name too long" in result.stderr) == (1, True)
    assert not list(tmp_path.glob("out/*"))
    assert (tmp_path / name).read_text("utf-8") == NOISY


def test_output_below_the_input_is_not_cleaned_again(run: Run, folder: Path) -> None:
    for _ in range(2):
        result = run("clean", "in", "-o", "in/out")
        assert (result.exit_code, result.stderr.splitlines()[-1][:11]) == (0, "3 documents")
    assert "3 files of earlier output left out" in result.stderr
    assert not (folder / "out" / "out").exists()


def test_sidecars(run: Run, folder: Path) -> None:
    run("clean", "in/noisy.txt", "-o", "out/", "--to", "sidecar")
    assert (folder.parent / "out" / "noisy.txt").read_text(encoding="utf-8") == BODY + "\n"
    beside = json.loads((folder.parent / "out" / "noisy.txt.json").read_text(encoding="utf-8"))
    assert [removal["text"] for removal in beside["removals"]] == ["Subscribe to our newsletter"]


def test_pages_become_text_files(run: Run, folder: Path) -> None:
    (folder / "page.html").write_text(f"<html><body><article><p>{BODY}</p></article></body></html>", encoding="utf-8")
    assert run("clean", "in/page.html", "-o", "out/").exit_code == 0
    assert "The ferry" in (folder.parent / "out" / "page.txt").read_text(encoding="utf-8")


def test_json_lines_keep_order_keys_and_failures(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"id": "a", "text": NOISY, "score": 3}) + "\n{oops\n" + json.dumps({"id": "c", "txt": "x"}) + "\n"
        + json.dumps({"id": "d", "text": BODY}) + "\n", encoding="utf-8",
    )  # fmt: skip
    result = run("clean", "in.jsonl", "-o", "new/out.jsonl")
    rows = lines(tmp_path / "new" / "out.jsonl")
    assert result.exit_code == 1
    assert [(row["id"], row["status"]) for row in rows] == [
        ("a", "ok"), ("in.jsonl:2", "error"), ("c", "error"), ("d", "ok"),
    ]  # fmt: skip
    assert (rows[0]["score"], rows[0]["text"], rows[3]["text"]) == (3, BODY, BODY)
    assert "in.jsonl:2: not JSON" in result.stderr
    assert 'in.jsonl:3: no "text" or "html"; keys: id, txt' in result.stderr
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["out.jsonl", "out.jsonl.errors.jsonl"]


def test_packed_json_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(json.dumps({"id": "a", "text": NOISY}).encode()))
    outputs = []
    for name in ("x.jsonl.gz", "y.jsonl.gz"):
        assert run("clean", "in.jsonl.gz", "-o", name).exit_code == 0
        outputs.append((tmp_path / name).read_bytes())
    assert outputs[0] == outputs[1]
    assert json.loads(gzip.decompress(outputs[0]))["text"] == BODY


def test_text_files_into_one_file_of_json_lines(run: Run, folder: Path) -> None:
    assert run("clean", "in", "-o", "all.jsonl").exit_code == 0
    assert [row["id"] for row in lines(folder.parent / "all.jsonl")] == ["clean.txt", "noisy.txt", "sub/titled.md"]
    assert run("clean", "in", "--to", "jsonl", "-o", "-").stdout.count("\n") == 3


def test_in_place(run: Run, folder: Path) -> None:
    (folder / "noisy.txt").chmod(0o640)
    result = run("clean", "in", "--in-place")
    assert result.exit_code == 0
    assert "3 files changed" in result.stderr
    assert (folder / "noisy.txt").read_text(encoding="utf-8").endswith(f"{BODY}\n")
    assert (folder / "noisy.txt").stat().st_mode & 0o777 == 0o640
    assert "0 files changed" in run("clean", "in", "--in-place").stderr


def test_in_place_leaves_records_with_failures_and_pages_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": NOISY}) + "\n{oops\n", encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><p>{BODY}</p></body></html>", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    result = run("clean", "a.jsonl", "page.html", "--in-place")
    assert result.exit_code == 1
    assert "left as it is" in result.stderr
    assert "not replaced by its text" in result.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_hook_touches_only_what_holds_noise(run: Run, folder: Path) -> None:
    put(folder / "a.jsonl", {"id": "a", "text": BODY})
    before = (folder / "clean.txt").read_bytes(), (folder / "a.jsonl").read_bytes()
    result = run("clean", "in", "--in-place", "--hook")
    assert (result.exit_code, (folder / "clean.txt").read_bytes(), (folder / "a.jsonl").read_bytes()) == (1, *before)
    assert "2 files changed" in result.stderr
    assert run("clean", "in", "--in-place", "--hook").exit_code == 0


def test_diff(run: Run, folder: Path) -> None:
    result = run("clean", "in/sub/titled.md", "--diff")
    assert "-Subscribe to our newsletter\n" in result.stdout
    assert result.stdout.startswith("--- a/in/sub/titled.md\n+++ b/in/sub/titled.md\n")
    assert run("clean", "in/clean.txt", "--diff", "--to", "body").stdout == ""


@pytest.mark.parametrize("tool", [["patch", "-p1"], ["git", "apply", "-"]])
def test_a_diff_of_texts_is_a_patch(run: Run, folder: Path, tool: list[str]) -> None:
    for name in ("sub/noisy.txt", 'sub/two words, a\nbreak and a "\\".txt'):
        (folder / name).write_text(NOISY, encoding="utf-8")
    (folder / "marked one.txt").write_bytes(f"\ufeff{NOISY}".encode())
    wanted = folder.parent / "out"
    assert run("clean", "in", "-o", "out/").exit_code == 0
    made = run("clean", "in/sub", "in", "--diff")
    try:
        subprocess.run(tool, input=made.stdout_bytes, cwd=folder.parent, check=True)
    except FileNotFoundError:
        pytest.skip(f"{tool[0]} is not installed")
    texts = {path.relative_to(wanted): path.read_text(encoding="utf-8") for path in wanted.rglob("*.*")}
    assert {name: (folder / name).read_text(encoding="utf-8-sig") for name in texts} == texts


def test_a_diff_of_records_names_their_ids(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", {"id": "x\n+y", "text": NOISY})
    assert run("clean", "a.jsonl", "--diff").stdout.startswith('--- "a/x\\012+y"\n+++ "b/x\\012+y"\n@@ ')
    (tmp_path / "b.txt").write_text(NOISY, encoding="utf-8")
    elsewhere = run("clean", str(tmp_path / "b.txt"), "../" + tmp_path.name + "/b.txt", "--diff")
    assert elsewhere.stdout.startswith("--- a/b.txt\n")


def test_select_and_ignore(run: Run, folder: Path) -> None:
    for chosen in (["--ignore", "newsletter,share"], ["--select", "share"]):
        assert "Subscribe" in run("clean", "in/noisy.txt", *chosen).stdout


def test_an_interrupted_run_leaves_the_old_file_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in.jsonl", {"text": BODY}, {"text": NOISY})
    (tmp_path / "out.jsonl").write_text("old\n", encoding="utf-8")
    from cleaner.pipeline import Cleaner

    monkeypatch.setattr(Cleaner, "clean_document", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    result = run("clean", "in.jsonl", "-o", "out.jsonl")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old\n"


def test_a_fault_in_one_document_is_told_and_the_others_are_cleaned(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in.jsonl", {"id": "a", "text": "boom"}, {"id": "b", "text": NOISY})
    from cleaner.pipeline import Cleaner

    clean = Cleaner.clean_document
    monkeypatch.setattr(
        Cleaner,
        "clean_document",
        lambda self, doc: 1 / 0 if doc.text == "boom" else clean(self, doc),  # type: ignore[arg-type, return-value]
    )
    result = run("clean", "in.jsonl", "-o", "out.jsonl")
    assert result.exit_code == 1
    assert "in.jsonl:1: could not be cleaned: ZeroDivisionError" in result.stderr
    assert [row["status"] for row in lines(tmp_path / "out.jsonl")] == ["error", "ok"]


def test_a_full_disk_leaves_the_old_file_whole(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "in.jsonl", {"text": BODY})
    (tmp_path / "out.jsonl").write_text("old\n", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = run("clean", "in.jsonl", "-o", "out.jsonl")
    assert (result.exit_code, (tmp_path / "out.jsonl").read_text(encoding="utf-8")) == (1, "old\n")
    assert "No space left on device" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_special_file_is_written_to_and_not_replaced(run: Run, folder: Path) -> None:
    assert run("clean", "in/noisy.txt", "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_a_file_of_which_nothing_would_be_left_is_not_emptied_in_place(run: Run, folder: Path) -> None:
    path = folder / "furniture.txt"
    path.write_text("Share this article\n\nAdvertisement\n", encoding="utf-8")

    result = run("clean", "in/furniture.txt", "--in-place")

    assert result.exit_code == 1
    assert "nothing of it would be left" in result.stderr
    assert path.read_text(encoding="utf-8") == "Share this article\n\nAdvertisement\n"
