"""Scripts that write no blanks between words: Chinese, Japanese, Thai; and Korean, whose letters are as wide."""

from __future__ import annotations

import functools

import regex

_DENSE = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]"
_WIDE = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f\uf900-\ufaff]"
_HIGH_BYTES = bytes((0x0E, 0x30, *range(0x34, 0xA0), *range(0xAC, 0xD8), 0xF9, 0xFA))  # of all of these, in UTF-16


def is_dense(text: str) -> bool:
    """Whether a text holds characters of a script that writes no blanks between words."""
    return _may_hold(text) and _rx(_DENSE).search(text) is not None


def dense_count(text: str) -> int:
    """How many such characters a text holds."""
    return len(_rx(_DENSE).findall(text)) if _may_hold(text) else 0


def without_dense(text: str) -> str:
    """The text with a blank for each such character."""
    return _rx(_DENSE).sub(" ", text) if _may_hold(text) else text


def wide_count(text: str) -> int:
    """How many characters of a text are twice as wide as Latin letters: those, and the syllables of Hangul."""
    return len(_rx(_WIDE).findall(text)) if _may_hold(text) else 0


def _may_hold(text: str) -> bool:
    """Whether a character's first byte allows it: most texts that are not ASCII have curly quotes or accents alone."""
    if text.isascii():
        return False
    high = text.encode("utf-16-be", "surrogatepass")[::2]
    return len(high.translate(None, _HIGH_BYTES)) < len(high)


@functools.cache
def _rx(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)  # `re` takes milliseconds for such ranges
