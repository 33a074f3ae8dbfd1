"""What a record says of an earlier cleaning: it stays, where the record is cleaned again and nothing more goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

WRITTEN = ("removals", "status", "ruleset")  # keys that only cleaning writes; all three: a cleaned record
SAID = (*WRITTEN, "notes")
REPLACED = "replaced by what cleaning gives"
SHOWN = 60  # characters of a value that is replaced
ERROR = "error"  # the status of a record that could not be cleaned, and the key of its reason
_TYPES = {"start": int, "end": int, "text": str, "rule": str, "category": str}


def is_cleaned(names: Collection[str]) -> bool:
    """Whether a record with these keys, or a table with these columns, came out of cleaning."""
    return all(name in names for name in WRITTEN)


def earlier(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The `removals`, `status`, `ruleset` and `notes` that cleaning gave a record; {} for what it did not write."""
    removals, status, ruleset, notes = (found.get(name) for name in SAID)
    if not (isinstance(status, str) and isinstance(ruleset, str) and _are(_is_removal, removals)):
        return {}
    said = {"removals": removals, "status": status, "ruleset": ruleset}
    return {**said, "notes": notes} if _are(_is_string, notes) else said


def replaced(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Notes on the keys of a record, which was not cleaned before, whose place cleaning takes."""
    values = [(name, found[name]) for name in WRITTEN if found.get(name) is not None]
    return tuple(f'"{name}" was {_shown(value)}: {REPLACED}' for name, value in values)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def reason_of(found: Mapping[str, Any], source: object) -> str | None:
    """The reason in a record that could not be cleaned, whose text (`source`) is missing; None for any other."""
    reason = found.get(ERROR)
    is_error = found.get("status") == ERROR and not source
    return reason if is_error and isinstance(reason, str) and reason else None


def _are(is_good: Callable[[Any], bool], values: object) -> bool:
    return isinstance(values, list) and all(map(is_good, values))


def _is_string(value: object) -> bool:
    return isinstance(value, str)


def _is_removal(value: object) -> bool:
    if not isinstance(value, Mapping) or not _are(_is_string, value.get("also_matched")):
        return False
    return all(type(value.get(name)) is kind for name, kind in _TYPES.items())
