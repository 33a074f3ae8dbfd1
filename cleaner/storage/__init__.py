"""Where bytes lie: local files, addresses that fsspec knows, and what they are packed with."""

from cleaner.storage.extras import REMOTE, MissingExtraError, need
from cleaner.storage.packed import PACKINGS, BrokenStreamError, pack, packing, unpack
from cleaner.storage.places import identity, is_url, listed, open_input, upload

__all__ = [
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
    "unpack",
    "upload",
]
