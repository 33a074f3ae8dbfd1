"""The commands that change nothing: `check`, `explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.choices import Format
from cleaner.cli.commands.shared import FIELDS, Sources, command

if TYPE_CHECKING:
    from cleaner.cli.session import Options

commands = typer.Typer()


@commands.command(
    epilog="""\b
Examples:
  cleaner check article.txt
  cleaner check articles/ --ignore dateline,byline
  cleaner check news.csv --text-field body
  cleaner check articles/ --output-format github   annotations of a pull request
  cleaner check articles/ --output-format sarif > noise.sarif
  cleaner check articles/ --write-baseline baseline.json    accept what is there now
  cleaner check articles/ --baseline baseline.json          report only what is new

Prints path:line:column: rule-id message. For JSON lines the line is the record's, and the column
counts in its text; for a page both count in its linearised text, as `cleaner explain` shows it.
Exit code 1 if anything would be removed or an input failed."""
)
@command("rules", "select", "ignore", "language", "quiet", *FIELDS)
def check(
    sources: Sources,
    output_format: Annotated[
        Format, typer.Option("--output-format", help="full adds the removed text and the evidence.")
    ] = Format.concise,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Report only what FILE does not accept.")
    ] = None,
    write_baseline: Annotated[
        str | None,
        typer.Option("--write-baseline", metavar="FILE", help="Accept all that is found: write it to FILE, exit 0."),
    ] = None,
    *,
    options: Options,
) -> None:
    """Say what would be removed, and change nothing."""
    from cleaner.cli.check import run

    run(sources, output_format, options, baseline, write_baseline)


@commands.command(
    epilog="""\b
Examples:
  cleaner explain article.txt
  cleaner explain articles.jsonl --id a17
  cleaner explain news.csv --text-field body --id-field nr --id 17
  cleaner explain page.html --select newsletter

Without colours, removed text stands in [-...-], followed by its number and rule in braces."""
)
@command("rules", "select", "ignore", "language", "engine", *FIELDS)
def explain(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A file, or - for standard input.")],
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Only the document with this id."),
    ] = None,
    *,
    options: Options,
) -> None:
    """Show the text with every removal and its reason."""
    from cleaner.cli.explain import run

    run(source, id, options)
