"""One file, or standard input, to its documents."""

from __future__ import annotations

import gzip
import sys
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.data import Document, Failure, Kind
from cleaner.read.document import attempt
from cleaner.read.limits import MAX_BYTES, Bounded, TooLargeError, check
from cleaner.read.records import TEXT_KEYS, parse, records
from cleaner.read.sources import HTML, LINES, NOT_TEXT, NOT_YET, READ, STDIN, TEXT, Source, suffixes
from cleaner.text.encoding import marked_codec, wide_codec

GZIP = b"\x1f\x8b"  # how packed files begin
EMPTY = "empty file; mend: leave it out"
BINARY = f"not text; mend: {READ}; convert the file to one of them"
_FAULTS = (OSError, EOFError, zlib.error)  # what opening and unpacking a file raises


def inputs(source: Source | PathLike[str] | str, max_bytes: int = MAX_BYTES) -> Iterator[Document | Failure]:
    """Read a file's documents: one of a text or a page, many of JSON lines. Never raises for what it reads.

    A text, page or record of more than `max_bytes`, unpacked, is a `Failure`.

    `Source`s come from `find` and carry the name that makes ids; a bare path is named by its last part.
    The suffix tells what the file holds (`.gz` is unpacked); with another suffix, and for standard
    input, the content does: JSON lines, a page or a text.
    """
    if not isinstance(source, Source):
        source = STDIN if str(source) == "-" else Source(Path(source), Path(source).name)
    if source is STDIN:
        try:
            yield from _by_content(_bounded(sys.stdin.buffer, max_bytes), source.name, "stdin")
        except TooLargeError as error:
            yield Failure(source.name, "stdin", _said(error))
        return
    suffix, packed = suffixes(source.name)
    place = str(source.path)
    if reason := _unsupported(suffix):
        yield Failure(source.name, place, reason)
        return
    try:
        with cast(BinaryIO, (gzip.open if packed else open)(source.path, "rb")) as file:
            stream = _bounded(file, max_bytes)
            if suffix in LINES:
                yield from records(stream, source.name, place)
            elif suffix in TEXT + HTML:
                yield _whole(stream.read(), source.name, place, "html" if suffix in HTML else "text")
            else:
                yield from _by_content(stream, source.name, place)
    except _FAULTS as error:
        yield Failure(source.name, place, _said(error))


def rows(source: Source, keys: Sequence[str] = TEXT_KEYS) -> Iterator[Document | Failure]:
    """Read a file as JSON lines, whatever it is called; packed ones are known by their first bytes.

    `keys` are those that may hold the text of a record. Never raises for what it reads.
    """
    if source is STDIN:
        yield from records(_bounded(_unpacked(sys.stdin.buffer), MAX_BYTES), source.name, "stdin", keys)
        return
    place = str(source.path)
    try:
        with source.path.open("rb") as stream:
            yield from records(_bounded(_unpacked(stream), MAX_BYTES), source.name, place, keys)
    except _FAULTS as error:
        yield Failure(source.name, place, _said(error))


def _bounded(stream: BinaryIO, max_bytes: int) -> BinaryIO:
    return cast(BinaryIO, Bounded(stream, max_bytes))


def _unpacked(stream: BinaryIO) -> BinaryIO:
    peek = getattr(stream, "peek", None)  # what stands in for standard input may lack it
    packed = peek is not None and peek(2).startswith(GZIP)
    return cast(BinaryIO, gzip.open(stream)) if packed else stream


def _by_content(stream: BinaryIO, name: str, place: str) -> Iterator[Document | Failure]:
    """JSON lines if the first line that is not blank is an object with text or html, else one text or page."""
    head, size = [], 0
    for line in iter(stream.readline, b""):
        head.append(line)
        size += len(line)
        check(size, getattr(stream, "limit", MAX_BYTES))  # blank lines without end
        if line.strip():
            break
    start = b"".join(head)
    codec, length = marked_codec(start)
    if codec not in ("", "utf-8"):  # a byte 10 need not end a line there: take all of it
        head = [start + stream.read()]
        start = head[0][length:].decode(codec, "replace").lstrip().partition("\n")[0].encode()
    if _is_record(start):
        yield from records(cast(BinaryIO, _Rejoined(head, stream)), name, place)
    else:
        yield _whole(b"".join(head) + stream.read(), name, place, None)


def _is_record(line: bytes) -> bool:
    if not line.removeprefix(BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        found, _ = parse(line.strip())
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and ("text" in found or "html" in found)


def _whole(data: bytes, name: str, place: str, kind: Kind | None) -> Document | Failure:
    if not data.strip():
        return Failure(name, place, EMPTY)
    if _is_binary(data):
        return Failure(name, place, BINARY)
    return attempt(data, place, id=name, kind=kind)


def _is_binary(data: bytes) -> bool:
    """PDF, gzip, or one byte in a hundred NUL without being UTF-16 or UTF-32 (a stray NUL is no reason)."""
    if data.startswith((b"%PDF-", GZIP, b"PK\x03\x04")):
        return True
    start = data[:4096]
    return start.count(0) * 100 > len(start) and not marked_codec(data)[0] and not wide_codec(data)


def _unsupported(suffix: str) -> str | None:
    if suffix in NOT_YET:
        return f"{suffix} is not supported yet; mend: convert the file to .jsonl ({READ})"
    if suffix in NOT_TEXT:
        return f"{suffix} is not supported; mend: convert or unpack the file ({READ})"
    return None


def _said(error: Exception) -> str:
    if isinstance(error, TooLargeError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "no such file; mend: check the path"
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return f"not a whole gzip file: {error}; mend: fetch or write the file again"
    said = error.strerror if isinstance(error, OSError) else None
    return f"cannot be read: {said or error}; mend: check path and permissions"


class _Rejoined:
    """A stream with the lines that were read from it put back in front."""

    def __init__(self, head: list[bytes], stream: BinaryIO) -> None:
        self._lines = chain(head, iter(stream.readline, b""))

    def readline(self) -> bytes:
        return next(self._lines, b"")

    def read(self, _size: int) -> bytes:
        return self.readline()
