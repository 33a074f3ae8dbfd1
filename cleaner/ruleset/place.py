"""Where in a rule file something stands, for errors that name file, line and mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

from cleaner.ruleset.rule import RuleError


class Place:
    """Finds the line of a rule's key in the source; tomllib itself keeps no lines."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.lines = source.split("\n")
        self.heads = [n for n, line in enumerate(self.lines) if re.match(r"\s*\[\[rules\]\]", line)]

    def error(self, message: str, rule: int | None = None, key: str | None = None) -> RuleError:
        return RuleError(self.path, self.line(rule, key), message)

    def line(self, rule: int | None, key: str | None) -> int:
        """The 1-based line of the key in the rule (None: the file's head), or of the rule itself."""
        first = 0 if rule is None else self.heads[min(rule, len(self.heads) - 1)] if self.heads else 0
        later = [head for head in self.heads if head > first]
        last = later[0] if later else len(self.lines)
        if key is not None:
            wanted = re.compile(rf"\s*(?:where\s*\.\s*|\[rules\.)?\"?{re.escape(key)}\"?\s*[.=\]]")
            for n in range(first, last):
                if wanted.match(self.lines[n]):
                    return n + 1
        return first + 1


def check_keys(table: Mapping[str, Any], known: set[str], place: Place, rule: int | None) -> None:
    """Raises RuleError at the first key that is not known, with the nearest one that is."""
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), 1)
            hint = f'did you mean "{near[0]}"?' if near else "known keys: " + ", ".join(sorted(known))
            raise place.error(f'unknown key "{key}": {hint}', rule, key)
