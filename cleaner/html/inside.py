"""Which blocks of a page stand inside chosen elements."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.html.layout import Layout
from cleaner.html.tree import Tree

_NONE = frozenset[int]()


def inside(layout: Layout, chosen: Mapping[Tree, frozenset[int]]) -> list[frozenset[int]]:
    """For each block the numbers that elements of the layout's tree have been given, where they hold all of its text.

    `chosen` are these elements, with a set of numbers for each.
    """
    known: dict[Tree, frozenset[int]] = {}
    found: list[frozenset[int]] = []
    held: frozenset[int] | None = None
    for element in layout.holders:
        if element is None:
            found.append(held or _NONE)
            held = None
        elif held is None or held:
            around = _around(element, chosen, known)
            held = around if held is None else held & around
    return found + [_NONE] * (len(layout.blocks) - len(found))  # added paragraphs are in none


def _around(element: Tree, chosen: Mapping[Tree, frozenset[int]], known: dict[Tree, frozenset[int]]) -> frozenset[int]:
    """The numbers of an element and of those around it; each on the way up is asked once."""
    way: list[Tree] = []
    at: Tree | None = element
    while at is not None and at not in known:
        way.append(at)
        at = at.getparent()
    numbers = _NONE if at is None else known[at]
    for one in reversed(way):
        if one in chosen:
            numbers |= chosen[one]
        known[one] = numbers
    return numbers
