"""Parquet: the input's columns as they are, our fields as nested types, row groups of a fixed number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.data import Article, Failure
from cleaner.emit.columns import WHAT, metadata_row, pyarrow, types, utf8
from cleaner.emit.formats import RecordFormat, Writer
from cleaner.emit.records import json_line, record
from cleaner.storage import need

GROUP_ROWS = 4_096  # rows of a row group
GROUP_BYTES = 64 << 20  # of encoded rows; long articles make smaller row groups
OURS = ("id", "text", "metadata", "removals", "status", "ruleset", "error", "place", "notes")


class ParquetFormat(RecordFormat):
    """Rows of one schema; `columns` is what the input had, as a serialised Arrow schema (b"" for none).

    The column that is cleaned (the first of `texts`) becomes `text`. An input's column with the name of one
    of ours is ours; only `id` stays as it is where it is not a string.
    """

    suffix = ".parquet"

    def __init__(self, columns: bytes = b"", texts: Sequence[str] = (), *, has_extra: bool = True) -> None:
        self._columns, self._texts, self._has_extra = columns, tuple(texts), has_extra

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self._columns, self._texts, self._has_extra)

    @cached_property
    def schema(self) -> Any:
        """The schema of what is written."""
        pa = pyarrow()
        fields: dict[str, Any] = {}
        ours = {name: pa.field(name, types()[name]) for name in OURS}
        known = pa.ipc.read_schema(pa.py_buffer(self._columns)) if self._columns else pa.schema([])
        cleaned = next((name for name in self._texts if name in known.names), None)
        for field in known:
            if field.name == cleaned:
                fields.setdefault("text", ours["text"])
            elif field.name in ours and not (field.name == "id" and not _is_string(field.type)):
                fields.setdefault(field.name, ours[field.name])
            else:
                fields.setdefault(field.name, field)
        for name, field in ours.items():
            fields.setdefault(name, field)
        if self._has_extra:
            fields.setdefault("extra", pa.field("extra", pa.string()))
        kept = {key: value for key, value in (known.metadata or {}).items() if key not in (b"huggingface", b"pandas")}
        return pa.schema(list(fields.values()), metadata=kept or None)

    @cached_property
    def transport(self) -> Any:
        """The schema between the processes: without dictionaries, which do not travel with a row."""
        pa = pyarrow()
        return pa.schema([
            pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field in self.schema
        ])  # fmt: skip

    def article(self, raw: Any, article: Article) -> bytes:
        found = record(article)
        found["metadata"] = metadata_row(found["metadata"])
        return self._row(found, raw)

    def failure(self, raw: Any, failure: Failure) -> bytes:
        return self._row({"id": failure.id, "status": "error", "error": failure.reason, "place": failure.place}, raw)

    def writer(self, file: BinaryIO, name: str, *, first: bool = True) -> Writer:
        return _GroupWriter(self, file)

    def join(self, parts: Sequence[Path], file: BinaryIO, name: str) -> None:
        """Row groups as they are in the parts."""
        pq = need("pyarrow.parquet", "pyarrow", WHAT)
        with _parquet_writer(file, self.schema) as writer:
            for part in parts:
                with pq.ParquetFile(part) as read:
                    for group in range(read.num_row_groups):
                        writer.write_table(read.read_row_group(group, use_threads=False), GROUP_ROWS)

    def _row(self, values: dict[str, Any], raw: Any) -> bytes:
        pa = pyarrow()
        batch: Any = getattr(raw, "batch", None)
        known = set(batch.schema.names) if batch is not None else set()
        if self._has_extra:
            values["extra"] = _extra(values, self.schema.names) if batch is None else None
        columns = []
        for field in self.transport:
            ours = field.name in values and not (field.name in known and field.name not in OURS)
            if ours and not (field.name == "id" and not _is_string(field.type)):
                columns.append(pa.array([utf8(values[field.name])], field.type))
            elif field.name in known:
                columns.append(_cast(batch.column(field.name).slice(raw.number, 1), field.type))
            else:
                columns.append(pa.nulls(1, field.type))
        return bytes(pa.record_batch(columns, schema=self.transport).serialize())


class _GroupWriter:
    """Collects rows to row groups of a size that nothing but the rows decides."""

    def __init__(self, format: ParquetFormat, file: BinaryIO) -> None:
        self._format, self._file = format, file
        self._writer: Any = None
        self._waiting: list[bytes] = []
        self._size = 0

    def write(self, payload: bytes) -> None:
        self._waiting.append(payload)
        self._size += len(payload)
        if len(self._waiting) >= GROUP_ROWS or self._size >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        pa, schema = pyarrow(), self._format.schema
        if self._writer is None:
            self._writer = _parquet_writer(self._file, schema)
        transport = self._format.transport
        batches = [pa.ipc.read_record_batch(pa.py_buffer(one), transport) for one in self._waiting]
        self._waiting, self._size = [], 0
        if batches:
            table = pa.Table.from_batches(batches, transport).combine_chunks()
            self._writer.write_table(table.cast(schema), GROUP_ROWS)


def _parquet_writer(file: BinaryIO, schema: Any) -> Any:
    pq = need("pyarrow.parquet", "pyarrow", WHAT)
    return pq.ParquetWriter(file, schema, compression="zstd")


def united(schemas: Iterable[bytes]) -> bytes:
    """One schema for files with several. Raises ValueError where a column has types that do not go together."""
    pa = pyarrow()
    found = list(dict.fromkeys(schemas))
    if len(found) == 1:
        return found[0]
    read = [pa.ipc.read_schema(pa.py_buffer(one)) for one in found]
    try:
        return bytes(pa.unify_schemas(read, promote_options="permissive").serialize())
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error


def schema_of(stream: BinaryIO) -> bytes:
    """The serialised schema of a Parquet file; b"" where it is none (which reading it will tell)."""
    pq = need("pyarrow.parquet", "pyarrow", WHAT)
    try:
        return bytes(pq.read_schema(stream).serialize())
    except (pyarrow().ArrowException, OSError):
        return b""


def _extra(values: dict[str, Any], names: Sequence[str]) -> str | None:
    others = {key: value for key, value in values.items() if key not in names and key != "extra"}
    own = values.get("extra")
    if own is not None:
        others["extra"] = own
    return json_line(others) if others else None


def _cast(column: Any, type: Any) -> Any:
    return column if column.type == type else column.cast(type)


def _is_string(type: Any) -> bool:
    types = pyarrow().types
    return bool(types.is_string(type) or types.is_large_string(type) or types.is_string_view(type))


def _rebuilt(columns: bytes, texts: tuple[str, ...], has_extra: bool) -> ParquetFormat:
    return ParquetFormat(columns, texts, has_extra=has_extra)
