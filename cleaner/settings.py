"""Finds and reads the settings of a project: `cleaner.toml`, or `[tool.cleaner]` in `pyproject.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.config import Config

OWN_FILE, SHARED_FILE = "cleaner.toml", "pyproject.toml"
TABLE = re.compile(r"^\s*\[\s*tool\s*\.\s*[\"']?cleaner[\"']?\s*\]", re.MULTILINE)
KEYS = ("rules", "select", "ignore", "budget", "min-words", "strip-datelines")


class SettingsError(ValueError):
    """A fault in a settings file: `path:line: what is wrong: the mend`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration that a file gives (the defaults where there is none), and where each key stands."""

    config: Config = Config()
    path: Path | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """`path:line` of a key."""
        return f"{self.path}:{self.lines.get(key, 1)}"


def find(folder: Path) -> Settings:
    """The nearest settings at or above a folder; in one folder `cleaner.toml` goes before `pyproject.toml`.

    A `pyproject.toml` without `[tool.cleaner]` is passed over. Raises SettingsError.
    """
    start = folder.absolute()
    for place in (start, *start.parents):
        for name in (OWN_FILE, SHARED_FILE):
            path = place / name
            if path.is_file():
                source = _source(path)
                if name == OWN_FILE or TABLE.search(source):
                    return parse(source, path)
    return Settings()


def parse(source: str, path: Path) -> Settings:
    """The settings in a file's text; relative rule folders are meant from the file's folder. Raises SettingsError."""
    import tomllib

    try:
        table: Any = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        raise SettingsError(f"{path}:{line}: not TOML: {error}") from error
    if path.name == SHARED_FILE:
        table = table["tool"]["cleaner"]
    lines = {key: _line(source, key, path.name == SHARED_FILE) for key in table}
    for key, value in table.items():
        _check(key, value, f"{path}:{lines[key]}")
    config = Config(
        rules=tuple(str(path.parent / folder) for folder in table.get("rules", ())),
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        budget=float(table.get("budget", Config().budget)),
        min_words=table.get("min-words", Config().min_words),
        strip_datelines=table.get("strip-datelines", False),
    )
    return Settings(config, path, lines)


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}:1: not UTF-8 at byte {error.start}: save the file as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{path}:1: cannot be read: {error.strerror}: check the permissions") from error


def _check(key: str, value: object, place: str) -> None:
    """Raises SettingsError for an unknown key or a value of the wrong type."""
    if key in ("rules", "select", "ignore"):
        good, want = isinstance(value, list) and all(isinstance(item, str) for item in value), "a list of strings"
    elif key == "budget":
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
        want = "a share between 0 and 1"
    elif key == "min-words":
        good, want = type(value) is int and value >= 0, "a whole number of words, 0 or more"
    elif key == "strip-datelines":
        good, want = isinstance(value, bool), "true or false"
    else:
        import difflib

        near = difflib.get_close_matches(key.replace("_", "-"), KEYS, 1)
        hint = f'did you mean "{near[0]}"?' if near else "known keys: " + ", ".join(KEYS)
        raise SettingsError(f'{place}: unknown key "{key}": {hint}')
    if not good:
        raise SettingsError(f"{place}: {key} is {value!r}: it must be {want}")


def _line(source: str, key: str, is_shared: bool) -> int:
    """The 1-based line at which a key of our table stands; tomllib itself keeps no lines."""
    table = TABLE.search(source) if is_shared else None
    start = table.end() if table else 0
    found = re.compile(rf"^\s*\[?[\"']?{re.escape(key)}[\"']?\s*[=\].]", re.MULTILINE).search(source, start)
    at = found.end() if found else start
    return source.count("\n", 0, at) + 1
