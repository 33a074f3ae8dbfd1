"""What the words of the lines say of body or furniture, by a fitted lexicon.

Readers are asked, thanked and sold to in sentences of the same form as the article's; the words differ.
One word proves nothing: a line's words speak together, and so do those of the lines around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from cleaner.text.fold import fold

MAX_CHARS = 160  # of a line, whose beginning says enough
FEW = 6  # words; a shorter line says no more than if it had so many
FAR = 1.5  # scaled log-odds; no neighbour counts for more
NEAR = 4  # lines above or below that are heard together

_WORD = re.compile(r"[^\W_]+")

NAMES = ("wording", "wording_scaled", "wording_up", "wording_down", "wording_near_up", "wording_near_down",
         "wording_before", "wording_after")  # fmt: skip

Said = tuple[float, float]


def words(line: str) -> list[str]:
    """The different words of a line's beginning, folded, in order.

    >>> words("Read 12 more stories. Read on")
    ['read', '12', 'more', 'stories', 'on']
    """
    return list(dict.fromkeys(_WORD.findall(fold(line[:MAX_CHARS]))))


def said(line: str, lexicon: Mapping[str, float]) -> Said:
    """The log-odds of noise by a line's words, added up, and scaled by how many words there are.

    >>> said("Subscribe to the paper", {"subscribe": 2.0, "paper": -0.5})[0]
    1.5
    """
    if not lexicon:
        return 0.0, 0.0
    found = words(line)
    known = lexicon.keys() & found
    if not known:
        return 0.0, 0.0
    total = round(sum([lexicon[word] for word in known]), 1)  # tenths, so their order does not matter
    return total, round(total / max(len(found), FEW) ** 0.5, 3)


def features(lines: Sequence[Said]) -> Iterator[tuple[float, ...]]:
    """For what was said of each line, the features of NAMES: its own words and those of its neighbours."""
    size = len(lines)
    clipped = [FAR if scaled > FAR else -FAR if scaled < -FAR else scaled for _, scaled in lines]
    sums = [0.0, *accumulate(clipped)]
    for n, (total, scaled) in enumerate(lines):
        up, down = n - NEAR if n > NEAR else 0, n + 1 + NEAR if n + 1 + NEAR < size else size
        yield (
            total, scaled, clipped[n - 1] if n else 0.0, clipped[n + 1] if n + 1 < size else 0.0,
            (sums[n] - sums[up]) / NEAR, (sums[down] - sums[n + 1]) / NEAR,
            sums[n] / (n or 1), (sums[size] - sums[n + 1]) / ((size - n - 1) or 1),
        )  # fmt: skip
