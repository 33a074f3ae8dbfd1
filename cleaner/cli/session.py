"""What the commands share: settings and options to a `Cleaner`, inputs to articles, and how a run ends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.terminal import StandardOutputError, flush, is_terminal, say
from cleaner.data import Article, BodyFormat, Document, Engine, Failure, Kind

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner
    from cleaner.read import Fields, Source

OK, NOISE_OR_FAILED, USAGE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
# Notes after which a document is not what it should be, and the mend of each.
WARNINGS = {
    "undecodable bytes": "mend: save the file as UTF-8, or leave it out",
    "front matter: cleaner ": "mend: write `cleaner: ignore`, or `cleaner: {ignore: [ids]}` with ids of `rules list`",
    "front matter: no YAML": "mend: correct it, such as by quotes around a value",
    "time limit": "mend: unnest the pattern's repetitions; `cleaner rules test` times it",
}
PROGRESS_AFTER = 1.0  # seconds; shorter runs show no bar
PROGRESS_EVERY = 0.1  # seconds between two drawings


class UsageError(Exception):
    """Options that contradict each other or the inputs; the message names the mend."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options that several commands have: rules, to which those of the settings file are added, and fields."""

    rules: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    language: str | None = None
    quiet: bool = False
    engine: Engine | None = None
    format: BodyFormat | None = None
    links: bool = False
    text_field: str | None = None
    html_field: str | None = None
    id_field: str = "id"
    url_field: str = "url"

    @property
    def fields(self) -> Fields:
        """What the fields of records are called. Raises UsageError."""
        from cleaner.read import Fields

        if self.text_field is not None and self.text_field == self.html_field:
            raise UsageError(f'"{self.text_field}" is both --text-field and --html-field; mend: name two fields')
        kinds: tuple[tuple[str | None, Kind], ...] = ((self.text_field, "text"), (self.html_field, "html"))
        named = tuple((name, kind) for name, kind in kinds if name is not None)
        return Fields(named or Fields().texts, self.id_field, self.url_field)


@contextmanager
def ending() -> Iterator[None]:
    """Turns every foreseeable end of a command into a message and an exit code."""
    from cleaner.ruleset.rule import RuleError
    from cleaner.ruleset.selection import SelectionError
    from cleaner.settings import SettingsError

    try:
        try:
            yield
        finally:
            flush()
    except (RuleError, SelectionError, SettingsError, UsageError) as error:
        say(f"cleaner: {error}")
        raise SystemExit(USAGE) from error
    except KeyboardInterrupt as error:
        say("cleaner: interrupted; finished files are whole")
        raise SystemExit(INTERRUPTED) from error
    except BrokenPipeError as error:
        _give_up_stdout()
        raise SystemExit(PIPE_CLOSED) from error
    except StandardOutputError as error:
        say(f"cleaner: {error}")
        _give_up_stdout()
        raise SystemExit(NOISE_OR_FAILED) from error


def _give_up_stdout() -> None:
    """Sends what is left to nowhere, or the interpreter complains when it flushes at its end."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def keep_inputs(option: str, place: str, items: Iterable[Source | Failure]) -> None:
    """Raises UsageError where an option names one of the inputs as the file to write, or standard output."""
    from cleaner.read import STDIN

    if place == "-":
        raise UsageError(f"{option} writes a file, not to standard output; mend: name a file")
    target = Path(place)
    local = (item.path for item in items if not isinstance(item, Failure) and item is not STDIN and not item.url)
    if target.exists() and any(path.exists() and path.samefile(target) for path in local):
        raise UsageError(f"{option} {place} is an input; mend: name another file")


def announce(options: Options) -> None:
    """Says on a terminal why the first run takes long."""
    from cleaner.ruleset import is_parsed

    if not options.quiet and is_terminal(sys.stderr) and not is_parsed():
        say("reading all rules, which takes some seconds; done once, if the cache can be written")


def make_cleaner(options: Options) -> Cleaner:
    """The cleaner of the current folder's settings and the options."""
    from cleaner.cli.policy import Policy
    from cleaner.read import STDIN

    return Policy(options).cleaner(STDIN)


def names(given: Iterable[str]) -> tuple[str, ...]:
    """The names in an option that may be repeated and may hold commas."""
    return tuple(name for part in given for name in re.split(r"[,\s]+", part) if name)


