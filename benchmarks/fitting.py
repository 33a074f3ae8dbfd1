"""What the training scripts share: rows and their publishers, folds, labels, and trees from LightGBM to JSON."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np

from cleaner.measure.judge import Reference, is_body
from cleaner.measure.shingles import counted

Rows = list[dict[str, Any]]

# Of both models; the same trees come out each time. What differs stands in the scripts.
PARAMS: Mapping[str, Any] = {
    "objective": "binary", "num_leaves": 31, "lambda_l2": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1,
    "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 2, "verbose": -1,
}  # fmt: skip
SECOND_LEVEL = frozenset("ac co com edu gov net org".split())  # under the domain of a country: bbc.co.uk
CONTEXT = 3  # blocks before and after one that its shingles may reach into


def read(path: Path) -> Rows:
    """The rows of JSON lines, packed by gzip or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def publisher(row: Mapping[str, Any]) -> str:
    """The domain that was registered, by its last two or three names; the id where there is no address."""
    host = urlsplit(row.get("url") or "").hostname or str(row.get("id", ""))
    names = host.split(".")
    is_deeper = len(names) > 2 and len(names[-1]) == 2 and names[-2] in SECOND_LEVEL
    return ".".join(names[-3 if is_deeper else -2 :])


def folds(publishers: Sequence[str], count: int) -> list[int]:
    """For each sample the fold that it is left out of: all samples of a publisher are in one."""
    return [zlib.crc32(name.encode()) % count for name in publishers]


def labels(found: Sequence[Sequence[str]], body: str) -> list[bool]:
    """For the tokens of each block, whether it is of the gold body."""
    counts = counted(body)
    gold = Reference(counts.shingles, counts.lines)
    said = []
    for n, own in enumerate(found):
        before = [token for other in found[max(0, n - CONTEXT) : n] for token in other]
        after = [token for other in found[n + 1 : n + 1 + CONTEXT] for token in other]
        said.append(bool(own) and is_body(own, before, after, gold))
    return said


def fit(features: Any, positive: Any, weights: Any, params: Mapping[str, Any], trees: int) -> Any:
    """A model of so many trees; `positive` are the labels (0 or 1), `params` those that are not in PARAMS."""
    data = lightgbm.Dataset(np.asarray(features, "f4"), np.asarray(positive).astype(int), weight=np.asarray(weights))
    return lightgbm.train({**PARAMS, **params}, data, trees)


def left_out(fitted: Callable[[Any], Any], features: Any, folds: Any) -> Any:
    """What is said of each row by the model of the rows that are not in its fold; `fitted` takes a mask of rows."""
    said = np.zeros(len(folds))
    for fold in np.unique(folds):
        inside = folds != fold
        said[~inside] = fitted(inside).predict(features[~inside])
    return said


def write(path: Path, model: Any, names: Sequence[str]) -> None:
    """Writes a model that has trees and nothing else."""
    path.write_text('{"trees": [\n' + tree_lines(model, names) + "\n]}\n", encoding="utf-8")


def tree_lines(model: Any, names: Sequence[str]) -> str:
    """The trees as JSON, one a line: [feature, threshold, left, right], log-odds at the ends."""
    return ",\n".join(json.dumps(_tree(tree["tree_structure"], names)) for tree in model.dump_model()["tree_info"])


def _tree(node: Mapping[str, Any], names: Sequence[str]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 3)
    name, threshold = names[node["split_feature"]], float(f"{node['threshold']:.5g}")
    return [name, threshold, _tree(node["left_child"], names), _tree(node["right_child"], names)]
