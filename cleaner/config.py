"""The settings of a cleaner: which rules run, and how far it may go."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, get_args

from cleaner.data import BodyFormat, Engine
from cleaner.ruleset.selection import Selection
from cleaner.text import codes

MAX_BYTES = 16 * 1024 * 1024  # bytes of one text, page or record, unpacked; a book has one to five million
MIN_BYTES = 1024  # the least that `max_bytes` may be: less would refuse every article


class Check(NamedTuple):
    """What a setting must be: in words, as a check, of which choices, and what may be wrong with one of its items."""

    want: str
    is_good: Callable[[Any], bool]
    choices: Sequence[str] = ()
    problem: Callable[[str], str | None] = lambda _: None

    def fault(self, value: object) -> str | None:
        """What is wrong with a value, and the mend; None if it is a good one."""
        if self.is_good(value):
            return None
        hint = ""
        if isinstance(value, str) and value and self.want == NAMES:
            hint = f": did you mean [{value!r}]?"
        elif isinstance(value, str) and self.choices:
            import difflib

            near = difflib.get_close_matches(value, self.choices, 1)
            hint = f': did you mean "{near[0]}"?' if near else ""
        return f"is {value!r}: it must be {self.want}{hint}"


def one_of(choices: Sequence[str]) -> Check:
    """A check for one of several strings."""
    return Check("one of " + ", ".join(choices), lambda value: value in choices, choices)


def is_names(value: Any) -> bool:
    """Whether a value is a list of strings, none of them empty."""
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) and item for item in value)


def _are_paths(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, (str, os.PathLike)) and item for item in value)


def _is_share(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _is_whole(least: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value >= least


def _pattern_problem(pattern: str) -> str | None:
    import regex

    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        return f"'{pattern}' is no regular expression: {error}; write a \\ before a character that is meant as such"
    return f"'{pattern}' is found in every line: say more of the line" if compiled.search("") is not None else None


NAMES = "a list of strings"
FLAG = Check("true or false", lambda value: isinstance(value, bool))
CHECKS: Mapping[str, Check] = {
    "rules": Check(NAMES, _are_paths),
    "select": Check(NAMES, is_names),
    "ignore": Check(NAMES, is_names),
    "builtin": FLAG,
    "strip_datelines": FLAG,
    "budget": Check("a share between 0 and 1", _is_share),
    "min_words": Check("a whole number of words, 0 or more", _is_whole(0)),
    "engine": one_of(get_args(Engine)),
    "format": one_of(get_args(BodyFormat)),
    "links": FLAG,
    "languages": Check(NAMES, is_names, problem=codes.problem),
    "protect": Check(NAMES, is_names, problem=_pattern_problem),
    "max_bytes": Check(f"a whole number of bytes, {MIN_BYTES} or more", _is_whole(MIN_BYTES)),
}


@dataclass(frozen=True, slots=True)
class Config:
    """Settings; every one has a default. Raises ValueError at one that is not what it must be.

    `rules` are folders or files of rules added to the built-in ones; `select` and `ignore` name ids,
    categories or languages of rules and heuristics. `languages` (ISO 639-1) are those that texts may be in: rules for
    others, but English, do not run, and where it names one, texts are in that one. `protect` are regular expressions
    (case does not count); a line in which one is found is never touched. `budget` is the share of a document's
    characters (0 to 1) past which removals of low confidence are not made and the status says `mostly-noise`. Nor are
    they made where fewer than `min_words` words would be left; a text of so few words without a sentence is no article.
    `max_bytes` bounds one text, page or record that the command line reads, unpacked; a larger one is an error, not
    read. What Python code hands over is in memory already, and taken as it is.
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

    def __post_init__(self) -> None:
        for name, check in CHECKS.items():
            value = getattr(self, name)
            if fault := check.fault(value):
                raise ValueError(f"{name} {fault}")
            if isinstance(value, (list, tuple)):
                object.__setattr__(self, name, tuple(value))
                if problem := next(filter(None, map(check.problem, value)), None):
                    raise ValueError(f"{name}: {problem}")
        object.__setattr__(self, "languages", tuple(code.lower() for code in self.languages))

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(Path(folder) for folder in self.rules)

    @property
    def selection(self) -> Selection:
        return Selection(self.select, self.ignore, self.languages)
