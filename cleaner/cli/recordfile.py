"""A file of records that replaces another one when it is whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from filecmp import cmp
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.emit.formats import RecordFormat
from cleaner.emit.style import Style
from cleaner.emit.temporary import beside


class RecordFile:
    """Records into a temporary file beside the target, which it replaces at the end."""

    def __init__(self, target: Path, format: RecordFormat, style: Style | None = None) -> None:
        self.target = Path(os.path.realpath(target))
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self._temporary = beside(self.target)
        self._file = self._temporary.open("xb")
        file = cast(BinaryIO, self._file)
        self._writer = _Styled(format, file, target.name, style) if style else format.writer(file, target.name)

    def write(self, payload: bytes) -> None:
        self._writer.write(payload)

    def commit(self, before: Callable[[Path, bytes], None] | None = None) -> bool:
        """Replaces the target, unless it has this content; whether it did.

        `before` is called with the target and the new content when all is written but that.
        """
        try:
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self.target.exists():
                if cmp(self._temporary, self.target, shallow=False):
                    self.abandon()
                    return False
                self._temporary.chmod(stat.S_IMODE(self.target.stat().st_mode))
            if before:
                before(self.target, self._temporary.read_bytes())
            os.replace(self._temporary, self.target)
            return True
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        with suppress(OSError):  # what is left in its buffer has no place on a full disk
            self._file.close()
        self._temporary.unlink(missing_ok=True)


class _Styled:
    """A writer of lines that has the encoding, byte order mark and line ends of the file that it replaces."""

    def __init__(self, format: RecordFormat, file: BinaryIO, name: str, style: Style) -> None:
        self._inner, self._style = format.writer(file, name, first=False), style
        self._between, self._newline = style.mark, style.newline.encode(style.codec)
        if format.head:
            self.write(format.head)

    def write(self, payload: bytes) -> None:
        line = payload.removesuffix(b"\n").removesuffix(b"\r")
        if self._style.codec != "utf-8":
            line = line.decode("utf-8").encode(self._style.codec)
        self._inner.write(self._between + line)
        self._between = self._newline

    def close(self) -> None:
        if self._style.ends and self._between is self._newline:
            self._inner.write(self._newline)
        self._inner.close()
