"""Fits the line scorer's trees on gold data and writes `cleaner/detect/line_model.json`.

    python benchmarks/train_line_scorer.py TEXTS.jsonl[.gz] [--bodies BODIES.jsonl[.gz]] [--out MODEL.json] [--folds 5]

TEXTS and BODIES are those of `gold.py`. Site rules are switched off while features are read, so that the scorer does
not count on rules that unseen sites lack.

Prints, cross-validated by publisher (no publisher is in two folds) and fitted, what share of the noise
tokens goes and what share of the body tokens is lost, for each kind of text. Needs `pip install lightgbm`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import fitting
import gold
import numpy as np
from gold import Sample

from cleaner import Cleaner, Config
from cleaner.detect import accuse
from cleaner.detect.line_features import FEATURES, rows
from cleaner.detect.line_score import ID, candidates
from cleaner.detect.page import Memo
from cleaner.measure.shingles import tokens
from cleaner.read import document
from cleaner.text import nfc
from cleaner.text.lines import plain_breaks

COST = 2.0  # of a lost body line, in lines of noise left
TITLE = 8.0  # weight of a line that looks like the title: there are few
PARAMS = {"learning_rate": 0.2, "min_data_in_leaf": 200, "max_bin": 63}
TREES = 40
CUTS = (0.45, 0.5, 0.8)  # probabilities at which the figures are printed


class Table(NamedTuple):
    """All lines: features, whether each is noise, its tokens, and the sample it stands in."""

    features: Any
    noise: Any
    sizes: Any
    samples: Any


def main() -> None:
    """Reads, fits, prints and writes."""
    args = gold.arguments(__doc__, "cleaner/detect/line_model.json")
    samples = list(gold.samples(args))
    table = _table(samples)
    weights = _weights(table, samples)
    folds = np.array(fitting.folds([sample.publisher for sample in samples], args.folds))[table.samples]
    chances = fitting.left_out(lambda inside: _fit(table, weights, inside), table.features, folds)
    _report("left out", chances, table, samples)
    model = _fit(table, weights, np.ones(len(folds), bool))
    _report("fitted", model.predict(table.features), table, samples)
    fitting.write(args.out, model, FEATURES)


def _table(samples: Sequence[Sample]) -> Table:
    """The lines of all samples that the scorer would judge."""
    cleaner = Cleaner(Config(ignore=(ID,)))
    features, noise, sizes, places = [], [], [], []
    for place, sample in enumerate(samples):
        text = plain_breaks(nfc.normalise(document(sample.text, kind="text").text).text)
        page = accuse(cleaner.page(document(text, kind="text"), text, Memo(), []))
        found = [tokens(block.text) for block in page.blocks]
        labels = fitting.labels(found, sample.body)
        for n, row in rows(page, candidates(page)):
            if found[n]:
                features.append(row)
                noise.append(not labels[n])
                sizes.append(len(found[n]))
                places.append(place)
    return Table(np.array(features, "f4"), np.array(noise), np.array(sizes), np.array(places))


def _weights(table: Table, samples: Sequence[Sample]) -> Any:
    """A line counts by its share of the article, dampened; news and texts without noise count for more."""
    bodies = np.array([max(100, len(tokens(sample.body))) for sample in samples])
    counts = np.array([_COUNTS.get(sample.kind, _COUNTS.get(sample.kind.split("/")[0], 1.0)) for sample in samples])
    weights = np.minimum((table.sizes + 2) / bodies[table.samples], 0.2) ** 0.5 * counts[table.samples]
    weights = weights * np.where(table.features[:, FEATURES.index("title")] == 1, TITLE, 1)
    return weights * np.where(table.noise, 1, COST)


_COUNTS = {"fundus": 3.0, "fundus/page": 2.1, "wcxb-dev/page": 0.7, "bodies": 2.0, "excerpts": 2.0}


def _fit(table: Table, weights: Any, inside: Any) -> Any:
    return fitting.fit(table.features[inside], table.noise[inside], weights[inside], PARAMS, TREES)


def _report(name: str, chances: Any, table: Table, samples: Sequence[Sample]) -> None:
    kinds = np.array([sample.kind for sample in samples])[table.samples]
    for kind in sorted(set(kinds)):
        here = kinds == kind
        body, noise = here & ~table.noise, here & table.noise
        cells = []
        for cut in CUTS:
            lost = table.sizes[body & (chances >= cut)].sum() / max(1, table.sizes[body].sum())
            gone = table.sizes[noise & (chances >= cut)].sum() / max(1, table.sizes[noise].sum())
            cells.append(f"at {cut}: noise gone {gone:.3f}, body lost {lost:.4f}")
        print(f"{name:9} {kind:22} " + "; ".join(cells))


if __name__ == "__main__":
    main()
