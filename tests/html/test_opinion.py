"""The second opinion on a page."""

from __future__ import annotations

import logging

import pytest

from cleaner.html.blocks import read
from cleaner.html.opinion import Opinion

PARAGRAPH = "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said."


def opinion(page: str, may_stay: range = range(99)) -> Opinion:
    layout = read(page)
    assert layout is not None
    return Opinion(layout, may_stay)


def test_it_keeps_the_article() -> None:
    page = f"<body><nav><a>Home</a></nav><article><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article></body>"
    asked = opinion(page)
    assert asked.keeps(PARAGRAPH)
    assert not asked.keeps("Home")


def test_of_what_it_is_not_shown_nothing_is_kept() -> None:
    page = f"<body><article><p>{PARAGRAPH[::-1]}</p><p>{PARAGRAPH}</p></article></body>"
    asked = opinion(page, range(1, 2))
    assert asked.keeps(PARAGRAPH)
    assert not asked.keeps(PARAGRAPH[::-1])


@pytest.mark.parametrize(
    "text",
    ["storms &amp; tides &lt;b&gt;", "before <script>x()</script> and <span hidden><br>behind</span> it", "a&#1;b"],
)
@pytest.mark.parametrize("attribute", ["", "{{bound}}", "a:b='1'", "class='one &quot;two&quot;'", '"x'])
def test_any_markup_can_be_written_again(text: str, attribute: str) -> None:
    assert opinion(f"<article><p {attribute}>{PARAGRAPH}</p><x:y>{text}</x:y></article>").keeps(PARAGRAPH)


def test_paragraphs_of_the_data_are_shown() -> None:
    layout = read("<body><p>Home</p></body>", [PARAGRAPH, PARAGRAPH[::-1]])
    assert layout is not None
    assert Opinion(layout, range(99)).keeps(PARAGRAPH)


@pytest.mark.parametrize("page", ["<p></p>", "<p> </p><script>nothing</script>"])
def test_of_a_page_without_an_article_nothing_is_kept(page: str) -> None:
    assert not opinion(page).keeps("Home")


def test_trafilatura_does_not_write_to_standard_error() -> None:
    opinion("<p></p>")
    assert any(isinstance(h, logging.NullHandler) for h in logging.getLogger("trafilatura").handlers)
