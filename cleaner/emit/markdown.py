"""A page's clean body as Markdown (CommonMark): headings, lists, quotes, listings and tables as the page had them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cleaner.html.layout import Layout

if TYPE_CHECKING:
    from cleaner.html.marked import Marked

LISTS = frozenset(("dir", "menu", "ol", "ul"))
INDENT = 4  # blanks for each list around a list: enough for "- " and "1. "
_NO_TABLES = LISTS | {"blockquote", "pre"}  # in which a table's rows stay lines
_TICKS = re.compile("`+")
_HEADING = re.compile(r"h[1-6]")
_STRUCTURE = re.compile(r"(\d{1,9})([.)]\s)|([#>+*-]+(?:\s|$)|[<`~])")  # would begin an item, a heading, HTML, code


class Line(NamedTuple):
    """A line of the body and the containers around it, from the inside out.

    `broken` says that it follows a `<br>`; `whole` is its block if nothing of that was removed.
    """

    text: str
    around: list[int]
    broken: bool
    block: int
    whole: Marked | None


def markdown(text: str, layout: Layout, block_of: Callable[[int], int], *, links: bool = False) -> str:
    """The body of a page as Markdown; `block_of` gives the block that a character of the body comes from.

    What would change the structure at the beginning of a line is escaped. Listings keep their blanks; a table whose
    rows are lines of as many cells is a table (of GitHub's Markdown), the rows of others stay lines. `links` keeps the
    links of the blocks of which nothing was removed; their targets stay as the page has them.
    """
    from cleaner.html.marked import marked  # imports lxml

    blocks = marked(layout, links=links)
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            block = block_of(at)
            whole = blocks[block] if layout.blocks[block].text == line else None
            broken = at > 1 and text[at - 2] != "\n"
            lines.append(Line(line, _around(layout, block), broken, block, whole))
        at += len(line) + 1
    writer = _Writer(layout)
    for together in writer.grouped(lines):
        if len(together) > 1:
            writer.add_table(together)
        else:
            writer.add(together[0])
    return writer.result()


def _around(layout: Layout, block: int) -> list[int]:
    found, container = [], layout.blocks[block].container
    while container >= 0:
        found.append(container)
        container = layout.containers.above[container]
    return found


class _Writer:
    """Joins lines; knows which list, quote and listing the last one stood in."""

    def __init__(self, layout: Layout) -> None:
        self._tags = layout.containers.tags
        self._parts: list[str] = []
        self._list = self._quote = self._listing = -1  # the outermost of each around the last line
        self._listed: list[str] = []  # lines of the listing that is being read
        self._block = -1  # of the last line
        self._items: set[int] = set()
        self._numbers: dict[int, int] = {}

    def grouped(self, lines: Iterable[Line]) -> Iterator[list[Line]]:
        """The lines, with those of one simple table together."""
        for table, found in groupby(lines, self._table):
            together = list(found)
            if table >= 0 and len({len(line.whole.cells) for line in together if line.whole}) == 1 < len(together):
                yield together
            else:
                yield from ([line] for line in together)

    def _table(self, line: Line) -> int:
        """The table that the line is a row of; -1 for none, and where it stands in a list, a quote or a listing."""
        if not (line.whole and line.whole.cells):
            return -1
        if any(self._tags[at] in _NO_TABLES for at in line.around):
            return -1
        return self._outermost(line, {"table"})

    def add_table(self, rows: Sequence[Line]) -> None:
        """Its first row stands above the line where the page calls it a heading; else nothing does."""
        self._end_listing()
        found = [row.whole for row in rows if row.whole]
        cells = [[cell.replace("|", "\\|") for cell in row.cells] for row in found]
        if not found[0].is_head:
            cells.insert(0, [""] * len(cells[0]))
        cells.insert(1, ["---"] * len(cells[0]))
        self._parts += ("\n\n" if self._parts else "", "\n".join(f"| {' | '.join(row)} |" for row in cells))
        self._list = self._quote = -1

    def add(self, line: Line) -> None:
        listing = self._outermost(line, {"pre"})
        quote = self._outermost(line, {"blockquote"})
        within = self._outermost(line, LISTS) if listing < 0 else -1
        if listing >= 0 and listing == self._listing:
            self._list_line(line)
            return
        self._end_listing()
        if self._parts:
            same_list, same_quote = (0 <= now == before for now, before in ((within, self._list), (quote, self._quote)))
            broken = "\\\n" if line.broken else "\n\n"
            self._parts.append("\n" if same_list else "\n>\n" if same_quote else broken)
        self._list, self._quote, self._listing = within, quote, listing
        if listing >= 0:
            self._list_line(line)
        else:
            self._parts.append(("> " if quote >= 0 else "") + self._written(line))

    def _list_line(self, line: Line) -> None:
        if self._listed and line.whole and line.block == self._block + 1:
            self._listed += [""] * line.whole.above
        self._listed.append(line.whole.listed if line.whole else line.text)
        self._block = line.block

    def result(self) -> str:
        self._end_listing()
        return "".join(self._parts)

    def _end_listing(self) -> None:
        if self._listing >= 0:
            longest = max((len(ticks) for line in self._listed for ticks in _TICKS.findall(line)), default=0)
            fence = "`" * max(3, longest + 1)
            self._parts.append("\n".join((fence, *self._listed, fence)))
            self._listing, self._listed = -1, []

    def _written(self, line: Line) -> str:
        """The line with its mark: of a heading, of an item's first line; an item's further lines are indented."""
        text = line.whole.linked if line.whole else line.text
        heading = next((self._tags[at] for at in line.around[:2] if _HEADING.fullmatch(self._tags[at])), None)
        if heading:
            return "#" * int(heading[1]) + " " + text
        lists = [at for at in line.around if self._tags[at] in LISTS]
        item = next((at for at in line.around if self._tags[at] == "li"), None)
        if not lists or item is None:
            return _escaped(text)
        indent = " " * INDENT * (len(lists) - 1)
        if item in self._items:
            return indent + "  " + _escaped(text)
        self._items.add(item)
        number = self._numbers[lists[0]] = self._numbers.get(lists[0], 0) + 1
        return indent + (f"{number}. " if self._tags[lists[0]] == "ol" else "- ") + _escaped(text)

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
