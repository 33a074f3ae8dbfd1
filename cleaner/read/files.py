"""One file, or standard input, to its documents: found first (`raws`), then read (`parse`)."""

from __future__ import annotations

import io
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from errno import EBADF
from functools import partial
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.data import Document, Failure, Kind
from cleaner.read.document import attempt
from cleaner.read.earlier import reason_of
from cleaner.read.limits import MAX_BYTES, too_large
from cleaner.read.raw import TEXT_KEYS, Fields, Raw, Raws, bounded, fields_of
from cleaner.read.records import lines, record, record_origin, row
from cleaner.read.records import parse as parse_json
from cleaner.read.sources import (
    ARCHIVES,
    HTML,
    JSON,
    LINES,
    NOT_TEXT,
    READ,
    READABLE,
    STDIN,
    TEXT,
    Source,
    how_packed,
    suffixes,
)
from cleaner.storage import HEAD, BrokenStreamError, MissingExtraError, open_input, packing_of, unpack
from cleaner.text.encoding import decode_declared, marked_codec, wide_codec

NO_TEXT = (b"%PDF-", b"PK\x03\x04")  # how such files begin
SUFFIX_OF = {
    "text": ".txt", "html": ".html", "jsonl": ".jsonl", "csv": ".csv", "tsv": ".tsv",
    "parquet": ".parquet", "warc": ".warc", "wet": ".wet", "zip": ".zip", "tar": ".tar",
}  # fmt: skip
EMPTY = "empty file; mend: leave it out"
BINARY = f"not text; mend: {READ}; convert the file to one of them"
WHOLE_JSON = "JSON, and no article; mend: write one object on each line (jq -c '.[]?' FILE > FILE.jsonl)"
CONTROLS = bytes(set(range(32)) - set(b"\b\t\n\v\f\r\x1b")) + b"\x7f"  # the others stand in what terminals were sent
MAX_NULS = 0.01  # of all bytes: a stray one is no reason
MAX_CONTROLS = 0.05  # of all bytes; packed, encrypted or random ones have 0.1, damaged texts hardly any
IN_MEMORY = 32 << 20  # bytes of an unpacked file that must be sought in; a larger one goes to disk


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read, where that is not told by the names: the fields of records, and a form for all files (`suffix`).

    A text, page or record of more than `max_bytes`, unpacked, is a `Failure`.
    """

    fields: Fields = Fields()
    suffix: str = ""
    max_bytes: int = MAX_BYTES


def inputs(source: Source | PathLike[str] | str, reading: Reading = Reading()) -> Iterator[Document | Failure]:
    """Read a file's documents: one of a text or a page, many of records. Never raises for what it reads.

    `Source`s come from `find` and carry the name that makes ids; a bare path is named by its last part.
    The suffix tells what the file holds (`.gz`, `.zst`, `.bz2` and `.xz` are unpacked); with another suffix,
    and for standard input, the content does: JSON lines, a page or a text, and how it is packed.
    """
    for raw in raws(source, reading):
        yield raw if isinstance(raw, Failure) else parse(raw, reading.fields)


def rows(source: Source, keys: Sequence[str] = TEXT_KEYS, max_bytes: int = MAX_BYTES) -> Iterator[Document | Failure]:
    """Read a file as JSON lines, whatever it is called; a packed one is known by its first bytes.

    `keys` are those that may hold the text of a record. Never raises for what it reads.
    """
    fields = fields_of(keys)
    for raw in _guarded(source, lambda stream, name, place: lines(_unpacked(stream), name, place, max_bytes)):
        yield raw if isinstance(raw, Failure) else parse(raw, fields)


def raws(source: Source | PathLike[str] | str, reading: Reading = Reading()) -> Raws:
    """Find a file's documents without reading them. Never raises for what it finds."""
    if not isinstance(source, Source):
        source = STDIN if str(source) == "-" else Source(Path(source), Path(source).name)
    suffix = reading.suffix or suffixes(source.name)[0]
    if source is not STDIN and suffix in NOT_TEXT:
        yield Failure(source.name, source.place, f"{suffix} is not supported; mend: convert the file to text ({READ})")
        return
    yield from _guarded(source, partial(_content, suffix=suffix, reading=reading))


