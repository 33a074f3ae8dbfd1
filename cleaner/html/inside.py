"""Which blocks of a page stand inside chosen elements."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.html.blocks import Reader, walk
from cleaner.html.layout import Layout
from cleaner.html.tree import Tree


def inside(layout: Layout, chosen: Mapping[Tree, frozenset[int]]) -> list[frozenset[int]]:
    """For each block the numbers that elements of the layout's tree have been given, where they hold all of its text.

    `chosen` are these elements, with a set of numbers for each. The page is walked once more.
    """
    reader = _Marker()
    walk(layout.tree, reader, chosen)
    return reader.inside + [frozenset()] * (len(layout.blocks) - len(reader.inside))  # added paragraphs are in none


class _Marker(Reader):
    """Reads the same blocks, and notes for each the numbers of the chosen elements that hold all its text."""

    def __init__(self) -> None:
        self.inside: list[frozenset[int]] = []
        self._around: list[frozenset[int]] = [frozenset()]
        self._held: frozenset[int] | None = None
        super().__init__()

    def begin(self, numbers: frozenset[int]) -> None:
        self._around.append(self._around[-1] | numbers)

    def end(self) -> None:
        self._around.pop()

    def take(self, text: str) -> None:
        is_one_line = not (self._preformatted and "\n" in text)  # others come back line by line
        if is_one_line and text.strip():
            around = self._around[-1]
            self._held = around if self._held is None else self._held & around
        super().take(text)

    def _contain(self, element: Tree) -> None:
        self._open.append(-1)  # what contains a block is known already

    def close(self) -> None:
        count = len(self.blocks)
        super().close()
        if len(self.blocks) > count:
            self.inside.append(self._held or frozenset())
        self._held = None
