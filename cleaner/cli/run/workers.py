"""Worker processes: chunks of entries go out, results come back in order, and a death costs one document.

The parent holds a bounded number of chunks, so that neither a fast reader nor a slow document makes memory grow.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from cleaner.cli.run.job import Entry, Job, Result
from cleaner.cli.run.pool import WorkersError
from cleaner.data import Failure
from cleaner.read import Raw

AHEAD = 3  # chunks a worker that may be out or wait for an earlier one
MAX_EARLY_DEATHS = 5  # workers that die before any has returned anything: they cannot work here at all


class Pool:
    """Workers with a pipe each: what a worker that dies was doing is known. To be closed."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job, self._size = job, workers
        self._context = multiprocessing.get_context("fork" if _can_fork() else "spawn")
        self._workers: list[_Worker] = []
        self._returned = self._deaths = 0

    def __enter__(self) -> Pool:
        gc.collect()
        gc.freeze()  # or the first collection in a forked worker copies the memory that it shares
        self._workers = []
        for _ in range(self._size):
            self._workers.append(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        gc.unfreeze()

    def run(self, chunks: Iterable[list[Entry]]) -> Iterator[list[Result]]:
        """The chunks' results, in order."""
        waiting = ((n, chunk, pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)) for n, chunk in enumerate(chunks))
        upcoming = next(waiting, None)
        done: dict[int, list[Result]] = {}
        told = 0
        while True:
            for worker in self._workers:
                if worker.chunk is None and upcoming and upcoming[0] < told + AHEAD * self._size:
                    worker.give(*upcoming)
                    upcoming = next(waiting, None)  # found while the workers work
            busy = {worker.pipe: worker for worker in self._workers if worker.chunk is not None}
            if not busy:
                return
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]  # wait returns what it was given
                done[worker.number] = self._receive(worker)
            while told in done:
                yield done.pop(told)
                told += 1

    def _receive(self, worker: _Worker) -> list[Result]:
        chunk, found = worker.take()
        if found is None:
            return self._again(worker, chunk)
        self._returned += 1
        return found

    def _again(self, worker: _Worker, chunk: list[Entry]) -> list[Result]:
        """A dead worker's chunk, one document after the other; one that kills its worker again becomes a failure."""
        worker = self._replace(worker)
        if len(chunk) == 1 and isinstance(chunk[0].what, Raw):
            return [self._job.failed(chunk[0], _deadly(chunk[0].what, worker.died_of))]
        results: list[Result] = []
        for entry in chunk:
            worker.give(0, [entry], pickle.dumps([entry], pickle.HIGHEST_PROTOCOL))
            _, found = worker.take()
            if found is None:
                worker = self._replace(worker)
                if not isinstance(entry.what, Raw):
                    raise WorkersError(f"a worker {worker.died_of}")
                found = [self._job.failed(entry, _deadly(entry.what, worker.died_of))]
            results += found
        self._returned += 1
        return results

    def _replace(self, worker: _Worker) -> _Worker:
        """A new worker in the place of a dead one; it knows what that one died of."""
        died_of = worker.stop()
        self._deaths += 1
        if not self._returned and self._deaths >= MAX_EARLY_DEATHS:
            raise WorkersError(f"workers cannot work here: the last one {died_of}; mend: --workers 1")
        at = self._workers.index(worker)
        self._workers[at] = self._start(died_of)
        return self._workers[at]

    def _start(self, died_of: str = "") -> _Worker:
        ours, theirs = self._context.Pipe()
        forks = self._context.get_start_method() == "fork"
        inherited = [*(worker.pipe for worker in self._workers), ours] if forks else []
        process = self._context.Process(target=_serve, args=(self._job, theirs, inherited), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours, died_of)


class _Worker:
    """A worker, and the chunk that it has."""

    def __init__(self, process: BaseProcess, pipe: Connection[Any, Any], died_of: str) -> None:
        self.process, self.pipe, self.died_of = process, pipe, died_of
        self.number, self.chunk = 0, None  # type: tuple[int, list[Entry] | None]

    def give(self, number: int, chunk: list[Entry], data: bytes) -> None:
        self.number, self.chunk = number, chunk
        with suppress(OSError):  # it is dead: `take` will find that
            self.pipe.send_bytes(data)

    def take(self) -> tuple[list[Entry], list[Result] | None]:
        """The chunk and what came of it; None if the worker died."""
        chunk, self.chunk = self.chunk or [], None
        try:
            return chunk, pickle.loads(self.pipe.recv_bytes())  # noqa: S301  # our own worker wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            return chunk, None

    def stop(self) -> str:
        """Ends the worker if it lives; what it died of."""
        self.pipe.close()
        self.process.join(0.2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        code = self.process.exitcode or 0
        return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"


def _serve(job: Callable[[Entry], Result], pipe: Connection[Any, Any], inherited: list[Connection[Any, Any]]) -> None:
    """A worker's life: until its pipe is closed, which the end of the parent does as well."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    for other in inherited:
        other.close()
    try:
        while True:
            chunk = pickle.loads(pipe.recv_bytes())  # noqa: S301  # our own parent wrote it
            pipe.send_bytes(pickle.dumps([job(entry) for entry in chunk], pickle.HIGHEST_PROTOCOL))
    except (EOFError, OSError):
        os._exit(0)
    except BaseException:  # noqa: BLE001  # such as MemoryError: the parent tries the documents one by one
        os._exit(70)


def _deadly(raw: Raw, died_of: str) -> Failure:
    return Failure(raw.id, raw.place, f"its worker process {died_of}; mend: leave it out and report it")


def _can_fork() -> bool:
    """Forking is quick and shares memory, but only a process without threads can be forked safely."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False
