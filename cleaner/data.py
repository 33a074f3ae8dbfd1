"""The values that travel through the pipeline: frozen, without behaviour beyond their own fields.

Offsets are half-open code-point offsets into `Document.text`, the one coordinate system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Kind = Literal["text", "html"]
Engine = Literal["auto", "fast", "careful"]
BodyFormat = Literal["text", "md"]
Action = Literal["keep", "extract", "cut-tail", "drop-block", "drop-line", "strip-span"]
Confidence = Literal["high", "medium", "low"]
Role = Literal["title-line", "subheading", "paragraph", "list-item", "short-line"]

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Origin(NamedTuple):
    """Where a document was read: the file, and its 1-based line at which the text, or the record with it, begins."""

    path: str
    line: int = 1
    is_record: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One input as read: text (or linearised HTML) and what is known about it beforehand.

    `metadata` holds fields that the input itself states (front matter, a JSON record's `metadata`,
    the head of a page); `extra` holds a JSON record's other keys, which pass through unchanged;
    `sources` tells of the fields in `metadata` that the page stated where it did (see `Metadata`).
    `notes` says what reading did, such as "decoded as windows-1252". `origin` is for messages only. `layout` is a
    page's markup (`cleaner.html.layout.Layout`), whose blocks are the lines of `text`.
    `title_may_stay` says that the title was stated where cleaning writes it, in front matter or in a cleaned
    record: then the text may begin with it because it was left there. `earlier` is what a cleaned record says of its
    cleaning: `removals`, `status`, `ruleset` and `notes`.
    """

    id: str
    text: str
    kind: Kind = "text"
    url: str | None = None
    language: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    origin: Origin = field(default=Origin(""), compare=False)
    layout: Any = field(default=None, compare=False, repr=False)
    title_may_stay: bool = field(default=False, compare=False)
    earlier: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input, or one record of it, that could not be read or cleaned.

    `place` is a path, with `:line` where a line is known; `reason` names the fault and its mend.
    """

    id: str
    place: str
    reason: str


class Block(NamedTuple):
    """A line of the document: a paragraph, a heading, a list item, a short line.

    `text` is as long as its span: white space of every kind is a plain space in it and the curly
    apostrophe is straight, so that patterns need not name the variants. `gap` is the break before
    the block: 0 a space (a sentence of one long line), 1 a line break, 2 a blank line.
    """

    start: int
    end: int
    text: str
    role: Role
    gap: int


class Finding(NamedTuple):
    """An accusation (or, with action `keep`, a protection) by one rule or heuristic.

    `first` and `last` are the first and the last block that it concerns (inclusive); `fields`
    are the named groups of the match, as printed; `evidence` is for people; `twins` are other rules
    that say the very same.
    """

    span: Span
    first: int
    last: int
    source: str
    category: str
    action: Action
    confidence: Confidence
    evidence: str = ""
    rank: tuple[int, ...] = ()
    fields: Mapping[str, str] = NOTHING
    twins: tuple[str, ...] = ()


class Decision(NamedTuple):
    """A span to remove, the finding that won it, and those that also matched there."""

    span: Span
    finding: Finding
    overruled: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """A removed span: its place in the input, its text, and the rule or heuristic that took it."""

    start: int
    end: int
    text: str
    rule: str
    category: str
    also_matched: list[str] = field(default_factory=list)
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the article; None or [] where unknown.

    `date` and `modified` are ISO 8601, `language` ISO 639-1; `authors` are in reading order, desk initials as
    printed; `agencies` are as printed; `image` is the lead image's address. `sources` says of the fields that a page
    stated where each came from (`from`, best first) and how sure it is (`confidence`, 0 to 1). `extra` holds further
    fields that the input stated.
    """

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    date: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    modified: str | None = None
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    canonical_url: str | None = None
    image: str | None = None
    paywalled: bool | None = None
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


MAPPINGS = frozenset(("sources", "extra"))  # the fields of Metadata that have no type of their own in a column


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned document: body, metadata, and every removal with its reason.

    `engine` says how a page was judged: "careful" where a second opinion was asked for, else "fast"; None for texts.
    `removals` are those of this cleaning. Where there are none, and the input is a record that was cleaned before,
    `earlier` is what that one says of its cleaning (as `Document.earlier`), and goes on to say.
    """

    id: str
    text: str
    metadata: Metadata
    removals: list[Removal]
    status: str
    ruleset: str
    notes: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    engine: Engine | None = None
    earlier: Mapping[str, Any] = field(default_factory=dict)
