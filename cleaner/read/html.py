"""A page's main text, linearised, and what its head says about it. trafilatura finds both for now."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

NOTHING_FOUND = "no article found in the page"
_WHOLE_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def linearise(html: str, url: str | None) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the text (one block a line), the metadata and notes; the text is "" if nothing was found.

    Metadata holds those of title, authors, date, publisher and url that the page states; `url` only
    if the caller names none.
    """
    if not _WHOLE_PAGE.search(html):
        html = f"<html><body>{html}</body></html>"  # the parser refuses a fragment of one element
    found = _trafilatura().bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return "", {}, (NOTHING_FOUND,)
    stated = {
        "title": found.title,
        "authors": [name for part in (found.author or "").split(";") if (name := part.strip())],
        "date": found.date,
        "publisher": found.sitename,
        "url": None if url else found.url,
    }
    text = found.text or ""
    return text, {key: value for key, value in stated.items() if value}, () if text.strip() else (NOTHING_FOUND,)


@cache
def _trafilatura() -> Any:
    """Import trafilatura on first use (it takes long), and keep its warnings off standard error."""
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura
