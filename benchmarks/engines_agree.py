"""Cleans the same JSON lines in every way there is, and says whether all give the same, and how long each took.

    python benchmarks/engines_agree.py TEXTS.jsonl[.gz] [PAGES.jsonl] [--limit 10000]
        [--engines cli datatrove hf spark ray]

Each record needs an `id` of its own and a `text`, or each an `html`. What `cleaner.Cleaner` gives in one process is
the measure; compared are body, metadata, removals and status of every document. Exit code 1 if any differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

from cleaner import Cleaner, Document, Metadata
from cleaner.read.formats.columns import stated

Results = dict[str, dict[str, Any]]  # by id
WORKERS = 2
FIELDS = [field.name for field in fields(Metadata) if field.name != "extra"]  # what is beyond passes through


def result(row: Mapping[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared of a cleaned row; a field that is left out is as good as one that is unknown."""
    known = stated(metadata)  # columns hold mappings as JSON
    return {
        "text": row["text"],
        "metadata": {name: known[name] for name in FIELDS if known.get(name) not in (None, [], {}, "")},
        "removals": [dict(removal) for removal in row["removals"]],
        "status": row["status"],
    }


def through_python(file: Path) -> Results:
    """`Cleaner.clean_many` in this process: the measure of the others."""
    from cleaner.emit import record
    from cleaner.read import inputs

    docs = [doc for doc in inputs(file) if isinstance(doc, Document)]
    records = map(record, Cleaner().clean_many(docs))
    return {row["id"]: result(row, row["metadata"]) for row in records}


def through_cli(file: Path) -> Results:
    """`cleaner clean`."""
    command = [sys.executable, "-m", "cleaner", "clean", str(file)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603
    rows = (json.loads(line) for line in done.stdout.splitlines())
    return {row["id"]: result(row, row["metadata"]) for row in rows}


def through_datatrove(file: Path) -> Results:
    """JSON lines to Parquet through a `LocalPipelineExecutor`, several tasks."""
    import pyarrow.parquet
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader

    from cleaner.integrations.datatrove import ArticleCleaner, parquet_writer

    folder = file.parent / "datatrove"
    parts = _split(file, folder / "in")
    key = _key(file)
    steps = [JsonlReader(str(parts), text_key=key), ArticleCleaner(kind=key), parquet_writer(str(folder / "out"))]
    LocalPipelineExecutor(steps, tasks=WORKERS, workers=WORKERS, logging_dir=str(folder / "logs")).run()
    # read by pyarrow: datatrove's own reader leaves out documents without text, and some have none left
    rows = pyarrow.parquet.read_table(folder / "out").to_pylist()
    return {row["id"]: result(row, row["metadata"]) for row in rows}


def through_spark(file: Path) -> Results:
    """A DataFrame of several partitions on a local Spark."""
    from pyspark.sql import SparkSession

    from cleaner.integrations.spark import clean_dataframe

    builder = SparkSession.builder.master(f"local[{WORKERS}]").config("spark.ui.enabled", "false")
    df = builder.getOrCreate().read.json(str(file)).repartition(2 * WORKERS)
    rows = clean_dataframe(df, **_options(file, df.columns)).toArrow().to_pylist()
    return {row["id"]: result(row, row["metadata"]) for row in rows}


def through_ray(file: Path) -> Results:
    """Arrow batches through actors on a local Ray."""
    import pyarrow.json
    import ray

    from cleaner.integrations.ray import ArticleCleaner

    ray.init(num_cpus=WORKERS + 1, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    table = pyarrow.json.read_json(file, pyarrow.json.ReadOptions(block_size=2**27))
    dataset = ray.data.from_arrow(table).repartition(4 * WORKERS)
    cleaned = dataset.map_batches(
        ArticleCleaner,
        fn_constructor_kwargs=_options(file, table.column_names),
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=WORKERS),
    )
    return {row["id"]: result(row, row["metadata"]) for row in cleaned.take_all()}


def through_hf(file: Path) -> Results:
    """`Dataset.map`."""
    from datasets import Dataset

    from cleaner.integrations.hf import clean_batch

    dataset = Dataset.from_json(str(file), cache_dir=str(file.parent / "hf"))
    cleaned = dataset.map(clean_batch, batched=True, fn_kwargs=_options(file, dataset.column_names))
    return {row["id"]: result(row, row["metadata"]) for row in cleaned}


# In this order, because the first ones fork, which a process that Ray is connected to should not do.
ENGINES: Mapping[str, Callable[[Path], Results]] = {
    "cli": through_cli,
    "datatrove": through_datatrove,
    "hf": through_hf,
    "spark": through_spark,
    "ray": through_ray,
}


def differences(measure: Results, found: Results) -> list[str]:
    """A line for each document that differs: its id, and in what."""
    lines = [f"{id}: missing" for id in measure.keys() - found.keys()]
    lines += [f"{id}: not asked for" for id in found.keys() - measure.keys()]
    for id in measure.keys() & found.keys():
        names = [name for name, value in measure[id].items() if found[id][name] != value]
        lines += [f"{id}: {', '.join(names)}"] if names else []
    return sorted(lines)


def take(texts: Path, limit: int, folder: Path) -> Path:
    """The first records that have an id and a text (or a page, if the first has one), as a file of their own."""
    folder.mkdir()
    target = folder / "texts.jsonl"
    with (gzip.open if texts.suffix == ".gz" else open)(texts, "rt", encoding="utf-8") as lines:
        target.write_text("".join(islice(_whole(lines), limit)), encoding="utf-8")
    return target


def _whole(lines: Iterable[str]) -> Iterator[str]:
    key = ""
    for line in lines:
        record = json.loads(line) if line.strip() else {}
        key = key or ("text" if record.get("text") else "html")
        if record.get("id") and record.get(key):
            yield line


def _key(file: Path) -> str:
    """The key that holds the documents: it also says whether they are texts or pages."""
    with file.open(encoding="utf-8") as lines:
        return "text" if "text" in json.loads(next(lines)) else "html"


def _options(file: Path, columns: Iterable[str]) -> dict[str, Any]:
    key = _key(file)
    return {"text_col": key, "kind": key, "url_col": "url" if "url" in columns else None}


def _split(file: Path, folder: Path) -> Path:
    """The lines dealt out to one file for each worker."""
    folder.mkdir(parents=True)
    lines = file.read_text(encoding="utf-8").split("\n")
    for number in range(WORKERS):
        (folder / f"{number}.jsonl").write_text("\n".join(lines[number::WORKERS]) + "\n", encoding="utf-8")
    return folder


def main() -> int:
    """Runs all engines one after the other and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=10_000, help="documents, from the start of each file")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    given = parser.parse_args()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    worst = 0
    with tempfile.TemporaryDirectory() as name:
        files = [take(file, given.limit, Path(name) / str(number)) for number, file in enumerate(given.files)]
        measures = [_timed("python", through_python, file) for file in files]
        for engine in (engine for engine in ENGINES if engine in given.engines):
            for file, measure in zip(files, measures, strict=True):
                lines = differences(measure, _timed(engine, ENGINES[engine], file))
                print(f"{engine:10} {f'{len(lines)} DIFFER' if lines else 'all the same'}", flush=True)
                for line in lines[:10]:
                    print(f"    {line}")
                worst = max(worst, bool(lines))
    return worst


def _timed(engine: str, run: Callable[[Path], Results], file: Path) -> Results:
    begin = time.perf_counter()
    found = run(file)
    print(f"{engine:10} {len(found):6} documents {time.perf_counter() - begin:8.1f} s", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
