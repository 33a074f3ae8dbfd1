"""Where cleaned articles go that stay files of their own: standard output, text files, or a diff.

Records come encoded; those of one output alone go through `cleaner.cli.run.shards`.
"""

from __future__ import annotations

import io
import os
import secrets
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.cli.choices import Form
from cleaner.cli.plan import Kind, Plan, UnsafeNameError, holds_records, sidecar_of
from cleaner.cli.terminal import is_terminal, out
from cleaner.data import Article, Document, Failure
from cleaner.emit import diff, sidecar, text_file, write_atomic
from cleaner.emit.formats import RecordFormat
from cleaner.emit.texts import Form as TextForm
from cleaner.read import STDIN, Source
from cleaner.storage import pack, packing


class OutputError(Exception):
    """The one file that everything goes into cannot be written: the run ends, the old file is whole."""


class Output:
    """Takes the results of each source in order. OSError from all but `close` fails that source only."""

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        """Takes a cleaned text (`name`: its path, if it is a member of the source).

        A Failure says why it does not go into this output.
        """
        raise NotImplementedError

    def record(self, source: Source, payload: bytes, *, noisy: bool) -> Failure | None:
        """Takes a cleaned record, encoded, and whether anything was removed from it."""
        raise NotImplementedError

    def failure(self, source: Source | None, failure: Failure, payload: bytes) -> None:
        """Takes what could not be read or cleaned (`source` None: not even found), and what stands for it."""

    def end(self, source: Source) -> Failure | None:
        """The source is done; what was collected for it is written now."""
        return None

    def drop(self) -> None:
        """Forgets what was collected for the current source."""

    def close(self, *, whole: bool) -> None:
        """The run is over; only a whole one replaces a file that is written at the end."""


def output(
    plan: Plan, formats: Mapping[int, RecordFormat], changed: Callable[[], None], everything: RecordFormat | None = None
) -> Output:
    """The output of a plan; `formats` are those of the sources (by number) that hold records, `everything` that of all.

    `changed` is called for every file that is not what it was before.
    """
    if plan.kind is Kind.diff:
        return Diffs(plan.form)
    if plan.kind is Kind.stdout:
        special = plan.path if plan.path != Path() else None
        return Stream(plan, special, everything.head if everything else b"")
    return Files(plan, formats, changed)


class RecordFile:
    """Records into a temporary file beside the target, which it replaces at the end."""

    def __init__(self, target: Path, format: RecordFormat) -> None:
        self.target = Path(os.path.realpath(target))
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._temporary = self.target.with_name(f".cleaner-{secrets.token_hex(8)}.tmp")
        self._file = self._temporary.open("xb")
        self._writer = format.writer(cast(BinaryIO, self._file), target.name)

    def write(self, payload: bytes) -> None:
        self._writer.write(payload)

    def commit(self) -> None:
        try:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self.target.exists():
                self._temporary.chmod(stat.S_IMODE(self.target.stat().st_mode))
            os.replace(self._temporary, self.target)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        self._file.close()
        self._temporary.unlink(missing_ok=True)


class Stream(Output):
    """Records, or one text, to standard output or to a special file such as a pipe.

    Whether standard input holds records is known at its first document; failures before it wait.
    """

    def __init__(self, plan: Plan, special: Path | None, head: bytes) -> None:
        sources = [item for item in plan.items if isinstance(item, Source)]
        self._form = plan.form
        self._records = plan.is_record_file or (bool(sources) and all(map(holds_records, sources)))
        self._decided = self._records
        self._waiting: list[bytes] = []
        self._special = special.open("ab", buffering=0) if special else None
        if head:
            self._write(head)

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        self._decided = True
        self._write(text_file(article, text_form(self._form)).encode("utf-8", "backslashreplace"))
        return None

    def record(self, source: Source, payload: bytes, *, noisy: bool) -> Failure | None:
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
        if self._special:
            self._special.close()

    def _write(self, data: bytes) -> None:
        if self._special:
            self._special.write(data)
        elif is_terminal(sys.stdout):
            out(data.decode("utf-8"))
        else:
            sys.stdout.buffer.write(data)


