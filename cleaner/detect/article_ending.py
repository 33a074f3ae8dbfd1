"""What follows the end of the article: pitches, notes on the author, comments, teasers of other stories.

Such paragraphs look like the article's own one by one. So each place is weighed at which the article may end: what
would follow, what of it others found to be furniture already, and what it shares with the article (`ending_features`).
The weights are fitted, not guessed (`trees`). Spared: texts without furniture, what stands before
the first paragraph and the first furniture, and a last line that would go alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.data import Finding
from cleaner.detect.ending_features import FEATURES, Places, Row
from cleaner.detect.line_score import LAST, is_noisy
from cleaner.detect.page import Page
from cleaner.detect.trees import Trees

ID = "heuristic-article-ending"
CATEGORY = "boilerplate"
MESSAGE = "What follows the end of the article, told by what it shares with it and by the furniture around."

MODEL = Trees(Path(__file__).with_name("ending_model.json"), FEATURES)

MIN_AFTER = 2  # lines that would go; a last line that stands alone is rather the article's own
# Probabilities that nothing of the article follows; of those tried on the dev texts the ones that lost least for it.
ENDS, ENDS_IF_NOISY = 0.45, 0.7
UNLIKELY, PATIENCE = 0.2, 3  # from the last line upwards: after so many places in a row that are so unlikely, it stops


_PHRASES = {
    "known": "what follows has {known:.0%} of its words from the article",
    "known_ratio": "what follows shares {known_ratio:.1f} times as many words with the article as its paragraphs do",
    "known_prose": "the next paragraph shares {known_prose:.0%} of its words with the article",
    "known_most": "no paragraph after it shares more than {known_most:.0%} of its words with the text before it",
    "known_here": "shares {known_here:.0%} of its words with the text before it",
    "unknown": "{unknown:.0f} words after it that the article lacks",
    "width_share_after": "{width_share_after:.0%} of the text follows",
    "after": "{after:.0f} lines follow",
    "prose_after": "{prose_after:.0f} paragraphs follow",
    "prose_before": "{prose_before:.0f} paragraphs before it",
    "from_stop": "{from_stop:+.0f} lines from the last sentence of the article",
    "gone_before": "{gone_before:.0f} lines of furniture before it",
    "gone_after": "{gone_after:.0f} lines of furniture after it",
    "gone_share_before": "{gone_share_before:.0%} of the lines before it are furniture",
    "gone_share_after": "{gone_share_after:.0%} of the lines after it are furniture",
    "gone_above": "{gone_above:.0f} lines of furniture right above",
    "gone_down": "furniture {gone_down:.0f} lines below",
    "sentences": "{sentences:.0%} of the lines after it end a sentence",
    "mean_width": "the lines after it are {mean_width:.0f} letters long",
    "copies": "{copies:.0f} lines after it stood before",
    "addresses": "{addresses:.0f} addresses after it",
}


def find(page: Page) -> Iterator[Finding]:
    """A finding for each line from the highest place on at which the article is likely to have ended."""
    if not page.dropped or any(block.gap == 0 for block in page.blocks):
        return
    places = Places(page)
    least = ENDS_IF_NOISY if is_noisy(page) else ENDS
    likely = [place for place in weighed(places) if place[2] >= least]
    if likely and likely[-1][0] <= len(places.kept) - MIN_AFTER:
        at, row, chance = likely[-1]
        evidence = f"{chance:.0%}: " + ", ".join(MODEL.reasons(row, _PHRASES))
        for n in places.kept[at:]:
            yield page.accuse(n, ID, CATEGORY, evidence, rank=LAST)


def weighed(places: Places) -> Iterator[tuple[int, Row, float]]:
    """The places from the last one upwards, each with its features and the probability that the article is over.

    Where the article still goes on, it does so above: the search ends after a few such places.
    """
    unlikely = 0
    for at in places.candidates:
        row = places.row(at)
        chance = MODEL.probability(row)
        yield at, row, chance
        unlikely = unlikely + 1 if chance < UNLIKELY else 0
        if unlikely == PATIENCE:
            return
