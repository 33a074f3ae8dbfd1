"""Headlines of other stories after the article: a run of lines that share hardly a word with it.

Spared: subheadings (a paragraph follows them), lists that the text announces, a last line that lacks
its full stop, results and names that the body speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.detect.title_line import looks_like_headline
from cleaner.text.lines import ends_sentence, width

ID = "heuristic-unrelated-headline"
CATEGORY = "unrelated-headline"
MESSAGE = "Headlines of other stories after the end of the article."

MIN_PARAGRAPHS = 3  # with less of an article, nothing can be said to be foreign to it
MAX_WIDTH = 260  # Latin letters of a headline or teaser
MAX_SHARE = 0.34  # of a line's content stems, those that the article may share with it
MAX_RUN_SHARE = 0.25  # the same over the whole run
MIN_STEMS = 3


def find(page: Page) -> Iterator[Finding]:
    """A finding for each line of the run at the end."""
    run = _run(page)
    if not run or sum(page.blocks[n].role == "paragraph" for n in page.core) < MIN_PARAGRAPHS:
        return
    counts = [page.shared(n) for n in run]
    shared, total = sum(s for s, _ in counts), sum(t for _, t in counts)
    if total < MIN_STEMS or shared > MAX_RUN_SHARE * total:
        return
    for place, (n, (own, of)) in enumerate(zip(run, counts, strict=True), 1):
        evidence = f"shares {own} of {of} words with the article, {place} of a run of {len(run)}"
        yield page.accuse(n, ID, CATEGORY, evidence)


def _run(page: Page) -> list[int]:
    """The headline-like, foreign lines at the document's end, rules' blocks passed over."""
    run: list[int] = []
    for n in range(len(page.blocks) - 1, -1, -1):
        if n in page.dropped:
            continue
        if not _is_foreign_headline(page, n):
            break
        run.append(n)
    while run and _is_announced(page, run[-1]):
        run.pop()
    return run[::-1]


def _is_foreign_headline(page: Page, n: int) -> bool:
    block = page.blocks[n]
    if block.role == "list-item" or width(block.text) > MAX_WIDTH:
        return False
    if ends_sentence(block.text) and not looks_like_headline(block.text):
        return False
    shared, total = page.shared(n)
    return shared <= max(MAX_SHARE * total, total < MIN_STEMS)


def _is_announced(page: Page, n: int) -> bool:
    """Whether the line before ends with a colon: what follows belongs to it."""
    return n > 0 and page.blocks[n - 1].text.endswith((":", "："))
