"""What of a page may tell its metadata: found in one walk over its tree, read only where it is asked for.

Nothing is judged here but the place: what stands in navigation, comments, sidebars or teasers of other articles
is `aside`, unless the article's heading stands in the same box.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from cleaner.html.tree import Tree

MAX_ELEMENTS = 150_000  # walked of a page; a walk of that many takes 0.1 s
MAX_HITS = 300  # of a kind in a page; on long pages the first ones are the article's
MAX_READ = 8  # candidates of a witness that are read
MAX_HEADINGS = 10  # of a level
MAX_CHARS = 500  # of a candidate's text; a longer one is no title, byline or date
MAX_STEPS = 120  # tags inside a candidate
MAX_ANCESTORS = 60
MAX_NAMES = 300  # characters of a class attribute that are looked at
MAX_LINES = 20_000  # elements in which lines without a telling tag are looked for
MAX_LINE = 80  # characters of a line without a telling tag that may be a byline or a stamp
BEFORE, BEHIND = 40, 90  # elements around the heading in which bylines and stamps stand

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACES = re.compile(r"\s+")
_BLOCKS = frozenset("br div p li ul ol h1 h2 h3 h4 h5 h6 section article header footer tr td table dt dd".split())
# Elements whose class tells nothing.
_PASSED = frozenset(
    "script style svg path g use circle rect line polygon defs link title img picture source iframe noscript br hr"
    " input button option select label form nav ul ol body html head video audio i b em strong".split()
)
_UNSEEN = frozenset("script style template svg noscript button select".split())


class Heading(NamedTuple):
    """An `h1`, an `h2`, or (level 3) what is named like a title; `at` counts elements."""

    level: int
    text: str
    at: int
    aside: bool
    parts: tuple[str, ...] = ()  # the texts between its tags, where there are several
    doubt: float = 1.0  # a factor of its weight


class Mark(NamedTuple):
    """A place that names authors or a date: by which witness, and the texts between its tags."""

    witness: str
    texts: tuple[str, ...]
    at: int
    aside: bool
    near: bool


@dataclass(slots=True)
class Seen:
    """A page's elements and which of them may tell something; the head's values are read already.

    `hits` has the elements' numbers by witness, in document order.
    """

    elements: list[Tree]
    language: str = ""
    title: str = ""
    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    items: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    scripts: list[str] = field(default_factory=list)
    hits: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    boxes: dict[Tree, tuple[Tree, ...]] = field(default_factory=dict)


def gather(tree: Tree) -> Seen:
    """Walk a page once. Bounded by MAX_ELEMENTS; the order of elements is the document's."""
    seen = Seen(list(islice(tree.iter(), MAX_ELEMENTS)), tree.get("lang") or tree.get(_XML_LANG) or "")
    for at, element in enumerate(seen.elements):
        tag = element.tag
        if tag in _HANDLERS:
            _HANDLERS[tag](seen, at, element)
        if tag in _PASSED:
            continue
        if (names := element.get("class")) and (witnesses := _kinds(names)):
            for witness in witnesses:
                _hit(seen, witness, at)
        if prop := element.get("itemprop"):
            _item(seen, at, element, prop)
    return seen


def _hit(seen: Seen, witness: str, at: int) -> None:
    if len(hits := seen.hits[witness]) < MAX_HITS:
        hits.append(at)


# What elements are by their tag.


def _meta(seen: Seen, _at: int, element: Tree) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    content = element.get("content")
    if name and content and len(content) <= 10 * MAX_CHARS:
        values = seen.metas[name.strip().lower()[:60]]
        if len(values) < MAX_HITS:
            values.append(_SPACES.sub(" ", content).strip())


def _link(seen: Seen, _at: int, element: Tree) -> None:
    for rel in (element.get("rel") or "").lower().split()[:4]:
        if (href := element.get("href")) and len(values := seen.links[rel]) < MAX_HITS:
            values.append(href.strip())


def _title(seen: Seen, _at: int, element: Tree) -> None:
    seen.title = seen.title or text_of(element)


def _script(seen: Seen, at: int, element: Tree) -> None:
    if "ld+json" in (element.get("type") or "").lower():
        if element.text:
            seen.scripts.append(element.text)
    elif not element.get("src"):
        _hit(seen, "script", at)


def _anchor(seen: Seen, at: int, element: Tree) -> None:
    rel = element.get("rel")
    if rel and "author" in rel:
        _hit(seen, "rel author", at)
    elif (href := element.get("href")) and _AUTHOR_ADDRESS.search(href[:300]):
        _hit(seen, "author link", at)


def _h1(seen: Seen, at: int, _element: Tree) -> None:
    _hit(seen, "h1", at)


def _h2(seen: Seen, at: int, _element: Tree) -> None:
    _hit(seen, "h2", at)


def _time(seen: Seen, at: int, element: Tree) -> None:
    hint = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    _hit(seen, "time updated" if _UPDATED.search(hint) else "time", at)


