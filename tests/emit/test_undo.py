"""What was removed gives the file back byte for byte, whatever the bytes."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.data import Removal
from cleaner.emit.undo import PIECE, UndoError, digest, restored, undo

lines = st.lists(st.sampled_from([b"The ferry sails.\n", b"\xff\x00\r\n", b"Share\n", "Äpfel\n".encode("utf-16")]))
contents = st.one_of(st.binary(max_size=400), lines.map(b"".join), st.binary(max_size=40).map(lambda b: b * 900))


@given(contents, contents)
def test_any_file_comes_back_from_any_other(old: bytes, new: bytes) -> None:
    assert restored(json.loads(json.dumps(undo(old, new))), new) == old


@given(st.lists(contents, min_size=2, max_size=5))
def test_after_several_cleanings_the_first_file_comes_back(steps: list[bytes]) -> None:
    sidecar = None
    for old, new in pairwise(steps):
        if old != new:
            sidecar = undo(old, new, before=sidecar)
    if sidecar is not None:
        assert restored(sidecar, steps[-1]) in steps
    if sidecar is not None and len(set(steps)) == len(steps):
        assert restored(sidecar, steps[-1]) == steps[0]


def test_the_original_itself_comes_back_as_it_is() -> None:
    assert restored(undo(b"old", b"new"), b"old") == b"old"


def test_a_sidecar_is_small() -> None:
    body = b"".join(b"%d: The ferry sailed past the island of Marn in the rain.\n" % n for n in range(4000))
    assert len(body) > 10 * PIECE
    sidecar = undo(b"Share this article\n" + body[:90_000] + b"Advertisement\n" + body[90_000:], body)
    assert len(json.dumps(sidecar)) < len(body) / 20


def test_a_killed_run_leaves_a_sidecar_that_fits_the_old_file() -> None:
    first = undo(b"a b c", b"a b")
    second = undo(b"a b", b"a", before=first)
    assert (restored(second, b"a b"), restored(second, b"a")) == (b"a b c", b"a b c")


def test_removals_are_shown() -> None:
    sidecar = undo(b"a b", b"a", [Removal(2, 3, "b", "rule", "category")])
    assert sidecar["removals"] == [{"start": 2, "end": 3, "text": "b", "rule": "rule", "category": "category"}]


def test_another_file_is_refused() -> None:
    with pytest.raises(UndoError, match="changed after it was cleaned"):
        restored(undo(b"old", b"new"), b"newer")


SOUND = undo(b"old text", b"old")


@pytest.mark.parametrize(
    "damage",
    [
        {},
        {"original": []},
        {**SOUND, "deltas": [{"sha256": digest(b"old")}]},
        {**SOUND, "deltas": [{"sha256": digest(b"old"), "pieces": [[0, "oops"]]}]},
        {**SOUND, "deltas": [{"sha256": digest(b"old"), "pieces": [["0", 1]]}]},
        {**SOUND, "original": {"sha256": "0" * 64, "bytes": 8}},
        {**SOUND, "original": {**SOUND["original"], "bytes": -1}},
        {**SOUND, "original": {**SOUND["original"], "bytes": "many"}},
    ],
)
def test_a_damaged_sidecar_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(UndoError):
        restored(damage, b"old")


def test_a_sidecar_that_would_fill_the_memory_is_refused() -> None:
    bomb = undo(b"\0" * PIECE, b"new")
    bomb["deltas"][0]["pieces"] *= 1000
    with pytest.raises(UndoError):
        restored(bomb, b"new")
