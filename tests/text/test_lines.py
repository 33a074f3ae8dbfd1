"""Lines: the plain view of a text, hard wrapping undone only where it is certain, sentences of one long line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ARTICLES, HARBOUR, wrapped

from cleaner.text.lines import Line, cut, ends_sentence, lines, sentences, unwrap, view, width


def joined(text: str) -> list[str]:
    plain = view(text)
    return [line.text for line in unwrap(lines(plain), plain)]


# The view -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Plain text, “quoted” – and so on.", "Plain text, “quoted” – and so on."),
        ("It’s", "It's"),
        ("a\tb\u00a0c\u202fd\u3000e", "a b c d e"),
        ("a\r\nb\rc\u2028d", "a \nb\nc\nd"),
        ("zero\u200bwidth\ufeff", "zero width "),
        ("\u27a1\ufe0f on", "\u27a1\xad on"),
    ],
)
def test_white_space_is_plain_in_the_view(text: str, plain: str) -> None:
    assert view(text) == plain


@given(st.text())
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(view(text)) == len(text)


def test_lines_know_their_place_and_the_break_before() -> None:
    found = lines(view("\n one \r\ntwo\n\n \n\tthree"))

    assert [(line.text, line.gap) for line in found] == [("one", 2), ("two", 1), ("three", 2)]
    assert [(line.start, line.end) for line in found] == [(2, 5), (8, 11), (16, 21)]


@given(st.text("ab \n\r\t\u00a0", max_size=60))
def test_lines_are_the_text_at_their_span(text: str) -> None:
    plain = view(text)

    for line in lines(plain):
        assert plain[line.start : line.end] == line.text == line.text.strip()
        assert line.text


# Ends and width -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Storm hits the coast", "What he wants:", "one, two,", "", "§ 3", "a…b"])
def test_no_sentence_ends_here(line: str) -> None:
    assert not ends_sentence(line)


@pytest.mark.parametrize(
    "line", ["It is.", "He said “no.”", "Is it?", "(It is.)", "そうだ。", "「そうだ。」", "So…", "है।", "«Sí.»"]
)
def test_a_sentence_ends_here(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize(("line", "size"), [("", 0), ("abc", 3), ("über", 4), ("東京", 4), ("한국 x", 6), ("カナ", 4)])
def test_width_counts_in_latin_letters(line: str, size: int) -> None:
    assert width(line) == size


# Hard wrapping ------------------------------------------------------------------------------------------------

POEM = """The lamp goes out on Skelmouth pier,
the gulls have gone to bed,
and no one hears, and none came here
but rain, the gutter said.
The tide will turn, the tide will stay,
the rope lies where it lay,
and what the morning has to say
the night took all away."""

KEPT = {
    "poem": POEM.split("\n"),
    "list": [
        "Flour, 500 grams",
        "Butter, 200 grams",
        "Four eggs, the size does not matter at all",
        "Salt",
        "Milk, a cup",
    ],
    "results": [
        "Orrin Bay – Skelmouth 2:1",
        "Hohenrode – Unterkirch 0:0",
        "Villaluz – Peña Honda 3:3 after extra time",
    ],
    "paragraph a line": list(HARBOUR),
    "interview": [
        "Why gravel?",
        "Because it sinks.",
        "And the barge?",
        "It did not, and that was the trouble with it.",
    ],
    "headlines": [
        "Barge blocks harbour for second day running",
        "Gravel prices rise again in spring",
        "Tugs on their way",
    ],
    "one line": ["The harbour was closed."],
    "nothing": [],
}


@pytest.mark.parametrize("name", KEPT)
def test_lines_that_are_not_wrapped_stay(name: str) -> None:
    assert joined("\n".join(KEPT[name])) == KEPT[name]


@pytest.mark.parametrize("column", [60, 72, 80, 100])
@pytest.mark.parametrize("language", ARTICLES)
def test_wrapped_paragraphs_are_joined(language: str, column: int) -> None:
    paragraphs = [paragraph.replace("’", "'") for paragraph in ARTICLES[language]]

    assert joined(wrapped(paragraphs, column)) == paragraphs


def test_short_lines_between_wrapped_paragraphs_stay_apart() -> None:
    text = wrapped([*HARBOUR[:2], "Who pays for the tugs", *HARBOUR[2:]])

    assert joined(text) == [*HARBOUR[:2], "Who pays for the tugs", *HARBOUR[2:]]


def test_a_joined_line_is_as_long_as_its_span() -> None:
    plain = view(wrapped(list(HARBOUR)))

    for line in unwrap(lines(plain), plain):
        assert len(line.text) == line.end - line.start


# One long line ------------------------------------------------------------------------------------------------


def split(text: str) -> list[str]:
    return [piece.text for piece in sentences(Line(0, len(text), text, 2))]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Pryce met Mr. Aldous and St. John.",
        "J. R. Aldous came.",
        "It cost 3.50 marks. and more",
        "Am 3. Oktober war Markt",
        "He waited ... and left",
        "Der Preis lag bei 2 Mio. Mark",
        "version 2.0 of example.org came",
    ],
)
def test_doubtful_ends_do_not_cut(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("“It rained.” He left.", ["“It rained.”", "He left."]),
        ("Why? Because! “No…” Yes.", ["Why?", "Because!", "“No…”", "Yes."]),
        ("雨だ。「そうか。」と言った。", ["雨だ。", "「そうか。」", "と言った。"]),
    ],
)
def test_sentences_are_cut(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


def test_pieces_of_a_line_know_their_place() -> None:
    pieces = cut(Line(10, 21, "one two six", 1), [4, 4, 0, 99, 8])

    assert [(p.start, p.end, p.text, p.gap) for p in pieces] == [
        (10, 13, "one", 1),
        (14, 17, "two", 0),
        (18, 21, "six", 0),
    ]


@given(st.text("aA .?!”x1。", max_size=60).map(str.strip).filter(bool))
def test_sentences_lose_no_character(text: str) -> None:
    assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")