_HANDLERS = {
    "meta": _meta, "link": _link, "title": _title, "script": _script, "a": _anchor, "h1": _h1, "h2": _h2, "time": _time,
}  # fmt: skip
_AUTHOR_ADDRESS = re.compile(
    r"/(?:authors?|auto[rn](?:en|es|a|i|e)?|auteurs?|by|profiles?|contributors?|journalists?|reporters?|writers?"
    r"|columnists?|people|person|team|staff|experts?|redaktion|redazione|skribent|yazar)[/=]|[?&]author=",
    re.IGNORECASE,
)

# What elements are by their class or id. The literals are looked for first: most names hold none of them.
_LITERALS = {
    "byline": ("auth", "aut", "byl", "by-l", "by_l", "writ", "posted", "contrib", "redak", "verfass", "skrib", "forfat",
               "journalist", "reporter", "fn", "creator", "articulista", "firma", "yazar", "signatur"),
    "date": ("date", "time", "publi", "posted", "modif", "datum", "fecha", "stamp", "data", "meta", "info"),
    "heading": ("title", "headline", "heading", "header"),
}  # fmt: skip
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
def _automaton(kind: str) -> Any:
    """The literals of names by witness (kind "told"), or those of boxes apart ("away")."""
    import ahocorasick  # on first use, as everywhere

    automaton = ahocorasick.Automaton()
    for witness, literals in _LITERALS.items() if kind == "told" else (("", _AWAY_LITERALS),):
        for literal in literals:
            automaton.add_word(literal, witness)
    automaton.make_automaton()
    return automaton


@functools.lru_cache(maxsize=1 << 16)
def _kinds(names: str) -> tuple[str, ...]:
    """The witnesses that a class speaks for."""
    low = names[:MAX_NAMES].lower()
    told = {witness for _, witness in _automaton("told").iter(low)}
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
        elif name in _ITEMS and len(values := seen.items[name]) < MAX_READ and (text := _value(element)):
            values.append(text)


# Reading.


def headings(seen: Seen) -> list[Heading]:
    """The first headings of each level, outside the boxes of other things or not."""
    found = []
    for level, witness in enumerate(("h1", "h2", "heading"), 1):
        for at in seen.hits[witness][:MAX_HEADINGS]:
            element = seen.elements[at]
            if element.tag in ("body", "html", "a", "svg") or (level == 3 and element.tag in ("h1", "h2")):
                continue
            if text := element.get("content") or text_of(element):
                parts = tuple(pieces(element)) if len(element) else ()
                found.append(Heading(level, text[:MAX_CHARS], at, bool(_boxes(seen, element)), parts))
    return found


def printed(seen: Seen, titles: set[str]) -> int:
    """The number of the first element in the body whose whole text is one of `titles`; 0 if there is none."""
    for at, element in enumerate(seen.elements):
        text = element.text
        if not text or not 10 < len(text) < MAX_CHARS or element.tag in ("title", "option", "a", *_UNSEEN):
            continue
        if _SPACES.sub(" ", text).strip() in titles:
            return at
    return 0


class Place:
    """The article's heading as the point from which bylines and stamps are looked for; `at` is 0 without one."""

    def __init__(self, seen: Seen, at: int) -> None:
        self.seen, self.at = seen, at
        start = seen.elements[at] if at else None
        self._lines: list[tuple[int, str, Tree]] | None = None
        self._around = set(islice(start.iterancestors(), MAX_ANCESTORS)) if start is not None else set()

    def marks(self, witness: str) -> Iterator[Mark]:
        """Those around the heading, and of the others the first and the last (articles end with them, too)."""
        hits = self.seen.hits[witness]
        near = [at for at in hits if self.is_near(at)]
        far = [at for at in hits if not self.is_near(at)]
        for at in sorted({*near[:MAX_READ], *far[:2], *far[-2:]}):
            element = self.seen.elements[at]
            if texts := _texts(element, witness):
                yield Mark(witness, tuple(texts), at, self.is_aside(element), self.is_near(at))

    def lines(self) -> list[tuple[int, str, Tree]]:
        """Short texts around the heading, with the elements that they stand in or behind."""
        if self._lines is None:
            self._lines = list(self.all_lines(max(0, self.at - BEFORE), self.at + BEHIND))
        return self._lines

    def all_lines(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, str, Tree]]:
        """As `lines`, of the elements from `first` to `last`."""
        for at, element in enumerate(self.seen.elements[first : last or MAX_LINES], first):
            if element.tag in _UNSEEN or element.tag == "title" or at == self.at:
                continue
            for text in (element.text, element.tail):
                if text and len(text) < 4 * MAX_LINE and len(line := text.strip()) > 1:
                    line = _SPACES.sub(" ", line)
                    if len(line) <= MAX_LINE:
                        yield at, line, element

    def is_near(self, at: int) -> bool:
        return not self.at or -BEFORE <= at - self.at <= BEHIND

    def is_aside(self, element: Tree) -> bool:
        return any(box not in self._around for box in _boxes(self.seen, element))


