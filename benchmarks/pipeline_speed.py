"""What the way around the cleaning costs: files, records, processes.

    python benchmarks/pipeline_speed.py TEXTS.jsonl.gz [--megabytes 200] [--rounds 3] [--folder DIR]

TEXTS are JSON lines with `text`; a file of the size wanted is made of them, repeated under new ids. Compared, in turns
so that what else the machine does falls on all alike:

    alone       `Cleaner.clean_many` over the documents in memory, in one process
    one         `cleaner clean FILE -o OUT --workers 1`
    two         the same with --workers 2

Prints megabytes of JSON lines a second (wall clock), the ratio of two to one, and what one costs over alone; that one
also in seconds of processor time, which other load on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ALONE = """
import json, sys, time
from cleaner import Cleaner, Document
documents = [Document(row["id"], row["text"], url=row.get("url")) for row in map(json.loads, open(sys.argv[1], "rb"))]
cleaner = Cleaner()
cleaner.clean(documents[0].text)
wall, processor = time.perf_counter(), time.process_time()
for article in cleaner.clean_many(documents):
    pass
print(time.perf_counter() - wall, time.process_time() - processor)
"""


def texts(path: Path) -> list[dict[str, str]]:
    """The rows of a file, with nothing but what a corpus has."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return [{"text": row["text"], "url": row.get("url")} for row in map(json.loads, file)]


def lines(rows: list[dict[str, str]], size: int) -> Iterator[bytes]:
    """JSON lines of at least `size` bytes together."""
    number = 0
    while size > 0:
        row = {"id": f"d{number}", **rows[number % len(rows)]}
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        size -= len(line)
        number += 1
        yield line


def alone(file: Path) -> tuple[float, float]:
    """Wall clock and processor seconds of cleaning without anything around it."""
    command = [sys.executable, "-c", ALONE, str(file)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  # our own command
    wall, processor = map(float, done.stdout.split())
    return wall, processor


def command(file: Path, workers: int) -> tuple[float, float]:
    """Wall clock and processor seconds of a run, its start included."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    out = file.with_name("out.jsonl")
    arguments = ["-m", "cleaner", "clean", str(file), "-o", str(out), "--workers", str(workers), "-q"]
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603  # our own command
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    out.unlink()
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        file = Path(folder, "in.jsonl")
        with file.open("wb") as out:
            out.writelines(lines(texts(given.texts), int(given.megabytes * 1e6)))
        size = file.stat().st_size / 1e6
        ways = {"alone": lambda: alone(file), "one": lambda: command(file, 1), "two": lambda: command(file, 2)}
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(given.rounds):
            for name, way in ways.items():
                taken[name].append(way())
        load = os.getloadavg()
    wall = {name: median(seconds for seconds, _ in found) for name, found in taken.items()}
    processor = {name: median(seconds for _, seconds in found) for name, found in taken.items()}
    print(f"{size:.0f} MB, median of {given.rounds}; load {load[0]:.1f} on {os.cpu_count()} cores")
    for name in ways:
        print(f"{name:6} {size / wall[name]:6.2f} MB/s  {wall[name]:7.1f} s  {processor[name]:7.1f} s of processor")
    ratio = median(one[0] / two[0] for one, two in zip(taken["one"], taken["two"], strict=True))
    print(f"two over one: {ratio:.2f} times the throughput")
    over = processor["one"] / processor["alone"] - 1
    print(f"one over alone: {wall['one'] / wall['alone'] - 1:+.1%} wall clock, {over:+.1%} processor")


if __name__ == "__main__":
    main()
