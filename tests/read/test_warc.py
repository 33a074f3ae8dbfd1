"""WARC and WET to documents: what HTTP says is known to the page, and a damaged record does not end the file."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest

from cleaner.data import Document, Failure
from cleaner.read import inputs

PAGE = "<html><body><p>The mayor of Bjørnvik opened the new bridge on Tuesday, in the rain.</p></body></html>"


def record(
    body: bytes, *, kind: str = "response", type: str = "application/http; msgtype=response", n: int = 1
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
        f"WARC-Target-URI: https://a.example/{n}\r\nContent-Type: {type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(body: bytes, type: str = "text/html", *headers: str, status: int = 200, n: int = 1) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Type: {type}", *headers, "", ""])
    return record(head.encode() + body, n=n)


def text(words: str, n: int = 1) -> bytes:
    return record(words.encode(), kind="conversion", type="text/plain", n=n)


def read(tmp_path: Path, data: bytes, name: str = "a.warc") -> list[Document | Failure]:
    (tmp_path / name).write_bytes(data)
    return list(inputs(tmp_path / name))


def test_a_page_knows_its_address_charset_and_crawl(tmp_path: Path) -> None:
    (doc,) = read(tmp_path, response(PAGE.encode("iso-8859-1"), "text/html; charset=ISO-8859-1"))
    assert isinstance(doc, Document)
    assert (doc.id, doc.url, doc.kind) == ("urn:uuid:1", "https://a.example/1", "html")
    assert "Bjørnvik" in doc.text
    assert doc.extra == {"crawl_date": "2024-03-05T10:00:00Z"}
    assert doc.metadata.get("date") is None
    assert (doc.origin.line, doc.origin.is_record) == (1, True)


def test_a_wrong_charset_does_no_harm(tmp_path: Path) -> None:
    (doc,) = read(tmp_path, response(PAGE.encode(), "text/html; charset=iso-8859-1"))
    assert isinstance(doc, Document)
    assert "Bjørnvik" in doc.text


def test_a_page_that_came_packed_and_in_pieces(tmp_path: Path) -> None:
    body = gzip.compress(PAGE.encode())
    pieces = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    (doc,) = read(tmp_path, response(pieces, "text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked"))
    assert isinstance(doc, Document)
    assert "Bjørnvik" in doc.text


def test_a_wet_file(tmp_path: Path) -> None:
    info = record(b"software: x\r\n", kind="warcinfo", type="application/warc-fields", n=1)
    found = read(
        tmp_path, gzip.compress(info) + gzip.compress(text("One.", 2)) + gzip.compress(text("Two.", 3)), "a.warc.wet.gz"
    )
    assert [(one.id, one.text, one.kind, one.origin.line) for one in found if isinstance(one, Document)] == [
        ("urn:uuid:2", "One.", "text", 2),
        ("urn:uuid:3", "Two.", "text", 3),
    ]


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    others = [
        response(b"\x89PNG", "image/png"),
        response(PAGE.encode(), status=404),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request", type="application/http; msgtype=request"),
    ]
    (doc,) = read(tmp_path, b"".join([*others, text("One.", 9)]))
    assert doc.id == "urn:uuid:9"


@pytest.mark.parametrize(
    "damage",
    [
        b"garbage",
        b"garbage\r\n\r\n" * 500,
        text("Lost.").replace(b"WARC/1.0", b"WARC/9.9"),
        text("Lost.").replace(b"Content-Length: 5", b"Content-Length: many"),
    ],
)
@pytest.mark.parametrize("before", [0, 2])
def test_a_damaged_record_does_not_end_the_file(tmp_path: Path, damage: bytes, before: int) -> None:
    good = [text(f"Text {n}.", n) for n in range(4)]
    found = read(tmp_path, b"".join([*good[:before], damage, *good[before:]]))
    assert [one.text for one in found if isinstance(one, Document)] == [f"Text {n}." for n in range(4)]
    failures = [one for one in found if isinstance(one, Failure)]
    assert failures[0].place == f"{tmp_path}/a.warc:{before + 1}"
    assert all(one.reason.startswith("not a whole WARC record: ") for one in failures)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, bytes])
def test_a_file_that_breaks_off_gives_what_is_whole(tmp_path: Path, pack: object) -> None:
    data = pack(b"".join(text(f"{n} {hash(str(n)) ** 9}" * 9, n) for n in range(200)))  # type: ignore[operator]
    suffix = {gzip.compress: ".gz", bz2.compress: ".bz2"}.get(pack, "")  # type: ignore[call-overload]
    *documents, failure = read(tmp_path, data[: len(data) - 100], f"a.warc{suffix}")
    assert all(isinstance(one, Document) for one in documents)
    assert suffix == ".bz2" or len(documents) > 100
    assert isinstance(failure, Failure)
    assert failure.place == f"{tmp_path}/a.warc{suffix}:{len(documents) + 1}" or "breaks off" in failure.reason


def test_a_file_of_something_else(tmp_path: Path) -> None:
    for data, reason in ((b"", "empty: no records"), (b"just text\n" * 1000, "not a whole WARC record")):
        (failure,) = read(tmp_path, data)
        assert isinstance(failure, Failure)
        assert failure.reason.startswith(reason)
