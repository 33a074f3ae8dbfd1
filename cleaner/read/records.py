"""JSON lines: a stream of bytes to `Document`s and `Failure`s, one for each line that is not blank."""

from __future__ import annotations

import codecs
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from cleaner.data import Document, Failure, Kind, Origin
from cleaner.read.document import attempt
from cleaner.read.limits import MAX_BYTES, TooLargeError, check
from cleaner.text.encoding import decode, marked_codec

TEXT_KEYS = ("text", "html")  # the first that a record has is what is cleaned
KINDS: Mapping[str, Kind] = {"text": "text", "html": "html"}  # other keys: by looking
TAKEN = ("id", "text", "html", "url", "metadata", "language")
WRITTEN = ("removals", "status", "ruleset")  # keys that only cleaning writes; all three: a cleaned record
OVERWRITTEN = ("removals", "status", "ruleset", "notes")
MAX_DEPTH = 100  # lists and objects in each other; nobody's records have ten
CHUNK = 65_536  # bytes read at once from a UTF-16 file

_NOT_LINES = "JSON spread over several lines; mend: write one object on each line (jq -c '.[]?' FILE)"


def records(stream: BinaryIO, name: str, place: str, keys: Sequence[str] = TEXT_KEYS) -> Iterator[Document | Failure]:
    """Read records one at a time; `name` makes ids (`name:line`), `place` makes places (`place:line`).

    `keys` are those that may hold the text; one that is neither `text` nor `html` may hold either. A bad
    line yields a `Failure` and the rest goes on. A stream that breaks off, such as a truncated gzip file,
    yields a `Failure` at the line that is incomplete, after all complete ones.
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
        if isinstance(line, TooLargeError):
            yield Failure(f"{name}:{number}", f"{place}:{number}", str(line))
            seen += 1
            continue
        line = line.strip()
        if not line:
            continue
        if not seen and line in (b"[", b"{"):
            yield Failure(f"{name}:{number}", f"{place}:{number}", _NOT_LINES)
            return
        seen += 1
        yield record(line, f"{name}:{number}", f"{place}:{number}", keys)
    if not seen:
        yield Failure(name, place, "empty: no records; mend: leave the file out")


def record(line: bytes, id: str, place: str, keys: Sequence[str] = TEXT_KEYS) -> Document | Failure:
    """Read one line; `id` is for records that have none of their own."""
    try:
        found, notes = parse(line)
        if is_too_deep(found, line):
            raise RecursionError
    except (ValueError, RecursionError) as error:
        return Failure(id, place, f"not JSON: {_said(error)}; mend: one JSON object on each line")
    if not isinstance(found, dict):
        wanted = " or ".join(f'{{"{key}": …}}' for key in keys)
        reason = f"{_named(found)}, not an object; mend: write {wanted}"
        return Failure(id, place, reason)
    own = found.get("id")
    if isinstance(own, (str, int, float)) and not isinstance(own, bool) and own != "":
        id = str(own)
    elif own is not None and own != "":
        notes += (f'"id" is {_named(own)}: replaced by the place',)
    key = next((key for key in keys if found.get(key) is not None), None)
    if key is None:
        has = ", ".join(map(str, found)) or "none"
        wanted = " or ".join(f'"{key}"' for key in keys)
        return Failure(id, place, f'no {wanted}; keys: {has}; mend: name the text\'s key "{keys[0]}"')
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


def _line(stream: BinaryIO) -> bytes | TooLargeError:
    try:
        return stream.readline()
    except TooLargeError as error:
        return error


def is_too_deep(value: Any, line: bytes) -> bool:
    """Whether lists and objects stand in each other deeper than what handles them later can follow."""
    if line.count(b"[") + line.count(b"{") <= MAX_DEPTH:
        return False
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        level = [
            item
            for outer in level
            for item in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(item, (dict, list))
        ]
        if not level:
            return False
    return True


def _document(found: Mapping[str, Any], key: str, id: str, place: str, notes: tuple[str, ...]) -> Document | Failure:
    cleaned = all(name in found for name in WRITTEN)
    left_out = {key, *(name for name in TAKEN if name not in TEXT_KEYS), *(OVERWRITTEN if cleaned else ())}
    extra = {name: value for name, value in found.items() if name not in left_out and not _is_empty_source(name, value)}
    given: dict[str, Any] = {}
    for name, kind in (("url", str), ("language", str), ("metadata", dict)):
        value = found.get(name)
        if isinstance(value, kind):
            given[name] = value
        elif value is not None:
            notes += (f'"{name}" is {_named(value)}: not used',)
    read = attempt(found[key], place, id=id, kind=KINDS.get(key), extra=extra, **given)
    if isinstance(read, Failure):
        return read
    path, _, line = place.rpartition(":")
    origin = Origin(path, int(line), is_record=True)
    return replace(read, notes=(*notes, *read.notes), origin=origin, title_may_stay=cleaned or read.title_may_stay)


def _is_empty_source(name: str, value: object) -> bool:
    return name in TEXT_KEYS and value is None


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


def _lines(stream: BinaryIO) -> Iterator[bytes | TooLargeError]:
    """The stream's lines in UTF-8; only the current one is in memory. Windows tools write UTF-16."""
    first = _line(stream)
    if isinstance(first, TooLargeError):
        yield first
        first = b""
    codec, length = marked_codec(first)
    if codec in ("", "utf-8"):
        if first:
            yield first[length:]
        while line := _line(stream):
            yield line
        return
    decoder = codecs.getincrementaldecoder(codec)("replace")
    rest, chunk = "", first[length:]
    while chunk:
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        check(len(rest), getattr(stream, "limit", MAX_BYTES))
        yield from (line.encode("utf-8", "surrogatepass") for line in whole)
        chunk = stream.read(CHUNK)
    yield (rest + decoder.decode(b"", True)).encode("utf-8", "surrogatepass")
