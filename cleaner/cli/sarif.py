"""SARIF 2.1.0, the format that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cleaner.cli.formats import Printer, split_place
from cleaner.cli.locate import Located
from cleaner.cli.terminal import out
from cleaner.data import Failure
from cleaner.detect import HEURISTICS
from cleaner.emit.records import escaped
from cleaner.ruleset import Ruleset
from cleaner.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}  # by a rule's confidence


class Sarif(Printer):
    """One log with one run: the rules that fired, a result for each removal, a notification for each failure."""

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        super().__init__(rulesets)
        self._results: list[dict[str, Any]] = []
        self._indexes: dict[str, int] = {}

    def found(self, found: Located) -> None:
        removal, place = found.removal, found.place
        location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path)}}
        if found.in_file:
            location["region"] = {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
                "snippet": {"text": removal.text},
            }
        self._results.append(
            {
                "ruleId": removal.rule,
                "ruleIndex": self._indexes.setdefault(removal.rule, len(self._indexes)),
                "level": "warning",
                "message": {"text": self.message(found)},
                "locations": [{"physicalLocation": location}],
                "properties": {
                    "category": removal.category,
                    "evidence": removal.evidence,
                    "alsoMatched": list(removal.also_matched),
                    "record": found.id,
                    "start": removal.start,
                    "end": removal.end,
                },
            }
        )

    def end(self, failures: Sequence[Failure]) -> None:
        driver = {
            "name": "cleaner",
            "semanticVersion": __version__,
            "properties": {"ruleset": self.version},
            "rules": [self._rule(name) for name in self._indexes],
        }
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {"executionSuccessful": not failures, "toolExecutionNotifications": [_notice(f) for f in failures]}
            ],
            "results": self._results,
        }
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
        out(escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n")

    def _rule(self, name: str) -> dict[str, Any]:
        rule = self.about(name)
        if rule is None:
            category, message, _ = HEURISTICS[name]
            properties: dict[str, Any] = {"category": category, "tags": [category]}
        else:
            message = rule.message
            properties = {
                "category": rule.category,
                "tags": list(dict.fromkeys([rule.category, *rule.langs])),
                "action": rule.action,
                "confidence": rule.confidence,
                "precision": PRECISION[rule.confidence],
                "languages": list(rule.langs),
                "source": f"{rule.path}:{rule.line}",
            }
        text = {"text": message}
        return {
            "id": name,
            "name": "".join(part.capitalize() for part in name.split("-")),
            "shortDescription": text,
            "fullDescription": text,
            "help": {"text": f"{message} See it with: cleaner rules show {name}"},
            "defaultConfiguration": {"level": "warning"},
            "properties": properties,
        }


def _notice(failure: Failure) -> dict[str, Any]:
    path, line = split_place(failure.place)
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    if line:
        location["region"] = {"startLine": line}
    return {
        "level": "error",
        "message": {"text": failure.reason},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: str) -> str:
    """A relative reference for a relative path, a file URI for another."""
    pure = Path(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), safe="/", errors="surrogateescape")
