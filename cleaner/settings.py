"""Finds and reads the settings of a file: `cleaner.toml`, or `[tool.cleaner]` in `pyproject.toml`, at or above it.

The nearest settings apply alone: nothing is merged with those further up. `KEYS` is the schema.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.config import CHECKS, FLAG, Check, Config, is_names, one_of

OWN_FILE, SHARED_FILE = "cleaner.toml", "pyproject.toml"
TABLE = re.compile(r"^\s*\[\s*tool\s*\.\s*[\"']?cleaner[\"']?\s*[.\]]", re.MULTILINE)
OUTPUTS = ("front-matter", "sidecar", "body")
PER_FILE = "per-file-ignores"


class SettingsError(ValueError):
    """A fault in a settings file: `path:line: what is wrong: the mend`."""


class Key(NamedTuple):
    """A key of the schema: what its value must be, and what it is for."""

    check: Check
    about: str


KEYS: Mapping[str, Key] = {
    "rules": Key(CHECKS["rules"], "folders or files of rules to add, from the settings file's folder"),
    "select": Key(CHECKS["select"], "run only these ids, categories or languages"),
    "ignore": Key(CHECKS["ignore"], "switch off these ids, categories or languages"),
    PER_FILE: Key(
        Check(
            "a table of patterns, each with a list of strings",
            lambda value: isinstance(value, dict) and all(map(is_names, value.values())),
        ),
        "what is also switched off in the files that a pattern fits; patterns are those of .gitignore",
    ),
    "languages": Key(CHECKS["languages"], "the languages that texts are in; rules for others do not run"),
    "protect": Key(CHECKS["protect"], "regular expressions; a line in which one is found is never touched"),
    "output": Key(one_of(OUTPUTS), "the form of cleaned texts"),
    "keep-removals": Key(FLAG, "in place: keep what `cleaner restore` needs beside the file"),
    "budget": Key(CHECKS["budget"], "share of the characters past which doubtful removals are not made"),
    "min-words": Key(CHECKS["min_words"], "doubtful removals leave at least so many words"),
    "strip-datelines": Key(FLAG, "remove datelines at the beginning of the body"),
    "engine": Key(CHECKS["engine"], "when trafilatura is asked about a page: in doubt, never, or always"),
    "format": Key(CHECKS["format"], "a page's body as plain text or as Markdown"),
    "links": Key(FLAG, "keep links in Markdown"),
    "max-bytes": Key(CHECKS["max_bytes"], "the largest text, page or record that is read, unpacked"),
}


class PerFile(NamedTuple):
    """One entry of `per-file-ignores`."""

    pattern: str
    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says (the defaults where there is none), and where each key stands."""

    config: Config = Config()
    path: Path | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    output: str | None = None
    keep_removals: bool = False
    per_file: tuple[PerFile, ...] = ()

    def place(self, key: str) -> str:
        """`path:line` of a key."""
        return f"{self.path}:{self.lines.get(key, 1)}"

    def place_of(self, name: str) -> str | None:
        """`path:line` of the key that holds a name of a rule, category or language; None where none does."""
        key = next((key for key in ("select", "ignore") if name in getattr(self.config, key)), None)
        line = next((entry.line for entry in self.per_file if name in entry.names), None)
        return self.place(key) if key else f"{self.path}:{line}" if line else None

    def ignores(self, file: Path) -> list[PerFile]:
        """The entries of `per-file-ignores` whose pattern fits a file."""
        if not self.per_file or self.path is None:
            return []
        from pathspec import GitIgnoreSpec

        below = Path(os.path.relpath(os.path.abspath(file), self.path.parent)).as_posix()
        return [entry for entry in self.per_file if GitIgnoreSpec.from_lines([entry.pattern]).match_file(below)]

    def config_of(self, file: Path) -> Config:
        """The configuration of one file."""
        more = tuple(name for entry in self.ignores(file) for name in entry.names)
        return replace(self.config, ignore=(*self.config.ignore, *more)) if more else self.config


def find(folder: Path, known: dict[Path, Settings] | None = None) -> Settings:
    """The nearest settings at or above a folder; in one folder `cleaner.toml` goes before `pyproject.toml`.

    A `pyproject.toml` without `[tool.cleaner]` is passed over. `known` keeps what was found for the next call.
    Raises SettingsError.
    """
    place = Path(os.path.abspath(folder))
    if known is not None and place in known:
        return known[place]
    found = _in_folder(place)
    if found is None:
        found = Settings() if place.parent == place else find(place.parent, known)
    if known is not None:
        known[place] = found
    return found


def _in_folder(folder: Path) -> Settings | None:
    for name in (OWN_FILE, SHARED_FILE):
        path = folder / name
        if path.is_file():
            source = _source(path)
            if name == OWN_FILE or TABLE.search(source) or ("cleaner" in source and _has_table(source)):
                return parse(source, path)
    return None


