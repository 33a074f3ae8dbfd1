"""`cleaner rules`: list, show, test, new."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from cleaner.cli.app import app
from cleaner.cli.choices import RuleAction
from cleaner.detect import HEURISTICS
from cleaner.ruleset import builtin_folder, read_rules

Run = Callable[..., Any]
ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/hooks.md", "docs/pipelines/index.md")


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


def helps(command: Any) -> Iterator[str]:
    """The help of a command and of all below it."""
    yield f"{command.help}\n{command.epilog}"
    for below in getattr(command, "commands", {}).values():
        yield from helps(below)


def test_the_rules_that_help_and_documents_name_are_known() -> None:
    texts = [*helps(get_command(app)), *((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)]
    shown = r"cleaner rules show ([a-z][a-z-]+)|--(?:select|ignore|category) ([a-z][a-z,-]+)|^ignore = (\[.*\])$"
    named = [part for text in texts for found in re.findall(shown, text, re.MULTILINE) for part in found if part]
    names = {name for part in named for name in re.findall("[a-z-]+", part)}
    known = {name for rule in read_rules(()) for name in (rule.id, rule.category, *rule.langs)} | set(HEURISTICS)
    assert len(names) > 5
    assert names - known == set()


def test_rules_that_do_what_they_say_pass(run: Run, tmp_path: Path) -> None:
    case = """[[rules.cases]]
in = '''Quay times today

The boats lay in the harbour of Marn.'''
out = '''The boats lay in the harbour of Marn.'''
"""
    rule_file(tmp_path / "r", GOOD + case)
    assert [line for line in run("rules", "test", "r").stdout.splitlines() if "own" in line] == []


def test_a_file_that_is_named_twice_is_read_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('rules = ["r"]\n', encoding="utf-8")
    file = rule_file(tmp_path / "r", GOOD) / "own.toml"
    (tmp_path / "a.txt").write_text("Quay times today\n", encoding="utf-8")
    for named in (["r"], ["r/own.toml", "r/own.toml"], ["./r", "r/own.toml"], [str(builtin_folder() / "share")]):
        assert run("rules", "test", *named).exit_code == 0
    assert "own-quay-box" in run("check", "a.txt", "--rules", "r").stdout
    (tmp_path / "r" / "copy.toml").write_bytes(file.read_bytes())
    assert 'duplicate id "own-quay-box"' in run("rules", "test", "r").stderr


def test_two_rules_that_are_the_same_are_told_so(run: Run) -> None:
    for id in ("own-a", "own-b"):
        run("rules", "new", id, "-o", "mine")
    told = run("rules", "test", "mine")
    assert (told.exit_code, told.stdout.count("one of own-a (mine/own-a.toml:6), which is the same rule: ")) == (1, 2)


def test_a_folder_of_the_settings_that_is_not_there_is_named_at_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('ignore = []\nrules = ["nope"]\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("The quay was closed.\n", encoding="utf-8")
    for command in (("check", "a.txt"), ("clean", "a.txt"), ("rules", "list"), ("rules", "test")):
        told = run(*command)
        assert (told.exit_code, 'cleaner.toml:2: rules: "nope": nothing of that name in ' in told.stderr) == (2, True)


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


def test_a_language_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    for command in (["new", "own-thing", "-o", "mine"], ["list"]):
        result = run("rules", *command, "--language", "german")
        assert result.exit_code == 2
        assert '--language "german" is no language: did you mean "de"?' in result.stderr
    for language in ("*", "DE"):
        assert run("rules", "new", f"own-{len(language)}", "-o", "mine", "--language", language).exit_code == 0
    assert 'langs      = ["de"]' in (tmp_path / "mine" / "own-2.toml").read_text(encoding="utf-8")


# Rules with a selector --------------------------------------------------------------------------------------------

FOR_PAGES = """id = "own-tide-box"
action = "drop-line"
where.css = "aside.tides, div[data-box=tides]"
hits = ['<aside class="tides"><h3>High tide</h3><p>At noon.</p></aside>', '<div data-box="tides">Low tide</div>']
misses = ['<aside><p>The tides of March took the quay.</p></aside>', '<p>Her aside on the tides made them laugh.</p>']
"""


def test_a_rule_with_a_selector_that_does_what_it_says_passes(run: Run, tmp_path: Path) -> None:
    case = """[[rules.cases]]
