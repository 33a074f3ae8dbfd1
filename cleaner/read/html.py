"""A page to its blocks of text, and what it says about itself."""

from __future__ import annotations

from typing import Any

from cleaner.html.layout import Layout

NOTHING_FOUND = "no text found in the page"


def linearise(html: str, url: str | None) -> tuple[Layout | None, dict[str, Any], tuple[str, ...]]:
    """Return the blocks of the page, the metadata and notes; no blocks if there is no text.

    Metadata is what the page states (see `cleaner.html.stated`), with `sources`; `url` only if the caller names none.
    """
    from cleaner.html.blocks import layout  # lxml is loaded where there is a page to read
    from cleaner.html.data_body import missing_body
    from cleaner.html.stated import stated
    from cleaner.html.tree import elements, parse

    tree = parse(html)
    if tree is None:
        return None, {}, (NOTHING_FOUND,)
    all_elements = elements(tree)
    page = layout(all_elements, html)
    found = stated(all_elements, url)
    if paragraphs := missing_body(found.article, tree, page.text()):
        page = layout(all_elements, html, paragraphs)
    own = {} if url or "canonical_url" not in found.values else {"url": found.values["canonical_url"]}
    metadata = {**found.values, **own, "sources": dict(found.sources)} if found.values else {}
    return (page, metadata, ()) if page.blocks else (None, metadata, (NOTHING_FOUND,))
