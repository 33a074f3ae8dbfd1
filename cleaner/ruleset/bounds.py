"""What a rule file may ask for: files and patterns come from others, and one of them must not fill the memory.

`regex` writes out what must occur n times: `(a{9999}){9999}` would take gigabytes to compile.
"""

from __future__ import annotations

import re
from math import prod
from pathlib import Path

MAX_FILE = 8 * 1024 * 1024  # bytes of a rule file; the largest built-in one has 25,000
MAX_PATTERN = 50_000  # characters of a pattern with its fragments; the longest built-in one has 10,000
MAX_WRITTEN_OUT = 200_000  # elements of a pattern with its repetitions written out

_COUNT = re.compile(r"\{(\d{1,9})")
_ELEMENT = re.compile(  # escapes and classes are elements as a whole; "{" that opens no count is a character
    r"\\[pPNLgG][{<][^}>]*[}>]|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<count>\d{1,9})(?:,\d*)?\}|.", re.DOTALL
)


def read(path: Path) -> bytes:
    """The content of a rule file. Raises ValueError where it is too large, and OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise ValueError(f"larger than {MAX_FILE >> 20} MiB: split it")
    return data


def pattern_problem(source: str) -> str | None:
    """Why a pattern is not compiled: it is too long, or too large with its repetitions written out."""
    if len(source) > MAX_PATTERN:
        return f"has {len(source):,} characters with its fragments, the limit is {MAX_PATTERN:,}: divide it"
    if written_out(source) > MAX_WRITTEN_OUT:
        return "repeats repetitions so often that it would fill the memory: lower its {numbers}"
    return None


def written_out(source: str) -> int:
    """How many elements a pattern has when each repetition stands as often as it must occur; about.

    >>> written_out("(ab{300}){1000}c")
    301001
    """
    if prod(max(1, int(found[1])) for found in _COUNT.finditer(source)) * len(source) <= MAX_WRITTEN_OUT:
        return len(source)
    sizes, last = [0], 1  # of the groups that are open, and of the element that a count would repeat
    for found in _ELEMENT.finditer(source):
        element = found[0]
        if element == "(":
            sizes.append(0)
            continue
        if element == ")" and len(sizes) > 1:
            last = sizes.pop()
        elif found["count"]:
            last, element_size = last * max(1, int(found["count"])), last
            sizes[-1] -= element_size
        else:
            last = 1
        sizes[-1] += last
    return sum(sizes)
