"""Where on a page things stand: headings, and the bylines and stamps around the article's own.

Nothing is judged here but the place: what stands in navigation, comments, sidebars or teasers of other articles
is `aside`, unless the article's heading stands in the same box.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cleaner.html.seen import MAX_ELEMENTS, MAX_NAMES, Seen, automaton
from cleaner.html.texts import MAX_CHARS, UNSEEN, collapsed, inner_names, pieces, text_of
from cleaner.html.tree import Tree

MAX_READ = 8  # candidates of a witness that are read
MAX_HEADINGS = 10  # of a level
MAX_ANCESTORS = 60
NEXT = 3  # elements around a byline whose names say what it is about
MAX_LINES = 20_000  # elements in which lines without a telling tag are looked for
MAX_LINE = 80  # characters of a line without a telling tag that may be a byline or a stamp
_NO_LINES = UNSEEN | {"title"}
_NO_TITLE = UNSEEN | {"title", "option", "a"}
BEFORE, BEHIND = 40, 90  # elements around the heading in which bylines and stamps stand


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
    for at, text in enumerate(seen.found.texts[:MAX_ELEMENTS]):
        if text and 10 < len(text) < MAX_CHARS and seen.found.tags[at] not in _NO_TITLE and collapsed(text) in titles:
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
            if witness in ("byline", "author link") and _is_others(element):
                continue
            if texts := _texts(element, witness):
                yield Mark(witness, tuple(texts), at, self.is_aside(element), self.is_near(at))

    def lines(self) -> list[tuple[int, str, Tree]]:
        """Short texts around the heading, with the elements that they stand in or behind."""
        if self._lines is None:
            self._lines = list(self.all_lines(max(0, self.at - BEFORE), self.at + BEHIND))
        return self._lines

    def all_lines(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, str, Tree]]:
        """As `lines`, of the elements from `first` to `last`."""
        elements, tags, texts, tails = self.seen.found[:4]
        for at in range(first, min(last or MAX_LINES, len(elements))):
            if tags[at] in _NO_LINES or at == self.at:
                continue
            for text in (texts[at], tails[at]):
                if not text or len(text) >= 4 * MAX_LINE or text.isspace():
                    continue
                if 1 < len(line := collapsed(text)) <= MAX_LINE:
                    yield at, line, elements[at]

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
_CHECKED = re.compile(r"(?:^|[\s_-])(?:reviewers?|reviewed-?_?by|fact-?_?check(?:ers?|ed-?_?by)|experts?)(?=\s|$)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@functools.lru_cache(maxsize=1 << 16)
def _is_away(names: str) -> bool:
    names = names[:MAX_NAMES]
    if next(automaton(_AWAY_LITERALS).iter(names.lower()), None) is None:
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


def _is_others(element: Tree) -> bool:
    """Whether a byline is that of a picture, or of who has checked the text."""
    around = islice(element.iterancestors(), NEXT)
    return any(
        box.tag == "figcaption" or _CHECKED.search((box.get("class") or "").lower()) for box in (element, *around)
    )


def _texts(element: Tree, witness: str) -> list[str]:
    if witness == "microdata":
        return inner_names(element) or ([value] if (value := element.get("content")) else pieces(element))
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
