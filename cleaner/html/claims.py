"""What several sources say of one field, fused by agreement and reliability."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

MOST = 0.99  # no page's word is certain
PART = 0.5  # what a source counts for a value that its own is a part of


class Claim(NamedTuple, Generic[T]):
    """One source's word: `weight` is how often such a source is right, `family` names those that copy each other."""

    value: T
    source: str
    weight: float
    family: str


class Fused(NamedTuple, Generic[T]):
    """The value that won, the sources that say so (best first), and how sure it is (0 to 1)."""

    value: T
    sources: tuple[str, ...]
    confidence: float


def fuse(
    claims: Iterable[Claim[T]],
    key: Callable[[T], Hashable],
    is_part: Callable[[T, T], bool] = lambda part, whole: False,
) -> list[Fused[T]]:
    """The different values, best first; values are the same if their `key` is.

    Sources of different families that agree are taken as independent (they are wrong together with the product of
    their errors); of one family only the best counts. A source whose value is a part of another's (`is_part`) speaks
    for that too, by half. Of equal confidence, the first claim goes first.
    """
    groups: dict[Hashable, list[Claim[T]]] = {}
    for claim in claims:
        groups.setdefault(key(claim.value), []).append(claim)
    fused = [_group(group, groups.values(), is_part) for group in groups.values()]
    return sorted(fused, key=lambda one: -one.confidence)


def _group(claims: list[Claim[T]], others: Iterable[list[Claim[T]]], is_part: Callable[[T, T], bool]) -> Fused[T]:
    claims = sorted(claims, key=lambda claim: -claim.weight)
    best: dict[str, float] = {}
    for claim in claims:
        best.setdefault(claim.family, claim.weight)
    own = frozenset(best)
    for group in others:
        if is_part(group[0].value, claims[0].value):
            for claim in group:
                if claim.family not in own:
                    best[claim.family] = max(best.get(claim.family, 0.0), PART * claim.weight)
    doubt = 1.0
    for weight in best.values():
        doubt *= 1 - weight
    sources = tuple(dict.fromkeys(claim.source for claim in claims))
    return Fused(claims[0].value, sources, round(min(MOST, 1 - doubt), 3))
