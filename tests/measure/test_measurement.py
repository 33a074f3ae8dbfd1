"""Adding up: documents to groups, removals to rules, and what is kept of the texts."""

from __future__ import annotations

import pytest

from cleaner.data import Article, Metadata, Removal
from cleaner.measure import Gold, Measurement, Report, measurement
from cleaner.measure.figures import Largest

FIRST = "The mill by the river burnt down in the night before the fair."
SECOND = "Nobody was hurt, the miller Ode Tamsin said, and the flour was insured."


def article(id: str, text: str, *removed: tuple[str, str], title: str | None = None) -> Article:
    """The article that is left of a text when rules take these parts of it."""
    removals = [Removal(at := text.index(part), at + len(part), part, rule, "some") for part, rule in removed]
    for part, _ in removed:
        text = text.replace(part, "", 1)
    return Article(id, text.strip(), Metadata(title=title), removals, "ok", "0")


def measured(*cases: tuple[str, str, list[tuple[str, str]]], **settings: int | bool) -> Report:
    """Each case is a text, its gold body, and what rules took."""
    total = Measurement(**settings)  # type: ignore[arg-type]
    for n, (text, body, removed) in enumerate(cases):
        total.add(text, article(f"a{n}", text, *removed), Gold(body))
    return total.report()


def test_a_clean_document_that_stays() -> None:
    report = measured((FIRST, FIRST, []))
    assert (report.total.cleaned.f1, report.total.cleaned.exact, report.total.tokens_kept) == (1.0, 1.0, 1.0)
    assert (report.total.noise_removed, report.total.with_loss) == (None, 0.0)
    assert [*report.rules, *report.lost, *report.left, *report.worst, *report.groups] == []


def test_nothing_measured() -> None:
    report = Measurement().report()
    assert (report.total.documents, report.total.tokens_kept, report.total.cleaned.f1) == (0, None, 0.0)


def test_doing_nothing_is_scored_beside_it() -> None:
    report = measured((f"{FIRST}\nShare", FIRST, [("Share", "share")]))
    assert (report.total.given.exact, report.total.cleaned.exact) == (0.0, 1.0)
    assert report.total.given.precision < report.total.cleaned.precision == 1.0
    assert report.total.noise_removed == 1.0


def test_noise_and_damage_of_a_rule() -> None:
    text = f"{FIRST}\nShare\n{SECOND}\nShare this article"
    removed = [("Share\n", "share"), (SECOND, "greedy"), ("Share this article", "share")]
    report = measured((text, f"{FIRST}\n{SECOND}", removed))
    greedy, share = report.rules
    assert (greedy.rule, greedy.body_lines, greedy.body_tokens, greedy.precision) == ("greedy", 1, 13, 0.0)
    assert (share.rule, share.removals, share.noise_lines, share.noise_tokens, share.precision) == (
        "share", 2, 2, 4, 1.0,
    )  # fmt: skip
    assert [(line.rule, line.tokens, line.text) for line in report.lost] == [("greedy", 13, SECOND)]
    assert [(worst.id, worst.tokens) for worst in report.worst] == [("a0", 13)]
    assert (report.total.with_loss, report.total.tokens_kept) == (1.0, 13 / 26)


def test_a_removal_without_a_word_has_no_precision() -> None:
    (rule,) = measured((f"{FIRST}\n•", FIRST, [("•", "dots")])).rules
    assert (rule.removals, rule.noise_lines, rule.precision) == (1, 0, None)


def test_lines_left_are_counted_together() -> None:
    report = measured((f"{FIRST}\n5 min read", FIRST, []), (f"{SECOND}\n12 MIN read\nShare", SECOND, []))
    assert [(line.text, line.lines, line.tokens, line.id) for line in report.left] == [
        ("5 min read", 2, 6, "a0"), ("Share", 1, 1, "a1"),
    ]  # fmt: skip


def test_groups_and_fields() -> None:
    total = Measurement()
    total.add(FIRST, article("a", FIRST, title="Mill burns"), Gold(FIRST, title="Mill burns"), ("news",))
    total.add(FIRST, article("b", FIRST, title="Mill"), Gold(FIRST, title="Mill burns"), ("blogs",))
    total.add(FIRST, article("c", FIRST), Gold(FIRST), ("blogs",))
    report = total.report()
    assert [(one.group, one.documents) for one in report.groups] == [(("blogs",), 2), (("news",), 1)]
    assert (report.total.fields["title"].documents, report.total.fields["title"].right) == (2, 0.5)
    assert report.groups[0].fields["title"].right == 0.0


def test_examples_are_few_and_short() -> None:
    long = f"{'Nobody was hurt and the flour was insured ' * 20}."
    cases = [(f"{FIRST}\n{text}", f"{FIRST}\n{text}", [(text, "greedy")]) for text in (SECOND, long, SECOND)]
    (rule,) = measured(*cases, examples=2, worst=1).rules
    assert [example.id for example in rule.body_examples] == ["a1", "a0"]
    assert len(rule.body_examples[0].text) == measurement.EXAMPLE_CHARS
    (bare,) = measured(*cases, examples=0).rules
    assert list(bare.body_examples) == []


def test_lost_lines_are_kept_in_number_unless_all_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurement, "LOST_KEPT", 2)
    cases = [(f"{FIRST}\n{SECOND}", f"{FIRST}\n{SECOND}", [(SECOND, "greedy")])] * 7
    assert [line.id for line in measured(*cases).lost] == ["a0", "a1"]
    assert len(measured(*cases, all_lost=True).lost) == 7


def test_lines_left_are_kept_in_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measurement, "LEFT_KEPT", 4)
    names = ("Alder", "Birch", "Cedar", "Dogwood", "Elm")
    report = measured(*((f"{FIRST}\n{name} {'tree ' * n}", FIRST, []) for n, name in enumerate(names)))
    assert [line.text for line in report.left] == ["Elm tree tree tree tree", "Dogwood tree tree tree"]


def test_the_order_of_equals_is_that_of_arrival() -> None:
    kept = Largest[tuple[str, int]](2, lambda item: item[1])
    for item in (("a", 1), ("b", 2), ("c", 2), ("d", 1), ("e", 2)):
        kept.add(item)
    assert kept.items() == [("b", 2), ("c", 2)]
