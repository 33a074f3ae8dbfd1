"""When the article was published and modified: stamps, dates in addresses, and dates that readers see."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Iterator

from cleaner.html.claims import Claim, Fused, fuse
from cleaner.html.jsonld import Graph
from cleaner.html.place import Mark, Place
from cleaner.html.seen import Seen
from cleaner.text.count import has_digit
from cleaner.text.dates import parse_date

FIRST_YEAR = 1990  # pages on the web say nothing true about earlier ones
TRUER = 0.93  # a weight; above that of any stamp
SURE = 0.7  # a weight; below it the data of scripts is looked through

_STAMP = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ]+(\d\d?):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+\-−]\s?\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\s*(1[0-9]{9})(\d{3})?\s*")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_\-.]?(0[1-9]|1[0-2])[/_\-.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_SLASHED = re.compile(r"/((?:19|20)\d\d)/(\d\d?|[a-z]{3,9})/(\d\d?)(?=[/\-])", re.IGNORECASE)
_MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))

_PUBLISHED = {
    "article:published_time": 0.9, "og:published_time": 0.85, "og:article:published_time": 0.85,
    "article:published": 0.85, "datepublished": 0.85,
    "parsely-pub-date": 0.85, "sailthru.date": 0.75, "citation_publication_date": 0.8, "citation_online_date": 0.8,
    "citation_date": 0.7, "dc.date.issued": 0.85, "dcterms.issued": 0.8, "dcterms.created": 0.75,
    "dc.date.created": 0.75, "dc.date.published": 0.8, "dc.date": 0.7, "dcterms.date": 0.7, "dc.created": 0.7,
    "pubdate": 0.8, "publishdate": 0.8, "publish-date": 0.8, "publish_date": 0.8, "publication_date": 0.8,
    "publicationdate": 0.8, "published_date": 0.8, "published-date": 0.8, "published_time": 0.8,
    "article.published": 0.8, "article_date_original": 0.85, "article-publish-date": 0.8,
    "originalpublicationdate": 0.85,
    "displaydate": 0.6, "date": 0.65, "release_date": 0.6, "ptime": 0.7, "cxenseparse:recs:publishtime": 0.8,
    "cxenseparse:publishtime": 0.8, "cxenseparse:recs:articlepublishtime": 0.8, "rnews:datepublished": 0.8,
    "bt:pubdate": 0.8, "shareaholic:article_published_time": 0.8, "created": 0.55, "creation_date": 0.6,
}  # fmt: skip
_PUBLISHED_NAME = re.compile(r"publi(?:sh|ca)|pub-?_?date|issued|posted", re.IGNORECASE)
_MODIFIED = {
    "article:modified_time": 0.85, "og:updated_time": 0.7, "datemodified": 0.8, "article:modified": 0.8,
    "dcterms.modified": 0.8, "dc.date.modified": 0.8, "last-modified": 0.5, "lastmod": 0.6, "modified": 0.6,
    "revised": 0.5, "updated_time": 0.6, "cxenseparse:recs:articlemodifiedtime": 0.7,
}  # fmt: skip


def stamp(text: str, *, day_first: bool | None = None) -> str | None:
    """A date in ISO 8601, with its time and zone where the text has them; None for what is none or out of range.

    >>> stamp("2024-11-18T13:03:00.000+0100"), stamp("Mon, 18 Nov 2024 13:03:00 GMT"), stamp("18/11/2024")
    ('2024-11-18T13:03:00+01:00', '2024-11-18T13:03:00+00:00', '2024-11-18')
    """
    text = text.strip()[:100]
    try:
        if found := _EPOCH.fullmatch(text):
            return _in_range(datetime.datetime.fromtimestamp(int(found[1]), datetime.UTC).isoformat())
        if found := _STAMP.match(text):
            return _in_range(_read(found))
        if re.match(r"[A-Z][a-z]{2}, \d", text) and (parts := email.utils.parsedate_tz(text)):
            zone = datetime.timezone(datetime.timedelta(seconds=parts[9] or 0))
            return _in_range(datetime.datetime(*parts[:6], tzinfo=zone).isoformat())
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    found_date = parse_date(text, day_first=day_first)
    return _in_range(found_date) if found_date else None


def _read(found: re.Match[str]) -> str:
    year, month, day = (int(found[n]) for n in (1, 2, 3))
    date = datetime.date(year, month, day)
    if found[4] is None:
        return date.isoformat()
    time = datetime.time(int(found[4]), int(found[5]), int(found[6] or 0))
    zone = (found[7] or "").upper().replace("−", "-").replace(" ", "").replace(":", "")
    if zone in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    else:
        offset = f"{zone[:3]}:{zone[3:] or '00'}" if zone else ""
    return f"{date.isoformat()}T{time.isoformat()}{offset}"


def _in_range(iso: str) -> str | None:
    return iso if FIRST_YEAR <= int(iso[:4]) <= 2099 else None


def published(seen: Seen, place: Place, graph: Graph, url: str | None, *, day_first: bool | None) -> Fused[str] | None:
    """The day (with time and zone where known) of first publication."""
    claims = list(_published(seen, place, graph, url, day_first))
    if max((claim.weight for claim in claims), default=0.0) < SURE:
        claims += _data(seen)
    claims = claims or list(_anywhere(place, day_first))
    fused = fuse(_earlier(_local(claims)), lambda iso: iso[:10])
    return fused[0] if fused else None


def _earlier(claims: list[Claim[str]]) -> list[Claim[str]]:
    """A plain date beside the heading that is before the only stamp of the head is the older, truer one.

    Site builders stamp a page anew each time that they publish the site; what readers see stays.
    """
    head = [claim for claim in claims if claim.family in ("json-ld", "meta")]
    if len({claim.family for claim in head}) != 1:
        return claims
    first = min(claim.value[:10] for claim in head)
    return [
        claim._replace(weight=TRUER) if claim.family == "visible" and claim.weight >= 0.5 and claim.value[:10] < first
        else claim
        for claim in claims
    ]  # fmt: skip


def modified(seen: Seen, place: Place, graph: Graph, *, day_first: bool | None) -> Fused[str] | None:
    """The day (with time and zone where known) of the last change."""
    fused = fuse(_local(list(_modified(seen, place, graph, day_first))), lambda iso: iso[:10])
    return fused[0] if fused else None


def _local(claims: list[Claim[str]]) -> list[Claim[str]]:
    """Stamps of one instant in the page's own zone: the one that is not UTC, where a source has it."""
    local: dict[float, str] = {}
    for claim in claims:
        instant = _instant(claim.value)
        if instant is not None and not claim.value.endswith("+00:00"):
            local.setdefault(instant, claim.value)
    return [claim._replace(value=local.get(_instant(claim.value) or -1.0, claim.value)) for claim in claims]


