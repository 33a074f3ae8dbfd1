"""Boilerplate of a page by all its evidence together: the markup around a block, and what the line scorer sees of it.

Furniture by the shape of the page (`shape`) goes without being weighed. All other blocks are weighed by fitted trees
(`trees`), except those of a small page, which the rounds after the first judge as lines of a text. Where the answer
is doubtful, or the careful engine is asked for, a doubted block goes or stays as trafilatura says. Of a paragraph
that stands in the page twice, as for two sizes of screen, one copy stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from cleaner.data import Block, Finding, Span
from cleaner.detect.lexicon import Lexicon
from cleaner.detect.page import Page
from cleaner.detect.page_features import FEATURES, rows
from cleaner.detect.shape import LINKED, Shape
from cleaner.detect.trees import Trees
from cleaner.html.layout import Layout

ID = "heuristic-page-score"
CATEGORY = "boilerplate"
MESSAGE = "Boilerplate of a page by its markup, form, place and company, weighed together."

MODEL = Trees(Path(__file__).with_name("page_model.json"), FEATURES)

CUT = 0.45  # probability of body below which a block goes; best F1 on the dev pages, left out
FEW_TEXT, CUT_OF_FEW = 1_000, 0.3  # characters of running text; of so short articles few were learnt from
CUT_OF_LEDE = 0.2  # what a page calls its description is the article's even where much speaks against it
DOUBTED = (0.3, 0.6)  # between these, trafilatura decides where it was asked
DOUBT = 0.3  # expected share of wrong characters, past which it is asked
LAST = (-1,)  # rank: where a rule or another heuristic says what a block is, that stands
MIN_COPY = 50  # characters of a paragraph that no page repeats for effect


def shape_of(lines: Sequence[Block], layout: Layout) -> Shape:
    """The shape of a page, by the words that the model knows."""
    return Shape(lines, layout, _lexicon())


@cache
def _lexicon() -> Lexicon:
    return Lexicon(MODEL.lexicon)


def furniture(page: Page) -> Iterator[Finding]:
    """A finding for each run of blocks that their place alone settles, and for the same reason."""
    shape, blocks = page.shape, page.blocks
    if shape is None:
        return
    reasons = {n: _place(shape, n) for n in sorted(shape.furniture)}
    for first, evidence in reasons.items():
        if reasons.get(first - 1) == evidence:
            continue
        last = first
        while reasons.get(last + 1) == evidence:
            last += 1
        span = Span(blocks[first].start, blocks[last].end)
        yield Finding(span, first, last, ID, CATEGORY, "drop-line", "medium", evidence, LAST)


def find(page: Page) -> Iterator[Finding]:
    """A finding for each other block that is not the article's."""
    if page.shape is None or page.shape.is_small:
        return
    chances = {n: MODEL.probability(row) for n, row in rows(page, page.shape, judged(page))}
    stays = set(kept(page, chances, _cuts(page, page.shape, chances)))
    for n, chance in chances.items():
        if n not in stays:
            yield page.accuse(n, ID, CATEGORY, f"{1 - chance:.0%} boilerplate: {why(page.shape, n)}", rank=LAST)


def judged(page: Page) -> list[int]:
    """The blocks to weigh: those that nothing else settles."""
    return [n for n in range(len(page.blocks)) if n not in page.dropped]


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
    if page.shape is None:
        return chances
    layout = page.shape.layout
    listings: dict[int, list[int]] = {}
    for n in chances:
        container = layout.blocks[n].container
        if layout.containers.tags[container] == "pre":
            listings.setdefault(container, []).append(n)
    means = {n: sum(chances[m] for m in lines) / len(lines) for lines in listings.values() for n in lines}
    return {**chances, **means}


def doubt(page: Page, body: Mapping[int, float]) -> float:
    """The share of the body's characters (0 to 1, or more) that the probabilities expect to be judged wrongly."""
    sizes = {n: len(page.blocks[n].text) for n in body}
    wrong = sum(sizes[n] * min(chance, 1 - chance) for n, chance in body.items())
    return wrong / max(300.0, sum(sizes[n] * chance for n, chance in body.items()))


def _cuts(page: Page, shape: Shape, body: Mapping[int, float]) -> Mapping[int, float]:
    """For each block, the probability of body below which it goes."""
    careful = page.engine == "careful" or (page.engine == "auto" and doubt(page, body) > DOUBT)
    page.memo.engine = "careful" if careful else "fast"
    cut = CUT if shape.all_text >= FEW_TEXT else CUT_OF_FEW
    cuts = _by_opinion(page, shape, body) if careful else dict.fromkeys(body, cut)
    return {n: CUT_OF_LEDE if shape.is_lede(n) else cut for n, cut in cuts.items()}


def _by_opinion(page: Page, shape: Shape, body: Mapping[int, float]) -> Mapping[int, float]:
    """The cuts where trafilatura is asked: what it keeps goes only where it is most doubtful."""
    from cleaner.html.opinion import Opinion

    least, most = DOUBTED
    opinion = Opinion(shape.layout, {n for n, chance in body.items() if chance >= least})
    return {n: least if opinion.keeps(page.blocks[n].text) else most for n in body}


def why(shape: Shape, n: int) -> str:
    """What speaks against a block, for people."""
    return f"{shape.width[n]} characters {_place(shape, n)}"


def _place(shape: Shape, n: int) -> str:
    """Where a block stands, as far as that speaks against it."""
    container = shape.layout.blocks[n].container
    foreign = shape.foreign_words(container)
    linked = ", mostly linked" if shape.link[n] > LINKED else ""
    outside = ", outside the article's element" if shape.miss[n] else ""
    return f"in <{shape.layout.containers.tags[container]}>{foreign and ' '}{foreign}{linked}{outside}"
