"""The commands, their options and their help. What they do stands in the modules beside this one."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from cleaner.cli.choices import BodyForm, Form, Format, From, PageEngine, RuleAction

QUIET = "No summary, only errors."
SOURCE_HELP = "Files, folders (with all below), quoted patterns, or - for standard input."
Sources = Annotated[list[str], typer.Argument(metavar="SOURCE", help=SOURCE_HELP)]
Names = list[str] | None
Rules = Annotated[Names, typer.Option("--rules", metavar="DIR", help="A folder or file of rules to add; repeatable.")]
Select = Annotated[
    Names, typer.Option("--select", metavar="NAME", help="Run only these ids, categories or languages; repeatable.")
]
Ignore = Annotated[
    Names, typer.Option("--ignore", metavar="NAME", help="Switch off these ids, categories or languages; repeatable.")
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="XX", help="The language of all texts, instead of recognising it."),
]
PageEngineOption = Annotated[
    PageEngine | None,
    typer.Option("--engine", help="When trafilatura is asked about a page: in doubt (default), never, or always."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=QUIET)]

app = typer.Typer(
    help="Scraped text or HTML in, the clean article body and its metadata out, every removal explained.",
    epilog="""\b
Examples:
  cleaner clean articles/ -o clean/
  cleaner check articles/
  cleaner explain article.txt
  cleaner restore article.txt
  cleaner eval gold.jsonl

\b
Settings: the nearest cleaner.toml, or [tool.cleaner] in pyproject.toml, at or above a file.
Exit codes: 0 fine, 1 noise found (check) or some inputs failed, 2 wrong usage or a broken rule file.""",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(help="List, show, test and begin rules.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(rules_app, name="rules")
config_app = typer.Typer(help="Show the settings.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(config_app, name="config")


def _value(choice: StrEnum | None) -> Any:
    """What a choice stands for; None where none was made."""
    return choice.value if choice else None


def _version(wanted: bool) -> None:
    if not wanted:
        return
    from cleaner.cli.session import ending
    from cleaner.ruleset import load
    from cleaner.version import __version__

    with ending():
        typer.echo(f"cleaner {__version__}, rules {load().version}")
    raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and the ruleset's.")
    ] = False,
) -> None: ...


@app.command(
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
def clean(  # noqa: PLR0913, PLR0917  # one for each option
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
    rules: Rules = None,
    select: Select = None,
    ignore: Ignore = None,
    language: Language = None,
    hook: Annotated[
        bool, typer.Option("--hook", help="With --in-place: touch only files with noise; exit 1 if any was changed.")
    ] = False,
    keep_removals: Annotated[
        bool,
        typer.Option("--keep-removals", help="With --in-place: keep what `cleaner restore` needs beside the file."),
    ] = False,
    engine: PageEngineOption = None,
    format: Annotated[
        BodyForm | None, typer.Option("--format", help="The body of a page: plain text (default), or Markdown.")
    ] = None,
    links: Annotated[bool, typer.Option("--links", help="Keep links in Markdown.")] = False,
    quiet: Quiet = False,
    text_field: Annotated[
        str | None, typer.Option("--text-field", metavar="NAME", help="The field or column with the text.")
    ] = None,
    html_field: Annotated[
        str | None, typer.Option("--html-field", metavar="NAME", help="The field or column with a page.")
    ] = None,
    id_field: Annotated[str, typer.Option("--id-field", metavar="NAME", help="The one with the id.")] = "id",
    url_field: Annotated[str, typer.Option("--url-field", metavar="NAME", help="The one with the address.")] = "url",
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
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.clean import run
        from cleaner.cli.plan import make_plan
        from cleaner.cli.running import make_running

        running = make_running(
            (text_field, html_field, id_field, url_field), from_,
            workers=workers, shard_size=shard_size, resume=resume, overwrite=overwrite,
            errors=errors, max_errors=max_errors, stats=stats,
        )  # fmt: skip
        plan = make_plan(
            sources, out, to,
            in_place=in_place, diff=diff, hook=hook, source_suffix=running.reading.suffix, keep_removals=keep_removals,
        )  # fmt: skip
        options = Options(
            rules or (), select or (), ignore or (), language, quiet,
            engine=_value(engine), format=_value(format), links=links,
        )  # fmt: skip
        run(plan, options, running, chosen=to is not None)


@app.command(
    epilog="""\b
Examples:
  cleaner check article.txt
  cleaner check articles/ --ignore dateline,byline
  cleaner check articles/ --output-format github   annotations of a pull request
  cleaner check articles/ --output-format sarif > noise.sarif
  cleaner check articles/ --write-baseline baseline.json    accept what is there now
  cleaner check articles/ --baseline baseline.json          report only what is new

