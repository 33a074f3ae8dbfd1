"""JSON lines: a stream of bytes to one `Raw` for each line that is not blank; records to `Document`s."""

from __future__ import annotations

import base64
import codecs
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from cleaner.data import Document, Failure, Origin
from cleaner.read.document import attempt
from cleaner.read.earlier import earlier, is_cleaned, reason_of, replaced
from cleaner.read.limits import MAX_BYTES, too_large
from cleaner.read.raw import TEXT_KEYS, Fields, Raw, Raws, fields_of
from cleaner.text.encoding import decode, marked_codec

MAX_DEPTH = 100  # lists and objects in each other; nobody's records have ten
CHUNK = 65_536  # bytes read at once from a UTF-16 file, and of a line that is too long

_NOT_LINES = "JSON spread over several lines; mend: write one object on each line (jq -c '.[]?' FILE)"


def lines(stream: BinaryIO, name: str, place: str, limit: int = MAX_BYTES) -> Raws:
    """Find records one at a time; `name` makes ids (`name:line`), `place` makes places (`place:line`).

    A stream that breaks off, such as a truncated gzip file, yields a `Failure` at the line that is
    incomplete, after all complete ones; a line of more than `limit` bytes yields one, and the rest goes on. A file
    without records is an empty shard, and no fault.
    """
    number = seen = 0
    found = numbered(stream, limit)
    while True:
        try:
            number, line = next(found, (0, None))
        except (OSError, EOFError) as error:
            reason = f"breaks off in or after this line: {error}; mend: fetch or write the file again"
            yield Failure(f"{name}:{number + 1}", f"{place}:{number + 1}", reason)
            return
        if number == 0:
            break
        if line is None:
            seen += 1
            yield Failure(f"{name}:{number}", f"{place}:{number}", too_large(limit))
            continue
        line = line.strip()
        if not line:
            continue
        if not seen and line in (b"[", b"{"):
            yield Failure(f"{name}:{number}", f"{place}:{number}", _NOT_LINES)
            return
        seen += 1
        yield Raw("line", f"{name}:{number}", f"{place}:{number}", line, len(line))


def records(stream: BinaryIO, name: str, place: str, keys: Sequence[str] = TEXT_KEYS) -> Iterator[Document | Failure]:
    """Read records one at a time, as `lines` finds them.

    `keys` are those that may hold the text; one that is neither `text` nor `html` may hold either. A bad
    line yields a `Failure` and the rest goes on.
    """
    fields = fields_of(keys)
    for raw in lines(stream, name, place):
        yield raw if isinstance(raw, Failure) else record(raw.data, raw.id, raw.place, fields)


def record(line: bytes, id: str, place: str, fields: Fields) -> Document | Failure:
    """Read one line; `id` is for records that have none of their own."""
    try:
        found, notes = parse(line)
        if is_too_deep(found, line):
            raise RecursionError
    except (ValueError, RecursionError) as error:
        return Failure(id, place, f"not JSON: {_said(error)}; mend: one JSON object on each line")
    if not isinstance(found, dict):
        wanted = " or ".join(f'{{"{key}": …}}' for key in fields.keys)
        reason = f"{_named(found)}, not an object; mend: write {wanted}"
        return Failure(id, place, reason)
    return row(found, id, place, fields, notes)


def row(
    found: Mapping[str, Any], id: str, place: str, fields: Fields, notes: tuple[str, ...] = ()
) -> Document | Failure:
    """Read what a record or a table's row holds, whichever the format; `place` ends in a number."""
    own = found.get(fields.id)
    if isinstance(own, (str, int, float)) and not isinstance(own, bool) and own != "":
        id = str(own)
    elif own is not None and own != "":
        notes += (f'"{fields.id}" is {_named(own)}: replaced by the place',)
    key = next((key for key in fields.keys if found.get(key) is not None), None)
    if reason := reason_of(found, key and found[key]):
        return Failure(id, str(found.get("place") or place), reason)
    empty = next((key for key in fields.keys if key in found), None)
    if key is None and empty is not None:
        return Failure(id, place, f'"{empty}" is null; mend: leave the record out, or give it its text')
    if key is None:
        has = ", ".join(map(str, found)) or "none"
        return Failure(id, place, f'no {fields.wanted}; keys: {has}; mend: name the text\'s key "{fields.keys[0]}"')
    if not isinstance(found[key], (str, bytes)):
        return Failure(id, place, f'"{key}" is {_named(found[key])}; mend: make it a string')
    return _document(found, key, id, place, notes, fields)


