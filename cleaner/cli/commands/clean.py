"""`cleaner clean`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.choices import BodyForm, Form, From
from cleaner.cli.commands.shared import FIELDS, Sources, command, value

if TYPE_CHECKING:
    from cleaner.cli.session import Options

commands = typer.Typer()


@commands.command(
    epilog="""\b
Examples:
  cleaner clean article.txt                        the clean text to standard output
  cleaner clean articles/ -o clean/                a folder that mirrors the input's
  cleaner clean articles/ -o all.jsonl             one record for each article
  cleaner clean in.jsonl.gz -o out.jsonl.gz        records in, records out, in order
  cleaner clean 'dump/**/*.html' -o text/ --to sidecar
  cleaner clean articles/ --in-place               change the files themselves
  cleaner clean articles/ --in-place --keep-removals    so that `cleaner restore` can undo it
  cleaner clean article.txt --diff                 show what would change
  curl -s URL | cleaner clean - --to body
  cleaner clean crawl.warc.gz -o out/ --to parquet   shards; the same with --resume after a kill
  cleaner clean news.csv --text-field body -o news.parquet --stats stats.json
  cleaner clean 's3://bucket/*.jsonl.zst' -o s3://bucket/clean/ --to jsonl.zst --workers 8

OUT is a folder (it exists, ends in / or has no suffix), a file of records (.jsonl, .csv, .tsv, each also
.gz .zst .bz2 .xz; .parquet), a text file for one article, or - for standard output. A folder mirrors the
input; with --to jsonl, parquet, csv or tsv it holds shards. Files are replaced whole or not at all.
What fails never ends the run: it is told, and kept in OUT.errors.jsonl."""
)
@command("rules", "select", "ignore", "language", "quiet", "engine", *FIELDS)
def clean(  # noqa: PLR0913  # one for each option
    sources: Sources,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="OUT", help="Where the result goes: a folder, a file or -."),
    ] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Replace the inputs by the result.")] = False,
    to: Annotated[
        Form | None,
        typer.Option(
            "--to",
            help="The form of a result: text under front matter (default for texts), the body only, "
            "body and a JSON file beside it, or records (default for records: as OUT ends).",
        ),
    ] = None,
    from_: Annotated[
        From | None, typer.Option("--from", help="What all inputs hold, where their names do not say it.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print what would change as a diff; write nothing.")] = False,
    hook: Annotated[
        bool, typer.Option("--hook", help="With --in-place: touch only files with noise; exit 1 if any was changed.")
    ] = False,
    keep_removals: Annotated[
        bool,
        typer.Option("--keep-removals", help="With --in-place: keep what `cleaner restore` needs beside the file."),
    ] = False,
    *,
    options: Options,
    format: Annotated[
        BodyForm | None, typer.Option("--format", help="The body of a page: plain text (default), or Markdown.")
    ] = None,
    links: Annotated[bool, typer.Option("--links", help="Keep links in Markdown.")] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Processes; else the cores, for more than a megabyte."),
    ] = None,
    shard_size: Annotated[
        str, typer.Option("--shard-size", metavar="SIZE", help="Input for a shard, such as 64MB.")
    ] = "256MB",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run of records that was ended early.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin such a run anew.")] = False,
    errors: Annotated[
        str | None,
        typer.Option("--errors", metavar="FILE", help="Where failed inputs are kept; else beside OUT."),
    ] = None,
    max_errors: Annotated[
        int | None, typer.Option("--max-errors", metavar="N", min=0, help="End the run after more errors than N.")
    ] = None,
    stats: Annotated[
        str | None, typer.Option("--stats", metavar="FILE", help="Write counts of documents, removals and time.")
    ] = None,
) -> None:
    """Clean articles: noise goes, body and metadata stay."""
    from cleaner.cli.clean import run
    from cleaner.cli.planning import make_plan
    from cleaner.cli.running import make_running

    running = make_running(
        options.fields, from_,
        workers=workers, shard_size=shard_size, resume=resume, overwrite=overwrite,
        errors=errors, max_errors=max_errors, stats=stats,
    )  # fmt: skip
    plan = make_plan(
        sources, out, to,
        in_place=in_place, diff=diff, hook=hook, source_suffix=running.reading.suffix, keep_removals=keep_removals,
    )  # fmt: skip
    run(plan, replace(options, format=value(format), links=links), running, chosen=to is not None)
