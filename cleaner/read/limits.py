"""The bound on what one read may bring into memory: packed files can unpack to a thousand times their size.

Every stream that documents are read from goes through `Bounded`, after unpacking.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from cleaner.config import MAX_BYTES
from cleaner.read.sniff import without_hidden

CHUNK = 1 << 20  # bytes read at once where they are not kept

MAX_TAGS = 100_000  # of one page; news pages have some thousands, and parsers keep a kilobyte or more for each
MAX_ATTRIBUTES = 2_000  # of one tag; parsers compare each with all others

__all__ = ["MAX_BYTES", "Bounded", "TooLargeError", "check", "check_page"]

_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{4 * MAX_ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[\s/][^\s=/]")


class TooLargeError(OSError):
    """A text, page or record is larger than the bound; the message names the mend."""

    def __init__(self, limit: int = 0, what: str = "") -> None:
        larger = f"larger than {said(limit)} unpacked; mend: split it, or raise max-bytes in the settings"
        super().__init__(what or larger)


class Bounded:
    """A binary stream of which no single read takes more than `limit` bytes. Raises TooLargeError instead."""

    def __init__(self, stream: BinaryIO, limit: int = MAX_BYTES) -> None:
        self._stream, self.limit = stream, limit
        if hasattr(stream, "peek"):  # what stands in for standard input may lack it
            self.peek = stream.peek

    def read(self, size: int = -1) -> bytes:
        if 0 <= size <= self.limit:
            return self._stream.read(size)
        parts, left = [], self.limit + 1
        while left and (part := self._stream.read(left)):  # a stream may give less than it was asked for
            parts.append(part)
            left -= len(part)
        return self._checked(b"".join(parts))

    def readline(self) -> bytes:
        """The next line; one that is too large has been passed over when the error comes."""
        line = self._stream.readline(self.limit + 1)
        if len(line) > self.limit:
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(CHUNK)
            raise TooLargeError(self.limit)
        return line

    def _checked(self, data: bytes) -> bytes:
        if len(data) > self.limit:
            raise TooLargeError(self.limit)
        return data


def check(size: int, limit: int) -> None:
    """Raises TooLargeError where several reads together give more than one may."""
    if size > limit:
        raise TooLargeError(limit)


def check_page(html: str) -> None:
    """Raises TooLargeError at a page whose markup would keep a parser busy for minutes."""
    tags = html.count("<")
    if tags > MAX_TAGS:
        raise TooLargeError(what=f"a page of {tags:,} tags, the limit is {MAX_TAGS:,}; mend: leave it out")
    if not _LONG_TAG.search(html):
        return
    for found in _LONG_TAG.finditer(without_hidden(html)):
        if len(_ATTRIBUTE.findall(_QUOTED.sub("", found[0]))) > MAX_ATTRIBUTES:
            what = f"a tag with more than {MAX_ATTRIBUTES:,} attributes; mend: leave the page out"
            raise TooLargeError(what=what)


def said(size: int) -> str:
    """A number of bytes for people.

    >>> said(16 * 1024 * 1024), said(5000)
    ('16 MiB', '5,000 bytes')
    """
    return f"{size >> 20} MiB" if size and size % (1 << 20) == 0 else f"{size:,} bytes"
