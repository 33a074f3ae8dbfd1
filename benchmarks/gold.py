"""The texts that the text scorers learn from.

TEXTS holds rows with `text` (as scraped), `body` (gold) and `url` or `id`; BODIES rows with `body`, `title`
and `lang`, from which three more kinds of text are made: bodies as they are, excerpts of them, and bodies
with headlines of other articles and furniture (the rules' own examples) put in.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import fitting

from cleaner.ruleset import Rule, read_rules


class Sample(NamedTuple):
    """A text to learn from, and its gold body."""

    kind: str
    publisher: str
    text: str
    body: str
    url: str | None = None


def arguments(description: str | None, out: str) -> argparse.Namespace:
    """What a training script is given; `out` is where its model goes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--bodies", type=Path)
    parser.add_argument("--out", type=Path, default=Path(out))
    parser.add_argument("--folds", type=int, default=5)
    return parser.parse_args()


def samples(args: argparse.Namespace, mixtures: int = 1) -> Iterator[Sample]:
    """The texts, then of each body itself, an excerpt and so many mixtures."""
    texts, bodies = fitting.read(args.texts), fitting.read(args.bodies) if args.bodies else []
    for row in texts:
        kind = f"{row.get('set', '')}/{row.get('scraper', '')}"
        yield Sample(kind, fitting.publisher(row), row["text"], row["body"], row.get("url"))
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
            for _ in range(mixtures):
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
