"""The cache of parsed rules: keyed by content, and never a reason to fail."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import ruleset
from cleaner.ruleset import cache, compiled, loader

RULE = """schema = 1
[[rules]]
id = "cheese-call"
category = "cheese"
action = "drop-line"
confidence = "high"
message = "Cheese."
langs = ["*"]
pattern = '''^buy WORD$'''
hits = ["Buy WORD", "buy WORD"]
misses = ["They buy WORD.", "buy less"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "rules").mkdir()
    write(tmp_path / "rules", "cheese")
    return tmp_path / "rules"


def write(folder: Path, word: str, name: str = "r.toml") -> None:
    (folder / name).write_text(RULE.replace("WORD", word), encoding="utf-8")


def entries(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache").glob("rules-*.bin"))


def patterns(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache").glob("patterns-*.bin"))


def load(folder: Path) -> ruleset.Ruleset:
    return ruleset.load((folder,), builtin=False)


def test_what_comes_from_the_cache_is_what_was_parsed(folder: Path) -> None:
    parsed, cached = load(folder), load(folder)

    assert [replace(rule, hits=(), misses=(), cases=(), written="") for rule in parsed.rules] == list(cached.rules)
    assert cached.version == parsed.version
    assert len(entries(folder)) == 1


def test_examples_come_from_the_cache_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = "[[rules.cases]]\nin = 'Buy cheese'\nout = ''\nfields = {}\n"
    (folder / "a.toml").write_text(RULE.replace("cheese-call", "a-call").replace("WORD", "jam") + case)
    parsed = ruleset.read_rules([folder], builtin=False)
    monkeypatch.setattr(loader, "load_file", lambda *_: pytest.fail("parsed again"))

    assert ruleset.read_rules([folder], builtin=False) == parsed
    assert [(rule.id, rule.hits[0], rule.written) for rule in parsed] == [
        ("a-call", "Buy jam", "^buy jam$"),
        ("cheese-call", "Buy cheese", "^buy cheese$"),
    ]


def test_without_a_cache_a_process_parses_a_file_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", "")
    write(folder, "curd")
    once = ruleset.read_rules([folder], builtin=False)
    monkeypatch.setattr(loader, "parse", lambda *_: pytest.fail("parsed again"))

    assert ruleset.read_rules([folder], builtin=False) == once == list(load(folder).rules)
    write(folder, "whey")
    with pytest.raises(pytest.fail.Exception, match="parsed again"):
        load(folder)


def test_damaged_examples_count_as_none(folder: Path) -> None:
    parsed = ruleset.read_rules([folder], builtin=False)
    (stored,) = (folder.parent / "cache").glob("examples-*.bin")
    for content in (b"", b"\x80\x81", stored.read_bytes()[:-1]):
        stored.write_bytes(content)
        assert ruleset.read_rules([folder], builtin=False) == parsed
    assert stored.read_bytes()[:-1] == content  # written again


def test_a_selector_comes_from_the_cache_too(folder: Path) -> None:
    css = RULE.replace("pattern = '''^buy WORD$'''", "where.css = '.box'").replace("cheese-call", "box")
    examples = ("Buy WORD", "buy WORD", "They buy WORD.", "buy less")
    for n, text in enumerate(examples):
        css = css.replace(f'"{text}"', f"'<p class=\"{'xbox' if n > 1 else 'box'}\">{text}</p>'")
    (folder / "box.toml").write_text(css, encoding="utf-8")

    parsed, cached = load(folder), load(folder)

    assert [rule.css for rule in parsed.rules] == [rule.css for rule in cached.rules] == [".box", ""]
    (candidate,) = cached.active("en", None).selecting
    assert [(match.start, match.end) for match in candidate.confirm("Anything")] == [(0, 8)]
    assert cached.matches(["Anything", "buy cheese"], cached.every)[0][0] == []
    assert len(entries(folder)) == len(patterns(folder)) == 1


def test_the_second_load_parses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder)
    monkeypatch.setattr(loader, "load_file", lambda *_: pytest.fail("parsed again"))

    assert load(folder).rules[0].id == "cheese-call"


def test_built_in_rules_are_checked_where_their_examples_are_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruleset, "builtin_folder", lambda: folder)
    (folder / "r.toml").write_text(RULE.replace("WORD", "bread").replace('"buy less"', '"go home"'))

    assert [rule.pattern for rule in ruleset.load().rules] == ["^buy bread$"]
    with pytest.raises(ruleset.RuleError, match=r"rules/r.toml:11: the miss 'go home' shares no literal"):
        ruleset.read_rules(())


@pytest.mark.parametrize(("fault", "line"), [("(?<x)", 9), (r"\p{Nothing}", 2)])  # the one is seen when it is parsed
def test_a_fault_in_a_built_in_pattern_is_named_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str, line: int
) -> None:
    monkeypatch.setattr(ruleset, "builtin_folder", lambda: folder)
    faulty = RULE.replace("^buy WORD$", f"^buy bread{fault}").replace("WORD", "bread")
    (folder / "r.toml").write_text(faulty, encoding="utf-8")

    with pytest.raises(ruleset.RuleError, match=rf"rules/r.toml:{line}: (pattern is not a|.* has no) regular express"):
        matches(ruleset.load())


