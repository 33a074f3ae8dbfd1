"""What the class words of a page's elements say of body or furniture, by a fitted lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FURNITURE = -3.0  # log-odds of body by class words, at which a block far outside the article is furniture (0.5 %)
MAX_REMEMBERED = 50_000  # sets of class words; a page has about 100, and those of one site share most


Foreign = tuple[tuple[float, str], ...]  # words with their log-odds, in order


class Said(NamedTuple):
    """What known class words say: sum, least and most of their log-odds, and those that speak against body."""

    total: float
    least: float
    most: float
    foreign: Foreign


class Lexicon(dict[tuple[str, ...], Said | None]):
    """Maps the class words of one element to what they say together; None where none of them is known.

    `weights` gives the log-odds of body by word.

    >>> Lexicon({"menu": -4.0})["main", "menu"]
    Said(total=-4.0, least=-4.0, most=-4.0, foreign=((-4.0, 'menu'),))
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, words: tuple[str, ...]) -> Said | None:
        known = [(self._weights[word], word) for word in words if word in self._weights]
        weights = [weight for weight, _ in known]
        foreign = tuple(sorted(pair for pair in known if pair[0] < FURNITURE / 2))
        said = Said(sum(weights), min(weights), max(weights), foreign) if known else None
        if len(self) < MAX_REMEMBERED:
            self[words] = said
        return said
