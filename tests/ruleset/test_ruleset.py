"""Compiled rules: which run where, what they find, the time limit, and precedence that no file order changes."""

from __future__ import annotations

import pickle
import time
from itertools import permutations
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.pipeline import Cleaner
from cleaner.ruleset import Ruleset
from cleaner.ruleset.loader import parse


def rule(id: str, pattern: str, action: str = "drop-line", more: str = "") -> str:
    """The text of a rule; its examples are formal."""
    return f"""
[[rules]]
id = "{id}"
category = "{id}"
action = "{action}"
confidence = "high"
message = "{id}."
pattern = '''{pattern}'''
misses = ["buy 1", "cheese buy 2"]
{more}
[[rules.cases]]
in = "formal"
"""


def file(*rules: str, langs: str = '"*"') -> str:
    return f"schema = 1\n[defaults]\nlangs = [{langs}]\n" + "".join(rules)


def ruleset(*rules: str, langs: str = '"*"') -> Ruleset:
    return Ruleset(parse(file(*rules, langs=langs), "r.toml"))


def found(rules: Ruleset, *lines: str) -> list[list[tuple[str, str]]]:
    matches, _ = rules.matches(lines, rules.every)
    return [sorted((m.rule.id, lines[n][m.start : m.end]) for m in each) for n, each in enumerate(matches)]


# Which rules run ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("langs", "language", "runs"),
    [
        ('"de"', "fr", False),
        ('"de", "fr"', "it", False),
        ('"de"', "en", False),
        ('"de"', "de", True),
        ('"de"', None, True),
        ('"*"', "ja", True),
        ('"en"', "ja", True),
        ('"en", "de"', "ja", True),
    ],
)
def test_languages(langs: str, language: str | None, runs: bool) -> None:
    rules = ruleset(rule("a", "buy cheese"), langs=langs)

    assert bool(rules.active(language, None).rules) is runs


@pytest.mark.parametrize(
    ("url", "runs"),
    [
        (None, False),
        ("", False),
        ("https://example.com/a", False),
        ("https://notexample.org/", False),
        ("https://example.org.evil.net/", False),
        ("https://evil.net/example.org", False),
        ("https://example.org/a", True),
        ("https://www.example.org/a", True),
        ("https://news.Example.org:8080/a?b", True),
        ("example.org/a", True),
    ],
)
def test_sites(url: str | None, runs: bool) -> None:
    rules = ruleset(rule("a", "buy cheese", more='sites = ["example.org"]'))

    assert bool(rules.active("en", url).rules) is runs


# What they find -----------------------------------------------------------------------------------------------


def test_what_spares_a_line() -> None:
    rules = ruleset(rule("a", "buy cheese", more="max_chars = 20\nexcept = ['''\\bsaid\\b''']"))

    assert found(rules, "buy cheese, she said", "buy cheese " + "x" * 20, "goats", "") == [[], [], [], []]


def test_a_line_rule_matches_once_a_span_rule_each_time() -> None:
    rules = ruleset(rule("line", "buy cheese"), rule("span", "buy cheese", "strip-span"))

    assert found(rules, "Buy cheese, BUY CHEESE") == [
        [("line", "Buy cheese"), ("span", "BUY CHEESE"), ("span", "Buy cheese")]
    ]


def test_named_groups_are_fields_unless_empty() -> None:
    rules = ruleset(rule("a", "buy cheese(?: by (?P<author>\\w+))?(?P<agency>x)?"))

    (match,) = rules.matches(["buy cheese by mk"], rules.every)[0][0]

    assert dict(match.fields) == {"author": (14, 16)}


def test_anchors_are_those_of_the_line() -> None:
    rules = ruleset(rule("a", "^buy cheese$"))

    assert found(rules, "we buy cheese", "buy cheese now", "buy cheese", "BUY CHEESE") == [
        [], [], [("a", "buy cheese")], [("a", "BUY CHEESE")],
    ]  # fmt: skip


