"""The settings of a cleaner: which rules run, and how far it may go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cleaner.data import BodyFormat, Engine
from cleaner.ruleset.selection import Selection


@dataclass(frozen=True, slots=True)
class Config:
    """Settings; every one has a default.

    `rules` are folders or files of rules added to the built-in ones; `select` and `ignore` name ids,
    categories or languages of rules and heuristics. `budget` is the share of a document's characters
    (0 to 1) past which removals of low confidence are not made and the status says `mostly-noise`. Nor are they made
    where fewer than `min_words` words would be left; a text of so few words without a sentence is no article.
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

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(Path(folder) for folder in self.rules)

    @property
    def selection(self) -> Selection:
        return Selection(self.select, self.ignore)
