"""What a hook costs over one article, against the imports that its libraries alone take.

    python benchmarks/hook_time.py --runs 15

Runs whole processes in turn: `cleaner check` and `cleaner clean --in-place --hook`, each over a file of 5 KB without
noise and one with, and `python -c "import typer, rich, regex"`. Bytecode is written and the rules' cache is warm.
Prints the least and the median of each in milliseconds of wall and of processor time, and as a multiple of the imports.
On a machine where others work, the processor's times tell more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

IMPORTS = [sys.executable, "-c", "import typer, rich, regex"]
CLEANER = [sys.executable, "-m", "cleaner"]
PARAGRAPH = "The {} of the harbour was closed on Friday because the storm had damaged the {}, said a man from the {}."
WORDS = "ferry bridge market tower library orchard school mill chapel pier lamp clock".split()
SIZE = 5_000  # characters
NOISE = "\n\nSubscribe to our newsletter\n\nShare this article\n"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="of each command; the first of all is not counted")
    runs = parser.parse_args().runs
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        times = measured(Path(folder), runs, env)
    least = [min(found) for found in times["imports"]]
    middle = [median(found) for found in times["imports"]]
    for name, found in times.items():
        shown = [
            f"{kind} {min(each) * 1e3:4.0f} ms ({min(each) / one:.2f}), median {median(each) * 1e3:4.0f} ms"
            f" ({median(each) / mid:.2f})"
            for kind, each, one, mid in zip(("wall", "processor"), found, least, middle, strict=True)
        ]
        print(f"{name:12}", "; ".join(shown))


def measured(folder: Path, runs: int, env: Mapping[str, str]) -> dict[str, tuple[list[float], list[float]]]:
    """Seconds of wall and of processor time, by command."""
    body = article()
    times: dict[str, tuple[list[float], list[float]]] = {}
    for number in range(runs + 1):
        (folder / "clean.txt").write_text(body, encoding="utf-8")
        (folder / "noisy.txt").write_text(body + NOISE, encoding="utf-8")
        commands = {"imports": IMPORTS}
        for name, command in (("check", ["check"]), ("hook", ["clean", "--in-place", "--hook"])):
            for file in ("clean", "noisy"):
                commands[f"{name} {file}"] = [*CLEANER, *command, "--", f"{file}.txt"]
        for name, command in commands.items():
            wall, processor = times.setdefault(name, ([], []))
            start = time.perf_counter()
            with subprocess.Popen(  # noqa: S603  # our own commands
                command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as process:
                used = os.wait4(process.pid, 0)[2]
                process.returncode = 0
            if number:
                wall.append(time.perf_counter() - start)
                processor.append(used.ru_utime + used.ru_stime)
    return times


def article() -> str:
    """A made-up article of 5 KB, four sentences a paragraph."""
    paragraphs: list[str] = []
    number = 0
    while sum(map(len, paragraphs)) < SIZE:
        sentences = []
        for _ in range(4):
            number += 1
            sentences.append(PARAGRAPH.format(*(WORDS[number * step % len(WORDS)] for step in (1, 5, 7))))
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


if __name__ == "__main__":
    main()
