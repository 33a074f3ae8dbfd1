"""The last stage: from an `Article` to records, text files and diffs, and from those to disk."""

from cleaner.emit.files import write_atomic
from cleaner.emit.records import failure_record, json_line, metadata_fields, record
from cleaner.emit.texts import diff, front_matter, sidecar, text_file

__all__ = [
    "diff",
    "failure_record",
    "front_matter",
    "json_line",
    "metadata_fields",
    "record",
    "sidecar",
    "text_file",
    "write_atomic",
]
