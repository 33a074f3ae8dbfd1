"""What a run shows while it goes on and at its end: messages, a bar, a summary, statistics."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from time import monotonic

from cleaner.cli.inplace import Left
from cleaner.cli.run.job import Result
from cleaner.cli.run.tally import Tally, stats
from cleaner.cli.session import WARNINGS, Report, UsageError, count
from cleaner.cli.terminal import say
from cleaner.data import Failure
from cleaner.emit import write_atomic
from cleaner.read import Source
from cleaner.read.earlier import REPLACED
from cleaner.read.files import BINARY, EMPTY, WHOLE_JSON
from cleaner.version import __version__

NO_TEXT = (EMPTY, BINARY, WHOLE_JSON)  # a hook does not fail for it
MAX_SAID = 20  # errors that are told one by one, where a side file tells them all


class Progress(Report):
    """Counts what happens to a run's documents; `current` is what was counted since the last shard ended."""

    def __init__(
        self, items: int, size: int | None, *, quiet: bool, bar: bool, errors_in: str | None, hook: bool = False
    ) -> None:
        super().__init__(size or items, quiet=quiet, bar=bar)
        self.current = Tally()
        self._total = Tally()
        self._errors_in, self._size, self._is_hook = errors_in, size, hook
        self._begin = self._shard_begin = monotonic()
        self._workers = 1
        self.replaced = 0  # documents with keys of their own whose place cleaning took
        self.faults = 0  # failures that a hook should stop for

    def works_with(self, workers: int) -> None:
        self._workers = workers

    def goes_on(self, earlier: Tally, sources: int) -> None:
        """The run goes on where an earlier one was."""
        self._total = earlier
        self.documents, self.removals, self.noisy = earlier.documents, earlier.removals, earlier.noisy
        self.empty, self.errors, self.warned = earlier.empty, earlier.errors, earlier.warned
        self.characters, self.removed = earlier.characters, earlier.removed
        if earlier.documents or earlier.errors:
            self._say_unless_quiet(f"cleaner: goes on after {count(earlier.documents + earlier.errors, 'document')}")
        for _ in range(sources):
            self.source_done()

    def took(self, result: Result) -> None:
        """Counts a result, and says what is wrong with it."""
        if result.failure:
            self.current.failed(result.size)
            self.failed(result.failure, counted=True)
        elif result.facts:
            facts = result.facts
            self.current.cleaned(facts, result.size)
            self.documents += 1
            self.removals += facts.removals
            self.noisy += bool(facts.removals)
            self.empty += facts.is_empty
            self.characters += facts.characters
            self.removed += facts.removed
            self.replaced += any(REPLACED in note for note in facts.notes)
            for note in facts.notes:
                mend = next((mend for sign, mend in WARNINGS.items() if sign in note), None)
                if mend:
                    self.warned += 1
                    self.current.warned += 1
                    self._tell(f"{facts.place}: {note}; {mend}", self.warned)
        if self._size:
            self._bar.reach(self._total.bytes + self.current.bytes)
        self._bar.tick(self.documents, self._shown)

    def source_done(self) -> None:
        if not self._size:
            super().source_done()

    def failed(self, failure: Failure, *, counted: bool = False) -> None:
        if not counted:
            self.current.failed(0)
        self.errors += 1
        self.faults += not isinstance(failure, Left) and failure.reason not in NO_TEXT
        self._tell(f"{failure.place}: {failure.reason}", self.errors)

    def shard_done(self) -> None:
        now = monotonic()
        self.current.seconds, self._shard_begin = now - self._shard_begin, now
        self._total.add(self.current.as_json())
        self.current = Tally()

    def file_changed(self, source: Source, rules: Iterable[str]) -> None:
        """Counts a changed file; a hook, which changes files unasked, names it and what removed anything from it."""
        self.changed += 1
        if self._is_hook:
            self._say_unless_quiet(f"{source.place}: cleaned ({', '.join(sorted(rules))})")

    def write_stats(self, to: str, ruleset: str, *, whole: bool) -> None:
        """Writes `--stats`; `whole`: the run came to its end. Raises UsageError."""
        self.shard_done()
        found = stats(self._total, whole=whole, workers=self._workers, ruleset=ruleset, version=__version__)
        try:
            write_atomic(Path(to), json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        except OSError as error:
            mend = "mend: check path and permissions"
            raise UsageError(f"--stats {to} cannot be written: {error.strerror}; {mend}") from error

    def _tell(self, message: str, number: int) -> None:
        if self._errors_in and number > MAX_SAID:
            if number == MAX_SAID + 1:
                self._bar.pause()
                say(f"cleaner: more than {MAX_SAID} of these; errors are in {self._errors_in}")
            return
        self._bar.pause()
        say(message)

    def _say_unless_quiet(self, message: str) -> None:
        if not self._quiet:
            say(message)

    def _shown(self) -> str:
        """What stands beside the bar: documents, MB/s, removed share, errors."""
        seconds = monotonic() - self._begin
        speed = (self._total.bytes + self.current.bytes) / 1e6 / seconds if seconds > 0 else 0.0
        return f"{self.documents:,} documents, {speed:.1f} MB/s, {self.share} removed, {count(self.errors, 'error')}"
