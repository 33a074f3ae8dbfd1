"""Scripts that write no blanks between words."""

from __future__ import annotations

from cleaner.text.dense import dense_count, is_dense, wide_count, without_dense

DENSE = [(0x0E00, 0x0E7F), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)]  # Thai, kana, Han
HANGUL = (0xAC00, 0xD7AF)


def test_every_character_is_told() -> None:
    for code in (*range(0x10000), 0x1F600, 0x20000, 0x10FFFF):
        text, dense = f"a {chr(code)}", any(first <= code <= last for first, last in DENSE)
        wide = dense or HANGUL[0] <= code <= HANGUL[1]

        assert is_dense(text) is dense, hex(code)
        assert (dense_count(text), wide_count(text)) == (dense, wide), hex(code)
        assert without_dense(text) == ("a  " if dense else text), hex(code)


def test_characters_are_counted() -> None:
    assert dense_count("港 was “closed” – ですよ") == 4
    assert wide_count("서울 and 東京") == 4
    assert dense_count("서울") == 0
