"""The words of a line that say what it is about: stems of longer words, names, numbers."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

import regex

from cleaner.text.common_words import COMMON
from cleaner.text.dense import is_dense

STEM_CHARS = 6  # letters kept of a word, so that inflected forms meet
CONTENT_CHARS = 5  # shorter words are mostly grammar, unless they are written with a capital or hold a digit
MIN_NAME = 3  # letters of a short word with a capital

_WORD = re.compile(r"[^\W_]+")
_DENSE_RUN = regex.compile("[\u30a0-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]{2,}")

COMMON_STEMS = frozenset(word[:STEM_CHARS] for word in COMMON)


def stems(text: str) -> frozenset[str]:
    """The folded stems of the words that carry content; where no blanks divide words, pairs of characters.

    >>> sorted(stems("The Harbour of Norvik was dredged in 2024"))
    ['2024', 'dredge', 'harbou', 'norvik']
    """
    dense = is_dense(text)
    found: set[str] = set()
    for word in set(_WORD.findall(text)):
        if len(word) < CONTENT_CHARS and not (len(word) >= MIN_NAME and word[0].isupper()) and not word[0].isdigit():
            continue
        stem = word[:STEM_CHARS].lower()
        if stem not in COMMON_STEMS and not (dense and is_dense(stem)):
            found.add(stem)
    if dense:
        found.update(run[n : n + 2] for run in _DENSE_RUN.findall(text) for n in range(len(run) - 1))
    return frozenset(found)


def count_beginnings(stem: str, text: str) -> int:
    """How many words of the folded text begin with a stem; of one in a script without blanks, how often it occurs."""
    dense = is_dense(stem)
    count, at = 0, text.find(stem)
    while at >= 0:
        count += at == 0 or dense or not text[at - 1].isalnum()
        at = text.find(stem, at + 1)
    return count


class Beginnings:
    """How many words of a folded text begin with a stem, as `count_beginnings` counts them; for many stems.

    The first stems are searched for one by one; a table of all beginnings, which costs as much as FEW searches, is
    made when more are asked for.

    >>> Beginnings("the harbour of norvik, harbours").count("harbou")
    2
    """

    FEW = 100

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts: dict[str, int] = {}

    def count(self, stem: str) -> int:
        found = self._counts.get(stem)
        if found is None:
            known = not is_dense(stem) and len(self._counts) >= self.FEW
            found = self._counts[stem] = self._table.get(stem, 0) if known else count_beginnings(stem, self._text)
        return found

    @cached_property
    def _table(self) -> dict[str, int]:
        """How many words begin with each stem that does not stand in a script without blanks."""
        counts: dict[str, int] = {}
        for word, times in Counter(_WORD.findall(self._text)).items():
            for size in range(1, min(STEM_CHARS, len(word)) + 1):
                start = word[:size]
                counts[start] = counts.get(start, 0) + times
        return counts


def names(text: str) -> frozenset[str]:
    """Stems of words written with a capital after the first word, and of numbers of two digits or more."""
    return frozenset(
        word.lower()[:STEM_CHARS]
        for n, word in enumerate(_WORD.findall(text))
        if (word[0].isupper() and n and len(word) > 2) or (word.isdigit() and len(word) > 1)
    )
