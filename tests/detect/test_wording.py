"""What words say: of a line, and of the lines around it."""

from __future__ import annotations

from cleaner.detect.wording import FAR, MAX_CHARS, NAMES, features, said, words

LEXICON = {"subscribe": 2.0, "inbox": 1.0, "harbour": -1.0}


def test_words_that_the_lexicon_lacks_say_nothing() -> None:
    assert said("The quay was closed.", LEXICON) == (0, 0)
    assert said("Subscribe", {}) == (0, 0)


def test_words_speak_together_and_once_each() -> None:
    assert said("Subscribe: the harbour in your inbox, your inbox!", LEXICON)[0] == 2.0
    assert words("Inbox inbox INBOX") == ["inbox"]


def test_the_same_words_say_less_in_a_longer_line() -> None:
    short, long = "Subscribe now", "Subscribe to what the eleven keepers of the northern lights have to tell"

    assert said(short, LEXICON)[0] == said(long, LEXICON)[0]
    assert said(short, LEXICON)[1] > said(long, LEXICON)[1] > 0


def test_only_the_beginning_of_a_long_line_is_read() -> None:
    assert said("a " * MAX_CHARS + "subscribe", LEXICON) == (0, 0)


def test_neighbours_are_heard_up_to_a_bound() -> None:
    rows = [dict(zip(NAMES, row, strict=True)) for row in features([(0, 0), (9, 9.0), (-1, -0.5), (0, 0)])]

    assert [row["wording"] for row in rows] == [0, 9, -1, 0]
    assert rows[0]["wording_down"] == FAR
    assert rows[0]["wording_up"] == rows[3]["wording_down"] == 0
    assert rows[2]["wording_before"] == FAR / 2
    assert rows[1]["wording_after"] == -0.25
    assert rows[0]["wording_near_up"] == rows[3]["wording_near_down"] == 0


def test_a_text_without_lines_has_no_features() -> None:
    assert list(features([])) == []
