"""SARIF 2.1.0, the format that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cleaner.cli.formats import Printer, from_root, split_place
from cleaner.cli.locate import Located
from cleaner.cli.terminal import out, say
from cleaner.data import Failure
from cleaner.detect import HEURISTICS
from cleaner.emit.records import escaped
from cleaner.ruleset import Ruleset
from cleaner.version import __version__

_PAGE: Mapping[str, Any] = {
    "startLine": 1,
    "startColumn": 1,
    "endLine": 1,
    "endColumn": 1,
}  # where in a page's source is not known
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 25_000  # of a run that GitHub takes; of more it takes none
PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}  # by a rule's confidence


class Sarif(Printer):
    """One log with one run: the rules that fired, a result for each removal, a notification for each failure."""

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        super().__init__(rulesets)
        self._results: list[dict[str, Any]] = []
        self._indexes: dict[str, int] = {}
        self._seen = Counter[str]()

    def found(self, found: Located) -> None:
        removal, place = found.removal, found.place
        text, region = f"{self.message(found)} {removal.text}", _PAGE
        if found.in_file:
            text = self.message(found)
            region = {
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
                "message": {"text": text},
                "locations": [{"physicalLocation": _location(place.path, region)}],
                "partialFingerprints": {"removedText/v1": self._fingerprint(found)},
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

    def _fingerprint(self, found: Located) -> str:
        """What tells a finding from others when lines move: file, record, removed text, and how often it came before.

        GitHub's own, of the lines, is made by its upload action.
        """
        name = "\0".join([_uri(found.place.path), found.id if found.is_record else "", found.removal.text])
        digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"

    def end(self, failures: Sequence[Failure]) -> None:
        if len(self._results) > MAX_RESULTS:
            mend = "mend: check a part, or accept what is there with --write-baseline"
            say(f"cleaner: {len(self._results):,} findings; GitHub takes {MAX_RESULTS:,} a log; {mend}")
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
                "tags": [rule.category],
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
    return {
        "level": "error",
        "message": {"text": failure.reason},
        "locations": [{"physicalLocation": _location(path, {"startLine": line} if line else {})}],
    }


def _location(path: str, region: Mapping[str, Any]) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(path)}, **({"region": region} if region else {})}


def _uri(path: str) -> str:
    """A relative reference where the file is in the repository, whatever the path's form; else a file URI."""
    below = from_root(path)
    if below:
        return quote(below.as_posix(), safe="/", errors="surrogateescape")
    return Path(os.path.abspath(path)).as_uri()
