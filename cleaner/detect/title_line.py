"""The page's title as the first line, plain or with publisher and date behind it.

Spared: a lede or a subheading that opens the body. A plain first line is taken for the title only
if it looks like a headline, a paragraph follows, and the body speaks of the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.text.lines import ends_sentence, width
from cleaner.text.titles import split_title

ID = "heuristic-title-line"
CATEGORY = "title-line"
MESSAGE = "The page's title as first line; the title is metadata, not body."

FIRST_BLOCKS = 4  # blocks among which the title can stand
MIN_WORDS, MAX_WIDTH = 4, 150
MIN_SHARED, MIN_SHARE = 2, 0.5  # content stems that a plain title has in common with the body, and their share

_WORDS = re.compile(r"\w+")


def find(page: Page) -> Iterator[Finding]:
    """A finding for the title, with the fields title, publisher and date."""
    first = first_line(page)
    if first is None:
        return
    line = page.blocks[first].text
    if page.title and _same(line, page.title):
        yield page.accuse(first, ID, CATEGORY, "the title as the metadata has it", confidence="high")
    elif parts := split_title(line):
        fields = {name: value for name, value in parts._asdict().items() if value}
        evidence = "a title with its " + " and ".join(name for name in fields if name != "title")
        yield page.accuse(first, ID, CATEGORY, evidence, confidence="high", fields=fields)
    elif not page.title and looks_like_headline(line) and _is_followed_by_prose(page, first):
        shared, total = page.shared(first)
        if shared >= MIN_SHARED and shared >= MIN_SHARE * total:
            evidence = f"a headline that shares {shared} of {total} words with the body"
            yield page.accuse(first, ID, CATEGORY, evidence, fields={"title": line})


def first_line(page: Page) -> int | None:
    """The first block that no rule takes, among the first few."""
    for n in range(min(FIRST_BLOCKS, len(page.blocks))):
        if n not in page.dropped and page.blocks[n].role != "list-item":
            return n
    return None


def looks_like_headline(line: str) -> bool:
    """Whether a line has the form of a headline: some words, not long, no full stop, nothing left open."""
    words = len(_WORDS.findall(line))
    if width(line) > MAX_WIDTH or line.endswith((",", ";", ":")):
        return False
    enough = words >= MIN_WORDS or width(line) - len(line) > 8
    return enough and (not ends_sentence(line) or line.rstrip("\"'”’»)").endswith(("?", "!", "？", "！")))


def _is_followed_by_prose(page: Page, n: int) -> bool:
    later = [m for m in range(n + 1, len(page.blocks)) if m not in page.dropped]
    return bool(later) and page.blocks[later[0]].role == "paragraph"


def _same(line: str, title: str) -> bool:
    return _WORDS.findall(line.casefold()) == _WORDS.findall(title.casefold())
