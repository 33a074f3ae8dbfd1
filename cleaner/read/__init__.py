"""The first stage: from files, bytes and strings to `Document`s. What cannot be read comes back as a `Failure`."""

from cleaner.read.document import document
from cleaner.read.files import inputs, rows
from cleaner.read.sources import STDIN, Source, find

__all__ = ["STDIN", "Source", "document", "find", "inputs", "rows"]
