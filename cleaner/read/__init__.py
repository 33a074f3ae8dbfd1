"""The first stage: from files, bytes and strings to `Document`s. What cannot be read comes back as a `Failure`."""

from cleaner.read.document import document
from cleaner.read.files import Reading, inputs, parse, raws, rows
from cleaner.read.raw import Fields, Raw
from cleaner.read.sources import STDIN, Source, find

__all__ = ["STDIN", "Fields", "Raw", "Reading", "Source", "document", "find", "inputs", "parse", "raws", "rows"]
