"""`cleaner` and `python -m cleaner`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and exits with its code."""
    try:
        if _is_plain_check(sys.argv[1:]):
            from cleaner.cli.choices import Format
            from cleaner.cli.session import Options, ending

            with ending():
                from cleaner.cli.check import run

                run(sys.argv[2:], Format.concise, Options())
            return
        from cleaner.cli.app import app

        app(prog_name="cleaner")
    except KeyboardInterrupt:  # before a command began
        sys.exit(130)


def _is_plain_check(arguments: list[str]) -> bool:
    """Whether this is `cleaner check FILE...` without an option, as the hook calls it.

    There is nothing to parse in it, and typer, with what it imports to parse, takes 100 ms, more than
    the check of a file.
    """
    return len(arguments) > 1 and arguments[0] == "check" and not any(a.startswith("-") for a in arguments[1:])


if __name__ == "__main__":
    main()
