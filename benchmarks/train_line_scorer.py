"""Fits the line scorer's lexicon and trees on gold data and writes `cleaner/detect/line_model.json`.

    python benchmarks/train_line_scorer.py TEXTS.jsonl[.gz] [--bodies BODIES.jsonl[.gz]] [--out MODEL.json] [--folds 5]

TEXTS holds rows with `text` (as scraped), `body` (gold) and `url` or `id`; BODIES rows with `body`, `title`
and `lang`, from which three more kinds of text are made: bodies as they are, excerpts of them, and bodies
with headlines of other articles and furniture (the rules' own examples) put in. Site rules are switched
off while features are read, so that the scorer does not count on rules that unseen sites lack.

First the lexicon: for each language, the words that enough publishers use, weighed by logistic regression. Each
publisher's lines are read with a lexicon that was fitted without it, so that the trees believe words no
more than they should of pages never seen.

Prints, cross-validated by publisher (no publisher is in two folds) and fitted, what share of the noise
tokens goes and what share of the body tokens is lost, for each kind of text. Needs `pip install lightgbm`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import fitting
import numpy as np

from cleaner import Cleaner, Config
from cleaner.detect import accuse, wording
from cleaner.detect.line_features import FEATURES, rows
from cleaner.detect.line_score import ID, candidates
from cleaner.detect.page import Memo
from cleaner.measure.shingles import tokens
from cleaner.read import document
from cleaner.ruleset import Rule, read_rules
from cleaner.text import nfc
from cleaner.text.lines import plain_breaks
from cleaner.text.months import month_number

COST = 2.0  # of a lost body line, in lines of noise left
TITLE = 8.0  # weight of a line that looks like the title: there are few
PARAMS = {"learning_rate": 0.2, "min_data_in_leaf": 200, "max_bin": 63}
TREES = 40
MIN_PUBLISHERS = 100  # of a word of the lexicon, in its language
MIN_SAY = 0.3  # log-odds; words that say less are left out
PENALTY = 10.0  # of the squared log-odds of words
MAX_WORDS = 30  # of a line that count for its weight
LINES = 20  # from about so many lines on, more of a publisher's lines count for no more together
# Words that a review of the lexicon left out: they say what the training pages are about, and no more.
TOPICS = frozenset(
    """
    act active affordable age air amazon america american app apps art arts bank body book books boost budget
    building business ca camera capabilities care career careers children city class college color comfortable
    companies company comprehensive consistent core cost county credit customer customers data design development
    device devices digital drive driven dynamic economic economy education efficiency efficient employee employees
    energy engineering expensive facebook fall family features film finance financial fire flexibility flexible food
    fresh game games goals google group grow growth health history house income industrial industries industry
    integration intelligence investment items job jobs kids land landscape law legal light local london machine
    management market marketing material materials medical men metal mobile model money monitor movie music natural
    office oil online operations paper park performance personalized phone physical player players power price
    product production products project projects property rate rates reliable research revenue room san school
    screen season security setup shopping skills social software solid solutions space sports state storage
    strategies street students success system systems tasks tax team teams tech technical technology tool tools
    tracking travel trust trusted twitter uk ultimate university users visual wall water weight win women work york
    """.split()
)
CUTS = (0.45, 0.5, 0.8)  # probabilities at which the figures are printed


class Sample(NamedTuple):
    """A text to learn from, and its gold body."""

    kind: str
    publisher: str
    text: str
    body: str


class Table(NamedTuple):
    """All lines: their text, features but those of wording, whether each is noise, its tokens, and its sample."""

    lines: Sequence[str]
    features: Any
    noise: Any
    sizes: Any
    samples: Any
    languages: Sequence[str]  # of each sample


Lexicons = Mapping[str, Mapping[str, float]]  # by language


def main() -> None:
    """Reads, fits, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--bodies", type=Path)
    parser.add_argument("--out", type=Path, default=Path("cleaner/detect/line_model.json"))
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    samples = list(_samples(fitting.read(args.texts), fitting.read(args.bodies) if args.bodies else []))
    table = _table(samples)
    weights = _weights(table, samples)
    folds = np.array(fitting.folds([sample.publisher for sample in samples], args.folds))[table.samples]
    left_out = np.zeros(len(table.noise))
    for fold in range(args.folds):
        model, lexicons = fit_without(fold, args.folds, table, samples, weights, folds)
        outside = folds == fold
        left_out[outside] = model.predict(np.hstack([table.features, _wording(table, lexicons)])[outside])
    _report("left out", left_out, table, samples)
    model, lexicons = fit_without(None, args.folds, table, samples, weights, folds)
    _report("fitted", model.predict(np.hstack([table.features, _wording(table, lexicons)])), table, samples)
    args.out.write_text(dumped(model, lexicons), encoding="utf-8")