def parse(line: bytes) -> tuple[Any, tuple[str, ...]]:
    """Return the value on a line, and notes if it is not UTF-8. Raises ValueError and RecursionError.

    What Python takes for a number and JSON does not (NaN, or more than a float can hold) is null.
    """
    notes: tuple[str, ...] = ()
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, _, notes = decode(line)  # such as windows-1252
    lost: list[str] = []

    def finite(number: str) -> float | None:
        value = float(number)
        if math.isfinite(value):
            return value
        lost.append(number)
        return None

    found = json.loads(text, parse_float=finite, parse_constant=finite)
    return found, (*notes, *(f"{number} is no number in JSON: null instead" for number in dict.fromkeys(lost)))


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


def _document(
    found: Mapping[str, Any], key: str, id: str, place: str, notes: tuple[str, ...], fields: Fields
) -> Document | Failure:
    cleaned, said = is_cleaned(found), earlier(found)
    notes += () if said else replaced(found)
    left_out = {key, "metadata", "language", *said}
    left_out |= {name for name in ("id", "url") if getattr(fields, name) == name}
    extra = {
        name: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for name, value in found.items()
        if name not in left_out and not (name in fields.keys and value is None)
    }
    given: dict[str, Any] = {}
    for name, field, kind in (("url", fields.url, str), ("language", "language", str), ("metadata", "metadata", dict)):
        value = found.get(field)
        if isinstance(value, kind):
            given[name] = value
        elif value is not None:
            notes += (f'"{field}" is {_named(value)}: not used',)
    read = attempt(found[key], place, id=id, kind=dict(fields.texts)[key], extra=extra, **given)
    if isinstance(read, Failure):
        return read
    return replace(
        read,
        notes=(*notes, *read.notes),
        origin=record_origin(place),
        title_may_stay=cleaned or read.title_may_stay,
        earlier=said if key == "text" else {},
    )


def record_origin(place: str) -> Origin:
    """The origin of a record, of its place `path:number`."""
    path, _, number = place.rpartition(":")
    return Origin(path, int(number), is_record=True)


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _named(value: object) -> str:
    """What a JSON value is, in JSON's words."""
    for kind, words in ((bool, "true or false"), ((int, float), "a number"), (str, "a string"), (list, "a list")):
        if isinstance(value, kind):
            return words
    return "null" if value is None else "an object"


def numbered(stream: BinaryIO, limit: int = MAX_BYTES) -> Iterator[tuple[int, bytes | None]]:
    """The stream's lines in UTF-8 with their numbers from 1, None for one of more than `limit` bytes.

    Only the current one is in memory. Windows tools write UTF-16.
    """
    first = stream.readline(limit + 1)
    codec, length = marked_codec(first)
    if codec in ("", "utf-8"):
        number, line = 0, first
        while line or not number:
            number += 1
            if len(line) > limit:
                _pass_over(stream, line)
                yield number, None
            else:
                yield number, line[length:]
            line, length = stream.readline(limit + 1), 0
        return
    yield from enumerate(_wide(stream, first[length:], codec, limit), 1)


def _pass_over(stream: BinaryIO, piece: bytes) -> None:
    """Leaves out the rest of the line that a piece begins."""
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(CHUNK)


def _wide(stream: BinaryIO, chunk: bytes, codec: str, limit: int) -> Iterator[bytes | None]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    pieces: list[str] = []
    length = 0
    while chunk:
        *ends, rest = decoder.decode(chunk).split("\n")
        for end in ends:
            yield _joined([*pieces, end, "\n"], length + len(end) + 1, limit)
            pieces, length = [], 0
        length += len(rest)
        if length <= limit:
            pieces.append(rest)
        chunk = stream.read(CHUNK)
    rest = decoder.decode(b"", True)
    yield _joined([*pieces, rest], length + len(rest), limit)


def _joined(pieces: list[str], length: int, limit: int) -> bytes | None:
    return None if length > limit else "".join(pieces).encode("utf-8", "surrogatepass")
