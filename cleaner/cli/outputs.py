"""Where cleaned articles go that stay files of their own: standard output, text files, or a diff.

Records come encoded; those of one output alone go through `cleaner.cli.run.shards`.
"""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.cli.choices import Form
from cleaner.cli.guard import UnsafeNameError
from cleaner.cli.inplace import CHANGED, Left, line_style, packed, replacement
from cleaner.cli.plan import Kind, Plan, holds_records, sidecar_of, undo_of
from cleaner.cli.recordfile import RecordFile
from cleaner.cli.terminal import is_terminal, out, out_diff, written
from cleaner.cli.undoing import keep
from cleaner.data import Article, Document, Failure
from cleaner.emit import diff, sidecar, text_file, write_atomic
from cleaner.emit.formats import RecordFormat
from cleaner.emit.style import laid_out
from cleaner.emit.temporary import Sweeper
from cleaner.emit.texts import Form as TextForm
from cleaner.emit.undo import UndoError
from cleaner.read import STDIN, Source
from cleaner.storage import pack, packing

MEND = "mend: check path, space and permissions"
LEADS_OUT = "not written, because a link there leads out of the folder; mend: name the file itself"


Changed = Callable[[Source, Iterable[str]], None]


class OutputError(Exception):
    """The one file that everything goes into cannot be written: the run ends, the old file is whole."""


@contextmanager
def guarded(place: str) -> Iterator[None]:
    """Around what writes to the one place that everything goes into, a pipe or not. Raises OutputError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{place} cannot be written: {error.strerror or error}; {MEND}") from error


class Output:
    """Takes the results of each source in order. OSError from all but `close` fails that source only."""

    def place(self, source: Source, name: str = "") -> str:
        """What is written for a source, or for its member of that name."""
        return source.place

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        """Takes a cleaned text (`name`: its path, if it is a member of the source).

        A Failure says why it does not go into this output.
        """
        raise NotImplementedError

    def record(self, source: Source, payload: bytes, rules: Iterable[str]) -> Failure | None:
        """Takes a cleaned record, encoded, and what removed anything from it."""
        raise NotImplementedError

    def failure(self, source: Source | None, failure: Failure, payload: bytes) -> None:
        """Takes what could not be read or cleaned (`source` None: not even found), and what stands for it."""

    def end(self, source: Source) -> Failure | None:
        """The source is done; what was collected for it is written now."""
        return None

    def drop(self) -> None:
        """Forgets what was collected for the current source."""

    def begin(self, source: Source) -> None:
        """The source is about to be read."""

    def close(self, *, whole: bool) -> None:
        """The run is over; only a whole one replaces a file that is written at the end."""


def output(
    plan: Plan, formats: Mapping[int, RecordFormat], changed: Changed, everything: RecordFormat | None = None
) -> Output:
    """The output of a plan; `formats` are those of the sources (by number) that hold records, `everything` that of all.

    `changed` is told of every file that is not what it was before, and of what removed anything from it.
    """
    if plan.kind is Kind.diff:
        return Diffs(plan)
    if plan.kind is Kind.stdout:
        special = plan.path if plan.path != Path() else None
        return Stream(plan, special, everything.head if everything else b"")
    return Files(plan, formats, changed)


class Stream(Output):
    """Records, or one text, to standard output or to a special file such as a pipe.

    Whether standard input holds records is known at its first document; failures before it wait.
    """

    def __init__(self, plan: Plan, special: Path | None, head: bytes) -> None:
        sources = [item for item in plan.items if isinstance(item, Source)]
        self._plan = plan
        self._records = plan.is_record_file or (bool(sources) and all(map(holds_records, sources)))
        self._decided = self._records
        self._waiting: list[bytes] = []
        self._special: BinaryIO | None = None
        with self._written():
            self._special = cast(BinaryIO, special.open("ab", buffering=0)) if special else None
            self._target = self._special or sys.stdout.buffer
            self._stream = pack(self._target, packing(f".{plan.form}"))  # which writes a head
        if head:
            self._write(head)

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        self._decided = True
        self._write(text_file(article, text_form(self._plan.form_of(source))).encode("utf-8", "backslashreplace"))
        return None

    def record(self, source: Source, payload: bytes, rules: Iterable[str]) -> Failure | None:
        if not self._decided:
            self._decided = self._records = True
            for waiting in self._waiting:
                self._write(waiting)
        self._write(payload)
        return None

    def failure(self, source: Source | None, failure: Failure, payload: bytes) -> None:
        if not self._decided:
            self._waiting.append(payload)
        elif self._records:
            self._write(payload)

    def close(self, *, whole: bool) -> None:
        """What is packed ends only where all of it is there: a stream that breaks off is told by whoever reads it."""
        if whole and self._stream is not self._target:
            with self._written():
                self._stream.close()
        if self._special:
            self._special.close()

    def _write(self, data: bytes) -> None:
        if self._special is None and is_terminal(sys.stdout):
            out(data.decode("utf-8"))
            return
        with self._written():
            self._stream.write(data)

    def _written(self) -> AbstractContextManager[None]:
        return written() if self._plan.path == Path() else guarded(str(self._plan.path))


class Diffs(Output):
    """What would change, as a unified diff; nothing is written."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        if doc.origin.is_record or doc.kind == "html" or source is STDIN or name:
            before, after = doc.text, article.text
            if doc.text.endswith("\n"):
                after += "\n"
        else:
            from cleaner.storage import open_input, unpack
            from cleaner.text.encoding import decode

            with open_input(source.place) as packed_file:
                data = unpack(packed_file, packing(source.name)).read()
            mark = "\ufeff" if data.startswith(BOM_UTF8) else ""
            before = mark + decode(data)[0]
            after = mark + laid_out(text_file(article, text_form(self._plan.form_of(source))), data)
        is_file = not (doc.origin.is_record or source is STDIN or source.url or name)
        out_diff(diff(before, after, _below_here(source.path) if is_file else doc.id.lstrip("/")))
        return None


