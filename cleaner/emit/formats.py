"""The formats that records are written in: one record to bytes (in a worker), and such bytes to a file (in order)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from cleaner.data import Article, Failure
from cleaner.emit.records import failure_record, json_line, record
from cleaner.storage import pack, packing, unpack

COPIED = 1 << 20  # bytes copied at once


class Writer(Protocol):
    """Takes encoded records; `close` completes what they are written to, and leaves the file open."""

    def write(self, payload: bytes) -> object: ...

    def close(self) -> object: ...


class RecordFormat:
    """JSON lines. The other formats do the same in their way. Can be pickled; equal ones give equal bytes."""

    suffix = ".jsonl"
    head = b""  # what stands above the first record

    def article(self, raw: Any, article: Article) -> bytes:
        """Encode a cleaned document; `raw` is what it was read from."""
        return json_line(record(article)).encode() + b"\n"

    def failure(self, raw: Any, failure: Failure) -> bytes:
        """Encode what stands for a document that failed."""
        return json_line(failure_record(failure)).encode() + b"\n"

    def writer(self, file: BinaryIO, name: str, *, first: bool = True) -> Writer:
        """What writes records into a file, packed as its name says; `first`: nothing comes before them."""
        return pack(file, packing(name)) if packing(name) else _Plain(file)

    def join(self, parts: Sequence[Path], file: BinaryIO, name: str) -> None:
        """Write the parts of a file, one after the other, as the one file."""
        writer = RecordFormat.writer(self, file, name)
        for part in parts:
            with part.open("rb") as packed, unpack(packed, packing(name)) as stream:
                while piece := stream.read(COPIED):
                    writer.write(piece)
        writer.close()


class _Plain:
    """Writes to a file that its owner closes."""

    def __init__(self, file: BinaryIO) -> None:
        self.write = file.write

    def close(self) -> None:
        pass
