"""What `benchmarks/fuzz.py` and hostile inputs have found; each case failed once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferry import BODY

from cleaner.config import Config
from cleaner.data import Document
from cleaner.pipeline import Cleaner
from cleaner.ruleset import RuleError
from cleaner.ruleset.bounds import MAX_PATTERN
from cleaner.ruleset.literals import required_literals
from cleaner.ruleset.loader import parse

Run = Callable[..., Any]
SECONDS = 20  # for what takes less than two on an idle machine, and took minutes
TWICE = {
    "unit separator at the end": "The ferry sails again on Friday. \x1f",
    "unit separator in letters": "Die Fähre fährt wieder am Freitag.\x1f\n\nDie Fähre.",
    "layout that moves the recognised language": (
        "“Nobody came,” she said. “Not even the tugs.” Then it rained for nine days, and the coffee ran out on the "
        "ship.\rEl tren volverá a circular el lunes después de siete meses de obras, anunció la alcaldesa Remedios "
        "Quiroga.\r\n\n\n\rVierhundert kleine Öfen brannten bis zum Morgen zwischen den Reihen, sagte die Bäuerin "
        "Liese Wackernagel.\rÃ¤\rVierhundert kleine Öfen brannten bis zum Morgen zwischen den Reihen, sagte die "
        "Bäuerin Liese Wackernagel.\rdate 2024-11-18\rJetzt unseren Newsletter abonnieren!]"
    ),
    "an accent behind a control character": "Die Fähre c\x07\u0301Vierhundert kleine Öfen.\n\nDie Fähre fährt wieder.",
    "a character without width that moves the recognised language": (
        "Jetzt unseren Newsletter abonnieren!We use cookies. Accept all</p><br>El tren volverá a circular el lunes "
        "después de siete meses de obras, anunció la alcaldesa Remedios Quiroga.\u200b&amp;" + "<html><body>" * 23
    ),
}


@pytest.mark.parametrize("case", TWICE)
def test_cleaning_again_changes_nothing(cleaner: Cleaner, case: str) -> None:
    once = cleaner.clean_document(Document("a", TWICE[case]))
    again = cleaner.clean_document(Document("a", once.text))
    assert (again.text, again.removals) == (once.text, [])
    assert once.text == once.text.strip()


@pytest.mark.parametrize("newline", ["\r", "\r\n", "\n"])
def test_front_matter_is_known_by_any_line_end(run: Run, tmp_path: Path, newline: str) -> None:
    text = f"(Quelle: APA/dpa)\n\n{BODY}\n\nShare this article\n".replace("\n", newline)
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert run("clean", "a.txt", "--in-place").exit_code == 0
    once = (tmp_path / "a.txt").read_bytes()
    assert run("clean", "a.txt", "--in-place", "--hook").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == once


def test_a_title_that_was_left_in_the_text_is_left_again(cleaner: Cleaner) -> None:
    from cleaner.emit import text_file
    from cleaner.read import document

    story = "How the harbour of Skelmouth got its crane\n\n" + "\n\n".join(
        f"The harbour of Skelmouth had no crane in the year {year}, and the boats of Skelmouth were unloaded by hand, "
        "one sack after the other, by people who had nothing else to do." for year in (1871, 1872, 1873, 1874)
    )  # fmt: skip
    once = cleaner.clean(story)
    again = cleaner.clean_document(document(text_file(once)))
    assert once.metadata.title is None or again.text == once.text
    assert again.text == once.text


HOSTILE = {
    "credits in one line": "The boat (Photo: AP) and " * 40_000,
    "credits in credits": "The boat (Photo: (Photo: AP)/AP) and " * 8_000,
    "lines of furniture": "Share this article\nAdvertisement\nBy Edna Pryce\n" * 6_000,
    "one paragraph, wrapped": "\n".join(f"word{n} " * 8 for n in range(40_000)),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_time_grows_with_the_length_only(cleaner: Cleaner, case: str) -> None:
    begun = time.monotonic()
    cleaner.clean(HOSTILE[case])
    assert time.monotonic() - begun < SECONDS


FRAGMENTS = "[fragments]\ne = 'x'\n" + "".join(
    f"{x} = '{('{{' + y + '}}') * 30}'\n" for x, y in ("ab", "bc", "cd", "de")
)
RULE = """schema = 1
{more}
[[rules]]
id = "own"
category = "own"
action = "drop-line"
confidence = "high"
message = "m"
langs = ["*"]
pattern = '''{pattern}'''
hits = ['quay aaa', 'quay aa']
misses = ['The quay aaa', 'A quay b']
"""


@pytest.mark.parametrize(
    ("pattern", "more", "message"),
    [
        ("quay(a{65535}){65535}", "", "repeats repetitions so often"),
        ("quay" + "(" * 11 + "a" + "{4})" * 11, "", "repeats repetitions so often"),
        ("quay" * (MAX_PATTERN // 4) + "x", "", "has 50,001 characters"),
        ("quay {{a}}", FRAGMENTS, "longer than 50,000 characters"),
        ("(" * 3000 + "quay" + ")" * 3000, "", "is not a regular expression"),
        ("quay", "x = " + "[" * 5000, "own.toml:"),
    ],
)  # fmt: skip
def test_rule_files_that_would_fill_the_memory(pattern: str, more: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        parse(RULE.format(pattern=pattern, more=more), "own.toml")


def test_literals_of_repetitions_in_repetitions_are_derived_in_time() -> None:
    begun = time.monotonic()
    required_literals("quay" + "(" * 14 + "a" + "{4})" * 14)
    assert time.monotonic() - begun < SECONDS


def test_a_slow_rule_is_stopped_on_a_text_of_many_lines(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(RULE.format(pattern="^quay (?:(?:a|aa|aaa)+)+$", more=""), encoding="utf-8")
    slow = Cleaner(Config(rules=(str(tmp_path),)))
    begun = time.monotonic()
    article = slow.clean("\n".join(f"quay {'a' * 60}b{n}" for n in range(2_000)))
    assert time.monotonic() - begun < SECONDS
    assert "rule own ran into its time limit and was skipped" in article.notes


def test_a_rule_file_that_is_none_of_the_usual_kind(tmp_path: Path) -> None:
    import os
    import sys

    if sys.platform == "win32":
        pytest.skip("named pipes are POSIX")
    os.mkfifo(tmp_path / "own.toml")
    with pytest.raises(RuleError, match="no rules in this folder"):  # the pipe is passed over, not waited for
        Cleaner(Config(rules=(str(tmp_path),)))
    with pytest.raises(RuleError, match="neither a file nor a folder"):
        Cleaner(Config(rules=(str(tmp_path / "own.toml"),)))
