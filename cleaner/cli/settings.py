"""`cleaner config show`: which settings apply to a file, and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cleaner.cli.session import UsageError
from cleaner.cli.tables import aligned
from cleaner.cli.terminal import out
from cleaner.data import Document
from cleaner.overrule import KEY
from cleaner.settings import KEYS, PER_FILE, Settings, find

DEFAULT, HEADER = "default", "front matter"


def show(name: str, *, as_json: bool) -> None:
    """Prints each key with its value and the place that it comes from. Raises UsageError."""
    path = Path(name)
    if not path.exists():
        raise UsageError(f"{name}: no such file or folder; mend: check the path")
    settings = find(path if path.is_dir() else path.absolute().parent)
    rows = [*_rows(settings, path), *_own(path)]
    if as_json:
        listed = [{"key": key, "value": value, "from": place} for key, value, place in rows]
        shown = {"file": name, "settings": str(settings.path) if settings.path else None, "keys": listed}
        out(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
        return
    out(f"{settings.path or 'no cleaner.toml, and no [tool.cleaner] in a pyproject.toml, at or above'}\n")
    out(aligned([("  " + key, json.dumps(value, ensure_ascii=False), place) for key, value, place in rows]))


def _rows(settings: Settings, path: Path) -> list[tuple[str, Any, str]]:
    config = settings.config
    rows: list[tuple[str, Any, str]] = []
    others = {"output": settings.output or "front-matter", "keep-removals": settings.keep_removals}
    for key in KEYS:
        if key == PER_FILE:
            fits = settings.ignores(path) if path.is_file() else settings.per_file
            rows += [(f"{key} {e.pattern}", list(e.names), f"{settings.path}:{e.line}") for e in fits]
            continue
        value = others[key] if key in others else getattr(config, key.replace("-", "_"))
        place = settings.place(key) if key in settings.lines else DEFAULT
        rows.append((key, list(value) if isinstance(value, tuple) else value, place))
    return rows


def _own(path: Path) -> list[tuple[str, Any, str]]:
    """What the file says of itself in its front matter."""
    if not path.is_file():
        return []
    from cleaner.read import Source, inputs

    read = next(iter(inputs(Source(path, path.name))), None)
    if not isinstance(read, Document) or read.origin.is_record or KEY not in read.metadata:
        return []
    return [(KEY, read.metadata[KEY], f"{path}: {HEADER}")]
