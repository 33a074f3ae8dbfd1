"""A page's blocks once more, for Markdown: with links, the cells of simple tables, and the blanks of listings.

A copy of the page's tree is marked with noncharacters, which no page may hold, and read as the page was. A mark stands
beside visible text, so that the blocks are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from cleaner.html.blocks import BLOCK_TAGS, CELLS, SKIPPED_TAGS, texts
from cleaner.html.layout import Layout
from cleaner.html.tree import Tree
from cleaner.text.lines import view

_OPEN, _CLOSE, _END, _BLANK, _TAB, _LINE, _CELL, _HEAD = map(chr, range(0xFDD0, 0xFDD8))
_LINK = re.compile(f"{_OPEN}?([^{_OPEN}{_CLOSE}]*){_CLOSE}([^{_END}]*){_END}|{_OPEN}")
_TARGET = re.compile(f"{_CLOSE}[^{_END}]*{_END}")
_MARK = re.compile("[\ufdd0-\ufdd7]")
_SAFE = "%/:?#[]@!$&'*+,;=~"  # characters of an address that stay; brackets and blanks would end a Markdown link
_WHITE = re.compile(r"\s")


class Marked(NamedTuple):
    """A block as Markdown may have it.

    `linked` is its text with its links; `listed` with all its blanks, of a line of a listing, and `above` the number of
    empty lines above it; `cells` are those of a row of a simple table, `is_head` says that they are headings.
    """

    linked: str
    listed: str
    above: int = 0
    cells: tuple[str, ...] = ()
    is_head: bool = False


def marked(layout: Layout, *, links: bool) -> Sequence[Marked]:
    """The blocks of a page, in order; `links`: with them."""
    plain = [block.text for block in layout.blocks]
    if not links and not {"pre", "table"}.intersection(layout.containers.tags):
        return [Marked(text, text) for text in plain]
    tree = deepcopy(layout.tree)
    for link in list(tree.iter("a")) if links else ():
        _mark_link(link)
    for listing in list(tree.iter("pre")):
        _mark_listing(listing)
    for table in filter(_is_simple, list(tree.iter("table"))):
        _mark_rows(table)
    found = [*texts(tree), *layout.added]
    if len(found) != len(plain):  # no page is known of which this is so
        return [Marked(text, text) for text in plain]
    return [_read(text, block) for text, block in zip(found, plain, strict=True)]


def _read(text: str, plain: str) -> Marked:
    """What the marks in a block's text say."""
    bare = _TARGET.sub("", text).replace(_BLANK, " ").replace(_TAB, "\t")
    listed = _MARK.sub("", bare)
    if " ".join(listed.split()) != plain:
        return Marked(plain, plain)
    linked = _written(text)
    cells = tuple(" ".join(_written(cell).split()) for cell in text.split(_CELL)[1:])
    return Marked(linked, listed.rstrip(), text.count(_LINE), cells, _HEAD in text)


def _written(text: str) -> str:
    """A text with its links, and without other marks."""
    return " ".join(_MARK.sub("", _LINK.sub(_written_link, text.replace(_BLANK, " ").replace(_TAB, " "))).split())


def _written_link(found: re.Match[str]) -> str:
    text = (found[1] or "").strip()
    return f"[{text}]({found[2]})" if text and found[2] else text


class _Slot(NamedTuple):
    """A text of an element: the one at its beginning, or the one after its end."""

    element: Tree
    is_tail: bool

    @property
    def text(self) -> str:
        return str((self.element.tail if self.is_tail else self.element.text) or "")

    @property
    def is_visible(self) -> bool:
        return bool(view(self.text).strip(" "))

    def write(self, text: str) -> None:
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


def _slots(element: Tree) -> Iterator[_Slot | None]:
    """The texts inside an element that are read, in order; None where a block begins or ends."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if inner.tag in BLOCK_TAGS or inner.tag == "br":
            yield None
        if event == "end":
            if inner is not element:
                yield _Slot(inner, True)
        elif inner.tag in SKIPPED_TAGS:
            walk.skip_subtree()
        else:
            yield _Slot(inner, False)


def _visible(element: Tree) -> list[_Slot]:
    return [slot for slot in _slots(element) if slot and slot.is_visible]


def _mark_link(element: Tree) -> None:
    slots = _visible(element)
    if slots:
        slots[0].write(_OPEN + slots[0].text)
        slots[-1].write(f"{slots[-1].text}{_CLOSE}{quote(element.get('href') or '', safe=_SAFE)}{_END}")


def _mark_listing(element: Tree) -> None:
    """Makes the blanks of its lines marks, and counts the empty lines above each."""
    above, waiting, begun = 0, "", False
    for slot in list(_slots(element)):
        if slot is None:
            waiting, begun = "", False
            continue
        lines = []
        for number, line in enumerate(slot.text.split("\n")):
            if number:
                above += not begun
                waiting, begun = "", False
            blanks = _WHITE.sub(lambda found: _TAB if found[0] == "\t" else _BLANK, line)
            if not view(line).strip(" "):
                waiting += blanks
                lines.append(line.strip())  # at most what has no width
                continue
            lines.append(waiting + blanks if begun else _LINE * above + waiting + blanks)
            above, waiting, begun = 0, "", True
        slot.write("\n".join(lines))


def _is_simple(table: Tree) -> bool:
    """Whether each row is a line, all rows have as many cells, two or more, and none reaches into another."""
    if any(True for _ in table.iterdescendants("table")) or any(True for _ in table.iterancestors("table")):
        return False
    if table.get("role") in ("none", "presentation"):  # it only lays out what it holds
        return False
    rows = list(table.iter("tr"))
    widths = {len(row) for row in rows}
    return len(rows) > 1 and len(widths) == 1 and min(widths) > 1 and all(map(_is_cell, (c for r in rows for c in r)))


def _is_cell(element: Tree) -> bool:
    spans = (element.get("colspan", "1"), element.get("rowspan", "1"))
    if element.tag not in CELLS or set(spans) != {"1"}:
        return False
    return not any(inner.tag in BLOCK_TAGS or inner.tag == "br" for inner in element.iterdescendants())


def _mark_rows(table: Tree) -> None:
    """Puts a mark before each cell; those of empty ones stand before the next cell, or at the row's end."""
    heads = {row for head in table.iter("thead") for row in head.iter("tr")}
    for row in table.iter("tr"):
        is_head = row in heads or all(cell.tag == "th" for cell in row)
        marks, last = _HEAD if is_head else "", None
        for cell in row:
            marks += _CELL
            slots = _visible(cell)
            if slots:
                slots[0].write(marks + slots[0].text)
                marks, last = "", slots[-1]
        if last:
            last.write(last.text + marks)
