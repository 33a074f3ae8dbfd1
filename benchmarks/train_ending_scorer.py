"""Fits the trees that tell where an article ends on gold data and writes `cleaner/detect/ending_model.json`.

    python benchmarks/train_ending_scorer.py TEXTS.jsonl[.gz] [--bodies BODIES.jsonl[.gz]] [--out FILE] [--folds 5]

TEXTS and BODIES are those of `gold.py`. Texts of sites with rules of their own are read twice, with these rules and
without, since most sites have none.

Prints, cross-validated by publisher (no publisher is in two folds) and fitted, for each kind of text how much noise
the cut takes and how much of the body, in shares of the body, an average over all texts. Needs `pip install lightgbm`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import fitting
import gold
import numpy as np

from cleaner import Cleaner, Config
from cleaner.detect import SCORERS, accuse
from cleaner.detect.ending_features import FEATURES, Places
from cleaner.detect.page import Memo
from cleaner.measure.shingles import tokens
from cleaner.read import document
from cleaner.text import nfc
from cleaner.text.lines import plain_breaks

COST = 4.0  # of body lost, in shares of the body, against noise left
ENOUGH = 0.3  # of the body; more than that, lost or left, counts no more
LITTLE = 0.02  # of the body; what any place counts for
COUNTS = {"fundus": 3.0, "mixed": 2.0}  # of a text of this kind; of others 1
MIXTURES = 3
PARAMS = {"learning_rate": 0.2, "min_data_in_leaf": 200, "max_bin": 63}
TREES = 40
CUTS = (0.45, 0.6, 0.7)  # probabilities at which the figures are printed


CLEANER = Cleaner(Config(ignore=SCORERS))


class Table(NamedTuple):
    """All places: features, the body and the noise from there on in shares of the body, and the sample."""

    features: Any
    body: Any
    noise: Any
    samples: Any


def main() -> None:
    """Reads, fits, prints and writes."""
    args = gold.arguments(__doc__, "cleaner/detect/ending_model.json")
    samples = list(with_and_without_site(list(gold.samples(args, MIXTURES))))
    found = table(samples)
    weighed = weights(found, samples)
    folds = np.array(fitting.folds([sample.publisher for sample in samples], args.folds))[found.samples]
    chances = fitting.left_out(lambda inside: fit(found, weighed, inside), found.features, folds)
    report("left out", chances, found, samples)
    model = fit(found, weighed, np.ones(len(folds), bool))
    report("fitted", model.predict(found.features), found, samples)
    fitting.write(args.out, model, FEATURES)


def table(samples: Sequence[gold.Sample]) -> Table:
    """The places of all samples at which the article may end; those of a sample from the last one upwards."""
    features, body, noise, owners = [], [], [], []
    for owner, sample in enumerate(samples):
        text = plain_breaks(nfc.normalise(document(sample.text, kind="text").text).text)
        page = accuse(CLEANER.page(document(text, url=sample.url, kind="text"), text, Memo(), []))
        if not page.dropped or any(block.gap == 0 for block in page.blocks):
            continue
        places, found = Places(page), [tokens(block.text) for block in page.blocks]
        labels = fitting.labels(found, sample.body)
        size = max(50, len(tokens(sample.body)))
        lost = _from_here([len(own) * label for own, label in zip(found, labels, strict=True)])
        gained = [0 if n in page.dropped or label else len(found[n]) for n, label in enumerate(labels)]
        left = _from_here(gained)
        for at in places.candidates:
            features.append(places.row(at))
            body.append(lost[places.kept[at]] / size)
            noise.append(left[places.kept[at]] / size)
            owners.append(owner)
    return Table(np.array(features, "f4"), np.array(body), np.array(noise), np.array(owners))


def with_and_without_site(samples: Sequence[gold.Sample]) -> Iterator[gold.Sample]:
    """All samples as of unknown sites, then those of sites that have rules of their own once more."""
    yield from (sample._replace(url=None) for sample in samples)
    sites = {site for rule in CLEANER.ruleset.all_rules for site in rule.sites}
    hosts = {sample.url: (urlsplit(sample.url).hostname or "").split(".") for sample in samples if sample.url}
    own = {url for url, host in hosts.items() if any(".".join(host[n:]) in sites for n in range(len(host)))}
    yield from (sample for sample in samples if sample.url in own)


def _from_here(counts: Sequence[int]) -> Sequence[int]:
    return list(accumulate(reversed(counts)))[::-1]


def weights(found: Table, samples: Sequence[gold.Sample]) -> Any:
    """A place counts by what cutting there would lose, or leaving it would leave; long texts less than their places."""
    kinds = [sample.kind for sample in samples]
    counts = np.array([COUNTS.get(kind, COUNTS.get(kind.split("/")[0], 1.0)) for kind in kinds])[found.samples]
    places = np.bincount(found.samples, minlength=len(samples))[found.samples]
    gain = np.minimum(found.noise, ENOUGH) + LITTLE
    loss = COST * (np.minimum(found.body, ENOUGH) + LITTLE)
    return np.where(found.body == 0, gain, loss) * counts / places**0.5


def fit(found: Table, weighed: Any, inside: Any) -> Any:
    """The trees, fitted to the places inside."""
    return fitting.fit(found.features[inside], found.body[inside] == 0, weighed[inside], PARAMS, TREES)


def report(name: str, chances: Any, found: Table, samples: Sequence[gold.Sample]) -> None:
    """Prints what each kind of text gains and loses when it is cut at the highest likely place."""
    texts = Counter(sample.kind for sample in samples)
    cells: dict[str, list[str]] = {kind: [] for kind in sorted(texts)}
    for cut in CUTS:
        gains, losses = Counter[str](), Counter[str]()
        likely = np.flatnonzero(chances >= cut)
        for owner, place in dict(zip(found.samples[likely], likely, strict=True)).items():
            gains[samples[owner].kind] += min(1.0, float(found.noise[place]))
            losses[samples[owner].kind] += float(found.body[place])
        for kind, texts_of_kind in texts.items():
            gone, lost = gains[kind] / texts_of_kind, losses[kind] / texts_of_kind
            cells[kind].append(f"at {cut}: noise gone {gone:.4f}, body lost {lost:.5f}")
    for kind, said in cells.items():
        print(f"{name:9} {kind:22} " + "; ".join(said))


if __name__ == "__main__":
    main()
