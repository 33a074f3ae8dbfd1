"""One source to one document."""

from __future__ import annotations

import pickle
import sys

import pytest

from cleaner.data import Document, Failure
from cleaner.read import document
from cleaner.read import document as read_document
from cleaner.read.document import attempt

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A bridge opens | The Harrow Post</title>
<meta property="og:title" content="A bridge opens"><meta property="og:site_name" content="The Harrow Post">
<meta name="author" content="Ada Lindqvist"><meta property="article:published_time" content="2024-05-02T08:00:00Z">
<link rel="canonical" href="https://harrowpost.example/bridge"></head><body><nav><a href="/">Home</a></nav>
<article><h1>A bridge opens</h1>
<p>The mayor of Little Harrow opened the new bridge on Tuesday, three years after the old one was closed.</p>
<p>“We had to wait longer than we had hoped,” she said, and thanked residents of both banks for their patience.</p>
<p>The crossing carries two lanes and a path for bicycles, and cost twice what the council had planned for it.</p>
</article></body></html>"""


@pytest.mark.parametrize("text", ["", " \n", "One.\r\n\r\nTwo.\r\n", "a\0b", "\ud800", "\ufeffText", "MÃ¼ller " * 9])
def test_a_string_stays_as_it_is(text: str) -> None:
    assert document(text) == Document("", text)


def test_text_that_mentions_a_tag_is_text() -> None:
    assert document("A paragraph starts with <p>.").kind == "text"


def test_kind_text_leaves_a_page_alone() -> None:
    assert document(PAGE, kind="text").text == PAGE


def test_bytes_are_decoded_with_a_note() -> None:
    read = document("Die Brücke ist schön.".encode("cp1252"))
    assert (read.text, read.notes) == ("Die Brücke ist schön.", ("decoded as windows-1252",))


def test_front_matter_becomes_metadata_and_the_body_remains() -> None:
    read = document("---\ntitle: A\nurl: https://a.example/1\nlanguage: de-AT\nseen: 3\n---\n\nBody\n")
    assert read.text == "Body\n"
    assert read.metadata == {"title": "A", "url": "https://a.example/1", "language": "de-AT", "seen": 3}
    assert (read.url, read.language) == ("https://a.example/1", "de")


def test_what_is_handed_over_goes_first() -> None:
    read = document(
        "---\ntitle: A\nurl: u\nlanguage: de\n---\nBody",
        url="v",
        language="FR",
        metadata={"title": "B"},
        extra={"k": 1},
    )
    assert read.metadata == {"title": "B", "url": "u", "language": "de"}
    assert (read.url, read.language, read.extra) == ("v", "fr", {"k": 1})


@pytest.mark.parametrize(
    ("given", "found"),
    [("de", "de"), (" EN-gb", "en"), ("zh_Hant", "zh"), ("deu", None), ("English", None), ("", None)],
)
def test_language_codes(given: str, found: str | None) -> None:
    assert document("x", language=given).language == found


@pytest.mark.parametrize("metadata", [{"url": 3, "language": ["de"]}, {"url": None, "language": None}])
def test_odd_metadata_is_kept_but_not_used(metadata: dict[str, object]) -> None:
    read = document("x", metadata=metadata)
    assert (read.url, read.language, read.metadata) == (None, None, metadata)


def test_a_page_is_linearised_and_its_head_read() -> None:
    read = document(PAGE)
    assert read.kind == "html"
    assert [line[:10] for line in read.text.splitlines() if "Tuesday" in line or "patience" in line] == [
        "The mayor ",
        "“We had to",
    ]
    assert read.text.startswith("Home\n\nA bridge opens\n\nThe mayor ")
    assert [block.text for block in read.layout.blocks] == read.text.split("\n\n")
    assert read.metadata == {
        "title": "A bridge opens",
        "authors": ["Ada Lindqvist"],
        "date": "2024-05-02T08:00:00+00:00",
        "publisher": "The Harrow Post",
        "language": "en",
        "canonical_url": "https://harrowpost.example/bridge",
        "url": "https://harrowpost.example/bridge",
    }
    assert {*read.sources} == {*read.metadata} - {"url"}
    assert read.url == "https://harrowpost.example/bridge"
    assert read.notes == ()


def test_a_page_s_url_is_the_one_that_is_given() -> None:
    read = document(PAGE, url="https://harrowpost.example/b?x=1")
    assert read.url == "https://harrowpost.example/b?x=1"
    assert "url" not in read.metadata


def test_bytes_of_a_page_in_its_own_charset() -> None:
    read = document(PAGE.replace("utf-8", "windows-1252").encode("cp1252"))
    assert "“We had" in read.text
    assert read.notes == ("decoded as windows-1252",)


@pytest.mark.parametrize("page", ["<html></html>", "", "<!DOCTYPE html><html><body><img></body></html>", "\0"])
def test_a_page_without_text_is_empty_with_a_note(page: str) -> None:
    read = document(page, kind="html")
    assert (read.text, read.notes) == ("", ("no text found in the page",))


def test_a_fragment_of_one_element() -> None:
    assert (
        document("<p>The mayor opened the new bridge on Tuesday.</p>").text
        == "The mayor opened the new bridge on Tuesday."
    )


def test_documents_can_be_pickled() -> None:
    for source in ("x", "---\ntitle: A\n---\nx", PAGE):
        read = document(source)
        again = pickle.loads(pickle.dumps(read))
        assert again == read
        assert (again.layout and again.layout.blocks) == (read.layout and read.layout.blocks)


def test_a_parser_that_breaks_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("too odd")

    monkeypatch.setattr(sys.modules[read_document.__module__], "linearise", broken)
    failure = attempt("<p>", "a.html", id="a", kind="html")
    assert failure == Failure("a", "a.html", "could not be read: RuntimeError: too odd; mend: leave it out")
