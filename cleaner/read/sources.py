"""What the user names (files, folders, patterns, `-`) to the files that are meant."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cleaner.data import Failure

TEXT = (".txt", ".md", ".markdown", ".text")
HTML = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
READ = "readable are .txt .md .html .jsonl, each also .gz"
# Part of the contract, but not readable yet, and common files that hold articles: named, not passed over.
NOT_YET = (".parquet", ".warc", ".wet", ".zst")
NOT_TEXT = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".zip", ".tar", ".tgz", ".xz", ".bz2", ".7z")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; `name` is its path below the folder or pattern that was given, with `/` (a file: its name)."""

    path: Path
    name: str

    def __fspath__(self) -> str:
        return str(self.path)


STDIN = Source(Path("-"), "stdin")


def find(sources: Sequence[str], *, recursive: bool = True) -> Iterator[Source | Failure]:
    """Expand what was named, in its order; a folder's and a pattern's files sorted; each file once.

    Folders give the files whose suffix says that they hold articles; hidden files and folders are
    skipped. Patterns (`*`, `?`, `[...]`, `**`) are expanded here, so that they may come quoted; an
    existing file with such characters in its name is that file. `-` is standard input (`./-` a file).
    """
    seen: set[str] = set()
    for source in sources:
        for found in _expand(source, recursive):
            if isinstance(found, Source):
                key = os.path.abspath(found.path) if found is not STDIN else "-"
                if key in seen:
                    continue
                seen.add(key)
            yield found


def suffixes(name: str) -> tuple[str, bool]:
    """Return the suffix that says what a file holds, lower case, and whether it is packed with gzip."""
    path = PurePosixPath(name.lower())
    if path.suffix == ".gz":
        return PurePosixPath(path.stem).suffix, True
    return path.suffix, False


def _expand(source: str, recursive: bool) -> Iterator[Source | Failure]:
    if source == "-":
        yield STDIN
    elif os.path.isdir(source):
        yield from _folder(source, "", recursive)
    elif os.path.exists(source):
        path = Path(source)
        yield Source(path.absolute() if str(path) == "-" else path, path.name)
    elif glob.has_magic(source):
        yield from _pattern(source, recursive)
    else:
        yield Failure(source, source, "no such file or folder; mend: check the path")


def _pattern(pattern: str, recursive: bool) -> Iterator[Source | Failure]:
    base = _fixed_part(pattern)
    found = sorted(glob.glob(pattern, recursive=True), key=_parts)
    if not found:
        yield Failure(pattern, pattern, "no file fits this pattern; mend: check the pattern")
    for name in found:
        below = Path(os.path.relpath(name, base)).as_posix()
        if not os.path.isdir(name):
            yield Source(Path(name), below)
        elif "**" not in pattern:
            yield from _folder(name, below, recursive)


def _fixed_part(pattern: str) -> str:
    """The folder before a pattern's first wild part."""
    fixed: list[str] = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return os.path.join(*fixed) if fixed else os.curdir


def _folder(folder: str, below: str, recursive: bool) -> Iterator[Source | Failure]:
    failures: list[Failure] = []
    names: list[str] = []
    for top, folders, files in os.walk(folder, onerror=lambda error: failures.append(_unreadable(error))):
        folders[:] = [name for name in folders if recursive and not name.startswith(".")]
        names += (os.path.relpath(os.path.join(top, name), folder) for name in files if _holds_articles(name))
    yield from failures
    if not names and not failures:
        yield Failure(folder, folder, f"no articles in this folder; mend: {READ}")
    for name in sorted(names, key=_parts):
        yield Source(Path(folder, name), PurePosixPath(below, Path(name).as_posix()).as_posix())


def _holds_articles(name: str) -> bool:
    return not name.startswith(".") and suffixes(name)[0] in (*TEXT, *HTML, *LINES, *NOT_YET)


def _unreadable(error: OSError) -> Failure:
    place = str(error.filename)
    return Failure(place, place, f"cannot be read: {error.strerror}; mend: check the permissions")


def _parts(name: str) -> tuple[str, ...]:
    return Path(name).parts
