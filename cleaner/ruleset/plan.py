"""What is asked of a line before a rule's pattern is tried on it; `needs` derives it."""

from __future__ import annotations

import re
from typing import NamedTuple

ANYWHERE = 1 << 30  # characters, which no line has
KEPT = 12  # code points kept of a literal
HEAD = 5  # characters of a beginning that is compared
MAX_LEAD = 6  # characters, such as bullets, that may stand before it
DIGIT = "0"  # stands for every digit

_DIGITS = re.compile(r"\d")


class Plan(NamedTuple):
    """What is asked of a line before a pattern is tried on it, in plain values that a cache can keep.

    One of the literals of `probe` begins in the first `reach` characters of the line framed by breaks; these are
    searched for in all lines at once. The line begins with one of `heads`, if there are any (see `begins`). And of each
    set in `checks` one literal stands where it may stand.
    """

    heads: frozenset[str]
    probe: tuple[str, ...]
    reach: int
    checks: tuple[tuple[tuple[str, ...], int], ...] = ()

    def holds(self, framed: str) -> bool:
        """Whether a line, framed by breaks, passes the checks."""
        for literals, reach in self.checks:
            text = framed if reach == ANYWHERE else framed[: reach + KEPT]
            for literal in literals:
                if literal in text:
                    break
            else:
                return False
        return True


def begins(line: str) -> list[str]:
    """The beginnings of a folded line that heads may equal: at its first place, and behind signs that may lead it.

    One sign stands for all digits.

    >>> begins("4 of us")
    ['0', '0 ', '0 o', '0 of', '0 of ', ' ', ' o', ' of', ' of ', ' of u', 'o', 'of', 'of ', 'of u', 'of us']
    """
    shape = _DIGITS.sub(DIGIT, line[: MAX_LEAD + HEAD])
    found = [shape[:1], shape[:2], shape[:3], shape[:4], shape[:5]]
    for place in range(1, min(len(shape), MAX_LEAD + 1)):
        if shape[place - 1].isalpha():
            break
        found += [shape[place:end] for end in range(place + 1, place + HEAD + 1)]
    return found
