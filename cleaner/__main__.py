"""`cleaner` and `python -m cleaner`."""

from __future__ import annotations

import gc
import os
import sys

CHECK, CLEAN = ["check"], ["clean", "--in-place", "--hook"]  # as the hooks call them
HELP = {"-h", "--help"}
# New objects (700 by default) after which cycles are looked for: the rules and models that are loaded have none and
# stay, and looking through them again and again is a sixth of the time that a file takes.
COLLECT_AFTER = 50_000


def main() -> None:
    """Runs the command line and exits with its code."""
    gc.set_threshold(COLLECT_AFTER)
    _replace_closed()
    try:
        if not _run_hook(sys.argv[1:]):
            from cleaner.cli.app import app

            app(prog_name="cleaner")
    except OSError as error:
        if HELP.isdisjoint(sys.argv):
            raise
        from cleaner.cli.session import ending
        from cleaner.cli.terminal import written

        with ending(), written():  # typer prints help before a command begins
            raise error
    except KeyboardInterrupt:  # before a command began
        sys.exit(130)
    finally:
        gc.freeze()  # the process ends, and what it has need not be looked through for cycles once more


def _replace_closed() -> None:
    """Replaces standard output and error that were closed (`>&-`): what is written fails there, or goes nowhere."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _run_hook(arguments: list[str]) -> bool:
    """Runs `cleaner check [--] FILE...` or `cleaner clean --in-place --hook [--] FILE...`; False for other arguments.

    There is nothing to parse in them, and typer, with what it imports to parse, takes 100 ms, more than
    the check of a file.
    """
    hook = next((hook for hook in (CHECK, CLEAN) if arguments[: len(hook)] == hook), None)
    files = arguments[len(hook) :] if hook else []
    if files[:1] == ["--"]:
        files = files[1:]
    elif any(name.startswith("-") for name in files):
        return False
    if not files:
        return False
    from cleaner.cli.session import Options, ending

    with ending():
        if hook == CHECK:
            from cleaner.cli.check import run as check
            from cleaner.cli.choices import Format

            check(files, Format.concise, Options())
        else:
            from cleaner.cli.clean import run as clean
            from cleaner.cli.planning import make_plan

            plan = make_plan(files, None, None, in_place=True, diff=False, hook=True)
            clean(plan, Options(), chosen=False)
    return True


if __name__ == "__main__":
    main()
