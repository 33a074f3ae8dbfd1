"""The caption above player text: it may share every word with the body; only its place betrays it."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.data import Block, Finding
from cleaner.detect.page import Page
from cleaner.detect.title_line import looks_like_headline
from cleaner.text.lines import ends_sentence

ID = "heuristic-caption-above-player"
CATEGORY = "caption"
MESSAGE = "The caption of a video or audio player, right above the player's own text."

LIST_LINES = 2  # lines without a full stop above a line that make it one of a list
PLAYERS = ("video-player", "audio-player")


def find(page: Page) -> Iterator[Finding]:
    """A finding for each short line right above a block that a player rule removes."""
    for finding in page.findings:
        above = finding.first - 1
        if finding.category not in PLAYERS or finding.action == "strip-span" or above < 1:
            continue
        block = page.blocks[above]
        sentence = ends_sentence(block.text) and not looks_like_headline(block.text)
        is_free = above not in page.accused and block.text[-1] not in ":,"
        if block.role != "paragraph" and is_free and not sentence and not _is_in_list(page, above):
            yield page.accuse(above, ID, CATEGORY, f"right above what {finding.source} found")


def _is_in_list(page: Page, n: int) -> bool:
    """Whether the line is the last of several of its kind, in an article's list or table."""
    lines = [page.blocks[m] for m in range(max(0, n - LIST_LINES), n) if m not in page.accused]
    return len(lines) == LIST_LINES and n in page.core and not any(map(_is_text, lines))


def _is_text(block: Block) -> bool:
    return block.role in ("paragraph", "title-line", "subheading") or ends_sentence(block.text)
