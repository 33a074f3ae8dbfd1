"""The shape of a page: where its blocks lie among its elements, and where the article is.

The article's container is found first: from the root down, the element that holds most of the running text of the
element above it. What lies outside it and is short and linked, or stands in an element whose class says what it is
(menu, footer, share ...), is furniture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from cleaner.data import Block
from cleaner.detect.lexicon import FURNITURE, Foreign, Lexicon
from cleaner.html.layout import Layout
from cleaner.text.fold import fold

MOST = 0.6  # of an element's running text; the child that holds so much of it lies on the way to the article
NEAR = 3  # containers around a block whose class words explain it, and words that are named
REACH = 6  # containers around a block whose class words are looked at
FAR = 99  # containers; the distance to what is nowhere
MAX_FURNITURE = 0.33  # of a page's running text; where class words call more furniture, the text is weighed
SMALL = 20  # blocks; no page of fewer was learnt from
LINKED = 0.5  # linked characters / all; running text has fewer
FOREIGN = -3.5  # log-odds of body by near class words, below which running text is doubted: comments, dialogs
DOUBTFUL = 0.1  # weight of such text, and of hidden one, for finding the article
MIN_LEDE, NEXT_TO_TITLE = 40, range(1, 7)  # characters of a lede, and blocks from the title down to it
OUTSIDE = 2  # containers above the article's; what leaves the way there so high up ...
SHORT = 60  # ... in fewer characters than this, linked, is furniture without a doubt (0.3 % of gold body tokens)

AROUND = ("article", "main", "figure", "table", "ol", "section")
_ASIDES = ("footer", "aside", "nav", "form")
WORDS = ("words_own", "words_least", "words_near_least", "words_near_most", "words_far_least", "words_far_most")
_PLACES = {tag: place for place, tag in enumerate((*AROUND, *_ASIDES))}
_SILENT = (0.0,) * len(WORDS)
_NAV = _PLACES["nav"]
_NEAR_LEAST, _FAR_LEAST = WORDS.index("words_near_least"), WORDS.index("words_far_least")


class Shape:
    """What is known of all blocks of a page by its markup, computed once for it.

    `lines` are the segmented lines of the layout's blocks.
    """

    def __init__(self, lines: Sequence[Block], layout: Layout, lexicon: Lexicon) -> None:
        self.layout, self.lexicon = layout, lexicon
        blocks, size = layout.blocks, len(layout.blocks)
        self.size = size
        self.width = [len(block.text) for block in blocks]
        self.link = [block.linked / (len(block.text) or 1) for block in blocks]
        self.path = [layout.containers.paths[block.container] for block in blocks]
        roles = (line.role for line in lines)
        texts = [
            w if role == "paragraph" and k < LINKED else 0
            for w, k, role in zip(self.width, self.link, roles, strict=True)
        ]
        self.text = texts
        self.all_text = sum(texts) or 1
        self._around: dict[int, tuple[int, ...]] = {-1: (-1,) * len(_PLACES)}
        self._words: dict[tuple[tuple[str, ...], int], tuple[float, ...]] = {}
        self._foreign: dict[tuple[tuple[str, ...], int], str] = {}
        self._above = layout.containers.above
        self._shared: frozenset[int] = frozenset()
        self._count_containers()
        self.core = self._way_to_article()
        self._shared = frozenset(self.core[:-1])  # they hold the article, too: their words tell nothing apart from it
        self._words.clear()
        self.miss, self.up = self._distances()
        self.before = [0, *accumulate(texts)]
        self.core_before = [0, *accumulate(t if miss == 0 else 0 for t, miss in zip(texts, self.miss, strict=True))]

    def _count_containers(self) -> None:
        """Of each container and of each path: running text, all text, linked text, blocks."""
        blocks, size = self.layout.blocks, len(self._above)
        text, width, linked, count = [0] * size, [0] * size, [0] * size, [0] * size
        trusted = [0.0] * size
        path_text: dict[int, int] = defaultdict(int)
        for n, block in enumerate(blocks):
            at = block.container
            text[at] += self.text[n]
            trusted[at] += self.text[n] and self.text[n] * self._trust(at)
            width[at] += self.width[n]
            linked[at] += block.linked
            count[at] += 1
            path_text[self.path[n]] += self.text[n]
        for at in range(size - 1, 0, -1):
            above = self._above[at]
            if count[at] and above >= 0:
                text[above] += text[at]
                trusted[above] += trusted[at]
                width[above] += width[at]
                linked[above] += linked[at]
                count[above] += count[at]
        self.container_text, self.container_count, self.trusted_text = text, count, trusted
        self.container_link = [k / (w or 1) for k, w in zip(linked, width, strict=True)]
        self.path_text, self.path_count = path_text, Counter(self.path)

    def _trust(self, at: int) -> float:
        """How much the running text of a container counts for finding the article: little in a footer or a dialog."""
        if self.layout.containers.hidden[at] or max(self._nearest(at)[len(AROUND) :]) >= 0:
            return DOUBTFUL
        return 1.0 if self.named(at)[_NEAR_LEAST] > FOREIGN else DOUBTFUL

    def _way_to_article(self) -> list[int]:
        """The containers from the root to the article's, each with most of the running text of the one above."""
        best: dict[int, int] = {}
        text = self.trusted_text
        for at in range(len(text) - 1, -1, -1):
            if text[at] and text[at] >= text[best.get(self._above[at], at)]:
                best[self._above[at]] = at
        way: list[int] = []
        at = best.get(-1, -1)
        while at >= 0 and (not way or text[at] >= MOST * text[way[-1]]):
            way.append(at)
            at = best.get(at, -1)
        return way

    def _distances(self) -> tuple[list[int], list[int]]:
        """For each block: how far above the article's container it leaves the way there, and how deep it lies."""
        height = {at: len(self.core) - 1 - n for n, at in enumerate(self.core)}
        miss: list[int] = []
        up: list[int] = []
        for at, above in enumerate(self._above):
            if at in height:
                miss.append(height[at])
                up.append(0)
            else:
                miss.append(miss[above] if above >= 0 else FAR)
                up.append(up[above] + 1 if above >= 0 else 1)
        places = [block.container for block in self.layout.blocks]
        return [miss[at] for at in places], [up[at] for at in places]

    def has_left(self, heading: int, last: int, n: int) -> bool:
        """Whether block `n` stands outside the list below a heading, of which `last` is the last block so far.

        The list is told by its links: it ends with the box that holds both, or where there is none, with the element
        that holds the last link.
        """
        linked = next((m for m in range(last, heading, -1) if self.link[m] > LINKED), None)
        if linked is None or self.link[n] > LINKED:
            return False
        box = self._common(heading, linked)
        if heading and self._common(heading - 1, linked) == box:  # what stands above the heading is in it, too
            return self._common(linked, n) == box
        return self._common(linked, n) != box and self._common(heading, n) != box

    def _common(self, one: int, other: int) -> int:
        """The innermost container around two blocks; -1 where there is none."""
        blocks, depths = self.layout.blocks, self.layout.containers.depths
        a, b = blocks[one].container, blocks[other].container
        while a != b:
            if a < 0 or b < 0:
                return -1
            if depths[a] >= depths[b]:
                a = self._above[a]
            else:
                b = self._above[b]
        return a

    @cached_property
    def furniture(self) -> frozenset[int]:
        """The blocks that are not worth weighing."""
        return frozenset(n for n in range(self.size) if self._is_furniture(n))

    @property
    def is_small(self) -> bool:
        """Whether the page is a fragment, or so bare that its markup tells little: it is read as a text is."""
        return self.size < SMALL

    def _is_furniture(self, n: int) -> bool:
        if self.miss[n] and self.link[n] > LINKED and self._nearest(self.layout.blocks[n].container)[_NAV] >= 0:
            return True
        if self.miss[n] < OUTSIDE:
            return False
        if self.width[n] < SHORT and self.link[n] > LINKED:
            return True
        if not self._is_called_furniture(n) or self.is_lede(n):
            return False
        return not (self.text[n] and self._is_misread)

    def _is_called_furniture(self, n: int) -> bool:
        return self.named(self.layout.blocks[n].container)[_FAR_LEAST] < FURNITURE

    @cached_property
    def _is_misread(self) -> bool:
        """Whether class words call so much running text furniture that they are not to be believed on this page."""
        far = (n for n in range(self.size) if self.text[n] and self.miss[n] >= OUTSIDE)
        return sum(self.text[n] for n in far if self._is_called_furniture(n)) > MAX_FURNITURE * self.all_text

    @cached_property
    def folded(self) -> list[str]:
        """The texts of the blocks, folded."""
        return [fold(block.text) for block in self.layout.blocks]

    @cached_property
    def head(self) -> int:
        """The last block that says the page's title; -1 where none does."""
        titles = self.layout.titles
        return max([n for n, text in enumerate(self.folded) if text in titles], default=-1)

    def describes(self, n: int) -> bool:
        """Whether a block is the page's description, or a longer part of it."""
        said, text = self.layout.descriptions, self.folded[n]
        return text in said or (len(text) > MIN_LEDE and any(text in description for description in said))

    def is_lede(self, n: int) -> bool:
        """Whether a block says below the title what the page calls its description."""
        below = self.head >= 0 and n - self.head in NEXT_TO_TITLE
        return below and self.width[n] > MIN_LEDE and self.link[n] < LINKED and self.describes(n)

    def inside(self, at: int) -> tuple[int, ...]:
        """How many containers up the next of each element in AROUND is."""
        depth = self.layout.containers.depths[at]
        steps = [depth - other if other >= 0 else FAR for other in self._nearest(at)[: len(AROUND)]]
        return tuple(steps) if depth < FAR else tuple([min(FAR, step) for step in steps])

    def _nearest(self, at: int) -> tuple[int, ...]:
        """How deep the next of each element in AROUND and _ASIDES around a container lies; -1 where there is none."""
        found = self._around.get(at)
        if found is None:
            containers = self.layout.containers
            found = self._nearest(self._above[at])
            if (place := _PLACES.get(containers.tags[at])) is not None:
                found = (*found[:place], containers.depths[at], *found[place + 1 :])
            self._around[at] = found
        return found

    def named(self, at: int) -> tuple[float, ...]:
        """What the class words of the containers around say, by the lexicon's log-odds of body.

        Those that hold the article as well are not asked.
        """
        if at in self._shared:
            return _SILENT
        key = (self.layout.containers.words[at], self._above[at])  # which the items of a list have in common
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = self._said(at)
        return found

    def _said(self, at: int) -> tuple[float, ...]:
        """Sum and least of its own class words; least and most of those near it; least and most within REACH."""
        words, lexicon = self.layout.containers.words, self.lexicon
        own: tuple[float, float] = (0, 0)
        least: list[float] = []
        most: list[float] = []
        near = 0
        for level in range(REACH):
            if at < 0 or at in self._shared:
                break
            here = words[at]
            at = self._above[at]
            if here and (said := lexicon[here]):
                own = (said.total, said.least) if level == 0 else own
                near += level < NEAR
                least.append(said.least)
                most.append(said.most)
        if not least:
            return _SILENT
        beside = (min(least[:near]), max(most[:near])) if near else (0, 0)
        return (*own, *beside, min(least), max(most))

    def foreign_words(self, at: int) -> str:
        """The class words near a container that speak most against body, for people; "" where none does."""
        if at in self._shared:
            return ""
        words = self.layout.containers.words
        key = (words[at], self._above[at])
        if key not in self._foreign:
            near: list[Foreign] = []
            for _ in range(NEAR):
                if at < 0 or at in self._shared:
                    break
                if (here := words[at]) and (said := self.lexicon[here]) and said.foreign:
                    near.append(said.foreign)
                at = self._above[at]
            foreign = near[0] if len(near) == 1 else sorted(set().union(*near))
            named = ", ".join([f'"{word}"' for _, word in foreign[:NEAR]])
            self._foreign[key] = f"inside {named}" if named else ""
        return self._foreign[key]
