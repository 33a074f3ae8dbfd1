"""A page's main text, linearised, and what its head says about it. trafilatura finds both for now."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

NOTHING_FOUND = "no article found in the page"
_WHOLE_PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def linearise(html: str, url: str | None) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the text (one block a line), the metadata and notes; the text is "" if nothing was found.

    Metadata is what the page states (see `cleaner.html.stated`), with `sources`; `url` only if the caller names none.
    """
    if not _WHOLE_PAGE.search(html):
        html = f"<html><body>{html}</body></html>"  # the parser refuses a fragment of one element
    found = _trafilatura().bare_extraction(html, url=url, with_metadata=False, include_comments=False)
    text = "" if found is None else found.text or ""
    return text, page_metadata(html, url), () if text.strip() else (NOTHING_FOUND,)


def page_metadata(html: str, url: str | None) -> dict[str, Any]:
    """The metadata that a page states, and under `sources` where each value came from."""
    from cleaner.html.stated import stated  # lxml is loaded where there is a page to read
    from cleaner.html.tree import parse

    tree = parse(html)
    if tree is None:
        return {}
    found = stated(tree, url)
    own = {} if url or "canonical_url" not in found.values else {"url": found.values["canonical_url"]}
    return {**found.values, **own, "sources": dict(found.sources)} if found.values else {}


@cache
def _trafilatura() -> Any:
    """Import trafilatura on first use (it takes long), and keep its warnings off standard error."""
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura
