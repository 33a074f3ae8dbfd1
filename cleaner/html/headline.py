"""The article's title: which heading it is, or what the head calls it without the site's name."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.html.claims import Claim, Fused, fuse
from cleaner.html.jsonld import Graph
from cleaner.html.place import Heading, printed
from cleaner.html.seen import Seen
from cleaner.html.words import fold
from cleaner.text.titles import split_title

MIN_SHARED = 0.5  # words shared / words of the shorter; a heading that shares fewer with the head is another one
MAX_HEADING = 200  # characters; a longer one is a teaser's or a paragraph's text
MAX_PARTS = 8  # elements in a heading
MAX_APART = 60  # elements between the first heading and one that repeats the head's title
_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«:/›‹-]|::|//|\|\|)\s+|\s*[|»]\s*|:\s+")
_SLUG = re.compile(r"[^/?#]*[a-zA-Z]+-[^/?#]*(?=/?(?:[?#]|$))")

_METAS = {
    "og:title": 0.62, "twitter:title": 0.5, "parsely-title": 0.62, "sailthru.title": 0.62, "citation_title": 0.8,
    "dc.title": 0.55, "dcterms.title": 0.55, "title": 0.4, "cxenseparse:title": 0.55, "hdl": 0.55, "headline": 0.6,
}  # fmt: skip


class Title(NamedTuple):
    """The title, and the number of the element that prints it (0 if none was found)."""

    fused: Fused[str] | None
    at: int


def title(seen: Seen, found: list[Heading], graph: Graph, sites: frozenset[str], url: str | None) -> Title:
    """The title; `sites` are folded names of the site, which are no part of it."""
    found = _settled(found)
    head = list(_head(seen, graph, sites))
    stated = {fold(claim.value) for claim in head if claim.source != "title"}
    sites |= _inferred(seen.title, stated) or _inferred(seen.title, {fold(heading.text) for heading in found})
    body = list(_headings(found, head, sites, _slug(url)))
    fused = fuse([*(claim for _, claim in body), *head], fold)
    if not fused:
        return Title(None, 0)
    best = fold(fused[0].value)
    places = [heading for heading, claim in body if fold(claim.value) == best and not heading.aside]
    places = places or [heading for heading in found if heading.level == 1 and not heading.aside]
    return Title(fused[0], places[0].at if places else printed(seen, {claim.value for claim in head}))


def _head(seen: Seen, graph: Graph, sites: frozenset[str]) -> Iterator[Claim[str]]:
    if graph.is_article:
        for text in graph.texts(graph.article.get("headline") or graph.article.get("name"))[:1]:
            yield from _claim(text, "json-ld", 0.7, sites)
    for name, weight in _METAS.items():
        for text in seen.metas.get(name, ())[:1]:
            yield from _claim(text, name, weight, sites)
    if seen.title:
        yield from _claim(seen.title, "title", 0.5, sites)


def _claim(text: str, source: str, weight: float, sites: frozenset[str]) -> Iterator[Claim[str]]:
    text = without_site(text, sites)
    if fold(text) and fold(text) not in sites:
        yield Claim(text, source, weight, "head")


def _settled(found: list[Heading]) -> list[Heading]:
    """A page's only first heading is the article's, wherever it stands."""
    firsts = [heading for heading in found if heading.level == 1]
    if all(heading.aside for heading in firsts) and len({fold(heading.text) for heading in firsts}) == 1:
        return [heading._replace(aside=False, doubt=0.9) if heading.level == 1 else heading for heading in found]
    return found


def _headings(
    found: list[Heading], head: list[Claim[str]], sites: frozenset[str], slug: str
) -> Iterator[tuple[Heading, Claim[str]]]:
    known = {fold(claim.value): claim.value for claim in reversed(head)}
    chosen = {fold(claim.value) for claim in head if claim.source in ("json-ld", "og:title")}
    firsts = [heading for heading in found if heading.level == 1 and not heading.aside]
    alone = len({fold(heading.text) for heading in firsts}) == 1
    for heading in found:
        text = _text(heading, known, sites)
        folded = fold(text)
        if not folded or folded in sites:
            continue
        shared = max((_shared(folded, other) for other in (*known, slug)), default=0.0)
        weight = _weight(heading, shared, alone=alone, known=bool(known))
        if heading.level > 1 and folded in chosen and any(abs(heading.at - h.at) <= MAX_APART for h in firsts):
            weight = 0.85  # the first heading is then mostly the one for search engines
        if weight:
            yield heading, Claim(text, f"h{heading.level}" if heading.level < 3 else "heading", weight, "heading")


def _slug(url: str | None) -> str:
    """The words in an address's last part, folded; "" if they are fewer than three."""
    match = _SLUG.search(url[:1000]) if url else None
    words = fold(match[0].replace("_", " ")).split() if match else []
    return " ".join(words) if len(words) > 2 else ""


