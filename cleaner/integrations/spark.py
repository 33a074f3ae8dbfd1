"""Apache Spark: a DataFrame of texts or pages in, the same DataFrame cleaned out.

The rules are read once, where the job is started, and compiled once in each Python worker. Every node needs
article-cleaner and pyarrow; rule files of your own need not be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Unpack

from cleaner.integrations.arrow import OURS, ColumnError, Options, clean_batches, output_schema, prepared


def clean_dataframe(
    df: Any,
    text_col: str = "text",
    **options: Unpack[Options],
) -> Any:
    """Cleans a column of texts or HTML (strings, or bytes, which are decoded) through `mapInArrow`.

    Returns a DataFrame with as many rows and all other columns, and with `text` (the body), `metadata` (a
    struct; further fields as JSON in `metadata.extra`), `removals` (an array of structs), `status`, `ruleset`,
    `notes` and `error`. A row that cannot be cleaned has `status` "error", its reason in `error`, and no text;
    it never fails the job. A column `metadata` (a struct or a map) of the input is what the row states about
    itself; `url_col` names its address; `id_col` becomes the string `id`, as in JSON lines.

    `kind` ("text" or "html"), `language` (two letters), `config` and `max_chars` are as in `rows.RowCleaner`.
    Raises ColumnError for a column that is missing, has the wrong type or would be lost; RuleError,
    SelectionError, TypeError or ValueError for the others: before the job begins.
    """
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructField, StructType

    rows, columns = prepared(text_col, **options)
    shown = {field.name: field.dataType.simpleString() for field in df.schema.fields}
    given = pa.schema([(field.name, _stand_in(field.dataType)) for field in df.schema.fields])
    wanted = output_schema(given, columns, shown)
    _check_case(df, wanted.names)
    fields = [
        StructField(field.name, from_arrow_type(field.type)) if field.name in columns.ours else df.schema[field.name]
        for field in wanted
    ]

    def clean(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            yield from clean_batches(batch, rows, columns)

    return df.mapInArrow(clean, StructType(fields))


def _stand_in(kind: Any) -> Any:
    """An Arrow type that stands for a type of Spark where columns are checked."""
    import pyarrow as pa

    kinds = {
        **dict.fromkeys(("string", "char", "varchar"), pa.string()),
        "binary": pa.binary(),
        "struct": pa.struct([]),
        "map": pa.map_(pa.string(), pa.string()),
        "array": pa.list_(pa.string()),
        "void": pa.null(),
    }
    return kinds.get(kind.typeName().partition("(")[0], pa.int64())


def _check_case(df: Any, names: list[str]) -> None:
    """Raises ColumnError where Spark could not tell a column of the input from one of ours."""
    if df.sparkSession.conf.get("spark.sql.caseSensitive") == "true":
        return
    for name in names:
        if name not in OURS and name.lower() in OURS:
            raise ColumnError(
                f'columns "{name}" and "{name.lower()}", which cleaning gives, are one to Spark; '
                f'mend: df.withColumnRenamed("{name}", "{name.lower()}")'
            )
