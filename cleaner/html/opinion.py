"""A second opinion on a page: the main text that trafilatura finds in it."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from html import escape
from typing import Any

from lxml import etree
from lxml.html import HTMLParser

from cleaner.html.layout import Layout
from cleaner.html.tree import Tree, parse


class Opinion:
    """What trafilatura takes for the article of a page (Barbaresi 2021), without asking other extractors.

    It is shown the blocks that `may_stay` and the elements around them, which takes it a quarter of the time.
    """

    def __init__(self, layout: Layout, may_stay: Container[int]) -> None:
        added = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in layout.added)
        tree = parse(added + _written(layout.tree, _shown(layout, may_stay)), HTMLParser)  # which it cuts up
        extract = _trafilatura().bare_extraction
        found = None if tree is None else extract(tree, with_metadata=False, include_comments=False, fast=True)
        self._text = " ".join((found.text or "").split()) if found is not None else ""

    def keeps(self, text: str) -> bool:
        """Whether a block's text stands in the article."""
        return " ".join(text.split()) in self._text


def _shown(layout: Layout, may_stay: Container[int]) -> set[Tree]:
    """The elements that hold the texts of these blocks, and those around them."""
    shown: set[Tree] = set()
    number = 0
    for holder in layout.holders:
        number += holder is None
        at = holder if number in may_stay else None
        while at is not None and at not in shown:
            shown.add(at)
            at = at.getparent()
    return shown


def _written(root: Tree, shown: Container[Tree]) -> str:
    """The markup of a page with these elements and line breaks alone."""
    parts: list[str] = []
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "end":
            parts += (f"</{element.tag}>" if element in shown else "", escape(element.tail or "", quote=False))
        elif element in shown:
            given = "".join([f' {name}="{escape(value)}"' for name, value in element.items()])
            parts += (f"<{element.tag}{given}>", escape(element.text or "", quote=False))
        else:
            steps.skip_subtree()
            parts.append("<br>" if element.tag == "br" else "")
    return "".join(parts)


@cache
def _trafilatura() -> Any:
    """Import trafilatura on first use (it takes long), and keep its warnings off standard error."""
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura
