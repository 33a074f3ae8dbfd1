"""`cleaner config`."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.commands.shared import command

commands = typer.Typer(help="Show the settings.", rich_markup_mode=None, no_args_is_help=True)


@commands.command(
    "show",
    epilog="""\b
Examples:
  cleaner config show articles/a17.txt
  cleaner config show articles/ --json""",
)
@command()
def config_show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file or folder; the current one if left out.")] = ".",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show which settings apply to a file, and where each comes from."""
    from cleaner.cli.settings import show

    show(file, as_json=as_json)
