"""What tells where an article ends: what stands before a line, what from it on, and what both share.

A text goes on speaking of its own matter, and what follows it does not: how many words after a place the article
before it holds as well tells most (Hearst, "TextTiling", 1997). Lengths are in Latin letters, shares lie between
0 and 1, and -1 stands for "does not apply".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from cleaner.detect.line_features import form, nearest, sums
from cleaner.detect.page import Page
from cleaner.text.count import has_digit
from cleaner.text.dense import is_dense
from cleaner.text.lines import ends_sentence, width
from cleaner.text.words import COMMON_STEMS, STEM_CHARS, stems

NEAR = 4  # lines above that are looked at together
MIN_WORD = 4  # letters of a word that counts

_KIND_OF = {
    **dict.fromkeys(("related", "unrelated-headline", "teaser"), 0), "comments": 1,
    **dict.fromkeys(("byline", "reporter-credit", "author-bio"), 2),
    **dict.fromkeys(("copyright", "disclaimer", "consent"), 3),
}  # fmt: skip
_KINDS = ("related", "comments", "author", "legal", "other")
_OTHER = len(_KINDS) - 1
_QUOTES = frozenset("\"'“„«»「『")
_WORD = re.compile(r"[^\W_]+")

_PLACE = (
    "lines", "before", "after", "prose_before", "prose_after", "width_before", "width_after", "width_share_after",
    "from_start", "from_stop",
)  # fmt: skip
_NOISE = (
    "gone_before", "gone_after", "gone_share_before", "gone_share_after", "gone_above", "gone_down",
    *(f"{kind}_before" for kind in _KINDS), *(f"{kind}_after" for kind in _KINDS),
)  # fmt: skip
_FORM = ("ending", "words", "width", "ending_above", "words_above", "width_above")
_COHESION = (
    "known", "known_ratio", "known_here", "known_prose", "known_most", "known_above", "known_near", "known_before",
    "unknown",
)  # fmt: skip
_REST = ("mean_width", "sentences", "figures", "questions", "copies", "addresses", "quotes_before")

FEATURES: tuple[str, ...] = (*_PLACE, *_NOISE, *_FORM, *_COHESION, *_REST)

Row = tuple[float, ...]


class Places:
    """The places where a text's article may end: before each of the lines that nothing else removes (`kept`)."""

    def __init__(self, page: Page) -> None:
        blocks, gone = page.blocks, page.dropped
        self.page, self.size = page, len(blocks)
        self.kept = [n for n in range(self.size) if n not in gone]
        self.texts = texts = [blocks[n].text for n in self.kept]
        self.prose = [blocks[n].role == "paragraph" for n in self.kept]
        self.sums = {
            "width": sums([len(text) if text.isascii() else width(text) for text in texts]),
            "prose": sums(self.prose),
            "sentences": sums(list(map(ends_sentence, texts))),
            "figures": sums(list(map(has_digit, texts))),
            "questions": sums(["?" in text for text in texts]),
            "copies": sums(copies(texts)),
            "addresses": sums(["@" in text or "http" in text or "www." in text for text in texts]),
            "quotes": sums([text[0] in _QUOTES for text in texts]),
        }
        self._count_gone()
        if self.candidates:
            self._count_words()

    def _count_gone(self) -> None:
        """How many lines go before each block, in all and by kind, and how far below the next one is."""
        page, marks = self.page, [[0] * self.size for _ in _KINDS]
        for n in page.dropped:
            for finding in page.accused[n]:
                if finding.confidence != "low":
                    marks[_KIND_OF.get(finding.category, _OTHER)][n] = 1
        gone = [n in page.dropped for n in range(self.size)]
        self.gone, self.gone_down, self.kinds = sums(gone), nearest(gone)[1], list(map(sums, marks))

    def _count_words(self) -> None:
        """The shares of the words of each line, and of all lines from it on, that text before it holds."""
        found = [self.page.memo.of(beginnings, text) for text in self.texts]
        self.known: list[float] = []
        first: dict[str, int] = {}
        seen: set[str] = set()
        for at, own in enumerate(found):
            self.known.append(len(own & seen) / len(own) if own else -1.0)
            if self.prose[at] or ends_sentence(self.texts[at]):
                first.update(dict.fromkeys(own - seen, at))
                seen |= own
        self.words_from = _from(found, first)
        of_prose = [known if prose else -1.0 for known, prose in zip(self.known, self.prose, strict=True)]
        self.prose_known = list(accumulate([max(known, 0.0) for known in of_prose[1:]], initial=0.0))
        self.prose_counted = sums([known >= 0 for known in of_prose[1:]])
        self.most = list(accumulate(reversed(of_prose), max))[::-1]
        self.prose_down = nearest(self.prose)[1]

    @property
    def candidates(self) -> range:
        """The numbers among `kept` of the lines with a paragraph and furniture before them, the last one first."""
        size = len(self.kept)
        prose, gone = bisect_left(self.sums["prose"], 1), bisect_left(self.kept, self.gone.index(1))
        return range(size - 1, max(prose, gone) - 1, -1)

    def row(self, at: int) -> Row:
        """The features of the place before a kept line, which is not the first; `at` is its number among them."""
        return (*self._place(at), *self._noise(at), *self._form(at), *self._cohesion(at), *self._rest(at))

    def _place(self, at: int) -> Row:
        widths, prose, size, n = self.sums["width"], self.sums["prose"], len(self.kept), self.kept[at]
        after, article = widths[size] - widths[at], self.page.article
        return (
            self.size, at, size - at, prose[at], prose[size] - prose[at],
            widths[at], after, after / (widths[size] or 1), n - article.start, n - article.stop,
        )  # fmt: skip

    def _noise(self, at: int) -> Row:
        gone, size, n, kinds = self.gone, self.size, self.kept[at], self.kinds
        before, after = gone[n], gone[size] - gone[n]
        return (
            before, after, before / n, after / (size - n), n - self.kept[at - 1] - 1, self.gone_down[n],
            *[counts[n] for counts in kinds], *[counts[size] - counts[n] for counts in kinds],
        )  # fmt: skip

    def _form(self, at: int) -> Row:
        of = self.page.memo.of
        here, above = of(form, self.texts[at]), of(form, self.texts[at - 1])
        return here.ending, here.words, here.width, above.ending, above.words, above.width

    def _cohesion(self, at: int) -> Row:
        known, every = self.words_from[at]
        counted = self.prose_counted[at - 1]
        before = self.prose_known[at - 1] / counted if counted else -1.0
        share = known / every if every else -1.0
        near = [known for known in self.known[max(0, at - NEAR) : at] if known >= 0]
        prose = at if self.prose[at] else at + self.prose_down[at]
        return (
            share, share / before if before > 0 else -1.0, self.known[at],
            self.known[prose] if prose < len(self.kept) else -1.0, self.most[at], self.known[at - 1],
            sum(near) / len(near) if near else -1.0, before, every - known,
        )  # fmt: skip

    def _rest(self, at: int) -> Row:
        size, of = len(self.kept), self.sums
        after = size - at
        shares = [(of[name][size] - of[name][at]) / after for name in ("width", "sentences", "figures", "questions")]
        return (*shares, *[of[name][size] - of[name][at] for name in ("copies", "addresses")], of["quotes"][at])


