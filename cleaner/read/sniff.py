"""Tells HTML from plain text by looking.

A page starts with its tags, and nearly all its characters stand inside block elements. An article about
HTML, a Markdown file with a few tags and a code listing in prose have their text outside of them.
"""

from __future__ import annotations

import re

MIN_CLOSED = 3  # closing block tags of a fragment with text before its first tag
MAX_OUTSIDE = 0.2  # characters outside block elements / all; Markdown with HTML parts has 0.5 and more
MAX_OUTSIDE_LATE = 0.1  # the same, where the first tag comes late: a listing may fill most of a text
_BLOCK = "article|aside|blockquote|body|div|dl|figure|footer|h[1-6]|header|html|main|nav|ol|p|section|table|ul"
_LEAD = re.compile(r"(?:\s|\ufeff|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->))*-->)*")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?(?:title|meta|link|script|style|head|body|a|br|img|" + _BLOCK + r")\b[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"<(/?)(?:{_BLOCK})\b[^<>]*>", re.IGNORECASE)
# What is not closed goes on to the end: were it text, each opening would be searched to the end in vain.
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_HEAD, _HEAD_END = re.compile(r"<head\b", re.IGNORECASE), re.compile(r"</head\s*>", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def is_html(text: str) -> bool:
    """Return whether a text is a page or a fragment of one, rather than text that mentions tags."""
    if "<" not in text:
        return False
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    page = _PAGE.match(text, start)
    if page and _ANY_TAG.search(text, page.end()):
        return True
    if "</" not in text or _FENCE.search(text):
        return False
    first = _BLOCK_TAG.match(text, start)
    closed, outside = _outside_share(text)
    if first:
        return closed >= 1 and outside <= MAX_OUTSIDE
    return closed >= MIN_CLOSED and outside <= MAX_OUTSIDE_LATE


def without_hidden(html: str) -> str:
    """The markup without scripts, styles and comments; in time that grows with its length."""
    return _HIDDEN.sub("", html)


def _without_head(text: str) -> str:
    start = _HEAD.search(text)
    end = _HEAD_END.search(text, start.end()) if start else None
    return text[: start.start()] + text[end.end() :] if start and end else text


def _outside_share(text: str) -> tuple[int, float]:
    """The number of closing block tags, and the share of visible characters that stand outside any block element."""
    text = without_hidden(_without_head(text))
    depth = closed = outside = inside = at = 0
    for tag in _BLOCK_TAG.finditer(text):
        seen = len("".join(text[at : tag.start()].split()))
        inside, outside = (inside + seen, outside) if depth else (inside, outside + seen)
        closed += bool(tag[1])
        depth = max(0, depth - 1) if tag[1] else depth + 1
        at = tag.end()
    outside += len("".join(text[at:].split()))
    return closed, outside / max(1, inside + outside)
