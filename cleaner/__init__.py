"""article-cleaner: scraped text or HTML in, the clean body and its metadata out, every removal explained.

>>> import cleaner
>>> article = cleaner.clean("The ferry sails again on Friday.\\n\\nSubscribe to our newsletter")
>>> article.text
'The ferry sails again on Friday.'
>>> [removal.category for removal in article.removals]
['newsletter']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cleaner.data import Article, Document, Failure, Metadata, Removal
from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.config import Config
    from cleaner.data import Kind
    from cleaner.pipeline import Cleaner
    from cleaner.ruleset.rule import RuleError
    from cleaner.ruleset.selection import SelectionError

__all__ = [
    "Article", "Cleaner", "Config", "Document", "Failure", "Metadata", "Removal", "RuleError", "SelectionError",
    "__version__", "clean",
]  # fmt: skip

_LAZY = {
    "Cleaner": "cleaner.pipeline",
    "Config": "cleaner.config",
    "RuleError": "cleaner.ruleset.rule",
    "SelectionError": "cleaner.ruleset.selection",
}


def __getattr__(name: str) -> object:
    """Loads the engine when it is first asked for: `import cleaner` itself stays cheap."""
    if name in _LAZY:
        import importlib

        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})


def clean(
    source: str | bytes, *, url: str | None = None, kind: Kind | None = None, language: str | None = None
) -> Article:
    """Cleans one text or page with the built-in rules.

    `source` is plain text or HTML, told apart by looking unless `kind` says which; bytes are decoded.
    Returns an `Article` with `text` (paragraphs separated by one blank line), `metadata` and `removals`.
    Raises ValueError at a kind, or a language (two letters), that is none.
    """
    return _default().clean(source, url=url, kind=kind, language=language)


@cache
def _default() -> Cleaner:
    from cleaner.pipeline import Cleaner

    return Cleaner()
