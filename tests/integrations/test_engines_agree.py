"""The same 200 documents through every engine: body, metadata, removals and status are the same."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from made_up import documents

MODULES = {"cli": "cleaner", "datatrove": "datatrove", "spark": "pyspark", "ray": "ray", "hf": "datasets"}


Measured = tuple[Path, Any]  # the file, and what the cleaner gives for it by id


@pytest.fixture(scope="module", params=["text", "html"])
def measured(
    request: pytest.FixtureRequest, agreement: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Measured:
    """160 texts, and 40 pages, as JSON lines; and what the cleaner gives for them."""
    file = tmp_path_factory.mktemp(request.param) / "texts.jsonl"
    docs = documents(160 if request.param == "text" else 40, request.param)
    file.write_text("".join(json.dumps(doc, ensure_ascii=False) + "\n" for doc in docs), encoding="utf-8")
    return file, agreement.through_python(file)


def test_the_documents_are_worth_comparing(measured: Measured) -> None:
    _, measure = measured
    fields = {name for row in measure.values() for name in row["metadata"]}
    assert len(measure) in (160, 40)
    assert sum(bool(row["removals"]) for row in measure.values()) > len(measure) / 2
    assert {"title", "authors", "agencies", "language", "url"} <= fields


@pytest.mark.parametrize("engine", MODULES)
def test_an_engine_gives_what_the_cleaner_gives(
    engine: str, agreement: ModuleType, measured: Measured, request: pytest.FixtureRequest
) -> None:
    pytest.importorskip(MODULES[engine])
    if engine in ("spark", "ray"):
        request.getfixturevalue(engine)
    file, measure = measured

    found = agreement.ENGINES[engine](file)

    assert agreement.differences(measure, found) == []


def test_a_difference_would_be_seen(agreement: ModuleType, measured: Measured) -> None:
    _, measure = measured
    first, second, *_ = measure
    other = {id: dict(row) for id, row in measure.items() if id != first}
    other[second]["text"] += "."
    other["more"] = other[second]

    assert agreement.differences(measure, other) == sorted(
        [f"{first}: missing", f"{second}: text", "more: not asked for"]
    )
