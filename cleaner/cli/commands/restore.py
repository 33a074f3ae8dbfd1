"""`cleaner restore`."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli.commands.shared import Quiet, command

commands = typer.Typer()


@commands.command(
    epilog="""\b
Examples:
  cleaner restore article.txt
  cleaner restore articles/        all files below that have a FILE.removed.json

Gives files back byte for byte as they were before `cleaner clean --in-place --keep-removals`. A file that
was changed after that stays as it is. Exit code 1 if a file could not be restored."""
)
@command()
def restore(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files that were cleaned, or folders of them.")],
    quiet: Quiet = False,
) -> None:
    """Undo a cleaning in place."""
    from cleaner.cli.undoing import run

    run(files, quiet=quiet)
