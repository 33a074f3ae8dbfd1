"""Judging: what is body and what is boilerplate, by gold."""

from __future__ import annotations

import pytest

from cleaner.data import Removal
from cleaner.measure.judge import Piece, judge
from cleaner.measure.shingles import counted

FIRST = "The mill by the river burnt down in the night before the fair."
SECOND = "Nobody was hurt, the miller Ode Tamsin said, and the flour was insured."
BODY = f"{FIRST}\n\nWhat now?\n\n{SECOND}"


def pieces(text: str, removed: tuple[str, ...] = (), gold: str = BODY) -> list[Piece]:
    """Judges a text from which the first occurrence of each of these strings went."""
    removals, result = [], text
    for part in removed:
        start = text.index(part)
        removals.append(Removal(start, start + len(part), part, "some-rule", "some"))
        result = result.replace(part, "", 1)
    return list(judge(text, sorted(removals, key=lambda removal: removal.start), counted(gold), counted(result)))


def body(text: str, removed: tuple[str, ...] = (), gold: str = BODY) -> list[str]:
    return [piece.text for piece in pieces(text, removed, gold) if piece.is_body]


def noise(text: str, removed: tuple[str, ...] = (), gold: str = BODY) -> list[str]:
    return [piece.text for piece in pieces(text, removed, gold) if not piece.is_body]


def test_the_lines_of_the_body_are_body() -> None:
    assert noise(BODY) == []
    assert body(BODY) == [FIRST, "What now?", SECOND]


def test_a_line_that_the_scraper_changed_a_little_is_body() -> None:
    changed = SECOND.replace("was insured", "had been insured")
    assert body(changed + "\n" + FIRST) == [changed, FIRST]


def test_a_short_line_is_body_if_it_is_a_whole_line_of_it() -> None:
    assert body("Far away\n\nWhat now?\n\nAnother line of which gold knows nothing") == ["What now?"]


def test_a_short_line_is_body_if_it_is_between_its_neighbours_as_in_the_body() -> None:
    gold = "He counted one, two, three and the whole town listened."
    assert noise("He counted\none, two\nthree and the whole town listened.", gold=gold) == []


def test_a_wrapped_paragraph_is_one_line() -> None:
    wrapped = (
        "The mill by the river burnt down in the night\nbefore the fair, and until the morning the whole\n"
        "town stood in a row that led from the well to\nthe fire and handed on what it had in buckets."
    )
    assert len(pieces(wrapped, gold=wrapped)) == 1


def test_one_of_two_copies_is_no_loss() -> None:
    (first, second) = pieces(f"{FIRST}\n{FIRST}", (FIRST,), FIRST)
    assert (first.removal, first.is_body, second.removal, second.is_body) == (0, False, None, True)


def test_both_copies_are_a_loss() -> None:
    assert body(f"{FIRST}\n\n{FIRST} ", (f"{FIRST}\n\n{FIRST}",), FIRST) == [FIRST, FIRST]


def test_what_a_cut_leaves_of_a_body_line_is_body() -> None:
    line = "The mill by the river (Photo: Archive) burnt down in the night before the fair."
    assert [(piece.removal, piece.is_body) for piece in pieces(line + "\n" + SECOND, ("(Photo: Archive)",))] == [
        (0, False), (None, True), (None, True),
    ]  # fmt: skip


def test_furniture_is_boilerplate() -> None:
    assert noise(f"{FIRST}\nShare\n{SECOND}\nSign up for our newsletter and never miss a story") == [
        "Share", "Sign up for our newsletter and never miss a story",
    ]  # fmt: skip


def test_a_short_word_of_the_body_is_boilerplate_in_another_place() -> None:
    assert noise(f"{SECOND}\nThe mill\n{FIRST}") == ["The mill"]


def test_a_removed_line_of_the_body_is_a_loss() -> None:
    lost = [piece for piece in pieces(BODY, (SECOND,)) if piece.removal is not None]
    assert lost == [Piece(SECOND, 13, True, 0)]


def test_a_removed_subheading_is_a_loss() -> None:
    assert [piece.is_body for piece in pieces(BODY, ("What now?",)) if piece.removal is not None] == [True]


@pytest.mark.parametrize("cut", ["by the river", "down in"])
def test_a_few_words_cut_out_of_a_sentence_are_a_loss(cut: str) -> None:
    assert [piece.is_body for piece in pieces(BODY, (cut,)) if piece.removal is not None] == [True]


def test_a_removal_over_several_lines_is_judged_line_by_line() -> None:
    text = f"{FIRST}\n\nShare this article\n\n{SECOND}\n\nMore stories"
    removed = text[text.index("Share") :]
    assert [(piece.text, piece.is_body) for piece in pieces(text, (removed,)) if piece.removal == 0] == [
        ("Share this article", False), (SECOND, True), ("More stories", False),
    ]  # fmt: skip


def test_one_long_line_is_judged_sentence_by_sentence() -> None:
    assert noise(f"{FIRST} Sign up for our newsletter today. {SECOND}") == ["Sign up for our newsletter today."]


@pytest.mark.parametrize("text", ["", "\n \n", "* * *", "–––\n\n•"])
def test_what_holds_no_word_does_not_count(text: str) -> None:
    assert pieces(text) == []


def test_writing_without_blanks() -> None:
    gold = "水車小屋は夜のうちに焼け落ちた。\n誰もけがをしなかったという。"
    assert noise(f"{gold}\nシェアする", gold=gold) == ["シェアする"]
