"""Fitted models as shallow regression trees, read from reviewed JSON files.

The trees are fitted by the scripts in `benchmarks/` (gradient boosting, Friedman 2001, as LightGBM does it). A tree
is nested lists [feature, threshold, left, right]; a row goes left where its feature is no larger than the threshold,
and the numbers at the ends add up to the log-odds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

Row = Sequence[float]

REASONS = 4
WALKED = 800  # rows; to compile trees takes as long as to walk them for so many


class Fork(NamedTuple):
    """A split of a tree, its feature as a place in a row; `average` is what it says, both sides counting the same."""

    place: int
    threshold: float
    left: Node
    right: Node
    average: float


Node = Fork | float


class Trees:
    """A model file, read when it is first asked."""

    def __init__(self, path: Path, features: Sequence[str]) -> None:
        self.path, self._features = path, features

    @cached_property
    def _model(self) -> Mapping[str, Any]:
        model: Mapping[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return model

    @property
    def lexicon(self) -> Mapping[str, float]:
        """Words with their weights, where the model has some."""
        found: Mapping[str, float] = self._model.get("words", {})
        return found

    @cached_property
    def trees(self) -> Sequence[Node]:
        """The trees."""
        places = {name: place for place, name in enumerate(self._features)}
        return [_node(tree, places) for tree in self._model["trees"]]

    @cached_property
    def _sum(self) -> _Sum:
        return _Sum(self.trees, self.path.stem, len(self._features))

    def probability(self, row: Row) -> float:
        """The probability (0 to 1) that the model gives a row of features."""
        return _logistic(self._sum(row))

    def contributions(self, row: Row) -> dict[str, float]:
        """What each feature adds to the log-odds, the largest first.

        On its way down a tree, the step at a feature changes what the tree says on average; the change is that
        feature's part (the path attribution of Saabas, "Interpreting random forests", 2014).
        """
        parts: dict[int, float] = {}
        for tree in self.trees:
            node, before = tree, _average(tree)
            while isinstance(node, Fork):
                place, threshold, left, right, _ = node
                node = left if row[place] <= threshold else right
                average = node.average if isinstance(node, Fork) else node
                parts[place] = parts.get(place, 0.0) + average - before
                before = average
        named = ((self._features[place], part) for place, part in parts.items())
        return dict(sorted(named, key=lambda part: (-part[1], part[0])))

    def reasons(self, row: Row, phrases: Mapping[str, str]) -> list[str]:
        """What speaks most for a high probability, in words; `phrases` say of a feature what its value tells."""
        values = dict(zip(self._features, row, strict=True))
        found: list[str] = []
        for name, part in self.contributions(row).items():
            if part <= 0 or len(found) == REASONS:
                break
            if name in phrases and (reason := phrases[name].format(**values)) not in found:
                found.append(reason)
        return found


class _Sum:
    """What trees add up to for a row: walked one by one at first, and compiled for the rows of longer runs.

    One expression of all trees, over rows of floats alone, is six times as fast as walking them, with the same sum.
    """

    def __init__(self, trees: Sequence[Node], name: str, features: int) -> None:
        self._trees, self._name, self._features = trees, name, features
        self._walks = 0

    def __call__(self, row: Row) -> float:
        if self._walks > WALKED:
            return self._compiled(*map(float, row))
        self._walks += 1
        total = 0.0
        for tree in self._trees:  # added up in the expression's order, since the sums must be the same to the last bit
            total += _end(tree, row)
        return total

    @cached_property
    def _compiled(self) -> Callable[..., float]:
        source = "+".join(map(_expression, self._trees))
        names = ",".join(f"x{place}" for place in range(self._features))
        return eval(compile(f"lambda {names}: {source}", self._name, "eval"))  # type: ignore[no-any-return] # noqa: S307 # numbers only


def _end(node: Node, row: Row) -> float:
    while isinstance(node, Fork):
        place, threshold, left, right, _ = node
        node = left if row[place] <= threshold else right
    return node


def _node(node: Any, places: Mapping[str, int]) -> Node:
    if not isinstance(node, list):
        return float(node)
    left, right = _node(node[2], places), _node(node[3], places)
    return Fork(places[node[0]], float(node[1]), left, right, (_average(left) + _average(right)) / 2)


def _average(node: Node) -> float:
    return node.average if isinstance(node, Fork) else node


def _expression(node: Node) -> str:
    if not isinstance(node, Fork):
        return f"({node!r})"
    return f"({_expression(node.left)} if x{node.place}<={node.threshold!r} else {_expression(node.right)})"


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))
