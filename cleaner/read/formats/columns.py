"""The column `metadata` of a table with nested types, such as Parquet that cleaning wrote (`cleaner.emit.columns`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cleaner.data import MAPPINGS


def stated(value: Any) -> dict[str, Any]:
    """What a row's `metadata` says (a struct or a map), without what is unknown; JSON and `extra` are unpacked."""
    found = dict(value) if isinstance(value, list) else value  # Arrow gives a map as a list of pairs
    if not isinstance(found, Mapping):
        return {}
    known = {name: item for name, item in found.items() if item is not None and item != []}
    for name in MAPPINGS & known.keys():
        known[name] = _parsed(known[name])
    extra = known.pop("extra", None)
    if isinstance(extra, Mapping):
        return {**extra, **known}
    return known if extra is None else {**known, "extra": extra}


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
