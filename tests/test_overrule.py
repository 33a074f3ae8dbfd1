"""What documents and projects overrule: front matter, protected lines, languages."""

from __future__ import annotations

import pytest
from ferry import BODY, NOISY

from cleaner.config import Config
from cleaner.data import Document
from cleaner.pipeline import Cleaner

BOTH = f"{NOISY}\nShare this article\n"


def rules(cleaner: Cleaner, text: str) -> list[str]:
    return [removal.category for removal in cleaner.clean(text).removals]


def test_a_document_that_says_so_keeps_everything(cleaner: Cleaner) -> None:
    article = cleaner.clean(f"---\ncleaner: ignore\n---\n{BOTH}")
    assert (article.removals, article.text.endswith("Share this article")) == ([], True)
    assert article.metadata.extra == {"cleaner": "ignore"}


@pytest.mark.parametrize("named", ["[newsletter]", "[newsletter-heading, newsletter-signup]", "newsletter"])
def test_a_document_that_names_rules_keeps_what_they_would_take(cleaner: Cleaner, named: str) -> None:
    assert rules(cleaner, f"---\ncleaner: {{ignore: {named}}}\n---\n{BOTH}") == ["share"]


def test_a_rule_that_is_ignored_leaves_the_line_to_another_of_the_same_effect(cleaner: Cleaner) -> None:
    (removal,) = cleaner.clean(NOISY).removals
    (other,) = cleaner.clean(f"---\ncleaner: {{ignore: [{removal.rule}]}}\n---\n{NOISY}").removals
    assert other.rule in removal.also_matched


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("{ignore: [newsleter]}", '"newsleter", which is no rule, category or language: did you mean "newsletter"?'),
        ("off", "cleaner is neither ignore nor {ignore: [names]} and counts for nothing"),
        ("{ignore: {a: b}}", "counts for nothing"),
        ("{skip: [share]}", "counts for nothing"),
    ],
)
def test_what_is_not_understood_is_told(cleaner: Cleaner, said: str, note: str) -> None:
    article = cleaner.clean(f"---\ncleaner: {said}\n---\n{BOTH}")
    assert note in " ".join(article.notes)
    assert len(article.removals) == 2


def test_front_matter_counts_in_records_too(cleaner: Cleaner) -> None:
    doc = Document("a", BOTH, metadata={"cleaner": {"ignore": ["share", "boilerplate"]}})
    assert [removal.category for removal in cleaner.clean_document(doc).removals] == ["newsletter"]


def test_protected_lines_stay() -> None:
    protecting = Cleaner(Config(protect=(r"^SUBSCRIBE to \w+ newsletter",)))
    assert rules(protecting, BOTH) == ["share"]
    assert protecting.clean(BOTH).text.endswith("Subscribe to our newsletter")


def test_a_protecting_pattern_that_explodes_protects(cleaner: Cleaner) -> None:
    protecting = Cleaner(Config(protect=(r"^quay (?:(?:a|aa|aaa)+)+$",)))
    article = protecting.clean(f"quay {'a' * 60}b\n\n{BOTH}")
    assert article.removals == []
    assert "ran into its time limit" in article.notes[0]


def test_one_language_is_not_recognised_but_taken() -> None:
    assert Cleaner(Config(languages=("nl",))).clean(NOISY).metadata.language == "nl"
    assert Cleaner(Config(languages=("de", "en"))).clean(NOISY).metadata.language == "en"
    assert Cleaner(Config(languages=("de", "fr"))).clean(NOISY).metadata.language is None


def test_rules_of_other_languages_do_not_run_and_english_ones_do() -> None:
    text = f"{BODY}\n\nJetzt Newsletter abonnieren\n\nShare this article\n"
    both = Document("a", text, language="de")
    assert len(Cleaner().clean_document(both).removals) == 2
    assert [r.category for r in Cleaner(Config(languages=("fr",))).clean_document(both).removals] == ["share"]
