"""What of a page may tell its metadata: found in one walk over its tree, read only where it is asked for."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.html.texts import MAX_CHARS, collapsed, text_of, value_of
from cleaner.html.tree import Elements, Tree

MAX_ELEMENTS = 150_000  # walked of a page; a walk of that many takes 0.1 s
MAX_HITS = 300  # of a kind in a page; on long pages the first ones are the article's
MAX_ITEMS = 8  # values of a microdata property
MAX_NAMES = 300  # characters of a class attribute that are looked at

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements whose class tells nothing.
_PASSED = frozenset(
    "script style svg path g use circle rect line polygon defs link title img picture source iframe noscript br hr"
    " input button option select label form nav ul ol body html head video audio i b em strong".split()
)


@dataclass(slots=True)
class Seen:
    """A page's elements and which of them may tell something; the head's values are read already.

    `hits` has the elements' numbers by witness, in document order.
    """

    elements: Sequence[Tree]
    language: str = ""
    title: str = ""
    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    items: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    scripts: list[str] = field(default_factory=list)
    hits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    boxes: dict[Tree, tuple[Tree, ...]] = field(default_factory=dict)


def gather(found: Elements) -> Seen:
    """Look at each element of a page once. Bounded by MAX_ELEMENTS; the order of elements is the document's."""
    root = found.all[0]
    seen = Seen(found.all[:MAX_ELEMENTS], root.get("lang") or root.get(_XML_LANG) or "")
    for at, (element, tag, attributes) in enumerate(zip(seen.elements, found.tags, found.attributes, strict=False)):
        if tag in _HANDLERS:
            _HANDLERS[tag](seen, at, element, attributes)
        if not attributes or tag in _PASSED:
            continue
        if (names := attributes.get("class")) and (witnesses := _kinds(names)):
            for witness in witnesses:
                _hit(seen, witness, at)
        if prop := attributes.get("itemprop"):
            _item(seen, at, element, prop)
    return seen


def _hit(seen: Seen, witness: str, at: int) -> None:
    if len(hits := seen.hits[witness]) < MAX_HITS:
        hits.append(at)


# What elements are by their tag.


def _meta(seen: Seen, _at: int, _element: Tree, given: Mapping[str, str]) -> None:
    name = given.get("property") or given.get("name") or given.get("itemprop") or given.get("http-equiv")
    content = given.get("content")
    if name and content and len(content) <= 10 * MAX_CHARS:
        values = seen.metas[name.strip().lower()[:60]]
        if len(values) < MAX_HITS:
            values.append(collapsed(content))


def _link(seen: Seen, _at: int, _element: Tree, given: Mapping[str, str]) -> None:
    for rel in (given.get("rel") or "").lower().split()[:4]:
        if (href := given.get("href")) and len(values := seen.links[rel]) < MAX_HITS:
            values.append(href.strip())


def _title(seen: Seen, _at: int, element: Tree, _given: Mapping[str, str]) -> None:
    seen.title = seen.title or text_of(element)


def _script(seen: Seen, at: int, element: Tree, given: Mapping[str, str]) -> None:
    if "ld+json" in (given.get("type") or "").lower():
        if element.text:
            seen.scripts.append(element.text)
    elif not given.get("src"):
        _hit(seen, "script", at)


def _anchor(seen: Seen, at: int, _element: Tree, given: Mapping[str, str]) -> None:
    rel = given.get("rel")
    if rel and "author" in rel:
        _hit(seen, "rel author", at)
    elif (href := given.get("href")) and _AUTHOR_ADDRESS.search(href[:300].lower()):
        _hit(seen, "author link", at)


def _h1(seen: Seen, at: int, _element: Tree, _given: Mapping[str, str]) -> None:
    _hit(seen, "h1", at)


def _h2(seen: Seen, at: int, _element: Tree, _given: Mapping[str, str]) -> None:
    _hit(seen, "h2", at)


def _time(seen: Seen, at: int, _element: Tree, given: Mapping[str, str]) -> None:
    hint = f"{given.get('class') or ''} {given.get('itemprop') or ''}"
    _hit(seen, "time updated" if _UPDATED.search(hint) else "time", at)


