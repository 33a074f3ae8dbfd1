"""A page's markup to its tree: parsed once, for all that is read from it."""

from __future__ import annotations

from lxml import etree

Tree = etree._Element


def parse(markup: str) -> Tree | None:
    """The `html` element of a page or fragment; None where there is no element in it.

    Comments, processing instructions and characters that no page may hold (NUL, half of a surrogate pair) are
    left out. The declared charset is not looked at: `markup` has been decoded.
    """
    data = markup.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.HTML(data, parser)
    except etree.ParserError:  # "Document is empty"
        return None
