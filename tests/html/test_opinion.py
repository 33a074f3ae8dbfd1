"""The second opinion on a page."""

from __future__ import annotations

import logging

from lxml import etree

from cleaner.html.opinion import Opinion
from cleaner.html.tree import parse

PARAGRAPH = "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said."


def test_it_keeps_the_article_and_leaves_the_tree_alone() -> None:
    tree = parse(f"<body><nav><a>Home</a></nav><article><p>{PARAGRAPH}</p><p>{PARAGRAPH[::-1]}</p></article></body>")
    assert tree is not None
    before = etree.tostring(tree)
    opinion = Opinion(tree)
    assert opinion.keeps(PARAGRAPH)
    assert not opinion.keeps("Home")
    assert etree.tostring(tree) == before


def test_of_a_page_without_an_article_nothing_is_kept() -> None:
    tree = parse("<p></p>")
    assert tree is not None
    assert not Opinion(tree).keeps("Home")


def test_trafilatura_does_not_write_to_standard_error() -> None:
    tree = parse("<p></p>")
    assert tree is not None
    Opinion(tree)
    assert any(isinstance(h, logging.NullHandler) for h in logging.getLogger("trafilatura").handlers)
