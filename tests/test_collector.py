"""The search for cycles of objects is off while a document is cleaned, and then as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from cleaner import pipeline
from cleaner.collector import paused
from cleaner.pipeline import Cleaner


@pytest.fixture(autouse=True)
def _on_again() -> Iterator[None]:
    yield
    gc.enable()


def test_it_is_off_inside_and_on_again_after_a_fault() -> None:
    states = []

    @paused()
    def fails() -> None:
        states.append(gc.isenabled())
        raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert (states, gc.isenabled()) == ([False], True)


def test_who_has_switched_it_off_finds_it_off() -> None:
    gc.disable()
    with paused():
        pass
    assert not gc.isenabled()


def test_the_outer_pause_outlasts_the_inner_one() -> None:
    with paused():
        with paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_documents_are_cleaned_without_it(cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[bool] = []
    read, segment = pipeline.document, pipeline.segment
    monkeypatch.setattr(pipeline, "document", lambda *a, **k: (states.append(gc.isenabled()), read(*a, **k))[1])
    monkeypatch.setattr(pipeline, "segment", lambda *a, **k: (states.append(gc.isenabled()), segment(*a, **k))[1])
    articles = list(cleaner.clean_many(["<p>The quay was closed on Monday.</p>", "The ferry sails on Friday."]))
    assert [article.text for article in articles] == ["The quay was closed on Monday.", "The ferry sails on Friday."]
    assert len(states) >= 4
    assert not any(states)
    assert gc.isenabled()