def _instant(iso: str) -> float | None:
    """Minutes since 1970; None without time and zone."""
    if len(iso) < 20:
        return None
    try:
        return datetime.datetime.fromisoformat(iso).timestamp() // 60
    except (ValueError, OverflowError):
        return None


def _published(seen: Seen, place: Place, graph: Graph, url: str | None, day_first: bool | None) -> Iterator[Claim[str]]:
    for key, weight in (("datePublished", 0.9), ("dateCreated", 0.6), ("uploadDate", 0.5)):
        for text in graph.texts(graph.article.get(key))[:1]:
            if iso := stamp(text, day_first=day_first):
                yield Claim(iso, "json-ld", weight if graph.is_article else weight - 0.1, "json-ld")
    for name, weight in _PUBLISHED.items():
        for text in seen.metas.get(name, ())[:1]:
            if iso := stamp(text, day_first=day_first):
                yield Claim(iso, name, weight, "meta")
    for name, values in seen.metas.items():
        if name not in _PUBLISHED and _PUBLISHED_NAME.search(name) and (iso := stamp(values[0], day_first=day_first)):
            yield Claim(iso, name, 0.7, "meta")
    yield from _visible(place, day_first)
    for address in [url, *seen.links.get("canonical", ())[:1], *seen.metas.get("og:url", ())[:1]]:
        if address and (iso := url_day(address)):
            yield Claim(iso, "url", 0.7, "url")


_WITNESSES = {
    "microdata datePublished": 0.85, "microdata dateCreated": 0.6, "time": 0.6, "date": 0.55, "time updated": 0.25,
    "updated": 0.25,
}  # fmt: skip
LINE, LINE_ALONE = 0.4, 0.5  # the second for one that holds hardly more than the date
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[./-]\d\d?[./-]\d\d(?!\d)")
_LATER = re.compile(r"updat|modif|edited|aktualis|revis|review|mise? à jour", re.IGNORECASE)