def copies(texts: Sequence[str]) -> list[bool]:
    """For each text whether it stood before.

    >>> copies(["a", "b", "a"])
    [False, False, True]
    """
    first: dict[str, int] = {}
    return [first.setdefault(text, at) < at for at, text in enumerate(texts)]


def beginnings(text: str) -> frozenset[str]:
    """The folded beginnings of all but the common and shortest words; where no blanks divide words, stems. Rougher than
    stems and much faster, since every word of a text is asked for.

    >>> sorted(beginnings("The harbours of Norvik were dredged."))
    ['dredge', 'harbou', 'norvik']
    """
    if is_dense(text):
        return stems(text)
    words = {word[:STEM_CHARS] for word in _WORD.findall(text.lower()) if len(word) >= MIN_WORD}
    return frozenset(words - COMMON_STEMS)


def _from(words: Sequence[frozenset[str]], first: dict[str, int]) -> list[tuple[int, int]]:
    """For each place, how many different words from it on stand before it too (`first`), and how many there are."""
    size = len(words)
    last: dict[str, int] = {}
    for at, own in enumerate(words):
        last.update(dict.fromkeys(own, at))
    known, ends = [0] * (size + 1), [0] * (size + 1)
    for word, at in last.items():
        ends[at] += 1
        begun = first.get(word, size)
        if begun < at:
            known[begun + 1] += 1
            known[at + 1] -= 1
    return list(zip(accumulate(known), list(accumulate(reversed(ends)))[::-1], strict=True))
