"""A page to its blocks of text, and what its head says about it."""

from __future__ import annotations

from functools import cache
from typing import Any

from cleaner.html.layout import Layout

NOTHING_FOUND = "no text found in the page"


def linearise(html: str, url: str | None) -> tuple[Layout | None, dict[str, Any], tuple[str, ...]]:
    """Return the blocks of the page, the metadata and notes; no blocks if there is no text.

    Metadata holds those of title, authors, date, publisher and url that the page states; `url` only
    if the caller names none.
    """
    from cleaner.html.blocks import read

    page = read(html)
    if page is None:
        return None, {}, (NOTHING_FOUND,)
    found = _trafilatura().extract_metadata(page.tree, default_url=url)
    stated = {
        "title": found.title,
        "authors": [name for part in (found.author or "").split(";") if (name := part.strip())],
        "date": found.date,
        "publisher": found.sitename,
        "url": None if url else found.url,
    }
    stated = {key: value for key, value in stated.items() if value}
    return (page, stated, ()) if page.blocks else (None, stated, (NOTHING_FOUND,))


@cache
def _trafilatura() -> Any:
    """Import trafilatura on first use (it takes long), and keep its warnings off standard error."""
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura
