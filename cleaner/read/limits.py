"""The bounds on what is read: a text, page or record unpacked, and the markup of a page.

Packed files can unpack to a thousand times their size, and few tags can keep a parser busy for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.config import MAX_BYTES
from cleaner.read.sniff import without_hidden

MAX_TAGS = (
    500_000  # of one page, opening and closing; news pages have some thousands, and each takes a kilobyte or more
)
MAX_ATTRIBUTES = 2_000  # of one tag; parsers compare each with all others

LONG_TAG = 4 * MAX_ATTRIBUTES  # characters of a tag whose attributes are counted

__all__ = ["MAX_BYTES", "TooLargeError", "check_page", "too_large"]

_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{LONG_TAG},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[\s/][^\s=/]")


class TooLargeError(ValueError):
    """A page has more markup than the bounds allow; the message names the mend."""


def too_large(limit: int) -> str:
    """The reason why a text, page or record of more than `limit` bytes is not read."""
    return f"larger than {said(limit)} unpacked; mend: split it, or raise max-bytes in the settings"


def check_page(html: str) -> None:
    """Raises TooLargeError at a page whose markup would keep a parser busy for minutes."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise TooLargeError(f"a page of {tags:,} tags, the limit is {MAX_TAGS:,}; mend: leave it out")
    if not any(map(_has_too_many, _long_pieces(html))):
        return
    for found in _LONG_TAG.finditer(without_hidden(html)):
        if _has_too_many(found[0][1:]):
            what = f"a tag with more than {MAX_ATTRIBUTES:,} attributes; mend: leave the page out"
            raise TooLargeError(what)


def _long_pieces(html: str) -> Iterator[str]:
    """What stands between a "<" and the next, where that is long.

    It is met wherever a window of half its length holds no "<"; so most of a page is not looked at.
    """
    at, window = 0, LONG_TAG // 2
    while at < len(html):
        if html.find("<", at, at + window) >= 0:
            at += window
            continue
        start, end = html.rfind("<", 0, at) + 1, html.find("<", at)
        at = end if end >= 0 else len(html)
        if start and at - start > LONG_TAG:
            yield html[start:at]


def _has_too_many(piece: str) -> bool:
    """Whether what stands behind a "<" is a tag of too many attributes."""
    if not piece[0].isalpha() or ">" in piece[: LONG_TAG + 1]:
        return False
    tag = piece.partition(">")[0]
    return len(_ATTRIBUTE.findall(_QUOTED.sub("", tag))) > MAX_ATTRIBUTES


def said(size: int) -> str:
    """A number of bytes for people.

    >>> said(16 * 1024 * 1024), said(5000)
    ('16 MiB', '5,000 bytes')
    """
    return f"{size >> 20} MiB" if size and size % (1 << 20) == 0 else f"{size:,} bytes"
