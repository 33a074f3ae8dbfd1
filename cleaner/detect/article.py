"""Where the article stands in a document: the stretch of lines with the largest sum of weights.

Sentences weigh for it and short lines against it (maximum subsequence segmentation, after Pasternack
and Roth, "Extracting article text from the web with maximum subsequence segmentation", 2009).
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile

from cleaner.data import Block
from cleaner.text.lines import ends_sentence, width

PARAGRAPH_BONUS = 60  # on top of a paragraph's characters
LIST_ITEM = -8
PROSE_CHARS = 80  # Latin letters
SHORT_LINE = -25  # of ten sets of weights tried on the dev dumps, the one that lost the least body


def article(blocks: Sequence[Block], dropped: Container[int]) -> range:
    """The blocks of the article: from the first to the last of the best stretch; `dropped` ones weigh nothing."""
    best = total = 0
    start = first = stop = 0
    for n, block in enumerate(blocks):
        if total <= 0:
            total, start = 0, n
        total += 0 if n in dropped else _weight(block)
        if total > best:
            best, first, stop = total, start, n + 1
    after = _sentences(blocks, dropped, range(stop, len(blocks)))
    before = _sentences(blocks, dropped, range(first - 1, -1, -1))
    return range(before[-1] if before else first, after[-1] + 1 if after else stop)


def _sentences(blocks: Sequence[Block], dropped: Container[int], outwards: range) -> list[int]:
    """The lines at the article's edge that are long enough for a lede or a last line that lost its full stop."""
    kept = (n for n in outwards if n not in dropped)
    return list(takewhile(lambda n: width(blocks[n].text) >= PROSE_CHARS, kept))


def _weight(block: Block) -> int:
    if block.role == "paragraph":
        return len(block.text) + PARAGRAPH_BONUS
    if ends_sentence(block.text):
        return len(block.text)
    return LIST_ITEM if block.role == "list-item" else SHORT_LINE
