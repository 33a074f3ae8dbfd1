"""What a run counts."""

from __future__ import annotations

from cleaner.cli.run.job import Facts
from cleaner.cli.run.tally import Tally, stats


def facts(engine: str | None) -> Facts:
    return Facts("a", "a.html", "ok", 100, 40, 2, False, (), (), 0.1, engine)


def test_pages_are_counted_by_engine_over_several_parts_of_a_run() -> None:
    whole, part = Tally(), Tally()
    for engine in ("fast", "careful", None):
        whole.cleaned(facts(engine), 200)
        part.cleaned(facts(engine), 200)
    whole.add(part.as_json())
    told = stats(whole, whole=True, workers=1, ruleset="r", version="v")
    assert told["documents"] == 6
    assert told["engines"] == {"careful": 2, "fast": 2}


def test_parts_of_a_run_from_before_engines_were_counted_are_added() -> None:
    tally = Tally()
    old = {name: value for name, value in Tally(documents=3).as_json().items() if name != "engines"}
    tally.add(old)
    assert (tally.documents, tally.engines) == (3, {})
