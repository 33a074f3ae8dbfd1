"""The quality gate: what cleaning does to the golden documents may get better, and never worse.

`fixtures/quality_floors.toml` holds a floor for each figure. A figure below its floor is a failure; one that lies
above it by more than `SLACK` asks for the floor to be raised, so that what was gained is not lost unseen.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from cleaner.measure import Gold, Measurement, Report
from cleaner.pipeline import Cleaner
from cleaner.read import inputs

FIXTURES = Path(__file__).parent / "fixtures"
FLOORS = FIXTURES / "quality_floors.toml"
SLACK = 0.005  # by how much a figure (0 to 1) may lie above its floor
STEP = 1000  # floors are thousandths


def gold(path: Path) -> Gold:
    """What a careful editor made of the document."""
    wanted = json.loads(path.read_text(encoding="utf-8"))
    known = wanted["metadata"]
    return Gold(
        body="\n".join(wanted["body"]),
        title=known["title"],
        authors=tuple(known["authors"]),
        agencies=tuple(known["agencies"]),
        date=known["date"],
        publisher=known["publisher"],
    )


@pytest.fixture(scope="module")
def report(cleaner: Cleaner) -> Report:
    measured = Measurement()
    for path in sorted((FIXTURES / "golden").glob("*.json")):
        (document,) = inputs(path.with_suffix(".txt"))
        measured.add(document.text, cleaner.clean_document(document), gold(path))
    return measured.report()


def figures(report: Report) -> dict[str, float]:
    """The figures that have floors, 0 to 1."""
    total = report.total
    noise, body = (sum(getattr(rule, name) for rule in report.rules) for name in ("noise_lines", "body_lines"))
    assert total.tokens_kept is not None
    assert total.noise_removed is not None
    return {
        "body_recall": total.tokens_kept,
        "body_precision": total.cleaned.precision,
        "body_exact": total.cleaned.exact,
        "noise_removed": total.noise_removed,
        "removal_precision": noise / (noise + body),
        **{name: field.right for name, field in total.fields.items()},
    }


def problems(found: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """What the gate says, a line for each figure that is not where it should be; the mend is a line of the file."""
    said = []
    for name in sorted({*found, *floors}):
        if name not in floors or name not in found:
            said.append(f"{name}: stands only in {'the figures' if name in found else FLOORS.name}")
        elif found[name] < floors[name]:
            said.append(f"{name}: {found[name]:.4f} is below its floor {floors[name]}: something got worse")
        elif found[name] > floors[name] + SLACK:
            raised = math.floor(found[name] * STEP) / STEP
            said.append(f"{name}: {found[name]:.4f} is above its floor: raise it: {name} = {raised}")
    return said


def test_cleaning_is_as_good_as_it_was(report: Report) -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    lost = [f"{line.id}: {line.rule} took {line.text!r}" for line in report.lost]
    said = problems(figures(report), floors)
    assert not said, "\n".join([f"tests/fixtures/{FLOORS.name}:", *said, "body lines lost:", *lost])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (0.9, ""),
        (0.905, ""),
        (0.9061, "raise it: title = 0.906"),
        (1.0, "raise it: title = 1.0"),
        (0.8999, "below its floor 0.9: something got worse"),
    ],
)
def test_floors_only_go_up(found: float, said: str) -> None:
    assert said in "".join(problems({"title": found}, {"title": 0.9}))
    assert bool(said) == bool(problems({"title": found}, {"title": 0.9}))


def test_every_figure_has_a_floor() -> None:
    assert problems({"title": 1.0}, {"date": 1.0}) == [
        "date: stands only in quality_floors.toml", "title: stands only in the figures",
    ]  # fmt: skip
