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
from typing import Any, BinaryIO, NamedTuple

from cleaner.cli.run.errors import PARTS, error_line, join, place_file
from cleaner.cli.run.folder import TEMPORARY, Folder
from cleaner.cli.run.job import Result
from cleaner.cli.run.tally import Tally
from cleaner.cli.session import UsageError
from cleaner.emit.formats import RecordFormat, Writer
from cleaner.storage import is_url

RUN, MANIFEST = "run.json", "manifest.json"
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
        self._shard: _Shard | None = None
        place = target.place.rstrip("/" + os.sep)
        self._folder = Folder(place) if target.is_folder else None
        if self._is_remote and not target.is_folder and resume:
            raise UsageError(f"--resume needs shards: {place} is one file; mend: -o {place.rpartition('.')[0]}/")
        self._state = Folder(f"{place}/{STATE_FOLDER}" if target.is_folder else _parts_folder(place))
        self._begin(resume=resume, overwrite=overwrite)

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
            return
        if not self._done and not self._target.is_folder:
            self._finish_small()
            return
        if self._shard or not self._done:
            self._end_shard((-1, 0), tally)
        self._write_errors()
        if self._folder:
            shards = [{**shard, "tally": {key: shard["tally"][key] for key in KEPT}} for shard in self._done]
            self._folder.write(MANIFEST, {**self._run, "shards": shards})
        else:
            self._join()
        self._state.clear()
        self._state.close()

    def abandon(self, *, keep_errors: bool = False) -> None:
        """The run ends early: done shards stay, the current one goes; `keep_errors`: the side file is written."""
        shard, self._shard = self._shard, None
        if keep_errors:
            self._write_errors(shard)
        if shard:
            shard.drop()
        if not self._done:
            with suppress(OSError):
                self._state.clear()
        self._state.close()

    # Beginning ------------------------------------------------------------------------------------------------------

    def _begin(self, *, resume: bool, overwrite: bool) -> None:
        place = self._target.place
        saved, manifest = self._state.read(RUN), self._manifest()
        if resume and manifest is not None:
            self._compare(manifest)
            self._done, self.is_finished = manifest["shards"], True
            self._state.clear()
            return
        entered = self._entered() if saved is not None else []
        if resume and saved is not None:
            self._compare(saved)
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

    def _compare(self, saved: Mapping[str, Any]) -> None:
        """Raises UsageError where the earlier run was another one."""
        for key, now in self._run.items():
            was = saved.get(key)
            if was == now:
                continue
            if key == "inputs":
                said = _changed(was or [], now)
            elif isinstance(now, dict) and isinstance(was, dict):
                name = next(name for name in {**now, **was} if now.get(name) != was.get(name))
                said = f"{name} is {_shown(now.get(name))} now, and was {_shown(was.get(name))}"
            else:
                said = f"the {key} is {now} now, and was {was}"
            raise UsageError(
                f"{self._target.place} cannot be resumed: {said}; "
                "mend: the same options, rules and inputs as before, or --overwrite to begin anew"
            )

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
            self._state.clear()
            return
        entered = {f"{n:05}{suffix}" for n in range(len(done)) for suffix in (".json", ".errors.jsonl")}
        for name in self._state.names():
            if name.endswith(TEMPORARY) or name not in entered | kept | {RUN}:
                self._state.remove(name)

    # Shards ---------------------------------------------------------------------------------------------------------

    def _open(self) -> _Shard:
        number = len(self._done)
        name = self._target.place if not self._target.is_folder else self._target.suffix
        self._shard = _Shard(self._state, self._target.format, name, first=not number or self._target.is_folder)
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
        (self._folder or self._state).put(shard.path, name)
        entered = {"name": name, "size": size, "end": list(end), "tally": tally.as_json()}
        self._state.write(f"{number:05}.json", entered)
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
        self._state.close()

    def _join(self) -> None:
        parts = [self._state.path(shard["name"]) for shard in self._done]
        whole = self._state.temporary()
        with whole.open("xb") as file:
            self._target.format.join(parts, file, self._target.place)
            _sync(file)
        place_file(whole, self._target.place)

    def _write_errors(self, current: _Shard | None = None) -> None:
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


class _Shard:
    """A shard that is being written: records and errors under temporary names."""

    def __init__(self, state: Folder, format: RecordFormat, name: str, *, first: bool) -> None:
        self._state = state
        self.path = state.temporary()
        self._file: BinaryIO = self.path.open("xb")
        self.writer: Writer = format.writer(self._file, name, first=first)
        self.errors: Path | None = None
        self._error_file: BinaryIO | None = None

    def error(self, line: bytes) -> None:
        if self._error_file is None:
            self.errors = self._state.temporary()
            self._error_file = self.errors.open("xb")
        self._error_file.write(line)

    def flush_errors(self) -> None:
        if self._error_file and not self._error_file.closed:
            self._error_file.flush()

    def close(self) -> int:
        """Completes the files on disk; the shard's size in bytes."""
        self.writer.close()
        _sync(self._file)
        self._file.close()
        if self._error_file:
            _sync(self._error_file)
            self._error_file.close()
        return self.path.stat().st_size

    def drop(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)
        if self._error_file and self.errors:
            self._error_file.close()
            self.errors.unlink(missing_ok=True)


def _parts_folder(place: str) -> str:
    """Where the parts of one file lie: beside it, or for an address in a folder of this machine."""
    if not is_url(place):
        return os.path.realpath(place) + PARTS
    import tempfile

    return tempfile.mkdtemp(prefix="cleaner-")


def _changed(was: list[Any], now: list[Any]) -> str:
    """Which input is not what it was."""
    if len(was) != len(now):
        return f"there are {len(now)} inputs now, and were {len(was)}"
    old, new = next((old, new) for old, new in zip(was, now, strict=True) if old != new)
    name = new.get("path") or new.get("name")
    if old.get("path") != new.get("path"):
        return f"an input is {name} now, and was {old.get('path') or old.get('name')}"
    return f"the input {name} was changed since"


def _shown(value: object) -> str:
    return "not given" if value in (None, "", [], ()) else str(value)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