def fit_without(
    left_out: int | None, count: int, table: Table, samples: Sequence[Sample], weights: Any, folds: Any
) -> tuple[Any, Lexicons]:
    """The model and the lexicons of all folds but one; trees see each fold's words by a lexicon fitted without it."""
    inside = folds != left_out
    said = np.zeros((len(folds), len(wording.NAMES)), "f4")
    for fold in range(count):
        if fold != left_out:
            others = _lexicons(table, samples, inside & (folds != fold))
            said[folds == fold] = _wording(table, others)[folds == fold]
    chosen = inside & (weights > 0)
    features = np.hstack([table.features, said])[chosen]
    model = fitting.fit(features, table.noise[chosen], weights[chosen], PARAMS, TREES)
    return model, _lexicons(table, samples, inside)


def dumped(model: Any, lexicons: Lexicons) -> str:
    """The words by language, ten a line, and the trees, one a line: [feature, threshold, left, right]."""
    parts = []
    for language, lexicon in lexicons.items():
        pairs = [f"{json.dumps(word, ensure_ascii=False)}: {weight}" for word, weight in lexicon.items()]
        rows = ",\n".join(", ".join(pairs[n : n + 10]) for n in range(0, len(pairs), 10))
        parts.append(f"{json.dumps(language)}: {{\n{rows}\n}}")
    trees = fitting.tree_lines(model, FEATURES)
    return '{"languages": {\n' + ",\n".join(parts) + '\n},\n"trees": [\n' + trees + "\n]}\n"


def _samples(texts: fitting.Rows, bodies: fitting.Rows) -> Iterator[Sample]:
    for row in texts:
        kind = f"{row.get('set', '')}/{row.get('scraper', '')}"
        yield Sample(kind, fitting.publisher(row), row["text"], row["body"])
    titles: dict[str, list[str]] = defaultdict(list)
    furniture = [hit for rule in read_rules(()) if _is_furniture(rule) for hit in rule.hits]
    for row in bodies:
        if row.get("title"):
            titles[(row.get("lang") or "en")[:2]].append(row["title"])
    draw = random.Random(7)  # noqa: S311  # not for secrets
    for row in bodies:
        paragraphs = [line for line in row["body"].split("\n") if line.strip()]
        yield Sample("bodies", fitting.publisher(row), row["body"], row["body"])
        if len(paragraphs) >= 2:
            size = draw.randrange(1, min(len(paragraphs), 14) + 1)
            start = draw.randrange(0, len(paragraphs) - size + 1)
            part = "\n".join(paragraphs[start : start + size])
            yield Sample("excerpts", fitting.publisher(row), part, part)
        others = [title for title in titles[(row.get("lang") or "en")[:2]] if title != row.get("title")]
        if len(paragraphs) >= 5 and len(others) >= 8:
            yield Sample("mixed", fitting.publisher(row), _mixed(paragraphs, others, furniture, draw), row["body"])


def _is_furniture(rule: Rule) -> bool:
    """Whether a rule runs on every text, as English rules do, and takes whole lines."""
    return rule.action == "drop-line" and not rule.sites and not {"en", "*"}.isdisjoint(rule.langs)


def _mixed(paragraphs: Sequence[str], headlines: Sequence[str], furniture: Sequence[str], draw: random.Random) -> str:
    """The paragraphs with headlines of other articles before, between and after them, and furniture anywhere."""
    lines = list(paragraphs)
    for _ in range(draw.choice((0, 2, 4, 8, 16))):
        lines.insert(draw.randrange(0, len(lines) + 1), draw.choice(furniture))
    for _ in range(draw.choice((0, 0, 1, 1, 2, 3))):
        place = draw.randrange(1, len(lines))
        lines[place:place] = draw.sample(headlines, draw.choice((1, 1, 1, 2)))
    before = draw.sample(headlines, draw.choice((0, 0, 0, 1, 1, 2)))
    return "\n".join(before + lines + draw.sample(headlines, draw.choice((0, 1, 2, 3, 4, 5, 6, 8))))


