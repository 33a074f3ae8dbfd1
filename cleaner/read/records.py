"""JSON lines: a stream of bytes to `Document`s and `Failure`s, one for each line that is not blank."""

from __future__ import annotations

import codecs
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from cleaner.data import Document, Failure, Origin
from cleaner.read.document import attempt
from cleaner.text.encoding import decode, marked_codec

TAKEN = ("id", "text", "html", "url", "metadata", "language")
WRITTEN = ("removals", "status", "ruleset")  # keys that only cleaning writes; all three: a cleaned record
OVERWRITTEN = ("removals", "status", "ruleset", "notes")
CHUNK = 65_536  # bytes read at once from a UTF-16 file

_NOT_LINES = "JSON spread over several lines; mend: write one object on each line (jq -c '.[]?' FILE)"


def records(stream: BinaryIO, name: str, place: str) -> Iterator[Document | Failure]:
    """Read records one at a time; `name` makes ids (`name:line`), `place` makes places (`place:line`).

    A bad line yields a `Failure` and the rest goes on. A stream that breaks off, such as a truncated
    gzip file, yields a `Failure` at the line that is incomplete, after all complete ones.
    """
    number = seen = 0
    lines = _lines(stream)
    while True:
        number += 1
        try:
            line = next(lines, None)
        except (OSError, EOFError, zlib.error) as error:
            reason = f"breaks off in or after this line: {error}; mend: fetch or write the file again"
            yield Failure(f"{name}:{number}", f"{place}:{number}", reason)
            return
        if line is None:
            break
        line = line.strip()
        if not line:
            continue
        if not seen and line in (b"[", b"{"):
            yield Failure(f"{name}:{number}", f"{place}:{number}", _NOT_LINES)
            return
        seen += 1
        yield record(line, f"{name}:{number}", f"{place}:{number}")
    if not seen:
        yield Failure(name, place, "empty: no records; mend: leave the file out")


def record(line: bytes, id: str, place: str) -> Document | Failure:
    """Read one line; `id` is for records that have none of their own."""
    try:
        found, notes = parse(line)
    except (ValueError, RecursionError) as error:
        return Failure(id, place, f"not JSON: {_said(error)}; mend: one JSON object on each line")
    if not isinstance(found, dict):
        reason = f'{_named(found)}, not an object; mend: write {{"text": …}} or {{"html": …}}'
        return Failure(id, place, reason)
    own = found.get("id")
    if isinstance(own, (str, int, float)) and not isinstance(own, bool) and own != "":
        id = str(own)
    elif own is not None and own != "":
        notes += (f'"id" is {_named(own)}: replaced by the place',)
    key = next((key for key in ("text", "html") if found.get(key) is not None), None)
    if key is None:
        has = ", ".join(map(str, found)) or "none"
        return Failure(id, place, f'no "text" or "html"; keys: {has}; mend: name the text\'s key "text"')
    if not isinstance(found[key], str):
        return Failure(id, place, f'"{key}" is {_named(found[key])}; mend: make it a string')
    return _document(found, key, id, place, notes)


def parse(line: bytes) -> tuple[Any, tuple[str, ...]]:
    """Return the value on a line, and notes if it is not UTF-8. Raises ValueError and RecursionError."""
    notes: tuple[str, ...] = ()
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, _, notes = decode(line)  # such as windows-1252
    return json.loads(text), notes


def _document(found: Mapping[str, Any], key: str, id: str, place: str, notes: tuple[str, ...]) -> Document | Failure:
    cleaned = all(name in found for name in WRITTEN)
    left_out = {key, *(name for name in TAKEN if name not in ("text", "html")), *(OVERWRITTEN if cleaned else ())}
    extra = {name: value for name, value in found.items() if name not in left_out and not _is_empty_source(name, value)}
    given: dict[str, Any] = {}
    for name, kind in (("url", str), ("language", str), ("metadata", dict)):
        value = found.get(name)
        if isinstance(value, kind):
            given[name] = value
        elif value is not None:
            notes += (f'"{name}" is {_named(value)}: not used',)
    read = attempt(found[key], place, id=id, kind="html" if key == "html" else "text", extra=extra, **given)
    if isinstance(read, Failure):
        return read
    path, _, line = place.rpartition(":")
    return replace(read, notes=(*notes, *read.notes), origin=Origin(path, int(line), is_record=True))


def _is_empty_source(name: str, value: object) -> bool:
    return name in ("text", "html") and value is None


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _named(value: object) -> str:
    """What a JSON value is, in JSON's words."""
    for kind, words in ((bool, "true or false"), ((int, float), "a number"), (str, "a string"), (list, "a list")):
        if isinstance(value, kind):
            return words
    return "null" if value is None else "an object"


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's lines in UTF-8; only the current one is in memory. Windows tools write UTF-16."""
    first = stream.readline()
    codec, length = marked_codec(first)
    if codec in ("", "utf-8"):
        yield first[length:]
        while line := stream.readline():
            yield line
        return
    decoder = codecs.getincrementaldecoder(codec)("replace")
    rest, chunk = "", first[length:]
    while chunk:
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        yield from (line.encode("utf-8", "surrogatepass") for line in whole)
        chunk = stream.read(CHUNK)
    yield (rest + decoder.decode(b"", True)).encode("utf-8", "surrogatepass")
