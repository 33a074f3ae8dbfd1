"""In the dump of a whole page: what stands outside the article, such as menus, teasers and the footer.

The article is the stretch of lines with the largest sum of weights, where sentences weigh for it and
short lines against it (maximum subsequence segmentation, after Pasternack and Roth 2009). Spared:
every text that is no dump. Rules must have found furniture in many lines, and lines that are no
paragraphs must be many, before anything goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from cleaner.data import Block, Finding
from cleaner.detect.page import Page
from cleaner.text.lines import ends_sentence, width

ID = "heuristic-outside-article"
CATEGORY = "page-furniture"
MESSAGE = "Menus, teasers and footers around the article, in the dump of a whole page."

# On the dev pages, 812 of 926 dumps of all visible text pass these, and 20 of 925 texts of an extractor.
MIN_FURNITURE = 6  # lines that rules remove whole
MIN_LINES = 20
MIN_SHORT = 0.4  # share of the lines that are no paragraphs
MIN_ARTICLE = 3  # paragraphs that the article must hold
LAST = (-1,)  # rank: where another heuristic says what a line is, that stands

PARAGRAPH_BONUS = 60  # on top of a paragraph's characters
LIST_ITEM = -8
PROSE_CHARS = 80  # Latin letters
SHORT_LINE = -25  # of ten sets of weights tried on the dev dumps, the one that lost the least body


def find(page: Page) -> Iterator[Finding]:
    """A finding for each line outside the article that no rule takes."""
    blocks = page.blocks
    if len(blocks) < MIN_LINES or len(page.dropped) < MIN_FURNITURE:
        return
    short = sum(block.role != "paragraph" for block in blocks)
    if short < MIN_SHORT * len(blocks):
        return
    article = _article(page)
    if sum(blocks[n].role == "paragraph" for n in article) < MIN_ARTICLE:
        return
    place = f"lines {article.start + 1} to {article.stop} of {len(blocks)}"
    evidence = f"outside the article ({place}), on a page with {len(page.dropped)} lines of furniture"
    for n in range(len(blocks)):
        if n not in article and n not in page.dropped:
            yield page.accuse(n, ID, CATEGORY, evidence, rank=LAST)


def _article(page: Page) -> range:
    """The blocks from the first to the last of the stretch with the largest sum of weights."""
    best = total = 0
    start = first = stop = 0
    for n, block in enumerate(page.blocks):
        if total <= 0:
            total, start = 0, n
        total += 0 if n in page.dropped else _weight(block)
        if total > best:
            best, first, stop = total, start, n + 1
    after = _sentences(page, range(stop, len(page.blocks)))
    before = _sentences(page, range(first - 1, -1, -1))
    return range(before[-1] if before else first, after[-1] + 1 if after else stop)


def _sentences(page: Page, outwards: range) -> list[int]:
    """The lines at the article's edge that are long enough for a lede or a last line that lost its full stop."""
    kept = (n for n in outwards if n not in page.dropped)
    return list(takewhile(lambda n: width(page.blocks[n].text) >= PROSE_CHARS, kept))


def _weight(block: Block) -> int:
    if block.role == "paragraph":
        return len(block.text) + PARAGRAPH_BONUS
    if ends_sentence(block.text):
        return len(block.text)
    return LIST_ITEM if block.role == "list-item" else SHORT_LINE
