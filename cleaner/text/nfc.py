"""NFC with the way back: which span of the input a span of the normalised text came from."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple


class Normalised(NamedTuple):
    """The NFC text, and for inputs that were not NFC the paired offsets at which both are in step."""

    text: str
    here: list[int]
    there: list[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the input that holds what `text[start:end]` came from."""
        if not self.here:
            return start, end
        left = bisect_right(self.here, start) - 1
        right = bisect_right(self.here, end - 1)
        exact = self.here[right] - self.here[right - 1] == self.there[right] - self.there[right - 1]
        first = self.there[left]
        if left + 1 < len(self.here) and self.here[left + 1] - self.here[left] == self.there[left + 1] - first:
            first += start - self.here[left]
        return first, self.there[right - 1] + end - self.here[right - 1] if exact else self.there[right]


def normalise(text: str) -> Normalised:
    """NFC of a text; costs next to nothing where it is NFC already.

    >>> n = normalise("Cafe\\u0301 noir")
    >>> n.text, n.origin(0, 4), n.origin(5, 9)
    ('Café noir', (0, 5), (6, 10))
    """
    if unicodedata.is_normalized("NFC", text):
        return Normalised(text, [], [])
    here, there, parts = [0], [0], []
    for cluster in _clusters(text):
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            here += [here[-1] + len(composed)]
            there += [there[-1] + len(cluster)]
        else:
            _step(here, there, len(cluster))
        parts.append(composed)
    joined = "".join(parts)
    if joined != unicodedata.normalize("NFC", text):
        return Normalised(unicodedata.normalize("NFC", text), [0, len(joined)], [0, len(text)])
    return Normalised(joined, here, there)


def _clusters(text: str) -> Iterator[str]:
    """The text in pieces that normalise apart from each other: whole lines, or a line's grapheme clusters."""
    import regex

    for line in text.splitlines(keepends=True):
        if unicodedata.is_normalized("NFC", line):
            yield line
        else:
            yield from regex.findall(r"\X", line)


def _step(here: list[int], there: list[int], size: int) -> None:
    """Moves both on by an unchanged stretch, joined to the stretch before where that was unchanged too."""
    unchanged = len(here) > 1 and here[-1] - here[-2] == there[-1] - there[-2] and here[-1] - here[-2] > 1
    if unchanged:
        here[-1] += size
        there[-1] += size
    else:
        here.append(here[-1] + size)
        there.append(there[-1] + size)
