"""The command line: all commands under one name."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cleaner.cli.commands import clean, config, evaluate, look, restore, rules


class Commands(TyperGroup):
    """All commands; a value that an option does not take is told in plain words."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # of newer versions it is another class
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = plain(error.message)
            raise


def plain(message: str) -> str:
    """What is wrong with a value, without the words of the library that checked it.

    >>> plain("Input should be a valid integer, unable to parse string as an integer")
    'it must be a valid integer'
    """
    found = re.fullmatch(r"Input should be (.*?)(?:, unable to .*)?", message)
    return f"it must be {found[1]}" if found else message.removeprefix("Value error, ")


app = typer.Typer(
    cls=Commands,
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