_AWAY_TAGS = frozenset("nav footer aside form menu dialog".split())
_AWAY_LITERALS = (
    "comment", "repl", "related", "side", "foot", "nav", "menu", "tease", "recommend", "recirc", "popular", "trending",
    "newsletter", "promo", "most", "read", "more", "latest", "recent", "similar", "carousel", "slider", "crumb",
    "cookie", "modal", "popup", "overlay", "widget", "next", "prev", "pagin", "also", "verwandt",
)  # fmt: skip
# A name's beginning or end; "content-sidebar-wrap", "has-sidebar" and "elementor-widget-…" hold the article, too.
_AWAY = re.compile(
    r"(?:^|\s)(?!(?:has|with|no|content)-)(?:[a-z]+[_-]+){0,3}?"
    r"(?:(?:comments?|commentlist|repl(?:y|ies)|related(?:-?(?:posts?|articles?|stories|content|links?|news))?|sidebars?"
    r"|side-bar|footer|nav|navbar|navigation|menu|teasers?|recommend\w*|recirc\w*|popular|trending|newsletter|promo\w*"
    r"|most-?read|read-?more|read-?next|more-?from|more-?stories|more-?articles|similar|carousel|slider|breadcrumbs?"
    r"|cookie\w*|modal|popup|overlay|up-?next|next-?post|pagination|also-?like|weiter-?lesen|verwandt\w*"
    r"|mehr-zum-thema)(?:[_-]\w+)?(?=\s|$)|(?:latest|recent|prev(?:ious)?)[_-]\w+(?=\s|$))"
    r"|(?:^|\s)widget(?:[_-][\w-]+)?(?=\s|$)"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@functools.lru_cache(maxsize=1 << 16)
def _is_away(names: str) -> bool:
    names = names[:MAX_NAMES]
    if next(_automaton("away").iter(names.lower()), None) is None:
        return False
    return bool(_AWAY.search(_CAMEL.sub("-", names).lower()))


def _boxes(seen: Seen, element: Tree) -> tuple[Tree, ...]:
    """The boxes around an element that mostly hold something else than the article and its head."""
    known = seen.boxes
    chain = []
    found: tuple[Tree, ...] = ()
    for box in islice(element.iterancestors(), MAX_ANCESTORS):
        if box in known:
            found = known[box]
            break
        chain.append(box)
    for box in reversed(chain):
        found = known[box] = (*found, box) if _is_other(box) else found
    return found


def _is_other(box: Tree) -> bool:
    if box.tag in _AWAY_TAGS or box.tag in ("body", "html", "main"):
        return box.tag in _AWAY_TAGS
    names, id = box.get("class"), box.get("id")
    return bool((names and _is_away(names)) or (id and _is_away(id)))


def _texts(element: Tree, witness: str) -> list[str]:
    if witness == "microdata":
        return _inner_name(element) or ([value] if (value := element.get("content")) else pieces(element))
    if witness == "author link":
        return texts if _is_address_of(element.get("href") or "", texts := pieces(element)) else []
    if witness in ("byline", "rel author"):
        return pieces(element)
    for name in ("datetime", "content", "data-date", "data-datetime", "data-timestamp"):
        if value := element.get(name):
            return [value, *pieces(element)]
    return pieces(element) if len(element) < 12 else []


def _is_address_of(href: str, texts: list[str]) -> bool:
    """Whether a link's address holds a word of its text: /author/jane-doe."""
    low = href.lower()
    return any(len(word) > 2 and word in low for text in texts for word in text.lower().split())


def _value(element: Tree) -> str:
    return element.get("content") or text_of(element)


def _inner_name(element: Tree) -> list[str]:
    """The names inside a microdata person."""
    found = [inner for inner in islice(element.iter(), MAX_STEPS) if inner.get("itemprop") == "name"]
    return [text for inner in found[:5] if (text := _value(inner))]


def text_of(element: Tree) -> str:
    """An element's text, white space collapsed; "" if it is longer than MAX_CHARS.

    Two words that stand in different elements and are divided by their case only stay two words.
    """
    found: list[str] = []
    for text in _raw(element):
        if found and text[:1].isupper() and found[-1][-1:].islower():
            found.append(" ")
        if text:
            found.append(text)
    joined = _SPACES.sub(" ", "".join(found)).strip()
    return joined if len(joined) <= MAX_CHARS else ""


def pieces(element: Tree) -> list[str]:
    """The texts between an element's tags, stripped; [] if they are longer than MAX_CHARS together."""
    found = [text for raw in _raw(element) if (text := _SPACES.sub(" ", raw).strip())]
    return found if sum(map(len, found)) <= MAX_CHARS else []


def _raw(element: Tree) -> list[str]:
    """The texts inside an element, in order; a block's begins with a space. [] if it is long or has many tags."""
    if not len(element):
        text = element.text or ""
        return [text] if len(text) <= 4 * MAX_CHARS else []
    found = [element.text or ""]
    length = steps = 0
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        if inner is element:
            continue
        if event == "end":
            text = inner.tail or ""
        elif inner.tag in _UNSEEN:
            walker.skip_subtree()
            continue
        else:
            text = inner.text or ""
        found.append(" " + text if inner.tag in _BLOCKS else text)
        length, steps = length + len(text), steps + 1
        if length > 4 * MAX_CHARS or steps > 2 * MAX_STEPS:
            return []
    return found
