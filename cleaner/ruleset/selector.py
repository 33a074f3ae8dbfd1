"""Selectors of rules (`where.css`): which elements of a parsed page they name.

cssselect parses a selector and writes its compounds (`div.box[data-x]`) as XPath. Of the elements of a page those are
asked that have an attribute which the compound needs, and only where the page has all that the selector needs. What
stands between two compounds is followed here: the XPath for `a b` takes time with the square of the page's elements,
and with the cube where tags are left open and nest (four seconds for 2,000 open `<div>`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

MAX_CHARS = 1_000  # of a selector
MAX_COMPOUNDS = 40  # of a selector, in all its alternatives
MAX_NAMES = 20  # classes, ids, attributes and negations of one compound

TAG = ""  # in place of an attribute's name: the element's own
_ATTRIBUTE = re.compile(r"[a-z_][a-z0-9_-]*")
_SUPPORTED = "tags, classes, ids, attributes, :not(), :is() and :where() of these, blanks, >, + and ~"


class Compound(NamedTuple):
    """`div.box`: what stands before it (" ", ">", "+", "~"; "" for the first), itself as XPath, and what it needs.

    `needed` are pairs of an attribute and what its value holds; of a class or an id, which is a word of the value,
    behind a blank; "\n" for any value. The XPath is asked of one element that has the first of them, and of the whole
    page if there is none (tags aside).
    """

    combinator: str
    xpath: str
    needed: tuple[tuple[str, str], ...]

    @property
    def is_asked_of_each(self) -> bool:
        """Whether an attribute tells which elements to ask."""
        return bool(self.needed) and self.needed[0][0] != TAG


def problem(css: str) -> str | None:
    """What is wrong with a selector and how to mend it, or None."""
    if len(css) > MAX_CHARS:
        return f"has {len(css):,} characters, the limit is {MAX_CHARS:,}: make it several rules"
    if not css.isprintable():
        return "holds control characters or line breaks: write it in one line"
    try:
        chains = _parsed(css)
    except _FaultyError as error:
        return str(error)
    if sum(map(len, chains)) > MAX_COMPOUNDS:
        return f"has more than {MAX_COMPOUNDS} parts: make it several rules"
    return None


@lru_cache(maxsize=4096)
def selector(css: str) -> Selector:
    """The selector, compiled once in a process. It must be one that has no `problem`."""
    return Selector(css)


class Tree:
    """The elements of a parsed page, their tags, and for each attribute its values by the elements' numbers."""

    def __init__(
        self, elements: Sequence[Any], tags: Sequence[str], attributes: Mapping[str, Mapping[int, str]]
    ) -> None:
        self.root = elements[0]
        self._elements, self._attributes, self._tags = elements, attributes, frozenset(tags)
        self._said: dict[str, tuple[str, frozenset[str]]] = {}

    def has(self, needed: Iterable[tuple[str, str]]) -> bool:
        """Whether the page has all that compounds need."""
        for attribute, part in needed:
            if attribute == TAG:
                found = part in self._tags
            elif attribute not in self._attributes:
                found = False
            else:
                values, words = self._said.get(attribute) or self._read(attribute)
                found = part[1:] in words if part[0] == " " else part in values
            if not found:
                return False
        return True

    def _read(self, attribute: str) -> tuple[str, frozenset[str]]:
        """The values of an attribute behind line breaks, and their words."""
        values = "\n" + "\n".join(set(self._attributes[attribute].values()))
        said = self._said[attribute] = values, frozenset(values.split())
        return said

    def named(self, compound: Compound) -> list[Any]:
        """The elements that a compound names, in document order."""
        test: Any = _xpath(compound.xpath)
        if not compound.is_asked_of_each:
            found: list[Any] = test(self.root)
            return found
        attribute, part = compound.needed[0]
        likely = [n for n, value in self._attributes.get(attribute, {}).items() if part.strip(" \n") in value]
        return [element for element in map(self._elements.__getitem__, likely) if test(element)]


class Selector:
    """Names elements of pages."""

    def __init__(self, css: str) -> None:
        self.css = css

    def elements(self, tree: Tree) -> list[Any]:
        """The elements that the selector names, each once; alternatives that cannot match are not searched for."""
        likely = [chain for chain, needed in self._chains if tree.has(needed)]
        return list(dict.fromkeys(element for chain in likely for element in _matched(chain, tree)))

    @cached_property
    def _chains(self) -> list[tuple[list[Compound], list[tuple[str, str]]]]:
        return [(chain, [pair for compound in chain for pair in compound.needed]) for chain in _parsed(self.css)]


@lru_cache(maxsize=4096)
def _xpath(path: str) -> Any:
    from lxml import etree

    return etree.XPath(path, smart_strings=False)


def _matched(chain: Sequence[Compound], tree: Tree) -> list[Any]:
    """The elements at the end of a chain of compounds, in document order."""
    found: list[Any] = []
    for compound in chain:
        found = _FOLLOW[compound.combinator](found, tree.named(compound))
        if not found:
            break
    return found


def _any(before: Sequence[Any], wanted: list[Any]) -> list[Any]:
    return wanted


