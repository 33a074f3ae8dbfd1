"""The page's title as the first line, plain or with publisher and date behind it.

Spared: a lede or a subheading that opens the body. A plain first line is taken for the title only
if it looks like a headline, a paragraph follows, and the body speaks of the same things. In a text
without other noise it goes only if another witness accuses it, since a body may begin with a heading. A title
in front matter proves no more there: an earlier cleaning may have read it from the line that it left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cleaner.data import Confidence, Finding
from cleaner.detect.page import Page
from cleaner.text.lines import ends_sentence, width
from cleaner.text.titles import split_title
from cleaner.text.words import stems

ID = "heuristic-title-line"
CATEGORY = "title-line"
MESSAGE = "The page's title as first line; the title is metadata, not body."

MAX_ABOVE = 8  # blocks above the article among which a headline with a byline below it can stand
SIGNED = ("byline", "timestamp", "reading-time")  # categories of rules for what stands below a headline
FIRST_BLOCKS = 4  # blocks among which the title can stand
MIN_WORDS, MAX_WIDTH = 4, 110  # Latin letters; 98 % of the titles of the dev pages are shorter
LEDE_WIDTH, LEDE_ARTICLES = 75, 2  # a line so long with so many articles is a lede that lacks its full stop
MIN_PARAGRAPHS = 3  # with less of an article, its words prove nothing
MIN_SENTENCE = 40  # Latin letters; a shorter line with a full stop proves nothing
MIN_SHARED, MIN_SHARE = 2, 0.5  # content stems that a plain title has in common with the body, and their share
MIN_DENSE_SHARE = 0.35  # where stems are pairs of characters, of which many straddle words

_WORDS = re.compile(r"\w+")
_ARTICLES = re.compile(
    r"\b(?:an?|the|ein(?:e[nmrs]?)?|der|die|das|dem|den|des|el|las?|los|una?|les?|une|il|gli|uno|os?|um|uma|het|een)\b",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Finding]:
    """A finding for the title, with the fields title, publisher and date."""
    lines = _first_lines(page)
    title = page.title if page.has_noise or not page.title_may_stay else None
    for n in lines:
        line = page.blocks[n].text
        if title and _same(line, title):
            yield page.accuse(n, ID, CATEGORY, "the title as the metadata has it", confidence="high")
            return
        if parts := split_title(line, partial(_is_foreign, page, n)):
            fields = {name: _printed(page, n, value) for name, value in parts._asdict().items() if value}
            evidence = "a title with its " + " and ".join(name for name in fields if name != "title")
            yield page.accuse(n, ID, CATEGORY, evidence, confidence="high", fields=fields)
            return
    if not title:
        plain = list(_plain(page, lines[0])) if lines else []
        yield from plain or _above_byline(page)


def _plain(page: Page, first: int) -> Iterator[Finding]:
    """A finding for a first line that is a title without publisher or date."""
    line = page.blocks[first].text
    prose = sum(page.blocks[n].role == "paragraph" for n in page.core)
    if prose >= MIN_PARAGRAPHS and looks_like_headline(line) and _is_followed_by_prose(page, first):
        shared, total = page.shared(first)
        if _is_enough(line, shared, total):
            evidence = f"a headline that shares {shared} of {total} words with the body"
            fields = {"title": _printed(page, first, line)}
            yield page.accuse(first, ID, CATEGORY, evidence, action="extract", fields=fields)
            confidence: Confidence = "medium" if page.has_noise else "low"
            yield page.accuse(first, ID, CATEGORY, evidence, confidence=confidence, fields=fields)


def _above_byline(page: Page) -> Iterator[Finding]:
    """A finding that reads the title, and takes nothing, from a headline with a byline or a date between it and the
    article: in the dump of a page, a menu stands above them."""
    start = page.core.start
    above = range(max(0, start - MAX_ABOVE), start)
    signed = [n for n in above if any(finding.category in SIGNED for finding in page.accused.get(n, ()))]
    for n in range(above.start, signed[-1] if signed else above.start):
        block = page.blocks[n]
        if n in page.dropped or n - 1 in signed or block.role == "list-item" or not looks_like_headline(block.text):
            continue  # right below a byline stands what its author is
        shared, total = page.shared(n)
        if _is_enough(block.text, shared, total):
            evidence = f"a headline above the byline that shares {shared} of {total} words with the body"
            fields = {"title": _printed(page, n, block.text)}
            yield page.accuse(n, ID, CATEGORY, evidence, action="extract", fields=fields)
            return


def _is_enough(line: str, shared: int, total: int) -> bool:
    """Whether a headline has words enough in common with the body."""
    share = MIN_DENSE_SHARE if width(line) > 1.5 * len(line) else MIN_SHARE
    return shared >= MIN_SHARED and shared >= share * total


def _first_lines(page: Page) -> list[int]:
    """The blocks before the first paragraph, among the first few, that no rule takes."""
    found: list[int] = []
    for n, block in enumerate(page.blocks):
        if n in page.dropped:
            continue
        question = not found and block.text.endswith(("?", "？")) and looks_like_headline(block.text)
        if (block.role == "paragraph" and not question) or len(found) == FIRST_BLOCKS:
            break
        if block.role != "list-item":
            found.append(n)
    return found


def _is_foreign(page: Page, n: int, part: str) -> bool:
    """Whether the article speaks of no word of a part of block `n`."""
    words = stems(part)
    return bool(words) and len(page.unknown(words, n)) == len(words)


def first_line(page: Page) -> int | None:
    """The first block that no rule takes, among the first few."""
    lines = _first_lines(page)
    return lines[0] if lines else None


def looks_like_headline(line: str) -> bool:
    """Whether a line has the form of a headline: some words, not long, no full stop, nothing left open."""
    words = len(_WORDS.findall(line))
    size = width(line)
    if size > MAX_WIDTH or line.endswith((",", ";", ":")):
        return False
    if size >= LEDE_WIDTH and ": " not in line and len(_ARTICLES.findall(line)) >= LEDE_ARTICLES:
        return False
    enough = words >= MIN_WORDS or size - len(line) > 8
    return enough and (not ends_sentence(line) or line.rstrip("\"'”’»)").endswith(("?", "!", "？", "！")))


def _is_followed_by_prose(page: Page, n: int) -> bool:
    """Whether a paragraph comes next, or a lede of some length and then a paragraph."""
    later = [m for m in range(n + 1, len(page.blocks)) if m not in page.dropped][:2]
    if not later:
        return False
    lede = page.blocks[later[0]]
    if lede.role == "paragraph" or width(lede.text) > MAX_WIDTH:
        return True
    if width(lede.text) < MIN_SENTENCE:
        return False
    before_prose = page.blocks[later[-1]].role == "paragraph" and bool(page.stems(n) & page.stems(later[0]))
    return before_prose or not looks_like_headline(lede.text)


def _printed(page: Page, n: int, part: str) -> str:
    """A part of the block's view as the text has it, typographic apostrophes and all."""
    block = page.blocks[n]
    start = block.start + block.text.rindex(part)
    return page.text[start : start + len(part)]


def _same(line: str, title: str) -> bool:
    return _WORDS.findall(line.casefold()) == _WORDS.findall(title.casefold())
