"""A baseline: the findings of today, accepted, so that `cleaner check` reports only new ones.

A finding is known by its file, its record and the removed text, not by its line or rule: lines move, and a better rule
may take the same text. What is accepted three times is reported from the fourth time on.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from cleaner.cli.locate import Located
from cleaner.cli.session import UsageError
from cleaner.emit import write_atomic
from cleaner.emit.records import escaped

FORMAT = 1
SHOWN = 60  # characters of a removed text that a baseline shows
Key = tuple[str, str, str]


class Baseline:
    """What is accepted (nothing, if `path` is None), and what was found in this run."""

    def __init__(self, path: str | None) -> None:
        self._base = Path(path).absolute().parent if path else Path.cwd()
        self._left = Counter({_key(entry): entry["count"] for entry in _read(Path(path))}) if path else Counter[Key]()
        self.accepted = 0

    def accepts(self, found: Located) -> bool:
        """Whether a finding is in the baseline; each entry accepts as many as it counts."""
        key = _found_key(found, self._base)
        if self._left[key] <= 0:
            return False
        self._left[key] -= 1
        self.accepted += 1
        return True


class Record:
    """Collects findings and writes them as a baseline. Raises UsageError where another kind of file would go for it."""

    def __init__(self, path: str) -> None:
        if Path(path).is_file() and Path(path).stat().st_size:
            try:
                _read(Path(path))
            except UsageError as error:
                mend = "mend: name another file, or delete this one"
                raise UsageError(f"--write-baseline {path} would replace a file that is none; {mend}") from error
        self._path, self._base = Path(path), Path(path).absolute().parent
        self._entries: dict[Key, dict[str, Any]] = {}

    def add(self, found: Located) -> None:
        key = _found_key(found, self._base)
        text = found.removal.text
        shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
        entry = self._entries.setdefault(
            key, {"path": key[0], "id": key[1], "rule": found.removal.rule, "text": shown, "hash": key[2], "count": 0}
        )
        entry["count"] += 1

    def write(self) -> int:
        """Writes the file and returns how many findings it accepts. Raises UsageError."""
        entries = [self._entries[key] for key in sorted(self._entries)]
        text = escaped(json.dumps({"format": FORMAT, "accepted": entries}, ensure_ascii=False, indent=1)) + "\n"
        try:
            write_atomic(self._path, text)
        except OSError as error:
            mend = "mend: check path and permissions"
            raise UsageError(f"{self._path} cannot be written: {error.strerror}; {mend}") from error
        return sum(entry["count"] for entry in entries)


def _found_key(found: Located, base: Path) -> Key:
    """The path from the baseline's folder (so that it fits wherever the command is called), record and text."""
    path = Path(os.path.relpath(found.place.path, base)).as_posix()
    digest = hashlib.sha256(found.removal.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return path, found.id if found.is_record else "", digest


def _key(entry: dict[str, Any]) -> Key:
    return entry["path"], entry["id"], entry["hash"]


def _read(path: Path) -> list[dict[str, Any]]:
    """The entries of a baseline file. Raises UsageError."""
    mend = f"mend: cleaner check --write-baseline {path}"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such baseline; {mend}") from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; mend: check path and permissions") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not JSON: {error}; {mend}") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT or not isinstance(found.get("accepted"), list):
        raise UsageError(f"{path}: no baseline of format {FORMAT}; {mend}")
    for n, entry in enumerate(found["accepted"], 1):
        if not _is_entry(entry):
            raise UsageError(f"{path}: entry {n} is damaged; {mend}")
    entries: list[dict[str, Any]] = found["accepted"]
    return entries


def _is_entry(entry: Any) -> bool:
    texts = isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in ("path", "id", "hash"))
    return texts and type(entry.get("count")) is int
