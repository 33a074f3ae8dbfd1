"""What the user names (files, folders, patterns, `-`) to the files that are meant."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cleaner.data import Failure
from cleaner.storage import MissingExtraError, is_url, listed, packing

TEXT = (".txt", ".md", ".markdown", ".text")
HTML = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
JSON = ".json"  # only with a record on each line, and by name
TABLES = (".csv", ".tsv")
PARQUET = (".parquet",)
CRAWLS = (".warc", ".wet")
ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz")
RECORDS = (*LINES, *TABLES, *PARQUET, *CRAWLS)  # many documents in one file
READABLE = (*TEXT, *HTML, *RECORDS, *ARCHIVES)
IN_FOLDERS = (*TEXT, *HTML, *LINES, *PARQUET, *CRAWLS)  # tables and archives may hold anything: they must be named
READ = (
    "readable are .txt .md .html .jsonl .parquet .warc .wet, each also .gz .zst .bz2 .xz, "
    "and by name .csv .tsv .zip .tar"
)
# Common files that hold articles: named, not passed over.
NOT_TEXT = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".7z", ".rar")
_SHORT = {".tgz": ".gz", ".tbz2": ".bz2", ".txz": ".xz"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; `name` is its path below the folder or pattern that was given, with `/` (a file: its name).

    `url` is the address of a file that is not local; `path` is of no use then.
    """

    path: Path
    name: str
    url: str | None = None

    def __fspath__(self) -> str:
        return str(self.path)

    @property
    def place(self) -> str:
        """The path or address, as messages name it and as it is opened."""
        return self.url or str(self.path)


STDIN = Source(Path("-"), "stdin")


def find(sources: Sequence[str], *, recursive: bool = True) -> Iterator[Source | Failure]:
    """Expand what was named, in its order; a folder's and a pattern's files sorted; each file once.

    Folders give the files whose suffix says that they hold articles; hidden files and folders are
    skipped. Patterns (`*`, `?`, `[...]`, `**`) are expanded here, so that they may come quoted; an
    existing file with such characters in its name is that file. `-` is standard input (`./-` a file).
    Addresses (`s3://…`) may be files, folders and patterns as well.
    """
    seen: set[str] = set()
    for source in sources:
        for found in _expand(source, recursive):
            if isinstance(found, Source):
                key = found.url or (os.path.abspath(found.path) if found is not STDIN else "-")
                if key in seen:
                    continue
                seen.add(key)
            yield found


def suffixes(name: str) -> tuple[str, str]:
    """Return the suffix that says what a file holds, lower case, and the one that says how it is packed, or "".

    >>> suffixes("a/b.JSONL.gz"), suffixes("a.tgz"), suffixes("notes")
    (('.jsonl', '.gz'), ('.tgz', ''), ('', ''))
    """
    packed = packing(name)
    return PurePosixPath(name[: len(name) - len(packed)].lower()).suffix, packed


def how_packed(name: str) -> str:
    """Return how a file is packed, as `suffixes` says, also of `.tgz` and its like."""
    suffix, packed = suffixes(name)
    return packed or _SHORT.get(suffix, "")


def _expand(source: str, recursive: bool) -> Iterator[Source | Failure]:
    if source == "-":
        yield STDIN
    elif is_url(source):
        yield from _remote(source, recursive)
    elif os.path.isdir(source):
        yield from _folder(source, "", recursive)
    elif os.path.exists(source):
        path = Path(source)
        yield Source(path.absolute() if str(path) == "-" else path, path.name)
    elif glob.has_magic(source):
        yield from _pattern(source, recursive)
    else:
        yield Failure(source, source, "no such file or folder; mend: check the path")


def _remote(address: str, recursive: bool) -> Iterator[Source | Failure]:
    """The file at an address, or those below it."""
    found = 0
    try:
        for url, name in listed(address, recursive=recursive):
            if url != address and not _holds_articles(PurePosixPath(name).name) and not glob.has_magic(address):
                continue
            found += 1
            yield Source(Path(name), name, url)
    except (OSError, MissingExtraError) as error:
        yield Failure(address, address, str(error) if isinstance(error, MissingExtraError) else _said(error))
        return
    if not found:
        yield Failure(address, address, f"no articles at this address; mend: check it; {READ}")


def _said(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}; mend: check the address, its access rights and the connection"


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
    return not name.startswith(".") and suffixes(name)[0] in IN_FOLDERS


def _unreadable(error: OSError) -> Failure:
    place = str(error.filename)
    return Failure(place, place, f"cannot be read: {error.strerror}; mend: check the permissions")


def _parts(name: str) -> tuple[str, ...]:
    return Path(name).parts
