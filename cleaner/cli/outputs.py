"""Where cleaned articles go: standard output, one file of JSON lines, text files, or a diff."""

from __future__ import annotations

import gzip
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.cli.choices import Form
from cleaner.cli.inplace import CHANGED, Left, line_style, replacement
from cleaner.cli.plan import Kind, Plan, holds_records, sidecar_of
from cleaner.cli.terminal import out, out_diff
from cleaner.cli.undoing import keep
from cleaner.data import Article, Document, Failure
from cleaner.emit import diff, failure_record, json_line, record, sidecar, text_file, write_atomic
from cleaner.emit.style import Style, laid_out
from cleaner.emit.texts import Form as TextForm
from cleaner.emit.undo import UndoError
from cleaner.read import STDIN, Source


class OutputError(Exception):
    """The one file that everything goes into cannot be written: the run ends, the old file is whole."""


class Output:
    """Takes the results of each source in order. OSError from `article` or `end` fails that source only."""

    def article(self, source: Source, doc: Document, article: Article) -> Failure | None:
        """Takes a cleaned document; a Failure says why it does not go into this output."""
        raise NotImplementedError

    def failure(self, source: Source | None, failure: Failure) -> None:
        """Takes what could not be read or cleaned (`source` None: not even found)."""

    def end(self, source: Source) -> Failure | None:
        """The source is done; what was collected for it is written now."""
        return None

    def drop(self) -> None:
        """Forgets what was collected for the current source."""

    def begin(self, source: Source) -> None:
        """The source is about to be read."""

    def close(self, *, whole: bool) -> None:
        """The run is over; only a whole one replaces a file that is written at the end."""


def output(plan: Plan, changed: Callable[[], None]) -> Output:
    """The output of a plan; `changed` is called for every file that is not what it was before."""
    if plan.kind is Kind.lines:
        return OneFile(plan.path)
    if plan.kind is Kind.diff:
        return Diffs(plan)
    if plan.kind is Kind.stdout:
        special = plan.path if plan.path != Path() else None
        return Stream(plan, special)
    return Files(plan, changed)


class LineFile:
    """JSON lines into a temporary file beside the target, which it replaces at the end."""

    def __init__(self, target: Path, style: Style = Style()) -> None:
        self.target, self._style = Path(os.path.realpath(target)), style
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._temporary = self.target.with_name(f".cleaner-{secrets.token_hex(8)}.tmp")
        self._file = self._temporary.open("xb")
        packed = target.name.lower().endswith(".gz")
        stream = gzip.GzipFile(filename="", fileobj=self._file, mode="wb", mtime=0) if packed else self._file
        self._stream = cast(BinaryIO, stream)
        self._between = style.mark
        self._newline = style.newline.encode(style.codec)

    def write(self, obj: object) -> None:
        self._stream.write(self._between + json_line(obj).encode(self._style.codec))
        self._between = self._newline

    def commit(self, before: Callable[[Path, bytes], None] | None = None) -> None:
        """Replaces the target; `before` is called with it and the new content when all is written but that."""
        try:
            self._close()
            if before:
                before(self.target, self._temporary.read_bytes())
            if self.target.exists():
                self._temporary.chmod(stat.S_IMODE(self.target.stat().st_mode))
            os.replace(self._temporary, self.target)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._style.ends and self._between is self._newline:
            self._stream.write(self._newline)
        if self._stream is not self._file:
            self._stream.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class OneFile(Output):
    """All results as records into one file. Raises OutputError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._guarded():
            self._file = LineFile(path)

    def article(self, source: Source, doc: Document, article: Article) -> Failure | None:
        with self._guarded():
            self._file.write(record(article))
        return None

    def failure(self, source: Source | None, failure: Failure) -> None:
        with self._guarded():
            self._file.write(failure_record(failure))

    def close(self, *, whole: bool) -> None:
        if not whole:
            self._file.abandon()
            return
        with self._guarded():
            self._file.commit()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            mend = "mend: check path, space and permissions"
            raise OutputError(f"{self._path} cannot be written: {error.strerror}; {mend}") from error


class Stream(Output):
    """Records, or one text, to standard output or to a special file such as a pipe.

    Whether standard input holds records is known at its first document; failures before it wait.
    """

    def __init__(self, plan: Plan, special: Path | None) -> None:
        sources = [item for item in plan.items if isinstance(item, Source)]
        self._form = plan.form
        self._records = plan.form is Form.jsonl or (bool(sources) and all(map(holds_records, sources)))
        self._decided = self._records
        self._waiting: list[Failure] = []
        self._special = special.open("ab", buffering=0) if special else None

    def article(self, source: Source, doc: Document, article: Article) -> Failure | None:
        if not self._decided:
            self._decided, self._records = True, doc.origin.is_record
            for failure in self._waiting if self._records else ():
                self._write(json_line(failure_record(failure)) + "\n")
        if self._records:
            self._write(json_line(record(article)) + "\n")
        else:
            self._write(text_file(article, text_form(self._form)))
        return None

    def failure(self, source: Source | None, failure: Failure) -> None:
        if not self._decided:
            self._waiting.append(failure)
        elif self._records:
            self._write(json_line(failure_record(failure)) + "\n")

    def close(self, *, whole: bool) -> None:
        if self._special:
            self._special.close()

    def _write(self, text: str) -> None:
        if self._special:
            self._special.write(text.encode("utf-8", "backslashreplace"))
        else:
            out(text)


class Diffs(Output):
    """What would change, as a unified diff; nothing is written."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def article(self, source: Source, doc: Document, article: Article) -> Failure | None:
        if doc.origin.is_record or doc.kind == "html" or source is STDIN:
            before, after = doc.text, article.text
            if doc.text.endswith("\n"):
                after += "\n"
        else:
            from cleaner.read.sources import suffixes
            from cleaner.text.encoding import decode

            data = source.path.read_bytes()
            data = gzip.decompress(data) if suffixes(source.name)[1] else data
            before, after = decode(data)[0], laid_out(text_file(article, text_form(self._plan.form_of(source))), data)
        out_diff(diff(before, after, doc.id.lstrip("/")))
        return None


