"""Texts as they are compared and searched: without the difference of upper and lower case, offsets kept."""

from __future__ import annotations


def fold(text: str) -> str:
    r"""Lower case of the same length: only U+0130 grows under `lower`, so it is replaced first.

    >>> fold("Low Tide"), len(fold("\u0130zmir"))
    ('low tide', 5)
    """
    return text.replace("\u0130", "i").lower()
