"""JSON-LD of a page: parsed once, mended where it is broken, and the article's node found among the others.

Whatever stands in the scripts, nothing here raises, and time is bounded: what is too long or too deep is left out.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cleaner.html.words import fold

Node = Mapping[str, Any]

MAX_SCRIPT_CHARS = 8_000_000  # one script; parsing takes about 20 ms for a million characters
MAX_NODES = 20_000  # of a page; those of news pages have 5 to 300
MAX_VALUES = 50  # of one field

_WRAPPER = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:(?://|/\*)?\s*\]\]>(?:\s*\*/)?|-->|;)\s*$")
_STRING = r'"(?:[^"\\]|\\.)*+"'
_COMMENT_OR_COMMA = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/|,(?=\s*[}}\]])", re.DOTALL)
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrt]|u[0-9a-fA-F]{4})")
_FLAT_FIELDS = (
    "headline", "datePublished", "dateModified", "dateCreated", "articleSection", "inLanguage",
    "isAccessibleForFree",
)  # fmt: skip
_FLAT_FIELD = re.compile(rf'"({"|".join(_FLAT_FIELDS)})"\s*:\s*({_STRING}|true|false)')

# How much a type says "this node is the article of this page"; a page of any type may carry the fields.
_ARTICLE = re.compile(r"(?:article|posting|report|scholarly|review|recipe|howto)$|^(?:hentry|liveblog)", re.IGNORECASE)
_WEAK = re.compile(
    r"^(?:creativework|webpage|itempage|aboutpage|medicalwebpage|videoobject|podcastepisode|audioobject|episode"
    r"|radioepisode|tvepisode|book|event|course|faqpage|qapage|question|blog|dataset)$",
    re.IGNORECASE,
)
_FIELDS_OF_ARTICLES = (
    "headline",
    "datePublished",
    "author",
    "articleBody",
    "articleSection",
    "dateModified",
    "publisher",
)


def nodes(scripts: Iterable[str]) -> list[Node]:
    """The nodes of all scripts, in order: what stands at the top, in lists and graphs, and as a page's main entity."""
    found: list[Node] = []
    for script in scripts:
        for value in values(script):
            for node in _top(value):
                found.append(node)
                if len(found) >= MAX_NODES:
                    return found
    return found


