"""Parquet: row groups read in batches; each row keeps its place in the batch, so that its own types can be kept."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any, BinaryIO

from cleaner.data import Failure
from cleaner.read.formats.columns import stated
from cleaner.read.limits import MAX_BYTES, too_large
from cleaner.read.raw import Fields, Raw, Raws
from cleaner.storage import need

BATCH_ROWS = 256  # rows decoded at once: a few megabytes of articles


class ParquetRow:
    """A row: its batch, shared with its neighbours, and its number in it. Pickled together they hold the batch once."""

    __slots__ = ("batch", "number")

    def __init__(self, batch: Any, number: int) -> None:
        self.batch, self.number = batch, number

    def values(self) -> dict[str, Any]:
        batch = self.batch
        found = {name: _plain(batch.column(n)[self.number]) for n, name in enumerate(batch.schema.names)}
        if isinstance(found.get("metadata"), dict):
            found["metadata"] = stated(found["metadata"])
        return found


def pyarrow(place: str) -> Any:
    """The package, with its Parquet module. Raises MissingExtraError."""
    need("pyarrow.parquet", "pyarrow", place)
    return need("pyarrow", "pyarrow", place)


def rows(stream: BinaryIO, name: str, place: str, fields: Fields, limit: int = MAX_BYTES) -> Raws:
    """Find the rows of a file that can be sought in; their numbers are from 1.

    A row group that cannot be read yields a `Failure`, and so does a row of more than `limit` bytes; the next
    ones are read. No rows are no fault.
    """
    pa = pyarrow(place)
    try:
        file = pa.parquet.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        yield Failure(name, place, f"not a whole Parquet file: {_first(error)}; mend: fetch or write the file again")
        return
    names = file.schema_arrow.names
    if not set(names) & set(fields.keys):
        reason = f"no column {fields.wanted}; columns: {', '.join(names[:20])}"
        yield Failure(name, place, f"{reason}; mend: name the text's column with --text-field")
        return
    before = 0
    for group in range(file.num_row_groups):
        count, read = file.metadata.row_group(group).num_rows, 0
        try:
            for batch in file.iter_batches(BATCH_ROWS, row_groups=[group], use_threads=False):
                size = batch.nbytes // max(1, batch.num_rows)
                for n in range(batch.num_rows):
                    read += 1
                    at = before + read
                    if batch.nbytes > limit and batch.slice(n, 1).nbytes > limit:
                        yield Failure(f"{name}:{at}", f"{place}:{at}", too_large(limit))
                        continue
                    yield Raw("row", f"{name}:{at}", f"{place}:{at}", ParquetRow(batch, n), size)
        except (pa.ArrowException, OSError) as error:
            first, last = before + read + 1, before + count
            reason = f"rows {first} to {last} (row group {group + 1}) cannot be read: {_first(error)}"
            yield Failure(f"{name}:{first}", f"{place}:{first}", f"{reason}; mend: fetch or write the file again")
        before += count


def _first(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _plain(scalar: Any) -> Any:
    """A cell in JSON's types and bytes: what JSON has no word for is spelled out, and NaN is nothing."""
    try:
        value = scalar.as_py()
    except ValueError:  # nanoseconds, which Python's own times do not have
        return str(scalar)
    return value if isinstance(value, (str, bytes)) else json_value(value)


def json_value(value: Any) -> Any:
    """A nested value in JSON's types; dates and the like are left to the writer."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): json_value(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(one) for one in value]
    return value