class Files(Output):
    """A file for each source: text files as they come, JSON lines when the source has ended."""

    def __init__(self, plan: Plan, changed: Callable[[], None]) -> None:
        self._plan, self._changed = plan, changed
        self._lines: LineFile | None = None
        self._noisy = False
        self._failed = 0
        self._stamp: tuple[int, ...] = ()

    def begin(self, source: Source) -> None:
        self._stamp = _stamp(source.path) if self._plan.kind is Kind.in_place else ()

    def article(self, source: Source, doc: Document, article: Article) -> Failure | None:
        in_place = self._plan.kind is Kind.in_place
        if in_place and not doc.origin.is_record and self._plan.hook and not article.removals:
            return None
        if self._plan.leads_out(source):
            reason = "not written, because a link there leads out of the folder; mend: name the file itself"
            return Left(doc.id, str(self._plan.target(source)), reason)
        if doc.origin.is_record:
            if self._plan.kind is Kind.file:
                mend = f"mend: -o {self._plan.path.with_suffix('.jsonl')}"
                return Failure(doc.id, doc.origin.path, f"holds records, which do not go into one text file; {mend}")
            self._noisy = self._noisy or bool(article.removals)
            self._open(source).write(record(article))
            return None
        target, form = self._plan.target(source), self._plan.form_of(source)
        if in_place:
            data = replacement(source, doc, article, text_form(form))
            if isinstance(data, Failure):
                return data
            if self._plan.keeps_removals(source):
                try:
                    keep(target, data, article.removals)
                except UndoError as error:
                    return Left(doc.id, doc.origin.path, f"left as it is: {error}; mend: leave --keep-removals out")
            written = write_atomic(target, data)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            written = _write(target, text_file(article, text_form(form)))
        if form is Form.sidecar:
            written = write_atomic(sidecar_of(target), sidecar(article)) or written
        if written:
            self._changed()
        return None

    def failure(self, source: Source | None, failure: Failure) -> None:
        if source is not None and (self._lines or holds_records(source)):
            self._failed += 1
            if self._plan.kind is not Kind.in_place:
                self._open(source).write(failure_record(failure))

    def end(self, source: Source) -> Failure | None:
        lines, noisy, failed = self._lines, self._noisy, self._failed
        self._lines, self._noisy, self._failed = None, False, 0
        if lines is None:
            return None
        in_place = self._plan.kind is Kind.in_place
        if self._plan.hook and not noisy and not failed:
            lines.abandon()
            return None
        if failed and in_place:
            lines.abandon()
            reason = f"left as it is, because {failed} of its records failed; mend: correct them, or use -o OUT.jsonl"
            return Left(source.name, str(source.path), reason)
        if in_place and _stamp(source.path) != self._stamp:
            lines.abandon()
            return Failure(source.name, str(source.path), CHANGED)
        lines.commit(keep if self._plan.keeps_removals(source) else None)
        self._changed()
        return None

    def drop(self) -> None:
        if self._lines:
            self._lines.abandon()
        self._lines, self._noisy, self._failed = None, False, 0

    def close(self, *, whole: bool) -> None:
        self.drop()

    def _open(self, source: Source) -> LineFile:
        if self._lines is None:
            style = Style()
            if self._plan.kind is Kind.in_place:
                style = line_style(source.path, packed=source.name.lower().endswith(".gz"))
            self._lines = LineFile(self._plan.target(source), style)
        return self._lines


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


def _write(target: Path, text: str) -> bool:
    if not target.name.lower().endswith(".gz"):
        return write_atomic(target, text)
    return write_atomic(target, gzip.compress(text.encode("utf-8", "backslashreplace"), mtime=0))
