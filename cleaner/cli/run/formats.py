"""The formats that a plan writes records in, with the columns of the inputs."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.cli.plan import Kind, Plan
from cleaner.cli.session import UsageError
from cleaner.emit.formats import RecordFormat
from cleaner.read import STDIN, Reading, Source
from cleaner.read.files import opened, seekable
from cleaner.read.sources import PARQUET, TABLES, suffixes

_DELIMITERS = {".csv": ",", ".tsv": "\t"}


def format_of_all(plan: Plan, reading: Reading) -> RecordFormat | None:
    """The format of the one output that holds all records; None where each source has its own. Raises UsageError."""
    if not plan.is_record_file:
        return None
    suffix = plan.suffix
    if suffix in TABLES:
        tables = [source for source in _sources(plan) if _suffix(source, reading) in TABLES]
        columns = list(dict.fromkeys(name for source in tables for name in _header(source, reading)))
        return _table(suffix, columns, reading, has_extra=len(tables) < len(_sources(plan)))
    if suffix in PARQUET:
        from cleaner.emit.parquet import ParquetFormat, united

        files = [source for source in _sources(plan) if _suffix(source, reading) in PARQUET]
        schemas = [schema for source in files if (schema := _schema(source))]
        try:
            columns_ = united(schemas) if schemas else b""
        except ValueError as error:
            raise UsageError(f"the inputs' columns do not go together: {error}; mend: clean them apart") from error
        return ParquetFormat(columns_, reading.fields.keys, has_extra=len(files) < len(_sources(plan)))
    return RecordFormat()


def formats_of_sources(plan: Plan, reading: Reading) -> dict[int, RecordFormat]:
    """The formats of sources, by number, that are written to files of their own and are not JSON lines."""
    found: dict[int, RecordFormat] = {}
    if plan.kind not in (Kind.folder, Kind.in_place):
        return found
    for number, source in enumerate(plan.items):
        if not isinstance(source, Source) or source is STDIN:
            continue
        suffix = _suffix(source, reading)
        if suffix in TABLES:
            found[number] = _table(suffix, _header(source, reading), reading, has_extra=False)
        elif suffix in PARQUET and (schema := _schema(source)):
            from cleaner.emit.parquet import ParquetFormat

            found[number] = ParquetFormat(schema, reading.fields.keys, has_extra=False)
    return found


def _sources(plan: Plan) -> list[Source]:
    return [item for item in plan.items if isinstance(item, Source)]


def _suffix(source: Source, reading: Reading) -> str:
    return reading.suffix or suffixes(source.name)[0]


def _table(suffix: str, columns: Sequence[str], reading: Reading, *, has_extra: bool) -> RecordFormat:
    from cleaner.emit.tables import Table

    cleaned = next((name for name in reading.fields.keys if name in columns), None)
    kept = tuple(name for name in columns if name != cleaned)
    return Table(kept, has_extra, _DELIMITERS[suffix])


def _header(source: Source, reading: Reading) -> list[str]:
    from cleaner.read.formats.csv import header

    try:
        with opened(source) as stream:
            return header(stream, _DELIMITERS.get(_suffix(source, reading), ","))
    except OSError:
        return []  # reading it will tell


def _schema(source: Source) -> bytes:
    from cleaner.emit.parquet import schema_of

    try:
        with opened(source) as stream:
            return schema_of(seekable(stream))
    except OSError:
        return b""
