"""NUL and other control characters, which no article has: they go, and the record says so.

Accents behind one go with it: left alone, they would be composed with the letter before, which is not the input's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from cleaner.data import Finding, Span
from cleaner.detect.page import Page

ID = "heuristic-control-characters"
CATEGORY = "encoding"
MESSAGE = "Control characters, such as NUL, that no article has."

_CONTROLS = [chr(code) for code in range(32) if not chr(code).isspace()] + ["\x7f"]
_RUN = regex.compile(rf"[{re.escape(''.join(_CONTROLS))}]+\p{{M}}*")


def find(page: Page) -> Iterator[Finding]:
    """A finding for each run of control characters inside a block."""
    if not any(char in page.text for char in _CONTROLS):
        return
    for n, block in enumerate(page.blocks):
        for match in _RUN.finditer(block.text):
            span = Span(block.start + match.start(), block.start + match.end())
            evidence = f"{len(match[0])} control characters"
            yield page.accuse(n, ID, CATEGORY, evidence, span=span, action="strip-span", confidence="high")
