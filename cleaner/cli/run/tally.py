"""What a run counts: documents, errors, removals by rule, statuses, the slowest documents."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cleaner.cli.run.job import Facts

SLOWEST = 10  # documents that are named


@dataclass(slots=True)
class Tally:
    """Counts that can be added up and kept as JSON. `rules` maps a rule to its category, removals and characters."""

    documents: int = 0
    errors: int = 0
    bytes: int = 0
    characters: int = 0
    removed: int = 0
    removals: int = 0
    noisy: int = 0
    empty: int = 0
    warned: int = 0
    seconds: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    engines: dict[str, int] = field(default_factory=dict)  # of pages
    rules: dict[str, list[Any]] = field(default_factory=dict)
    slowest: list[list[Any]] = field(default_factory=list)  # seconds, id, place, characters

    def cleaned(self, facts: Facts, size: int) -> None:
        self.documents += 1
        self.bytes += size
        self.characters += facts.characters
        self.removed += facts.removed
        self.removals += facts.removals
        self.noisy += bool(facts.removals)
        self.empty += facts.is_empty
        self.statuses[facts.status] = self.statuses.get(facts.status, 0) + 1
        if facts.engine:
            self.engines[facts.engine] = self.engines.get(facts.engine, 0) + 1
        for rule, category, count, characters in facts.rules:
            self._rule(rule, category, count, characters)
        self._slow([facts.seconds, facts.id, facts.place, facts.characters])

    def failed(self, size: int) -> None:
        self.errors += 1
        self.bytes += size

    def add(self, other: Mapping[str, Any]) -> None:
        """Adds what another tally, as `as_json` gives it, has counted."""
        for name, value in other.items():
            if name in ("statuses", "engines"):
                counts = getattr(self, name)
                for key, count in value.items():
                    counts[key] = counts.get(key, 0) + count
            elif name == "rules":
                for rule, (category, count, characters) in value.items():
                    self._rule(rule, category, count, characters)
            elif name == "slowest":
                for one in value:
                    self._slow(list(one))
            else:
                setattr(self, name, getattr(self, name) + value)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def _rule(self, rule: str, category: str, count: int, characters: int) -> None:
        counted = self.rules.setdefault(rule, [category, 0, 0])
        counted[1] += count
        counted[2] += characters

    def _slow(self, one: list[Any]) -> None:
        if len(self.slowest) < SLOWEST:
            heapq.heappush(self.slowest, one)
        elif one > self.slowest[0]:
            heapq.heapreplace(self.slowest, one)


def stats(tally: Tally, *, whole: bool, workers: int, ruleset: str, version: str) -> dict[str, Any]:
    """The content of `--stats`: rules and categories by removed characters, the slowest document first.

    `whole` is false for a run that ended early; then all is counted that was cleaned until then, kept or not.
    """
    by_size = sorted(tally.rules.items(), key=lambda item: (-item[1][2], item[0]))
    categories: dict[str, dict[str, int]] = {}
    for _, (category, count, characters) in by_size:
        counted = categories.setdefault(category, {"removals": 0, "characters": 0})
        counted["removals"] += count
        counted["characters"] += characters
    seconds = tally.seconds
    return {
        "whole": whole,
        "documents": tally.documents,
        "errors": tally.errors,
        "warnings": tally.warned,
        "bytes": tally.bytes,
        "characters": tally.characters,
        "removed_characters": tally.removed,
        "removed_share": round(tally.removed / tally.characters, 6) if tally.characters else 0.0,
        "removals": tally.removals,
        "documents_with_removals": tally.noisy,
        "documents_without_article": tally.empty,
        "seconds": round(seconds, 3),
        "megabytes_per_second": round(tally.bytes / 1e6 / seconds, 3) if seconds else 0.0,
        "workers": workers,
        "statuses": dict(sorted(tally.statuses.items(), key=lambda item: (-item[1], item[0]))),
        "engines": dict(sorted(tally.engines.items())),
        "rules": {
            rule: {"category": category, "removals": count, "characters": characters}
            for rule, (category, count, characters) in by_size
        },
        "categories": dict(sorted(categories.items(), key=lambda item: (-item[1]["characters"], item[0]))),
        "slowest": [
            {"id": id, "place": place, "seconds": round(took, 4), "characters": characters}
            for took, id, place, characters in sorted(tally.slowest, reverse=True)
        ],
        "ruleset": ruleset,
        "version": version,
    }
