"""The caption above player text: it may share every word with the body; only its place betrays it."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.data import Finding
from cleaner.detect.page import Page
from cleaner.detect.title_line import looks_like_headline
from cleaner.text.lines import ends_sentence

ID = "heuristic-caption-above-player"
CATEGORY = "caption"
MESSAGE = "The caption of a video or audio player, right above the player's own text."

PLAYERS = ("video-player", "audio-player")


def find(page: Page) -> Iterator[Finding]:
    """A finding for each short line right above a block that a player rule removes."""
    for finding in page.findings:
        above = finding.first - 1
        if finding.category not in PLAYERS or finding.action == "strip-span" or above < 1:
            continue
        block = page.blocks[above]
        sentence = ends_sentence(block.text) and not looks_like_headline(block.text)
        if block.role != "paragraph" and above not in page.accused and not sentence and block.text[-1] not in ":,":
            yield page.accuse(above, ID, CATEGORY, f"right above what {finding.source} found")
