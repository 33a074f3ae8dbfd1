"""What a `Config` and the calls of the Python API refuse: at once, with the name, the value and what it may be."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.config import CHECKS, Config
from cleaner.text.codes import KNOWN, MEANT, problem


def test_lists_codes_and_paths_are_taken(tmp_path: Path) -> None:
    made: Any = {"rules": [tmp_path], "ignore": ["share"], "languages": ["EN", "de"], "budget": 1}
    config = Config(**made)
    assert (config.ignore, config.languages, config.folders) == (("share",), ("en", "de"), (tmp_path,))
    assert config in {pickle.loads(pickle.dumps(config))}


def test_every_setting_is_checked() -> None:
    assert set(CHECKS) == set(Config.__dataclass_fields__)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"engine": "x"}, "engine is 'x': it must be one of auto, fast, careful"),
        ({"engine": ["fast"]}, "engine is ['fast']: it must be one of auto, fast, careful"),
        ({"format": "html"}, "format is 'html': it must be one of text, md"),
        ({"budget": 5}, "budget is 5: it must be a share between 0 and 1"),
        ({"budget": float("nan")}, "budget is nan: it must be a share between 0 and 1"),
        ({"min_words": "20"}, "min_words is '20': it must be a whole number of words, 0 or more"),
        ({"max_bytes": 0}, "max_bytes is 0: it must be a whole number of bytes, 1024 or more"),
        ({"links": 1}, "links is 1: it must be true or false"),
        ({"builtin": None}, "builtin is None: it must be true or false"),
        ({"ignore": "share"}, "ignore is 'share': it must be a list of strings: did you mean ['share']?"),
        ({"rules": "my-rules"}, "rules is 'my-rules': it must be a list of strings: did you mean ['my-rules']?"),
        ({"select": ("",)}, "select is ('',): it must be a list of strings"),
        ({"protect": ("(",)}, "protect: '(' is no regular expression: "),
        ({"protect": ("x*",)}, "protect: 'x*' is found in every line: say more of the line"),
        ({"languages": ("german",)}, 'languages: "german" is no language: did you mean "de"?'),
    ],
)
def test_a_value_that_is_none(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        Config(**given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": "HTML"}, """kind is 'HTML': it must be "text", "html", or None to tell by looking"""),
        ({"kind": "pdf"}, "kind is 'pdf': it must be "),
        ({"language": "german"}, 'language: "german" is no language: did you mean "de"?'),
        ({"language": "xx"}, 'language: "xx" is no language: write two letters'),
        ({"language": 3}, "language: 3 is no string"),
    ],
)
def test_a_kind_or_a_language_that_is_none(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        cleaner.clean("One.", **given)


@pytest.mark.parametrize("language", ["de", "DE", "de-AT", "de_CH", "cy"])
def test_codes_of_languages_are_taken(language: str) -> None:
    assert cleaner.clean("One.", language=language).metadata.language == language[:2].lower()


def test_a_text_may_state_any_language() -> None:
    article = cleaner.clean("---\nlanguage: xx\n---\nOne.")
    assert article.text == "One."


@pytest.mark.parametrize(
    ("code", "meant"),
    [("eng", "en"), ("deu", "de"), ("en-US", "en"), ("pt_BR", "pt"), ("jp", "ja"), ("nb", "no"), ("Englisch", "en")],
)
def test_what_is_meant(code: str, meant: str) -> None:
    assert str(problem(code)).endswith(f'did you mean "{meant}"?')


def test_there_are_all_codes() -> None:
    assert len(KNOWN) == 181
    assert set(MEANT.values()) < KNOWN
    assert KNOWN.isdisjoint(MEANT)