def test_a_changed_file_is_parsed_anew(folder: Path) -> None:
    before = load(folder)
    write(folder, "butter")
    after = load(folder)

    assert (before.rules[0].pattern, after.rules[0].pattern) == ("^buy cheese$", "^buy butter$")
    assert before.version != after.version


def test_a_changed_folder_has_the_built_in_rules_from_the_cache(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builtin = tmp_path / "builtin"
    builtin.mkdir()
    (builtin / "b.toml").write_text(RULE.replace("cheese-call", "bread-call").replace("WORD", "bread"))
    monkeypatch.setattr(ruleset, "builtin_folder", lambda: builtin)
    ruleset.load((folder,))
    write(folder, "butter")
    read = loader.load_file
    parsed: list[str] = []
    monkeypatch.setattr(loader, "load_file", lambda *arguments: (parsed.append(arguments[0].name), read(*arguments))[1])
    assert [rule.pattern for rule in ruleset.load((folder,)).rules] == ["^buy bread$", "^buy butter$"]
    assert parsed == ["r.toml"]

    (folder / "r.toml").write_text(RULE.replace("cheese-call", "bread-call"), encoding="utf-8")
    with pytest.raises(ruleset.RuleError, match=r'r.toml:2: duplicate id "bread-call", also at rules/b.toml:2'):
        ruleset.load((folder,))


def test_another_name_of_the_file_shows_in_the_rule(folder: Path) -> None:
    load(folder)
    (folder / "r.toml").rename(folder / "s.toml")

    assert load(folder).rules[0].path.endswith("s.toml")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x81",
        b"{",
        b"null",
        b"7",
        b"{}x",
        b'"text"',
        b"[1]",
        b"[[]]",
        b'[["too", "few"]]',
        b'{"a": 1}',
        b"[" * 100_000,
    ],
)
def test_a_foreign_entry_counts_as_none(folder: Path, content: bytes) -> None:
    load(folder)
    (entry,) = entries(folder)
    entry.write_bytes(content)

    assert [rule.id for rule in load(folder).rules] == ["cheese-call"]
    assert entry.read_bytes() != content  # mended on the way


def matches(rules: ruleset.Ruleset) -> list[str]:
    found, _ = rules.matches(["They buy cheese", "Buy cheese"], rules.every)
    return [match.rule.id for line in found for match in line]


def test_a_stored_pattern_finds_the_same(folder: Path) -> None:
    assert matches(load(folder)) == matches(load(folder)) == ["cheese-call"]
    assert len(patterns(folder)) == 1


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:], None]
)
def test_damaged_patterns_count_as_none_and_are_stored_again(
    folder: Path, damage: Callable[[bytes], bytes] | None
) -> None:
    assert matches(load(folder)) == ["cheese-call"]
    (stored,) = patterns(folder)
    before = stored.read_bytes()
    stored.unlink()
    if damage:
        stored.write_bytes(damage(before))

    assert matches(load(folder)) == ["cheese-call"]
    assert [len(path.read_bytes()) for path in patterns(folder)] == [len(before)]


def test_a_language_is_stored_when_a_text_needs_it(folder: Path) -> None:
    for language in ("de", "fr"):
        rule = RULE.replace('["*"]', f'["{language}"]').replace("cheese-call", f"cheese-{language}")
        (folder / f"{language}.toml").write_text(rule.replace("WORD", language), encoding="utf-8")

    german, french = load(folder).active("de", None), load(folder).active("fr", None)

    assert [[rule.id for rule in active.rules] for active in (german, french)] == [
        ["cheese-call", "cheese-de"], ["cheese-call", "cheese-fr"],
    ]  # fmt: skip
    assert len(patterns(folder)) == 3


def test_what_is_stored_of_the_built_in_rules_serves_a_project_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruleset, "builtin_folder", lambda: folder)
    assert matches(ruleset.load()) == ["cheese-call"]
    (folder.parent / "more").mkdir()
    (folder.parent / "more" / "r.toml").write_text(
        RULE.replace("WORD", "butter").replace("cheese-call", "butter-call"), encoding="utf-8"
    )
    analysed: list[str] = []
    plans = compiled._plans
    monkeypatch.setattr(compiled, "_plans", lambda rule: analysed.append(rule.id) or plans(rule))

    of_project = pickle.loads(pickle.dumps(ruleset.load((folder.parent / "more",))))  # as in a worker

    assert matches(of_project) == ["cheese-call"]
    assert analysed == ["butter-call"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "file").write_text("not a folder")
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(folder.parent / "file"))

    assert [rule.id for rule in load(folder).rules] == ["cheese-call"]


def test_an_empty_setting_switches_it_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", "")

    load(folder)

    assert cache.directory() is None
    assert entries(folder) == patterns(folder) == []


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    for name in ("CLEANER_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", no_home)

    assert cache.directory() is None
    assert cache.load("x") is None


def test_the_users_cache_folder_is_honoured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CLEANER_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    assert cache.directory() == tmp_path / "article-cleaner"
