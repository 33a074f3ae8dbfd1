"""Boilerplate of a page by all its evidence together: the markup around a block, and what the line scorer sees of it.

What lies outside the article's container and is short and linked, or stands in an element whose class says what it is
(menu, footer, share ...), goes without being weighed. All other blocks are weighed by fitted trees (`trees`). Where the
answer is doubtful, or the careful engine is asked for, a doubted block goes or stays as trafilatura says. Of a
paragraph that stands in the page twice, as for two sizes of screen, one copy stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from statistics import fmean

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.detect.page_features import FAR_LEAST, FEATURES, LINKED, Shape
from cleaner.detect.trees import Trees
from cleaner.html.layout import Layout

ID = "heuristic-page-score"
CATEGORY = "boilerplate"
MESSAGE = "Boilerplate of a page by its markup, form, place and company, weighed together."

MODEL = Trees(Path(__file__).with_name("page_model.json"), FEATURES)

OUTSIDE = 2  # containers above the article's; what leaves the way there so high up ...
SHORT = 60  # ... in fewer characters than this, linked, is furniture without a doubt (0.3 % of gold body tokens)
FURNITURE = -3.0  # log-odds of body by class words, at which such a block is furniture too (0.5 %)
CUT = 0.45  # probability of body below which a block goes; best F1 on the dev pages, left out
DOUBTED = (0.3, 0.6)  # between these, trafilatura decides where it was asked
DOUBT = 0.1  # expected share of wrong characters, past which it is asked
NEAR = 3  # containers around a block whose class words explain it
LAST = (-1,)  # rank: where a rule or another heuristic says what a block is, that stands
MIN_COPY = 50  # characters of a paragraph that no page repeats for effect


def find(page: Page) -> Iterator[Finding]:
    """A finding for each block that is not the article's."""
    layout = page.layout
    if layout is None or not layout.blocks:
        return
    shape = Shape(page, layout, MODEL.lexicon)
    chances = {n: MODEL.probability(row) for n, row in shape.rows(judged(page, shape))}
    stays = set(kept(page, chances, _cuts(page, layout, chances)))
    for n in range(shape.size):
        if n not in stays and n not in page.dropped:
            chance = f"{1 - chances[n]:.0%} boilerplate: " if n in chances else ""
            yield page.accuse(n, ID, CATEGORY, chance + why(shape, n), rank=LAST)


def judged(page: Page, shape: Shape) -> list[int]:
    """The blocks to weigh: those that neither the rules nor their place settle."""
    return [n for n in range(shape.size) if n not in page.dropped and not _is_furniture(shape, n)]


def _is_furniture(shape: Shape, n: int) -> bool:
    if shape.miss[n] < OUTSIDE:
        return False
    return (shape.width[n] < SHORT and shape.link[n] > LINKED) or shape.words(n)[FAR_LEAST] < FURNITURE


def kept(page: Page, chances: Mapping[int, float], cuts: Mapping[int, float]) -> Iterator[int]:
    """The blocks that stay, by their probability of body; of a long paragraph that stands there twice, the first."""
    met = set()
    for n, chance in _together(page, chances).items():
        text = page.blocks[n].text
        if chance >= cuts[n] and text not in met:
            yield n
            if len(text) >= MIN_COPY:
                met.add(text)


def _together(page: Page, chances: Mapping[int, float]) -> Mapping[int, float]:
    """The probabilities, with all lines of one listing at their average: no line of it stays or goes alone."""
    layout = page.layout
    if layout is None:
        return chances
    listings: dict[int, list[int]] = {}
    for n in chances:
        container = layout.blocks[n].container
        if layout.containers[container].tag == "pre":
            listings.setdefault(container, []).append(n)
    means = {n: fmean(chances[m] for m in lines) for lines in listings.values() for n in lines}
    return {**chances, **means}


def doubt(page: Page, body: Mapping[int, float]) -> float:
    """The share of the body's characters (0 to 1, or more) that the probabilities expect to be judged wrongly."""
    sizes = {n: len(page.blocks[n].text) for n in body}
    wrong = sum(sizes[n] * min(chance, 1 - chance) for n, chance in body.items())
    return wrong / max(300.0, sum(sizes[n] * chance for n, chance in body.items()))


def _cuts(page: Page, layout: Layout, body: Mapping[int, float]) -> Mapping[int, float]:
    """For each block, the probability of body below which it goes."""
    careful = page.engine == "careful" or (page.engine == "auto" and doubt(page, body) > DOUBT)
    if not careful:
        return dict.fromkeys(body, CUT)
    from cleaner.html.opinion import Opinion

    opinion = Opinion(layout.tree)
    return {n: DOUBTED[not opinion.keeps(page.blocks[n].text)] for n in body}


def why(shape: Shape, n: int) -> str:
    """What speaks against a block, for people."""
    layout = shape.layout
    block = layout.blocks[n]
    said = []
    if shape.miss[n]:
        said.append("outside the article's element")
    near = islice(layout.chain(block.container), NEAR)
    words = {word: shape.lexicon.get(word, 0.0) for container in near for word in container.words}
    named = sorted((weight, word) for word, weight in words.items() if weight < FURNITURE / 2)[:3]
    if named:
        said.append("inside " + ", ".join(f'"{word}"' for _, word in named))
    if shape.link[n] > LINKED:
        said.append(f"{shape.link[n]:.0%} linked")
    said.append(f"{shape.width[n]} characters in <{layout.containers[block.container].tag}>")
    return ", ".join(said)