def parse(raw: Raw, fields: Fields) -> Document | Failure:
    """Read what `raws` found. Never raises."""
    try:
        if raw.form == "line":
            return record(raw.data, raw.id, raw.place, fields)
        if raw.form == "row":
            found = raw.data if isinstance(raw.data, Mapping) else raw.data.values()
            return row(found, raw.id, raw.place, fields)
        return _whole(raw)
    except Exception as error:  # noqa: BLE001  # such as a cell of broken UTF-8: the others are read
        reason = f"could not be read: {type(error).__name__}: {error}; mend: leave it out"
        return Failure(raw.id, raw.place, reason)


def _guarded(source: Source, read: Callable[[BinaryIO, str, str], Raws]) -> Raws:
    """What a reader finds in a source; what opening and unpacking raises is the last `Failure`."""
    place = "stdin" if source is STDIN else source.place
    try:
        with opened(source) as stream:
            yield from read(stream, source.name, place)
    except MissingExtraError as error:
        yield Failure(source.name, place, str(error))
    except OSError as error:
        yield Failure(source.name, place, _said(error))
    except Exception as error:  # noqa: BLE001  # whatever a damaged file sets off in a library, the others are read
        yield Failure(source.name, place, f"could not be read: {type(error).__name__}: {error}; mend: leave it out")


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The unpacked bytes of a source. Raises OSError and MissingExtraError."""
    if source is STDIN:
        if sys.stdin is None:
            raise OSError(EBADF, "it is closed")
        yield _unpacked(sys.stdin.buffer)
        return
    with open_input(source.place) as packed, unpack(packed, how_packed(source.name)) as stream:
        yield stream


def _content(stream: BinaryIO, name: str, place: str, *, suffix: str, reading: Reading) -> Raws:
    """What a stream holds, by the suffix; where that says nothing, by looking."""
    fields, limit = reading.fields, reading.max_bytes
    if suffix in LINES:
        return lines(stream, name, place, limit)
    if suffix in TEXT + HTML:
        return iter([_taken(stream, name, place, "html" if suffix in HTML else "text", reading)])
    if suffix not in READABLE:
        return _by_content(stream, name, place, suffix, reading)
    if suffix in (".warc", ".wet"):
        from cleaner.read.formats.warc import pages

        return pages(stream, name, place, limit)
    if suffix in (".csv", ".tsv"):
        from cleaner.read.formats.csv import rows as table

        return table(stream, name, place, fields, "\t" if suffix == ".tsv" else ",", limit)
    if suffix == ".parquet":
        from cleaner.read.formats import parquet

        return parquet.rows(seekable(stream), name, place, fields, limit)
    from cleaner.read.formats.archives import members

    zipped, member = suffix == ".zip", partial(_member, reading=reading)
    return members(seekable(stream) if zipped else stream, name, place, member, zipped=zipped)


def _member(stream: BinaryIO, name: str, place: str, *, reading: Reading) -> Raws:
    """What a member of an archive holds."""
    suffix = suffixes(name)[0]
    if suffix in ARCHIVES:
        return iter([Failure(name, place, "an archive in an archive; mend: unpack it")])
    found = _content(unpack(stream, how_packed(name)), name, place, suffix=suffix, reading=reading)
    return (raw._replace(name=name) if isinstance(raw, Raw) and raw.form == "whole" else raw for raw in found)


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or its content in a temporary file: some formats begin at their end."""
    if stream.seekable() and isinstance(getattr(stream, "raw", None), io.FileIO):
        return stream
    import tempfile  # slow to import, and seldom needed

    copy = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # it lives as long as what reads it
    while piece := stream.read(1 << 20):
        copy.write(piece)
    copy.seek(0)
    return cast(BinaryIO, copy)


def _unpacked(stream: BinaryIO) -> BinaryIO:
    """The stream, unpacked if its first bytes say that it is packed."""
    peek = getattr(stream, "peek", None)  # what stands in for standard input may lack it
    return unpack(stream, packing_of(peek(HEAD)[:HEAD])) if peek is not None else stream


