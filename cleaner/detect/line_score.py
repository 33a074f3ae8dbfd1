"""Boilerplate by all the evidence together: form, neighbours, place, company, cohesion, and what rules found.

The weights are fitted, not guessed (`trees`). How much proof a removal needs depends on how noisy
the document is: where rules found furniture in many lines, the better guess is enough; elsewhere a line
goes only on strong evidence, or on good evidence that another witness confirms. Sentences are weighed
together with the lines around them: furniture comes in stretches, and so does the article. Spared: texts in which
nothing else found anything, texts of a few lines, one long line, whose sentences have no form of their own,
ingredients, a line or two among short lines of the article that stay, and, where a text is not noisy, paragraphs,
pull quotes, short subheadings, results and heads of lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.data import Confidence, Finding
from cleaner.detect import title_line
from cleaner.detect.line_features import FEATURES, Columns, Row
from cleaner.detect.page import Page
from cleaner.detect.trees import Trees
from cleaner.detect.unrelated_headline import is_row
from cleaner.text.lines import ends_sentence
from cleaner.text.measures import is_measured

ID = "heuristic-line-score"
CATEGORY = "boilerplate"
MESSAGE = "Boilerplate by form, place, company and what it shares with the article, weighed together."

MODEL = Trees(Path(__file__).with_name("line_model.json"), FEATURES)

MIN_LINES = 3
NOISY_GONE = 8  # lines that others remove; from there, and with ...
NOISY_LINES, NOISY_SHARE = 45, 0.5  # ... so many lines and a smaller share of paragraphs, a document counts as noisy

# Probabilities; of the sets tried on the dev pages those that lost least body for what they gained.
CERTAIN_IF_NOISY = 0.4
CERTAIN, DOUBTFUL = 0.85, 0.65
TEXT_IF_NOISY = 0.7  # for what has the form of text
SENTENCE = 0.85  # for sentences where a text is not noisy; other forms of text are not judged there
STAY = 0.75  # probability that the line after one of furniture is furniture too, and likewise with body
OF_ARTICLE = 0.05  # probability that a paragraph is furniture
MIN_CHANCE = 0.25  # what a line shares with the article is counted where it has so much without that
SENTENCE_WORDS, HEADING_WORDS = 6, 7  # of a sentence at least, of a subheading at most
ISLAND = 2  # lines among short ones that stay
TITLE = 0.5  # for a line that looks like the title: that is the other witness
LAST = (-1,)  # rank: where a rule or another heuristic says what a line is, that stands
_QUOTES = frozenset('"“„«»「『')
_TITLE = FEATURES.index("title")

_TWO_SENTENCES = re.compile(r"\w[.!?…][\"'”’»)]* +[^\sa-z]\S* +\S")


def find(page: Page) -> Iterator[Finding]:
    """A finding for each line that is more likely boilerplate than body, and no island."""
    found = list(_likely(page))
    spared = _islands(page, frozenset(f.first for f in found if f.confidence != "low"))
    return (finding for finding in found if finding.first not in spared)


def _islands(page: Page, going: frozenset[int]) -> set[int]:
    """Of the lines that would go, a line or two between short lines that stay, from the article's first paragraph to
    the last line that stays and reads like a part of it: "1 egg" in a list of ingredients.
    """
    found: set[int] = set()
    gone = going | page.dropped
    start, size = page.core.start, len(page.blocks)
    last = range(size - 1, start - 1, -1) if going else ()
    stop = next((n for n in last if n not in gone and _belongs(page, n)), 0)
    for n in going:
        stays = next((after for after in range(n + 1, n + 1 + ISLAND) if after not in gone), size)
        run = range(n, stays)
        between = start < n and n - 1 not in gone and stays <= stop and going.issuperset(run)
        if between and all(page.blocks[beside].role != "paragraph" for beside in (n - 1, stays)):
            found.update(run)
    return found


def _belongs(page: Page, n: int) -> bool:
    """Whether a line has a form that furniture seldom has."""
    block = page.blocks[n]
    return block.role == "paragraph" or ends_sentence(block.text) or is_measured(block.text)


def _likely(page: Page) -> Iterator[Finding]:
    judged = candidates(page)
    if not judged:
        return
    noisy = is_noisy(page)
    least = CERTAIN_IF_NOISY if noisy else TITLE
    weighed = list(_weighed(page, judged, noisy))
    for (n, row, alone), together in zip(weighed, in_stretches([chance for _, _, chance in weighed]), strict=True):
        if alone < least and together < least:
            continue
        if is_measured(page.blocks[n].text):
            continue  # in the dump of a recipe's page, its ingredients look like a menu
        sentence, text = _is_sentence(page, n), _is_text(page, n)
        chance = together if sentence else alone
        if noisy:
            certain = doubtful = TEXT_IF_NOISY if sentence or text else CERTAIN_IF_NOISY
        elif text:
            continue
        elif sentence:
            certain = doubtful = SENTENCE
        else:
            certain, doubtful = CERTAIN, TITLE if row[_TITLE] else DOUBTFUL
        if chance >= doubtful:
            confidence: Confidence = "medium" if chance >= certain else "low"
            yield page.accuse(n, ID, CATEGORY, explain(row, chance), confidence=confidence, rank=LAST)


def _weighed(page: Page, judged: Sequence[int], noisy: bool) -> Iterator[tuple[int, Row, float]]:
    """The number, the features and the probability of each of these blocks.

    Where a text is not noisy, paragraphs are taken for what they nearly always are.
    """
    seen, chance_of = Columns(page), MODEL.probability
    asked = [n for n in judged if noisy or page.blocks[n].role != "paragraph"]
    found = dict(seen.rows(asked))
    for n in judged:
        row = found.get(n, ())
        chance = chance_of(row) if row else OF_ARTICLE
        if chance >= MIN_CHANCE and (counted := seen.counted(n, row)) is not row:
            row, chance = counted, chance_of(counted)
        yield n, row, chance


def in_stretches(chances: Sequence[float]) -> list[float]:
    """The probability that each line is furniture, given what is thought of all lines and that lines of a kind
    stand together (a chain of two states, forwards and backwards).

    >>> [round(chance, 2) for chance in in_stretches([0.1, 0.1, 0.7, 0.1, 0.8, 0.7, 0.9])]
    [0.05, 0.05, 0.32, 0.19, 0.78, 0.88, 0.94]
    """
    before = _expected(chances)
    after = _expected(chances[::-1])[::-1]
    return [_both(_both(one, above), below) for one, above, below in zip(chances, before, after, strict=True)]


def _expected(chances: Sequence[float]) -> list[float]:
    """What the lines before each one let expect of it."""
    expected, last = [], 0.5
    for chance in chances:
        next_one = last * STAY + (1 - last) * (1 - STAY)
        expected.append(next_one)
        last = _both(chance, next_one)
    return expected


def _both(one: float, other: float) -> float:
    """What two independent probabilities come to."""
    yes, no = one * other, (1 - one) * (1 - other)
    return yes / (yes + no)


def candidates(page: Page) -> list[int]:
    """The blocks in which nothing else removes anything, in a text of several lines with noise in it.

    Where nothing else finds anything certain, only what looks like the title is doubted: no other line of such
    a text was ever found foreign.
    """
    if len(page.blocks) < MIN_LINES or any(block.gap == 0 for block in page.blocks):
        return []
    if not page.dropped:
        return [n for n, found in page.accused.items() if any(f.source == title_line.ID for f in found)]
    settled = {n for n, found in page.accused.items() if any(finding.confidence != "low" for finding in found)}
    return [n for n in range(len(page.blocks)) if n not in settled]


def _is_text(page: Page, n: int) -> bool:
    """Whether the line has the form of text that is no sentence: a quote, a result, the head of a list; or in the
    article, a short subheading.
    """
    block = page.blocks[n]
    heading = block.text.count(" ") < HEADING_WORDS
    if heading and block.role == "subheading" and n in page.article:
        return True
    if heading and n + 1 < len(page.blocks) and page.blocks[n + 1].role == "list-item" and block.role != "list-item":
        return True
    return block.text[0] in _QUOTES or is_row(block.text)


def _is_sentence(page: Page, n: int) -> bool:
    """Whether the line has the form of a sentence in the article, or of two anywhere."""
    text = page.blocks[n].text
    if text.count(" ") < SENTENCE_WORDS - 1:
        return False
    return (n in page.article and ends_sentence(text)) or _TWO_SENTENCES.search(text) is not None


def is_noisy(page: Page) -> bool:
    """Whether the text is mostly noise, as the dump of a whole page is."""
    prose = sum(block.role == "paragraph" for block in page.blocks)
    size = len(page.blocks)
    return len(page.dropped) >= NOISY_GONE and size >= NOISY_LINES and prose < NOISY_SHARE * size


def explain(row: Sequence[float], chance: float) -> str:
    """The strongest reasons in words: "97 %: no full stop, shares 0 words with the article, ..."."""
    return f"{chance:.0%}: " + ", ".join(MODEL.reasons(row, _PHRASES))


_PHRASES = {
    "width": "{width:.0f} letters long",
    "words": "{words:.0f} words",
    "ending": "the way it ends",
    "start": "the way it begins",
    "commas": "{commas:.0f} commas",
    "capitals": "{capitals:.0%} of its words capitalised",
    "digits": "{digits:.0%} digits",
    "width_above": "the line above is {width_above:.0f} letters long",
    "width_below": "the line below is {width_below:.0f} letters long",
    "capitals_above": "{capitals_above:.0%} capitalised words above",
    "capitals_below": "{capitals_below:.0%} capitalised words below",
    "prose_before": "{prose_before:.0f} paragraphs before it",
    "prose_after": "{prose_after:.0f} paragraphs after it",
    "share_before": "{share_before:.0%} of the paragraphs' text before it",
    "share_after": "{share_after:.0%} of the paragraphs' text after it",
    "prose_share": "{prose_share:.0%} of the lines are paragraphs",
    "gone_lines": "{gone_lines:.0f} lines of furniture in the text",
    "gone_share": "{gone_share:.0%} of the lines are furniture",
    "gone_share_before": "{gone_share_before:.0%} of the lines before it are furniture",
    "gone_share_after": "{gone_share_after:.0%} of the lines after it are furniture",
    "from_article": "{from_article:+.0f} lines from the article",
    "article_share": "the article is {article_share:.0%} of the lines",
    "run": "in a run of {run:.0f} lines that are no paragraphs",
    "run_left": "{run_left:.0f} lines to the end of its run",
    "run_gone": "{run_gone:.0f} lines of furniture in its run",
    "run_width": "its run's lines are {run_width:.0f} letters long",
    "gone_up": "furniture {gone_up:.0f} lines above",
    "gone_down": "furniture {gone_down:.0f} lines below",
    "prose_up": "the next paragraph above is {prose_up:.0f} lines away",
    "prose_down": "the next paragraph below is {prose_down:.0f} lines away",
    "shared": "shares {shared:.0f} words with the article",
    "shared_share": "shares {shared_share:.0%} of its words with the article",
    "unknown_names": "{unknown_names:.0f} names and numbers that the article lacks",
    "shared_with_prose_below": "shares {shared_with_prose_below:.0f} words with the paragraph below",
    "copies": "stands in the text {copies:.0f} times",
    "accused": "another finding doubts it too",
    "title": "looks like the title",
}
