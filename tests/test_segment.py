"""Blocks and their roles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HARBOUR

from cleaner.data import Role
from cleaner.segment import is_flat, is_prose, segment
from cleaner.text.lines import lines, view

PROSE = HARBOUR[0]


def roles(*found: str) -> list[Role]:
    return [block.role for block in segment("\n".join(found))]


@pytest.mark.parametrize(
    ("several", "wanted"),
    [
        ([PROSE], ["paragraph"]),
        (["Barge blocks harbour", PROSE], ["title-line", "paragraph"]),
        ([PROSE, "Who pays for the tugs?", PROSE], ["paragraph", "subheading", "paragraph"]),
        ([PROSE, "A winter campaign", PROSE], ["paragraph", "subheading", "paragraph"]),
        ([PROSE, "Gravel prices rise", "Tugs on their way"], ["paragraph", "short-line", "short-line"]),
        ([PROSE, "It rained.", PROSE], ["paragraph", "short-line", "paragraph"]),
        ([PROSE, "- gravel", "2. sand", "• stones"], ["paragraph", "list-item", "list-item", "list-item"]),
        ([PROSE, PROSE.rstrip(".")], ["paragraph", "paragraph"]),  # a long line may lack its full stop
        ([PROSE, "He said, “no.”", "She said: ‘yes.’"], ["paragraph", "short-line", "short-line"]),
    ],
)
def test_roles(several: list[str], wanted: list[Role]) -> None:
    assert roles(*several) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "No.", "東京。", "Storm hits the coast of Orrin Bay again and takes the new sea wall with it, all of it"],
)
def test_is_no_prose(text: str) -> None:
    assert not is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "x" * 200,
        "東京の港は火曜日も閉鎖された。砂利を積んだはしけが係留索を切って入口に流れ着いたためだと港長は述べた。",
    ],
)
def test_is_prose(text: str) -> None:
    assert is_prose(text)


def test_a_long_line_is_cut_into_sentences() -> None:
    blocks = segment(" ".join(HARBOUR))

    assert len(blocks) > len(HARBOUR)
    assert [block.gap for block in blocks] == [2] + [0] * (len(blocks) - 1)


@pytest.mark.parametrize("text", ["", "Short line", "\n".join(HARBOUR), "\n".join(["a", "b", "x" * 500])])
def test_is_not_flat(text: str) -> None:
    assert not is_flat(lines(view(text)))


@given(st.text(max_size=200), st.sampled_from(["", " ".join(HARBOUR), "\n".join(HARBOUR)]))
def test_blocks_hold_all_that_is_no_white_space(odd: str, rest: str) -> None:
    text = odd + rest
    plain = view(text)

    blocks = segment(text)

    at = 0
    for block in blocks:
        assert at <= block.start < block.end
        assert not plain[at : block.start].strip(" \n")
        assert len(block.text) == block.end - block.start
        assert block.text == plain[block.start : block.end].replace("\n", " ")
        at = block.end
    assert not plain[at:].strip(" \n")
