"""Who wrote the article: people, and agencies apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.html.claims import Claim, Fused, fuse
from cleaner.html.jsonld import Graph
from cleaner.html.place import Mark, Place
from cleaner.html.seen import Seen
from cleaner.html.texts import collapsed, pieces
from cleaner.html.tree import Tree
from cleaner.html.words import fold
from cleaner.text.names import has_role, is_agency, split_agencies, split_people

Names = tuple[str, ...]

NOT_PEOPLE = "not people"  # a family of claims: what stands where names do, but holds none
MAX_GAP = 5  # elements between two authors of one byline
NEAR_BY = 30  # elements around the heading in which a line that begins like a byline most likely is one
_METAS = {
    "author": 0.65, "article:author": 0.65, "og:article:author": 0.6, "parsely-author": 0.75, "sailthru.author": 0.75,
    "dc.creator": 0.7, "dcterms.creator": 0.7, "citation_author": 0.85, "article:author_name": 0.75, "byl": 0.75,
    "cxenseparse:author": 0.7, "twitter:data1": 0.5, "creator": 0.5, "authors": 0.7, "byline": 0.7, "dc.author": 0.7,
    "article.author": 0.7, "shareaholic:article_author_name": 0.7, "mediator_author": 0.75, "rnews:creator": 0.7,
}  # fmt: skip
_WITNESSES = {"microdata": 0.75, "rel author": 0.7, "byline": 0.65, "author link": 0.55}
SURE = 0.7  # a weight; below it the lines around the heading are read, too
LEAST = 0.2  # of confidence; below it stand names of comments and of other articles
_BY_BONUS = 0.12  # "by" before the name
_ORGANISATIONS = ("organization", "corporation", "newsmediaorganization", "organisation")

_BY = (
    r"(?:(?:written|posted|published|reported|story|words|article|escrito|publicado|geschrieben|ein \w+|an? \w+)\s+)?"
    r"(?:by|von|por|par|di|door|av|af|автор|autor(?:in|en|es)?(?:/\w+)?|auteure?|authors?|texte?|words|writer)"
)
_LONE_BY = re.compile(rf"(?i)\s*{_BY}\s*:?\s*$|^\s*(?:written|posted|published|escrito|geschrieben)\s*:?\s*$")
_BEGINS_BY = re.compile(
    r"(?:(?i:written|posted|published|reported|story|words|text|article)\s)?(?:By|BY|Von|VON|Por|POR|Par|PAR|Door|Av|Af)\s"
    r"|(?i:written|posted|published|reported|words|story) by\s"
    r"|(?i:by|von|author|autor|autorin|text|words|writer|автор)\s?:\s?"
)
_SMALL_BY = re.compile(r"(?:by|von|por|par) (?=[^\W\d_a-z])")
_LABEL = re.compile(
    r"(?i)(?:written|posted|geschrieben|escrito) (?:by|von|por)\b|(?:author|autor(?:in)?)(?:[/(]\w+\)?)?\s*:?\s*$"
)
_CONJUNCTION = re.compile(r"(?i)[,;|/•·&+\s]*(?:and|und|y|e|et|en|och|og|&|with|mit)?[,;|/•·&+\s]*$")
_STOPS = re.compile(
    r"\d|@|(?i:updat|publish|posted on|aktualis|min(?:ute)?s? read|share|follow|comment|subscribe|about the|read more"
    r"|edited|reviewed|fact.?check|photo|illustrat|image|foto|view all|more from|join|sign)"
)
_NOBODY = frozenset(
    "the our by staff team teams editors editor editorial admin administrator news newsroom desk author authors guest"
    " writer writers reporter reporters contributor contributors redaktion rédaction redacción redazione redactie"
    " user anonymous unknown none null undefined user1 webmaster root wordpress blog super online community"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun".split()
)
_NO_NAMES = frozenset(
    "bio login log profile website member members strategy marketing insights guide guides category articles posts post"
    " newsletter view home contact privacy policy terms business finance health technology lifestyle culture politics"
    " says more full all about blog news email twitter facebook youtube linkedin instagram disclosure affiliate"
    " advertiser text link event type name first last your industry product products services".split()
)
_ADDRESS = re.compile(r"https?:|www\.|@|^[\d\W]+$|[{}<>_=#]| (?:by|von|por) ")
_LOWER_NAME = re.compile(r"[^\W\d_]{2,}(?:[ -][^\W\d_]{2,}){1,2}")


class Authors(NamedTuple):
    """Who the page names, each None where it names none.

    `organisation` is a newsroom or company as the author, or else an agency that is named as such and nobody beside it.
    """

    people: Fused[Names] | None
    organisation: Fused[Names] | None
    agencies: Fused[Names] | None


def authors(seen: Seen, place: Place, graph: Graph, sites: frozenset[str]) -> Authors:
    """Who the page names, people in reading order; `sites` are folded names of the site, which is nobody."""
    told = [*_head(seen, graph), *_visible(place)]
    if max((claim.weight for claim in told if claim.family != "meta"), default=0.0) < SURE:
        told += _lines(place)
    people = _best(_people(claim, sites) for claim in told) or _best(_people(c, sites) for c in _anywhere(place))
    agencies = _best(_agencies(claim) for claim in told)
    organisation = _best(_organisations(claim) for claim in told)
    if agencies and organisation and fold(organisation.value[0]) in sites:
        organisation = None  # then the outlet took the article over from the agency
    return Authors(people, organisation or _best(map(_wires, told)), agencies)


def _best(claims: Iterable[Claim[Names]]) -> Fused[Names] | None:
    fused = fuse((claim for claim in claims if claim.value), _key, lambda part, whole: _key(part) < _key(whole))
    return fused[0] if fused and fused[0].confidence >= LEAST else None


def _key(names: Names) -> frozenset[str]:
    return frozenset(fold(name) for name in names)


def _head(seen: Seen, graph: Graph) -> Iterator[Claim[Names]]:
    """What JSON-LD and meta elements print, not read yet."""
    for key, weight in (("author", 0.85), ("creator", 0.6)):
        named = graph.named(graph.article.get(key))
        if named:
            organisations = all(any(kind.lower() in _ORGANISATIONS for kind in kinds) for _, kinds in named)
            yield Claim(tuple(name for name, _ in named), "json-ld", weight - 0.4 * organisations, "json-ld")
    for name, weight in _METAS.items():
        if values := seen.metas.get(name):
            yield Claim(tuple(values[:30]), name if ":" in name or "." in name else f"meta {name}", weight, "meta")


def _people(claim: Claim[Names], sites: frozenset[str]) -> Claim[Names]:
    if claim.family == NOT_PEOPLE:
        return claim._replace(value=())
    read = _structured if claim.family != "visible" else split_once
    names = (name for text in claim.value for name in read(text) if fold(name) not in sites)
    return claim._replace(value=tuple(dict.fromkeys(names)))


def _organisations(claim: Claim[Names]) -> Claim[Names]:
    """The first name that is short and more than a general word for a newsroom."""
    for text in claim.value:
        name = _without_by(text).split(", ")[0]
        words = fold(name).split()
        if not words or len(words) > 6 or len(name) > 60 or is_agency(name) or _NOBODY.issuperset(words):
            continue
        if not _ADDRESS.search(name) and not _STOPS.search(name) and not _LONE_BY.match(name):
            return claim._replace(value=(name,))
    return claim._replace(value=())


def _without_by(text: str) -> str:
    found = _BEGINS_BY.match(text)
    return " ".join(text[found.end() if found else 0 :].split()).strip(" ,;|·•-–—")


def _agencies(claim: Claim[Names]) -> Claim[Names]:
    return claim._replace(value=tuple(dict.fromkeys(name for text in claim.value for name in split_agencies(text))))


def _wires(claim: Claim[Names]) -> Claim[Names]:
    """The agencies where nothing but agencies is named."""
    names = tuple(dict.fromkeys(map(_without_by, claim.value)))
    return claim._replace(value=names if all(map(is_agency, names)) else ())


@functools.lru_cache(maxsize=4096)
def split_once(text: str) -> Names:
    """`split_people`, remembered: the same names come from several sources of a page."""
    return tuple(split_people(text[:400]))


def _structured(text: str) -> Names:
    """The names in a field that holds nothing else: also those in lower case."""
    names = _full(text, split_once(text))
    return names or ((text.strip(),) if text.islower() and _LOWER_NAME.fullmatch(text.strip()) else ())


def _full(text: str, names: Names) -> Names:
    """The names without single words that were cut out of more: "The Herald, Oslo, Norway", "Human in the Loop"."""
    if len(text.split()) < 3:
        return names
    return tuple(name for name in names if " " in name or not name.isascii() or not name.istitle())


def _visible(place: Place) -> Iterator[Claim[Names]]:
    """What readers see; the names of one byline in several elements are put together."""
    for witness, weight in _WITNESSES.items():
        group: list[str] = []
        last: Mark | None = None
        best = 0.0
        for mark in place.marks(witness):
            factor = (0.4 if mark.aside else 1.0) * (1.0 if mark.near else 0.6)
            names, by = names_of(mark.texts, single=witness in ("rel author", "microdata"))
            if not names:
                if len(mark.texts) <= 2 and not mark.aside:
                    yield Claim(mark.texts[-1:], witness, weight * factor, NOT_PEOPLE)
                continue
            if group and not by:
                names = tuple(name for name in names if not _is_role(name, mark.texts))
            if last is not None and (mark.at - last.at > MAX_GAP or mark.aside != last.aside):
                yield Claim(tuple(dict.fromkeys(group)), witness, best, "visible")
                group, best = [], 0.0
            group += names
            best = max(best, (weight + _BY_BONUS * by) * factor)
            last = mark
        if group:
            yield Claim(tuple(dict.fromkeys(group)), witness, best, "visible")


def _begins(element: Tree, line: str) -> bool:
    """Whether the element begins with the line, which else stands behind it, in the middle of something."""
    return collapsed((element.text or "").strip()) == line


def _is_role(name: str, texts: Iterable[str]) -> bool:
    """Whether what looks like a name begins a job: "Former Riverton" in "Former Riverton Consultant"."""
    return any(name in text and has_role(text.partition(name)[2].partition(",")[0]) for text in texts)


def _lines(place: Place) -> Iterator[Claim[Names]]:
    """Lines around the heading that begin like a byline."""
    for at, line, element in place.lines():
        texts: Iterable[str] = ()
        if _LONE_BY.match(line):
            around = element.getparent()
            texts = pieces(around) if around is not None else ()
        elif _BEGINS_BY.match(line):
            texts = (line,)
        elif (
            _SMALL_BY.match(line)
            and abs(at - place.at) <= NEAR_BY
            and (element.text or "").lstrip().startswith(line[:4])
        ):
            texts = (line[0].upper() + line[1:],)
        names, by = names_of(tuple(texts)[:8])
        if names and by:
            yield Claim(names, "by", 0.65 if abs(at - place.at) <= NEAR_BY else 0.45, "visible")


def _anywhere(place: Place) -> Iterator[Claim[Names]]:
    """Labels of authors in the whole page, such as a list of facts at its end; they count little."""
    for _, line, element in place.all_lines():
        if _LABEL.match(line) and (around := element.getparent()) is not None:
            names, by = names_of(tuple(pieces(around)[:8]))
            if names and by:
                yield Claim(names, "by", 0.4, "visible")


@functools.lru_cache(maxsize=4096)
def names_of(texts: tuple[str, ...], *, single: bool = False) -> tuple[Names, bool]:
    """The names in a byline's pieces, and whether "by" or its like stands before them.

    `single` lets one word be a name also without "by". What follows the names (roles, dates, a life in three
    sentences) is left out.

    >>> names_of(("Guide", "by", "Jane Doe", ", and", "John Roe", "Former Deputy Editor", "Mar 6"))
    (('Jane Doe', 'John Roe'), True)
    """
    for n, text in enumerate(texts):
        if _LONE_BY.match(text):
            if n and not (behind := _run(texts[n + 1 :], single=True)):
                break  # "Jane Doe", "Writer": a role behind its name
            return behind if n else _run(texts[1:], single=True), True
        if _BEGINS_BY.match(text):
            rest = text[_BEGINS_BY.match(text).end() :]  # type: ignore[union-attr]
            return _run((rest, *texts[n + 1 :]), single=True), True
    for n in range(min(6, len(texts))):
        if names := _run(texts[n:], single=single):
            return names, False
    return (), False


def _run(texts: tuple[str, ...], *, single: bool) -> Names:
    found: list[str] = []
    for text in texts[:12]:
        if _CONJUNCTION.match(text):
            continue
        if _STOPS.search(text) and not (found == [] and split_once(_STOPS.split(text)[0])):
            break
        if found and has_role(text) and not text.startswith(","):
            break
        names = [name for name in _full(text, split_once(text)) if _is_name(name, single=single and not found)]
        if not names:
            break
        found += names
    return tuple(dict.fromkeys(found))


def _is_name(name: str, *, single: bool) -> bool:
    """Whether a name in a byline is likely one: of two words at least, or alone where nothing else is expected."""
    words = name.lower().split()
    return (len(words) > 1 or single or not name.isascii()) and _NO_NAMES.isdisjoint(words)
