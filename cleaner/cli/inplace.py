"""What replaces a text file that is cleaned in place, and when it stays as it is."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass

from cleaner.data import Article, Document, Failure
from cleaner.emit import text_file
from cleaner.emit.style import Style, style_of
from cleaner.emit.texts import Form
from cleaner.overrule import IGNORE, KEY
from cleaner.read import Source
from cleaner.read.document import BROKEN, LINE_BREAK, document
from cleaner.read.files import opened
from cleaner.read.limits import MAX_BYTES
from cleaner.read.raw import bounded
from cleaner.read.sources import TABLES, how_packed, suffixes
from cleaner.storage import pack, packing, unpack
from cleaner.text.encoding import decode

CHANGED = "left as it is, because it was changed while it was cleaned; mend: clean it again"
HEAD = 65_536  # bytes of a file of records that tell how it is written


@dataclass(frozen=True, slots=True)
class Left(Failure):
    """A file that was read and is better left as it is."""


def replacement(source: Source, doc: Document, article: Article, form: Form) -> bytes | Failure:
    """The new content of a file: the old one's encoding, byte order mark, line ends and last line end are kept.

    A Failure says why the file stays; a Left, that it had better stay. Raises OSError where the file is gone.
    """
    if doc.kind == "html":
        return _left(doc, "a page is not replaced by its text; mend: -o OUT/ instead of --in-place")
    if not article.text:
        mend = f"mend: see `cleaner explain {source.path}`"
        return _left(doc, f"left as it is, because nothing of it would be left; {mend}")
    data = source.path.read_bytes()
    try:
        plain, more = bounded(unpack(io.BytesIO(data), packing(source.name)), MAX_BYTES + 4 * len(doc.text))
    except OSError:
        plain, more = b"", True
    if more or _text(plain) != doc.text:
        return Failure(doc.id, doc.origin.path, CHANGED)
    if any("undecodable" in note for note in decode(plain)[2]):
        return _left(doc, "left as it is, because some of its bytes are no text; mend: save the file as UTF-8")
    if broken := next((note for note in doc.notes if note.startswith(BROKEN)), None):
        return _left(doc, f"left as it is, because of its {broken}; mend: correct it")
    if article_is_ignored(doc):
        return data
    style = style_of(plain)
    try:
        dressed = style.dress(text_file(article, form))
    except UnicodeEncodeError:
        return _left(doc, f"left as it is, because {style.codec} lacks a character of it; mend: save the file as UTF-8")
    return packed(dressed, source.name)


def article_is_ignored(doc: Document) -> bool:
    """Whether the document says `cleaner: ignore` of itself."""
    return doc.metadata.get(KEY) == IGNORE


def packed(data: bytes, name: str) -> bytes:
    """The bytes of a file, packed as its name says."""
    if not packing(name):
        return data
    found = io.BytesIO()
    stream = pack(found, packing(name))
    stream.write(data)
    stream.close()
    return found.getvalue()


def line_style(source: Source) -> Style:
    """How a file of JSON lines, or a table, is written. Raises OSError."""
    packed = how_packed(source.name)
    with opened(source) as file:
        head = file.read(HEAD)
        tail = b"" if packed or file.seek(0, os.SEEK_END) <= HEAD else file.seek(-4, os.SEEK_END) and file.read()
    style = style_of(head[: head.rfind(b"\n") + 1] or head)  # no half character, and no half line end
    if suffixes(source.name)[0] in TABLES:  # cells may hold line ends of their own; the names of columns do not
        first = LINE_BREAK.search(head[len(style.mark) :].decode(style.codec, "replace"))
        style = style._replace(newline=first[0] if first else style.newline)
    ends = bool(packed) or any(char in b"\r\n" for char in (tail or head)[-4:].strip(b"\0")[-1:])
    return style._replace(ends=ends, codec=style.codec if style.codec.startswith("utf-") else "utf-8")


def _text(data: bytes) -> str:
    """The text as `Document.text` has it."""
    return document(data, kind="text").text


def _left(doc: Document, reason: str) -> Left:
    return Left(doc.id, doc.origin.path, reason)
