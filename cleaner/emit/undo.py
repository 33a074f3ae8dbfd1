"""What `cleaner restore` needs to give a file back byte for byte: a compact delta from the new bytes to the old ones.

The old bytes are deflated piece by piece with the new ones as preset dictionary (RFC 1950), so that what both share
costs next to nothing. There is no comparison to get wrong and none to take long: any two byte strings do. Hashes say
whether a delta belongs to a file and whether what it gave is right. Decision 18.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cleaner.data import Removal
from cleaner.version import __version__

FORMAT = 1
PIECE = 16_384  # old bytes deflated at once
WINDOW = 32_768  # new bytes that they are deflated against: as far as DEFLATE looks back
PROBE = 48  # bytes by which the next piece's place in the new bytes is found
REACH = 4 * WINDOW  # new bytes on either side of the guess in which the probe is looked for
MAX_ORIGINAL = 1 << 30  # bytes of a file that can be given back: a damaged sidecar cannot ask for more memory
KEPT = 2  # deltas in one sidecar: a run that is killed between sidecar and file leaves one that fits


class UndoError(ValueError):
    """A sidecar that is damaged, or that does not belong to the file."""


def undo(old: bytes, new: bytes, removals: Sequence[Removal] = (), before: Mapping[str, Any] | None = None) -> Any:
    """The content of a sidecar: JSON types only. `before` is the sidecar that was there, if it fits `old`.

    Then what comes back is not `old` but what that one gives: the file as it was before it was first cleaned.
    Raises UndoError where the file is too large.
    """
    if len(old) > MAX_ORIGINAL:
        raise UndoError(f"only files up to {MAX_ORIGINAL >> 30} GiB can be given back")
    deltas = []
    if before is not None and belongs(before, old):
        deltas = list(before["deltas"])
        removals = [*_removals(before), *removals]
        old = restored(before, old)
    own = {"sha256": digest(new), "bytes": len(new), "pieces": [list(piece) for piece in _pieces(old, new)]}
    return {
        "format": FORMAT,
        "cleaner": __version__,
        "original": {"sha256": digest(old), "bytes": len(old)},
        "deltas": [own, *(delta for delta in deltas if delta["sha256"] != own["sha256"])][:KEPT],
        "removals": [_shown(removal) for removal in removals],
    }


def restored(sidecar: Mapping[str, Any], new: bytes) -> bytes:
    """The original bytes. Raises UndoError where the sidecar is damaged or belongs to other bytes."""
    try:
        original = sidecar["original"]
        if digest(new) == original["sha256"]:
            return new
        delta = next((delta for delta in sidecar["deltas"] if delta["sha256"] == digest(new)), None)
        if delta is None:
            raise UndoError("the file was changed after it was cleaned")
        size = min(original["bytes"], MAX_ORIGINAL)
        old = b"".join(_inflated(start, packed, new) for start, packed in delta["pieces"][: size // PIECE + 1])
        if len(old) == size and digest(old) == original["sha256"]:
            return old
    except (KeyError, TypeError, AttributeError, ValueError, zlib.error, binascii.Error) as error:
        if isinstance(error, UndoError):
            raise
    raise UndoError("the file with the removals is damaged")


def digests(sidecar: Mapping[str, Any]) -> list[str]:
    """The hashes of the cleaned files that a sidecar fits; [] for what is no sidecar."""
    try:
        return [str(delta["sha256"]) for delta in sidecar["deltas"]]
    except (KeyError, TypeError):
        return []


def belongs(sidecar: Mapping[str, Any], data: bytes) -> bool:
    """Whether a sidecar gives back what a file was before it had this content."""
    return digest(data) in digests(sidecar)


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _pieces(old: bytes, new: bytes) -> Iterator[tuple[int, str]]:
    """For each piece of the old bytes: where its dictionary begins in the new ones, and the deflated piece."""
    shift = 0
    for at in range(0, len(old), PIECE):
        piece = old[at : at + PIECE]
        start = max(0, min(at + shift - WINDOW // 4, len(new) - WINDOW))
        packer = zlib.compressobj(9, zdict=new[start : start + WINDOW])
        packed = packer.compress(piece) + packer.flush()
        yield start, base64.b64encode(packed).decode("ascii")
        shift = _shift(piece, at, new, shift)


def _shift(piece: bytes, at: int, new: bytes, shift: int) -> int:
    """How much further on in the new bytes stands what follows; the last known answer where nothing tells."""
    for end in range(len(piece), PROBE, -PIECE // 8):
        probe = piece[end - PROBE : end]
        place = at + shift + end - PROBE
        found = new.find(probe, max(0, place - REACH), max(0, place + REACH))
        if found >= 0:
            return found - (at + end - PROBE)
    return shift


def _inflated(start: int, packed: str, new: bytes) -> bytes:
    unpacker = zlib.decompressobj(zdict=new[start : start + WINDOW])
    return unpacker.decompress(base64.b64decode(packed, validate=True), PIECE)


def _shown(removal: Removal | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(removal, Removal):
        return {name: getattr(removal, name) for name in ("start", "end", "text", "rule", "category")}
    return removal


def _removals(sidecar: Mapping[str, Any]) -> list[Any]:
    found = sidecar.get("removals")
    return found if isinstance(found, list) else []