def _below(before: Sequence[Any], wanted: list[Any]) -> list[Any]:
    """Those of `wanted` that lie in one of `before`; each element on the way up is asked once."""
    known = dict.fromkeys(before, True)
    return [element for element in wanted if _lies_in(element, known)]


def _lies_in(element: Any, known: dict[Any, bool]) -> bool:
    way, at = [], element.getparent()
    while at is not None and at not in known:
        way.append(at)
        at = at.getparent()
    answer = at is not None and known[at]
    known.update(dict.fromkeys(way, answer))
    return answer


def _children(before: Sequence[Any], wanted: list[Any]) -> list[Any]:
    parents = set(before)
    return [element for element in wanted if element.getparent() in parents]


def _next(before: Sequence[Any], wanted: list[Any]) -> list[Any]:
    previous = set(before)
    return [element for element in wanted if element.getprevious() in previous]


def _later(before: Sequence[Any], wanted: list[Any]) -> list[Any]:
    """Those of `wanted` that follow one of `before` under the same parent; of these the first one counts."""
    first: dict[Any, Any] = {}
    for element in before:
        first.setdefault(element.getparent(), element)
    later = {sibling for element in first.values() for sibling in element.itersiblings()}
    return [element for element in wanted if element in later]


_FOLLOW = {"": _any, " ": _below, ">": _children, "+": _next, "~": _later}


# From the text of a selector to its compounds ---------------------------------------------------------------------


class _FaultyError(Exception):
    """What is wrong with a selector."""


def _parsed(css: str) -> list[list[Compound]]:
    """The alternatives of a selector, each a chain of compounds. Raises _FaultyError."""
    from cssselect import SelectorError
    from cssselect.parser import parse

    try:
        parsed = parse(css)
    except SelectorError as error:
        raise _FaultyError(f"is no CSS selector: {error}") from error
    for one in parsed:
        if one.pseudo_element:
            raise _FaultyError(f"names a pseudo-element, which holds no text of its own: supported are {_SUPPORTED}")
    return [_chain(one.parsed_tree) for one in parsed]


def _chain(tree: Any) -> list[Compound]:
    from cssselect.parser import CombinedSelector

    parts = []
    while isinstance(tree, CombinedSelector):
        parts.append((tree.combinator, tree.subselector))
        tree = tree.selector
    return [_compound(combinator, part) for combinator, part in [("", tree), *reversed(parts)]]


def _compound(combinator: str, tree: Any) -> Compound:
    from cssselect import ExpressionError, HTMLTranslator
    from cssselect.parser import Selector as Parsed

    parts = list(_parts(tree))
    if len(parts) > MAX_NAMES:
        raise _FaultyError(f"asks for more than {MAX_NAMES} things of one element: leave some out")
    needed = tuple(pair for part in _own(tree) for pair in _needed(part))
    compound = Compound(combinator, "", needed)
    try:
        xpath = HTMLTranslator().selector_to_xpath(
            Parsed(tree), prefix="self::" if compound.is_asked_of_each else "descendant-or-self::"
        )
    except ExpressionError as error:
        raise _FaultyError(f"is not supported: {error}: supported are {_SUPPORTED}") from error
    return compound._replace(xpath=xpath)


def _own(tree: Any) -> Iterator[Any]:
    """The parts of a compound, from the last to the first; what stands in brackets is not looked into."""
    while tree is not None:
        yield tree
        tree = getattr(tree, "selector", None)


def _parts(tree: Any) -> Iterator[Any]:
    """All parts of a compound with those in brackets. Raises _FaultyError at one that is not supported."""
    from cssselect import parser

    for part in _own(tree):
        yield part
        match part:
            case parser.Element() | parser.Attrib() if part.namespace is not None:
                raise _FaultyError(f"names a namespace, which pages do not have: supported are {_SUPPORTED}")
            case parser.Element() | parser.Attrib() | parser.Class() | parser.Hash():
                pass
            case parser.Negation():
                yield from _parts(part.subselector)
            case parser.Matching() | parser.SpecificityAdjustment():
                for inner in part.selector_list:
                    yield from _parts(inner)
            case parser.CombinedSelector():
                raise _FaultyError(f'holds "{part.combinator.strip() or "a blank"}" in brackets: write it outside')
            case _:
                what = getattr(part, "ident", getattr(part, "name", "has"))
                raise _FaultyError(f"holds :{what}, which is not supported: supported are {_SUPPORTED}")


def _word(name: str) -> str:
    """A name behind a blank, as words are looked for; as it is where it holds some white space itself."""
    return f" {name}" if name.split() == [name] else name


def _needed(part: Any) -> Iterator[tuple[str, str]]:
    """The attribute that every element has which meets this part of a compound, and what its value holds; its tag."""
    from cssselect import parser

    match part:
        case parser.Class():
            yield "class", _word(part.class_name)
        case parser.Hash():
            yield "id", _word(part.id)
        case parser.Attrib() if part.operator != "!=" and _ATTRIBUTE.fullmatch(part.attrib.lower()):
            value = part.value.value if part.value is not None and getattr(part, "flag", None) != "i" else None
            yield part.attrib.lower(), (value or "").lstrip(" ") or "\n"
        case parser.Element() if part.element:
            yield TAG, part.element.lower()
