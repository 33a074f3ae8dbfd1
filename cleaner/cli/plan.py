"""Where the output of `cleaner clean` goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from cleaner.cli import guard
from cleaner.cli.choices import Form
from cleaner.data import Failure
from cleaner.read.sources import ARCHIVES, CRAWLS, HTML, LINES, PARQUET, RECORDS, STDIN, TABLES, Source, suffixes

RECORD_FORMS = (Form.jsonl, Form.jsonl_gz, Form.jsonl_zst, Form.parquet, Form.csv, Form.tsv)
RECORD_FILES = (*LINES, *TABLES, *PARQUET)  # suffixes of outputs that hold records
UNDO = ".removed.json"


class Kind(StrEnum):
    """What OUT is."""

    stdout = "standard output"
    lines = "a file of records"
    shards = "a folder of records"
    file = "a text file"
    folder = "a folder"
    in_place = "the inputs themselves"
    diff = "a diff"


@dataclass(frozen=True, slots=True)
class Plan:
    """The kind of output, where it goes, in which form, and the inputs that it is made of, in order."""

    kind: Kind
    form: Form
    items: Sequence[Source | Failure]
    path: Path = Path()
    hook: bool = False
    left_out: int = 0  # files of earlier output, found below a folder that was named
    out: str = ""  # as it was named; an address has no path
    forms: Callable[[Source], Form] | None = None  # the settings' form of a text, where no option chooses one
    named: frozenset[str] = frozenset()  # inputs as the user wrote them
    keep_removals: bool = False
    keeps: Callable[[Source], bool] | None = None  # what the settings say of that

    def form_of(self, source: Source) -> Form:
        """The form of what is written for a source that holds a text."""
        return self.forms(source) if self.forms else self.form

    def keeps_removals(self, source: Source) -> bool:
        """Whether what is removed from a file is kept beside it."""
        in_place = self.kind is Kind.in_place
        return in_place and (self.keep_removals or bool(self.keeps and self.keeps(source)))

    def leads_out(self, source: Source, member: str = "") -> bool:
        """Whether writing for a source, or its member, would follow a link out of the folder that was given.

        A link that the user named is followed. Raises `guard.UnsafeNameError`.
        """
        if self.kind not in (Kind.folder, Kind.in_place):
            return False
        target = self.target(source, member)
        folder = self.path
        if self.kind is Kind.in_place:
            folder = target.absolute().parents[len(PurePosixPath(source.name).parts) - 1]
        beside = (sidecar_of(target), undo_of(target))
        own = () if self.kind is Kind.in_place and str(source.path) in self.named else (target,)
        return any(guard.is_link_out(path, folder) for path in (*own, *beside))

    def target(self, source: Source, member: str = "") -> Path:
        """The file to write for a source, or for the text that is a member of it.

        Only of use for folders, files and `--in-place`. Raises `guard.UnsafeNameError`.
        """
        if self.kind is Kind.in_place:
            return source.path
        if self.kind is Kind.file:
            return self.path
        name = member or (source.name if source is not STDIN else "stdin.txt")
        suffix, packed = suffixes(name)
        stem = name[: len(name) - len(suffix) - len(packed)]
        if suffix in HTML:
            name = f"{stem}.txt{packed}"
        elif suffix in CRAWLS:
            name = f"{stem}.jsonl{packed}"
        elif suffix in ARCHIVES:
            name = f"{stem}.jsonl"
        elif suffix in PARQUET:
            name = f"{stem}{suffix}"  # it is packed inside
        return self.path / (guard.safe(name) if member or source.url else name)

    @property
    def is_record_file(self) -> bool:
        """Whether everything becomes records of one output."""
        return self.kind in (Kind.lines, Kind.shards) or (self.kind is Kind.stdout and self.form in RECORD_FORMS)

    @property
    def suffix(self) -> str:
        """The suffix that says in which format records go to the one output of all."""
        if self.kind is Kind.lines:
            return suffixes(self.out)[0]
        return f".{self.form.partition('.')[0]}" if self.form in RECORD_FORMS else ".jsonl"


def sidecar_of(target: Path) -> Path:
    """The file beside a text file that holds its record."""
    return target.with_name(f"{target.name}.json")


def undo_of(target: Path) -> Path:
    """The file beside a file that holds what was removed from it, for `cleaner restore`."""
    return target.with_name(f"{target.name}{UNDO}")


def holds_records(source: Source, given: str = "") -> bool:
    """Whether a name, or what was said of all, says that a source holds records."""
    return (given or (source is not STDIN and suffixes(source.name)[0])) in RECORDS
