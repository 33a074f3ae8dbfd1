"""Packed streams: gzip, Zstandard, bzip2 and xz, told by the suffix. What breaks off is told, never taken for the end.

Files made of several packed parts, one after the other, are read to their end. Packing gives the same bytes
for the same content, however it was handed over in pieces.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

PACKINGS = (".gz", ".zst", ".bz2", ".xz")
NAMES = {".gz": "gzip", ".zst": "Zstandard", ".bz2": "bzip2", ".xz": "xz"}
HEAD = 10  # bytes
_BEGINS = {
    ".gz": re.compile(rb"\x1f\x8b"),
    ".zst": re.compile(rb"\x28\xb5\x2f\xfd"),
    ".bz2": re.compile(rb"BZh[1-9]1AY&SY"),
    ".xz": re.compile(rb"\xfd7zXZ\0"),
}
BLOCK = 1 << 18  # bytes unpacked at once
PIECE = 1 << 20  # bytes packed at once; always the same, so that the packed bytes are


class BrokenStreamError(OSError):
    """A packed stream that is damaged, cut off or none at all; `packing` is its suffix."""

    def __init__(self, packing: str, error: Exception) -> None:
        super().__init__(str(error))
        self.packing = packing

    @property
    def name(self) -> str:
        """What the stream is packed with, for people."""
        return NAMES[self.packing]


def packing(name: str) -> str:
    """Return the suffix that says how a file is packed, lower case; "" where it is not.

    >>> packing("a.jsonl.GZ"), packing("a.jsonl")
    ('.gz', '')
    """
    suffix = PurePosixPath(name.lower()).suffix
    return suffix if suffix in PACKINGS else ""


def packing_of(head: bytes) -> str:
    """Return the suffix of what a stream is packed with, told by its first HEAD bytes; "" where it is not packed."""
    return next((suffix for suffix, begins in _BEGINS.items() if begins.match(head)), "")


def unpack(stream: BinaryIO, packing: str) -> BinaryIO:
    """Return a stream of the unpacked bytes ("": the stream itself); reading it raises BrokenStreamError."""
    if not packing:
        return stream
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, packing), BLOCK))


def pack(stream: BinaryIO, packing: str) -> BinaryIO:
    """Return a stream that packs what is written into another one; close it before that one ("": itself)."""
    if not packing:
        return stream
    if packing == ".gz":
        import gzip

        inner: Any = gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0, compresslevel=6)
    else:
        inner = _opener(packing)(stream, "wb")
    return cast(BinaryIO, _Pieces(inner))


def _opener(packing: str) -> Callable[..., Any]:
    if packing == ".gz":
        import gzip

        return gzip.open
    if packing == ".bz2":
        import bz2

        return bz2.open
    if packing == ".xz":
        import lzma

        return lzma.open
    return cast(Callable[..., Any], _zstd().open)


def _zstd() -> Any:
    """The module of the standard library, or before Python 3.14 its backport."""
    import importlib

    return importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


class _Unpacked(io.RawIOBase):
    """The unpacked bytes; every fault of the four libraries is one exception."""

    def __init__(self, stream: BinaryIO, packing: str) -> None:
        self._stream, self._packing = stream, packing
        self._inner = _opener(packing)(stream, "rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._inner.read1(len(buffer))
        except Exception as error:
            raise BrokenStreamError(self._packing, error) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._stream.close()
        super().close()


class _Pieces:
    """Hands bytes on in pieces of one length: what a packer makes of them depends on nothing else."""

    def __init__(self, inner: Any) -> None:
        self._inner, self._waiting = inner, bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) >= PIECE:
            self._inner.write(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        self._inner.write(bytes(self._waiting))
        self._waiting.clear()
        self._inner.close()