_HANDLERS = {
    "meta": _meta, "link": _link, "title": _title, "script": _script, "a": _anchor, "h1": _h1, "h2": _h2, "time": _time,
}  # fmt: skip
# Of addresses in lower case; with one set of characters to begin with, the search takes half the time.
_AUTHOR_ADDRESS = re.compile(
    r"[/?&](?:(?<=/)(?:authors?|auto[rn](?:en|es|a|i|e)?|auteurs?|by|profiles?|contributors?|journalists?|reporters?"
    r"|writers?|columnists?|people|person|team|staff|experts?|redaktion|redazione|skribent|yazar)[/=]|(?<!/)author=)"
)

# What elements are by their class or id. The literals are looked for first: most names hold none of them.
_LITERALS = {
    "byline": ("auth", "aut", "byl", "by-l", "by_l", "writ", "posted", "contrib", "redak", "verfass", "skrib", "forfat",
               "journalist", "reporter", "fn", "creator", "articulista", "firma", "yazar", "signatur"),
    "date": ("date", "time", "publi", "posted", "modif", "datum", "fecha", "stamp", "data", "meta", "info"),
    "heading": ("title", "headline", "heading", "header"),
}  # fmt: skip
_WITNESSES = {literal: witness for witness, literals in _LITERALS.items() for literal in literals}
_ALL_LITERALS = tuple(_WITNESSES)
_NAMES = {
    "byline": re.compile(
        r"by-?_?line|author(?!i[tz])|\bautor(?!is|iz)|auteur|writer|written-?by|posted-?by|contributor|redakteur|verfasser"
        r"|skribent|forfatter|journalist(?!en)|reporter|\bfn\b|creator|articulista|\bfirma\b|yazar|signature"
    ),
    "date": re.compile(
        r"date|(?<!life)time(?!line|r)|publi(?:sh|ca|é|ée)|posted|modified|datum|fecha|stamp|\bdata(?:ora)?\b"
        r"|(?:entry|post|article|meta)-?_?(?:meta|info)"
    ),
    "heading": re.compile(
        r"(?:^|[\s_-])(?:entry|post|article|story|page|news|blog|content|single|artikel|main)\w{0,8}?[-_]*"
        r"(?:title|headline|heading|header)|headline|\btitle\b"
    ),
}
_UPDATED = re.compile(r"updat|modif|edited|aktualis|revis|review", re.IGNORECASE)


@functools.cache
def automaton(literals: tuple[str, ...]) -> Any:
    """Finds any of the literals in a text."""
    import ahocorasick  # on first use, as everywhere

    found = ahocorasick.Automaton()
    for literal in literals:
        found.add_word(literal, literal)
    found.make_automaton()
    return found


@functools.lru_cache(maxsize=1 << 16)
def _kinds(names: str) -> tuple[str, ...]:
    """The witnesses that a class speaks for."""
    low = names[:MAX_NAMES].lower()
    told = {_WITNESSES[literal] for _, literal in automaton(_ALL_LITERALS).iter(low)}
    found = tuple(witness for witness in told if _NAMES[witness].search(low))
    return tuple("updated" if name == "date" and _UPDATED.search(low) else name for name in found) if found else ()


_ITEMS = frozenset(("articleSection", "keywords", "inLanguage", "isAccessibleForFree"))


def _item(seen: Seen, at: int, element: Tree, prop: str) -> None:
    for name in prop.split()[:4]:
        if name in ("author", "creator"):
            _hit(seen, "microdata", at)
        elif name in ("datePublished", "dateModified", "dateCreated", "published-date", "pubdate"):
            _hit(seen, "microdata datePublished" if name.startswith("pub") else "microdata " + name, at)
        elif name == "headline" and element.tag not in ("h1", "h2"):
            _hit(seen, "heading", at)
        elif name in _ITEMS and len(values := seen.items[name]) < MAX_ITEMS and (text := value_of(element)):
            values.append(text)
