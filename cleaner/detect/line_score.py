"""Boilerplate by all the evidence together: form, neighbours, place, company, cohesion, and what rules found.

The weights are fitted, not guessed (`trees`). How much proof a removal needs depends on how noisy
the document is: where rules found furniture in many lines, the better guess is enough; elsewhere a line
goes only on strong evidence, or on good evidence that another witness confirms. Spared: texts in which
nothing else found anything, texts of a few lines, one long line, whose sentences have no form of their own,
and, where a text is not noisy, whole sentences, pull quotes and short subheadings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.data import Confidence, Finding
from cleaner.detect import title_line
from cleaner.detect.line_features import FEATURES, WORDS, rows
from cleaner.detect.page import Page
from cleaner.detect.trees import Trees
from cleaner.detect.unrelated_headline import is_row
from cleaner.text.lines import ends_sentence

ID = "heuristic-line-score"
CATEGORY = "boilerplate"
MESSAGE = "Boilerplate by form, place, company and what it shares with the article, weighed together."

MODEL = Trees(Path(__file__).with_name("line_model.json"), FEATURES, costly=WORDS)

MIN_LINES = 3
NOISY_GONE = 8  # lines that others remove; from there, and with ...
NOISY_LINES, NOISY_SHARE = 45, 0.5  # ... so many lines and a smaller share of paragraphs, a document counts as noisy

# Probabilities; of the sets tried on the dev pages those that lost least body for what they gained.
CERTAIN_IF_NOISY = 0.4
CERTAIN, DOUBTFUL = 0.85, 0.65
TEXT_IF_NOISY = 0.7  # for what has the form of text; where a text is not noisy, such lines are not judged
SENTENCE_WORDS, HEADING_WORDS = 6, 7  # of a sentence at least, of a subheading at most
TITLE = 0.5  # for a line that looks like the title: that is the other witness
LAST = (-1,)  # rank: where a rule or another heuristic says what a line is, that stands
REASONS = 4
_QUOTES = frozenset('"“„«»「『')
_TITLE = FEATURES.index("title")

_TWO_SENTENCES = re.compile(r"\w[.!?…][\"'”’»)]* +[^\sa-z]\S* +\S")


def find(page: Page) -> Iterator[Finding]:
    """A finding for each line that is more likely boilerplate than body."""
    judged = candidates(page)
    noisy = is_noisy(page)
    if not noisy:
        judged = [n for n in judged if not _is_text(page, n)]
    if not judged:
        return

    def least(row: Sequence[float]) -> float:
        return CERTAIN_IF_NOISY if noisy else TITLE if row[_TITLE] else DOUBTFUL

    for n, row in rows(page, judged, lambda row: MODEL.most(row) >= least(row)):
        chance, doubtful = MODEL.probability(row), least(row)
        certain = CERTAIN_IF_NOISY if noisy else CERTAIN
        if noisy and _is_text(page, n):
            certain = doubtful = TEXT_IF_NOISY
        if chance >= doubtful:
            confidence: Confidence = "medium" if chance >= certain else "low"
            yield page.accuse(n, ID, CATEGORY, explain(row, chance), confidence=confidence, rank=LAST)


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
    """Whether the line has the form of text: a quote, a result, two sentences, the head of a list; or in the article, a
    sentence or a short subheading.
    """
    block = page.blocks[n]
    blanks = block.text.count(" ")
    sentence, heading = blanks >= SENTENCE_WORDS - 1, blanks < HEADING_WORDS
    if n in page.article and ((sentence and ends_sentence(block.text)) or (heading and block.role == "subheading")):
        return True
    if heading and n + 1 < len(page.blocks) and page.blocks[n + 1].role == "list-item" and block.role != "list-item":
        return True
    if block.text[0] in _QUOTES or is_row(block.text):
        return True
    return sentence and _TWO_SENTENCES.search(block.text) is not None


def is_noisy(page: Page) -> bool:
    """Whether the text is mostly noise, as the dump of a whole page is."""
    prose = sum(block.role == "paragraph" for block in page.blocks)
    size = len(page.blocks)
    return len(page.dropped) >= NOISY_GONE and size >= NOISY_LINES and prose < NOISY_SHARE * size


def explain(row: Sequence[float], chance: float) -> str:
    """The strongest reasons in words: "97 %: no full stop, shares 0 words with the article, ..."."""
    values = dict(zip(FEATURES, row, strict=True))
    against = (name for name, part in MODEL.contributions(row).items() if part > 0 and name in _PHRASES)
    reasons = [_PHRASES[name].format(**values) for name in against]
    return f"{chance:.0%}: " + ", ".join(reasons[:REASONS])


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
