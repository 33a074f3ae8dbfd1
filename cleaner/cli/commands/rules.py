"""`cleaner rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.choices import RuleAction
from cleaner.cli.commands.shared import Names, command
from cleaner.cli.commands.shared import language as checked

if TYPE_CHECKING:
    from cleaner.cli.session import Options

commands = typer.Typer(help="List, show, test and begin rules.", rich_markup_mode=None, no_args_is_help=True)


@commands.command(
    "list",
    epilog="""\b
Examples:
  cleaner rules list --category newsletter
  cleaner rules list --language de --json""",
)
@command("rules", "select", "ignore", "quiet")
def rules_list(
    category: Annotated[str | None, typer.Option("--category", help="Only this category.")] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="XX", help="Only rules written for this language or any."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    *,
    options: Options,
) -> None:
    """List rules and heuristics."""
    from cleaner.cli.rules import show_list

    show_list(options, category, checked(language) if language else None, as_json=as_json)


@commands.command("show", epilog="Example: cleaner rules show newsletter-signup")
@command("rules")
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule or heuristic; old names work.")],
    *,
    options: Options,
) -> None:
    """Show all about one rule: pattern, limits, examples."""
    from cleaner.cli.rules import show_one

    show_one(id, options)


@commands.command(
    "test",
    epilog="""\b
Examples:
  cleaner rules test                 the built-in rules and those of the settings
  cleaner rules test my-rules/       these as well

Every hit must match, no miss may match its rule or be removed by another one, and every case must
come out as written.""",
)
@command("rules", "quiet")
def rules_test(
    folders: Annotated[Names, typer.Argument(metavar="DIR", help="Folders or files of rules to add.")] = None,
    *,
    options: Options,
) -> None:
    """Run the examples of all rules."""
    from cleaner.cli.rules import test

    test(folders or (), options)


@commands.command(
    "new",
    epilog="""\b
Examples:
  cleaner rules new radio-player --category audio-player -o my-rules
  cleaner rules new bandeau-meteo --language fr --action strip-span -o my-rules""",
)
@command()
def rules_new(
    id: Annotated[str, typer.Argument(metavar="ID", help="Says what fires: words and hyphens, in lower case.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="DIR", help="The folder for the file ID.toml.")],
    category: Annotated[str | None, typer.Option("--category", help="What kind of noise it is.")] = None,
    language: Annotated[str, typer.Option("--language", metavar="XX", help="Of the texts; * for all.")] = "en",
    action: Annotated[RuleAction, typer.Option("--action", help="What the rule does.")] = RuleAction.drop_line,
) -> None:
    """Write a commented file to begin a rule with."""
    from cleaner.cli.rules import new

    new(id, out, category, language if language == "*" else checked(language), str(action))
