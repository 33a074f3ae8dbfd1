"""The body: what is left of the lines, how they are joined, and the way back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.data import Block, Span
from cleaner.text.body import render


def rows(text: str, gaps: list[int], prose: str) -> list[Block]:
    """A row for each `|`-separated part; `prose` marks paragraphs with p, and `|` stands for any white space."""
    found, at = [], 0
    for part, gap, kind in zip(text.split("|"), gaps, prose, strict=True):
        found.append(Block(at, at + len(part), part, "paragraph" if kind == "p" else "short-line", gap))
        at += len(part) + 1
    return found


def body(text: str, gaps: list[int], prose: str, *removed: tuple[int, int]) -> str:
    return render(text.replace("|", "\n"), rows(text, gaps, prose), [Span(*pair) for pair in removed]).text


def test_nothing_gives_nothing() -> None:
    assert render("", [], []).text == ""
    assert body("abc", [2], "p", (0, 3)) == ""


@pytest.mark.parametrize(
    ("gaps", "prose", "wanted"),
    [
        ([2, 2, 2], "ppp", "one\n\ntwo\n\nsix"),
        ([2, 1, 1], "ppp", "one\n\ntwo\n\nsix"),  # a paragraph a line
        ([2, 1, 1], "sss", "one\n\ntwo\n\nsix"),  # no blank line anywhere: each line is a paragraph
        ([2, 1, 2], "sss", "one\ntwo\n\nsix"),  # verse
        ([2, 1, 2], "pss", "one\n\ntwo\n\nsix"),  # a line break after a paragraph ends it
        ([2, 0, 0], "ppp", "one two six"),  # sentences of one long line
        ([2, 0, 1], "ppp", "one two\n\nsix"),
    ],
)
def test_line_breaks(gaps: list[int], prose: str, wanted: str) -> None:
    assert body("one|two|six", gaps, prose) == wanted


def test_after_a_removed_row_the_larger_break_stays() -> None:
    assert body("one|two|six|ten", [2, 2, 1, 1], "ssss", (4, 7)) == "one\n\nsix\nten"
    assert body("one|two|six", [2, 0, 0], "ppp", (4, 7)) == "one six"


@pytest.mark.parametrize(
    ("text", "cut", "wanted"),
    [
        ("The square (Foto: dpa) was empty.", "(Foto: dpa)", "The square was empty."),
        ("The square (Foto: dpa) was empty.", " (Foto: dpa)", "The square was empty."),
        ("The square was empty (Foto: dpa).", "(Foto: dpa)", "The square was empty."),
        ("The square was empty. (Foto: dpa)", "(Foto: dpa)", "The square was empty."),
        ("(Foto: dpa) The square was empty.", "(Foto: dpa)", "The square was empty."),
        pytest.param(
            "„Der Platz (Foto: dpa)“ war leer.",
            " (Foto: dpa)",
            "„Der Platz“ war leer.",
            marks=pytest.mark.xfail(
                strict=True, reason="“ closes in German and opens in English: a blank stays before it"
            ),
        ),
        ("ab\x00cd", "\x00", "abcd"),
    ],
)
def test_a_cut_closes_its_gap(text: str, cut: str, wanted: str) -> None:
    start = text.index(cut)

    assert render(text, [Block(0, len(text), text, "paragraph", 2)], [Span(start, start + len(cut))]).text == wanted


def test_a_wrapped_paragraph_becomes_one_line() -> None:
    text = "The square was empty   \n  and remained so."

    assert render(text, [Block(0, len(text), text, "paragraph", 2)], []).text == "The square was empty and remained so."


def test_the_way_back() -> None:
    text = "one (x) two|six"
    made = render(text, rows(text, [2, 2], "pp"), [Span(4, 7)])

    assert made.text == "one two\n\nsix"
    assert made.origin(0, 3) == [Span(0, 3)]
    assert made.origin(0, 7) == [Span(0, 3), Span(8, 11)]
    assert made.origin(5, 12) == [Span(9, 11), Span(12, 15)]
    assert made.origin(7, 9) == []  # the break between two lines comes from nowhere


parts = st.lists(st.text("ab .(\n", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4)


@given(parts, st.lists(st.integers(0, 40), max_size=6), st.lists(st.integers(0, 2), min_size=4, max_size=4))
def test_every_character_finds_its_way_back(several: list[str], edges: list[int], gaps: list[int]) -> None:
    text = "|".join(several)
    edges = sorted(edge for edge in set(edges) if edge <= len(text))
    removed = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]

    made = render(text, rows(text, gaps[: len(several)], "pspp"[: len(several)]), removed)

    gone = {n for span in removed for n in range(span.start, span.end)}
    sources = []
    for n, char in enumerate(made.text):
        for span in made.origin(n, n + 1):
            assert text[span.start : span.end] == char
            assert span.start not in gone
            sources.append(span.start)
    assert sources == sorted(set(sources))
    left = [n for n, char in enumerate(text) if n not in gone and not char.isspace() and char != "|"]
    assert set(left) <= set(sources)
