"""What is asked of a line before a rule's pattern is tried on it; `needs` derives it."""

from __future__ import annotations

from typing import NamedTuple

ANYWHERE = 1 << 30  # characters, which no line has
KEPT = 12  # code points kept of a literal
NEAR = 48  # characters of a line's beginning that are searched apart
HEAD = 5  # characters of a beginning that is compared
MAX_LEAD = 6  # characters, such as bullets, that may stand before it
DIGIT = "0"  # stands for every digit


class Plan(NamedTuple):
    """What is asked of a line before a pattern is tried on it, in plain values that a cache can keep.

    One of the literals of `probe` begins in the first `reach` characters of the line framed by breaks; these are
    searched for in all lines at once. Of each set in `checks` one does as well, and one of `heads`, by length and each
    length in one string, stands at one of the first `lead` + 1 places of the line's `shape`.
    """

    probe: tuple[str, ...]
    reach: int
    checks: tuple[tuple[tuple[str, ...], int], ...] = ()
    heads: tuple[tuple[int, str], ...] = ()
    lead: int = 0


def shape(line: str) -> str:
    """The beginning of a folded line as it is compared: with one sign for all digits."""
    begin = line[: MAX_LEAD + HEAD]
    return "".join([DIGIT if char.isdecimal() else char for char in begin])