in = '''<p>The boats lay in the harbour of Marn.</p><aside class="tides"><p>High tide</p></aside>'''
out = '''The boats lay in the harbour of Marn.'''
"""
    rule_file(tmp_path / "r", FOR_PAGES + case)
    assert [line for line in run("rules", "test", "r").stdout.splitlines() if "own" in line] == []


def test_snippets_that_differ_are_told(run: Run, tmp_path: Path) -> None:
    body = """id = "own-tide-box"
action = "drop-line"
where.css = ".tides"
pattern = '''^(?:high|low) tide (?P<when>[a-z]+)'''
hits = ['<p class="tide">High tide today</p>', '<p class="tides">Tide</p>', '<p class="tides"></p>']
misses = ['<p class="tides">Low tide soon</p>', '<p class="tide">Low tides</p>', '<p>Sign up for our newsletter</p>']
[[rules.cases]]
in = '''<p class="tides">High tide at noon</p><p>The boats lay still.</p>'''
out = '''The boats lay on their side.'''
fields = { when = 'noon' }
"""
    rule_file(tmp_path / "r", body.replace("Sign up for", "Sign up for the tides in"))
    (tmp_path / "r" / "two.toml").write_text(
        'schema = 1\n[[rules]]\ncategory = "own"\nconfidence = "high"\nmessage = "Mine."\nlangs = ["*"]\n'
        'id = "own-p"\naction = "drop-line"\nwhere.css = "p.tide"\n'
        "hits = ['<p class=\"tide\">a</p>', '<p class=\"tide\">b</p>']\nmisses = ['<p>tide</p>', '<i>tide</i>']\n",
        encoding="utf-8",
    )
    result = run("rules", "test", "r")
    own = [line.partition(": own-")[2] for line in result.stdout.splitlines() if line.startswith("r/")]
    kinds = [tuple(line.split(": ")[:2]) for line in own]
    assert result.exit_code == 1
    assert kinds == [
        ("tide-box", "case"), ("tide-box", "fields"), ("tide-box", "hit"), ("tide-box", "hit"), ("tide-box", "hit"),
        ("tide-box", "miss"), ("p", "other rule's miss"),
    ]  # fmt: skip
    assert "came 'The boats lay still.'" in own[0]
    assert "when = 'noon'; came 'at'" in own[1]
    assert "none: no element of it is a .tides" in own[2]
    assert "none: of the 1 blocks none lies whole in such an element and is matched" in own[3]
    assert "none: no text is read from it" in own[4]
    assert own[5].endswith("came 'Low tide soon'")


def test_a_selector_is_shown(run: Run, tmp_path: Path) -> None:
    rule_file(tmp_path / "r", FOR_PAGES)
    shown = run("rules", "show", "own-tide-box", "--rules", "r").stdout
    assert "where.css   aside.tides, div[data-box=tides]" in shown
    assert '<div data-box="tides">Low tide</div>' in shown


def test_pages_are_cleaned_with_it_and_texts_are_not(run: Run, tmp_path: Path) -> None:
    rule_file(tmp_path / "r", FOR_PAGES)
    line = "The town of Marn has asked for money to build a breakwater, which would cost 40 million crowns."
    box = "The tide tables of the harbour come to your home on the first of each month, the office says."
    paragraphs = f"<p>{line}</p><p>{line.replace('Marn', 'Skel')}</p>"
    page = f"<html><body><article>{paragraphs}<aside class=tides>{box}</aside></article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"{line}\n\n{box}\n", encoding="utf-8")

    assert run("clean", "a.html", "a.txt", "-o", "out.jsonl", "--rules", "r").exit_code == 0
    rows = [json.loads(row) for row in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    taken = [[(r["text"], r["category"]) for r in row["removals"] if r["rule"] == "own-tide-box"] for row in rows]
    assert taken == [[(box, "own")], []]
    assert [box in row["text"] for row in rows] == [False, True]
    assert "own-tide-box" in run("explain", "a.html", "--rules", "r").stdout


def test_a_broken_selector_is_named_with_its_place(run: Run, tmp_path: Path) -> None:
    rule_file(tmp_path / "r", FOR_PAGES.replace("aside.tides, ", "aside::before, "))
    (tmp_path / "a.txt").write_text("The quay was closed.\n", encoding="utf-8")
    result = run("clean", "a.txt", "-o", "out/", "--rules", "r")
    assert (result.exit_code, "own.toml:9: where.css names a pseudo-element" in result.stderr) == (2, True)
