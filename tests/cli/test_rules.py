"""`cleaner rules`: list, show, test, new."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli.choices import RuleAction

Run = Callable[..., Any]


def rule_file(folder: Path, body: str, name: str = "own.toml") -> Path:
    folder.mkdir(exist_ok=True)
    head = 'schema = 1\n[[rules]]\ncategory = "own"\nconfidence = "high"\nmessage = "Mine."\nlangs = ["*"]\n'
    (folder / name).write_text(head + body, encoding="utf-8")
    return folder


GOOD = """id = "own-quay-box"
action = "drop-line"
pattern = '''^quay times today'''
max_chars = 90
hits = ['Quay times today', 'QUAY TIMES TODAY: 4 pm']
misses = ['The quay times today are new.', 'All quay times were wrong.']
"""


def test_list_names_rules_and_heuristics(run: Run) -> None:
    listed = run("rules", "list", "-q").stdout
    assert listed.startswith("id ")
    assert "heuristic-title-line" in listed
    assert "newsletter" in listed


def test_list_can_be_narrowed(run: Run) -> None:
    rows = json.loads(run("rules", "list", "--category", "newsletter", "--language", "de", "--json").stdout)
    assert rows
    assert {row["category"] for row in rows} == {"newsletter"}
    assert all({"de", "*"} & set(row["langs"]) for row in rows)
    wrong = run("rules", "list", "--category", "newsleter")
    assert (wrong.exit_code, 'did you mean "newsletter"?' in wrong.stderr) == (2, True)


def test_show(run: Run, tmp_path: Path) -> None:
    rule_file(tmp_path / "r", GOOD + 'aliases = ["own-old"]\nstatus = "deprecated"\nreplaced_by = "own-new"\n')
    shown = run("rules", "show", "own-old", "--rules", "r").stdout
    for part in ("own-quay-box (once own-old)", "^quay times today", "own-new", "deprecated", "r/own.toml:2", "4 pm"):
        assert part in shown
    assert "teaser" in run("rules", "show", "heuristic-teaser").stdout
    wrong = run("rules", "show", "heuristic-teasr")
    assert (wrong.exit_code, 'did you mean "heuristic-teaser"?' in wrong.stderr) == (2, True)


def test_rules_that_do_what_they_say_pass(run: Run, tmp_path: Path) -> None:
    case = """[[rules.cases]]
in = '''Quay times today

The boats lay in the harbour of Marn.'''
out = '''The boats lay in the harbour of Marn.'''
"""
    rule_file(tmp_path / "r", GOOD + case)
    assert [line for line in run("rules", "test", "r").stdout.splitlines() if "own" in line] == []


def test_what_differs_is_told(run: Run, tmp_path: Path) -> None:
    body = """id = "own-quay-credit"
action = "strip-span"
pattern = '''\\(quay: (?P<credit>\\w+)\\)'''
hits = ['Fog (quay: Marn) rose.', 'Fog (quay: Marn, Quell) rose.']
misses = ['The quay: it was wet.', 'Rain (quay: none) fell.']
[[rules.cases]]
in = '''Fog (quay: Marn) rose.'''
out = '''Fog rose!'''
fields = { credit = 'Quell' }
"""
    rule_file(tmp_path / "r", body)
    result = run("rules", "test", "r")
    own = [line for line in result.stdout.splitlines() if line.startswith("r/own.toml:2: own-quay-credit: ")]
    assert result.exit_code == 1
    assert [line.split(": ")[2] for line in own] == ["case", "fields", "hit", "miss"]
    assert "expected 'Fog rose!'; came 'Fog rose.'" in own[0]
    assert "credit = 'Quell'; came 'Marn'" in own[1]


@pytest.mark.parametrize("action", list(RuleAction))
def test_a_new_rule_passes_its_test(run: Run, tmp_path: Path, action: str) -> None:
    made = run("rules", "new", "own-thing", "-o", "mine", "--action", str(action))
    assert (made.exit_code, made.stdout) == (0, "mine/own-thing.toml\n")
    assert "own-thing" not in run("rules", "test", "mine").stdout
    assert "#" in (tmp_path / "mine" / "own-thing.toml").read_text(encoding="utf-8")


def test_a_new_rule_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    for expected in (0, 2):
        assert run("rules", "new", "own-thing", "-o", "mine").exit_code == expected
    assert "is taken by a heuristic" in run("rules", "new", "heuristic-teaser", "-o", "mine").stderr
    assert 'id "Own Thing" is not of the form' in run("rules", "new", "Own Thing", "-o", "mine").stderr
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "cannot be written" in run("rules", "new", "own-other", "-o", "file").stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["own-thing.toml"]
