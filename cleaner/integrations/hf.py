"""Hugging Face datasets: `dataset.map(clean_batch, batched=True)`, of a Dataset or an IterableDataset."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Unpack

from cleaner.integrations.arrow import Columns, Options, check_names, clean_table, prepared, row
from cleaner.integrations.rows import RowCleaner


class _CleanBatch:
    """The function `clean_batch`; an object, so that the cache of datasets can tell one version of the rules apart.

    datasets hashes a function of a package by its name alone, and would go on giving what older rules gave.
    """

    __name__ = "clean_batch"

    def __call__(self, batch: Any, text_col: str = "text", **options: Unpack[Options]) -> Any:
        """Cleans one batch; options go into `fn_kwargs`, and are as in `spark.clean_dataframe`.

        A batch of a Dataset becomes an Arrow table with all its columns and ours, of declared types; a
        dict of lists, as an IterableDataset gives, becomes a dict of lists of our columns. A row that cannot
        be cleaned has `status` "error" and its reason in `error`. Raises ColumnError for a column that is
        missing, has the wrong type or would be lost.
        """
        rows, columns = _prepared(text_col, **options)
        table = getattr(batch, "pa_table", batch)  # datasets gives a dict that stands before a table
        if hasattr(table, "to_batches"):
            return clean_table(table, rows, columns)
        return _lists(batch, rows, columns)

    def __reduce__(self) -> tuple[Any, ...]:
        return _CleanBatch, (), {"ruleset": _prepared()[0].ruleset}

    def __setstate__(self, state: object) -> None:
        """The state is there to be hashed."""


_prepared = lru_cache(maxsize=8)(prepared)  # the rules are compiled once, whatever number of batches there is
clean_batch = _CleanBatch()


def _lists(batch: Mapping[str, Any], rows: RowCleaner, columns: Columns) -> dict[str, list[Any]]:
    check_names(list(batch), columns)
    names = columns.read(batch)
    found = (dict(zip(names, values, strict=True)) for values in zip(*map(batch.__getitem__, names), strict=True))
    results = [row(rows.clean(source, **known)) for source, known in map(columns.known, found)]
    return {name: [result[name] for result in results] for name in columns.ours}
