"""What stands before a line and means something: the depth of an item in a list, and whatever stands in fenced code.

Elsewhere leading white space is what a scraper left of a page's source, and the body goes without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.data import Block

ITEM = re.compile(r"(?:[-*•–—·▪►●○‣]|\d{1,3}[.)]|[a-z]\)) +\S")
FENCES = ("```", "~~~")  # of Markdown
_FENCE = "`~"
_BLANKS = " \t"
OF_ITEM = ("  ", "   ", "    ")  # before a paragraph of an item, behind a blank line


def fenced(blocks: Sequence[Block]) -> frozenset[int]:
    """The starts of the blocks behind an opening fence, up to the closing one; none where a fence is not closed."""
    if not any(block.text[0] in _FENCE for block in blocks):
        return frozenset()
    found: set[int] = set()
    opened = ""
    for block in blocks:
        if opened:
            found.add(block.start)
        if not opened and block.text.startswith(FENCES):
            opened = block.text[:3]
        elif opened and block.text.startswith(opened):
            opened = ""
    return frozenset() if opened else frozenset(found)


def indents(text: str, blocks: Sequence[Block], code: frozenset[int]) -> dict[int, str]:
    """The white space to keep before a block, by the block's start: in `code` all of it; in a list what is more than
    its first item has, before items and before paragraphs of theirs.
    """
    if not any(text[block.start - 1] in _BLANKS for block in blocks):
        return {}
    found: dict[int, str] = {}
    outer: int | None = None  # white space before the first item of the list that goes on
    for block in blocks:
        if not block.gap:
            continue  # in mid-line
        before = text[text.rfind("\n", 0, block.start) + 1 : block.start]
        deeper = before[outer:] if outer is not None else ""
        if block.start in code:
            found[block.start] = before
        elif ITEM.match(block.text):
            outer = len(before) if outer is None else min(outer, len(before))
            found[block.start] = deeper
        elif block.gap == 2 and deeper in OF_ITEM:
            found[block.start] = deeper
        else:
            outer = None
    return found
