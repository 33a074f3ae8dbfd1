"""What the page scorer sees of a block beside what the line scorer does: the markup around it.

The article's container is found first: from the root down, the element that holds at least half of the running text
of the element above it. Lengths are in characters, shares lie between 0 and 1, and -1 stands for "does not apply".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice

from cleaner.detect import line_features
from cleaner.detect.page import Page
from cleaner.html.layout import Container, Layout

MOST = 0.6  # of an element's running text; the child that holds so much of it lies on the way to the article
LEVELS = 4  # containers around a block whose sums are looked at
REACH = 6  # containers around a block whose class words are looked at
FAR = 99  # containers or blocks; the distance to what is nowhere
MIN_LEDE = 40  # characters of a block that may be a part of the page's description
FOREIGN = -3.5  # log-odds of body by near class words, below which running text is doubted: comments, dialogs
DOUBTFUL = 0.1  # weight of such text, and of hidden one, for finding the article
LINKED = 0.5  # linked characters / all; running text has fewer

_TAGS = (
    "p li h1 h2 h3 h4 h5 h6 div td tr blockquote figcaption pre dd dt button section article body main header footer "
    "figure caption ul form noscript summary"
).split()
_TAG = {tag: number for number, tag in enumerate(_TAGS)}
_AROUND = ("article", "main", "figure", "table", "header", "footer", "aside", "ol", "section", "nav", "form")

_OWN = ("tag", "link", "bold", "gap", "depth", "hidden", "is_title", "from_title", "is_description", "copies")
_CORE = ("core_miss", "up_to_core", "core_before", "core_after", "text_before", "text_after", "texts", "blocks")
_LEVELS = tuple(f"{name}_{level}" for level in range(LEVELS) for name in ("text", "links", "blocks"))
_PATH = ("path_text", "path_others", "path_blocks")
_WORDS = ("words_own", "words_least", "words_near_least", "words_near_most", "words_far_least", "words_far_most")
_BESIDE = tuple(
    f"{name}_{at}" for at in ("up2", "up", "down", "down2") for name in ("miss", "link", "width", "tag", "same")
)

_ASIDE = tuple(_AROUND.index(tag) for tag in ("footer", "aside", "nav", "form"))
NEAR_LEAST = _WORDS.index("words_near_least")
FAR_LEAST = _WORDS.index("words_far_least")
FEATURES: tuple[str, ...] = (
    *line_features.FEATURES, *_OWN, *_CORE, *_LEVELS, *_PATH, *(f"in_{tag}" for tag in _AROUND), *_WORDS, *_BESIDE,
)  # fmt: skip


class Shape:
    """What is known of all blocks of a page by its markup, computed once for it."""

    def __init__(self, page: Page, layout: Layout, lexicon: Mapping[str, float]) -> None:
        self.page, self.layout, self.lexicon = page, layout, lexicon
        blocks, size = layout.blocks, len(layout.blocks)
        self.size = size
        self.width = [len(block.text) for block in blocks]
        self.link = [block.linked / (len(block.text) or 1) for block in blocks]
        self.tag = [_TAG.get(layout.containers[block.container].tag, len(_TAG)) for block in blocks]
        self.path = [layout.containers[block.container].path for block in blocks]
        roles = (block.role for block in page.blocks)
        texts = [
            w if role == "paragraph" and k < LINKED else 0
            for w, k, role in zip(self.width, self.link, roles, strict=True)
        ]
        self.text = texts
        self.all_text = sum(texts) or 1
        self._around: dict[int, tuple[int, ...]] = {-1: (FAR,) * len(_AROUND)}
        self._words: dict[int, tuple[float, ...]] = {}
        self._count_containers()
        self.core = self._way_to_article()
        self.miss, self.up = self._distances()
        self.before = [0, *accumulate(texts)]
        self.core_before = [0, *accumulate(t if miss == 0 else 0 for t, miss in zip(texts, self.miss, strict=True))]

    def _count_containers(self) -> None:
        """Of each container and of each path: running text, all text, linked text, blocks."""
        containers, blocks = self.layout.containers, self.layout.blocks
        size = len(containers)
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
            above = containers[at].above
            if above >= 0:
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
        container = self.layout.containers[at]
        if container.hidden or any(self._inside(at)[place] < FAR for place in _ASIDE):
            return DOUBTFUL
        return 1.0 if self._named(at)[NEAR_LEAST] > FOREIGN else DOUBTFUL

    def _way_to_article(self) -> list[int]:
        """The containers from the root to the article's, each with most of the running text of the one above."""
        best: dict[int, int] = {}
        text = self.trusted_text
        for at in range(len(text) - 1, -1, -1):
            above = self.layout.containers[at].above
            if text[at] and text[at] >= text[best.get(above, at)]:
                best[above] = at
        way: list[int] = []
        at = best.get(-1, -1)
        while at >= 0 and (not way or text[at] >= MOST * text[way[-1]]):
            way.append(at)
            at = best.get(at, -1)
        return way

    def _distances(self) -> tuple[list[int], list[int]]:
        """For each block: how far above the article's container it leaves the way there, and how deep it lies."""
        height = {at: len(self.core) - 1 - n for n, at in enumerate(self.core)}
        known: dict[int, tuple[int, int]] = {-1: (FAR, 0)}
        for at, container in enumerate(self.layout.containers):
            if at in height:
                known[at] = (height[at], 0)
            else:
                miss, up = known[container.above]
                known[at] = (miss, up + 1)
        found = [known[block.container] for block in self.layout.blocks]
        return [miss for miss, _ in found], [up for _, up in found]

    def rows(self, judged: Sequence[int]) -> Iterator[tuple[int, tuple[float, ...]]]:
        """The number and the features of each of these blocks."""
        texts = [block.text.lower() for block in self.page.blocks]
        titles = [n for n, text in enumerate(texts) if text in self.layout.titles]
        head = titles[-1] if titles else -1
        copies = Counter(texts)
        for n, line in line_features.rows(self.page, judged):
            own = self._own(n, texts[n], head)
            yield (
                n,
                (*line, *own, copies[texts[n]], *self._place(n), *self._sums(n), *self._company(n), *self._beside(n)),
            )

    def _own(self, n: int, text: str, head: int) -> tuple[float, ...]:
        block, container = self.layout.blocks[n], self._container(n)
        said = self.layout.descriptions
        return (
            self.tag[n], self.link[n], block.bold / self.width[n], block.gap, container.depth, container.hidden,
            text in self.layout.titles, max(-30, min(30, n - head)) if head >= 0 else -FAR,
            text in said or (len(text) > MIN_LEDE and any(text in description for description in said)),
        )  # fmt: skip

    def _container(self, n: int) -> Container:
        return self.layout.containers[self.layout.blocks[n].container]

    def _place(self, n: int) -> tuple[float, ...]:
        whole = self.core_before[-1] or 1
        return (
            self.miss[n], self.up[n], self.core_before[n] / whole, 1 - self.core_before[n + 1] / whole,
            self.before[n] / self.all_text, 1 - self.before[n + 1] / self.all_text, self.all_text, self.size,
        )  # fmt: skip

    def _sums(self, n: int) -> tuple[float, ...]:
        found: list[float] = []
        at = self.layout.blocks[n].container
        for _ in range(LEVELS):
            if at < 0:
                found += (-1, -1, -1)
                continue
            found += (self.container_text[at] / self.all_text, self.container_link[at], self.container_count[at])
            at = self.layout.containers[at].above
        path = self.path[n]
        text = self.path_text[path]
        return (*found, text / self.all_text, (text - self.text[n]) / self.all_text, self.path_count[path])

    def _company(self, n: int) -> tuple[float, ...]:
        at = self.layout.blocks[n].container
        return (*self._inside(at), *self._named(at))

    def _inside(self, at: int) -> tuple[int, ...]:
        """How many containers up the next article, main and so on is."""
        found = self._around.get(at)
        if found is None:
            container = self.layout.containers[at]
            above = self._inside(container.above)
            found = tuple(
                0 if container.tag == tag else min(FAR, up + 1) for tag, up in zip(_AROUND, above, strict=True)
            )
            self._around[at] = found
        return found

    def words(self, n: int) -> tuple[float, ...]:
        """What the class words around a block say: see the features whose names begin with `words_`."""
        return self._named(self.layout.blocks[n].container)

    def _named(self, at: int) -> tuple[float, ...]:
        """What the class words of the containers around say, by the lexicon's log-odds of body."""
        if at not in self._words:
            weights = [self._weights(container.words) for container in islice(self.layout.chain(at), REACH)]
            own, near = weights[0], [w for some in weights[:3] for w in some]
            far = [w for some in weights for w in some]
            least, most = min(far, default=0), max(far, default=0)
            self._words[at] = (sum(own), min(own, default=0), min(near, default=0), max(near, default=0), least, most)
        return self._words[at]

    def _weights(self, words: Iterable[str]) -> list[float]:
        return [self.lexicon[word] for word in words if word in self.lexicon]

    def _beside(self, n: int) -> tuple[float, ...]:
        found: list[float] = []
        for other in (n - 2, n - 1, n + 1, n + 2):
            if 0 <= other < self.size:
                same = self.path[other] == self.path[n]
                found += (self.miss[other], self.link[other], self.width[other], self.tag[other], same)
            else:
                found += (-1, -1, -1, -1, -1)
        return tuple(found)
