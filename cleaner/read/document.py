"""One source to one `Document`: decode, take the front matter off, tell HTML from text, linearise HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from cleaner.data import NOTHING, Document, Failure, Kind, Origin
from cleaner.html.layout import Layout, PageError
from cleaner.read.html import linearise
from cleaner.read.limits import TooLargeError, check_page
from cleaner.read.sniff import is_html
from cleaner.text import codes
from cleaner.text.encoding import decode
from cleaner.text.frontmatter import fault, split

BROKEN = "front matter: no YAML"
LINE_BREAK = re.compile(r"\r\n|\r|\n")  # what editors count as one
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


def document(
    source: str | bytes,
    *,
    id: str = "",
    kind: Kind | None = None,
    url: str | None = None,
    language: str | None = None,
    metadata: Mapping[str, Any] = NOTHING,
    extra: Mapping[str, Any] = NOTHING,
) -> Document:
    """Read one text or page; bytes are decoded (see `cleaner.text.encoding`), a string stays as it is.

    `kind` None tells HTML from text by looking. `Document.text` is the text after its front matter, or
    the page's linearised text ("" and a note where a page has none). Metadata that is handed over
    goes before front matter, and that before the page's own. `url` and `language` (two letters, or a
    code such as `de-AT` that begins with them) come from the metadata where they are not given. Raises TooLargeError
    at a page whose markup would keep a parser busy for minutes.
    """
    notes: tuple[str, ...] = ()
    if isinstance(source, bytes):
        source, _, notes = decode(source)
    header, text = split(source)
    first_line = 1 + len(LINE_BREAK.findall(source[: len(source) - len(text)])) if header else 1
    if broken := fault(text):
        notes += (f"{BROKEN} in line {first_line - 1 + broken[0]}: {broken[1]}",)
    stated = {**header, **metadata}
    url = url or _string(stated.get("url"))
    page: dict[str, Any] = {}
    sources: Mapping[str, Any] = NOTHING
    layout: Layout | None = None
    if kind is None:
        kind = "html" if is_html(text) else "text"
    if kind == "html":
        check_page(text)
        layout, page, more = linearise(text, url)
        text = layout.text() if layout else ""
        sources = page.pop("sources", NOTHING)
        notes += more
    return Document(
        id=id,
        text=text,
        kind=kind,
        url=url or page.get("url"),
        language=_language(language) or _language(stated.get("language")),
        metadata={**page, **{key: value for key, value in stated.items() if value is not None or key not in page}},
        sources={name: source for name, source in sources.items() if name not in stated},
        extra=dict(extra),
        notes=notes,
        origin=Origin("", first_line),
        layout=layout,
        title_may_stay="title" in header and "title" not in metadata,
    )


def check(kind: object, language: object) -> None:
    """Raises ValueError where a kind or a language that somebody chose is none."""
    if kind not in (None, *get_args(Kind)):
        raise ValueError(f'kind is {kind!r}: it must be "text", "html", or None to tell by looking')
    if language is None or (isinstance(language, str) and (_language(language) or "") in codes.KNOWN):
        return
    said = codes.problem(language) if isinstance(language, str) else f"{language!r} is no string"
    raise ValueError(f"language: {said}")


def attempt(source: str | bytes, place: str, *, id: str, **known: Any) -> Document | Failure:
    """Read as `document` does; a page that breaks its parser becomes a `Failure`, so that the others go on."""
    try:
        read = document(source, id=id, **known)
        return replace(read, origin=read.origin._replace(path=place))
    except (PageError, TooLargeError) as error:
        return Failure(id, place, str(error))
    except Exception as error:  # noqa: BLE001  # whatever a parser raises, the run must not end
        return Failure(id, place, f"could not be read: {type(error).__name__}: {error}; mend: leave it out")


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _language(code: object) -> str | None:
    """The ISO 639-1 part of a language code, lower case; None for anything else ("English", 3 letters)."""
    found = _LANGUAGE.fullmatch(code.strip()) if isinstance(code, str) else None
    return found[1].lower() if found else None
