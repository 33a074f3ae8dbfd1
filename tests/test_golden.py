"""The golden documents: body, metadata and removals as a careful editor would make them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from cleaner.pipeline import Cleaner
from cleaner.read import inputs

GOLDEN = Path(__file__).parent / "fixtures" / "golden"

HEADING = "a first heading stays in a text without other noise: it may be the body's own (docs/decisions/0012)"

# Documents that cannot be done yet: name -> what stands in the way.
KNOWN_FAILURES: dict[str, str] = {
    "de-clean-eine-zeile": "in one long line no mark tells where the headline behind “Mehr dazu:” ends, so it stays",
    "de-clean-korrektur-mitarbeit": "the title is followed by a byline and a pull line; a short pull line repeats",
    "de-keep-rezept": HEADING,
    "en-clean-canada-stamps-files": "the byline is a bare name, which hides the title; one related headline stays",
    "en-clean-more-on-this-story": "a link without a name of its own stays behind its block",
    "en-clean-one-long-line": "in one long line no mark tells where the headline behind “Read more:” ends, so it stays",
    "en-keep-browser-howto": HEADING,
    "en-clean-pull-lines-crlf": "pull lines too short to be told from a refrain stay when they repeat",
    "es-clean-avance-y-titulares": "the teaser's names are common words; they occur in the article",
    "es-clean-muro-de-pago": "the byline is a bare name",
}

# Their `body` holds physical lines, which cleaning joins to paragraphs.
WRAPPED = {"de-clean-umbruch-sda", "en-clean-wrapped-credits-correction", "es-clean-ajuste-fe-de-errores"}


def documents() -> list[Any]:
    names = sorted(path.stem for path in GOLDEN.glob("*.json"))
    assert KNOWN_FAILURES.keys() | WRAPPED <= set(names)
    return [pytest.param(name, marks=_marks(name)) for name in names]


def _marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=KNOWN_FAILURES[name])] if name in KNOWN_FAILURES else []


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def body(name: str, lines: list[str]) -> str:
    """The lines that hold anything, white space folded; without line breaks where they were wrapped."""
    return (" " if name in WRAPPED else "\n").join(line for line in map(folded, lines) if line)


@pytest.mark.parametrize("name", documents())
def test_golden_document(cleaner: Cleaner, name: str) -> None:
    (document,) = inputs(GOLDEN / f"{name}.txt")
    wanted = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))

    article = cleaner.clean_document(document)

    got = {
        "body": body(name, article.text.split("\n")),
        "removals": [(folded(removal.text), removal.category) for removal in article.removals],
        "metadata": {key: getattr(article.metadata, key) for key in wanted["metadata"]},
    }
    got["metadata"]["date"] = got["metadata"]["date"] and got["metadata"]["date"][:10]
    assert got == {
        "body": body(name, wanted["body"]),
        "removals": [(folded(removal["text"]), removal["category"]) for removal in wanted["removals"]],
        "metadata": wanted["metadata"],
    }


def test_there_are_enough_of_every_kind() -> None:
    names = [path.stem for path in GOLDEN.glob("*.json")]

    assert len(names) >= 40
    assert {name.split("-")[0] for name in names} >= {"de", "en", "es"}
    assert sum("-keep-" in name for name in names) >= 15
