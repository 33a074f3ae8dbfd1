"""The registry of heuristics, and the page that they look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from samples import HARBOUR

from cleaner import detect
from cleaner.detect import HEURISTICS


def test_every_heuristic_is_registered_described_and_tested() -> None:
    folder = Path(detect.__file__).parent
    helpers = {
        "__init__",
        "page",
        "rule_matches",
        "article",
        "ending_features",
        "lexicon",
        "line_features",
        "page_features",
        "selected",
        "shape",
        "trees",
    }
    modules = {path.stem for path in folder.glob("*.py")} - helpers

    assert len(HEURISTICS) == len(modules)
    assert all(name.startswith("heuristic-") and message.endswith(".") for name, (_, message, _) in HEURISTICS.items())
    assert {f"test_{name}" for name in modules} <= {path.stem for path in Path(__file__).parent.glob("test_*.py")}


def test_a_heuristic_that_is_switched_off_finds_nothing(page: Callable[..., Any]) -> None:
    lines = ["Barge blocks Skelmouth harbour for second day", *HARBOUR]

    on = detect.detect(page(*lines))
    off = detect.detect(page(*lines, allows=lambda name, category: name != "heuristic-title-line"))

    assert {finding.source for finding in on} == {"heuristic-title-line"}
    assert off == []


def test_the_core_runs_from_the_first_to_the_last_paragraph(page: Callable[..., Any]) -> None:
    made = page("A title of sorts", HARBOUR[0], "A subheading", HARBOUR[1], "A short line", "Please enable the player")

    assert made.core == range(1, 4)
    assert made.dropped == {5}
    assert page("Short", "lines").core == range(0)


def test_a_paragraph_does_not_witness_for_itself(page: Callable[..., Any]) -> None:
    made = page(*HARBOUR)

    shared, total = made.shared(3)

    assert 0 < shared < total