class Diffs(Output):
    """What would change, as a unified diff; nothing is written."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        if doc.origin.is_record or doc.kind == "html" or source is STDIN or name:
            before, after = doc.text, article.text
            if doc.text.endswith("\n"):
                after += "\n"
        else:
            from cleaner.storage import open_input, unpack
            from cleaner.text.encoding import decode

            with open_input(source.place) as packed, unpack(packed, packing(source.name)) as stream:
                before = decode(stream.read())[0]
            after = text_file(article, text_form(self._form))
        out(diff(before, after, doc.id.lstrip("/")))
        return None


class Files(Output):
    """A file for each source: text files as they come, JSON lines when the source has ended."""

    def __init__(self, plan: Plan, formats: Mapping[int, RecordFormat], changed: Callable[[], None]) -> None:
        self._plan, self._changed = plan, changed
        self._formats = {id(plan.items[number]): format for number, format in formats.items()}
        self._records: RecordFile | None = None
        self._members: set[Path] = set()  # written for the current source
        self._noisy = False
        self._failed = 0

    def record(self, source: Source, payload: bytes, *, noisy: bool) -> Failure | None:
        if self._plan.kind is Kind.file:
            mend = f"mend: -o {self._plan.path.with_suffix('.jsonl')}"
            return Failure(source.name, source.place, f"holds records, which do not go into one text file; {mend}")
        self._noisy = self._noisy or noisy
        self._open(source).write(payload)
        return None

    def article(self, source: Source, doc: Document, article: Article, name: str = "") -> Failure | None:
        in_place = self._plan.kind is Kind.in_place
        if in_place and doc.kind == "html":
            reason = "a page is not replaced by its text; mend: -o OUT/ instead of --in-place"
            return Failure(doc.id, doc.origin.path, reason)
        if in_place and not article.text:
            reason = f"left as it is, because nothing of it would be left; mend: see `cleaner explain {source.path}`"
            return Failure(doc.id, doc.origin.path, reason)
        if self._plan.hook and not article.removals:
            return None
        try:
            target = self._plan.target(source, name)
        except UnsafeNameError as error:
            return Failure(doc.id, doc.origin.path, str(error))
        if name and target in self._members:
            return Failure(doc.id, doc.origin.path, f"{target} was written for another one; mend: -o OUT.jsonl")
        self._members.add(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        written = _write(target, text_file(article, text_form(self._plan.form)))
        if self._plan.form is Form.sidecar:
            written = write_atomic(sidecar_of(target), sidecar(article)) or written
        if written:
            self._changed()
        return None

    def failure(self, source: Source | None, failure: Failure, payload: bytes) -> None:
        if source is not None and (self._records or holds_records(source)):
            self._failed += 1
            if self._plan.kind is not Kind.in_place:
                self._open(source).write(payload)

    def end(self, source: Source) -> Failure | None:
        records, noisy, failed = self._records, self._noisy, self._failed
        self._forget()
        if records is None:
            return None
        if failed and self._plan.kind is Kind.in_place:
            records.abandon()
            reason = f"left as it is, because {failed} of its records failed; mend: correct them, or use -o OUT.jsonl"
            return Failure(source.name, source.place, reason)
        if self._plan.hook and not noisy:
            records.abandon()
            return None
        records.commit()
        self._changed()
        return None

    def drop(self) -> None:
        if self._records:
            self._records.abandon()
        self._forget()

    def close(self, *, whole: bool) -> None:
        self.drop()

    def _forget(self) -> None:
        self._records, self._noisy, self._failed = None, False, 0
        self._members.clear()

    def _open(self, source: Source) -> RecordFile:
        if self._records is None:
            format = self._formats.get(id(source)) or RecordFormat()
            self._records = RecordFile(self._plan.target(source), format)
        return self._records


def text_form(form: Form) -> TextForm:
    """The form of a text file: with a sidecar, the metadata stands there."""
    return "front-matter" if form is Form.front_matter else "body"


def _write(target: Path, text: str) -> bool:
    data = text.encode("utf-8", "backslashreplace")
    if not packing(target.name):
        return write_atomic(target, text)
    packed = io.BytesIO()
    stream = pack(packed, packing(target.name))
    stream.write(data)
    stream.close()
    return write_atomic(target, packed.getvalue())
