"""Packages that only some inputs need: imported when they are, and missed with the command that installs them."""

from __future__ import annotations

import importlib
from typing import Any

REMOTE = "'article-cleaner[remote]'"


class MissingExtraError(Exception):
    """A package is not installed; the message names what needs it and the mend."""


def need(module: str, install: str, what: str) -> Any:
    """Import a module. Raises MissingExtraError, whose message names `what` needs it and what pip should `install`."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingExtraError(
            f"{what} needs the package {package}, which cannot be imported ({error}); mend: pip install {install}"
        ) from error
