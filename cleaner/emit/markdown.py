"""A page's clean body as Markdown (CommonMark): headings, lists, quotes and listings as the page had them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cleaner.html.layout import Layout

LISTS = frozenset(("dir", "menu", "ol", "ul"))
INDENT = 4  # blanks for each list around a list: enough for "- " and "1. "
_HEADING = re.compile(r"h[1-6]")
_STRUCTURE = re.compile(r"(\d{1,9})([.)]\s)|([#>+*-]+(?:\s|$)|[<`~])")  # would begin an item, a heading, HTML, code


class Line(NamedTuple):
    """A line of the body and the containers around it, from the inside out; `broken` says that it follows a `<br>`."""

    text: str
    around: list[int]
    broken: bool = False


def markdown(text: str, layout: Layout, block_of: Callable[[int], int], *, links: bool = False) -> str:
    """The body of a page as Markdown; `block_of` gives the block that a character of the body comes from.

    What would change the structure at the beginning of a line is escaped. The rows of tables stay lines. `links`
    keeps the links of the blocks of which nothing was removed; their targets stay as the page has them.
    """
    from cleaner.html.blocks import linked_texts  # imports lxml

    linked = linked_texts(layout.tree) if links else []
    writer = _Writer(layout)
    at = 0
    for line in text.split("\n"):
        if line:
            block = block_of(at)
            whole = links and layout.blocks[block].text == line
            broken = at > 1 and text[at - 2] != "\n"
            writer.add(Line(linked[block] if whole else line, _around(layout, block), broken))
        at += len(line) + 1
    return writer.result()


def _around(layout: Layout, block: int) -> list[int]:
    found, container = [], layout.blocks[block].container
    while container >= 0:
        found.append(container)
        container = layout.containers[container].above
    return found


class _Writer:
    """Joins lines; knows which list, quote and listing the last one stood in."""

    def __init__(self, layout: Layout) -> None:
        self._tags = [container.tag for container in layout.containers]
        self._parts: list[str] = []
        self._list = self._quote = self._listing = -1  # the outermost of each around the last line
        self._items: set[int] = set()
        self._numbers: dict[int, int] = {}

    def add(self, line: Line) -> None:
        listing = self._outermost(line, {"pre"})
        quote = self._outermost(line, {"blockquote"})
        within = self._outermost(line, LISTS) if listing < 0 else -1
        if listing >= 0 and listing == self._listing:
            self._parts += ("\n", line.text)
            return
        self._end_listing()
        if self._parts:
            same_list, same_quote = (0 <= now == before for now, before in ((within, self._list), (quote, self._quote)))
            broken = "\\\n" if line.broken else "\n\n"
            self._parts.append("\n" if same_list else "\n>\n" if same_quote else broken)
        if listing >= 0:
            self._parts.append("```\n" + line.text)
        else:
            self._parts.append(("> " if quote >= 0 else "") + self._written(line))
        self._list, self._quote, self._listing = within, quote, listing

    def result(self) -> str:
        self._end_listing()
        return "".join(self._parts)

    def _end_listing(self) -> None:
        if self._listing >= 0:
            self._parts.append("\n```")
            self._listing = -1

    def _written(self, line: Line) -> str:
        """The line with its mark: of a heading, of an item's first line; an item's further lines are indented."""
        heading = next((self._tags[at] for at in line.around[:2] if _HEADING.fullmatch(self._tags[at])), None)
        if heading:
            return "#" * int(heading[1]) + " " + line.text
        lists = [at for at in line.around if self._tags[at] in LISTS]
        item = next((at for at in line.around if self._tags[at] == "li"), None)
        if not lists or item is None:
            return _escaped(line.text)
        indent = " " * INDENT * (len(lists) - 1)
        if item in self._items:
            return indent + "  " + _escaped(line.text)
        self._items.add(item)
        number = self._numbers[lists[0]] = self._numbers.get(lists[0], 0) + 1
        return indent + (f"{number}. " if self._tags[lists[0]] == "ol" else "- ") + _escaped(line.text)

    def _outermost(self, line: Line, tags: frozenset[str] | set[str]) -> int:
        return next((at for at in reversed(line.around) if self._tags[at] in tags), -1)


def _escaped(text: str) -> str:
    """The line with a backslash before what would change its structure.

    >>> _escaped("1984. The year"), _escaped("- not an item"), _escaped("-40 degrees")
    ('1984\\\\. The year', '\\\\- not an item', '-40 degrees')
    """
    found = _STRUCTURE.match(text)
    if not found:
        return text
    return f"{found[1]}\\{text[found.start(2) :]}" if found[1] else "\\" + text
