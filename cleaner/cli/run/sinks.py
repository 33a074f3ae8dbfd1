"""Where results go: into one output of records, or to the files that they came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from cleaner.cli.outputs import MEND, Output, guarded
from cleaner.cli.run.errors import ErrorFile
from cleaner.cli.run.job import SOURCE_ENDS, Result
from cleaner.cli.run.progress import Progress
from cleaner.data import Failure
from cleaner.read import STDIN, Source

if TYPE_CHECKING:
    from cleaner.cli.run.shards import Shards

Items = Sequence[Source | Failure]


class Sink(Protocol):
    """Takes all results in order. Shards end every `shard_size` bytes of input, if that is given."""

    @property
    def start(self) -> tuple[int, int]: ...

    @property
    def shard_size(self) -> int | None: ...

    @property
    def kept(self) -> str:
        """What there is of a run that ended early, for people."""
        ...

    def begin(self, source: Source) -> None:
        """The source is about to be read."""
        ...

    def take(self, result: Result) -> None: ...

    def finish(self) -> None: ...

    def abandon(self, *, keep_errors: bool = False) -> None:
        """The run ended early; called again, it does nothing."""


class RecordSink:
    """One file of records, or shards. Raises OutputError."""

    def __init__(self, items: Items, shards: Shards, progress: Progress, place: str, shard_size: int) -> None:
        self._items, self._shards, self._progress, self._place = items, shards, progress, place
        self.shard_size: int | None = shard_size
        self.start = (len(items), 0) if shards.is_finished else shards.start
        self._is_open = True
        progress.goes_on(shards.earlier(), self.start[0])

    @property
    def kept(self) -> str:
        done = self._shards.done
        return f"{done} shard{'' if done == 1 else 's'} done; --resume goes on with them" if done else "nothing is kept"

    def begin(self, source: Source) -> None:
        """Nothing hangs on it: no input is replaced."""

    def take(self, result: Result) -> None:
        self._progress.took(result)
        if result.entry and result.entry.what == SOURCE_ENDS:
            self._progress.source_done()
            return
        with guarded(self._place):
            self._shards.take(result, self._progress.current)
        if result.entry:
            self._progress.shard_done()

    def finish(self) -> None:
        with guarded(self._place):
            self._shards.finish(self._progress.current)
        self._is_open = False

    def abandon(self, *, keep_errors: bool = False) -> None:
        if self._is_open:
            self._is_open = False
            with guarded(self._place):
                self._shards.abandon(keep_errors=keep_errors)


class FileSink:
    """Files of their own, standard output or a diff: a source that cannot be written fails, and the next ones go on."""

    start, shard_size, kept = (0, 0), None, ""

    def __init__(self, items: Items, output: Output, progress: Progress, errors: ErrorFile | None) -> None:
        self._items, self._output, self._progress, self._errors = items, output, progress, errors
        self._broken: int | None = None  # the source that could not be written
        self._is_open = True

    def begin(self, source: Source) -> None:
        self._output.begin(source)

    def take(self, result: Result) -> None:
        item = self._items[result.item]
        if result.item == self._broken:
            if result.entry:
                self._progress.source_done()
            return
        try:
            self._take(result, item)
        except BrokenPipeError:
            raise
        except OSError as error:
            self._output.drop()
            self._broken = result.item
            self._failed(self._unwritten(result, item, error))

    def _unwritten(self, result: Result, item: Source | Failure, error: OSError) -> Failure:
        """Says what could not be written, where that is not the input itself."""
        said = f"cannot be written: {error.strerror or error}; {MEND}"
        if isinstance(item, Failure):
            return Failure(item.id, item.place, said)
        place = item.name if item is STDIN else item.place
        target = self._output.place(item, result.name)
        return Failure(item.name, place, said if target == place else f"{target} {said}")

    def finish(self) -> None:
        self._close(whole=True)

    def abandon(self, *, keep_errors: bool = False) -> None:
        self._close(whole=keep_errors)

    def _take(self, result: Result, item: Source | Failure) -> None:
        if result.entry:
            if isinstance(item, Source) and (left := self._output.end(item)):
                self._failed(left)
            self._progress.source_done()
        elif result.failure:
            self._failed(result.failure, result)
            source = item if isinstance(item, Source) else None
            self._output.failure(source, result.failure, result.payload or b"")
        elif isinstance(item, Source):
            refused = self._given(result, item)
            if refused:
                self._failed(refused)
            else:
                self._progress.took(result)

    def _given(self, result: Result, source: Source) -> Failure | None:
        if result.pair:
            return self._output.article(source, *result.pair, result.name)
        rules = [rule for rule, *_ in result.facts.rules] if result.facts else ()
        return self._output.record(source, result.payload or b"", rules)

    def _failed(self, failure: Failure, result: Result | None = None) -> None:
        self._progress.took(result) if result else self._progress.failed(failure)
        if self._errors:
            with guarded(self._errors.place):
                self._errors.add(failure, result.raw if result else None)

    def _close(self, *, whole: bool) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._output.close(whole=whole)
        if self._errors and whole:
            with guarded(self._errors.place):
                self._errors.close()
        elif self._errors:
            self._errors.abandon()
