"""What the page scorer sees of a block: the form and place of its line, and the markup around it.

Lengths are in characters, shares lie between 0 and 1, and -1 stands for "does not apply".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.detect.line_features import LINE, Columns, Row
from cleaner.detect.page import Page
from cleaner.detect.shape import AROUND, FAR, WORDS, Shape

LEVELS = 4  # containers around a block whose sums are looked at

_TAGS = (
    "p li h1 h2 h3 h4 h5 h6 div td tr blockquote figcaption pre dd dt button section article body main header footer "
    "figure caption ul form noscript summary"
).split()
_TAG = {tag: number for number, tag in enumerate(_TAGS)}

_OWN = ("tag", "link", "bold", "depth", "from_title", "is_description", "copies")
_CORE = ("core_miss", "up_to_core", "core_before", "core_after", "text_before", "text_after", "texts")
_LEVELS = tuple(f"{name}_{level}" for level in range(LEVELS) for name in ("text", "links", "blocks"))
_PATH = ("path_text", "path_others", "path_blocks")

FEATURES: tuple[str, ...] = (
    *LINE, *_OWN, *_CORE, *_LEVELS, *(f"in_{tag}" for tag in AROUND), *WORDS, *_PATH,
)  # fmt: skip
_OUTSIDE = (-1.0,) * len(_LEVELS)


def rows(page: Page, shape: Shape, judged: Sequence[int]) -> Iterator[tuple[int, Row]]:
    """The number and the features of each of these blocks."""
    lines, seen = Columns(page), _Columns(page, shape)
    pieces = (lines.lines(judged), *seen.pieces(judged))
    for n, line, own, place, around in zip(judged, *pieces, strict=True):
        yield n, (*line, *own, *place, *around)


class _Columns:
    """What is known of all blocks of a page, computed once for it."""

    def __init__(self, page: Page, shape: Shape) -> None:
        self.shape, self.layout = shape, shape.layout
        tags = self.layout.containers.tags
        self.tag = [_TAG.get(tags[block.container], len(_TAG)) for block in self.layout.blocks]
        self.copies = Counter(shape.folded)
        self._sums: dict[int, tuple[float, ...]] = {}
        self._known: dict[int, tuple[float, ...]] = {}

    def pieces(self, numbers: Sequence[int]) -> tuple[Iterator[Row], ...]:
        """The features of these blocks, those of their lines aside, in pieces."""
        return self._own(numbers), self._place(numbers), self._around(numbers)

    def _own(self, numbers: Sequence[int]) -> Iterator[Row]:
        shape, tags, copies = self.shape, self.tag, self.copies
        links, widths, texts, head = shape.link, shape.width, shape.folded, shape.head
        blocks, depths = self.layout.blocks, self.layout.containers.depths
        for n in numbers:
            block, text = blocks[n], texts[n]
            yield (
                tags[n], links[n], block.bold / widths[n], depths[block.container],
                max(-30, min(30, n - head)) if head >= 0 else -FAR, shape.describes(n), copies[text],
            )  # fmt: skip

    def _place(self, numbers: Sequence[int]) -> Iterator[Row]:
        shape = self.shape
        miss, up, core, before, all_text = shape.miss, shape.up, shape.core_before, shape.before, shape.all_text
        whole = core[-1] or 1
        for n in numbers:
            yield (
                miss[n], up[n], core[n] / whole, 1 - core[n + 1] / whole,
                before[n] / all_text, 1 - before[n + 1] / all_text, all_text,
            )  # fmt: skip

    def _around(self, numbers: Sequence[int]) -> Iterator[Row]:
        """What the containers around a block hold, and those of the same path."""
        shape, blocks, sums = self.shape, self.layout.blocks, self._sums
        paths, texts, path_text, path_count = shape.path, shape.text, shape.path_text, shape.path_count
        whole = shape.all_text
        for n in numbers:
            at, path = blocks[n].container, paths[n]
            if at not in sums:
                sums[at] = (*self._levels(at), *shape.inside(at), *shape.named(at))
            text = path_text[path]
            yield (*sums[at], text / whole, (text - texts[n]) / whole, path_count[path])

    def _levels(self, at: int) -> tuple[float, ...]:
        """Text, links and blocks of a container and of those around it."""
        if at < 0:
            return _OUTSIDE
        found = self._known.get(at)
        if found is None:
            shape = self.shape
            own = (shape.container_text[at] / shape.all_text, shape.container_link[at], shape.container_count[at])
            found = self._known[at] = (*own, *self._levels(self.layout.containers.above[at])[:-3])
        return found
