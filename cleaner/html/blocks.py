"""Reads the blocks of a page from its markup; `layout` says what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from cleaner.html.layout import Containers, Layout, Markup, PageError
from cleaner.html.tree import Elements, Tree, elements, parse
from cleaner.text.fold import fold
from cleaner.text.lines import WIDTHLESS

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
SKIPPED_TAGS = frozenset(
    "applet area audio base canvas colgroup datalist embed head iframe input link map meta object option param script "
    "select source style svg template textarea title track video".split()
)
CELLS = frozenset(("td", "th"))
EMPHASIS = frozenset(("b", "em", "i", "strong"))
MAX_BLOCKS = 20_000  # of a page; those of articles have 200 on average, the largest on the dev pages 1,500
MAX_DEPTH = 300  # elements; what lies deeper is read as part of the element at this depth
_NAMED = ("class", "id", "role", "itemprop", "data-component", "data-testid", "data-type")
_INVISIBLE = f" {WIDTHLESS}"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Letters with digits among them, and words of two letters, are the hashes of style sheets; "ad" is an ad all the same.
_PIECE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+(?=[0-9]*(?![A-Za-z0-9]))")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LOWER_WORD = re.compile(r"(?<![a-z0-9])(?:[a-z]{3,}|ad)(?=[0-9]*(?![a-z0-9]))")  # where nothing is in upper case


def texts(tree: Tree) -> list[str]:
    """The texts of a page's blocks."""
    return [block.text for block in walked(elements(tree)).blocks]


def read(markup: str, added: Sequence[str] = ()) -> Layout | None:
    """The blocks of a page's text; None for what is no page. What a style or an attribute hides is marked.

    `added` paragraphs stand after the others, as an article's. Raises PageError.
    """
    tree = parse(markup)
    return None if tree is None else layout(elements(tree), markup, added)


def layout(found: Elements, markup: str, added: Sequence[str] = ()) -> Layout:
    """As `read`, of a page that has been parsed: its elements, and its source."""
    reader = walked(found)
    if added:
        reader.add(added)
    heads = _heads(found)
    return Layout(reader.blocks, reader.containers, *heads, found, reader.holders, markup, added)


def walked(found: Elements) -> Reader:
    """What a page's blocks are, read from its elements in their order."""
    reader = Reader(found)
    enter, leave, take = reader.enter(), reader.leave(), reader.take
    _, tags, texts, tails, ends, _ = found
    around: list[int] = []  # the elements that are open
    unseen = 0  # elements before this one stand inside one that is skipped
    for number, (tag, text) in enumerate(zip([*tags, ""], [*texts, None], strict=True)):
        if number < unseen:
            continue
        while around and ends[around[-1]] <= number:
            ended = around.pop()
            if tags[ended] in leave:
                leave[tags[ended]]()
            if tail := tails[ended]:
                take(tail, around[-1] if around else ended)
        around.append(number)
        if tag in SKIPPED_TAGS:
            unseen = ends[number]
            continue
        if tag in enter:
            enter[tag](number)
        if text:
            take(text, number)
    reader.close()
    return reader


def _heads(found: Elements) -> tuple[frozenset[str], frozenset[str]]:
    """The titles and the descriptions that the head states, and the first headings; in lower case."""
    said: dict[str, set[str]] = {"title": set(), "description": set()}
    properties, names, contents = map(found.values, ("property", "name", "content"))
    for number, tag in enumerate(found.tags):
        if tag in ("title", "h1"):
            said["title"].add(_folded("".join(map(str, found.all[number].itertext()))))
        elif tag == "meta":
            name = (properties.get(number) or names.get(number) or "").lower().rpartition(":")[2]
            if name in said:
                said[name].add(_folded(contents.get(number, "")))
    return frozenset(said["title"] - {""}), frozenset(said["description"] - {""})


def _folded(text: str) -> str:
    return fold(" ".join(text.split()).replace("\u2019", "'"))