def _has_table(source: str) -> bool:
    """Whether a `pyproject.toml` has our table without its header, as in `tool.cleaner.ignore = [...]`."""
    import tomllib

    try:
        tool = tomllib.loads(source).get("tool")
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return isinstance(tool, dict) and "cleaner" in tool


def parse(source: str, path: Path) -> Settings:
    """The settings in a file's text; relative rule folders are meant from the file's folder. Raises SettingsError."""
    import tomllib

    try:
        table: Any = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        raise SettingsError(f"{path}:{line}: not TOML: {error}") from error
    except RecursionError as error:
        raise SettingsError(f"{path}:1: lists or tables stand in each other too deeply: unnest them") from error
    shared = path.name == SHARED_FILE
    if shared:
        table = table["tool"]["cleaner"]
        if not isinstance(table, dict):
            raise SettingsError(f"{path}:1: tool.cleaner is {table!r}: it must be a table: [tool.cleaner]")
    lines = {key: _line(source, key, shared) for key in table}
    for key, value in table.items():
        check = _check(key, value, f"{path}:{lines[key]}")
        for item in value if isinstance(value, list) else ():
            if problem := check.problem(item):
                raise SettingsError(f"{path}:{_value_line(source, item, lines[key])}: {key}: {problem}")
    per_file = _per_file(table.get(PER_FILE, {}), source, lines.get(PER_FILE, 1), path)
    _check_rules(table.get("rules", ()), source, lines.get("rules", 1), path)
    config = Config(
        rules=tuple(str(path.parent / folder) for folder in table.get("rules", ())),
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        budget=float(table.get("budget", Config().budget)),
        min_words=table.get("min-words", Config().min_words),
        strip_datelines=table.get("strip-datelines", False),
        languages=tuple(table.get("languages", ())),
        protect=tuple(table.get("protect", ())),
        max_bytes=table.get("max-bytes", Config().max_bytes),
        engine=table.get("engine", "auto"),
        format=table.get("format", "text"),
        links=table.get("links", False),
    )
    return Settings(config, path, lines, table.get("output"), table.get("keep-removals", False), per_file)


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}:1: not UTF-8 at byte {error.start}: save the file as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{path}:1: cannot be read: {error.strerror}: check the permissions") from error


def _check(key: str, value: object, place: str) -> Check:
    """The check of a key. Raises SettingsError for an unknown key or a value that it must not have."""
    known = KEYS.get(key)
    if known is None:
        import difflib

        near = difflib.get_close_matches(key.replace("_", "-"), KEYS, 1)
        hint = f'did you mean "{near[0]}"?' if near else "known keys: " + ", ".join(KEYS)
        raise SettingsError(f'{place}: unknown key "{key}": {hint}')
    if fault := known.check.fault(value):
        raise SettingsError(f"{place}: {key} {fault}")
    return known.check


def _per_file(table: Mapping[str, list[str]], source: str, first: int, path: Path) -> tuple[PerFile, ...]:
    """Raises SettingsError at a pattern that is none."""
    entries = []
    for pattern, names in table.items():
        line = _value_line(source, pattern, first)
        problem = _pattern_problem(pattern)
        if problem:
            raise SettingsError(f'{path}:{line}: {PER_FILE}: "{pattern}" is no pattern: {problem}')
        entries.append(PerFile(pattern, tuple(names), line))
    return tuple(entries)


def _pattern_problem(pattern: str) -> str | None:
    if not pattern.strip() or pattern.startswith(("#", "!")):
        return "write one as in .gitignore, such as archive/** or *.md"
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError as error:
        return str(error)
    return None


def _check_rules(folders: Sequence[str], source: str, first: int, path: Path) -> None:
    """Raises SettingsError at a folder or file of rules that is not there."""
    for folder in folders:
        if not (path.parent / folder).exists():
            where = f"nothing of that name in {path.parent}: name a folder or a .toml file of rules"
            raise SettingsError(f'{path}:{_value_line(source, folder, first)}: rules: "{folder}": {where}')


def _line(source: str, key: str, is_shared: bool) -> int:
    """The 1-based line at which a key of our table stands; tomllib itself keeps no lines."""
    table = TABLE.search(source) if is_shared else None
    start = table.start() if table else 0
    name = rf"[\"']?{re.escape(key)}[\"']?"
    owner = r"(?:tool\s*\.\s*[\"']?cleaner[\"']?\s*\.\s*)?" if is_shared else ""
    found = re.compile(rf"^\s*(?:{name}\s*[=.]|\[\s*{owner}{name}\s*\])", re.MULTILINE).search(source, start)
    at = found.end() if found else table.end() if table else 0
    return source.count("\n", 0, at) + 1


def _value_line(source: str, value: str, first: int) -> int:
    """The 1-based line, from `first` on, on which a string stands in quotes; `first` where it is spelled otherwise."""
    spelled = (f'"{value}"', f"'{value}'", '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"')
    lines = source.split("\n")
    return next((n for n in range(first, len(lines) + 1) if any(s in lines[n - 1] for s in spelled)), first)
