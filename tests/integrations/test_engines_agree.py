"""benchmarks/engines_agree.py: the same made-up documents through every engine that is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from made_up import documents

SCRIPT = Path(__file__).parent.parent.parent / "benchmarks" / "engines_agree.py"
MODULES = {"datatrove": "datatrove", "hf": "datasets", "spark": "pyspark", "ray": "ray"}
ENGINES = [engine for engine, module in MODULES.items() if find_spec(module)]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = spec_from_file_location("engines_agree", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """160 texts, and 40 pages, as JSON lines."""
    made = []
    for key, count in (("text", 160), ("html", 40)):
        made.append(tmp_path_factory.mktemp(key) / "docs.jsonl")
        lines = (json.dumps(doc, ensure_ascii=False) + "\n" for doc in documents(count, key))
        made[-1].write_text("".join(lines), encoding="utf-8")
    return made


def test_the_documents_are_worth_comparing(script: ModuleType, files: list[Path]) -> None:
    for file, count in zip(files, (160, 40), strict=True):
        measure = script.through_python(file)
        assert len(measure) == count
        assert sum(bool(row["removals"]) for row in measure.values()) > count / 2
        fields = {name for row in measure.values() for name in row["metadata"]}
        assert {"title", "authors", "agencies", "language", "url"} <= fields


def test_a_difference_is_seen(script: ModuleType, files: list[Path]) -> None:
    measure = script.through_python(files[1])
    first, second, *_ = measure
    other = {id: dict(row) for id, row in measure.items() if id != first}
    other[second]["text"] += "."
    other["more"] = other[second]

    assert script.differences(measure, measure) == []
    assert script.differences(measure, other) == sorted([f"{first}: missing", f"{second}: text", "more: not asked for"])


@pytest.mark.skipif(not ENGINES, reason="no engine is installed")
def test_all_engines_give_what_the_cleaner_gives(files: list[Path], java: None) -> None:
    """In a process of its own: engines fork, start threads and leave servers behind."""
    command = [sys.executable, str(SCRIPT), *map(str, files), "--engines", "cli", *ENGINES]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert done.stdout.count("all the same") == 2 * len(["cli", *ENGINES])
