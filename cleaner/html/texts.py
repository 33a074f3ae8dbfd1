"""The texts of a page's elements, bounded in length and in tags."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from cleaner.html.tree import Tree

MAX_CHARS = 500  # of a candidate's text; a longer one is no title, byline or date
MAX_STEPS = 120  # tags inside a candidate

UNSEEN = frozenset("script style template svg noscript button select".split())
_BLOCKS = frozenset("br div p li ul ol h1 h2 h3 h4 h5 h6 section article header footer tr td table dt dd".split())


def collapsed(text: str) -> str:
    """The text with each stretch of white space made one space, and none at its ends."""
    return " ".join(text.split())


def value_of(element: Tree) -> str:
    """What an element states: its `content`, else its text."""
    return element.get("content") or text_of(element)


def inner_names(element: Tree) -> list[str]:
    """The names inside a microdata person."""
    found = [inner for inner in islice(element.iter(), MAX_STEPS) if inner.get("itemprop") == "name"]
    return [text for inner in found[:5] if (text := value_of(inner))]


def text_of(element: Tree) -> str:
    """An element's text, white space collapsed; "" if it is longer than MAX_CHARS.

    Two words that stand in different elements and are divided by their case only stay two words.
    """
    found: list[str] = []
    for text in _raw(element):
        if found and text[:1].isupper() and found[-1][-1:].islower():
            found.append(" ")
        if text:
            found.append(text)
    joined = collapsed("".join(found))
    return joined if len(joined) <= MAX_CHARS else ""


def pieces(element: Tree) -> list[str]:
    """The texts between an element's tags, stripped; [] if they are longer than MAX_CHARS together."""
    found = [text for raw in _raw(element) if (text := collapsed(raw))]
    return found if sum(map(len, found)) <= MAX_CHARS else []


def _raw(element: Tree) -> list[str]:
    """The texts inside an element, in order; a block's begins with a space. [] if it is long or has many tags."""
    if not len(element):
        text = element.text or ""
        return [text] if len(text) <= 4 * MAX_CHARS else []
    found = [element.text or ""]
    length = steps = 0
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        if inner is element:
            continue
        if event == "end":
            text = inner.tail or ""
        elif inner.tag in UNSEEN:
            walker.skip_subtree()
            continue
        else:
            text = inner.text or ""
        found.append(" " + text if inner.tag in _BLOCKS else text)
        length, steps = length + len(text), steps + 1
        if length > 4 * MAX_CHARS or steps > 2 * MAX_STEPS:
            return []
    return found
