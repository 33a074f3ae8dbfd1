"""What a page states about its article: each field fused from all places that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cleaner.html import byline, details, headline, when
from cleaner.html.claims import Fused
from cleaner.html.jsonld import Graph, Node, nodes
from cleaner.html.place import Place, headings
from cleaner.html.seen import Seen, gather
from cleaner.html.tree import Elements
from cleaner.text.dates import prefers_day_first

_MONTH_FIRST_REGIONS = frozenset(("us", "ph"))


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says, by field; a field that it does not tell is in neither mapping.

    `values`: title, date, modified, publisher, section, language, canonical_url, image (strings), authors (people),
    agencies, organisations (a newsroom or company that the page calls its author), tags (lists of strings), paywalled
    (bool). `sources`: for each of them `from` (names of the sources that say so,
    best first: "json-ld", "og:title", "meta author", "microdata", "rel author", "byline", "time", "url", "h1" …) and
    `confidence` (0 to 1). `article` is the JSON-LD node of the article.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    article: Node = field(default_factory=dict)


def stated(elements: Elements, url: str | None) -> Stated:
    """Read the metadata of a page from its elements; `url` is where it was fetched, if known. They are not changed."""
    seen = gather(elements)
    found = headings(seen)
    firsts = [heading.text for heading in found if heading.level == 1]
    addresses = [url, *seen.links.get("canonical", ())[:1], *seen.metas.get("og:url", ())[:1]]
    graph = Graph(nodes(seen.scripts), addresses, [*seen.metas.get("og:title", ())[:1], *firsts[:2]])
    publisher = details.publisher(seen, graph)
    language = details.language(seen, graph)
    sites = headline.site_names(_site_names(seen, graph), _host(addresses))
    title = headline.title(seen, found, graph, sites, url)
    place = Place(seen, title.at)
    day_first = _day_first(seen.language, language, publisher, url)
    who = byline.authors(seen, place, graph, sites)
    fields = {
        "title": title.fused,
        "authors": who.people,
        "organisations": None if who.people else who.organisation,
        "agencies": who.agencies,
        "date": when.published(seen, place, graph, url, day_first=day_first),
        "modified": when.modified(seen, place, graph, day_first=day_first),
        "publisher": publisher,
        "section": details.section(seen, graph),
        "tags": details.tags(seen, graph),
        "language": language,
        "canonical_url": details.canonical_url(seen, graph, url),
        "image": details.image(seen, graph, url),
        "paywalled": details.paywalled(seen, graph),
    }
    return _stated(fields, graph.article)


def _stated(fields: Mapping[str, Fused[Any] | None], article: Node) -> Stated:
    known = {name: fused for name, fused in fields.items() if fused is not None}
    return Stated(
        {name: list(one.value) if isinstance(one.value, tuple) else one.value for name, one in known.items()},
        {name: {"from": list(one.sources), "confidence": one.confidence} for name, one in known.items()},
        article,
    )


def _site_names(seen: Seen, graph: Graph) -> list[str]:
    names = [text for name in ("og:site_name", "application-name") for text in seen.metas.get(name, ())[:1]]
    names += graph.texts(graph.article.get("publisher"))[:1]
    return names + [text for node in graph.of_type("WebSite")[:1] for text in graph.texts(node.get("name"))[:1]]


def _host(addresses: list[str | None]) -> str:
    for address in addresses:
        try:
            if address and (host := urlsplit(address).hostname):
                return host
        except ValueError:  # such as an unclosed bracket
            continue
    return ""


def _day_first(tag: str, language: Fused[str] | None, publisher: Fused[str] | None, url: str | None) -> bool | None:
    """Whether 04/05/2024 means 4 May: by its language and outlet, or the region that it names."""
    known = prefers_day_first(language.value if language else None, publisher.value if publisher else None, url)
    if known is None and len(tag) == 5:  # "en-GB"
        return tag[3:].lower() not in _MONTH_FIRST_REGIONS
    return known
