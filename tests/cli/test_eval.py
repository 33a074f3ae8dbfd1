"""`cleaner eval`: rows with gold in, figures out; a row that does not do is named and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY, NOISY

from cleaner.cli import scores
from cleaner.measure import Gold, Measurement
from cleaner.pipeline import Cleaner

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., Any]
GREEDY = """
schema = 1
[[rules]]
id = "greedy"
category = "share"
action = "drop-line"
langs = ["*"]
confidence = "high"
message = "Takes what it should not."
phrases = ['{phrase}']
hits = ['{phrase}', '{phrase}.']
misses = ['{phrase} at night', 'Was it true that {phrase}?']
"""


def put(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def figures(run: Run, *arguments: str, input: str | bytes | None = None) -> dict[str, Any]:
    """The JSON of a run that ends well."""
    result = run("eval", *arguments, "--json", "-", "--quiet", input=input)
    assert (result.exit_code, result.stderr) == (0, "")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_clean_body_stays_whole(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gold.jsonl", {"id": "a", "text": BODY, "body": BODY})
    found = figures(run, "gold.jsonl")
    assert found["all"]["cleaned"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "exact": 1.0}
    assert (found["all"]["tokens_kept"], found["all"]["with_loss"]) == (1.0, 0.0)
    assert [found[name] for name in ("rules", "lost", "left", "worst", "groups")] == [[], [], [], [], []]


def test_the_input_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    before = put(tmp_path / "gold.jsonl", {"text": NOISY, "body": BODY}).read_bytes()
    assert run("eval", "gold.jsonl", "--json", "out.json").exit_code == 0
    assert (tmp_path / "gold.jsonl").read_bytes() == before
    refused = run("eval", "gold.jsonl", "--json", "./gold.jsonl")
    assert (refused.exit_code, "is an input" in refused.stderr) == (2, True)
    assert (tmp_path / "gold.jsonl").read_bytes() == before


def test_what_goes_is_measured(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gold.jsonl", {"id": "a", "text": NOISY, "body": BODY})
    found = figures(run, "gold.jsonl")
    assert (found["all"]["given"]["exact"], found["all"]["cleaned"]["exact"]) == (0.0, 1.0)
    assert found["all"]["noise_removed"] == 1.0
    (rule,) = found["rules"]
    assert (rule["category"], rule["noise_lines"], rule["body_lines"], rule["precision"]) == ("newsletter", 1, 0, 1.0)
    assert rule["noise_examples"] == [{"id": "a", "tokens": 4, "text": "Subscribe to our newsletter"}]


def test_tables_when_piped(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gold.jsonl", {"id": "a", "text": NOISY, "body": BODY, "title": "Ferry"})
    result = run("eval", "gold.jsonl")
    assert result.exit_code == 0
    assert "-- body\ngroup  documents  body      precision  recall" in result.stdout
    assert "all    1          cleaned      1.0000  1.0000  1.0000  1.0000" in result.stdout
    assert "-- metadata\ngroup  field  known   right\nall    title      1  0.0000\n" in result.stdout
    assert "newsletter-" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr.startswith("1 document measured, rules ")


def test_damage_is_named_with_its_rule(run: Run, tmp_path: Path) -> None:
    phrase = "Of that, nobody in the harbour would speak to the inspector"
    (tmp_path / "greedy.toml").write_text(GREEDY.format(phrase=phrase), encoding="utf-8")
    gold = f"{BODY}\n\n{phrase}."
    put(tmp_path / "gold.jsonl", *({"id": id, "text": gold, "body": gold} for id in ("a", "b", "c", "d")))
    result = run("eval", "gold.jsonl", "--rules", "greedy.toml", "--examples", "2", "--worst", "1")
    removed = result.stdout.partition("-- removed body\n")[2].partition("-- body lines lost\n")
    assert (removed[0].count(phrase), removed[2].count(phrase)) == (2, 4)
    assert result.stdout.endswith("tokens lost  document\n         11  a\n")
    found = figures(run, "gold.jsonl", "--rules", "greedy.toml")
    assert found["rules"][0]["rule"] == "greedy"
    assert (found["rules"][0]["body_tokens"], found["rules"][0]["precision"]) == (44, 0.0)
    assert [(line["id"], line["rule"], line["tokens"]) for line in found["lost"]] == [
        (id, "greedy", 11) for id in "abcd"
    ]
    assert found["all"]["with_loss"] == 1.0


def test_rows_that_do_not_do_are_named_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    bad = ['{"text": "no end', '"text"', '{"body": "x"}', '{"text": "x", "article": "x"}', '{"text": "x", "body": " "}']
    bad += ['{"text": "x", "body": null}', '{"text": "x", "body": ["x"]}', '{"text": 3, "body": "x"}']
    good = json.dumps({"text": NOISY, "body": BODY})
    (tmp_path / "gold.jsonl").write_text("\n".join([good, *bad, good]) + "\n", encoding="utf-8")
    result = run("eval", "gold.jsonl")
    said = result.stderr.splitlines()
    assert result.exit_code == 1
    assert [line.partition(" ")[0] for line in said[:-1]] == [f"gold.jsonl:{n}:" for n in range(2, 10)]
    assert all("; mend: " in line for line in said[:-1])
    assert 'no "text" or "html"; keys: body' in said[2]
    assert 'no gold "body"; keys: article; mend: add it, or name it with --body-field' in said[3]
    assert 'gold "body" is empty' in said[4]
    assert 'gold "body" is empty' in said[5]
    assert 'gold "body" is no string' in said[6]
    assert said[-1].startswith("2 documents measured, ")
    assert said[-1].endswith("8 errors")
    assert "all    2 " in result.stdout


def test_nothing_to_measure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    for name, reason in (("empty.jsonl", "empty"), ("none.jsonl", "no such file")):
        result = run("eval", name, "--json", "out.json")
        assert (result.exit_code, result.stdout, reason in result.stderr) == (1, "", True)
        assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["documents"] == 0


@pytest.mark.parametrize("name", ["gold.jsonl.gz", "gold.gz", "gold"])
def test_packed_files(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(json.dumps({"text": NOISY, "body": BODY}).encode()))
    assert figures(run, name)["all"]["cleaned"]["exact"] == 1.0


def test_a_packed_file_that_breaks_off(run: Run, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{n} {BODY}", "body": f"{n} {BODY}"}) + "\n" for n in range(200))
    (tmp_path / "gold.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-20])
    result = run("eval", "gold.jsonl.gz")
    assert (result.exit_code, "breaks off" in result.stderr) == (1, True)
    assert "-- body\n" in result.stdout


def test_standard_input_and_several_files(run: Run, tmp_path: Path) -> None:
    row = {"text": NOISY, "body": BODY}
    for name in ("a.jsonl", "b.ndjson", "c.json"):
        put(tmp_path / name, row)
    assert figures(run, "-", input=json.dumps(row))["documents"] == 1
    assert figures(run, "a.jsonl", "b.ndjson", "-", "c.json", input=json.dumps(row))["documents"] == 4
    assert figures(run, "*.jsonl", "a.jsonl")["documents"] == 1
    broken = run("eval", "-", input="{oops\n")
    assert (broken.exit_code, broken.stderr.startswith("stdin:1: not JSON")) == (1, True)


def test_packed_standard_input(tmp_path: Path) -> None:
    data = gzip.compress(json.dumps({"text": NOISY, "body": BODY}).encode())
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "eval", "-"], input=data, capture_output=True, cwd=ROOT, check=False
    )
    assert (done.returncode, b"1 document measured" in done.stderr) == (0, True)


def test_pages(run: Run, tmp_path: Path) -> None:
    first, second = BODY.split("\n\n")
    page = f"<html><body><article><p>{first}</p><p>{second}</p><p>Share this article</p></article></body></html>"
    put(tmp_path / "gold.jsonl", {"id": "p", "html": page, "body": BODY, "url": "https://news.example/ferry"})
    found = figures(run, "gold.jsonl")
    assert found["all"]["cleaned"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "exact": 1.0}
    put(tmp_path / "own.jsonl", {"html": page, "text": BODY}, {"html": page, "text": BODY, "body": "not asked for"})
    assert figures(run, "own.jsonl", "--body-field", "text")["all"]["cleaned"]["f1"] == 1.0


def test_fields_of_other_names(run: Run, tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><article><p>{BODY}</p></article></body></html>"
    put(tmp_path / "gold.jsonl", {"raw": NOISY, "gold": BODY, "text": "other"}, {"raw": page, "gold": BODY})
    found = figures(run, "gold.jsonl", "--text-field", "raw", "--body-field", "gold")
    assert (found["documents"], found["all"]["cleaned"]["exact"]) == (2, 1.0)
    missing = run("eval", "gold.jsonl", "--text-field", "page", "--body-field", "gold")
    assert (missing.exit_code, 'no "page"; keys: raw, gold, text' in missing.stderr) == (1, True)
    same = run("eval", "gold.jsonl", "--text-field", "body")
    assert (same.exit_code, "name two fields" in same.stderr) == (2, True)


def test_groups(run: Run, tmp_path: Path) -> None:
    rows = [{"text": BODY, "body": BODY, "set": set_, "n": n} for set_, n in (("news", 1), ("news", 2), ("blogs", 1))]
    put(tmp_path / "gold.jsonl", *rows, {"text": BODY, "body": BODY})
    found = figures(run, "gold.jsonl", "--by", "set,n")
    assert [(one["group"], one["documents"]) for one in found["groups"]] == [
        ({"set": "blogs", "n": "1"}, 1), ({"set": "news", "n": "1"}, 1),
        ({"set": "news", "n": "2"}, 1), ({"set": "–", "n": "–"}, 1),
    ]  # fmt: skip
    assert found == figures(run, "gold.jsonl", "--by", "set", "--by", "n")
    assert "news / 2" in run("eval", "gold.jsonl", "--by", "set,n").stdout
    unknown = run("eval", "gold.jsonl", "--by", "sett")
    assert (unknown.exit_code, 'no row has "sett"' in unknown.stderr) == (0, True)


def test_metadata_is_scored_where_gold_has_it(run: Run, tmp_path: Path) -> None:
    text = f"{BODY}\n\nep/ta (AP, dpa)"
    put(
        tmp_path / "gold.jsonl",
        {"text": text, "body": BODY, "authors": ["ep", "ta"], "agencies": ["dpa", "AP"], "title": "", "date": None},
        {"text": text, "body": BODY, "agencies": "AFP", "publisher": ["not", "a", "name"]},
    )
    assert figures(run, "gold.jsonl")["all"]["fields"] == {
        "agencies": {"documents": 2, "right": 0.5},
        "authors": {"documents": 1, "right": 1.0},
    }


def test_gold_is_not_told_to_the_cleaner(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gold.jsonl", {"text": BODY, "body": BODY, "title": "Ferry sails again", "authors": ["Ada Quill"]})
    fields = figures(run, "gold.jsonl")["all"]["fields"]
    assert {name: field["right"] for name, field in fields.items()} == {"authors": 0.0, "title": 0.0}


def test_other_scripts_and_other_forms_of_a_letter(run: Run, tmp_path: Path) -> None:
    bodies = [
        "Die Fähre nach Ünal fährt am Freitag wieder, sagte der Hafenmeister nach dem Sturm.",
        "水車小屋は夜のうちに焼け落ちた。誰もけがをしなかったと粉屋の主人は話した。",
        "العبارة تبحر مرة أخرى يوم الجمعة، قال مدير الميناء بعد العاصفة الكبيرة.",
    ]
    put(
        tmp_path / "gold.jsonl",
        *({"text": unicodedata.normalize("NFD", body), "body": body} for body in bodies),
        *({"text": body, "body": unicodedata.normalize("NFD", body)} for body in bodies),
    )
    assert figures(run, "gold.jsonl")["all"]["cleaned"]["exact"] == 1.0


def test_options_choose_rules(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gold.jsonl", {"text": f"{NOISY}\nShare this article", "body": BODY})
    assert {rule["category"] for rule in figures(run, "gold.jsonl")["rules"]} == {"newsletter", "share"}
    for option in (["--ignore", "share"], ["--select", "newsletter"]):
        found = {rule["category"] for rule in figures(run, "gold.jsonl", *option)["rules"]}
        assert "newsletter" in found
        assert "share" not in found
    wrong = run("eval", "gold.jsonl", "--ignore", "newsleter")
    assert (wrong.exit_code, 'did you mean "newsletter"?' in wrong.stderr) == (2, True)
    assert run("eval", "gold.jsonl", "--language", "english").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["folder"], "name its files"),
        (["gold.jsonl", "--json", "none/out.json"], "a folder that exists"),
        (["gold.jsonl", "--json", "folder"], "name a file"),
        (["gold.jsonl", "--examples", "-1"], "--examples"),
        ([], "GOLD"),
    ],
)
def test_wrong_use(run: Run, tmp_path: Path, arguments: list[str], mend: str) -> None:
    (tmp_path / "folder").mkdir()
    put(tmp_path / "gold.jsonl", {"text": BODY, "body": BODY})
    result = run("eval", *arguments)
    assert (result.exit_code, result.stdout, mend in result.stderr) == (2, "", True)


def test_escapes_are_spelled_out(run: Run, tmp_path: Path) -> None:
    noise = "Zorp \x1b]0;gone\x07 \x9b31m \u202e"
    put(tmp_path / "gold.jsonl", {"id": "a\x1b[2J\n", "text": f"{BODY}\n\n{noise}", "body": BODY, "set": "\x1b[1m"})
    shown = run("eval", "gold.jsonl", "--by", "set").stdout
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    assert r"\x1b[1m" in shown


def test_the_same_bytes_each_time(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "gold.jsonl", *({"text": f"{NOISY}\nZorp {n}\nBlip", "body": BODY} for n in range(5)))
    for name in ("1.json", "2.json"):
        run("eval", "gold.jsonl", "--json", name)
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


class _Terminal(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


def test_tables_on_a_terminal(monkeypatch: pytest.MonkeyPatch, cleaner: Cleaner) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("NO_COLOR", raising=False)
    measured = Measurement()
    measured.add(f"{NOISY}\nZorp [bold]\x1b[2J", cleaner.clean(NOISY), Gold(BODY))
    scores.show(measured.report(), scores.Shown())
    shown = screen.getvalue()
    assert "newsletter-" in shown
    assert r"Zorp [bold]\x1b[2J" in shown
    assert "\x1b[1m" in shown


def test_the_gold_of_the_examples(run: Run) -> None:
    found = figures(run, str(ROOT / "examples" / "gold.jsonl"), "--by", "language")
    assert [one["group"]["language"] for one in found["groups"]] == ["de", "en", "es"]
    assert (found["all"]["cleaned"]["f1"], found["all"]["tokens_kept"]) == (1.0, 1.0)
    texts = {path.read_text(encoding="utf-8") for path in (ROOT / "examples" / "articles").glob("*.txt")}
    with (ROOT / "examples" / "gold.jsonl").open(encoding="utf-8") as rows:
        assert {json.loads(row)["text"] for row in rows} == texts


def test_the_documents_tell_of_it() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        assert "cleaner eval examples/gold.jsonl" in (ROOT / name).read_text(encoding="utf-8")
