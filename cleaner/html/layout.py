"""A page as blocks of text, in document order, each with what the markup says of it: the values.

A block is what a reader sees as one line or paragraph: the text of a block element, or of a stretch of one between
`<br>` and block elements inside it. A row of a table is one block, its cells with a blank between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from cleaner.html.tree import Elements, Tree  # lxml is loaded where there is a page to read


class PageError(Exception):
    """A page past the bounds; the message names the bound and the mend."""


class Containers(NamedTuple):
    """The block elements that hold text, each a place in all of these lists, and those around them before them.

    `tags` are their tags, `words` those of their class, id, role and itemprop, `above` the places of what contains them
    (-1 for none), `depths` how many containers are above them; `paths` tell apart what differs in tag or class.
    """

    tags: list[str]
    words: list[tuple[str, ...]]
    above: list[int]
    depths: list[int]
    paths: list[int]
    hidden: list[bool]


class Markup(NamedTuple):
    """A block of a page: its text and what the markup says of it.

    `gap` is the break before it: 1 after `<br>`, else 2. `container` is the place of the innermost block element
    around it among the `Containers`; `linked`, `bold` count characters inside links and emphasis, `links` the links.
    """

    text: str
    gap: int
    container: int
    linked: int
    links: int
    bold: int


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All blocks of a page, the block elements that contain them, and what its head and headings call it.

    `titles` and `descriptions` are in lower case. `elements` are those of the parsed page, `markup` is its source: a
    pickled layout is read from it again. `holders` are the elements that texts of the blocks stand in, in order, with
    None behind those of each block. `added` are paragraphs that only the page's data holds.
    """

    blocks: Sequence[Markup]
    containers: Containers
    titles: frozenset[str]
    descriptions: frozenset[str]
    elements: Elements
    holders: Sequence[Any]
    markup: str
    added: Sequence[str] = ()

    @property
    def tree(self) -> Tree:
        """The parsed page."""
        return self.elements.all[0]

    def __reduce__(self) -> tuple[Any, tuple[str, Sequence[str]]]:
        from cleaner.html.blocks import read

        return read, (self.markup, self.added)

    def text(self) -> str:
        """The page, linearised: a block a line, a blank line between those that no `<br>` divides."""
        parts: list[str] = []
        for block in self.blocks:
            parts += ("\n" * block.gap, block.text)
        return "".join(parts[1:])

    def starts(self) -> list[int]:
        """The offsets of the blocks in the text."""
        ends = accumulate(block.gap + len(block.text) for block in self.blocks)
        first = self.blocks[0].gap if self.blocks else 0
        return [end - len(block.text) - first for end, block in zip(ends, self.blocks, strict=True)]