class Reader:
    """Collects blocks while the tree is walked."""

    def __init__(self, found: Elements) -> None:
        self._elements, self._tags = found.all, found.tags
        self._classes, self._hidden = found.values("class"), _hidden(found)
        self._names = _names(found)
        self.blocks: list[Markup] = []
        self.holders: list[Tree | None] = []
        self.containers = Containers([], [], [], [], [], [])
        self._paths: dict[tuple[object, ...], int] = {}
        self._open: list[int] = [-1]
        self._waiting: list[int] = []  # open elements inside them, with no text until now; a fifth get none
        self._links = self._bold = self._preformatted = 0  # how deep in links, emphasis and <pre>
        self._gap = 2
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._held = len(self.holders)
        self._linked = self._bolded = self._count = 0
        self._after_link = False

    def enter(self) -> Mapping[str, Callable[[int], None]]:
        """What to do where an element begins, by its tag."""
        return {
            **dict.fromkeys(BLOCK_TAGS, self._open_block),
            **dict.fromkeys(CELLS, self._open_cell),
            **dict.fromkeys(EMPHASIS, self._open_bold),
            "a": self._open_link,
            "br": self._break,
            "pre": self._open_pre,
        }

    def leave(self) -> Mapping[str, Callable[[], None]]:
        """What to do where an element ends, by its tag; what follows it is still to be taken."""
        return {
            **dict.fromkeys(BLOCK_TAGS, self._close_block),
            **dict.fromkeys(CELLS, self._close_cell),
            **dict.fromkeys(EMPHASIS, self._close_bold),
            "a": self._close_link,
            "pre": self._close_pre,
        }

    def _open_block(self, number: int) -> None:
        if self._pieces:
            self.close()
        self._count, self._after_link, self._gap = 0, False, 2
        self._waiting.append(number)

    def _close_block(self) -> None:
        if self._pieces:
            self.close()
        self._count, self._after_link, self._gap = 0, False, 2
        self._leave()

    def _leave(self) -> None:
        (self._waiting or self._open).pop()

    def _open_pre(self, number: int) -> None:
        self._open_block(number)
        self._preformatted += 1

    def _close_pre(self) -> None:
        self._close_block()
        self._preformatted -= 1

    def _open_cell(self, number: int) -> None:
        if self._pieces:
            self._pieces.append(" ")
        self._waiting.append(number)

    def _close_cell(self) -> None:
        if self._pieces:
            self._pieces.append(" ")
        self._leave()

    def _open_link(self, _number: int) -> None:
        if self._after_link:
            self._pieces.append(" ")
        self._links += 1
        self._count += 1

    def _close_link(self) -> None:
        self._links -= 1
        self._after_link = True

    def _open_bold(self, _number: int) -> None:
        self._bold += 1

    def _close_bold(self) -> None:
        self._bold -= 1

    def _break(self, _number: int) -> None:
        self.close()
        self._gap = 1

    def take(self, text: str, holder: int) -> None:
        """Text of the block that is being read, right inside an element; preformatted lines are blocks."""
        if self._preformatted and "\n" in text:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._break(holder)
                if line:
                    self.take(line, holder)
            return
        self._after_link = False
        if not text.isspace():
            self.holders.append(self._elements[holder])
        elif not (self._links or self._bold or self._pieces):
            return
        if self._links:
            self._linked += len(text)
        if self._bold:
            self._bolded += len(text)
        self._pieces.append(text)

    def _contain(self, number: int) -> None:
        above = self._open[-1]
        if len(self._open) > MAX_DEPTH:
            self._open.append(above)
            return
        tags, all_words, all_above, depths, paths, all_hidden = self.containers
        around, depth, hidden = (paths[above], depths[above] + 1, all_hidden[above]) if tags else (-1, 0, False)
        tag, names = self._tags[number], self._names.get(number)
        self._open.append(len(tags))
        tags.append(tag)
        all_words.append(words(names) if names else ())
        all_above.append(above)
        depths.append(depth)
        paths.append(self._paths.setdefault((around, tag, self._classes.get(number)), len(self._paths)))
        all_hidden.append(hidden or number in self._hidden)

    def add(self, paragraphs: Sequence[str]) -> None:
        """Paragraphs that stand in no element, as an article of their own at the page's end."""
        if not self.containers.tags:
            self._contain(0)
        root = len(self.containers.tags)
        tags, all_words, all_above, depths, paths, all_hidden = self.containers
        tags += ("article", "p")
        all_words += (("article",), ())
        all_above += (0, root)
        depths += (1, 2)
        paths += (-1, -2)
        all_hidden += (False, False)
        self.blocks += (Markup(text, 2, root + 1, 0, 0, 0) for text in paragraphs)

    def close(self) -> None:
        """Ends the block; what holds nothing visible is none."""
        if not self._pieces:
            self._count, self._after_link = 0, False
            return
        text = " ".join("".join(self._pieces).split())
        if text.strip(_INVISIBLE):
            if len(self.blocks) == MAX_BLOCKS:
                raise PageError(f"the page has more than {MAX_BLOCKS:,} blocks of text; mend: leave it out or cut it")
            for number in self._waiting:
                self._contain(number)
            self._waiting.clear()
            size = len(text)
            linked, bold = min(size, self._linked), min(size, self._bolded)
            self.blocks.append(Markup(text, self._gap, self._open[-1], linked, self._count, bold))
            self.holders.append(None)
            self._gap = 2
        else:
            del self.holders[self._held :]
        self._begin()


def _names(found: Elements) -> dict[int, str]:
    """What elements are called, by their numbers."""
    names = dict(found.values(_NAMED[0]))
    for name in _NAMED[1:]:
        for number, value in found.values(name).items():
            names[number] = f"{names[number]} {value}" if number in names else value
    return names


def _hidden(found: Elements) -> frozenset[int]:
    """The numbers of the elements that an attribute or a style hides."""
    by_aria = (number for number, value in found.values("aria-hidden").items() if value == "true")
    by_style = (number for number, style in found.values("style").items() if _HIDDEN_STYLE.search(style))
    return frozenset((*found.values("hidden"), *by_aria, *by_style))


@lru_cache(maxsize=20_000)
def words(names: str) -> tuple[str, ...]:
    """The words in class names and ids, lower case.

    >>> words("articleBody related-links col2 sc-1q9vurj-0")
    ('article', 'body', 'col', 'links', 'related')
    """
    if names.islower():
        return tuple(sorted(set(_LOWER_WORD.findall(names))))
    found = {word.lower() for piece in _PIECE.findall(names) for word in _WORD.findall(piece)}
    return tuple(sorted(word for word in found if len(word) > 2 or word == "ad"))
