"""zip and tar of files: one member at a time, each read by its own suffix. Names are never used as paths here."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple, cast

from cleaner.data import Failure
from cleaner.read.raw import Raws
from cleaner.read.sources import IN_FOLDERS, READ, TABLES, suffixes

Open = Callable[[BinaryIO, str, str], Raws]  # a stream, its name and its place to what it holds
_AGAIN = "mend: fetch or write the file again"
_FAULTS = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class _Member(NamedTuple):
    name: str
    open: Callable[[], BinaryIO | None]


def members(stream: BinaryIO, name: str, place: str, open: Open, *, zipped: bool) -> Raws:
    """Find the documents of all members that hold articles by their suffix; a bad one fails alone.

    A zip file must be one that can be sought in; a tar file is read as it comes. Links, devices and hidden
    files are passed over, as in folders.
    """
    found = 0
    try:
        for member in _zip(stream) if zipped else _tar(stream):
            if not _holds_articles(member.name):
                continue
            found += 1
            yield from _one(member, f"{name}/{member.name}", f"{place}/{member.name}", open)
    except _FAULTS as error:
        yield Failure(name, place, f"not a whole archive: {error}; {_AGAIN}")
        return
    if not found:
        yield Failure(name, place, f"no articles in this archive; mend: {READ}")


def _one(member: _Member, name: str, place: str, open: Open) -> Raws:
    try:
        stream = member.open()
        if stream is not None:
            with stream:
                yield from open(stream, name, place)
    except _FAULTS as error:
        yield Failure(name, place, f"cannot be unpacked: {error}; {_AGAIN}")
    except Exception as error:  # noqa: BLE001  # whatever one member sets off, the others are read
        yield Failure(name, place, f"could not be read: {type(error).__name__}: {error}; mend: leave it out")


def _zip(stream: BinaryIO) -> Iterator[_Member]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield _Member(info.filename, lambda info=info: cast(BinaryIO, archive.open(info)))  # type: ignore[misc]


def _tar(stream: BinaryIO) -> Iterator[_Member]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if info.isfile():
                yield _Member(info.name, lambda info=info: cast("BinaryIO | None", archive.extractfile(info)))  # type: ignore[misc]
            archive.members = []  # type: ignore[attr-defined]  # or the list of all that was read grows with the archive


def _holds_articles(name: str) -> bool:
    hidden = any(part.startswith(".") and part.strip(".") for part in name.split("/"))
    return not hidden and "__MACOSX" not in name and suffixes(name)[0] in (*IN_FOLDERS, *TABLES)
