"""What all engines share: one row in, an article or the reason why there is none out; never an exception."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from cleaner.config import Config
from cleaner.data import NOTHING, Article, Failure, Kind
from cleaner.pipeline import Cleaner
from cleaner.read.document import attempt, check
from cleaner.read.earlier import earlier, reason_of

# Code points of text, after HTML was read. Time grows faster than length: a text of this length takes about 12 s,
# one of twice the length a minute. No article is as long; a row that is holds up all rows behind it.
MAX_CHARS = 2_000_000
MEND = "mend: leave it out and report it"


class RowCleaner:
    """Rules and settings as they travel to the processes of an engine, where each compiles them once.

    `config` is a `Config`, whose rule files are read here and now (so that their faults show before the job
    begins, and no worker needs the files), or a `Cleaner` that is ready. `kind` and `language` hold for all
    rows; by default both are told by looking. Rows of more than `max_chars` code points of text come back as
    errors; None lifts the limit. Raises RuleError, SelectionError, TypeError or ValueError.
    """

    def __init__(
        self,
        config: Config | Cleaner | None = None,
        *,
        kind: Kind | None = None,
        language: str | None = None,
        max_chars: int | None = MAX_CHARS,
    ) -> None:
        _check(config, kind, language, max_chars)
        compiled = config if isinstance(config, Cleaner) else Cleaner(config)
        self.kind, self.language, self.max_chars = kind, language, max_chars
        self.ruleset = compiled.ruleset.version
        self._packed = pickle.dumps(compiled)
        self._digest = hashlib.sha256(self._packed).hexdigest()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(ruleset={self.ruleset!r}, kind={self.kind!r}, language={self.language!r})"

    @property
    def cleaner(self) -> Cleaner:
        """The compiled rules: one and the same object for all copies of this in a process."""
        return _unpacked(_Packed(self._digest, self._packed))

    def clean(
        self,
        source: object,
        *,
        id: str = "",
        url: str | None = None,
        metadata: Mapping[str, Any] = NOTHING,
        said: Mapping[str, Any] = NOTHING,
    ) -> Article | Failure:
        """Cleans a string or bytes, text or HTML. `metadata` is what the row states about it. Never raises.

        `said` is what the row says of its cleaning, if it was cleaned before.
        """
        if reason := reason_of(said, source):
            return Failure(id, id, reason)
        if not isinstance(source, (str, bytes)):
            return Failure(id, id, _not_text(source))
        doc = attempt(source, id, id=id, kind=self.kind, url=url, language=self.language, metadata=metadata)
        if isinstance(doc, Failure):
            return doc
        doc = replace(doc, earlier=earlier(said))
        if self.max_chars is not None and len(doc.text) > self.max_chars:
            return Failure(id, id, f"{len(doc.text):,} characters; mend: split it, or raise max_chars")
        try:
            return self.cleaner.clean_document(doc)
        except Exception as error:  # noqa: BLE001  # whatever one row sets off, the others are cleaned
            return Failure(id, id, f"could not be cleaned: {type(error).__name__}: {error}; {MEND}")


class _Packed:
    """Bytes that are told apart by their digest, as a key."""

    def __init__(self, digest: str, data: bytes) -> None:
        self.digest, self.data = digest, data

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Packed) and self.digest == other.digest


@cache
def _unpacked(packed: _Packed) -> Cleaner:
    loaded = pickle.loads(packed.data)  # noqa: S301  # packed by RowCleaner, in this job
    assert isinstance(loaded, Cleaner)  # noqa: S101  # for the type checker
    return loaded


def _check(config: object, kind: object, language: object, max_chars: object) -> None:
    if not (config is None or isinstance(config, (Config, Cleaner))):
        raise TypeError(f"config is {_named(config)}; mend: a cleaner.Config or a cleaner.Cleaner")
    check(kind, language)
    if max_chars is not None and (type(max_chars) is not int or max_chars < 1):
        raise ValueError(f"max_chars is {max_chars!r}; mend: a whole number above 0, or None for no limit")


def _not_text(source: object) -> str:
    return f"text is {'null' if source is None else _named(source)}; mend: leave the row out, or give it its text"


def _named(value: object) -> str:
    return f"of type {type(value).__name__}"
