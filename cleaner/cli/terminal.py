"""Writing to standard output and error: nothing that an article holds can steer a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

# Control characters but tab and line feed, and what reorders or hides text on a terminal.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


_DIFF_COLOURS = (("+++", "1"), ("---", "1"), ("@@", "36"), ("+", "32"), ("-", "31"), ("", ""))  # bold cyan green red


class StandardOutputError(Exception):
    """Standard output takes nothing more, as where it is closed or goes to a full disk."""


def printable(text: str) -> str:
    r"""The text with control and escape characters spelled out; tabs and line feeds stay.

    >>> print(printable("red \x1b[31m"))
    red \x1b[31m
    """
    return _UNSAFE.sub(_spelled, text)


def one_line(text: str) -> str:
    r"""The text on one line: line feeds and tabs are spelled out too.

    >>> print(one_line("a\nb"))
    a\nb
    """
    return printable(text).replace("\n", "\\n").replace("\t", "\\t")


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream goes to a terminal (a closed stream does not)."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def has_colours(stream: TextIO) -> bool:
    """Whether a stream may be coloured: a terminal, and neither NO_COLOR nor a dumb one."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def out_diff(diff: str) -> None:
    """Writes a unified diff to standard output; on a terminal, coloured as git does it."""
    if not has_colours(sys.stdout):
        out(diff)
        return
    encoding = sys.stdout.encoding or "utf-8"
    for line in diff.removesuffix("\n").split("\n") if diff else ():
        colour = next(code for start, code in _DIFF_COLOURS if line.startswith(start))
        shown = printable(line.removesuffix("\r")).encode(encoding, "backslashreplace").decode(encoding)
        sys.stdout.write(f"\x1b[{colour}m{shown}\x1b[m\n" if colour else f"{shown}\n")


def out(text: str) -> None:
    """Writes to standard output: UTF-8 as it is, or made printable for a terminal. Raises StandardOutputError."""
    with written():
        if is_terminal(sys.stdout):
            text = printable(text)
            encoding = sys.stdout.encoding or "utf-8"
            sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
            return
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def flush() -> None:
    """Sends on what was written to standard output. Raises StandardOutputError."""
    with written():
        sys.stdout.flush()


@contextmanager
def written() -> Iterator[None]:
    """Around what writes to standard output. Raises StandardOutputError and BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StandardOutputError(f"standard output cannot be written: {error.strerror}; mend: check space") from error


def say(text: str) -> None:
    """Writes one line to standard error."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(one_line(text).encode(encoding, "backslashreplace").decode(encoding) + "\n")
