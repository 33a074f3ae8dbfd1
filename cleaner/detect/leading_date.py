"""A date that a scraper put before the text: `date 2024-11-18`, or a date alone on the first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.data import Finding, Span
from cleaner.detect.page import Page
from cleaner.text.dates import date_span, prefers_day_first

ID = "heuristic-leading-date"
CATEGORY = "date-line"
MESSAGE = "A date before the text: a field of the scraper's, or a line of its own."

FIRST_BLOCKS = 4  # blocks among which a date line can lead
FIELD_BLOCKS = 2  # blocks that a date field can begin: the first, or the one below the title
MAX_CHARS = 60

_FIELD = re.compile(
    r"(?:(?:pub(?:lish(?:ed)?)?[ _-]?)?(?:date|datum|fecha|data)|published|datetime|timestamp)\s*[:=]?\s+"
    r"(?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)(?=\s|$)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_REST = re.compile(r"[\s\d:.,|/()–—-]*(?:uhr|h|am|pm|[a-z]{2,4}T|UTC|GMT)?[\s.]*", re.IGNORECASE)


def find(page: Page) -> Iterator[Finding]:
    """A finding for the scraper's date field, or for a line that is nothing but a date."""
    for n, block in enumerate(page.blocks[:FIRST_BLOCKS]):
        if n < FIELD_BLOCKS and (match := _FIELD.match(block.text)):
            span = Span(block.start, block.start + match.end())
            fields = {"date": match["date"]}
            yield page.accuse(
                n, ID, CATEGORY, "a date field", span=span, action="strip-span", confidence="high", fields=fields
            )
        elif block.role == "paragraph":
            return
        elif len(block.text) <= MAX_CHARS and _DIGIT.search(block.text) and (found := _whole_date(page, block.text)):
            yield page.accuse(n, ID, CATEGORY, "a date alone on its line", fields={"date": found})


def _whole_date(page: Page, line: str) -> str | None:
    found = date_span(line, day_first=prefers_day_first(page.language, None, page.url))
    if found is None:
        return None
    start, end, _ = found
    before, after = line[:start].strip(" ,|-–—·•"), line[end:]
    weekday = before.isalpha() and len(before) <= 12
    return line if (not before or weekday) and _REST.fullmatch(after) else None
