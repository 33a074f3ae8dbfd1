"""Arrow in, Arrow out: the core of the adapters for Spark, Ray Data and Hugging Face datasets.

The columns that cleaning gives (`OURS`) have declared types, so that all batches, files and workers agree,
whether a field has values or not. All other columns come through unchanged.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from cleaner.config import Config
from cleaner.data import NOTHING, Article, Failure, Kind
from cleaner.emit.columns import metadata_row, types, utf8
from cleaner.emit.records import record
from cleaner.integrations.rows import MAX_CHARS, RowCleaner
from cleaner.pipeline import Cleaner
from cleaner.read.earlier import ERROR, SAID, is_cleaned
from cleaner.read.formats.columns import stated

try:
    import pyarrow as pa
except ImportError as missing:
    raise ImportError("pyarrow is missing; mend: pip install 'article-cleaner[spark]' (or [ray], [hf])") from missing

SLICE = 512  # rows cleaned before they become an Arrow batch: what is held as Python objects


class ColumnError(ValueError):
    """A column that is missing, has the wrong type, or would be lost; the message names it and the mend."""


OURS: Mapping[str, Any] = {
    name: types()[name] for name in ("text", "metadata", "removals", "status", "ruleset", "notes", "error")
}
SCHEMA = pa.schema([("id", pa.string()), *OURS.items()])  # of a file that holds nothing else


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the input's columns: the text or HTML, and, where there are any, the id and the address."""

    text: str = "text"
    id: str | None = None
    url: str | None = None

    @property
    def ours(self) -> Mapping[str, Any]:
        """The columns that cleaning gives, with their types; an `id` where a column of another name holds it."""
        return OURS if self.id in (None, "id") else {"id": pa.string(), **OURS}

    def read(self, names: Collection[str]) -> list[str]:
        """Which of the input's columns tell of a row; a column of texts that is not `text` was not cleaned before."""
        said = (*SAID, ERROR) if self.text == "text" and is_cleaned(names) else ()
        return [name for name in dict.fromkeys((self.text, self.id, self.url, "metadata", *said)) if name in names]

    def known(self, found: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The source in a row of these columns, and what is known about it: what `RowCleaner.clean` takes."""
        id, url = found.get(self.id or ""), found.get(self.url or "")
        known = {"id": "" if id is None else str(id), "url": url or None, "metadata": stated(found.get("metadata"))}
        return found[self.text], {**known, "said": found}


class Options(TypedDict, total=False):
    """What `prepared` takes besides the column of the texts, as keywords: what all adapters for tables take."""

    id_col: str | None
    url_col: str | None
    kind: Kind | None
    language: str | None
    config: Config | Cleaner | None
    max_chars: int | None


def prepared(
    text_col: str = "text",
    *,
    id_col: str | None = None,
    url_col: str | None = None,
    kind: Kind | None = None,
    language: str | None = None,
    config: Config | Cleaner | None = None,
    max_chars: int | None = MAX_CHARS,
) -> tuple[RowCleaner, Columns]:
    """What cleans rows, and the columns that it does it with; `id_col` becomes the string `id`.

    The others are as in `rows.RowCleaner`. Raises RuleError, SelectionError, TypeError or ValueError.
    """
    rows = RowCleaner(config, kind=kind, language=language, max_chars=max_chars)
    return rows, Columns(text_col, id_col, url_col)


def output_schema(schema: Any, columns: Columns = Columns(), shown: Mapping[str, str] = NOTHING) -> Any:
    """The schema after cleaning: the input's columns in their order, those of the same name replaced, then ours.

    Raises ColumnError where a column is missing, has a wrong type (called as in `shown`), or would be
    replaced by ours without having come from an earlier cleaning.
    """
    _check(schema, columns, shown)
    ours = columns.ours
    kept = [field.with_type(ours[field.name]) if field.name in ours else field for field in schema]
    added = [pa.field(name, kind) for name, kind in ours.items() if name not in schema.names]
    return pa.schema([field.with_nullable(True) if field.name in ours else field for field in (*kept, *added)])


def clean_batches(batch: Any, rows: RowCleaner, columns: Columns = Columns()) -> Iterator[Any]:
    """Cleans a record batch or a table; yields record batches of at most SLICE rows. Raises ColumnError."""
    schema = output_schema(batch.schema, columns)
    tables = batch.to_batches() if isinstance(batch, pa.Table) else [batch]
    for part in tables:
        for start in range(0, part.num_rows, SLICE):
            yield _cleaned(part.slice(start, SLICE), rows, columns, schema)


def clean_table(table: Any, rows: RowCleaner, columns: Columns = Columns()) -> Any:
    """Cleans a table or a record batch; returns a table with as many rows, in the same order. Raises ColumnError."""
    return pa.Table.from_batches(clean_batches(table, rows, columns), output_schema(table.schema, columns))


def row(result: Article | Failure) -> dict[str, Any]:
    """The values of our columns for one result; all but `id`, `status` and `error` are None where there is none."""
    if isinstance(result, Failure):
        return {**dict.fromkeys(OURS), "id": result.id, "status": ERROR, ERROR: result.reason}
    found = record(result)
    return {**dict.fromkeys(OURS), "notes": [], **found, "metadata": metadata_row(found["metadata"])}


def fits(name: str, value: Any) -> bool:
    """Whether a value can stand in one of our columns beside `metadata`."""
    if value is None or pa.types.is_string(OURS[name]):
        return value is None or isinstance(value, str)
    item = dict if name == "removals" else str
    return isinstance(value, list) and all(isinstance(one, item) for one in value)


def _cleaned(batch: Any, rows: RowCleaner, columns: Columns, schema: Any) -> Any:
    results = [row(rows.clean(source, **known)) for source, known in _inputs(batch, columns)]
    ours = columns.ours
    arrays = [
        _array([result[name] for result in results], ours[name]) if name in ours else batch.column(name)
        for name in schema.names
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _inputs(batch: Any, columns: Columns) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The source of each row, and what is known about it."""
    names = columns.read(batch.schema.names)
    values = {name: batch.column(name).to_pylist() for name in names}
    for n in range(batch.num_rows):
        yield columns.known({name: values[name][n] for name in names})


def _array(values: list[Any], kind: Any) -> Any:
    """An Arrow array; lone surrogates, which have no UTF-8, become U+FFFD."""
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([utf8(value) for value in values], kind)


def check_names(names: Sequence[str], columns: Columns, *, takes_metadata: bool = True) -> None:
    """Raises ColumnError where a column is missing, or one would be replaced by ours that cleaning does not take in."""
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        raise ColumnError(f'there are several columns "{twice}"; mend: rename them')
    for name, argument in ((columns.text, "text_col"), (columns.id, "id_col"), (columns.url, "url_col")):
        if name is not None and name not in names:
            near = difflib.get_close_matches(name, names, 1, 0.5)
            hint = f'did you mean {argument}="{near[0]}"?' if near else f"name one of them with {argument}"
            raise ColumnError(f'no column "{name}"; columns: {", ".join(names) or "none"}; mend: {hint}')
    if is_cleaned(names):
        return
    taken = {columns.text, *(["metadata"] if takes_metadata else [])}
    lost = next((name for name in columns.ours if name in names and name not in taken), None)
    if lost is not None:
        raise ColumnError(f'column "{lost}" would be replaced by what cleaning gives; mend: rename it before')


def _check(schema: Any, columns: Columns, shown: Mapping[str, str]) -> None:
    """Raises ColumnError."""
    is_record = "metadata" not in schema.names or _is_record(schema.field("metadata").type)
    check_names(schema.names, columns, takes_metadata=is_record)
    for name, argument, fits, wanted in (
        (columns.text, "text_col", _is_source, "texts, as strings or bytes"),
        (columns.id, "id_col", _is_id, "ids, as strings or numbers"),
        (columns.url, "url_col", _is_text, "addresses, as strings"),
    ):
        if name is not None and not fits(schema.field(name).type):
            kind = shown.get(name, schema.field(name).type)
            raise ColumnError(f'column "{name}" is of type {kind}; mend: name the column of {wanted} with {argument}')


def _is_source(kind: Any) -> bool:
    binary = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view)
    return _is_text(kind) or any(is_kind(kind) for is_kind in binary)


def _is_id(kind: Any) -> bool:
    return not pa.types.is_nested(kind)


def _is_text(kind: Any) -> bool:
    """Strings of any width, or packed as a dictionary; or a column that is all null."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(is_kind(kind) for is_kind in kinds)


def _is_record(kind: Any) -> bool:
    return any(is_kind(kind) for is_kind in (pa.types.is_struct, pa.types.is_map, pa.types.is_null))
