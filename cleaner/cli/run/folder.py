"""A folder that a run keeps its shards in, local or at an address: files are put there whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.storage import REMOTE, is_url, need, upload

if TYPE_CHECKING:
    import tempfile

TEMPORARY = ".tmp"


class Folder:
    """Files by name. `temporary` gives local files to write, `put` moves one to its name in one step."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/")
        self._remote = _Remote(self.place) if is_url(place) else None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def path(self, name: str) -> Path:
        """The local path of a file (one at an address is fetched)."""
        if not self._remote:
            return Path(self.place, name)
        local = self._local() / name
        self._remote.fetch(name, local)
        return local

    def temporary(self) -> Path:
        """A new local path, in the folder itself where that is local."""
        folder = self._local()
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{secrets.token_hex(8)}{TEMPORARY}"

    def put(self, local: Path, name: str) -> None:
        if not self._remote:
            os.replace(local, Path(self.place, name))
            return
        upload(local, f"{self.place}/{name}")
        local.unlink()

    def write(self, name: str, value: Any) -> None:
        """Puts a value as JSON."""
        self.put(self.staged(value), name)

    def staged(self, value: Any) -> Path:
        """A value as JSON in a new local file."""
        data = json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"
        return self.staged_by(lambda file: file.write(data))

    def staged_by(self, write: Callable[[BinaryIO], object]) -> Path:
        """A new local file with what `write` puts into it; none is left where that fails."""
        local = self.temporary()
        try:
            with local.open("xb") as file:
                write(file)
                sync(file)
        except BaseException:
            local.unlink(missing_ok=True)
            raise
        return local

    def read(self, name: str) -> Any:
        """The value in a JSON file; None where it is missing or none."""
        try:
            data = self._remote.read(name) if self._remote else Path(self.place, name).read_bytes()
            return json.loads(data)
        except (OSError, ValueError):
            return None

    def size(self, name: str) -> int | None:
        """A file's bytes; None where it is missing."""
        try:
            return self._remote.size(name) if self._remote else Path(self.place, name).stat().st_size
        except OSError:
            return None

    def names(self) -> list[str]:
        """The names of the files directly in the folder."""
        if self._remote:
            return self._remote.names()
        folder = Path(self.place)
        return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []

    def remove(self, name: str) -> None:
        if self._remote:
            self._remote.remove(name)
        else:
            Path(self.place, name).unlink(missing_ok=True)

    def clear(self, *, but: str | None = None) -> None:
        """Removes the folder with all that is in it; or all files but one."""
        if self._remote or but:
            for name in self.names():
                if name != but:
                    self.remove(name)
        else:
            from shutil import rmtree

            rmtree(self.place, ignore_errors=True)

    def close(self) -> None:
        """Forgets the local copies of a folder at an address."""
        if self._scratch:
            self._scratch.cleanup()
            self._scratch = None

    def _local(self) -> Path:
        if not self._remote:
            return Path(self.place)
        if self._scratch is None:
            import tempfile

            self._scratch = tempfile.TemporaryDirectory(prefix="cleaner-")
        return Path(self._scratch.name)


def sync(file: BinaryIO) -> None:
    """Waits until the file is on disk."""
    file.flush()
    os.fsync(file.fileno())


class _Remote:
    """A folder at an address. Raises OSError and MissingExtraError."""

    def __init__(self, place: str) -> None:
        fsspec = need("fsspec", REMOTE, place)
        try:
            self._fs, self._path = fsspec.core.url_to_fs(place)
        except (ValueError, ImportError) as error:
            raise OSError(f"{place}: {error}") from error

    def names(self) -> list[str]:
        self._fs.invalidate_cache()
        if not self._fs.isdir(self._path):
            return []
        found = self._fs.ls(self._path, detail=True)
        return sorted(one["name"].rpartition("/")[2] for one in found if one["type"] == "file")

    def read(self, name: str) -> bytes:
        return bytes(self._fs.cat_file(f"{self._path}/{name}"))

    def size(self, name: str) -> int:
        return int(self._fs.info(f"{self._path}/{name}")["size"])

    def remove(self, name: str) -> None:
        path = f"{self._path}/{name}"
        if self._fs.exists(path):
            self._fs.rm_file(path)

    def fetch(self, name: str, local: Path) -> None:
        self._fs.get_file(f"{self._path}/{name}", str(local))
