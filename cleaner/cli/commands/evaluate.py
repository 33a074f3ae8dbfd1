"""`cleaner eval`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.commands.shared import Names, command

if TYPE_CHECKING:
    from cleaner.cli.session import Options

commands = typer.Typer()


@commands.command(
    "eval",
    epilog="""\b
Examples:
  cleaner eval gold.jsonl
  cleaner eval gold.jsonl.gz --by set,scraper      figures for each group
  cleaner eval gold.jsonl --json figures.json      all rules, all lines that were lost
  cleaner eval gold.jsonl --select newsletter      what these rules do alone
  cleaner eval gold.jsonl --rules my-rules/ --examples 10
  cleaner eval pages.jsonl --text-field raw --body-field article

Rows have text or html, the gold body, and optionally id, url, language and the gold title, authors,
agencies, date and publisher; an empty field is not scored. Precision, recall, F1 and exact match are those
of Scrapinghub's article-extraction-benchmark (4-token shingles). A line is body if at least half of its
shingles stand in the gold body.
Exit code 1 if a row has no gold body or could not be read.""",
)
@command("rules", "select", "ignore", "language", "quiet")
def evaluate(  # one for each option
    sources: Annotated[
        list[str],
        typer.Argument(metavar="GOLD", help="JSON lines, also .gz; quoted patterns, or - for standard input."),
    ],
    body_field: Annotated[str, typer.Option("--body-field", metavar="NAME", help="The gold body's field.")] = "body",
    text_field: Annotated[
        str | None,
        typer.Option("--text-field", metavar="NAME", help="The field with the text or page; else text or html."),
    ] = None,
    by: Annotated[
        Names, typer.Option("--by", metavar="FIELD", help="Also score each group of rows with one value; repeatable.")
    ] = None,
    examples: Annotated[
        int, typer.Option("--examples", metavar="N", min=0, help="Removed body shown for each rule.")
    ] = 3,
    worst: Annotated[
        int, typer.Option("--worst", metavar="N", min=0, help="Name the N documents with the largest loss.")
    ] = 5,
    to: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write all figures to FILE; - prints them instead.")
    ] = None,
    *,
    options: Options,
) -> None:
    """Measure precision and recall, of the body and of each rule, against gold."""
    from cleaner.cli.eval import run
    from cleaner.cli.gold import Fields
    from cleaner.cli.scores import Shown
    from cleaner.cli.session import names

    fields = Fields(body_field, text_field, names(by or ()))
    run(sources, fields, Shown(examples, worst), to, options)
