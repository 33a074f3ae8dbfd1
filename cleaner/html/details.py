"""The smaller fields: publisher, section, tags, language, addresses, lead image, paywall."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from cleaner.html.claims import Claim, Fused, T, fuse
from cleaner.html.jsonld import Graph
from cleaner.html.seen import Seen
from cleaner.html.words import fold

MAX_TAGS = 40
MAX_TAG_CHARS = 80
MAX_NAME_CHARS = 80  # of a publisher or section
MAX_URL_CHARS = 2_000

_PUBLISHERS = {"og:site_name": 0.85, "dc.publisher": 0.6, "dcterms.publisher": 0.6, "publisher": 0.55,
               "application-name": 0.55, "apple-mobile-web-app-title": 0.4, "copyright": 0.2}  # fmt: skip
_SECTIONS = {"article:section": 0.85, "parsely-section": 0.8, "cxenseparse:section": 0.7, "section": 0.6,
             "sailthru.section": 0.6, "category": 0.5, "dc.subject": 0.3}  # fmt: skip
_TAGS = {"article:tag": 0.9, "parsely-tags": 0.8, "news_keywords": 0.8, "sailthru.tags": 0.7, "keywords": 0.6}
_LANGUAGES = {"og:locale": 0.65, "content-language": 0.5, "dc.language": 0.6, "dcterms.language": 0.6, "language": 0.5,
              "inlanguage": 0.6}  # fmt: skip
_IMAGES = {"og:image": 0.85, "og:image:url": 0.85, "og:image:secure_url": 0.8, "twitter:image": 0.7,
           "twitter:image:src": 0.7, "parsely-image-url": 0.6}  # fmt: skip
_SPACE = re.compile(r"\s")
_CODE = re.compile(r"([a-zA-Z]{2,3})(?:[-_].*)?")
# Codes of countries, old codes and codes of three letters that pages use for a language.
_MEANT = {
    "cz": "cs", "dk": "da", "gr": "el", "iw": "he", "in": "id", "jp": "ja", "kr": "ko", "cn": "zh", "ua": "uk",
    "nb": "no", "nn": "no", "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "dut": "nl", "jpn": "ja", "zho": "zh", "chi": "zh", "rus": "ru", "tur": "tr",
}  # fmt: skip
_TIERS = {"free": False, "locked": True, "metered": True, "premium": True, "paid": True, "subscriber": True}


def publisher(seen: Seen, graph: Graph) -> Fused[str] | None:
    """The outlet's name as it calls itself."""

    def claims() -> Iterator[Claim[str]]:
        for name, weight in _PUBLISHERS.items():
            for text in seen.metas.get(name, ())[:1]:
                yield Claim(text, name, weight, "meta")
        for text in graph.texts(graph.article.get("publisher"))[:1]:
            yield Claim(text, "json-ld", 0.8, "json-ld")
        for node in graph.of_type("WebSite")[:1]:
            for text in graph.texts(node.get("name"))[:1]:
                yield Claim(text, "json-ld", 0.7, "json-ld")

    found = (claim for claim in claims() if _is_name(claim.value))
    return _best(fuse(found, lambda name: fold(name).removeprefix("the ")))


def section(seen: Seen, graph: Graph) -> Fused[str] | None:
    """The part of the outlet that the article stands in."""

    def claims() -> Iterator[Claim[str]]:
        for name, weight in _SECTIONS.items():
            for text in seen.metas.get(name, ())[:1]:
                yield Claim(text, name, weight, "meta")
        for text in graph.texts(graph.article.get("articleSection"))[:1]:
            yield Claim(text, "json-ld", 0.8, "json-ld")
        for text in seen.items.get("articleSection", ())[:1]:
            yield Claim(text, "microdata", 0.7, "microdata")

    return _best(fuse((claim for claim in claims() if _is_name(claim.value)), fold))


def tags(seen: Seen, graph: Graph) -> Fused[tuple[str, ...]] | None:
    """The most reliable list of keywords; lists are not mixed."""

    def claims() -> Iterator[Claim[tuple[str, ...]]]:
        for name, weight in _TAGS.items():
            if found := _tags(seen.metas.get(name, ())):
                yield Claim(found, name, weight, "meta")
        if found := _tags(graph.texts(graph.article.get("keywords"))):
            yield Claim(found, "json-ld", 0.75, "json-ld")
        if found := _tags(seen.items.get("keywords", ())):
            yield Claim(found, "microdata", 0.6, "microdata")

    return _best(fuse(claims(), lambda tags: frozenset(map(fold, tags))))


def _tags(values: Iterable[str]) -> tuple[str, ...]:
    """Tags of a list, or of one text divided by commas or semicolons; each once, in order."""
    values = list(values)
    if len(values) == 1:
        values = re.split(r"\s*[,;，、]\s*", values[0])
    found = {fold(tag): tag.strip() for tag in reversed(values) if fold(tag) and len(tag) <= MAX_TAG_CHARS}
    return tuple(reversed(found.values()))[:MAX_TAGS]