def _table(samples: Sequence[Sample]) -> Table:
    """The lines of all samples that the scorer would judge."""
    cleaner = Cleaner(Config(ignore=(ID,)))
    lines, features, noise, sizes, places, languages = [], [], [], [], [], []
    for place, sample in enumerate(samples):
        text = plain_breaks(nfc.normalise(document(sample.text, kind="text").text).text)
        page = accuse(cleaner.page(document(text, kind="text"), text, Memo(), []))
        found = [tokens(block.text) for block in page.blocks]
        labels = fitting.labels(found, sample.body)
        languages.append(page.language or "")
        for n, row in rows(page, candidates(page), {}):
            lines.append(page.blocks[n].text)
            features.append(row[: -len(wording.NAMES)])
            noise.append(not labels[n])
            sizes.append(len(found[n]))
            places.append(place)
    return Table(lines, np.array(features, "f4"), np.array(noise), np.array(sizes), np.array(places), languages)


def _lexicons(table: Table, samples: Sequence[Sample], inside: Any) -> Lexicons:
    """The words that say most, by language; each line of a publisher counts once, and made-up texts do not."""
    groups: dict[str, dict[tuple[str, str, bool], int]] = defaultdict(dict)
    for n in np.flatnonzero(inside & (table.sizes > 0)):
        sample = samples[table.samples[n]]
        if sample.kind not in _MADE:
            key = sample.publisher, table.lines[n], bool(table.noise[n])
            groups[table.languages[table.samples[n]]].setdefault(key, n)
    return {name: found for name, group in sorted(groups.items()) if name and (found := _lexicon(list(group)))}


def _lexicon(lines: Sequence[tuple[str, str, bool]]) -> dict[str, float]:
    """The words with their log-odds of noise, of lines given as publisher, text and whether it is noise."""
    read = [wording.words(line) for _, line, _ in lines]
    users: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    for (publisher, _, _), found in zip(lines, read, strict=True):
        counts[publisher] += 1
        for word in found:
            users[word].add(publisher)
    known = sorted(word for word, names in users.items() if len(names) >= MIN_PUBLISHERS and not _is_topic(word))
    if not known:
        return {}
    weights = [
        min(len(found) + 2, MAX_WORDS) ** 0.5 / (LINES + counts[publisher])
        for (publisher, _, _), found in zip(lines, read, strict=True)
    ]
    odds = fitting.logistic(read, known, [noise for _, _, noise in lines], weights, PENALTY)
    return {word: round(float(say), 1) for word, say in zip(known, odds, strict=True) if abs(say) >= MIN_SAY}


def _is_topic(word: str) -> bool:
    """Whether a word tells of the training pages alone, as far as was seen: letters, numbers and months do as well."""
    return len(word) == 1 or word.isdigit() or month_number(word) is not None or word in TOPICS


def _wording(table: Table, lexicons: Lexicons) -> Any:
    """The features of wording of all lines."""
    found: list[tuple[float, ...]] = []
    edges = np.flatnonzero(np.diff(table.samples, prepend=-1, append=-1))
    for start, stop in pairwise(edges):
        lexicon = lexicons.get(table.languages[table.samples[start]], {})
        found += wording.features([wording.said(line, lexicon) for line in table.lines[start:stop]])
    return np.array(found, "f4")


def _weights(table: Table, samples: Sequence[Sample]) -> Any:
    """A line counts by its share of the article, dampened; news and texts without noise count for more."""
    bodies = np.array([max(100, len(tokens(sample.body))) for sample in samples])
    counts = np.array([_COUNTS.get(sample.kind, _COUNTS.get(sample.kind.split("/")[0], 1.0)) for sample in samples])
    weights = np.minimum((table.sizes + 2) / bodies[table.samples], 0.2) ** 0.5 * counts[table.samples]
    weights = weights * np.where(table.features[:, FEATURES.index("title")] == 1, TITLE, 1)
    return weights * np.where(table.noise, 1, COST) * (table.sizes > 0)


_MADE = ("excerpts", "mixed")  # kinds of samples
_COUNTS = {"fundus": 3.0, "fundus/page": 2.1, "wcxb-dev/page": 0.7, "bodies": 2.0, "excerpts": 2.0}


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
