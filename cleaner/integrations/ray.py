"""Ray Data: `ds.map_batches(ArticleCleaner, batch_format="pyarrow", compute=ray.data.ActorPoolStrategy(size=4))`."""

from __future__ import annotations

from typing import Any, Unpack

from cleaner.integrations.arrow import Options, clean_table, prepared


class ArticleCleaner:
    """Cleans batches of texts or HTML (strings, or bytes, which are decoded); the rules are compiled once an actor.

    Options go into `fn_constructor_kwargs`. Columns come and go as in `spark.clean_dataframe`: all others are
    kept, and `text`, `metadata`, `removals`, `status`, `ruleset`, `notes` and `error` are added. A row that
    cannot be cleaned has `status` "error", its reason in `error`, and no text; it never fails the job.

    `config` is a `Config`, whose rule files every node must have, or a `Cleaner`, whose rules travel. `kind`
    ("text" or "html"), `language` (two letters) and `max_chars` are as in `rows.RowCleaner`. Raises ColumnError
    for a column that is missing, has the wrong type or would be lost.
    """

    def __init__(self, text_col: str = "text", **options: Unpack[Options]) -> None:
        self._rows, self._columns = prepared(text_col, **options)

    def __call__(self, batch: Any) -> Any:
        if not hasattr(batch, "to_batches"):
            raise TypeError(f'a batch is of type {type(batch).__name__}; mend: map_batches(…, batch_format="pyarrow")')
        return clean_table(batch, self._rows, self._columns)
