"""A page's markup to its tree: parsed once, for all that is read from it."""

from __future__ import annotations

from lxml import etree
from lxml.html import HTMLParser

Tree = etree._Element  # in fact lxml.html.HtmlElement, which trafilatura and htmldate ask for


def parse(markup: str) -> Tree | None:
    """The `html` element of a page or fragment; None where there is no element in it.

    Comments, processing instructions and characters that no page may hold (NUL, half of a surrogate pair) are
    left out. The declared charset is not looked at: `markup` has been decoded, and bounded.
    """
    data = markup.replace("\x00", "").encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # "Document is empty"
        return None
