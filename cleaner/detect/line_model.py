"""The line scorer's model: shallow regression trees over the features of a line, read from `line_model.json`.

The trees were fitted by `benchmarks/train_line_scorer.py` (gradient boosting, Friedman 2001, as LightGBM
does it). A tree is nested lists [feature, threshold, left, right]; a line goes left where its feature is
no larger than the threshold, and the numbers at the ends add up to the log-odds that it is boilerplate.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.detect.line_features import FEATURES, WORDS

PATH = Path(__file__).with_name("line_model.json")

Row = Sequence[float]


@functools.cache
def trees() -> list[Fork | float]:
    """The trees, with features as places in a row."""
    model = json.loads(PATH.read_text(encoding="utf-8"))
    places = {name: place for place, name in enumerate(FEATURES)}
    return [_fork(tree, places) for tree in model["trees"]]


class Fork(NamedTuple):
    """A split of a tree; `average` is what it says on average, both sides counting the same."""

    place: int
    threshold: float
    left: Fork | float
    right: Fork | float
    average: float


Node = Fork | float


def _fork(node: Any, places: dict[str, int]) -> Fork | float:
    if not isinstance(node, list):
        return float(node)
    left, right = _fork(node[2], places), _fork(node[3], places)
    return Fork(places[node[0]], float(node[1]), left, right, (_average(left) + _average(right)) / 2)


def _average(node: Fork | float) -> float:
    return node.average if isinstance(node, Fork) else node


@functools.cache
def _compiled() -> Callable[[Row], float]:
    """All trees as one expression: three times as fast as walking them, with the same sum."""
    return _function("+".join(_expression(tree) for tree in trees()))


@functools.cache
def _bound() -> Callable[[Row], float]:
    """The largest sum that the trees can have, whatever the features in WORDS are."""
    return _function("+".join(_expression(_without(tree)) for tree in trees()))


def _function(source: str) -> Callable[[Row], float]:
    return eval(compile(f"lambda x: {source}", "line_model", "eval"))  # type: ignore[no-any-return] # noqa: S307 # numbers only


def _without(node: Node) -> Node:
    """The tree with the better of both sides where a feature in WORDS decides."""
    if not isinstance(node, Fork):
        return node
    left, right = _without(node.left), _without(node.right)
    return _better(left, right) if FEATURES[node.place] in WORDS else node._replace(left=left, right=right)


def _better(one: Node, other: Node) -> Node:
    """A tree that says whatever is larger of what two trees say."""
    if isinstance(one, Fork):
        return one._replace(left=_better(one.left, other), right=_better(one.right, other))
    if isinstance(other, Fork):
        return _better(other, one)
    return max(one, other)


def _expression(node: Node) -> str:
    if not isinstance(node, Fork):
        return f"({node!r})"
    return f"({_expression(node.left)} if x[{node.place}]<={node.threshold!r} else {_expression(node.right)})"


def probability(row: Row) -> float:
    """The probability (0 to 1) that a line with these features is boilerplate."""
    return _logistic(_compiled()(row))


def most(row: Row) -> float:
    """The largest probability that a line can have with these features, whatever those in WORDS are."""
    return _logistic(_bound()(row))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def contributions(row: Row) -> dict[str, float]:
    """What each feature adds to the log-odds, the largest first.

    On its way down a tree, the step at a feature changes what the tree says on average; the change is
    that feature's part (the path attribution of Saabas, "Interpreting random forests", 2014).
    """
    parts: dict[int, float] = {}
    for tree in trees():
        node = tree
        while isinstance(node, Fork):
            place, threshold, left, right, average = node
            node = left if row[place] <= threshold else right
            parts[place] = parts.get(place, 0.0) + _average(node) - average
    named = ((FEATURES[place], part) for place, part in parts.items())
    return dict(sorted(named, key=lambda part: (-part[1], part[0])))
