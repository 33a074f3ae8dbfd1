"""The command line: all commands under one name."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.commands import clean, config, evaluate, look, restore, rules

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
for module in (clean, look, restore, evaluate):
    app.add_typer(module.commands)
app.add_typer(rules.commands, name="rules")
app.add_typer(config.commands, name="config")


def _version(wanted: bool) -> None:
    if not wanted:
        return
    from cleaner.cli.session import ending
    from cleaner.cli.terminal import out
    from cleaner.ruleset import load
    from cleaner.version import __version__

    with ending():
        out(f"cleaner {__version__}, rules {load().version}\n")
    raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and the ruleset's.")
    ] = False,
) -> None: ...
