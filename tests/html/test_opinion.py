"""The second opinion on a page."""

from __future__ import annotations

import logging

import pytest

from cleaner.html.opinion import Opinion

PARAGRAPH = "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said."


def test_it_keeps_the_article() -> None:
    page = f"<body><nav><a>Home</a></nav><article><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article></body>"
    opinion = Opinion(page)
    assert opinion.keeps(PARAGRAPH)
    assert not opinion.keeps("Home")


@pytest.mark.parametrize("page", ["<p></p>", "<!-- nothing -->", ""])
def test_of_a_page_without_an_article_nothing_is_kept(page: str) -> None:
    assert not Opinion(page).keeps("Home")


def test_trafilatura_does_not_write_to_standard_error() -> None:
    Opinion("<p></p>")
    assert any(isinstance(h, logging.NullHandler) for h in logging.getLogger("trafilatura").handlers)
