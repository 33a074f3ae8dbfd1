"""Peak memory of a run, all its processes together (Linux: from /proc).

    python benchmarks/pipeline_memory.py TEXTS.jsonl.gz [--megabytes 200 400] [--workers 2] [--fast] [--folder DIR]

Files of these sizes are made of TEXTS (JSON lines with `text`), cleaned with `cleaner clean FILE -o OUT`, and the
memory of the parent and its workers is sampled every 50 ms. It is counted twice: as the sum of resident sizes (RSS:
pages that processes share count in each), and as the sum of proportional sizes (PSS: they are divided).

--fast puts a stand-in for the cleaning in place that returns each text as it is, so that files of many gigabytes go the
same way (reading, chunks, processes, shards, joining) in minutes.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pipeline_speed import lines, texts

RUN = """
import sys
from cleaner.pipeline import Cleaner
if sys.argv.pop(1) == "fast":
    from cleaner.data import Article, Metadata
    def fast(self, doc):
        return Article(doc.id, doc.text, Metadata(), [], "ok", self.ruleset.version, extra=doc.extra)
    Cleaner.clean_document = fast
from cleaner.__main__ import main
main()
"""


def family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pid: int, key: str) -> float:
    """Megabytes of one process."""
    try:
        found = re.search(rf"^{key}:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1000 if found else 0.0


def peak(file: Path, workers: int, *, fast: bool) -> tuple[float, float, float]:
    """Peak RSS and PSS in megabytes, and the seconds of a run."""
    out = file.with_name("out.jsonl")
    arguments = ["clean", str(file), "-o", str(out), "--workers", str(workers), "-q"]
    start = time.perf_counter()
    run = subprocess.Popen([sys.executable, "-c", RUN, "fast" if fast else "whole", *arguments])  # noqa: S603  # our own command
    resident = proportional = 0.0
    while run.poll() is None:
        pids = family(run.pid)
        resident = max(resident, sum(memory(pid, "Rss") for pid in pids))
        proportional = max(proportional, sum(memory(pid, "Pss") for pid in pids))
        time.sleep(0.05)
    if run.returncode:
        raise SystemExit(f"the run ended with {run.returncode}")
    out.unlink()
    return resident, proportional, time.perf_counter() - start


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[200, 400])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    rows = texts(given.texts)
    for megabytes in given.megabytes:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            file = Path(folder, "in.jsonl")
            with file.open("wb") as out:
                out.writelines(lines(rows, int(megabytes * 1e6)))
            resident, proportional, seconds = peak(file, given.workers, fast=given.fast)
        print(
            f"{megabytes:.0f} MB, {given.workers} workers{', stand-in' if given.fast else ''}: "
            f"peak {resident:.0f} MB resident, {proportional:.0f} MB proportional; {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
