"""WARC and WET: one `Raw` for each page of a response, and each text of a conversion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from cleaner.data import Failure, Kind
from cleaner.read.limits import MAX_BYTES, too_large
from cleaner.read.raw import Raw, Raws
from cleaner.storage import BrokenStreamError, need

PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
BLOCK = 1 << 16  # bytes read at once while looking for the next record
KEPT = 32 << 20  # bytes at least (twice as many at most) kept for finding the next record after a damaged one
_AGAIN = "mend: fetch or write the file again"
_HEAD_END, _NEXT = b"\r\n\r\n", b"WARC/1."


def pages(stream: BinaryIO, name: str, place: str, limit: int = MAX_BYTES) -> Raws:
    """Find pages and texts; their numbers count all records of the file from 1, their ids are the records' own.

    Taken are responses with a status of success and resources that are HTML or plain text, and conversions
    (WET); other records, such as images and redirects, hold no article and are passed over. The charset and
    URL of the response are known to the page; the date of the crawl, which is not the article's, goes into
    `extra` as `crawl_date`. A damaged record yields a `Failure`, and the next ones are read.
    """
    need("fastwarc", "fastwarc", place)
    number = 0
    found: Raw | Failure | None = None
    for record in _records(_Stream(stream)):
        if isinstance(record, BrokenStreamError) and isinstance(found, Failure):
            break  # the record that it broke off in has told it
        number += 1
        if isinstance(record, Exception):
            yield Failure(f"{name}:{number}", f"{place}:{number}", f"not a whole WARC record: {record}; {_AGAIN}")
        elif (found := _page(record, f"{name}:{number}", f"{place}:{number}", limit)) is not None:
            yield found
    if not number:
        yield Failure(name, place, "empty: no records; mend: leave the file out")


def _records(stream: _Stream) -> Iterator[Any]:
    """The file's records, each to be read before the next one is asked for; an exception for what is none."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    while True:
        records = ArchiveIterator(cast(BinaryIO, stream), record_types=WarcRecordType.any_type, parse_http=False)
        base, last = stream.start, None
        try:
            for record in records:
                last = base + record.stream_pos, record.content_length
                stream.forget(last[0])
                yield record
        except (OSError, ValueError) as error:
            yield stream.fault or error
        else:
            if stream.fault:
                yield stream.fault
        if stream.fault or not stream.find_next(last):
            return


def _page(record: Any, id: str, place: str, limit: int) -> Raw | Failure | None:
    """What a record holds; None where it is no page."""
    from fastwarc.warc import WarcRecordType

    if not (record.headers.get("Content-Length") or "").strip().isdecimal():  # cut off within its head, or damaged
        return Failure(id, place, f"not a whole WARC record: no Content-Length; {_AGAIN}")
    if not record.record_type & (WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion):
        return None
    head, length = record.headers, record.content_length
    id = (record.record_id or id).strip("<>")
    if length > limit:
        return Failure(id, place, too_large(limit)) if _may_be_page(record) else None
    data = record.reader.read(length)
    if len(data) < length:
        return Failure(id, place, f"breaks off: {len(data)} of {length} bytes; {_AGAIN}")
    extra = {"crawl_date": head.get("WARC-Date")} if head.get("WARC-Date") else {}
    known: dict[str, Any] = {"url": head.get("WARC-Target-URI"), "record": True, "extra": extra}
    kind = _kind(head.get("Content-Type"))
    if record.is_http:
        record.set_bytes_content(data)
        try:
            record.parse_http(auto_decode="all")
            data = record.reader.read(limit + 1)
        except (OSError, ValueError) as error:
            return Failure(id, place, f"not a whole HTTP response: {error}; {_AGAIN}")
        status = record.http_headers.status_code if record.http_headers else None
        if status is not None and not 200 <= status < 300:
            return None
        kind, known["charset"] = _kind(record.http_content_type), record.http_charset
        if kind and len(data) > limit:
            return Failure(id, place, too_large(limit))
    return Raw("whole", id, place, data, len(data), cast(Kind, kind), known=known) if kind else None


def _kind(content_type: str | None) -> str | None:
    return PAGES.get((content_type or "").partition(";")[0].strip().lower())


def _may_be_page(record: Any) -> bool:
    return bool(record.is_http or _kind(record.headers.get("Content-Type")))


class _Stream:
    """A stream that ends where it breaks off and keeps the fault, so that the records before it come through.

    It keeps what was read since the last record began: that is where the next one is looked for.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self._kept, self._first = bytearray(), 0  # and the offset of the first byte kept
        self._at = 0
        self.start = 0  # where the current iterator began
        self.fault: OSError | None = None

    def read(self, size: int = BLOCK) -> bytes:
        ahead = self._at - self._first
        data = bytes(self._kept[ahead : ahead + size]) if ahead < len(self._kept) else self._more(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at - self.start

    def forget(self, before: int) -> None:
        """What lies before an offset is not needed again."""
        drop = min(before - self._first, len(self._kept))
        if drop > 0:
            del self._kept[:drop]
            self._first += drop

    def find_next(self, last: tuple[int, int] | None) -> bool:
        """Goes to the next record after a damaged one, which follows the `last` good one (offset, length)."""
        searched = self.start + 1 if last is None else self._end(*last) + 1
        while True:
            found = self._kept.find(_NEXT, max(0, searched - self._first))
            if found >= 0:
                self._at = self.start = self._first + found
                return True
            searched = max(searched, self._first + len(self._kept) - len(_NEXT))
            self.forget(searched)
            if not self._more(BLOCK):
                return False

    def _end(self, offset: int, length: int) -> int:
        head = self._kept.find(_HEAD_END, max(0, offset - self._first))
        return offset if head < 0 else self._first + head + len(_HEAD_END) + length + len(_HEAD_END)

    def _more(self, size: int) -> bytes:
        try:
            data = cast(bytes, self._read(size))
        except OSError as error:
            self.fault, data = error, b""
        self._kept += data
        if len(self._kept) > 2 * KEPT:
            self.forget(self._first + len(self._kept) - KEPT)
        return data
