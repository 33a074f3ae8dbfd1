"""Texts compared by their words."""

from __future__ import annotations

import functools
import re

WORD = re.compile(r"\w+")


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The words in lower case with one space between them: marks and white space do not count.

    >>> fold("„Low tide“, he said") == fold("Low Tide (he said)")
    True
    """
    return " ".join(WORD.findall(text.lower()))
