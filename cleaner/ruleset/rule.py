"""One rule as written in a rule file, and the errors that a rule file can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cleaner.data import Action, Confidence

ACTIONS: tuple[Action, ...] = ("keep", "extract", "cut-tail", "drop-block", "drop-line", "strip-span")
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
STATUSES = ("stable", "experimental", "deprecated")

TRAILING = ".!?:…>»→"  # marks that may follow a phrase on its line, as blanks may ...
MAX_TRAILING = 8  # ... so many of them
LONGEST_PHRASE = 150  # characters of a phrase that a line is looked up by


Kind = tuple[tuple[str, ...], tuple[str, ...]]  # languages and sites


class RuleError(ValueError):
    """A fault in a rule file: `path:line: what is wrong: the mend`; of a folder there is no line (None)."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        super().__init__(f"{path}: {message}" if line is None else f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


@dataclass(frozen=True, slots=True)
class Case:
    """A whole before and after, and the named groups that must be read on the way."""

    before: str
    after: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled-once description of noise (or, with action `keep`, of what is none).

    `pattern` is what is searched in a line, fragments written out and phrases made a pattern;
    `written` is the pattern as the file has it. `literals` are
    lower-case strings of which one stands in every line that can match (empty: every line can).
    `after` and `before` are shares of the document (0 to 1) between which the line must begin.
    A rule with `css` matches on pages alone, in blocks whose text lies in an element that this selector names; there
    it is tried without `literals`, and without a `pattern` it takes each such block.
    """

    id: str
    category: str
    action: Action
    confidence: Confidence
    message: str
    pattern: str
    langs: tuple[str, ...]
    path: str
    line: int
    excepts: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    max_chars: int | None = None
    after: float = 0.0
    before: float = 1.0
    takes_previous: int = 0
    takes_next: int = 0
    since: str = ""
    status: str = "stable"
    replaced_by: str | None = None
    aliases: tuple[str, ...] = ()
    source: str | None = None
    phrases: tuple[str, ...] = ()
    css: str = ""
    written: str = ""
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    cases: tuple[Case, ...] = field(default=())

    @property
    def kind(self) -> Kind:
        """Where the rule runs."""
        return self.langs, self.sites

    @property
    def scope(self) -> int:
        """How special the rule is: 2 for a site's, 1 for a language's, 0 for any text."""
        return 2 if self.sites else 0 if "*" in self.langs else 1

    @property
    def is_whole_line(self) -> bool:
        """Whether the rule is a list of phrases one of which a line must equal."""
        return bool(self.phrases) and self.action != "strip-span" and max(map(len, self.phrases)) <= LONGEST_PHRASE


def straight(phrases: Iterable[str]) -> list[str]:
    """Phrases as the view of a text has them: no outer blanks, straight apostrophes."""
    return [phrase.strip().replace("’", "'") for phrase in phrases]
