"""Paragraphs that stand more than once in a document: the second copy goes.

Spared: refrains and other short lines, which verse, dialogue and tables repeat with good reason,
and texts that repeat many lines or one line many times. A copy goes only with a second witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.text.lines import width

ID = "heuristic-repeated-line"
CATEGORY = "repetition"
MESSAGE = "A paragraph that stands in the text already, word for word."

MIN_CHARS = 90  # Latin letters; verses and table rows are shorter
MAX_REPEATED = 2  # distinct lines that repeat; where more do, the text is built that way (a catalogue, a programme)


def find(page: Page) -> Iterator[Finding]:
    """A finding for each second copy of a line, unless the text repeats itself throughout."""
    texts = {n: block.text for n, block in enumerate(page.blocks) if block.role == "paragraph"}
    sizes = Counter(map(len, texts.values()))
    copies: dict[str, list[int]] = {}
    for n, text in texts.items() if len(sizes) < len(texts) else ():
        if n in page.by_markup:
            continue  # it goes, and so the copy in the article is the only one
        if sizes[len(text)] > 1 and width(text) >= MIN_CHARS:
            copies.setdefault(text.casefold(), []).append(n)
    repeated = [places for places in copies.values() if len(places) > 1 and not page.dropped.issuperset(places)]
    if len(repeated) > MAX_REPEATED or any(len(places) > 2 for places in repeated):
        return
    for first, second in repeated:
        yield page.accuse(second, ID, CATEGORY, f"the same as line {first + 1}", confidence="low")
