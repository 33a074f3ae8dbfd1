"""The models of text, and what they say of a line."""

from __future__ import annotations

import json
import random

import pytest

from cleaner.detect import article_ending, ending_features
from cleaner.detect.line_features import FEATURES
from cleaner.detect.line_score import MODEL
from cleaner.detect.trees import Fork, Trees


def some_rows() -> list[tuple[float, ...]]:
    draw = random.Random(3)
    return [tuple(draw.choice((-1, 0, 0.5, 1, 3, 40, 200)) for _ in FEATURES) for _ in range(50)]


def walked(row: tuple[float, ...]) -> float:
    total = 0.0
    for tree in MODEL.trees:
        node = tree
        while isinstance(node, Fork):
            node = node.left if row[node.place] <= node.threshold else node.right
        total += node
    return total


@pytest.mark.parametrize(("model", "features"), [(MODEL, FEATURES), (article_ending.MODEL, ending_features.FEATURES)])
def test_the_file_names_known_features_only(model: Trees, features: tuple[str, ...]) -> None:
    def names(node: object) -> set[str]:
        return {node[0]} | names(node[2]) | names(node[3]) if isinstance(node, list) else set()

    trees = json.loads(model.path.read_text(encoding="utf-8"))["trees"]

    assert set().union(*map(names, trees)) <= set(features)
    assert model.path.stat().st_size < 100_000  # small enough to be reviewed


@pytest.mark.parametrize("row", some_rows())
def test_the_expression_says_what_the_trees_say(row: tuple[float, ...]) -> None:
    chance = MODEL.probability(row)

    assert 0 <= chance <= 1
    assert (chance > 0.5) == (walked(row) > 0)


@pytest.mark.parametrize("row", some_rows()[:10])
def test_contributions_add_up(row: tuple[float, ...]) -> None:
    base = sum(tree.average if isinstance(tree, Fork) else tree for tree in MODEL.trees)

    assert base + sum(MODEL.contributions(row).values()) == pytest.approx(walked(row))


def test_contributions_come_largest_first() -> None:
    parts = list(MODEL.contributions(some_rows()[0]).values())

    assert parts == sorted(parts, reverse=True)
