"""Settings files: found upwards, read whole, refused with place and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.settings import KEYS, Settings, SettingsError, find


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert find(tmp_path) == Settings()


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text("budget = 0.5\n", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pyproject.toml").write_text("[project]\nname = 'x'\n[broken", encoding="utf-8")
    assert find(tmp_path / "sub").config.budget == 0.5


def test_all_keys(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n\n[tool.cleaner]\nrules = ["mine", "/"]\nselect = ["share"]\nignore = ["de"]\n'
        "budget = 1\nmin-words = 5\nstrip-datelines = true\n",
        encoding="utf-8",
    )
    (tmp_path / "a" / "b").mkdir(parents=True)
    found = find(tmp_path / "a" / "b")
    assert found.config == Config(
        rules=(str(tmp_path / "mine"), "/"),
        select=("share",),
        ignore=("de",),
        budget=1.0,
        min_words=5,
        strip_datelines=True,
    )
    assert found.place("ignore") == f"{tmp_path / 'pyproject.toml'}:7"


@pytest.mark.parametrize(
    "source", ["tool.cleaner.budget = 0.5\n", "[tool]\ncleaner = {budget = 0.5}\n", "[tool]\ncleaner.budget = 0.5\n"]
)
def test_a_table_without_its_header_is_ours_too(tmp_path: Path, source: str) -> None:
    (tmp_path / "pyproject.toml").write_text(source, encoding="utf-8")
    assert find(tmp_path).config.budget == 0.5


def test_another_mention_of_our_name_is_none(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text("budget = 0.5\n", encoding="utf-8")
    for n, source in enumerate(("[project]\ndependencies = ['article-cleaner']\n", "[x]\ntool = 'cleaner'\n[broken")):
        (tmp_path / f"{n}").mkdir()
        (tmp_path / f"{n}" / "pyproject.toml").write_text(source, encoding="utf-8")
        assert find(tmp_path / f"{n}").config.budget == 0.5


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\ncleaner = true\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"pyproject.toml:1: tool.cleaner is True: it must be a table"):
        find(tmp_path)


def test_the_own_file_goes_first(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.cleaner]\nbudget = 0.1\n", encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text("budget = 0.2\n", encoding="utf-8")
    assert find(tmp_path).config.budget == 0.2


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('rules = "mine"', "1: rules is 'mine': it must be a list of strings"),
        ("\nselect = [1]", "2: select is [1]: it must be a list of strings"),
        ("budget = 2", "1: budget is 2: it must be a share between 0 and 1"),
        ("budget = true", "1: budget is True: it must be a share between 0 and 1"),
        ("min-words = 2.5", "1: min-words is 2.5: it must be a whole number of words, 0 or more"),
        ("min-words = -1", "1: min-words is -1: it must be a whole number of words, 0 or more"),
        ("strip-datelines = 1", "1: strip-datelines is 1: it must be true or false"),
        ("strip_datelines = true", '1: unknown key "strip_datelines": did you mean "strip-datelines"?'),
        ("# x\n[ignroe]", '2: unknown key "ignroe": did you mean "ignore"?'),
        ("colour = 1", '1: unknown key "colour": known keys: rules, select'),
        ("rules = [", "1: not TOML: "),
        ("x = " + "[" * 5000, "1: "),
        ('languages = [\n  "de",\n  "english"]', '3: languages: "english" is no language: did you mean "en"?'),
        ('languages = ["xx"]', '1: languages: "xx" is no language: write two letters (ISO 639-1), such as en or de'),
        ('ignore = "share"', "1: ignore is 'share': it must be a list of strings: did you mean ['share']?"),
        ('engine = "carefull"', "1: engine is 'carefull': it must be one of auto, fast, careful: did you mean"),
        (
            'output = "front_matter"',
            "1: output is 'front_matter': it must be one of front-matter, sidecar, body: did you",
        ),
        ("max-bytes = 10", "1: max-bytes is 10: it must be a whole number of bytes, 1024 or more"),
        ("keep-removals = 1", "1: keep-removals is 1: it must be true or false"),
        ('per-file-ignores = ["x"]', "1: per-file-ignores is ['x']: it must be a table of patterns"),
        ('[per-file-ignores]\n"a/*" = "x"', "1: per-file-ignores is {'a/*': 'x'}"),
        ('[per-file-ignores]\n"a/*" = []\n"!b" = []', '3: per-file-ignores: "!b" is no pattern: write one as in'),
        ("protect = [\n  'fine',\n  '^(broken',\n]", "3: protect: '^(broken' is no regular expression: "),
        ('rules = [\n  "nope",\n]', '2: rules: "nope": nothing of that name in '),
        ('protect = ["x*"]', "1: protect: 'x*' is found in every line: say more of the line"),
    ],
)
def test_mistakes(tmp_path: Path, source: str, message: str) -> None:
    (tmp_path / "cleaner.toml").write_text(source, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        find(tmp_path)
    assert str(error.value).startswith(f"{tmp_path / 'cleaner.toml'}:{message}")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_bytes(b"# \xff\n")
    with pytest.raises(SettingsError, match="not UTF-8 at byte 2"):
        find(tmp_path)


def test_only_a_table_below_ours(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n\n[tool.cleaner.per-file-ignores]\n"quotes/**" = ["byline"]\n'
        '"*.md" = ["share", "de"]\n',
        encoding="utf-8",
    )
    found = find(tmp_path / "sub")
    assert found.config_of(tmp_path / "sub" / "a.txt") == found.config
    assert found.config_of(tmp_path / "quotes" / "b" / "a.md").ignore == ("byline", "share", "de")
    assert found.place_of("de") == f"{tmp_path / 'pyproject.toml'}:6"


def test_the_nearest_settings_apply_alone(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "cleaner.toml").write_text("budget = 0.5\nmin-words = 3\n", encoding="utf-8")
    (tmp_path / "sub" / "cleaner.toml").write_text('budget = 0.7\nprotect = ["^x"]\n', encoding="utf-8")
    known: dict[Path, Settings] = {}
    assert find(tmp_path / "sub", known).config == Config(budget=0.7, protect=("^x",))
    assert find(tmp_path, known).config == Config(budget=0.5, min_words=3)
    assert find(tmp_path / "sub", known) is known[tmp_path / "sub"]


def test_every_key_is_documented(fixtures: Path) -> None:
    page = (fixtures.parent.parent / "docs" / "hooks.md").read_text(encoding="utf-8")
    for key in KEYS:
        assert f"| `{key}` |" in page
