"""What the line scorer sees of a line: its form, its neighbours, its place, its company, and what it shares.

Each line that nothing else removes becomes one tuple of numbers, in the order of `FEATURES`. Lengths
are in Latin letters, shares lie between 0 and 1, and -1 stands for "does not apply".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cleaner.detect import title_line
from cleaner.detect.page import Page
from cleaner.text.lines import TERMINAL, width

LONG = 160  # characters; the inner form of a longer line is not looked at, nor what it shares with the article
FAR = 99  # lines; the distance to what is nowhere
NEAR = 8  # lines above or below that are looked at together

_INITIAL = re.compile(r"([^\W_])[^\W_]*")  # of each word
_ASCII_INITIAL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9]*")
_DIGIT = re.compile(r"[0-9]")
_QUOTE = re.compile('["“„«»”「『]')
_CLOSERS = "\"'”’»"
_ENDINGS = {
    **dict.fromkeys(TERMINAL, 0), **dict.fromkeys("?!？！", 1), "…": 2,
    **dict.fromkeys(":：", 6), **dict.fromkeys(",;-–，；", 7), **dict.fromkeys(")]）", 5),
}  # fmt: skip
_STARTS = {**dict.fromkeys("\"“„«»'「『", 3), **dict.fromkeys("([（", 4), **dict.fromkeys("-*•–—·▪►", 5)}


class Form(NamedTuple):
    """The form of one line, apart from its neighbours.

    `ending` goes from a full stop (0) over question mark, ellipsis, letter (3), digit, bracket and
    colon to a comma (7); `start` from lower case (0) over capital, digit, quote and bracket to a
    bullet (5), with 6 for scripts without case. `capitals` is the share of words that begin with
    one, `digits` that of digits among the characters.
    """

    width: int
    words: int
    ending: int
    start: int
    commas: int
    capitals: float
    digits: float


def form(line: str) -> Form:
    """The form of a line.

    >>> form("Storm Hits the Coast")
    Form(width=20, words=4, ending=3, start=1, commas=0, capitals=0.75, digits=0.0)
    """
    first = line[0]
    start = _STARTS.get(first)
    if start is None:
        start = 2 if first.isdigit() else 0 if first.islower() else 1 if first.isupper() else 6
    is_ascii, size = line.isascii(), len(line)
    words, commas = line.count(" ") + 1, line.count(",")
    if not is_ascii:
        commas, size = commas + line.count("、") + line.count("，"), width(line)
    if len(line) > LONG:
        return Form(size, words, _ending(line), start, commas, 0.1, 0.0)
    initials = (_ASCII_INITIAL if is_ascii else _INITIAL).findall(line)
    capitals = round(sum(map(str.isupper, initials)) / (len(initials) or 1), 3)
    figures = len(_DIGIT.findall(line)) if is_ascii else sum(map(str.isdigit, line))
    digits = round(figures / len(line), 3)
    return Form(size, words, _ending(line), start, commas, capitals, digits)


def _ending(line: str) -> int:
    last = line.rstrip(_CLOSERS)[-1:]
    if last == "." and line.endswith("..."):
        return 2
    return _ENDINGS.get(last, 4 if last.isdigit() else 3)


_NOWHERE = Form(-1, -1, -1, -1, -1, -1, -1)
_NEIGHBOURS = (
    "width_above", "ending_above", "words_above", "capitals_above",
    "width_below", "ending_below", "words_below", "capitals_below",
)  # fmt: skip
_PLACE = (
    "lines", "prose_before", "prose_after", "share_before", "share_after",
    "prose_lines", "prose_share", "prose_width_share", "gone_lines", "gone_share", "gone_width_share",
    "article_share", "quoting", "gone_up", "gone_down",
)  # fmt: skip
_COMPANY = (
    "top", "from_article", "run", "run_left", "run_width", "prose_up", "prose_down",
    "width_near_up", "width_near_down", "prose_near_up", "prose_near_down",
)  # fmt: skip
_NOISE = ("gone_share_before", "gone_share_after", "run_gone", "gone_near_up", "gone_near_down")
_COHESION = (
    "shared", "shared_share", "unknown_names", "shared_with_prose_below", "copies", "item",
    "accused", "title",
)  # fmt: skip

WORDS = _COHESION[:4]
_UNCOUNTED = (-1.0,) * len(WORDS)

Row = tuple[float, ...]
LINE = ("width", "words", "ending", *_PLACE)
FEATURES: tuple[str, ...] = (*Form._fields, *_NEIGHBOURS, *_PLACE, *_COMPANY, *_NOISE, *_COHESION)
_WORDS_START = len(FEATURES) - len(_COHESION)
_WORDS_STOP = _WORDS_START + len(WORDS)


def rows(page: Page, judged: Sequence[int]) -> Iterator[tuple[int, Row]]:
    """The number and the features of each of these blocks."""
    seen = Columns(page)
    for n, row in seen.rows(judged):
        yield n, seen.counted(n, row)


class Columns:
    """What is known of all lines of a page, computed once for it."""

    def __init__(self, page: Page) -> None:
        blocks, dropped = page.blocks, page.by_wording
        self.page, self.size = page, len(blocks)
        self.gone = [int(n in dropped) for n in range(self.size)]
        self.prose = [int(block.role == "paragraph" and n not in dropped) for n, block in enumerate(blocks)]
        texts = [block.text for block in blocks]
        widths = [len(text) if text.isascii() else width(text) for text in texts]
        self.sums = {"width": sums(widths), "gone": sums(self.gone), "prose": sums(self.prose)}
        self.prose_width = sums([w * p for w, p in zip(widths, self.prose, strict=True)])
        self.gone_width = sum(w for w, gone in zip(widths, self.gone, strict=True) if gone)
        self.widths, self.gone_near = widths, nearest(self.gone)
        quoting = len([1 for text, p in zip(texts, self.prose, strict=True) if p and _QUOTE.search(text)])
        self.quoting = round(quoting / (self.sums["prose"][-1] or 1), 3)
        self.forms: list[Form | None] = [None] * self.size

    def rows(self, numbers: Sequence[int]) -> Iterator[tuple[int, Row]]:
        """The features of these blocks; those of WORDS, which cost most, are left out."""
        pieces = (self._beside(numbers), self._place(numbers), self._company(numbers), self._noise(numbers))
        for n, beside, place, company, noise, standing in zip(numbers, *pieces, self._standing(numbers), strict=True):
            yield n, (*self._form(n), *beside, *place, *company, *noise, *_UNCOUNTED, *standing)

    def lines(self, numbers: Sequence[int]) -> Iterator[Row]:
        """Those of the features in LINE."""
        blocks, widths = self.page.blocks, self.widths
        for n, place in zip(numbers, self._place(numbers), strict=True):
            text = blocks[n].text
            yield (widths[n], text.count(" ") + 1, _ending(text), *place)

    @cached_property
    def prose_near(self) -> tuple[list[int], list[int]]:
        """For each line, the distances to the nearest paragraph above it, and below it."""
        return nearest(self.prose)

    @cached_property
    def runs(self) -> tuple[list[int], list[int]]:
        """For each line, where the run of lines around it that are no paragraphs begins, and where it stops."""
        return _runs(self.prose)

    def counted(self, n: int, row: Row) -> Row:
        """The features of block `n` with those of WORDS, but in paragraphs and long lines: these share much anyway."""
        block = self.page.blocks[n]
        if block.role == "paragraph" or len(block.text) > LONG:
            return row
        return (*row[:_WORDS_START], *self.words(n), *row[_WORDS_STOP:])

    def _form(self, n: int) -> Form:
        found = self.forms[n]
        if found is None:
            found = self.forms[n] = self.page.memo.of(form, self.page.blocks[n].text)
        return found

    def _beside(self, numbers: Sequence[int]) -> Iterator[Row]:
        of, last = self._form, self.size - 1
        for n in numbers:
            width_above, words_above, ending_above, _, _, capitals_above, _ = of(n - 1) if n else _NOWHERE
            width_below, words_below, ending_below, _, _, capitals_below, _ = of(n + 1) if n < last else _NOWHERE
            yield (
                width_above, ending_above, words_above, capitals_above,
                width_below, ending_below, words_below, capitals_below,
            )  # fmt: skip

    def _place(self, numbers: Sequence[int]) -> Iterator[Row]:
        size, (gone_up, gone_down) = self.size, self.gone_near
        prose, weight = self.sums["prose"], self.prose_width
        all_gone, all_prose, all_weight, width_of_all = (
            self.sums["gone"][size],
            prose[size],
            weight[size],
            self.sums["width"][size] or 1,
        )
        whole = all_weight or 1
        of_prose = (all_prose, all_prose / (size or 1), all_weight / width_of_all)
        of_gone = (all_gone, all_gone / (size or 1), self.gone_width / width_of_all)
        share, quoting = len(self.page.article) / (size or 1), self.quoting
        for n in numbers:
            yield (
                size, prose[n], all_prose - prose[n + 1], weight[n] / whole, (all_weight - weight[n + 1]) / whole,
                *of_prose, *of_gone, share, quoting, gone_up[n], gone_down[n],
            )  # fmt: skip

    def _company(self, numbers: Sequence[int]) -> Iterator[Row]:
        size, article, (starts, stops) = self.size, self.page.article, self.runs
        first, behind, (prose_up, prose_down) = article.start, article.stop, self.prose_near
        widths, prose = self.sums["width"], self.sums["prose"]
        for n in numbers:
            start, stop = starts[n], stops[n]
            length = stop - start
            up = n - NEAR if n > NEAR else 0
            down = min(size, n + 1 + NEAR)
            yield (
                n if n < FAR else FAR, n - first if n < first else n - behind + 1 if n >= behind else 0,
                length, stop - n, (widths[stop] - widths[start]) / length if length else 0, prose_up[n], prose_down[n],
                (widths[n] - widths[up]) / NEAR, (widths[down] - widths[n + 1]) / NEAR,
                (prose[n] - prose[up]) / NEAR, (prose[down] - prose[n + 1]) / NEAR,
            )  # fmt: skip

    def _noise(self, numbers: Sequence[int]) -> Iterator[Row]:
        """How much of what stands around these blocks rules take."""
        size, gone, (starts, stops) = self.size, self.sums["gone"], self.runs
        for n in numbers:
            before, after = gone[n], gone[size] - gone[n]
            above, below = before - gone[max(0, n - NEAR)], gone[min(size, n + 1 + NEAR)] - gone[n + 1]
            yield before / (n or 1), after / (size - n), gone[stops[n]] - gone[starts[n]], above / NEAR, below / NEAR

    def words(self, n: int) -> Row:
        """What block `n` shares with the article."""
        page = self.page
        shared, total = page.shared(n)
        down = self.prose_near[1][n]
        return (
            shared, shared / total if total else -1, len(page.unknown(page.names(n), n)),
            len(page.stems(n) & page.stems(n + down)) if down < FAR else -1,
        )  # fmt: skip

    def _standing(self, numbers: Sequence[int]) -> Iterator[Row]:
        """The features of these blocks after those of their words."""
        blocks, accused = self.page.blocks, self.page.accused
        copies = Counter([block.text for block in blocks])
        for n in numbers:
            block, found = blocks[n], accused.get(n)
            is_title = found is not None and any(finding.source == title_line.ID for finding in found)
            yield (copies[block.text], block.role == "list-item", found is not None, is_title)


def sums(values: Sequence[int]) -> list[int]:
    """The sums of the first values: of none, of one, and so on."""
    return [0, *accumulate(values)]


def nearest(marks: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each place, the distances to the nearest mark above it, and below it."""
    size = len(marks)
    up, down, last = [], [0] * size, -FAR
    for n, mark in enumerate(marks):
        up.append(n - last if n - last < FAR else FAR)
        last = n if mark else last
    last = size + FAR
    for n in range(size - 1, -1, -1):
        down[n] = last - n if last - n < FAR else FAR
        last = n if marks[n] else last
    return up, down


def _runs(prose: Sequence[int]) -> tuple[list[int], list[int]]:
    """For each place, where the run of lines that are no paragraphs begins, and where it stops; itself in prose."""
    starts: list[int] = []
    stops: list[int] = []
    start = 0
    for n, mark in enumerate((*prose, 1)):
        if mark:
            starts += [start] * (n - start) + [n]
            stops += [n] * (n - start + 1)
            start = n + 1
    return starts[: len(prose)], stops[: len(prose)]
