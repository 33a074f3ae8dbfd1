"""Whether a run that goes on is the run that was ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleaner.cli.session import UsageError


def check_same(run: Mapping[str, Any], saved: Mapping[str, Any], place: str) -> None:
    """Raises UsageError, which names the first difference, where the earlier run into this place was another one."""
    for key, now in run.items():
        was = saved.get(key)
        if was == now:
            continue
        if key == "inputs":
            said = _changed(was or [], now)
        elif isinstance(now, dict) and isinstance(was, dict):
            name = next(name for name in {**now, **was} if now.get(name) != was.get(name))
            said = f"{name} is {_shown(now.get(name))} now, and was {_shown(was.get(name))}"
        else:
            said = f"the {key} is {now} now, and was {was}"
        raise UsageError(
            f"{place} cannot be resumed: {said}; "
            "mend: the same options, rules and inputs as before, or --overwrite to begin anew"
        )


def _changed(was: list[Any], now: list[Any]) -> str:
    """Which input is not what it was."""
    if len(was) != len(now):
        return f"there are {len(now)} inputs now, and were {len(was)}"
    old, new = next((old, new) for old, new in zip(was, now, strict=True) if old != new)
    name = new.get("path") or new.get("name")
    if old.get("path") != new.get("path"):
        return f"an input is {name} now, and was {old.get('path') or old.get('name')}"
    return f"the input {name} was changed since"


def _shown(value: object) -> str:
    return "not given" if value in (None, "", [], ()) else str(value)
