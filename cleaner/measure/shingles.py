r"""Tokens and 4-token shingles, and what they say about two texts: precision, recall, F1, exact match.

As in Scrapinghub's article-extraction-benchmark: a token is a match of `\w+`; the shingles of a text are
counted as often as they occur; precision and recall are means over documents, and F1 is made of the two
means. One thing is added: texts are composed (NFC) first, so that one letter is never two different ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import fmean
from typing import NamedTuple
from unicodedata import normalize

SIZE = 4  # tokens of a shingle
Shingle = tuple[str, ...]

_TOKEN = re.compile(r"\w+")


def tokens(text: str) -> list[str]:
    """The words and numbers of a text, as they are written.

    >>> tokens("Ünal’s 3 boats")
    ['Ünal', 's', '3', 'boats']
    """
    return _TOKEN.findall(normalize("NFC", text))


class Counted(NamedTuple):
    """A text as its tokens, its shingles, and its lines (each the tuple of its tokens), with their counts."""

    words: list[str]
    shingles: Counter[Shingle]
    lines: Counter[Shingle]


def counted(text: str) -> Counted:
    """Counts a text. One of fewer than four tokens is one shingle, one of none has none."""
    lines = [tuple(tokens(line)) for line in text.split("\n")]
    words = list(chain.from_iterable(lines))
    spans = range(max(1, len(words) - SIZE + 1)) if words else ()
    shingles = Counter(tuple(words[n : n + SIZE]) for n in spans)
    return Counted(words, shingles, Counter(line for line in lines if line))


class Comparison(NamedTuple):
    """Shares of the shingles of gold and result: in both, only in the result, only in gold.

    They add up to 1; all are 0 if both texts are empty. `exact` says that the tokens are the same.
    """

    both: float
    extra: float
    missing: float
    exact: bool


def compare(gold: Counted, result: Counted) -> Comparison:
    """Holds a result against gold."""
    both = (gold.shingles & result.shingles).total()
    extra, missing = result.shingles.total() - both, gold.shingles.total() - both
    total = both + extra + missing
    exact = gold.words == result.words
    return Comparison(both / total, extra / total, missing / total, exact) if total else Comparison(0, 0, 0, exact)


@dataclass(frozen=True, slots=True)
class BodyScore:
    """Means over documents, 0 to 1; `exact` is the share of documents whose tokens are those of gold."""

    precision: float
    recall: float
    f1: float
    exact: float


def score(comparisons: Sequence[Comparison]) -> BodyScore:
    """Adds documents up; all figures are 0 for none.

    >>> score([Comparison(1.0, 0.0, 0.0, True), Comparison(0.5, 0.5, 0.0, False)])
    BodyScore(precision=0.75, recall=1.0, f1=0.8571428571428571, exact=0.5)
    """
    precision = _mean([c.both / (c.both + c.extra) for c in comparisons if c.both + c.extra > 0])
    recall = _mean([c.both / (c.both + c.missing) for c in comparisons if c.both + c.missing > 0])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return BodyScore(precision, recall, f1, _mean([float(c.exact) for c in comparisons]))


def _mean(shares: Sequence[float]) -> float:
    return fmean(shares) if shares else 0.0
