"""A second opinion on a page: the main text that trafilatura finds in it."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from cleaner.html.tree import Tree


class Opinion:
    """What trafilatura takes for the article of a page (Barbaresi 2021), without asking other extractors.

    The tree stays as it is.
    """

    def __init__(self, tree: Tree) -> None:
        extract = _trafilatura().bare_extraction
        found = extract(deepcopy(tree), with_metadata=False, include_comments=False, fast=True)
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
