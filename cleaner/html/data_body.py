"""The article's text where the visible page has none: JSON-LD's `articleBody`, or the data that a script would show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.html.jsonld import Node, values
from cleaner.html.tree import Tree, parse

MIN_BODY = 400  # characters; a shorter text in the data is a summary
MIN_PARAGRAPH = 80  # characters of a paragraph in a script's data; shorter strings are labels
MAX_SEEN = 0.3  # of the data's pieces, those that the page shows; where it shows more, it has the article
PIECES = 40  # of the text that are looked for in the page
MAX_SCRIPT_CHARS = 5_000_000
MAX_VALUES = 50_000  # of a script
_TEXT_KEY = re.compile(r"body|content|text|html|paragraph|value", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?。！？]{20,}[.!?。！？]")
_TAG = re.compile(r"<[a-z/][^>]*>", re.IGNORECASE)


def missing_body(article: Node, tree: Tree, visible: str) -> list[str]:
    """The paragraphs of the article that the page's data holds and its visible text does not; mostly none."""
    stated = article.get("articleBody")
    for found in ([stated] if isinstance(stated, str) else [], *_hydrated(tree, visible)):
        paragraphs = [line for text in found for line in _paragraphs(text)]
        if sum(map(len, paragraphs)) >= MIN_BODY and _share_seen(paragraphs, visible) <= MAX_SEEN:
            return paragraphs
    return []


def _share_seen(paragraphs: Sequence[str], visible: str) -> float:
    """Of the text's sentences, the share that the page shows."""
    sentences = [found[0].strip() for line in paragraphs for found in _SENTENCE.finditer(line)] or list(paragraphs)
    pieces = sentences[:: max(1, len(sentences) // PIECES)]
    page = " ".join(visible.split())
    return sum(" ".join(piece.split()) in page for piece in pieces) / len(pieces)


def _paragraphs(text: str) -> list[str]:
    """The text's lines, without markup."""
    if _TAG.search(text):
        tree = parse(re.sub(r"(?i)</(?:p|div|h[1-6]|li)>|<br[^>]*>", "\n", text))
        text = "".join(map(str, tree.itertext())) if tree is not None else ""
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _hydrated(tree: Tree, visible: str) -> Iterator[list[str]]:
    """The long texts in the data of each script; of pages that show hardly any."""
    if sum(len(line) for line in visible.split("\n") if len(line) >= MIN_PARAGRAPH) >= MIN_BODY:
        return
    for script in tree.iter("script"):
        if "json" in (script.get("type") or "").lower() and "ld+" not in (script.get("type") or ""):
            text = script.text or ""
            if MIN_BODY <= len(text) <= MAX_SCRIPT_CHARS:
                yield list(dict.fromkeys(_long_texts(values(text))))


def _long_texts(data: Any) -> Iterator[str]:
    """The strings of a paragraph's length that stand under the name of a text, in order."""
    stack: list[tuple[Any, str]] = [(data, "")]
    for _ in range(MAX_VALUES):
        if not stack:
            return
        value, key = stack.pop()
        if isinstance(value, str):
            if len(value) >= MIN_PARAGRAPH and " " in value and _TEXT_KEY.search(key):
                yield value
        elif isinstance(value, list):
            stack.extend((entry, key) for entry in reversed(value))
        elif isinstance(value, dict):
            stack.extend((entry, str(name)) for name, entry in reversed(value.items()))
