"""Local paths, and addresses such as `s3://…`, `hf://…` or `memory://…`, which fsspec opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from cleaner.storage.extras import REMOTE, need

_URL = re.compile(r"[a-z][a-z0-9+.-]+(?:://|::)", re.IGNORECASE)  # two letters or more: `c:` is a drive
WILD = re.compile(r"[*?\[]")


def is_url(name: str) -> bool:
    """Whether a name is an address, not a local path.

    >>> is_url("s3://bucket/a.jsonl"), is_url("news/a.jsonl"), is_url("C:/news")
    (True, False, False)
    """
    return _URL.match(name) is not None


def open_input(name: str) -> BinaryIO:
    """Open a local path or an address for reading bytes as they lie there. Raises OSError and MissingExtraError."""
    if not is_url(name):
        return cast(BinaryIO, Path(name).open("rb"))
    return cast(BinaryIO, _remote(name, lambda fs, path: fs.open(path, "rb")))


def identity(name: str) -> dict[str, Any]:
    """Return what tells whether a file is still the same: its size, and when it was changed or its version."""
    if not is_url(name):
        known = Path(name).stat()
        return {"size": known.st_size, "mtime_ns": known.st_mtime_ns}
    info = _remote(name, lambda fs, path: fs.info(path))
    marks = {
        key: info[key] for key in ("ETag", "etag", "mtime", "LastModified", "last_modified", "created") if key in info
    }
    return {"size": info.get("size"), **{key: str(value) for key, value in marks.items()}}


def listed(name: str, *, recursive: bool = True) -> Iterator[tuple[str, str]]:
    """The files below a remote folder, or that fit a remote pattern: address and path below it, sorted.

    One pair, of the address itself, if it is a file; none if nothing is there. Raises OSError.
    """
    fs, path = _filesystem(name)
    start, _, inner = name.partition("://")
    if WILD.search(inner):
        found = sorted(fs.glob(path))
        base = path[: WILD.search(path).start()].rpartition("/")[0]  # type: ignore[union-attr]  # it was found in name
    elif fs.isfile(path):
        yield name, path.rpartition("/")[2]
        return
    else:
        found = sorted(fs.find(path, maxdepth=None if recursive else 1))
        base = path.rstrip("/")
    for one in found:
        below = one[len(base) :].lstrip("/")
        yield _address(fs, one, start), below


def upload(local: Path, name: str) -> None:
    """Put a local file to an address; stores show an object whole or not at all. Raises OSError."""
    fs, path = _filesystem(name)
    parent = path.rpartition("/")[0]
    if parent:
        fs.makedirs(parent, exist_ok=True)
    fs.put_file(str(local), path)


def _address(fs: Any, path: str, protocol: str) -> str:
    address = str(fs.unstrip_protocol(path))
    return address if "://" in address else f"{protocol}://{path}"


def _remote(name: str, call: Any) -> Any:
    fs, path = _filesystem(name)
    return call(fs, path)


def _filesystem(name: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Raises OSError and MissingExtraError."""
    fsspec = need("fsspec", REMOTE, name)
    try:
        fs, path = fsspec.core.url_to_fs(name)
    except (ValueError, ImportError) as error:  # an unknown protocol, or its package is missing
        raise OSError(f"{error}") from error
    return fs, path