def _below_here(path: Path) -> str:
    """A file's path from the current folder, where `patch -p1` looks for it; from the root if it is elsewhere."""
    below = Path(os.path.relpath(path))
    return (path.absolute() if ".." in below.parts else below).as_posix().lstrip("/")


class Files(Output):
    """A file for each source: text files as they come, JSON lines when the source has ended."""

    def __init__(self, plan: Plan, formats: Mapping[int, RecordFormat], changed: Changed) -> None:
        self._plan, self._changed = plan, changed
        self._formats = {id(plan.items[number]): format for number, format in formats.items()}
        self._records: RecordFile | None = None
        self._members: set[Path] = set()  # written for the current source
        self._rules: set[str] = set()  # that removed anything from the current source
        self._failed = 0
        self._led_out = False
        self._stamps: dict[int, tuple[int, ...]] = {}  # of the sources that were begun and have not ended
        self._sweep = Sweeper().sweep

    def place(self, source: Source, name: str = "") -> str:
        return str(self._plan.target(source, name))

    def begin(self, source: Source) -> None:
        if self._plan.kind is Kind.in_place:
            self._stamps[id(source)] = _stamp(source.path)
            self._sweep(source.path)

    def record(self, source: Source, payload: bytes, rules: Iterable[str]) -> Failure | None:
        if self._plan.kind is Kind.file:
            mend = f"mend: -o {self._plan.path.with_suffix('.jsonl')}"
            return Failure(source.name, source.place, f"holds records, which do not go into one text file; {mend}")
        self._rules.update(rules)
        if records := self._open(source):
            records.write(payload)
        return None

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        if self._plan.hook and not article.removals:
            return None
        try:
            target, leads_out = self._plan.target(source, name), self._plan.leads_out(source, name)
        except UnsafeNameError as error:
            return Failure(doc.id, doc.origin.path, str(error))
        if leads_out:
            return Left(doc.id, str(target), LEADS_OUT)
        form = self._plan.form_of(source)
        data: str | bytes | Failure
        if self._plan.kind is Kind.in_place:
            data = self._replacement(source, target, doc, article, form)
        else:
            if name and target in self._members:
                return Failure(doc.id, doc.origin.path, f"{target} was written for another one; mend: -o OUT.jsonl")
            self._members.add(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            self._sweep(target)
            data = _content(target, text_file(article, text_form(form)))
        if isinstance(data, Failure):
            return data
        # The sidecar goes first: without it, the text would have lost its metadata.
        written = form is Form.sidecar and write_atomic(sidecar_of(target), sidecar(article))
        if write_atomic(target, data) or written:
            self._changed(source, {removal.rule for removal in article.removals})
        return None

    def failure(self, source: Source | None, failure: Failure, payload: bytes) -> None:
        if source is None:
            return
        self._failed += 1
        holds = self._records or holds_records(source)
        if holds and self._plan.kind is not Kind.in_place and (records := self._open(source)):
            records.write(payload)

    def end(self, source: Source) -> Failure | None:
        if self._plan.kind is Kind.folder and holds_records(source) and not self._failed:
            self._open(source)  # a file without records gives one without records
        records, rules, failed, led_out = self._records, frozenset(self._rules), self._failed, self._led_out
        stamp = self._stamps.pop(id(source), ())
        self._forget()
        if led_out and (rules or failed or not self._plan.hook):
            return Left(source.name, str(self._plan.target(source)), LEADS_OUT)
        if records is None:
            return None
        in_place = self._plan.kind is Kind.in_place
        if self._plan.hook and not rules and not failed:
            records.abandon()
            return None
        if failed and in_place:
            records.abandon()
            reason = f"left as it is, because {failed} of its records failed; mend: correct them, or use -o OUT.jsonl"
            return Left(source.name, source.place, reason)
        if in_place and _stamp(source.path) != stamp:
            records.abandon()
            return Failure(source.name, source.place, CHANGED)
        try:
            begin = self._plan.keeps_removals(source)
            keeps = begin or (in_place and undo_of(records.target).exists())
            changed = records.commit(partial(keep, begin=begin) if keeps else None)
        except UndoError as error:
            return Left(source.name, source.place, _not_kept(records.target, error))
        if changed:
            self._changed(source, rules)
        return None

    def drop(self) -> None:
        if self._records:
            self._records.abandon()
        self._forget()

    def close(self, *, whole: bool) -> None:
        self.drop()

    def _replacement(
        self, source: Source, target: Path, doc: Document, article: Article, form: Form
    ) -> bytes | Failure:
        """The new content of a text file; what gives back the old one is kept, if anybody asked for it."""
        data = replacement(source, doc, article, text_form(form))
        if isinstance(data, Failure):
            return data
        try:
            keep(target, data, article.removals, begin=self._plan.keeps_removals(source))
        except UndoError as error:
            return Left(doc.id, doc.origin.path, _not_kept(target, error))
        return data

    def _forget(self) -> None:
        self._records, self._failed, self._led_out = None, 0, False
        self._rules.clear()
        self._members.clear()

    def _open(self, source: Source) -> RecordFile | None:
        """What takes the records of a source; None where a link there leads out."""
        if self._records is None and not self._led_out:
            self._led_out = self._plan.leads_out(source)
            if not self._led_out:
                self._records = self._made(source)
        return self._records

    def _made(self, source: Source) -> RecordFile:
        format = self._formats.get(id(source)) or RecordFormat()
        styled = self._plan.kind is Kind.in_place and format.suffix != ".parquet"
        target = self._plan.target(source)
        self._sweep(target)
        return RecordFile(target, format, line_style(source) if styled else None)


def _not_kept(target: Path, error: UndoError) -> str:
    return f"left as it is: {error}; mend: leave --keep-removals out, and take {undo_of(target)} away if it is there"


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when a file is written to or replaced; () where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev


def text_form(form: Form) -> TextForm:
    """The form of a text file: with a sidecar, the metadata stands there."""
    return "front-matter" if form is Form.front_matter else "body"


def _content(target: Path, text: str) -> str | bytes:
    return packed(text.encode("utf-8", "backslashreplace"), target.name) if packing(target.name) else text
