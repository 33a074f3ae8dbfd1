"""What class words say of body or furniture."""

from __future__ import annotations

from cleaner.detect.lexicon import Lexicon, Said

LEXICON = Lexicon({"menu": -4.0, "story": 1.0, "footer": -1.0})


def test_words_that_the_lexicon_lacks_say_nothing() -> None:
    assert LEXICON["harbour", "norvik"] is None
    assert LEXICON[()] is None


def test_known_words_speak_together() -> None:
    assert LEXICON["harbour", "menu", "story"] == Said(-3.0, -4.0, 1.0, ((-4.0, "menu"),))


def test_what_was_said_is_remembered_up_to_a_bound(monkeypatch) -> None:
    monkeypatch.setattr("cleaner.detect.lexicon.MAX_REMEMBERED", 1)
    lexicon = Lexicon({"menu": -4.0})
    assert lexicon[("menu",)] is lexicon[("menu",)]
    assert lexicon["menu", "main"] == lexicon["menu", "main"]
    assert list(lexicon) == [("menu",)]
