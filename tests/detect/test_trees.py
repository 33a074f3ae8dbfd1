"""Models in JSON files."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

from cleaner.detect import ending_features, line_features
from cleaner.detect.page_features import FEATURES
from cleaner.detect.page_score import MODEL
from cleaner.detect.trees import WALKED, Trees


def test_the_trees_add_up(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps({"words": {"menu": -2.5}, "trees": [["a", 1.5, -1.0, ["b", 0, 2, 3]], 0.5]}))
    model = Trees(path, ["b", "a"])
    assert model.lexicon == {"menu": -2.5}
    for row, total in (((0, 1), -0.5), ((0, 2), 2.5), ((1, 2), 3.5)):
        assert model.probability(row) == pytest.approx(1 / (1 + math.exp(-total)))


def test_compiled_trees_say_exactly_what_walked_ones_said() -> None:
    draw = random.Random(5)
    rows = [[draw.uniform(-1, 200) for _ in FEATURES] for _ in range(50)]
    model = Trees(MODEL.path, FEATURES)
    first = [model.probability(row) for row in rows]
    for _ in range(WALKED):
        model.probability(rows[0])
    assert [model.probability(row) for row in rows] == first


def test_contributions_name_the_features_that_decided(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps({"trees": [["a", 0, ["b", 0, 1.0, 3.0], 0.0], ["c", 0, -1.0, 1.0]]}))
    model = Trees(path, ["a", "b", "c"])
    assert model.contributions((0, 1, 0)) == {"a": 1.0, "b": 1.0, "c": -1.0}
    assert model.contributions((1, 1, 1)) == {"c": 1.0, "a": -1.0}


def test_the_page_model_is_one_that_its_features_fit() -> None:
    assert 0 < MODEL.probability([0.0] * len(FEATURES)) < 1
    assert MODEL.lexicon["footer"] < -3 < 0 < MODEL.lexicon["prose"]


@pytest.mark.parametrize("names", [FEATURES, line_features.FEATURES, ending_features.FEATURES])
def test_no_two_features_of_a_model_have_one_name(names: tuple[str, ...]) -> None:
    assert len(set(names)) == len(names)
