"""The metadata that gold states, and which of it cleaning got right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cleaner.data import Metadata
from cleaner.measure.shingles import tokens

FIELDS = ("title", "authors", "agencies", "date", "publisher")
DAY = 10  # characters of an ISO 8601 date without its time


@dataclass(frozen=True, slots=True)
class Gold:
    """What should come out: the body, and the fields as far as they are known (None or empty: unknown)."""

    body: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    date: str | None = None
    publisher: str | None = None


def right_fields(gold: Gold, got: Metadata) -> Mapping[str, bool]:
    """For each field that gold states, whether the article has the same; unknown fields are left out.

    Case and punctuation do not count, and of a date only the day does. Authors are compared by the parts
    of their names (of two letters or more) in any order, agencies as a set.
    """
    same = {
        "title": _folded(gold.title) == _folded(got.title),
        "authors": _parts(gold.authors) == _parts(got.authors),
        "agencies": set(map(_folded, gold.agencies)) == set(map(_folded, got.agencies)),
        "date": (gold.date or "")[:DAY] == (got.date or "")[:DAY],
        "publisher": _folded(gold.publisher) == _folded(got.publisher),
    }
    return {name: same[name] for name in FIELDS if getattr(gold, name)}


def _folded(text: str | None) -> str:
    return " ".join(tokens((text or "").lower()))


def _parts(names: Iterable[str]) -> set[str]:
    return {part for name in names for part in tokens(name.lower()) if len(part) > 1}