def _by_content(stream: BinaryIO, name: str, place: str, suffix: str, reading: Reading) -> Raws:
    """JSON lines if the first line that is not blank is a record, else one text or page."""
    head, size, limit = list[bytes](), 0, reading.max_bytes
    while line := stream.readline(limit + 1):
        head.append(line)
        size += len(line)
        if line.strip() or size > limit:  # blank lines may have no end
            break
    start = b"".join(head)
    codec, length = marked_codec(start)
    if codec not in ("", "utf-8"):  # a byte 10 need not end a line there: take all of it
        head = [start + bounded(stream, limit + 1)[0]]
        start = head[0][length:].decode(codec, "replace").lstrip().partition("\n")[0].encode()
    whole = cast(BinaryIO, io.BufferedReader(_Rejoined(head, stream)))
    if _is_record(start, reading.fields):
        yield from lines(whole, name, place, limit)
    elif suffix == JSON and start.strip():
        yield Failure(name, place, WHOLE_JSON)
    else:
        yield _taken(whole, name, place, None, reading)


def _is_record(line: bytes, fields: Fields) -> bool:
    """Whether a line is an object with a text or page, or what came out for one that failed."""
    if not line.removeprefix(BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        found, _ = parse_json(line.strip())
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, dict):
        return False
    return any(key in found for key in (*TEXT_KEYS, *fields.keys)) or reason_of(found, None) is not None


def _taken(stream: BinaryIO, name: str, place: str, kind: Kind | None, reading: Reading) -> Raw | Failure:
    """All of a stream as one document; JSON only where it was said to be a text."""
    data, more = bounded(stream, reading.max_bytes)
    if more:
        return Failure(name, place, too_large(reading.max_bytes))
    if kind != "html" and not reading.suffix and _is_json(data):
        return Failure(name, place, WHOLE_JSON)
    return Raw("whole", name, place, data, len(data), kind)


def _is_json(data: bytes) -> bool:
    """Whether all of it is one array or object."""
    codec, length = marked_codec(data)
    if codec in ("", "utf-8") and not data[length:].lstrip().startswith((b"[", b"{")):
        return False
    try:
        text = data[length:].decode(codec or "utf-8").strip()
        return text[:1] + text[-1:] in ("[]", "{}") and isinstance(json.loads(text), (list, dict))
    except RecursionError:
        return True
    except ValueError:
        return False


def _whole(raw: Raw) -> Document | Failure:
    data, known = raw.data, dict(raw.known or {})
    if not data.strip():
        return Failure(raw.id, raw.place, EMPTY)
    is_record, charset = known.pop("record", False), known.pop("charset", None)
    notes: tuple[str, ...] = ()
    if charset is not None:
        data, notes = decode_declared(data, charset)
    if isinstance(data, bytes) and _is_binary(data):
        return Failure(raw.id, raw.place, BINARY)
    read = attempt(data, raw.place, id=raw.id, kind=raw.kind, **known)
    if isinstance(read, Failure) or not (is_record or notes):
        return read
    return replace(read, notes=(*notes, *read.notes), origin=record_origin(raw.place) if is_record else read.origin)


def _is_binary(data: bytes) -> bool:
    """PDF, a packed file, or more NULs or control characters than a text has that is not UTF-16 or UTF-32."""
    if data.startswith(NO_TEXT) or packing_of(data[:HEAD]):
        return True
    start = data[:4096]
    controls = len(start) - len(start.translate(None, CONTROLS))
    if start.count(0) <= len(start) * MAX_NULS and controls <= len(start) * MAX_CONTROLS:
        return False
    return not marked_codec(data)[0] and not wide_codec(data)


def _said(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; mend: check the path"
    if isinstance(error, BrokenStreamError):
        return f"not a whole {error.name} file: {error}; mend: fetch or write the file again"
    return f"cannot be read: {error.strerror or error}; mend: check path and permissions"


class _Rejoined(io.RawIOBase):
    """A stream with the lines that were read from it put back in front."""

    def __init__(self, head: list[bytes], stream: BinaryIO) -> None:
        self._pieces = chain(head, iter(partial(getattr(stream, "read1", stream.read), 1 << 16), b""))
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]  # what BufferedReader hands over
        if not self._rest:
            self._rest = next(self._pieces, b"")
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
