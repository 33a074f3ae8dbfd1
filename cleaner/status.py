"""What a cleaned document is: an article, or what stands in the place of one.

Rules recognise the wording of walls, error pages and cut texts (`rules/robot-check/`, `rules/error-page/`,
`rules/consent/`, `rules/paywall/`, `rules/truncation/`, `rules/continue-reading/`); here it is only weighed, against
what else is left. In doubt a document is `ok`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from cleaner.data import Removal
from cleaner.text.count import holds_prose, is_sentence, word_count
from cleaner.text.lines import CLOSERS, ends_sentence, width

OK, MOSTLY_NOISE, NO_ARTICLE, TRUNCATED, PAYWALLED = "ok", "mostly-noise", "no-article", "truncated", "paywalled"
WALLS = {"robot-check": "robot-check", "consent": "consent-page", "error-page": NO_ARTICLE}  # category: status
SIGNS = frozenset({*WALLS, "paywall", "truncation", "continue-reading"})  # categories that the status looks at

MAX_SHORT_WORDS = 400  # words left; longer texts are no walls, and nobody's teasers
TEASER_WORDS = 150  # words left of an article above a paywall: nine in ten of the teasers met are shorter
LOOSE = 3  # times as many words may be left beside a wall, where none of them make a sentence
NEAR = 200  # characters of what was removed between a teaser and the link to its rest
MAX_SHORT_CHARS = 4000  # characters, which no short text reaches
LONG_WORD = 7  # characters of a word and its blank; most texts have shorter ones
MIN_CONSENT = 5  # words of a line that asks for consent; links and buttons are shorter
MIN_OPEN = 8  # words of a last line that may count as broken off; shorter ones are captions and names
LAST_WORD = 8  # characters, of which a blank and the longest word of _CUT are fewer
MIN_INDEX_LINES = 8  # headlines that make an index page
INDEX_SHARE = 0.8  # of the lines, those that read like headlines
HEADLINE_WORDS = range(5, 19)
HEADLINE_WIDTH = 42  # Latin letters, the least median: verse and lists are narrower, headlines 50 to 80

_LINKS = re.compile(r"[|·•]")
_ELLIPSIS = re.compile(r"(?:(?<![.…])(?:…|\.\.\.)|\[(?:…|\.\.\.)\])$")
_CUT = re.compile(
    r"(?:[,–—(-]| (?:the|an?|of|to|and|in|for|with|that|by|from|or|but|than|into|would|could|because|which|whose"
    r"|their|its"
    r"|der|die|das|dem|den|und|eine?|von|zu|mit|dass|weil|oder|aber|seine?|ihre"
    r"|le|la|les|du|des|et|une?|que|qui|ou|mais|dans|sur|leur|ses"
    r"|el|los|las|y|con|pero|para|por|su|sus|il|lo|gli|di|che|nella|della|per"
    r"|os|um|uma|do|da|mas|sua|seu|het|een|maar|och|som|att|og|at))$",
    re.IGNORECASE,
)


class Sign(NamedTuple):
    """A stretch of the input in which a rule of a category in SIGNS recognised its wording."""

    category: str
    start: int
    end: int


class _Found(NamedTuple):
    """The input as the status sees it: what was taken, what was recognised, what is left."""

    source: str
    removals: Sequence[Removal]
    signs: Sequence[Sign]

    def spans(self, *categories: str) -> list[tuple[int, int]]:
        """Where these categories were recognised or removed."""
        found = [(sign.start, sign.end) for sign in self.signs if sign.category in categories]
        return found + [(r.start, r.end) for r in self.removals if r.category in categories]

    def left(self, *explained: str, start: int = 0) -> str:
        """What is left of the input from an offset on, without what the categories explain."""
        taken = [(r.start, r.end) for r in self.removals] + self.spans(*explained)
        return "\n".join(self.source[a:b] for a, b in _between(taken, start, len(self.source)))

    def last_line(self) -> tuple[str, int]:
        """The last line left, links and walls aside, and where it ends in the input."""
        taken = [(r.start, r.end) for r in self.removals] + self.spans("paywall", "continue-reading", *WALLS)
        for a, b in reversed(list(_between(taken, 0, len(self.source)))):
            line = self.source[a:b].rstrip()
            if line:
                return line.rsplit("\n", 1)[-1].strip(), a + len(line)
        return "", 0


def status(
    text: str, source: str, removals: Sequence[Removal], signs: Sequence[Sign], over_budget: bool, min_words: int
) -> str:
    """The status of a cleaned text; `source` is the input, which the removals and the signs refer to.

    `over_budget` says that the removals would have passed the budget, `min_words` below how many words
    a text without a sentence is no article.
    """
    found = _Found(source, removals, signs)
    wall = _wall(found, min_words) if signs and _is_below(text, MAX_SHORT_WORDS) else None
    if wall:
        return wall
    if _is_paywalled(found, text, min_words):
        return PAYWALLED
    if not text or (removals and _is_below(text, min_words) and not holds_prose(text)) or _is_index(text):
        return NO_ARTICLE
    if _is_truncated(found, text):
        return TRUNCATED
    return MOSTLY_NOISE if over_budget else OK


def _is_below(text: str, words: int) -> bool:
    """Whether a text, as far as it is looked at, has fewer words; most are told by their beginning."""
    begin = text[: min(words * LONG_WORD, MAX_SHORT_CHARS)]
    return word_count(begin) < words and word_count(text[:MAX_SHORT_CHARS]) < words


def _wall(found: _Found, min_words: int) -> str | None:
    """The wall that explains the document: hardly anything is left that is not its wording."""
    texts = {category: _text(found.source, found.spans(category)) for category in WALLS}
    if not any(word_count(line) >= MIN_CONSENT and not _LINKS.search(line) for line in texts["consent"].split("\n")):
        texts["consent"] = ""  # links of a footer, which stand on every page
    weights = {category: word_count(line) for category, line in texts.items()}
    category = max(weights, key=lambda name: weights[name])
    words = weights[category]
    if not words:
        return None
    rest = found.left(*WALLS)
    others = word_count(rest)
    prose = holds_prose(rest)
    few = others < min_words and (words >= 2 * others if prose else 2 * words >= others)
    unsaid = others < LOOSE * min_words and words >= others and not prose
    return WALLS[category] if few or unsaid else None


def _is_paywalled(found: _Found, text: str, min_words: int) -> bool:
    """Whether the text stops where readers are asked to subscribe: a teaser, or broken off in mid-sentence."""
    walls = found.spans("paywall")
    if not walls:
        return False
    after = found.left("paywall", "continue-reading", *WALLS, start=min(start for start, _ in walls))
    if word_count("\n".join(line for line in after.split("\n") if is_sentence(line))) >= min_words:
        return False
    last, _ = found.last_line()
    return _is_below(text, TEASER_WORDS) or _is_cut(last) or (_is_elliptic(last) and _is_open(last))


def _is_truncated(found: _Found, text: str) -> bool:
    """Whether the text stops before its end: a mark says so, or it is broken off where a link leads on.

    In a long text such a last line is mostly a teaser of another article that was left behind it.
    """
    last, end = found.last_line()
    if _is_elliptic(last) and word_count(last) >= MIN_OPEN and _is_below(text, TEASER_WORDS):
        return True
    marked = any(start < end <= stop for start, stop in found.spans("truncation"))
    linked = any(end <= start <= end + NEAR for start, _ in found.spans("continue-reading"))
    if (marked or (linked and _is_open(last))) and _is_below(text, MAX_SHORT_WORDS):
        return True
    return _is_cut(last)


def _is_open(line: str) -> bool:
    """Whether a line of some length has no end, or an ellipsis for it."""
    return word_count(line) >= MIN_OPEN and (not ends_sentence(line) or _is_elliptic(line))


def _is_elliptic(line: str) -> bool:
    """Whether a line ends with an ellipsis."""
    return line.endswith(("…", "...", "]")) and _ELLIPSIS.search(line) is not None


def _is_cut(line: str) -> bool:
    """Whether a line of some length stops where no sentence does."""
    return _CUT.search(line, max(0, len(line) - LAST_WORD)) is not None and word_count(line) >= MIN_OPEN


def _is_index(text: str) -> bool:
    """Whether a text is a list of headlines: lines of a headline's length without full stops, and no prose.

    Verse and lists have narrower lines and more commas, tables more figures, interviews and recipes sentences.
    """
    lines = [stripped for line in text.split("\n") if (stripped := line.strip())]
    if len(lines) < MIN_INDEX_LINES or len(list(islice(filter(is_sentence, reversed(lines)), 2))) > 1:
        return False
    headlines = [line for line in lines if _is_headline(line)]
    widths = sorted(width(line) for line in lines)
    return len(headlines) >= INDEX_SHARE * len(lines) and widths[len(widths) // 2] >= HEADLINE_WIDTH


def _is_headline(line: str) -> bool:
    words = line.split()
    figures = sum(any(char.isdigit() for char in word) for word in words)
    return (
        word_count(line) in HEADLINE_WORDS
        and not line[0].islower()
        and not ends_sentence(line)
        and line.rstrip(CLOSERS)[-1:] not in ",;:-–—"
        and line[0] not in "-*•–—·▪►●0123456789"
        and figures * 4 <= len(words)
    )


def _text(source: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text in the spans, what several of them hold only once."""
    parts, at = [], 0
    for start, end in sorted(spans):
        parts.append(source[max(at, start) : end])
        at = max(at, end)
    return "\n".join(parts)


def _between(spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterable[tuple[int, int]]:
    """The stretches from `start` to `end` that no span covers."""
    at = start
    for a, b in sorted(spans):
        if at < a:
            yield at, min(a, end)
        at = max(at, b)
    if at < end:
        yield at, end