def values(script: str) -> list[Any]:
    """The JSON values of a script; mended where it is broken; [] where it cannot be read.

    >>> values('{"headline": "Low tide",} // the end')
    [{'headline': 'Low tide'}]
    """
    if len(script) > MAX_SCRIPT_CHARS or not script.strip():
        return []
    try:
        return [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        pass
    mended = _COMMENT_OR_COMMA.sub(lambda found: found[1] or "", _BAD_ESCAPE.sub(r"\\\\", _WRAPPER.sub("", script)))
    for text in (mended, html.unescape(mended)):
        if read := _several(text):
            return read
    flat = {name: json_string(value) for name, value in reversed(_FLAT_FIELD.findall(mended))}
    return [{"@type": "Article", **flat}] if "headline" in flat else []


def json_string(value: str) -> Any:
    """The value of a JSON string, true or false; the characters between its quotes where it is broken."""
    try:
        return json.loads(value, strict=False)
    except ValueError:
        return value.strip('"')


def _several(text: str) -> list[Any]:
    """Values that stand one behind the other."""
    decoder, at = json.JSONDecoder(strict=False), 0
    found: list[Any] = []
    while at < len(text) and len(found) < MAX_VALUES:
        gap = re.compile(r"[\s,;]*").match(text, at)
        at = gap.end() if gap else at
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return [value for value in found if isinstance(value, dict | list)]


def _top(value: Any) -> Iterator[Node]:
    """Nodes in document order, without recursion."""
    stack = [value]
    seen = 0
    while stack and seen < MAX_NODES:
        seen += 1
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:MAX_NODES]))
        elif isinstance(value, dict):
            yield value
            inner = [value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage")]
            stack.extend(entry for entry in reversed(inner) if isinstance(entry, dict | list))


class Graph:
    """The nodes of a page, and the one that is its article.

    `address` is what the page is known by (its canonical or own address), `titles` what its head calls itself:
    they tell the article from teasers of others.
    """

    def __init__(self, found: list[Node], addresses: Iterable[str | None] = (), titles: Iterable[str] = ()) -> None:
        self.nodes = found
        self._by_id: dict[str, Node] = {}
        for node in found:
            if isinstance(id := node.get("@id"), str) and len(node) > 1:
                old = self._by_id.get(id, {})
                self._by_id[id] = {**node, **old}
        own = {_address(address) for address in addresses if address}
        known = {fold(title) for title in titles}
        ranked = [(self._rank(node, own, known), -n, node) for n, node in enumerate(found[:1000])]
        ranked = sorted((entry for entry in ranked if entry[0] > 0), key=lambda entry: entry[:2], reverse=True)
        self.article: Node = ranked[0][2] if ranked else {}
        self.is_article = bool(ranked) and self._is_article(self.article)

    def _is_article(self, node: Node) -> bool:
        return any(_ARTICLE.search(name) for name in types(node))

    def _rank(self, node: Node, addresses: set[str], titles: set[str]) -> float:
        strong = self._is_article(node)
        if not strong and not any(_WEAK.match(name) for name in types(node)):
            return 0.0
        rank = (3.0 if strong else 0.5) + 0.3 * sum(bool(node.get(field)) for field in _FIELDS_OF_ARTICLES)
        own = {_address(value) for key in ("url", "@id", "mainEntityOfPage") for value in self.texts(node.get(key))}
        rank += 2.0 * bool(own & addresses)
        rank += 2.0 * any(fold(name) in titles for key in ("headline", "name") for name in self.texts(node.get(key)))
        return rank

    def follow(self, value: Any) -> Any:
        """The node that a reference stands for; any other value as it is."""
        if isinstance(value, dict) and isinstance(id := value.get("@id"), str) and id in self._by_id:
            return {**self._by_id[id], **value}
        return value

    def follow_all(self, value: Any) -> list[Node]:
        """The nodes of a value: itself, or those of a list."""
        values = value[:MAX_VALUES] if isinstance(value, list) else [value]
        return [node for entry in values if isinstance(node := self.follow(entry), dict)]

    def of_type(self, name: str) -> list[Node]:
        """The nodes of a type, by its exact name."""
        return [node for node in self.nodes[:1000] if name in types(node)]

    def texts(self, value: Any, key: str = "name") -> list[str]:
        """The strings of a value: itself, those of a list, and what nodes have under `key`, `@id` or `url`."""
        return [text for text, _ in self.named(value, key)]

    def named(self, value: Any, key: str = "name") -> list[tuple[str, tuple[str, ...]]]:
        """As `texts`, each with the types of its node."""
        found: list[tuple[str, tuple[str, ...]]] = []
        stack: list[tuple[Any, tuple[str, ...]]] = [(value, ())]
        for _ in range(4 * MAX_VALUES):
            if not stack or len(found) >= MAX_VALUES:
                break
            value, kinds = stack.pop()
            value = self.follow(value)
            if isinstance(value, str):
                if text := " ".join(html.unescape(value[:5000]).split()):
                    found.append((text, kinds))
            elif isinstance(value, list):
                stack.extend((entry, kinds) for entry in reversed(value[:MAX_VALUES]))
            elif isinstance(value, dict):
                inner = value.get(key) or value.get("@id") or value.get("url") or value.get("@value")
                stack.append((inner, tuple(types(value)) or kinds))
        return found


def types(node: Node) -> list[str]:
    """A node's types, without the address of their vocabulary."""
    value = node.get("@type")
    names = value[:10] if isinstance(value, list) else [value]
    return [re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)]


def _address(address: str) -> str:
    """An address as far as it names a page."""
    return re.sub(r"^https?://(?:www\.|m\.|amp\.)?|[?#].*$|/+(?=[?#]|$)", "", address.strip().lower())
