"""A second opinion on a page: the main text that trafilatura finds in it."""

from __future__ import annotations

from functools import cache
from typing import Any

from lxml.html import HTMLParser

from cleaner.html.tree import parse


class Opinion:
    """What trafilatura takes for the article of a page (Barbaresi 2021), without asking other extractors."""

    def __init__(self, markup: str) -> None:
        extract = _trafilatura().bare_extraction
        tree = parse(markup, HTMLParser)  # one of its own, which it cuts up
        found = None if tree is None else extract(tree, with_metadata=False, include_comments=False, fast=True)
        self._text = " ".join((found.text or "").split()) if found is not None else ""

    def keeps(self, text: str) -> bool:
        """Whether a block's text stands in the article."""
        return " ".join(text.split()) in self._text


@cache
def _trafilatura() -> Any:
    """Import trafilatura on first use (it takes long), and keep its warnings off standard error."""
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura
