"""Made-up articles in any number, short so that tests are quick, and `cleaner` as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PLACES = ("Orrin Bay", "Skelmouth", "Velmora", "Unterkirch", "Villaluz")
TAILS = ("", "Share this article", "Subscribe to our newsletter", "ep/ta (AP, dpa)")


def article(n: int) -> str:
    """A text of two sentences with or without noise, unlike its neighbours."""
    place, tail = PLACES[n % len(PLACES)], TAILS[n % len(TAILS)]
    body = f"Ferry number {n} to {place} sailed at dawn, said the harbour master. {n * 7 % 97} people were aboard."
    return f"{body}\n\n{tail}" if tail else body


def rows(count: int) -> Iterator[dict[str, Any]]:
    return ({"id": f"r{n}", "text": article(n), "n": n} for n in range(count))


def write(path: Path, count: int) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(count)), encoding="utf-8")
    return path


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def cleaner(*arguments: object, cwd: Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cleaner", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, check=False, **more)


def program(code: str, cwd: Path, timeout: float = 120) -> subprocess.CompletedProcess[bytes]:
    """Runs a program of ours, which may change what a document does."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=environment(), capture_output=True, check=False, timeout=timeout
    )


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