def test_a_ruleset_survives_pickling() -> None:
    rules = ruleset(rule("a", "buy cheese"))
    found(rules, "buy cheese")

    copy = pickle.loads(pickle.dumps(rules))

    assert found(copy, "buy cheese") == [[("a", "buy cheese")]]
    assert copy.version == rules.version


# The time limit -----------------------------------------------------------------------------------------------

EXPLODING = rule("exploding", "^(?:buy|b|u|y|bu|uy)+cheese(?:c|h|cc|hh|ch|hc)+$")


def test_a_pattern_that_explodes_is_stopped_reported_and_harms_nobody(tmp_path: Path) -> None:
    lines = ["buy" * 6 + "cheese" + "ch" * size + "." for size in (50, 51, 52)]
    (tmp_path / "r.toml").write_text(file(EXPLODING, rule("sound", "^buy butter$")), encoding="utf-8")
    cleaner = Cleaner(Config(rules=(str(tmp_path),), builtin=False))

    start = time.process_time()
    article = cleaner.clean("\n".join([lines[0], "Buy butter", *lines[1:]]))

    assert article.text == "\n\n".join(lines)
    assert [removal.rule for removal in article.removals] == ["sound"]
    assert any("exploding ran into its time limit" in note for note in article.notes)
    assert time.process_time() - start < 3  # the limit is a quarter of a second, once a round; unbounded, it is days


# Precedence ---------------------------------------------------------------------------------------------------

RULES = (
    rule("short", "buy", "strip-span"),
    rule("long", "buy cheese", "strip-span"),
    rule("longest", "buy cheese", "strip-span"),
    rule("line", "buy cheese now$"),
    rule("tail", "buy cheese or perish", "cut-tail", "after = 0.3"),
    rule("kept", "buy cheese, she said", "keep"),
)
TEXT = """The dairy of Hohenrode has made a round cheese since 1911, and nobody there sees a reason to make another one.

Nobody has to buy cheese by the pound there, the dairyman Egon Traub said, and he has never sold less than a wheel.

Buy cheese now

Why buy cheese, she said

Buy cheese or perish

Yours, the dairy
"""


def records(folder: Path, files: dict[str, str]) -> list[tuple[object, ...]]:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    article = Cleaner(Config(rules=(str(folder),), builtin=False)).clean(TEXT)
    return [(article.text, r.start, r.end, r.rule, tuple(r.also_matched)) for r in article.removals]


def test_precedence_does_not_depend_on_file_order(tmp_path: Path) -> None:
    orders = [RULES, RULES[::-1], *list(permutations(RULES))[100:700:60]]

    results = [
        records(tmp_path / f"{n}", {f"{place}.toml": file(text) for place, text in enumerate(order)})
        for n, order in enumerate(orders)
    ]
    results.append(records(tmp_path / "one", {"all.toml": file(*RULES)}))

    assert results == results[:1] * len(results)
    assert [(rule, also) for _, _, _, rule, also in results[0]] == [
        ("long", ("longest", "short")),
        ("line", ("long", "longest", "short")),
        ("tail", ("long", "longest", "short")),
        ("tail", ()),
    ]
    assert "Why buy cheese, she said" in results[0][0][0]


def test_site_before_language_before_any(tmp_path: Path) -> None:
    same = "^buy cheese$"
    site = rule("a-site", same, more='sites = ["example.org"]').replace("category", 'langs = ["en"]\ncategory')
    english = rule("b-language", same).replace("category", 'langs = ["en"]\ncategory')
    (tmp_path / "r.toml").write_text(file(rule("c-any", same), english, site), encoding="utf-8")
    cleaner = Cleaner(Config(rules=(str(tmp_path),), builtin=False))

    def winner(url: str | None) -> tuple[str, list[str]]:
        (removal,) = cleaner.clean("Buy cheese\n\nThe dairy is closed today.", url=url, language="en").removals
        return removal.rule, removal.also_matched

    assert winner("https://example.org/") == ("a-site", ["b-language", "c-any"])
    assert winner(None) == ("b-language", ["c-any"])
