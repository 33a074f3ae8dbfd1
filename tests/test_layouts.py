"""The same document in four layouts gives the same body: a paragraph a line, blank lines between, wrapped, one line."""

from __future__ import annotations

import pytest
from samples import ARTICLES, HARBOUR, ORCHARD, wrapped

from cleaner.pipeline import Cleaner

CLEAN = {
    **ARTICLES,
    "en-subheading": (*HARBOUR[:2], "Who pays for the tugs", *HARBOUR[2:]),
    "de-subheading": (*ORCHARD[:2], "Wo die Pumpe ausfiel", *ORCHARD[2:]),
}
PLAYER = "To view this video please enable JavaScript, and consider upgrading to a browser that supports HTML5 video"
# Paragraphs and, at places, furniture that goes in every layout.
NOISY = {
    "en-player": (
        *HARBOUR[:2],
        PLAYER,
        *HARBOUR[2:],
    ),
    "en-byline": (*HARBOUR, "ep/ta (AP, Reuters)"),
    "en-date-and-byline": ("date 2024-11-18", *HARBOUR, "ep/ta (AP, AFP, dpa)"),
}
LAYOUTS = {
    "lines": "\n".join,
    "blank lines": "\n\n".join,
    "wrapped": wrapped,
    "CRLF": "\r\n".join,
    "trailing blanks": " \n\n\n ".join,
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_document_keeps_its_paragraphs(cleaner: Cleaner, name: str, layout: str) -> None:
    paragraphs = CLEAN[name]

    article = cleaner.clean(LAYOUTS[layout](paragraphs))

    assert article.text == "\n\n".join(paragraphs)
    assert article.removals == []


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_document_in_one_line_keeps_its_words(cleaner: Cleaner, name: str) -> None:
    article = cleaner.clean(" ".join(CLEAN[name]))

    assert article.text.split() == " ".join(CLEAN[name]).split()
    assert article.removals == []


@pytest.mark.parametrize("name", NOISY)
def test_a_noisy_document_has_the_same_body_in_every_layout(cleaner: Cleaner, name: str) -> None:
    bodies = {layout: cleaner.clean(join(NOISY[name])).text for layout, join in LAYOUTS.items()}

    assert bodies == dict.fromkeys(LAYOUTS, "\n\n".join(HARBOUR))


@pytest.mark.parametrize("name", NOISY)
def test_a_noisy_document_in_one_line_has_the_same_words(cleaner: Cleaner, name: str) -> None:
    article = cleaner.clean(" ".join(NOISY[name]))

    assert article.text.split() == " ".join(HARBOUR).split()


@pytest.mark.parametrize("name", NOISY)
def test_metadata_does_not_depend_on_the_layout(cleaner: Cleaner, name: str) -> None:
    layouts = [*(join(NOISY[name]) for join in LAYOUTS.values()), " ".join(NOISY[name])]

    found = [cleaner.clean(text).metadata for text in layouts]

    assert found == found[:1] * len(found)


def test_verse_keeps_its_line_breaks(cleaner: Cleaner) -> None:
    verse = "The lamp goes out on Skelmouth pier,\nthe gulls have gone to bed,\nand no one hears, and none came here\n"
    text = verse + "but rain, the gutter said.\n\n" + verse + "except the rain, it said."

    assert cleaner.clean(text).text == text
