"""Fragments: named pieces of patterns, so that a list of agencies is written once and not in every rule."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.ruleset.bounds import MAX_PATTERN
from cleaner.ruleset.place import Place, check_keys

MAX_DEPTH = 8  # fragments inside fragments
_FRAGMENT = re.compile(r"\{\{([\w-]+)\}\}")


def load_fragments(path: Path, shown: str) -> dict[str, str]:
    """The fragments that all rule files share: names and the piece of pattern that each stands for."""
    source = path.read_text(encoding="utf-8")
    place = Place(shown, source)
    table = tomllib.loads(source)
    check_keys(table, {"schema", "fragments"}, place, None)
    return own_fragments(table, place)


def own_fragments(table: Mapping[str, Any], place: Place) -> dict[str, str]:
    """The `[fragments]` table of one file. Raises RuleError."""
    own = table.get("fragments", {})
    for name, value in own.items():
        if not isinstance(value, str):
            raise place.error(f"the fragment {name} is not a string", None, name)
    return dict(own)


class Fragments:
    """Writes `{{name}}` in patterns out, fragments inside fragments included."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.table = table

    def written_out(self, entry: Mapping[str, Any], place: Place, rule: int) -> dict[str, Any]:
        out = dict(entry)
        if isinstance(entry.get("pattern"), str):
            out["pattern"] = self._expand(entry["pattern"], place, rule, "pattern")
        if isinstance(entry.get("except"), list):
            out["except"] = [
                self._expand(e, place, rule, "except") if isinstance(e, str) else e for e in entry["except"]
            ]
        return out

    def _expand(
        self, pattern: str, place: Place, rule: int, key: str, depth: int = 0, spent: list[int] | None = None
    ) -> str:
        """`spent` counts the characters that fragments have added."""
        spent = [0] if spent is None else spent

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self.table:
                near = difflib.get_close_matches(name, sorted(self.table), 1)
                hint = f'did you mean "{near[0]}"?' if near else "define it under [fragments]"
                raise place.error(f'unknown fragment "{name}": {hint}', rule, key)
            if depth > MAX_DEPTH:
                raise place.error(f'the fragment "{name}" contains itself', rule, key)
            spent[0] += len(self.table[name])
            if spent[0] > MAX_PATTERN:
                raise place.error(f"the fragments make the pattern longer than {MAX_PATTERN:,} characters", rule, key)
            return "(?:" + self._expand(self.table[name], place, rule, key, depth + 1, spent) + ")"

        return _FRAGMENT.sub(value, pattern)