def language(seen: Seen, graph: Graph) -> Fused[str] | None:
    """ISO 639-1; region and script are left out."""

    def claims() -> Iterator[Claim[str]]:
        yield Claim(seen.language, "html lang", 0.65, "html")
        for name, weight in _LANGUAGES.items():
            for text in seen.metas.get(name, ())[:1]:
                yield Claim(text, name, weight, "meta")
        for text in graph.texts(graph.article.get("inLanguage"))[:1]:
            yield Claim(text, "json-ld", 0.7, "json-ld")

    coded = (claim._replace(value=code) for claim in claims() if (code := language_code(claim.value)))
    return _best(fuse(coded, str))


def language_code(text: str) -> str | None:
    """The ISO 639-1 code that a language tag begins with.

    >>> language_code("de-AT"), language_code("en_US"), language_code("jp"), language_code("English")
    ('de', 'en', 'ja', None)
    """
    found = _CODE.fullmatch(text.strip()[:20])
    code = found[1].lower() if found else ""
    code = _MEANT.get(code, code)
    return code if len(code) == 2 else None


def canonical_url(seen: Seen, graph: Graph, url: str | None) -> Fused[str] | None:
    """The address that the page gives as its own, absolute."""

    def claims() -> Iterator[Claim[str]]:
        for text in seen.links.get("canonical", ())[:1]:
            yield Claim(text, "link canonical", 0.9, "link")
        for text in seen.metas.get("og:url", ())[:1]:
            yield Claim(text, "og:url", 0.75, "meta")
        for text in graph.texts(graph.article.get("mainEntityOfPage"), "@id")[:1]:
            yield Claim(text, "json-ld", 0.6, "json-ld")

    full = (claim._replace(value=address) for claim in claims() if (address := absolute(claim.value, url)))
    return _best(fuse((claim for claim in full if _is_page(claim.value, url)), lambda address: address.rstrip("/")))


def image(seen: Seen, graph: Graph, url: str | None) -> Fused[str] | None:
    """The address of the lead image, absolute."""

    def claims() -> Iterator[Claim[str]]:
        for name, weight in _IMAGES.items():
            for text in seen.metas.get(name, ())[:1]:
                yield Claim(text, name, weight, "meta")
        for text in graph.texts(graph.article.get("image"), "url")[:1]:
            yield Claim(text, "json-ld", 0.75, "json-ld")
        for text in seen.links.get("image_src", ())[:1]:
            yield Claim(text, "link image_src", 0.6, "link")

    full = (claim._replace(value=address) for claim in claims() if (address := absolute(claim.value, url)))
    return _best(fuse(full, lambda address: address.split("?")[0]))


def paywalled(seen: Seen, graph: Graph) -> Fused[bool] | None:
    """Whether the page says that its article must be paid for; None where it says nothing."""

    def claims() -> Iterator[Claim[bool]]:
        parts = graph.follow_all(graph.article.get("hasPart"))
        for value in [graph.article.get("isAccessibleForFree"), *(part.get("isAccessibleForFree") for part in parts)]:
            if (free := _truth(value)) is not None:
                yield Claim(not free, "json-ld", 0.9 if not free else 0.8, "json-ld")
        for text in seen.items.get("isAccessibleForFree", ())[:1]:
            if (free := _truth(text)) is not None:
                yield Claim(not free, "microdata", 0.8, "microdata")
        for name in ("article:content_tier", "content_tier", "og:article:content_tier"):
            for text in seen.metas.get(name, ())[:1]:
                if (paid := _TIERS.get(text.lower())) is not None:
                    yield Claim(paid, name, 0.8, "meta")

    return _best(fuse(claims(), bool))


def _truth(value: object) -> bool | None:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(
        str(value).strip().lower().rsplit("/", 1)[-1]
    )


def absolute(address: str, url: str | None) -> str | None:
    """A web address made absolute; None for what is none."""
    address = address.strip()
    if not address or len(address) > MAX_URL_CHARS or _SPACE.search(address):
        return None
    try:
        full = urljoin(url or "", address)
        parts = urlsplit(full)
        return full if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # such as a bad port or an unclosed bracket
        return None


def _is_page(address: str, url: str | None) -> bool:
    """Not the bare site, which badly set up pages name as the canonical address of each article."""
    path = urlsplit(address).path.strip("/")
    return bool(path) or bool(urlsplit(address).query) or not url or not urlsplit(url).path.strip("/")


def _is_name(text: str) -> bool:
    return bool(fold(text)) and len(text) <= MAX_NAME_CHARS and not text.startswith(("http:", "https:", "//", "@", "/"))


def _best(fused: list[Fused[T]]) -> Fused[T] | None:
    return fused[0] if fused else None
