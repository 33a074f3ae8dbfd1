"""`--keep-removals` and `cleaner restore`: the sidecar that gives a file back, on disk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cleaner.cli import guard
from cleaner.cli.plan import UNDO, sidecar_of, undo_of
from cleaner.cli.session import NOISE_OR_FAILED, Report, count
from cleaner.data import Failure, Removal
from cleaner.emit import write_atomic
from cleaner.emit.records import escaped
from cleaner.emit.undo import UndoError, belongs, restored, undo
from cleaner.read.earlier import WRITTEN
from cleaner.read.raw import bounded

MAX_SIDECAR = 2 << 30  # bytes; a larger one is refused, not read


def keep(path: Path, new: bytes, removals: Sequence[Removal] = (), *, begin: bool = True) -> None:
    """Writes the sidecar that leads from `new` back to what stands in the file now. Raises OSError and UndoError.

    `begin` makes one where there is none; without it, one that belongs to the file is kept up to date, or the file
    could not be restored any more.
    """
    before = _read(undo_of(path))
    if before is None and not begin:
        return
    old = path.read_bytes()
    if old == new or not (begin or belongs(before, old)):
        return
    sidecar = undo(old, new, removals, before)
    write_atomic(undo_of(path), escaped(json.dumps(sidecar, ensure_ascii=False, indent=1)) + "\n")


def run(names: Sequence[str], *, quiet: bool) -> None:
    """Gives files back as they were before they were cleaned. Exits with 1 if one could not be."""
    items = list(_find(names))
    report = Report(len(items), quiet=quiet)
    for item in items:
        refused = item if isinstance(item, Failure) else _restore(item)
        if refused:
            report.failed(refused)
        else:
            report.changed += 1
    report.close()
    report.summary(f"{count(report.changed, 'file')} restored")
    if report.errors:
        raise SystemExit(NOISE_OR_FAILED)


def _restore(path: Path) -> Failure | None:
    place = str(path)
    sidecar = _read(undo_of(path))
    if sidecar is None:
        mend = "mend: restore works after `cleaner clean --in-place --keep-removals`"
        return Failure(place, place, f"nothing to restore from: no {undo_of(path).name} beside it; {mend}")
    try:
        write_atomic(path, restored(sidecar, path.read_bytes()))
        record = _read(sidecar_of(path)) or {}
        if record.keys() >= set(WRITTEN):  # of the text that is no longer there
            sidecar_of(path).unlink()
        undo_of(path).unlink()
    except UndoError as error:
        mend = "mend: take back the changes, or get the file from version control"
        return Failure(place, place, f"left as it is, because {error}; {mend}")
    except OSError as error:
        return Failure(place, place, f"cannot be restored: {error.strerror}; mend: check path, space and permissions")
    return None


def _find(names: Sequence[str]) -> Iterator[Path | Failure]:
    """The named files, and those below the named folders that have a sidecar."""
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path if path.is_file() else Failure(name, name, "no such file; mend: check the path")
            continue
        found = False
        for top, folders, files in os.walk(path):
            folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
            for file in sorted(files):
                if file.endswith(UNDO) and file.removesuffix(UNDO) in files:
                    found = True
                    yield _inside(Path(top, file.removesuffix(UNDO)), path)
        if not found:
            yield Failure(name, name, f"nothing to restore: no file below has a *{UNDO} beside it")


def _inside(path: Path, folder: Path) -> Path | Failure:
    if not guard.is_link_out(path, folder):
        return path
    return Failure(
        str(path), str(path), "left as it is, because it is a link that leads out; mend: name the file itself"
    )


def _read(path: Path) -> Any:
    """A sidecar's content; None where there is none, {} where it is none (an UndoError comes of it later)."""
    try:
        with path.open("rb") as file:
            data, more = bounded(file, MAX_SIDECAR)
        found = {} if more else json.loads(data)
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
