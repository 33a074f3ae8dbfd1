"""What reaches a terminal cannot steer it."""

from __future__ import annotations

import io

import pytest

from cleaner.cli import terminal


class _Terminal(io.StringIO):
    encoding = "ascii"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("text", ["plain", "tab\tand\nbreak", "Ünal 🚢 — “quoted”", "مرحبا"])
def test_text_stays(text: str) -> None:
    assert terminal.printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b31m", r"\x9b31m"),
        ("a\rb", r"a\x0db"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\ud800", r"\ud800"),
    ],
)
def test_control_characters_are_spelled(text: str, shown: str) -> None:
    assert terminal.printable(text) == shown


def test_a_terminal_gets_what_it_can_show(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    terminal.out("é \x1b[1m\n")
    assert screen.getvalue() == "\\xe9 \\x1b[1m\n"


def test_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert terminal.has_colours(_Terminal())
    assert not terminal.has_colours(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.has_colours(_Terminal())
