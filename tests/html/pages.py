"""Made-up pages: a head and a body in one line of a test."""

from __future__ import annotations

import json
from typing import Any

from cleaner.html.stated import Stated, stated
from cleaner.html.tree import elements, parse

ARTICLE: dict[str, Any] = {"@context": "https://schema.org", "@type": "NewsArticle"}


def ld(*values: Any) -> str:
    """JSON-LD scripts of these values; a string goes in as it is."""
    texts = (value if isinstance(value, str) else json.dumps(value) for value in values)
    return "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)


def article(**fields: Any) -> str:
    return ld({**ARTICLE, **fields})


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def read(head: str = "", body: str = "", url: str | None = None, lang: str = "") -> Stated:
    tree = parse(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>')
    assert tree is not None
    return stated(elements(tree), url)


def value(field: str, head: str = "", body: str = "", url: str | None = None, lang: str = "") -> Any:
    return read(head, body, url, lang).values.get(field)
