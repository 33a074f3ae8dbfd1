"""`cleaner explain`: the text with every removal in its place, where the metadata came from, and a table of reasons."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from cleaner.cli.policy import Policy
from cleaner.cli.session import NOISE_OR_FAILED, Options, Report, articles, place
from cleaner.cli.tables import aligned
from cleaner.cli.terminal import has_colours, one_line, out, printable
from cleaner.data import Article, Document, Failure, Metadata, Removal
from cleaner.read import find
from cleaner.read.document import LINE_BREAK

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SIDE_BY_SIDE = 120  # columns of a terminal, from which on before and after stand side by side
REMOVED = "red strike"
HEAD = ("", "rule", "category", "evidence", "also matched")


class Part(NamedTuple):
    """A stretch of the input, and the number (from 1) of the removal that took it (0: it stays)."""

    text: str
    number: int = 0
    rule: str = ""


def run(source: str, id: str | None, options: Options) -> None:
    """Exits with 1 if the source, or a record of it, failed."""
    policy = Policy(options)
    show = _coloured if has_colours(sys.stdout) else _plain
    report, shown = Report(1, quiet=True, bar=False), 0
    for item in find([source]):
        for result in [item] if isinstance(item, Failure) else articles(item, policy.cleaner(item), options):
            if isinstance(result, Failure):
                report.failed(result)
            elif id is None or result[1].id == id:
                shown += 1
                show(*result, options)
                report.cleaned(*result)
    if id is not None and not shown and not report.errors:
        report.failed(Failure(id, source, f'no document with the id "{id}"; mend: leave --id out to see all'))
    if report.code:
        raise SystemExit(NOISE_OR_FAILED)


def parts(text: str, removals: Sequence[Removal]) -> Iterator[Part]:
    """The whole text, cut at the removals.

    >>> [part.text for part in parts("Ab cd", [Removal(3, 5, "cd", "x", "y")])]
    ['Ab ', 'cd']
    """
    at = 0
    for number, removal in enumerate(removals, 1):
        if removal.start > at:
            yield Part(text[at : removal.start])
        yield Part(text[removal.start : removal.end], number, removal.rule)
        at = removal.end
    if text[at:]:
        yield Part(text[at:])


def origins(doc: Document, article: Article, options: Options) -> list[tuple[str, str, str]]:
    """Field, value, and where the value came from as far as that is known; unknown fields are left out."""
    rows = []
    for name in [field.name for field in fields(Metadata) if field.name not in ("extra", "sources")]:
        value = getattr(article.metadata, name)
        if value:
            said = ", ".join(value) if isinstance(value, list) else str(value).lower() if value is True else str(value)
            rows.append((name, said, _origin(name, value, doc, article, options)))
    rows += [(name, str(value), "stated by the input") for name, value in article.metadata.extra.items()]
    return rows


def _origin(name: str, value: str | list[str], doc: Document, article: Article, options: Options) -> str:
    source = article.metadata.sources.get(name)
    if source:
        return f"stated by the page: {', '.join(source['from'])} ({source['confidence']:.0%})"
    if doc.metadata.get(name):
        return "stated by the input"
    if name == "language":
        if options.language:
            return "--language"
        return "stated by the input" if doc.language else "recognised in the text"
    if name == "url":
        return "stated by the input"
    wanted = value if isinstance(value, list) else [value]
    for number, removal in enumerate(article.removals, 1):
        if any(part in removal.text for part in wanted):
            return f"read from removal {number}"
    return "read in the text"


def _rows(article: Article) -> list[tuple[str, ...]]:
    return [
        (str(number), removal.rule, removal.category, removal.evidence, ", ".join(removal.also_matched))
        for number, removal in enumerate(article.removals, 1)
    ]


def _head(doc: Document, article: Article) -> str:
    name = place(doc) if place(doc) == article.id or not doc.origin.is_record else f"{place(doc)} ({article.id})"
    return f"{one_line(name)}: status {article.status}, rules {article.ruleset}"


def _plain(doc: Document, article: Article, options: Options) -> None:
    """Removed text stands in `[-…-]`, followed by its number and its rule in braces."""
    out(f"== {_head(doc, article)}\n\n")
    shown = (
        f"[-{_shown(part)}-]{{{part.number}: {part.rule}}}" if part.number else _shown(part)
        for part in parts(doc.text, article.removals)
    )
    out("".join(shown).rstrip("\n") + "\n\n-- metadata\n" + aligned(origins(doc, article, options)))
    for note in article.notes:
        out(f"note: {one_line(note)}\n")
    rows = _rows(article)
    out("\n-- removals\n" + (aligned([HEAD, *rows]) if rows else "none\n") + "\n")


def _one_column(doc: Document, article: Article) -> Text:
    from rich.text import Text

    text = Text()
    for part in parts(doc.text, article.removals):
        text.append(_shown(part), style=REMOVED if part.number else "")
        if part.number:
            text.append(f" {part.number}:{part.rule} ", style="cyan")
    return text


def _two_columns(doc: Document, article: Article) -> Table:
    """The text line by line, and beside each line what is left of it."""
    from rich.table import Table
    from rich.text import Text

    table = Table("before", "after", expand=True)
    table.columns[0].ratio = table.columns[1].ratio = 1
    for before, after in side_by_side(doc.text, article.removals):
        table.add_row(_one_line(before), Text("".join(map(_shown, after)).strip()))
    return table


def side_by_side(text: str, removals: Sequence[Removal]) -> Iterator[tuple[list[Part], list[Part]]]:
    r"""The parts of each line, and those of them that stay; a removal of several lines is cut at their ends.

    >>> [[part.text for part in after] for _, after in side_by_side("Ab cd\ne", [Removal(3, 5, "cd", "x", "y")])]
    [['Ab ', ''], ['e']]
    """
    line: list[Part] = []
    for part in parts(text, removals):
        first, *others = LINE_BREAK.split(part.text)
        line.append(part._replace(text=first))
        for piece in others:
            yield line, [kept for kept in line if not kept.number]
            line = [part._replace(text=piece)]
    yield line, [kept for kept in line if not kept.number]


def _one_line(line: Sequence[Part]) -> Text:
    from rich.text import Text

    text = Text()
    for part in line:
        text.append(_shown(part), style=REMOVED if part.number else "")
        if part.number and part.text:
            text.append(f" {part.number}:{part.rule}", style="cyan")
    return text


def _shown(part: Part) -> str:
    return printable(part.text.replace("\r\n", "\n"))


def _coloured(doc: Document, article: Article, options: Options) -> None:
    """The same, with removed text struck out in red."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.rule(Text(_head(doc, article)))
    if console.width >= SIDE_BY_SIDE:
        console.print(_two_columns(doc, article), end="\n\n")
    else:
        console.print(_one_column(doc, article), end="\n\n")
    metadata = Table("metadata", "", "from", box=None)
    for row in origins(doc, article, options):
        metadata.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(metadata, end="\n\n")
    for note in article.notes:
        console.print(Text(f"note: {one_line(note)}", style="yellow"))
    table = Table(*HEAD, box=None)
    for reasons in _rows(article):
        table.add_row(*(Text(one_line(cell)) for cell in reasons))
    console.print(table if article.removals else Text("nothing would be removed", style="green"))
