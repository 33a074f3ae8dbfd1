"""A page's markup to its tree: parsed once, for all that is read from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from lxml import etree

from cleaner.html.layout import PageError

Tree = etree._Element

Attributes = Mapping[str, Mapping[int, str]]


class Elements(NamedTuple):
    """A page's elements in document order, and what each of them says: lxml takes its time for each answer.

    `texts` stand behind their first tags, `tails` behind their last ones; `ends` are the numbers behind the last
    element inside them. `attributes` has for each name the values by the elements' numbers, which are few objects for
    many elements.
    """

    all: Sequence[Tree]
    tags: Sequence[str]
    texts: Sequence[str | None]
    tails: Sequence[str | None]
    ends: Sequence[int]
    attributes: Attributes

    @property
    def said(self) -> tuple[Sequence[Tree], Sequence[str], Attributes]:
        """What selectors are asked of."""
        return self.all, self.tags, self.attributes

    def values(self, name: str) -> Mapping[int, str]:
        """The values of an attribute, by the elements' numbers, in document order."""
        return self.attributes.get(name, _NONE)


_NONE: Mapping[int, str] = {}
_TAG, _TEXT, _TAIL = attrgetter("tag"), attrgetter("text"), attrgetter("tail")


def elements(tree: Tree) -> Elements:
    """The elements of a page; its root is the first."""
    found: list[Any] = list(tree.iter())
    attributes: dict[str, dict[int, str]] = defaultdict(dict)
    for number, element in enumerate(found):
        for name, value in element.items():
            attributes[name][number] = value
    tags, texts, tails = ([*map(read, found)] for read in (_TAG, _TEXT, _TAIL))
    return Elements(found, tags, texts, tails, _ends([*map(len, found)]), dict(attributes))


def _ends(counts: Sequence[int]) -> list[int]:
    """For each element, by how many are right inside it, the number behind the last element inside it."""
    ends = [0] * len(counts)
    for number in range(len(counts) - 1, -1, -1):
        end = number + 1
        for _ in range(counts[number]):
            end = ends[end]
        ends[number] = end
    return ends


def parse(markup: str, parser: type[etree.HTMLParser] = etree.HTMLParser) -> Tree | None:
    """The `html` element of a page or fragment; None where there is no element in it.

    Comments, processing instructions and characters that no page may hold (NUL, half of a surrogate pair) are
    left out. The declared charset is not looked at: `markup` has been decoded, and bounded. `parser` says what its
    elements are; those of lxml.html cost more, and only trafilatura asks for them. Raises PageError where the parser
    gives up at elements 2,048 deep in each other.
    """
    data = markup.encode("utf-8", "replace").replace(b"\x00", b"")
    reader = parser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = etree.fromstring(data, reader)
    except (etree.ParserError, etree.XMLSyntaxError):  # "Document is empty"
        return None
    faults = reader.error_log
    if len(faults) and faults.last_error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise PageError("elements stand too deep in each other, and the rest was not read; mend: leave the page out")
    return tree
