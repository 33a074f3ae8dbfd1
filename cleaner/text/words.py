"""The words of a line that say what it is about: stems of longer words, names, numbers."""

from __future__ import annotations

import re

import regex

from cleaner.text.common_words import COMMON

STEM_CHARS = 6  # letters kept of a word, so that inflected forms meet
CONTENT_CHARS = 5  # shorter words are mostly grammar, unless they are written with a capital or hold a digit
MIN_NAME = 3  # letters of a short word with a capital

_WORD = re.compile(r"[^\W_]+")
# `re` takes milliseconds to compile such ranges, `regex` does not.
_DENSE = regex.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_DENSE_RUN = regex.compile("[\u30a0-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]{2,}")

_COMMON = frozenset(word[:STEM_CHARS] for word in COMMON)


def stems(text: str) -> frozenset[str]:
    """The folded stems of the words that carry content; where no blanks divide words, pairs of characters.

    >>> sorted(stems("The Harbour of Norvik was dredged in 2024"))
    ['2024', 'dredge', 'harbou', 'norvik']
    """
    dense = not text.isascii() and is_dense(text)
    found: set[str] = set()
    for word in set(_WORD.findall(text)):
        if len(word) < CONTENT_CHARS and not (len(word) >= MIN_NAME and word[0].isupper()) and not word[0].isdigit():
            continue
        stem = word[:STEM_CHARS].lower()
        if stem not in _COMMON and not (dense and is_dense(stem)):
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


def begins_a_word(stem: str, text: str) -> bool:
    """Whether a word of the folded text begins with a stem, as `count_beginnings` counts them."""
    at = text.find(stem)
    if at <= 0 or not text[at - 1].isalnum():
        return at >= 0
    dense = is_dense(stem)
    while at > 0 and not dense and text[at - 1].isalnum():
        at = text.find(stem, at + 1)
    return at >= 0


def is_dense(text: str) -> bool:
    """Whether a text holds characters of a script that writes no blanks between words."""
    return not text.isascii() and _DENSE.search(text) is not None


def names(text: str) -> frozenset[str]:
    """Stems of words written with a capital after the first word, and of numbers of two digits or more."""
    return frozenset(
        word.lower()[:STEM_CHARS]
        for n, word in enumerate(_WORD.findall(text))
        if (word[0].isupper() and n and len(word) > 2) or (word.isdigit() and len(word) > 1)
    )
