"""Ray Data: `ds.map_batches(ArticleCleaner, batch_format="pyarrow", compute=ray.data.ActorPoolStrategy(size=4))`."""

from __future__ import annotations

from typing import Any

from cleaner.config import Config
from cleaner.data import Kind
from cleaner.integrations.arrow import Columns, clean_table
from cleaner.integrations.rows import MAX_CHARS, RowCleaner
from cleaner.pipeline import Cleaner


class ArticleCleaner:
    """Cleans batches of texts or HTML (strings, or bytes, which are decoded); the rules are compiled once an actor.

    Options go into `fn_constructor_kwargs`. Columns come and go as in `spark.clean_dataframe`: all others are
    kept, and `text`, `metadata`, `removals`, `status`, `ruleset`, `notes` and `error` are added. A row that
    cannot be cleaned has `status` "error", its reason in `error`, and no text; it never fails the job.

    `config` is a `Config`, whose rule files every node must have, or a `Cleaner`, whose rules travel. `kind`
    ("text" or "html"), `language` (two letters) and `max_chars` are as in `rows.RowCleaner`. Raises ColumnError
    for a column that is missing, has the wrong type or would be lost.
    """

    def __init__(
        self,
        text_col: str = "text",
        *,
        id_col: str | None = None,
        url_col: str | None = None,
        kind: Kind | None = None,
        language: str | None = None,
        config: Config | Cleaner | None = None,
        max_chars: int | None = MAX_CHARS,
    ) -> None:
        self._columns = Columns(text_col, id_col, url_col)
        self._rows = RowCleaner(config, kind=kind, language=language, max_chars=max_chars)

    def __call__(self, batch: Any) -> Any:
        if not hasattr(batch, "to_batches"):
            raise TypeError(f'a batch is of type {type(batch).__name__}; mend: map_batches(…, batch_format="pyarrow")')
        return clean_table(batch, self._rows, self._columns)