class Report:
    """Counts what happens, says what goes wrong, and shows progress on a terminal."""

    def __init__(self, total: int, *, quiet: bool, bar: bool = True) -> None:
        self.documents = self.removals = self.noisy = self.empty = self.errors = self.warned = self.changed = 0
        self.characters = self.removed = 0
        self.failures: list[Failure] = []
        self._quiet, self._bar = quiet, Bar(total, shown=bar and not quiet and is_terminal(sys.stderr))

    def failed(self, failure: Failure) -> None:
        self.errors += 1
        self.failures.append(failure)
        self._bar.pause()
        say(f"{failure.place}: {failure.reason}")

    def cleaned(self, doc: Document, article: Article) -> None:
        self.documents += 1
        self.removals += len(article.removals)
        self.noisy += bool(article.removals)
        self.empty += not article.text
        self.characters += len(doc.text)
        self.removed += sum(removal.end - removal.start for removal in article.removals)
        for note in article.notes:
            mend = next((mend for sign, mend in WARNINGS.items() if sign in note), None)
            if mend:
                self.warned += 1
                self._bar.pause()
                say(f"{place(doc)}: {note}; {mend}")
        self._bar.tick(self.documents)

    def source_done(self) -> None:
        self._bar.advance()

    def close(self) -> None:
        self._bar.close()

    @property
    def code(self) -> int:
        """The exit code of a run that changes something: whether no input failed. Warnings fail none."""
        return NOISE_OR_FAILED if self.errors else OK

    def summary(self, what: str) -> None:
        """One line on standard error, unless quiet."""
        if self._quiet:
            return
        parts = [what]
        if self.empty:
            parts.append(f"{self.empty} without an article")
        if self.warned:
            parts.append(count(self.warned, "warning"))
        say(", ".join([*parts, count(self.errors, "error")]))

    @property
    def share(self) -> str:
        """The removed share of all characters, for people."""
        return f"{100 * self.removed / self.characters:.1f} %" if self.characters else "0 %"


class Bar:
    """A progress bar that appears when a run takes long; rich is imported only then."""

    def __init__(self, total: int, *, shown: bool) -> None:
        from time import monotonic

        self._clock, self._shown, self._total = monotonic, shown, total
        self._start = self._last = monotonic()
        self._done = 0
        self._progress: object = None

    def tick(self, documents: int, text: Callable[[], str] | None = None) -> None:
        now = self._clock() if self._shown else 0.0
        if now - self._start < PROGRESS_AFTER or now - self._last < PROGRESS_EVERY:
            return
        self._last = now
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        if not isinstance(self._progress, Progress):
            columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
            self._progress.add_task("", total=self._total if self._total > 1 else None)
            self._progress.start()
        shown = text() if text else f"{documents} documents"
        self._progress.update(self._progress.task_ids[0], completed=self._done, description=shown)
        self._progress.refresh()

    def advance(self) -> None:
        self._done += 1

    def reach(self, done: int) -> None:
        self._done = done

    def pause(self) -> None:
        """Takes the bar away, so that a message has the line for itself; the next tick brings it back."""
        if self._progress is not None:
            self.close()

    def close(self) -> None:
        stop = getattr(self._progress, "stop", None)
        if stop is not None:
            stop()
        self._progress = None


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "error"), count(2, "error")
    ('1 error', '2 errors')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def place(doc: Document) -> str:
    """Where a document stands: its path, and for a record its line."""
    return f"{doc.origin.path}:{doc.origin.line}" if doc.origin.is_record else doc.origin.path


def articles(source: Source, cleaner: Cleaner, options: Options) -> Iterator[tuple[Document, Article] | Failure]:
    """The cleaned documents of a source and its failures, in order; a fault of ours fails one document only."""
    from cleaner.read import Reading, inputs

    reading = Reading(options.fields, max_bytes=cleaner.config.max_bytes)
    return cleaned(inputs(source, reading), cleaner, options.language)


def cleaned(
    documents: Iterable[Document | Failure], cleaner: Cleaner, language: str | None
) -> Iterator[tuple[Document, Article] | Failure]:
    """Cleans documents that have been read, one after the other; failures pass through."""
    for read in documents:
        if isinstance(read, Failure):
            yield read
            continue
        doc = replace(read, language=language) if language else read
        try:
            yield doc, cleaner.clean_document(doc)
        except Exception as error:  # noqa: BLE001  # whatever one document sets off, the others are cleaned
            reason = f"could not be cleaned: {type(error).__name__}: {error}; mend: leave it out and report it"
            yield Failure(doc.id, place(doc), reason)
