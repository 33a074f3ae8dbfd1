"""Records into one file or a folder of shards, so that a run which was killed goes on where it was.

A shard is written under a temporary name, moved to its own, and then entered in the state folder: `OUT/.cleaner`
for a folder, `OUT.parts` for one file. What is entered is done; everything else is made again, with the same
bytes, since where a shard ends depends on the input alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.cli.run.errors import PARTS, error_line, join, place_file
from cleaner.cli.run.folder import TEMPORARY, Folder
from cleaner.cli.run.job import Result
from cleaner.cli.run.lock import NAME as LOCK
from cleaner.cli.run.lock import Lock
from cleaner.cli.run.same import check_same
from cleaner.cli.run.shard import Shard
from cleaner.cli.run.tally import Tally
from cleaner.cli.session import UsageError
from cleaner.emit.formats import RecordFormat
from cleaner.storage import is_url

RUN, MANIFEST = "run.json", "_manifest.json"  # readers of folders pass over names that begin so
STATE_FOLDER = ".cleaner"
KEPT = ("documents", "errors", "bytes", "characters", "removed", "removals", "statuses")  # of a tally, in the manifest


class Target(NamedTuple):
    """Where records go: a file, or a folder of shards; in which format; and where errors go (None: nowhere else)."""

    place: str
    is_folder: bool
    format: RecordFormat
    suffix: str  # of a shard, such as `.jsonl.zst`
    errors: str | None


class Shards:
    """The output of a run, shard by shard. `run` says what the run is: it must be the same to be resumed."""

    def __init__(self, target: Target, run: Mapping[str, Any], *, resume: bool, overwrite: bool) -> None:
        self._target, self._run = target, dict(run)
        self._is_remote = is_url(target.place)
        self.start: tuple[int, int] = (0, 0)
        self.is_finished = False
        self._done: list[dict[str, Any]] = []
        self._shard: Shard | None = None
        place = target.place.rstrip("/" + os.sep)
        self._folder = Folder(place) if target.is_folder else None
        if self._is_remote and not target.is_folder and resume:
            raise UsageError(f"--resume needs shards: {place} is one file; mend: -o {place.rpartition('.')[0]}/")
        self._state = Folder(f"{place}/{STATE_FOLDER}" if target.is_folder else _parts_folder(place))
        self._lock = None if self._is_remote else Lock(Path(self._state.place), target.place)
        try:
            self._begin(resume=resume, overwrite=overwrite)
        except BaseException:
            self._close()
            raise

    def earlier(self) -> Tally:
        """What the shards that are done have counted."""
        tally = Tally()
        for shard in self._done:
            tally.add(shard["tally"])
        return tally

    @property
    def done(self) -> int:
        """How many shards are done."""
        return len(self._done)

    def take(self, result: Result, tally: Tally) -> None:
        """Write a result; `tally` is what the current shard has counted, its end's mark included."""
        if result.entry and result.entry.place != (0, 0):
            self._end_shard(result.entry.place, tally)
            return
        if result.payload is None:
            return
        shard = self._shard or self._open()
        shard.writer.write(result.payload)
        if result.failure:
            shard.error(error_line(result.failure, result.raw))

    def finish(self, tally: Tally) -> None:
        """All entries were taken: complete the last shard, and put the whole in place."""
        if self.is_finished:
            self._close()
            return
        if not self._done and not self._target.is_folder:
            self._finish_small()
            return
        if self._shard or not self._done:
            self._end_shard((-1, 0), tally)
        self._write_errors()
        if self._folder:
            shards = [{**shard, "tally": {key: shard["tally"][key] for key in KEPT}} for shard in self._done]
            # Staged with the state: killed before it is in place, nothing stays in the user's folder.
            self._folder.put(self._state.staged({**self._run, "shards": shards}), MANIFEST)
        else:
            self._join()
        self._state.clear()
        self._close()

    def abandon(self, *, keep_errors: bool = False) -> None:
        """The run ends early: done shards stay, the current one goes; `keep_errors`: the side file is written."""
        shard, self._shard = self._shard, None
        try:
            if keep_errors:
                self._write_errors(shard)
        finally:
            if shard:
                shard.drop()
            if not self._done:
                with suppress(OSError):
                    self._state.clear()
            self._close()

    def _close(self) -> None:
        self._state.close()
        if self._lock:
            self._lock.release()

    # Beginning ------------------------------------------------------------------------------------------------------

    def _begin(self, *, resume: bool, overwrite: bool) -> None:
        place = self._target.place
        saved, manifest = self._state.read(RUN), self._manifest()
        if resume and manifest is not None:
            check_same(self._run, manifest, place)
            self._done, self.is_finished = manifest["shards"], True
            self._state.clear(but=LOCK)
            return
        entered = self._entered() if saved is not None else []
        if resume and saved is not None:
            check_same(self._run, saved, place)
            self._done = entered
        elif entered and not overwrite:
            raise UsageError(
                f"{place}: {len(entered)} shards of a run that did not end; "
                "mend: --resume to go on with it, --overwrite to begin anew"
            )
        self._remove_all_but(self._done, manifest)
        if self._done:
            self.start = tuple(self._done[-1]["end"])
            if self.start[0] < 0:  # all is cleaned, and was not put in place
                self.start = (len(self._run["inputs"]), 0)

    def _manifest(self) -> dict[str, Any] | None:
        """The manifest of a finished run. Raises UsageError for a file of that name that is none."""
        if not self._folder or self._folder.size(MANIFEST) is None:
            return None
        found = self._folder.read(MANIFEST)
        if not (isinstance(found, dict) and "ruleset" in found and isinstance(found.get("shards"), list)):
            raise UsageError(f"{self._folder.place}/{MANIFEST} is not of a run of cleaner; mend: another folder")
        return found

    def _entered(self) -> list[dict[str, Any]]:
        """The shards that are entered, whole, in order and without a gap."""
        parts, found = self._folder or self._state, list[dict[str, Any]]()
        while (shard := self._state.read(f"{len(found):05}.json")) is not None:
            if parts.size(shard["name"]) != shard["size"]:
                break
            found.append(shard)
        return found

    def _remove_all_but(self, done: list[dict[str, Any]], manifest: Mapping[str, Any] | None) -> None:
        """What an earlier run left and this one does not go on from."""
        kept = {shard["name"] for shard in done}
        if self._folder:
            for name in self._folder.names():
                ours = name.startswith("part-") and name.endswith(self._target.suffix) and name not in kept
                if ours and self._state.read(RUN) is not None:
                    self._folder.remove(name)
            if manifest is not None:
                self._folder.remove(MANIFEST)
                for shard in manifest["shards"]:
                    self._folder.remove(Path(shard["name"]).name)
        if not done:
            self._state.clear(but=LOCK)
            return
        entered = {f"{n:05}{suffix}" for n in range(len(done)) for suffix in (".json", ".errors.jsonl")}
        for name in self._state.names():
            if name.endswith(TEMPORARY) or name not in entered | kept | {RUN, LOCK}:
                self._state.remove(name)

    # Shards ---------------------------------------------------------------------------------------------------------

    def _open(self) -> Shard:
        number = len(self._done)
        name = self._target.place if not self._target.is_folder else self._target.suffix
        self._shard = Shard(self._state, self._target.format, name, first=not number or self._target.is_folder)
        return self._shard

    def _end_shard(self, end: tuple[int, int], tally: Tally) -> None:
        shard = self._shard or self._open()
        number = len(self._done)
        name = f"part-{number:05}{self._target.suffix}"
        size = shard.close()
        if not number:
            self._state.write(RUN, self._run)
        if shard.errors:
            self._state.put(shard.errors, f"{number:05}.errors.jsonl")
        entered = {"name": name, "size": size, "end": list(end), "tally": tally.as_json()}
        folder = self._folder or self._state
        folder.put(shard.path, name)
        try:
            self._state.write(f"{number:05}.json", entered)
        except BaseException:
            folder.remove(name)
            raise
        self._done.append(entered)
        self._shard = None

    # Ending ---------------------------------------------------------------------------------------------------------

    def _finish_small(self) -> None:
        """The only shard is the file."""
        shard = self._shard or self._open()
        shard.close()
        self._write_errors(shard)
        place_file(shard.path, self._target.place)
        self._shard = None
        self._state.clear()
        self._close()

    def _join(self) -> None:
        parts = [self._state.path(shard["name"]) for shard in self._done]
        whole = self._state.staged_by(lambda file: self._target.format.join(parts, file, self._target.place))
        place_file(whole, self._target.place)

    def _write_errors(self, current: Shard | None = None) -> None:
        if not self._target.errors:
            return
        parts = [
            self._state.path(f"{number:05}.errors.jsonl")
            for number, shard in enumerate(self._done)
            if shard["tally"]["errors"]
        ]
        if current and current.errors:
            current.flush_errors()
            parts.append(current.errors)
        join(parts, self._target.errors)


def _parts_folder(place: str) -> str:
    """Where the parts of one file lie: beside it, or for an address in a folder of this machine."""
    if not is_url(place):
        return os.path.realpath(place) + PARTS
    import tempfile

    return tempfile.mkdtemp(prefix="cleaner-")
