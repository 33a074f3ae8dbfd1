"""Fits the page scorer's trees on gold data and writes `cleaner/detect/page_model.json`.

    python benchmarks/train_page_scorer.py PAGES.jsonl[.gz] [--out MODEL.json] [--folds 5]

PAGES holds rows with `html`, the gold `body`, and `url` or `id`. The lexicon is read from the pages: for each word of
class names and ids, the log-odds that text inside such an element is body, every publisher counting the same. The trees
are fitted on all blocks that are not furniture by the lexicon and the page's shape. Of a page's words they learn what
the lexicon of other publishers says: told by its own, they would count on words that unseen sites lack. For the same
reason site rules are switched off while features are read.

Prints, cross-validated by publisher (no publisher is in two folds, lexicon included) and fitted, shingle F1 and the
share of bodies that come out exactly. Needs `pip install lightgbm`.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any, NamedTuple

import fitting
import numpy as np

from cleaner import Cleaner, Config
from cleaner.detect import accuse, page_score
from cleaner.detect.lexicon import Lexicon
from cleaner.detect.page import Memo, Page
from cleaner.detect.page_features import FEATURES, rows
from cleaner.detect.shape import Shape
from cleaner.html.layout import Layout
from cleaner.measure.shingles import Comparison, compare, counted, score, tokens
from cleaner.read import document
from cleaner.text import nfc
from cleaner.text.lines import plain_breaks

PARAMS = {"learning_rate": 0.15, "min_data_in_leaf": 60, "max_bin": 127}
TREES = 80
MIN_PUBLISHERS = 10  # of a word of the lexicon
PRIOR, PRIOR_WEIGHT = 0.35, 4  # share of body that a word begins with, and how many publishers that counts for
MIN_WEIGHT = 0.5  # log-odds; words that say less are left out
MAX_BLOCK = 30  # tokens of a block that count for its words
NEWS = 4.0  # weight of a news page: there are six others for each
WORD_FOLDS = 5  # of the publishers, each with the words of the others
REACH = 6  # containers around a block whose words count


class Sample(NamedTuple):
    """A page to learn from, with the rules' matches, and which of its blocks are body."""

    group: str
    publisher: str
    body: str
    layout: Layout
    page: Page
    is_body: Sequence[bool]
    sizes: Sequence[int]


