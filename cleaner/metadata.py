"""Fifth stage: reads the metadata from what the findings named and from what the input stated.

What the input states wins; then the fields of findings, in reading order. What nobody says is None:
nothing is guessed from a teaser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from cleaner.data import NOTHING, Finding, Metadata
from cleaner.text.dates import parse_date, prefers_day_first
from cleaner.text.names import split_agencies, split_people

_KNOWN = {field.name for field in fields(Metadata)} - {"sources", "extra"}
# Fields beyond the contract: taken as such if they have the type; else they stay what the input called them.
_FURTHER: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("modified", "section", "canonical_url", "image"), lambda value: isinstance(value, str)),
    "tags": lambda value: isinstance(value, list) and all(isinstance(tag, str) for tag in value),
    "paywalled": lambda value: isinstance(value, bool),
}


def metadata(
    stated: Mapping[str, Any],
    findings: Iterable[Finding],
    *,
    language: str | None,
    url: str | None,
    sources: Mapping[str, Mapping[str, Any]] = NOTHING,
) -> Metadata:
    """`findings` are those that stood (removals, and `extract` findings), in reading order.

    `sources` tells which of `stated` a page says, and where. A person whom the text names as its author goes
    before an organisation that the page calls so, and the text's language before the one that the page names.
    """
    found, sources = list(findings), dict(sources)
    publisher = _text(stated.get("publisher")) or next(_fields(found, "publisher"), None)
    language = (language if "language" in sources else None) or _text(stated.get("language")) or language
    url = _text(stated.get("url")) or url
    authors = _list(stated.get("authors")) or _unique(n for v in _fields(found, "author") for n in split_people(v))
    organisations = stated.get("organisations") if "organisations" in sources else None
    if organisations and not authors:
        authors, sources["authors"] = _list(organisations), sources["organisations"]
    further = {name: stated[name] for name, fits in _FURTHER.items() if name in stated and fits(stated[name])}
    gone = {"organisations"} | ({"language"} if language != stated.get("language") else set())
    known = (_KNOWN - _FURTHER.keys()) | further.keys() | (sources.keys() & gone)
    return Metadata(
        title=_text(stated.get("title")) or next(_fields(found, "title"), None),
        authors=authors,
        agencies=_list(stated.get("agencies")) or _agencies(found),
        date=_text(stated.get("date")) or _date(found, language, publisher, url),
        publisher=publisher,
        language=language,
        url=url,
        **further,
        sources={name: source for name, source in sources.items() if name not in gone},
        extra={key: value for key, value in stated.items() if key not in known},
    )


def _agencies(findings: Iterable[Finding]) -> list[str]:
    """Those of credit lines, which name all sources; where there is none, those of datelines inside the body."""
    found = list(findings)
    lines = [finding for finding in found if finding.action != "extract" and "agency" in finding.fields]
    return _unique(name for value in _fields(lines or found, "agency") for name in split_agencies(value))


def _fields(findings: Iterable[Finding], name: str) -> Iterator[str]:
    for finding in findings:
        if value := finding.fields.get(name, "").strip():
            yield value


def _date(findings: Iterable[Finding], language: str | None, publisher: str | None, url: str | None) -> str | None:
    """The first date that can be read; where the order of day and month is unknown, none is guessed."""
    values = list(_fields(findings, "date"))
    day_first = prefers_day_first(language, publisher, url) if values else None
    dates = (parse_date(value, day_first=day_first) for value in values)
    return next((date for date in dates if date), None)


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _unique(values: Iterable[str]) -> list[str]:
    """The values in order, each as it is first printed: one in capitals is no other one."""
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(value.casefold(), value)
    return list(found.values())
