"""Hugging Face datasets: `dataset.map(clean_batch, batched=True)`, of a Dataset or an IterableDataset."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cleaner.config import Config
from cleaner.data import Kind
from cleaner.integrations.arrow import Columns, check_names, clean_table, row
from cleaner.integrations.rows import MAX_CHARS, RowCleaner
from cleaner.pipeline import Cleaner
from cleaner.read.formats.columns import stated


class _CleanBatch:
    """The function `clean_batch`; an object, so that the cache of datasets can tell one version of the rules apart.

    datasets hashes a function of a package by its name alone, and would go on giving what older rules gave.
    """

    __name__ = "clean_batch"

    def __call__(
        self,
        batch: Any,
        text_col: str = "text",
        *,
        id_col: str | None = None,
        url_col: str | None = None,
        kind: Kind | None = None,
        language: str | None = None,
        config: Config | Cleaner | None = None,
        max_chars: int | None = MAX_CHARS,
    ) -> Any:
        """Cleans one batch; options go into `fn_kwargs`, and are as in `spark.clean_dataframe`.

        A batch of a Dataset becomes an Arrow table with all its columns and ours, of declared types; a
        dict of lists, as an IterableDataset gives, becomes a dict of lists of our columns. A row that cannot
        be cleaned has `status` "error" and its reason in `error`. Raises ColumnError for a column that is
        missing, has the wrong type or would be lost.
        """
        rows, columns = _rows(config, kind, language, max_chars), Columns(text_col, id_col, url_col)
        table = getattr(batch, "pa_table", batch)  # datasets gives a dict that stands before a table
        if hasattr(table, "to_batches"):
            return clean_table(table, rows, columns)
        return _lists(batch, rows, columns)

    def __reduce__(self) -> tuple[Any, ...]:
        return _CleanBatch, (), {"ruleset": _rows(None, None, None, MAX_CHARS).ruleset}

    def __setstate__(self, state: object) -> None:
        """The state is there to be hashed."""


clean_batch = _CleanBatch()


@lru_cache(maxsize=8)
def _rows(
    config: Config | Cleaner | None, kind: Kind | None, language: str | None, max_chars: int | None
) -> RowCleaner:
    return RowCleaner(config, kind=kind, language=language, max_chars=max_chars)


def _lists(batch: Mapping[str, Any], rows: RowCleaner, columns: Columns) -> dict[str, list[Any]]:
    check_names(list(batch), columns)
    sources = batch[columns.text]
    absent = [None] * len(sources)
    ids, urls, said = (batch.get(name or "", absent) for name in (columns.id, columns.url, "metadata"))
    results = [
        row(rows.clean(source, id="" if id is None else str(id), url=url or None, metadata=stated(metadata)))
        for source, id, url, metadata in zip(sources, ids, urls, said, strict=True)
    ]
    return {name: [result[name] for result in results] for name in columns.ours}