@functools.lru_cache(maxsize=2048)
def _content_words(title: str) -> frozenset[str]:
    return frozenset(word for word in title.split() if len(word) > 2 or not word.isascii())


def _shared(one: str, other: str) -> float:
    """The share of the shorter title's words that the other has, too; short words do not count."""
    a, b = _content_words(one), _content_words(other)
    return len(a & b) / min(len(a), len(b)) if a and b else float(one == other)


def _weight(heading: Heading, shared: float, *, alone: bool, known: bool) -> float:
    if shared >= MIN_SHARED and len(heading.text) <= MAX_HEADING:
        weight = {1: 0.85, 2: 0.6, 3: 0.5}[heading.level] * (0.9 + 0.1 * shared)
        return weight * (0.5 if heading.aside else heading.doubt)
    if heading.level > 1 or heading.aside:
        return 0.0
    return (0.4 if known else 0.6 if alone else 0.5) * heading.doubt


def _text(heading: Heading, known: Iterable[str], sites: frozenset[str]) -> str:
    """A heading's text; of several elements in it, those that are a title which the head has too.

    So a kicker, a date or a button inside the heading is left out.
    """
    parts = heading.parts[:MAX_PARTS]
    for first in range(len(parts)) if len(parts) > 1 else ():
        for last in range(len(parts), first, -1):
            text = " ".join(parts[first:last])
            if last - first < len(parts) and len(fold(text).split()) > 2 and fold(text) in known:
                return text
    return trimmed(heading.text, sites)


def _inferred(page_title: str, known: set[str]) -> frozenset[str]:
    """What stands beside the title in `<title>`: the site's or a section's name."""
    found = set()
    for cut in list(_SEPARATOR.finditer(page_title))[:6]:
        left, right = fold(page_title[: cut.start()]), fold(page_title[cut.end() :])
        for part, other in ((left, right), (right, left)):
            if part in known and other and other not in known and len(part.split()) > 1 and len(other.split()) <= 6:
                found.add((len(part), other, part))
    # "A | B | C": the longest part that is a title decides.
    return frozenset(other for _, other, part in sorted(found, reverse=True)[:1])


def without_site(text: str, sites: frozenset[str]) -> str:
    """The title without the site's name, a section or a date before or behind it."""
    text = trimmed(text, sites)
    parts = split_title(text)
    return parts.title if parts else text


def trimmed(text: str, sites: frozenset[str]) -> str:
    """The title without the names in `sites` before or behind it."""
    text = " ".join(html.unescape(text).split() if "&" in text else text.split())
    for _ in range(3):
        shorter = _trim(text, sites)
        if shorter == text:
            break
        text = shorter
    return text


def _trim(text: str, sites: frozenset[str]) -> str:
    for cut in list(_SEPARATOR.finditer(text))[:MAX_PARTS]:
        if _names(text[cut.end() :], sites):
            return text[: cut.start()]
        if _names(text[: cut.start()], sites):
            return text[cut.end() :]
    return text


def _names(part: str, sites: frozenset[str]) -> bool:
    folded = fold(part)
    return bool(folded) and (folded in sites or folded.replace(" ", "") in sites)


def site_names(names: Iterable[str], host: str) -> frozenset[str]:
    """Folded names of a site: those it states, and its host's."""
    found = {fold(part) for name in names for part in (name, *re.split(r"\s[|–—·-]\s", name)[:3])}
    labels = host.removeprefix("www.").split(".")
    found |= {" ".join(labels[n:]) for n in range(len(labels) - 1)}
    found |= {label.replace("-", "") for label in labels[:-1] if len(label) > 2}
    found |= {name.removeprefix("the ") for name in found} | {name.replace(" ", "") for name in found}
    return frozenset(found - {""})
