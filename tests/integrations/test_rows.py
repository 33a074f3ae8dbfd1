"""The row cleaner: what an engine sends to its workers; a bad row is an answer, never an exception."""

from __future__ import annotations

import pickle
from copy import deepcopy
from pathlib import Path

import pytest
from made_up import CLEAN, NOISY, RULE, page

from cleaner import Article, Cleaner, Config, Failure
from cleaner.integrations.rows import RowCleaner
from cleaner.ruleset import RuleError, SelectionError


@pytest.fixture(scope="module")
def rows() -> RowCleaner:
    return RowCleaner()


def test_a_clean_text_stays(rows: RowCleaner) -> None:
    result = rows.clean(CLEAN)

    assert isinstance(result, Article)
    assert (result.text, result.removals) == (CLEAN, [])


@pytest.mark.parametrize("source", [NOISY, NOISY.encode(), page(3)])
def test_it_gives_what_a_cleaner_gives(rows: RowCleaner, source: str | bytes, cleaner: Cleaner) -> None:
    result = rows.clean(source, id="a1", url="https://example.org/a")

    assert isinstance(result, Article)
    expected = cleaner.clean(source, url="https://example.org/a")
    assert (result.text, result.metadata, result.removals) == (expected.text, expected.metadata, expected.removals)
    assert result.id == "a1"


def test_what_the_row_states_goes_first(rows: RowCleaner) -> None:
    result = rows.clean(NOISY, metadata={"agencies": ["KNA"], "desk": "north"})

    assert isinstance(result, Article)
    assert result.metadata.agencies == ["KNA"]
    assert result.metadata.extra == {"desk": "north"}


@pytest.mark.parametrize(
    ("source", "reason"),
    [(None, "text is null"), (7, "text is of type int"), (["a"], "text is of type list"), ({}, "text is of type dict")],
)
def test_what_is_no_text_is_a_failure(rows: RowCleaner, source: object, reason: str) -> None:
    result = rows.clean(source, id="a1")

    assert isinstance(result, Failure)
    assert result.id == "a1"
    assert result.reason.startswith(reason)
    assert "mend:" in result.reason


@pytest.mark.parametrize("source", ["", " \n", "<html><body", "<p>" * 5000, "\0", "\ud800", b"\xff\xfe\xfa"])
def test_strange_rows_are_articles_or_failures(rows: RowCleaner, source: str | bytes) -> None:
    assert isinstance(rows.clean(source), (Article, Failure))


def test_a_row_that_is_too_long_is_a_failure_that_says_so() -> None:
    text = "\n\n".join([CLEAN] * 20)

    assert isinstance(RowCleaner(max_chars=len(text)).clean(text), Article)
    assert isinstance(RowCleaner(max_chars=None).clean(text), Article)
    result = RowCleaner(max_chars=len(text) - 1).clean(text)
    assert isinstance(result, Failure)
    assert result.reason == f"{len(text):,} characters; mend: split it, or raise max_chars"


def test_a_fault_of_ours_fails_one_row_only(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = RowCleaner()
    monkeypatch.setattr(rows.cleaner, "clean_document", lambda _doc: 1 / 0)

    result = rows.clean(CLEAN, id="a1")

    assert isinstance(result, Failure)
    assert result.reason.startswith("could not be cleaned: ZeroDivisionError: division by zero; mend:")


def test_copies_in_one_process_share_one_compiled_cleaner(rows: RowCleaner) -> None:
    copies = [pickle.loads(pickle.dumps(rows)), deepcopy(rows)]

    assert all(copy.cleaner is rows.cleaner for copy in copies)
    assert RowCleaner(Config(ignore=("share",))).cleaner is not rows.cleaner


def test_the_rules_travel_and_their_files_need_not(tmp_path: Path) -> None:
    file = tmp_path / "cheese.toml"
    file.write_text(RULE)
    rows = RowCleaner(Config(rules=(str(tmp_path),)))
    packed = pickle.dumps(rows)
    file.unlink()

    result = pickle.loads(packed).clean(f"{CLEAN}\n\nBuy our cheese")

    assert [removal.rule for removal in result.removals] == ["cheese-call"]


def test_a_ready_cleaner_may_be_given() -> None:
    result = RowCleaner(Cleaner(Config(ignore=("share-button",)))).clean(NOISY)

    assert isinstance(result, Article)
    assert "Share this article" in result.text


def test_kind_and_language_hold_for_all_rows() -> None:
    result = RowCleaner(kind="text", language="de").clean("<p>Ein Absatz</p>")

    assert isinstance(result, Article)
    assert result.text == "<p>Ein Absatz</p>"
    assert result.metadata.language == "de"


def test_wrong_options_are_named_where_the_job_is_made() -> None:
    with pytest.raises(ValueError, match='kind is \'pdf\': it must be "text", "html", or None'):
        RowCleaner(kind="pdf")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='language: "English" is no language: did you mean "en"'):
        RowCleaner(language="English")
    with pytest.raises(ValueError, match="max_chars is 0; mend:"):
        RowCleaner(max_chars=0)
    with pytest.raises(TypeError, match=r"config is of type dict; mend: a cleaner\.Config or a cleaner\.Cleaner"):
        RowCleaner({"select": ["share"]})  # type: ignore[arg-type]
    with pytest.raises(SelectionError, match="shre"):
        RowCleaner(Config(ignore=("shre",)))
    with pytest.raises(RuleError, match="no such folder"):
        RowCleaner(Config(rules=("no/such/folder",)))
