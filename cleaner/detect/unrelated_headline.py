"""Headlines of other stories after the article: a run of lines that share hardly a word with it.

Spared: subheadings (a paragraph follows them), signatures, quotes, lists that the text announces, tables, results and
references (figures or addresses in most lines), a last line that lacks its full stop or takes leave
of the reader, and lines that name what the body speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.detect.title_line import looks_like_headline
from cleaner.text.count import digit_count
from cleaner.text.lines import ends_sentence, width

ID = "heuristic-unrelated-headline"
CATEGORY = "unrelated-headline"
MESSAGE = "Headlines of other stories after the end of the article."

MIN_PARAGRAPHS = 3  # with less of an article, nothing can be said to be foreign to it
MIN_WIDTH = 24  # Latin letters of the widest line of a run; shorter ones are a name and a place below a letter
MAX_WIDTH = 260  # Latin letters of a headline or teaser
MAX_SHARE = 0.34  # of a line's content stems, those that the article may share with it
MAX_SHARE_IN_RUN = 0.67  # the same for a line on top of a run of foreign ones
MAX_RUN_SHARE = 0.3  # the same over the whole run
MIN_RUN = 3  # foreign lines below that let a line count by its company
MIN_STEMS = 3
MAX_FIGURES = 0.08  # digits / characters of a line; beyond it the line is a row of a table or a result ...
MAX_ROWS = 0.5  # ... and beyond this share of such lines the run is a table or a list of results
MIN_STRANGERS = 2  # names unknown to the body that a line without company must hold
MAX_LONE_SHARE = 0.2

_NO_HEADLINE = re.compile(r"https?://|www\.|@|\|.*\||^[(\[].*[)\]]$")
MIN_WORDS = 3  # a shorter line at the run's top may be a signature, a place or a subheading
SENTENCE_WIDTH = 110  # Latin letters; a longer line of two sentences is the article's last, its full stop lost

HEADING_WIDTH = 60

_QUOTE = re.compile(r"[\"“„«»](?!.*[\"”“»«]: )")
_SCORE = re.compile(r"\b\d{1,3} ?[-–:] ?\d{1,3}\b|\b\d{1,3} ?[-–] ?[^\W\d].* \d{1,3}$")
_FIXTURE = re.compile(r"(?:[A-ZÀ-Ž]\S* ?){1,4} ?[-–:] (?:[A-ZÀ-Ž]\S* ?){1,4}")
ROW_FIGURES = 0.12  # digits / characters of a line that is a row by itself
ROW_MARKS = 2  # semicolons, or twice as many commas: a line-up, an ingredient list

_TWO_SENTENCES = re.compile(r"[.!?…][\"'”’»)]* +\S+ +\S")


def find(page: Page) -> Iterator[Finding]:
    """A finding for each line of the run at the end."""
    if sum(page.blocks[n].role == "paragraph" for n in page.core) < MIN_PARAGRAPHS:
        return
    run = _run(page)
    counts = [page.shared(n) for n in run]
    shared, total = sum(s for s, _ in counts), sum(t for _, t in counts)
    if total < MIN_STEMS or shared > MAX_RUN_SHARE * total or _is_list(page, run):
        return
    if len(run) == 1 and not _is_stranger(page, run[0]):
        return
    if all(width(page.blocks[n].text) < MIN_WIDTH for n in run):
        return
    for place, (n, (own, of)) in enumerate(zip(run, counts, strict=True), 1):
        evidence = f"shares {own} of {of} words with the article, {place} of a run of {len(run)}"
        yield page.accuse(n, ID, CATEGORY, evidence)


def _run(page: Page) -> list[int]:
    """The foreign run at the document's end: of the headline-like lines there, the stretch with the most evidence.

    A line that shares little counts for the run, one that shares half counts for nothing, and
    one that shares more counts against it: a run may hold a headline that happens to meet the article.
    """
    tail = _tail(page)
    best, evidence, total = 0, 0.0, 0.0
    for size, n in enumerate(tail, 1):
        total += _weight(page, n)
        if total >= evidence and _is_foreign(page, n, MAX_SHARE if size <= MIN_RUN else MAX_SHARE_IN_RUN):
            best, evidence = size, total
    run = tail[:best]
    while run and (_is_announced(page, run[-1]) or len(page.blocks[run[-1]].text.split()) < MIN_WORDS):
        run.pop()
    if len(run) > 1 and _heads(page, run[-1], run[-2]):
        del run[-2:]
    return run[::-1]


def _tail(page: Page) -> list[int]:
    """The headline-like lines at the end, last first, blocks that rules drop passed over.

    Where a rule names the markup alone, the block may be a form or a button, and no sign that the article has ended.
    """
    tail = []
    for n in range(len(page.blocks) - 1, -1, -1):
        if n in page.by_wording:
            continue
        if n in page.accused or not _is_headline(page, n):
            break
        tail.append(n)
    return tail


def _weight(page: Page, n: int) -> float:
    if _is_foreign(page, n, MAX_SHARE):
        return 1.0
    return 0.0 if _is_foreign(page, n, MAX_SHARE_IN_RUN) else -1.5


def _heads(page: Page, top: int, below: int) -> bool:
    """Whether the run's top is a subheading, and what follows it the article's last line without its full stop."""
    short = width(page.blocks[top].text) <= HEADING_WIDTH
    return short and width(page.blocks[below].text) > SENTENCE_WIDTH and below == top + 1


def _is_headline(page: Page, n: int) -> bool:
    text = page.blocks[n].text
    if page.blocks[n].role == "list-item" or width(text) > MAX_WIDTH or text.endswith((":", ";")):
        return False
    if _NO_HEADLINE.search(text) or _QUOTE.match(text) or is_row(text):
        return False
    if width(text) > SENTENCE_WIDTH and _TWO_SENTENCES.search(text):
        return False
    return not ends_sentence(text) or (looks_like_headline(text) and not _TWO_SENTENCES.search(text))


def _is_foreign(page: Page, n: int, share: float) -> bool:
    """Whether the line shares little with the article; one of few words counts as foreign if it shares none."""
    shared, total = page.shared(n)
    return shared <= share * total if total >= MIN_STEMS else shared == 0


def _is_list(page: Page, run: Sequence[int]) -> bool:
    """Whether the lines are rows of a table or a list of results rather than headlines."""
    lines = [page.blocks[n].text for n in run]
    rows = sum(digit_count(line) > MAX_FIGURES * len(line) for line in lines)
    return len(run) > 2 and rows > MAX_ROWS * len(run)


def _is_stranger(page: Page, n: int) -> bool:
    """Whether a line without company is foreign beyond doubt: names that the body lacks, next to nothing shared."""
    shared, total = page.shared(n)
    strangers = page.unknown(page.names(n), n)
    few = shared <= MAX_LONE_SHARE * total and total > MIN_STEMS
    whole = not ends_sentence(page.blocks[n].text) and not _TWO_SENTENCES.search(page.blocks[n].text)
    return few and len(strangers) >= MIN_STRANGERS and whole


def is_row(text: str) -> bool:
    """Whether a line is a result, a line-up or a row of figures by itself."""
    return (
        digit_count(text) > ROW_FIGURES * len(text)
        or bool(_SCORE.search(text) or _FIXTURE.fullmatch(text))
        or text.count(";") >= ROW_MARKS
        or text.count(",") >= 2 * ROW_MARKS
    )


def _is_announced(page: Page, n: int) -> bool:
    """Whether the line before ends with a colon: what follows belongs to it."""
    return n > 0 and page.blocks[n - 1].text.endswith((":", "："))
