"""`cleaner` and `python -m cleaner`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and exits with its code."""
    try:
        from cleaner.cli.app import app

        app(prog_name="cleaner")
    except KeyboardInterrupt:  # before a command began
        sys.exit(130)


if __name__ == "__main__":
    main()
