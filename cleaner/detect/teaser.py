"""The headline and lede of another story at the start: nothing in the article speaks of them."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.detect.title_line import first_line, looks_like_headline
from cleaner.text.lines import ends_sentence, width

ID = "heuristic-teaser"
CATEGORY = "teaser"
MESSAGE = "Headline and lede of another story before the article."

MIN_PARAGRAPHS = 4  # with less of an article, nothing can be said to be foreign to it
MAX_LEDE = 320  # Latin letters
MAX_SHARE = 0.2  # of the content stems, those that the body may share with a foreign line
MIN_STEMS = 4


def find(page: Page) -> Iterator[Finding]:
    """A finding for the foreign headline, and one for the lede after it."""
    first = first_line(page)
    if first is None or first + 2 >= len(page.blocks) or not looks_like_headline(page.blocks[first].text):
        return
    if sum(page.blocks[n].role == "paragraph" for n in page.core) < MIN_PARAGRAPHS:
        return
    second = first + 1
    lede = page.blocks[second]
    if width(lede.text) > MAX_LEDE or ends_sentence(lede.text) or second in page.dropped:
        return
    if page.blocks[second + 1].role != "paragraph":
        return
    common = page.stems(first) & page.stems(second)
    strangers = page.unknown(common & page.names(first), second)
    shares = [page.shared(n) for n in (first, second)]
    if strangers:
        reason = f"a headline and its lede speak of “{strangers[0]}…”, which the article never names"
    elif all(total >= MIN_STEMS and shared <= MAX_SHARE * total for shared, total in shares):
        reason = "headline and lede share {} of {} and {} of {} words with the article".format(*shares[0], *shares[1])
    else:
        return
    for n in (first, second):
        yield page.accuse(n, ID, CATEGORY, reason)
