"""Where bytes lie: local files, addresses that fsspec knows, and what they are packed with."""

from cleaner.storage.extras import REMOTE, MissingExtraError, need
from cleaner.storage.packed import HEAD, PACKINGS, BrokenStreamError, pack, packing, packing_of, unpack
from cleaner.storage.places import identity, is_url, listed, open_input, upload

__all__ = [
    "HEAD",
    "PACKINGS",
    "REMOTE",
    "BrokenStreamError",
    "MissingExtraError",
    "identity",
    "is_url",
    "listed",
    "need",
    "open_input",
    "pack",
    "packing",
    "packing_of",
    "unpack",
    "upload",
]
