"""The bound on what one read may bring into memory: packed files can unpack to a thousand times their size.

Every stream that documents are read from goes through `Bounded`, after unpacking.
"""

from __future__ import annotations

from typing import BinaryIO

from cleaner.config import MAX_BYTES

CHUNK = 1 << 20  # bytes read at once where they are not kept

__all__ = ["MAX_BYTES", "Bounded", "TooLargeError", "check"]


class TooLargeError(OSError):
    """A text, page or record is larger than the bound; the message names the mend."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"larger than {said(limit)} unpacked; mend: split it, or raise max-bytes in the settings")


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


def said(size: int) -> str:
    """A number of bytes for people.

    >>> said(16 * 1024 * 1024), said(5000)
    ('16 MiB', '5,000 bytes')
    """
    return f"{size >> 20} MiB" if size and size % (1 << 20) == 0 else f"{size:,} bytes"
