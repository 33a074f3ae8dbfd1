"""What of a page may tell its metadata: found in one walk over its tree, read only where it is asked for."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
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

    `elements` are the first of those `found`; `hits` has their numbers by witness, in document order.
    """

    found: Elements
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
    seen = Seen(found, found.all[:MAX_ELEMENTS], root.get("lang") or root.get(_XML_LANG) or "")
    for at, tag in enumerate(found.tags[:MAX_ELEMENTS]):
        if tag in _HANDLERS:
            _HANDLERS[tag](seen, at, found)
    for at, names in found.values("class").items():
        if at < MAX_ELEMENTS and found.tags[at] not in _PASSED:
            for witness in _kinds(names):
                seen.hits[witness].append(at)
    for at, prop in found.values("itemprop").items():
        if at < MAX_ELEMENTS and found.tags[at] not in _PASSED:
            _item(seen, at, prop)
    for hits in seen.hits.values():
        hits.sort()
        del hits[MAX_HITS:]
    return seen


# What elements are by their tag.


def _meta(seen: Seen, at: int, found: Elements) -> None:
    name = next((name for kind in _META_NAMES if (name := found.values(kind).get(at))), None)
    content = found.values("content").get(at)
    if name and content and len(content) <= 10 * MAX_CHARS:
        values = seen.metas[name.strip().lower()[:60]]
        if len(values) < MAX_HITS:
            values.append(collapsed(content))


_META_NAMES = ("property", "name", "itemprop", "http-equiv")


def _link(seen: Seen, at: int, found: Elements) -> None:
    href = found.values("href").get(at)
    if href:
        for rel in found.values("rel").get(at, "").lower().split()[:4]:
            if len(values := seen.links[rel]) < MAX_HITS:
                values.append(href.strip())


def _title(seen: Seen, at: int, found: Elements) -> None:
    seen.title = seen.title or text_of(found.all[at])


def _script(seen: Seen, at: int, found: Elements) -> None:
    if "ld+json" in found.values("type").get(at, "").lower():
        if text := found.texts[at]:
            seen.scripts.append(text)
    elif not found.values("src").get(at):
        seen.hits["script"].append(at)


def _anchor(seen: Seen, at: int, found: Elements) -> None:
    rel = found.values("rel").get(at)
    if rel and "author" in rel:
        seen.hits["rel author"].append(at)
    elif (href := found.values("href").get(at)) and _AUTHOR_ADDRESS.search(href[:300].lower()):
        seen.hits["author link"].append(at)


def _h1(seen: Seen, at: int, _found: Elements) -> None:
    seen.hits["h1"].append(at)


def _h2(seen: Seen, at: int, _found: Elements) -> None:
    seen.hits["h2"].append(at)


def _time(seen: Seen, at: int, found: Elements) -> None:
    hint = f"{found.values('class').get(at, '')} {found.values('itemprop').get(at, '')}"
    seen.hits["time updated" if _UPDATED.search(hint) else "time"].append(at)


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


def _item(seen: Seen, at: int, prop: str) -> None:
    element = seen.elements[at]
    for name in prop.split()[:4]:
        if name in ("author", "creator"):
            seen.hits["microdata"].append(at)
        elif name in ("datePublished", "dateModified", "dateCreated", "published-date", "pubdate"):
            seen.hits["microdata datePublished" if name.startswith("pub") else "microdata " + name].append(at)
        elif name == "headline" and element.tag not in ("h1", "h2"):
            seen.hits["heading"].append(at)
        elif name in _ITEMS and len(values := seen.items[name]) < MAX_ITEMS and (text := value_of(element)):
            values.append(text)
