"""The output formats of `cleaner check`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cleaner.cli.choices import Format
from cleaner.cli.locate import Located
from cleaner.cli.terminal import one_line, out
from cleaner.data import Failure
from cleaner.detect import HEURISTICS
from cleaner.read import STDIN
from cleaner.ruleset import Rule, Ruleset


class Printer:
    """Prints findings as they come; formats that are one document print at the end."""

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        self._rulesets = rulesets
        self._about: dict[str, Rule | None] = {}
        self.version = ", ".join(dict.fromkeys(rules.version for rules in rulesets))

    def found(self, found: Located) -> None:
        raise NotImplementedError

    def end(self, failures: Sequence[Failure]) -> None:
        """Prints what comes after the last finding."""

    def about(self, name: str) -> Rule | None:
        """The rule of an id; None for a heuristic's."""
        if name not in self._about:
            found = (rules.rule(name) for rules in self._rulesets if name not in HEURISTICS)
            self._about[name] = next(filter(None, found), None)
        return self._about[name]

    def message(self, found: Located) -> str:
        """What the rule or heuristic says, with the heuristic's evidence."""
        name, evidence = found.removal.rule, found.removal.evidence
        rule = self.about(name)
        if rule:
            return rule.message
        said = HEURISTICS[name][1] if name in HEURISTICS else evidence
        return f"{said.rstrip('.')} ({evidence})" if evidence and evidence != said else said


class Concise(Printer):
    """`path:line:column: rule-id message`."""

    def found(self, found: Located) -> None:
        place = found.place
        said = f"{place.path}:{place.line}:{place.column}: {found.removal.rule} {self.message(found)}"
        out(one_line(said) + "\n")


class Full(Concise):
    """The same, and below it the removed text and the evidence."""

    def found(self, found: Located) -> None:
        super().found(found)
        removal = found.removal
        for line in removal.text.replace("\r\n", "\n").split("\n"):
            out(f"    | {one_line(line)}\n")
        out(f"    = category: {one_line(removal.category)}\n")
        if removal.evidence:
            out(f"    = evidence: {one_line(removal.evidence)}\n")
        if removal.also_matched:
            out(f"    = also matched: {', '.join(removal.also_matched)}\n")
        out("\n")


class Json(Printer):
    """One object with `findings`, `errors` and `ruleset`."""

    def __init__(self, rulesets: Sequence[Ruleset]) -> None:
        super().__init__(rulesets)
        self._found: list[dict[str, Any]] = []

    def found(self, found: Located) -> None:
        removal = found.removal
        self._found.append(
            {
                **found.place._asdict(),
                "id": found.id,
                "rule": removal.rule,
                "category": removal.category,
                "message": self.message(found),
                "evidence": removal.evidence,
                "start": removal.start,
                "end": removal.end,
                "text": removal.text,
                "also_matched": list(removal.also_matched),
            }
        )

    def end(self, failures: Sequence[Failure]) -> None:
        import json

        from cleaner.emit.records import escaped

        errors = [{"id": failure.id, "place": failure.place, "reason": failure.reason} for failure in failures]
        document = {"ruleset": self.version, "findings": self._found, "errors": errors}
        out(escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n")


class GitHub(Printer):
    """Workflow commands, which become annotations of a pull request."""

    def found(self, found: Located) -> None:
        place, removal = found.place, found.removal
        where: dict[str, object] = {"file": _file(place.path)}
        if found.in_file:
            where |= {"line": place.line, "col": place.column, "endLine": place.end_line}
            if place.line == place.end_line:  # the runner drops columns that span lines
                where["endColumn"] = place.end_column
        where["title"] = f"cleaner ({removal.rule})"
        out(_command("warning", where, f"{self.message(found)}\n{removal.text}"))

    def end(self, failures: Sequence[Failure]) -> None:
        for failure in failures:
            path, line = split_place(failure.place)
            where: dict[str, object] = {"file": _file(path), **({"line": line} if line else {}), "title": "cleaner"}
            out(_command("error", where, failure.reason))


def split_place(place: str) -> tuple[str, int | None]:
    """A failure's path, and its line where it has one."""
    path, _, line = place.rpartition(":")
    return (path, int(line)) if path and line.isascii() and line.isdigit() else (place, None)


def from_root(path: str) -> Path | None:
    """A file's path from the root of the repository that the command is called in, or of the current folder.

    Services name files so, and do not follow links. None for a file elsewhere; standard input is in no folder.
    """
    if path == STDIN.name and not Path(path).exists():
        return Path(path)
    here = Path(os.path.realpath(os.curdir))
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    ways = (Path(os.path.realpath(path)), Path(os.path.abspath(path)))
    return next((way.relative_to(root) for way in ways if way.is_relative_to(root)), None)


def _file(path: str) -> str:
    return str(from_root(path) or path)


def _command(kind: str, properties: dict[str, object], message: str) -> str:
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """A message as the runner unescapes it; other control characters are spelled out."""
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(char, code)
    return one_line(text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def printer(format: Format, rulesets: Sequence[Ruleset]) -> Printer:
    """The printer of a format."""
    if format is Format.sarif:
        from cleaner.cli.sarif import Sarif

        return Sarif(rulesets)
    kinds: dict[Format, Callable[[Sequence[Ruleset]], Printer]] = {
        Format.concise: Concise,
        Format.full: Full,
        Format.json: Json,
        Format.github: GitHub,
    }
    return kinds[format](rulesets)
