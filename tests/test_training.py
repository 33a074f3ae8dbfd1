"""benchmarks/fitting.py: what is fitted, written and read again says the same; where LightGBM is installed."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("lightgbm")

from cleaner.detect.trees import Fork, Trees

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture
def fitting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return import_module("fitting")


def test_a_publisher_is_in_one_fold(fitting: ModuleType) -> None:
    urls = ["https://www.fjord.example/a", "https://news.fjord.example/b", "", "https://tarn.example:81/c"]
    names = [fitting.publisher({"url": url, "id": "x1"}) for url in urls]

    assert names == ["fjord.example", "fjord.example", "x1", "tarn.example"]
    assert len(set(fitting.folds(names, 1000))) == 3


def test_written_trees_say_what_the_model_says(fitting: ModuleType, tmp_path: Path) -> None:
    import numpy as np

    draw = np.random.default_rng(7)
    rows = draw.integers(0, 9, (600, 3)).astype(float)
    noise = (rows[:, 0] + rows[:, 2] > 8) ^ (draw.random(600) < 0.1)
    params = {"learning_rate": 0.2, "min_data_in_leaf": 20, "max_bin": 63}

    model = fitting.fit(rows, noise, np.ones(600), params, 12)
    (tmp_path / "m.json").write_text('{"trees": [\n' + fitting.tree_lines(model, ["a", "b", "c"]) + "\n]}\n")

    trees = Trees(tmp_path / "m.json", ["a", "b", "c"])
    assert len(trees.trees) == 12
    assert any(isinstance(tree, Fork) for tree in trees.trees)
    assert [trees.probability(row) for row in rows] == pytest.approx(list(model.predict(rows)), abs=0.01)


@pytest.mark.parametrize("script", ["train_line_scorer.py", "train_ending_scorer.py", "train_page_scorer.py"])
def test_the_scripts_start(script: str) -> None:
    done = subprocess.run([sys.executable, BENCHMARKS / script, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, "cross-validated by publisher" in " ".join(done.stdout.split())) == (0, True), done.stderr
