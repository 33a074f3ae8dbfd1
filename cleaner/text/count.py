"""How many words a text has, in any script, and whether it reads like prose."""

from __future__ import annotations

import re

from cleaner.text.dense import dense_count, without_dense
from cleaner.text.lines import ends_sentence

MIN_SENTENCE = 5  # words; a shorter line with a full stop may be a label

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_DIGIT, _ANY_DIGIT = re.compile(r"[0-9]"), re.compile(r"\d")


def word_count(text: str) -> int:
    """The words of a text; where no blanks divide words, two characters count for one.

    >>> word_count("The quay was closed - again."), word_count("港は閉鎖された。")
    (5, 3)
    """
    dense = dense_count(text)
    plain = without_dense(text) if dense else text
    return len(_WORD.findall(plain)) + dense // 2


def digit_count(text: str) -> int:
    """The digits of a text.

    >>> digit_count("2:1 at half-time")
    2
    """
    return len(_DIGIT.findall(text)) if text.isascii() else sum(map(str.isdigit, text))


def has_digit(text: str) -> bool:
    """Whether a text holds a decimal digit of any script.

    >>> has_digit("at half-time"), has_digit("2 : 1"), has_digit("٣ مايو")
    (False, True, True)
    """
    return _ANY_DIGIT.search(text) is not None


def holds_prose(text: str) -> bool:
    """Whether a line of the text is a sentence: a few words and a mark that ends them.

    >>> holds_prose("Menu\\nThe quay was closed on Monday."), holds_prose("Menu\\nStorm hits the coast")
    (True, False)
    """
    return any(is_sentence(line) for line in text.split("\n"))


def is_sentence(line: str) -> bool:
    """Whether a line ends like a sentence and has the words of one."""
    return ends_sentence(line.rstrip()) and word_count(line) >= MIN_SENTENCE
