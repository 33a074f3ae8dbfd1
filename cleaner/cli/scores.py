"""The figures of `cleaner eval` as tables for people and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from cleaner.cli.tables import aligned
from cleaner.cli.terminal import has_colours, one_line, out
from cleaner.measure import GroupScore, Report
from cleaner.measure.figures import DocumentScore

RULES_SHOWN = 40  # rows of the table of rules; --json has all
LINES_SHOWN = 20  # rows of the tables of lines
DIGITS = 6  # of a share in JSON


@dataclass(frozen=True, slots=True)
class Shown:
    """How many examples are shown for each rule, and how many of the documents with the largest loss."""

    examples: int = 3
    worst: int = 5


class Table(NamedTuple):
    """A table; `numbers` are its columns that are set to the right."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: Sequence[int]
    note: str = ""


def show(report: Report, shown: Shown) -> None:
    """Prints all tables that have rows: in colours on a terminal, else aligned with blanks."""
    tables = [table for table in _tables(report, shown) if table.rows]
    if has_colours(sys.stdout):
        _coloured(tables)
        return
    plain = [f"-- {table.title}\n{aligned(_padded(table))}{table.note}" for table in tables]
    out("\n".join(plain))


def as_json(report: Report, by: Sequence[str], ruleset: str) -> str:
    """All figures as one JSON object; shares are 0 to 1, or null where there is nothing to share."""
    figures: dict[str, Any] = {
        "ruleset": ruleset,
        "documents": report.total.documents,
        "all": _group(report.total, ()),
        "groups": [_group(one, by) for one in report.groups],
    }
    for name in ("rules", "lost", "left", "worst"):
        figures[name] = [asdict(one) for one in getattr(report, name)]
    figures["scores"] = [_document(one, by) for one in report.documents]
    return json.dumps(_rounded(figures), ensure_ascii=False, indent=1) + "\n"


def _group(score: GroupScore, by: Sequence[str]) -> dict[str, Any]:
    return {**asdict(score), "group": dict(zip(by, score.group, strict=False))}


def _document(score: DocumentScore, by: Sequence[str]) -> dict[str, Any]:
    bodies = {name: getattr(score, name)._asdict() for name in ("cleaned", "given")}
    return {**asdict(score), **bodies, "group": dict(zip(by, score.group, strict=False))}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def _tables(report: Report, shown: Shown) -> Iterator[Table]:
    groups = [report.total, *report.groups]
    head = ("group", "documents", "body", "precision", "recall", "F1", "exact", "kept", "noise gone", "with loss")
    yield Table("body", head, [row for group in groups for row in _body_rows(group)], range(3, 10))
    rows = [
        (_name(group), name, f"{field.documents:,}", _share(field.right))
        for group in groups
        for name, field in group.fields.items()
    ]
    yield Table("metadata", ("group", "field", "known", "right"), rows, (2, 3))
    yield _rules(report)
    yield Table("removed body", ("rule", "tokens", "document", "text"), _damage(report, shown.examples), (1,))
    lost = [(f"{line.tokens:,}", line.rule, line.id, line.text) for line in report.lost[:LINES_SHOWN]]
    yield Table("body lines lost", ("tokens", "rule", "document", "text"), lost, (0,))
    left = [(f"{line.tokens:,}", f"{line.lines:,}", line.id, line.text) for line in report.left[:LINES_SHOWN]]
    yield Table("boilerplate lines left", ("tokens", "lines", "document", "text"), left, (0, 1))
    worst = [(f"{document.tokens:,}", document.id) for document in report.worst]
    yield Table("documents with the largest loss", ("tokens lost", "document"), worst, (0,))


def _body_rows(group: GroupScore) -> Iterator[tuple[str, ...]]:
    """Two rows: the body as the input had it, and as cleaning left it."""
    kept = (_share(group.tokens_kept), _share(group.noise_removed), _share(group.with_loss))
    for name, score, more in (("as given", group.given, ("", "", "")), ("cleaned", group.cleaned, kept)):
        figures = (score.precision, score.recall, score.f1, score.exact)
        yield _name(group), f"{group.documents:,}", name, *map(_share, figures), *more


def _rules(report: Report) -> Table:
    head = (
        "rule", "category", "removals", "noise lines", "noise tokens", "body lines", "body tokens", "precision",
    )  # fmt: skip
    rows = [
        (
            rule.rule,
            rule.category,
            *(
                f"{number:,}"
                for number in (rule.removals, rule.noise_lines, rule.noise_tokens, rule.body_lines, rule.body_tokens)
            ),
            _share(rule.precision),
        )
        for rule in report.rules[:RULES_SHOWN]
    ]
    more = len(report.rules) - len(rows)
    return Table("rules", head, rows, range(2, 8), f"and {more:,} more (--json has all)\n" if more else "")


def _damage(report: Report, examples: int) -> list[tuple[str, ...]]:
    return [
        (rule.rule, f"{example.tokens:,}", example.id, example.text)
        for rule in report.rules[:RULES_SHOWN]
        for example in rule.body_examples[:examples]
    ]


def _name(group: GroupScore) -> str:
    return " / ".join(group.group) or "all"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.4f}"


def _padded(table: Table) -> list[tuple[str, ...]]:
    """The rows under their head, the numbers set to the right."""
    rows = [table.head, *table.rows]
    widths = {n: max(len(row[n]) for row in rows) for n in table.numbers}
    return [tuple(cell.rjust(widths.get(n, 0)) for n, cell in enumerate(row)) for row in rows]


def _coloured(tables: Sequence[Table]) -> None:
    from rich import table as rich_table
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for table in tables:
        console.rule(Text(table.title))
        grid = rich_table.Table(box=None)
        for n, name in enumerate(table.head):
            grid.add_column(name, justify="right" if n in table.numbers else "left")
        for row in table.rows:
            grid.add_row(*(Text(one_line(cell)) for cell in row))
        console.print(grid)
        console.print(Text(table.note, style="yellow"))
