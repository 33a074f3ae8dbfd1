"""What commands share: options that several have, and how a command begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from cleaner.cli.choices import PageEngine

if TYPE_CHECKING:
    from cleaner.cli.session import Options

Names = list[str] | None
SOURCE_HELP = "Files, folders (with all below), quoted patterns, or - for standard input."
Sources = Annotated[list[str], typer.Argument(metavar="SOURCE", help=SOURCE_HELP)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary, only errors.")]

# By the fields of `session.Options`.
OPTIONS: dict[str, Any] = {
    "rules": Annotated[
        Names, typer.Option("--rules", metavar="DIR", help="A folder or file of rules to add; repeatable.")
    ],
    "select": Annotated[
        Names,
        typer.Option("--select", metavar="NAME", help="Run only these ids, categories or languages; repeatable."),
    ],
    "ignore": Annotated[
        Names,
        typer.Option("--ignore", metavar="NAME", help="Switch off these ids, categories or languages; repeatable."),
    ],
    "language": Annotated[
        str | None,
        typer.Option("--language", metavar="XX", help="The language of all texts, instead of recognising it."),
    ],
    "engine": Annotated[
        PageEngine | None,
        typer.Option("--engine", help="When trafilatura is asked about a page: in doubt (default), never, or always."),
    ],
    "quiet": Quiet,
    "text_field": Annotated[
        str | None, typer.Option("--text-field", metavar="NAME", help="The field or column with the text.")
    ],
    "html_field": Annotated[
        str | None, typer.Option("--html-field", metavar="NAME", help="The field or column with a page.")
    ],
    "id_field": Annotated[str, typer.Option("--id-field", metavar="NAME", help="The one with the id.")],
    "url_field": Annotated[str, typer.Option("--url-field", metavar="NAME", help="The one with the address.")],
}
FIELDS = ("text_field", "html_field", "id_field", "url_field")  # of OPTIONS: what those of records are called
DEFAULTS = {"quiet": False, "id_field": "id", "url_field": "url"}  # of the others: None

Command = Callable[..., None]


def command(*shared: str) -> Callable[[Command], Command]:
    """Makes a function a command: what it raises becomes a message and an exit code (`session.ending`).

    `shared` names options of OPTIONS: the command has them in the place of its parameter `options`, and gets them
    together, as `session.Options`, when it is called.
    """

    def made(function: Command) -> Command:
        @wraps(function)
        def called(**given: Any) -> None:
            from cleaner.cli.session import ending

            with ending():
                if shared:
                    given["options"] = _options({name: given.pop(name) for name in shared})
                function(**given)

        parameters = list(_parameters(function, shared))
        called.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return called

    return made


def _parameters(function: Command, shared: Sequence[str]) -> Iterator[Parameter]:
    hints = get_type_hints(function, localns={"Options": object}, include_extras=True)
    for parameter in signature(function).parameters.values():
        if parameter.name != "options":
            yield parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[parameter.name])
            continue
        for name in shared:
            yield Parameter(name, Parameter.KEYWORD_ONLY, default=DEFAULTS.get(name), annotation=OPTIONS[name])


def _options(given: Mapping[str, Any]) -> Options:
    """The options that were given; those that were not have the default of `Options`."""
    from cleaner.cli.session import Options, UsageError

    chosen = {name: value(found) for name, found in given.items() if found is not None}
    if "language" in chosen:
        chosen["language"] = language(chosen["language"])
    if "" in chosen.get("rules", ()):
        raise UsageError('--rules "" names nothing; mend: name a folder or a file of rules')
    return Options(**chosen)


def language(code: str) -> str:
    """The code that an option names, in lower case. Raises UsageError."""
    from cleaner.cli.session import UsageError
    from cleaner.text.codes import problem

    if said := problem(code):
        raise UsageError(f"--language {said}")
    return code.lower()


def value(choice: Any) -> Any:
    """What a choice of an option stands for; all else is as it is."""
    return choice.value if isinstance(choice, StrEnum) else choice
