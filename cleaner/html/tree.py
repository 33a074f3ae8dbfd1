"""A page's markup to its tree: parsed once, for all that is read from it."""

from __future__ import annotations

from lxml import etree
from lxml.html import HTMLParser

from cleaner.html.layout import PageError

MAX_CHARS = 20_000_000  # of a page's markup
MAX_TAGS = 2_000_000  # opening and closing ones; the tree takes about 150 bytes for each

Tree = etree._Element  # in fact lxml.html.HtmlElement, which trafilatura and htmldate ask for


def parse(markup: str) -> Tree | None:
    """The `html` element of a page or fragment; None where there is no element in it.

    Comments, processing instructions and characters that no page may hold (NUL, half of a surrogate pair) are
    left out. The declared charset is not looked at: `markup` has been decoded. Raises PageError.
    """
    for number, bound, what in ((len(markup), MAX_CHARS, "characters"), (markup.count("<"), MAX_TAGS, "tags")):
        if number > bound:
            raise PageError(f"the page has {number:,} {what}, more than {bound:,}; mend: leave it out or cut it")
    data = markup.replace("\x00", "").encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # "Document is empty"
        return None