Prints path:line:column: rule-id message. For JSON lines the line is the record's, and the column
counts in its text; for a page both count in its linearised text, as `cleaner explain` shows it.
Exit code 1 if anything would be removed or an input failed."""
)
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
    rules: Rules = None,
    select: Select = None,
    ignore: Ignore = None,
    language: Language = None,
    quiet: Quiet = False,
) -> None:
    """Say what would be removed, and change nothing."""
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.check import run

        options = Options(rules or (), select or (), ignore or (), language, quiet)
        run(sources, output_format, options, baseline, write_baseline)


@app.command(
    epilog="""\b
Examples:
  cleaner explain article.txt
  cleaner explain articles.jsonl --id a17
  cleaner explain page.html --select newsletter

Without colours, removed text stands in [-...-], followed by its number and rule in braces."""
)
def explain(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A file, or - for standard input.")],
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Only the document with this id."),
    ] = None,
    rules: Rules = None,
    select: Select = None,
    ignore: Ignore = None,
    language: Language = None,
    engine: PageEngineOption = None,
) -> None:
    """Show the text with every removal and its reason."""
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.explain import run

        run(source, id, Options(rules or (), select or (), ignore or (), language, engine=_value(engine)))


@app.command(
    epilog="""\b
Examples:
  cleaner restore article.txt
  cleaner restore articles/        all files below that have a FILE.removed.json

Gives files back byte for byte as they were before `cleaner clean --in-place --keep-removals`. A file that
was changed after that stays as it is. Exit code 1 if a file could not be restored."""
)
def restore(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files that were cleaned, or folders of them.")],
    quiet: Quiet = False,
) -> None:
    """Undo a cleaning in place."""
    from cleaner.cli.session import ending

    with ending():
        from cleaner.cli.undoing import run

        run(files, quiet=quiet)


@config_app.command(
    "show",
    epilog="""\b
Examples:
  cleaner config show articles/a17.txt
  cleaner config show articles/ --json""",
)
def config_show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file or folder; the current one if left out.")] = ".",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show which settings apply to a file, and where each comes from."""
    from cleaner.cli.session import ending

    with ending():
        from cleaner.cli.settings import show

        show(file, as_json=as_json)


@app.command(
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
def evaluate(  # noqa: PLR0913, PLR0917  # one for each option
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
    rules: Rules = None,
    select: Select = None,
    ignore: Ignore = None,
    language: Language = None,
    quiet: Quiet = False,
) -> None:
    """Measure precision and recall, of the body and of each rule, against gold."""
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.eval import run
        from cleaner.cli.gold import Fields
        from cleaner.cli.scores import Shown
        from cleaner.cli.session import names

        fields = Fields(body_field, text_field, names(by or ()))
        options = Options(rules or (), select or (), ignore or (), language, quiet)
        run(sources, fields, Shown(examples, worst), to, options)


@rules_app.command(
    "list",
    epilog="""\b
Examples:
  cleaner rules list --category newsletter
  cleaner rules list --language de --json""",
)
def rules_list(
    category: Annotated[str | None, typer.Option("--category", help="Only this category.")] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="XX", help="Only rules written for this language or any."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    rules: Rules = None,
    select: Select = None,
    ignore: Ignore = None,
    quiet: Quiet = False,
) -> None:
    """List rules and heuristics."""
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.rules import show_list

        options = Options(rules or (), select or (), ignore or (), quiet=quiet)
        show_list(options, category, language, as_json=as_json)


@rules_app.command("show", epilog="Example: cleaner rules show newsletter-signup-en")
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule or heuristic; old names work.")],
    rules: Rules = None,
) -> None:
    """Show all about one rule: pattern, limits, examples."""
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.rules import show_one

        show_one(id, Options(rules or ()))


@rules_app.command(
    "test",
    epilog="""\b
Examples:
  cleaner rules test                 the built-in rules and those of the settings
  cleaner rules test my-rules/       these as well

Every hit must match, no miss may match its rule or be removed by another one, and every case must
come out as written.""",
)
def rules_test(
    folders: Annotated[Names, typer.Argument(metavar="DIR", help="Folders or files of rules to add.")] = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Run the examples of all rules."""
    from cleaner.cli.session import Options, ending

    with ending():
        from cleaner.cli.rules import test

        test(folders or (), Options(rules or (), quiet=quiet))


@rules_app.command(
    "new",
    epilog="""\b
Examples:
  cleaner rules new radio-player --category audio-player -o my-rules
  cleaner rules new bandeau-meteo --language fr --action strip-span -o my-rules""",
)
def rules_new(
    id: Annotated[str, typer.Argument(metavar="ID", help="Says what fires: words and hyphens, in lower case.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="The folder for the file ID.toml.")],
    category: Annotated[str | None, typer.Option("--category", help="What kind of noise it is.")] = None,
    language: Annotated[str, typer.Option("--language", metavar="XX", help="Of the texts; * for all.")] = "en",
    action: Annotated[RuleAction, typer.Option("--action", help="What the rule does.")] = RuleAction.drop_line,
) -> None:
    """Write a commented file to begin a rule with."""
    from cleaner.cli.session import ending

    with ending():
        from cleaner.cli.rules import new

        new(id, out, category, language, str(action))