def main() -> None:
    """Reads, fits, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path, default=page_score.MODEL.path)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    samples = [sample for row in fitting.read(args.pages) if (sample := _sample(row))]
    folds = fitting.folds([sample.publisher for sample in samples], args.folds)
    left_out: dict[int, list[float]] = {}
    for fold in range(args.folds):
        inside = [sample for sample, own in zip(samples, folds, strict=True) if own != fold]
        lexicon, model = _lexicon(inside), _fit(inside)
        for place, own in enumerate(folds):
            if own == fold:
                left_out[place] = _chances(model, samples[place], lexicon)
    _report("left out", samples, [left_out[place] for place in range(len(samples))])
    lexicon, model = _lexicon(samples), _fit(samples)
    _report("fitted", samples, [_chances(model, sample, lexicon) for sample in samples])
    args.out.write_text(_dumped(model, lexicon), encoding="utf-8")


_CLEANER = Cleaner(Config(ignore=(page_score.ID,)))


def _sample(row: dict[str, Any]) -> Sample | None:
    """A page with what all but the scorer found in it; None where it has no text."""
    doc = document(row["html"], kind="html")
    if doc.layout is None:
        return None
    text = plain_breaks(nfc.normalise(doc.text).text)
    page = _CLEANER.page(doc, text, Memo(), [])
    found = [tokens(block.text) for block in page.blocks]
    labels = fitting.labels(found, row["body"])
    sizes = [len(own) for own in found]
    return Sample(row.get("set", "pages"), fitting.publisher(row), row["body"], doc.layout, page, labels, sizes)


def _lexicon(samples: Sequence[Sample]) -> dict[str, float]:
    """The words of class names with their log-odds of body."""
    body: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    total: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sample in samples:
        for n, block in enumerate(sample.layout.blocks):
            size = min(sample.sizes[n] + 1, MAX_BLOCK)
            for word in _words(sample.layout, block.container):
                total[word][sample.publisher] += size
                body[word][sample.publisher] += size * sample.is_body[n]
    lexicon = {}
    for word, sizes in sorted(total.items()):
        if len(sizes) >= MIN_PUBLISHERS:
            shares = sum(body[word][publisher] / size for publisher, size in sizes.items())
            chance = (shares + PRIOR * PRIOR_WEIGHT) / (len(sizes) + PRIOR_WEIGHT)
            weight = math.log(chance / (1 - chance))
            if abs(weight - math.log(PRIOR / (1 - PRIOR))) >= MIN_WEIGHT:
                lexicon[word] = round(weight, 1)
    return lexicon


def _words(layout: Layout, at: int) -> set[str]:
    """The class words of a container and of those around it."""
    found: set[str] = set()
    for _ in range(REACH):
        if at >= 0:
            found.update(layout.containers.words[at])
            at = layout.containers.above[at]
    return found


def _rows(sample: Sample, lexicon: Mapping[str, float]) -> dict[int, tuple[float, ...]]:
    """The features of the blocks that the scorer would judge."""
    shape = Shape(sample.page.blocks, sample.layout, Lexicon(lexicon))
    matches = [() if n in shape.furniture else found for n, found in enumerate(sample.page.matches)]
    page = accuse(replace(sample.page, shape=shape, matches=matches))
    return dict(rows(page, shape, page_score.judged(page)))


def _fit(samples: Sequence[Sample]) -> Any:
    features, labels, weights = [], [], []
    folds = fitting.folds([sample.publisher for sample in samples], WORD_FOLDS)
    lexicons = [
        _lexicon([sample for sample, own in zip(samples, folds, strict=True) if own != fold])
        for fold in range(WORD_FOLDS)
    ]
    for sample, fold in zip(samples, folds, strict=True):
        size = max(100, len(tokens(sample.body)))
        for n, row in _rows(sample, lexicons[fold]).items():
            features.append(row)
            labels.append(int(sample.is_body[n]))
            weights.append(min((sample.sizes[n] + 2) / size, 0.2) ** 0.5 * (NEWS if sample.group == "fundus" else 1.0))
    return fitting.fit(features, labels, weights, PARAMS, TREES)


def _chances(model: Any, sample: Sample, lexicon: Mapping[str, float]) -> list[float]:
    """The probability of body of each block; 0 where others settle it."""
    judged = _rows(sample, lexicon)
    chances = [0.0] * len(sample.page.blocks)
    if judged:
        for n, chance in zip(judged, model.predict(np.array(list(judged.values()), "f4")), strict=True):
            chances[n] = float(chance)
    return chances


def _report(name: str, samples: Sequence[Sample], chances: Sequence[Sequence[float]]) -> None:
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for sample, found in zip(samples, chances, strict=True):
        judged = {n: chance for n, chance in enumerate(found) if chance}
        page = replace(sample.page, shape=Shape(sample.page.blocks, sample.layout, Lexicon({})))
        kept = page_score.kept(page, judged, dict.fromkeys(judged, page_score.CUT))
        text = "\n".join(sample.page.blocks[n].text for n in kept)
        groups[sample.group].append(compare(counted(sample.body), counted(text)))
    for group, comparisons in sorted(groups.items()):
        precision, recall, f1, exact = astuple(score(comparisons))
        print(f"{name:9} {group:10} f1 {f1:.4f} p {precision:.4f} r {recall:.4f} exact {exact:.4f}")


def _dumped(model: Any, lexicon: Mapping[str, float]) -> str:
    """The words, ten a line, and the trees, one a line: [feature, threshold, left, right], log-odds at the ends."""
    pairs = [f"{json.dumps(word)}: {weight}" for word, weight in lexicon.items()]
    words = ",\n".join(", ".join(pairs[n : n + 10]) for n in range(0, len(pairs), 10))
    return '{"words": {\n' + words + '\n},\n"trees": [\n' + fitting.tree_lines(model, FEATURES) + "\n]}\n"


if __name__ == "__main__":
    main()
