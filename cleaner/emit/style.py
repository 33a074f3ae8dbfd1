"""How a text file is written down: encoding, byte order mark, line ends, end of the last line.

A file that is cleaned in place keeps all four.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.text.encoding import codec_of, marked_codec

_BREAK = re.compile(r"\r\n|\r|\n")


class Style(NamedTuple):
    r"""The codec, the byte order mark (b"" for none), the line end, and whether the last line has one.

    >>> Style("utf-8", b"", "\r\n", False).dress("a\nb\n")
    b'a\r\nb'
    """

    codec: str = "utf-8"
    mark: bytes = b""
    newline: str = "\n"
    ends: bool = True

    def dress(self, text: str) -> bytes:
        """The bytes of a text with line feeds. Raises UnicodeEncodeError where the codec lacks a character."""
        return self.mark + self.lay_out(text).encode(self.codec)

    def lay_out(self, text: str) -> str:
        """The text with the style's line ends."""
        return (text.rstrip("\n") + "\n" * self.ends).replace("\n", self.newline)


def style_of(data: bytes) -> Style:
    """The style of a file; the commonest line end counts, LF where none is in it."""
    marked, length = marked_codec(data)
    codec = marked or codec_of(data)
    text = data[length:].decode(codec, "replace")
    breaks = _BREAK.findall(text)
    newline = max(("\n", "\r\n", "\r"), key=breaks.count)
    return Style(codec, data[:length], newline, bool(breaks) and text.endswith(("\n", "\r")))


def laid_out(text: str, data: bytes) -> str:
    """A text with the line ends of a file's content."""
    return style_of(data).lay_out(text)
