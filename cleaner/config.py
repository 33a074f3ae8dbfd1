"""The settings of a cleaner: which rules run, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.data import BodyFormat, Engine
from cleaner.ruleset.selection import Selection

MAX_BYTES = 16 * 1024 * 1024  # bytes of one text, page or record, unpacked; a book has one to five million


@dataclass(frozen=True, slots=True)
class Config:
    """Settings; every one has a default.

    `rules` are folders or files of rules added to the built-in ones; `select` and `ignore` name ids,
    categories or languages of rules and heuristics. `languages` (ISO 639-1) are those that texts may be in: rules for
    others, but English, do not run, and where it names one, texts are in that one. `protect` are regular expressions
    (case does not count); a line in which one is found is never touched. `budget` is the share of a document's
    characters (0 to 1) past which removals of low confidence are not made and the status says `mostly-noise`. Nor are
    they made where fewer than `min_words` words would be left; a text of so few words without a sentence is no article.
    `max_bytes` bounds one text, page or record, unpacked; a larger one is an error, not read.
    `engine` says when a second opinion on a page is asked for: never ("fast"), always ("careful"), in doubt ("auto").
    `format` is that of a page's body: plain text, or Markdown ("md"), with `links` if wanted.
    """

    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    builtin: bool = True
    strip_datelines: bool = False
    budget: float = 0.8
    min_words: int = 20
    engine: Engine = "auto"
    format: BodyFormat = "text"
    links: bool = False
    languages: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    max_bytes: int = MAX_BYTES

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(Path(folder) for folder in self.rules)

    @property
    def selection(self) -> Selection:
        return Selection(self.select, self.ignore, self.languages)
