"""Reads the blocks of a page from its markup; `layout` says what they are."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from cleaner.html.layout import Container, Layout, Markup
from cleaner.html.tree import Tree, parse
from cleaner.text.lines import view

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
SKIPPED_TAGS = frozenset(
    "applet area audio base canvas colgroup datalist embed head iframe input link map meta object option param script "
    "select source style svg template textarea title track video".split()
)
CELLS = frozenset(("td", "th"))
EMPHASIS = frozenset(("b", "em", "i", "strong"))
MAX_DEPTH = 300  # elements; what lies deeper is read as part of the element at this depth
_NAMED = ("class", "id", "role", "itemprop", "data-component", "data-testid", "data-type")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def read(markup: str) -> Layout | None:
    """The blocks of a page's text; None for what is no page. What a style or an attribute hides is marked."""
    tree = parse(markup)
    if tree is None:
        return None
    reader = _Reader()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            reader.enter(element)
        else:
            reader.leave(element)
    reader.close()
    return Layout(reader.blocks, reader.containers, *_heads(tree), tree, markup)


def _heads(tree: Tree) -> tuple[frozenset[str], frozenset[str]]:
    """The titles and the descriptions that the head states, and the first headings; in lower case."""
    said: dict[str, set[str]] = {"title": set(), "description": set()}
    for element in tree.iter("title", "h1"):
        said["title"].add(_folded("".join(map(str, element.itertext()))))
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower().rpartition(":")[2]
        if name in said:
            said[name].add(_folded(element.get("content") or ""))
    return frozenset(said["title"] - {""}), frozenset(said["description"] - {""})


def _folded(text: str) -> str:
    return " ".join(text.split()).replace("\u2019", "'").lower()


class _Reader:
    """Collects blocks while the tree is walked."""

    def __init__(self) -> None:
        self.blocks: list[Markup] = []
        self.containers: list[Container] = []
        self._paths: dict[tuple[object, ...], int] = {}
        self._open: list[int] = [-1]
        self._skipping = 0
        self._links = self._bold = 0  # how deep in links and emphasis
        self._gap = 2
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._linked = self._bolded = self._count = 0
        self._after_link = False

    def enter(self, element: Tree) -> None:
        tag = element.tag
        if self._skipping or tag in SKIPPED_TAGS:
            self._skipping += 1
            return
        if tag in BLOCK_TAGS:
            if tag in CELLS and self._pieces:
                self._pieces.append(" ")
            if tag not in CELLS:
                self.close()
            self._contain(element, tag)
        elif tag == "br":
            self.close()
            self._gap = 1
        elif tag == "a":
            if self._after_link:
                self._pieces.append(" ")
            self._links += 1
            self._count += 1
        elif tag in EMPHASIS:
            self._bold += 1
        self._take(element.text)

    def leave(self, element: Tree) -> None:
        tag = element.tag
        if self._skipping:
            self._skipping -= 1
        elif tag in BLOCK_TAGS:
            if tag not in CELLS:
                self.close()
            elif self._pieces:
                self._pieces.append(" ")
            self._open.pop()
        elif tag == "a":
            self._links -= 1
            self._after_link = True
        elif tag in EMPHASIS:
            self._bold -= 1
        if not self._skipping:
            self._take(element.tail)

    def _contain(self, element: Tree, tag: str) -> None:
        above = self._open[-1]
        if len(self._open) > MAX_DEPTH:
            self._open.append(above)
            return
        names = " ".join(filter(None, map(element.get, _NAMED))) if element.attrib else ""
        around = self.containers[above] if above >= 0 else None
        hidden = bool(around and around.hidden) or _is_hidden(element)
        key = (around.path if around else -1, tag, element.get("class"))
        path = self._paths.setdefault(key, len(self._paths))
        depth = around.depth + 1 if around else 0
        self.containers.append(Container(tag, words(names), above, depth, path, hidden))
        self._open.append(len(self.containers) - 1)

    def _take(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text)
        if self._links or self._bold:
            size = len(text)
            self._linked += size if self._links else 0
            self._bolded += size if self._bold else 0
        self._after_link = False

    def close(self) -> None:
        """Ends the block; what holds nothing visible is none."""
        text = " ".join("".join(self._pieces).split()) if self._pieces else ""
        if text and (text.isascii() or view(text).strip(" ")):
            size = len(text)
            linked, bold = min(size, self._linked), min(size, self._bolded)
            self.blocks.append(Markup(text, self._gap, self._open[-1], linked, self._count, bold))
            self._gap = 2
        if self._pieces or self._count:
            self._begin()


def _is_hidden(element: Tree) -> bool:
    if not element.attrib:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


@lru_cache(maxsize=20_000)
def words(names: str) -> tuple[str, ...]:
    """The words in class names and ids, lower case.

    >>> words("articleBody related-links")
    ('article', 'body', 'links', 'related')
    """
    return tuple(sorted({word.lower() for word in _WORD.findall(names) if len(word) > 1}))
