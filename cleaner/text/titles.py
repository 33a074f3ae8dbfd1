"""Cuts the publisher and the date off a page's title: `Headline – Publisher – 18/11/2024`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from cleaner.text.dates import date_span

MAX_PUBLISHER_WORDS = 5
MAX_PUBLISHER_CHARS = 40
MIN_TITLE_WORDS = 3  # "Sport | Publisher" names a section, not an article
MAX_CHARS = 300

_SEPARATOR = re.compile(r" +(?P<mark>[|–—·•»«-]|::|//) +")
_SURE_MARKS = "|·•»«::"
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|de|at|ch|uk|fr|es|it|nl|eu|info|io|tv|news|[a-z]{2})$", re.I)
_LOWER_NAME_WORDS = frozenset(
    "of the and for de la le du des el los las der die das und am im zu y e i et da do a à".split()
)
_ONE_NAME = re.compile(r"[A-Z]{2,6}\d?|[A-Za-z][a-z]*(?:[A-Z][a-z]*)+|[A-Z]{2,}[a-z]+\w*")


class TitleParts(NamedTuple):
    """A title and what stood behind it; None for what did not."""

    title: str
    publisher: str | None
    date: str | None


def split_title(line: str, is_foreign: Callable[[str], bool] = lambda part: False) -> TitleParts | None:
    """The parts of a page's title that names its publisher or date; None if the line names neither.

    `is_foreign` says of a part in capitals behind a mere dash whether the text speaks of it nowhere:
    then it is taken for the publisher even if no outlet of that name is known.

    >>> split_title("Harbour opens after storm – NVR – 18/11/2024")
    TitleParts(title='Harbour opens after storm', publisher='NVR', date='18/11/2024')
    >>> split_title("Budget 3.0 | Council hires forty collectors") is None
    True
    """
    if len(line) > MAX_CHARS:
        return None
    cuts = list(_SEPARATOR.finditer(line))
    date = publisher = None
    end = len(line)
    if cuts and _is_date(line[cuts[-1].end() : end]):
        date = line[cuts[-1].end() : end].strip()
        end = cuts.pop().start()
    sure = bool(date) or (bool(cuts) and cuts[-1]["mark"] in _SURE_MARKS)
    if cuts and _is_publisher(line[cuts[-1].end() : end].strip(), sure, is_foreign):
        publisher = line[cuts[-1].end() : end].strip()
        end = cuts.pop().start()
    title = line[:end].strip()
    if date and _is_date(title):  # from one day to another
        return None
    if (not date and not publisher) or (len(title.split()) < MIN_TITLE_WORDS and len(title) < 16):
        return None
    return TitleParts(title, publisher, date)


def title_end(line: str) -> int:
    """Where a title that ends with its date ends in a longer line; 0 if the line does not begin with one.

    >>> line = "Harbour opens after storm – NVR – 18/11/2024 The harbour opened on Monday."
    >>> line[: title_end(line)]
    'Harbour opens after storm – NVR – 18/11/2024'
    """
    found = date_span(line[:MAX_CHARS], day_first=True)
    if not found or not _SEPARATOR.search(line[: found[0]]) or line[found[1] : found[1] + 1] not in ("", " "):
        return 0
    return found[1] if split_title(line[: found[1]]) else 0


def _is_date(part: str) -> bool:
    """Whether the part is a date and nothing more, a time of day aside."""
    found = date_span(part, day_first=True)
    if found is None or len(part) > MAX_PUBLISHER_CHARS:
        return False
    return not re.search(r"[^\W\d_]{4,}", part[: found[0]] + part[found[1] :])


def _is_publisher(part: str, sure: bool, is_foreign: Callable[[str], bool]) -> bool:
    """Whether the part reads like the name of an outlet; without a sure mark before it, unmistakably so."""
    words = part.split()
    if not words or len(words) > MAX_PUBLISHER_WORDS or len(part) > MAX_PUBLISHER_CHARS or part[-1] in ".!?,;:":
        return False
    if _DOMAIN.fullmatch(part):
        return True
    if any(char in part for char in "?!,;:"):
        return False
    named = all(w != w.lower() or w[0].isdigit() or w in _LOWER_NAME_WORDS for w in words)
    named = named and (part[0].isupper() or bool(_ONE_NAME.fullmatch(words[0])))
    if sure or not named:
        return named
    if (len(words) == 1 and _ONE_NAME.fullmatch(part)) or _is_outlet(words):
        return True
    return words[-1].lower() not in _KINDS and is_foreign(part)


# What stands behind a dash in a headline and is no outlet.
_KINDS = frozenset(
    "kommentar analyse interview video live update liveticker ticker podcast reportage porträt essay gastbeitrag "
    "opinion comment analysis review explainer explained exclusive watch photos pictures recap preview report "
    "opinión análisis entrevista crónica vídeo vivo directo enquête décryptage".split()
)
_OUTLET_WORDS = frozenset(
    """
    news times post herald tribune guardian telegraph journal gazette chronicle observer express mail mirror
    sun star daily weekly today online magazine blog press network radio tv media zeitung anzeiger
    nachrichten kurier rundschau presse blatt tageblatt spiegel allgemeine bote echo merkur le monde figaro
    mundo país diario periódico noticias corriere repubblica gazzetta jornal folha correio dagblad krant
    nieuws aftenposten tidende tidning bladet sanomat wikipedia reuters bloomberg bbc cnn npr
    """.split()
)


def _is_outlet(words: list[str]) -> bool:
    return len(words) <= 4 and any(
        word.lower() in _OUTLET_WORDS or word.lower().endswith(("zeitung", "blatt", "anzeiger", "nachrichten", "news"))
        for word in words
    )