def _visible(place: Place, day_first: bool | None) -> Iterator[Claim[str]]:
    for witness, weight in _WITNESSES.items():
        for mark in place.marks(witness):
            if iso := _first(mark.texts, day_first):
                later = 0.4 if _LATER.search(" ".join(mark.texts)[:60]) and weight > 0.3 else 1.0
                yield Claim(iso, mark.witness, weight * _nearness(mark) * later, "visible")
    for _, line, _ in place.lines():
        if _is_stamp(line) and (iso := stamp(line, day_first=day_first)):
            weight = LINE_ALONE if len(line) <= 30 else LINE
            yield Claim(iso, "line", weight * (0.5 if _LATER.search(line) else 1.0), "visible")


_DATA = re.compile(
    r"""(?:datePublished|publishedAt|published_at|publishedDate|publishDate|publishedOn|publish_date|pubDate"""
    r"""|publicationDate|firstPublished(?:At|Date)?|first_published_at|published_time|publishedTime)"""
    r"""(?:\\?["']|&quot;)?\s?[:=,]\s?(?:\\?["']|&quot;)\s?([^"'\\&<>]{8,40})"""
)
MAX_DATA = 3_000_000  # characters of scripts looked through


def _data(seen: Seen) -> Iterator[Claim[str]]:
    """Dates in the data that a page's scripts build it from; those of several articles count less."""
    found: list[str] = []
    left = MAX_DATA
    for at in seen.hits["script"]:
        text = seen.elements[at].text or ""
        left -= len(text)
        if left < 0 or len(found) > 50:
            break
        found += [iso for value in _DATA.findall(text) if (iso := stamp(value))]
    if found:
        weight = 0.6 if len({iso[:10] for iso in found}) == 1 else 0.3
        yield Claim(found[0], "page data", weight, "data")


def _anywhere(place: Place, day_first: bool | None) -> Iterator[Claim[str]]:
    """Lines of the whole page that hold a date and hardly more."""
    left = 30
    for _, line, _ in place.all_lines():
        if len(line) <= 40 and _YEAR.search(line) and "©" not in line and (iso := stamp(line, day_first=day_first)):
            yield Claim(iso, "line", 0.3, "visible")
        left -= len(line) <= 40 and bool(_YEAR.search(line))
        if not left:
            return


def _is_stamp(line: str) -> bool:
    """Whether a line holds a date, and is no sentence that speaks of one."""
    if len(line) > 60 or not _YEAR.search(line):
        return False
    return len(line.split()) <= (3 if line[-1] in ".!?" else 9)


def _nearness(mark: Mark) -> float:
    return (0.4 if mark.aside else 1.0) * (1.0 if mark.near else 0.6)


def _first(texts: tuple[str, ...], day_first: bool | None) -> str | None:
    for text in texts[:6]:
        if has_digit(text) and (iso := stamp(text, day_first=day_first)):
            return iso
    joined = " ".join(texts)
    return stamp(joined, day_first=day_first) if len(texts) > 1 and len(joined) < 100 else None


def _modified(seen: Seen, place: Place, graph: Graph, day_first: bool | None) -> Iterator[Claim[str]]:
    for text in graph.texts(graph.article.get("dateModified"))[:1]:
        if iso := stamp(text, day_first=day_first):
            yield Claim(iso, "json-ld", 0.85, "json-ld")
    for name, weight in _MODIFIED.items():
        for text in seen.metas.get(name, ())[:1]:
            if iso := stamp(text, day_first=day_first):
                yield Claim(iso, name, weight, "meta")
    for witness, weight in (("microdata dateModified", 0.8), ("time updated", 0.7), ("updated", 0.5)):
        for mark in place.marks(witness):
            if not mark.aside and mark.near and (iso := _first(mark.texts, day_first)):
                yield Claim(iso, witness, weight, "visible")


def url_day(address: str) -> str | None:
    """The day in an address: /2024/11/18/, /2024-11-18-, -20241118.

    >>> url_day("https://example.com/2024/nov/18/harbour"), url_day("https://example.com/a-20241118.html")
    ('2024-11-18', '2024-11-18')
    """
    path = address.split("?", 1)[0][:500]
    for found in (_URL_SLASHED.search(path), _URL_DAY.search(path)):
        if found:
            month = _MONTHS.get(found[2][:3].lower()) or (int(found[2]) if found[2].isdigit() else 0)
            try:
                return _in_range(datetime.date(int(found[1]), month, int(found[3])).isoformat())
            except ValueError:
                continue
    return None
