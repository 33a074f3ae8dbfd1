"""What is done with one document, in this process or in a worker: read, clean, encode, count."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NamedTuple

from cleaner.cli.session import cleaned
from cleaner.data import Article, Document, Failure
from cleaner.emit.formats import RecordFormat
from cleaner.pipeline import Cleaner
from cleaner.read import Fields, Raw, parse
from cleaner.text.frontmatter import plain

MAX_RAW = 64 << 10  # bytes of a failed record that its error keeps


class Entry(NamedTuple):
    """One step of a run: a document to clean, a failure to report, or the end of a source or of a shard."""

    item: int  # the source's number in the plan
    what: Raw | Failure | str
    place: tuple[int, int] = (0, 0)  # of the end of a shard: how many documents of which source are before it


SOURCE_ENDS, SHARD_ENDS = "source ends", "shard ends"


class Facts(NamedTuple):
    """What is counted of a cleaned document. `rules` holds rule, category, removals and their characters."""

    id: str
    place: str
    status: str
    characters: int
    removed: int  # characters
    removals: int
    is_empty: bool
    notes: tuple[str, ...]
    rules: tuple[tuple[str, str, int, int], ...]
    seconds: float
    engine: str | None = None


class Result(NamedTuple):
    """What came of an entry: facts of a cleaned document, or a failure; a mark comes back as it is.

    `payload` is the encoded record; a text comes as a `pair` instead, to be written to a file of its own.
    `raw` is what its error keeps of a record that failed; `name` the path of a member of an archive.
    """

    entry: Entry | None
    item: int
    size: int = 0
    facts: Facts | None = None
    failure: Failure | None = None
    payload: bytes | None = None
    pair: tuple[Document, Article] | None = None
    raw: Mapping[str, Any] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Cleans entries. `formats` are those of the sources that become records; the others' texts come back as pairs.

    `cleaners` are those of the sources, by number: each has the settings that apply to it; equal ones are one object.
    `everything` is the format of all, where one output holds records only. All of it can be pickled.
    """

    cleaners: Mapping[int, Cleaner]
    fields: Fields
    language: str | None
    everything: RecordFormat | None
    formats: Mapping[int, RecordFormat]
    as_pairs: bool = False  # records too: they are compared, not written

    def __call__(self, entry: Entry) -> Result:
        what = entry.what
        if isinstance(what, str):
            return Result(entry, entry.item)
        if isinstance(what, Failure):
            return self.failed(entry, what)
        start = perf_counter()
        result = next(iter(cleaned([parse(what, self.fields)], self.cleaners[entry.item], self.language)))
        if isinstance(result, Failure):
            return self.failed(entry, result)
        doc, article = result
        format = self.everything or (self.formats.get(entry.item, LINES) if doc.origin.is_record else None)
        format = None if self.as_pairs else format
        payload = None
        if format:
            try:
                payload = format.article(what.data, article)
            except Exception as error:  # noqa: BLE001  # one document that a format cannot hold must not end the run
                reason = f"could not be written: {type(error).__name__}: {error}; mend: another --to, and report it"
                return self.failed(entry, Failure(doc.id, what.place, reason))
        facts = _facts(doc, article, perf_counter() - start)
        pair = None if format else result
        return Result(None, entry.item, what.size, facts, payload=payload, pair=pair, name=what.name)

    def failed(self, entry: Entry, failure: Failure) -> Result:
        """The result for an entry that could not be read or cleaned."""
        format = self.everything or self.formats.get(entry.item, LINES)
        raw = entry.what if isinstance(entry.what, Raw) else None
        payload = format.failure(raw.data if raw else None, failure)
        kept = kept_raw(raw.data) if raw else None
        size, name = (raw.size, raw.name) if raw else (0, "")
        return Result(None, entry.item, size, failure=failure, payload=payload, raw=kept, name=name)


LINES = RecordFormat()


def kept_raw(data: Any) -> dict[str, Any]:
    """What an error keeps of a record, bounded: `raw`, or `raw_base64` where it is not UTF-8.

    >>> kept_raw(b"{oops")
    {'raw': '{oops'}
    """
    if not isinstance(data, bytes):
        try:
            cells = data if isinstance(data, Mapping) else data.values()
        except Exception:  # noqa: BLE001  # it is why the record failed
            return {}
        data = json.dumps(plain(cells), ensure_ascii=False).encode("utf-8", "backslashreplace")
    head = data[:MAX_RAW]
    cut = {"raw_bytes": len(data)} if len(data) > len(head) else {}
    try:
        return {"raw": head.decode("utf-8"), **cut}
    except UnicodeDecodeError as error:
        if cut and error.start > len(head) - 4:  # the bound fell into a character
            return {"raw": head[: error.start].decode("utf-8"), **cut}
        return {"raw_base64": base64.b64encode(head).decode("ascii"), **cut}


def _facts(doc: Document, article: Article, seconds: float) -> Facts:
    rules: dict[tuple[str, str], list[int]] = {}
    for removal in article.removals:
        counted = rules.setdefault((removal.rule, removal.category), [0, 0])
        counted[0] += 1
        counted[1] += removal.end - removal.start
    return Facts(
        id=article.id,
        place=f"{doc.origin.path}:{doc.origin.line}" if doc.origin.is_record else doc.origin.path,
        status=article.status,
        characters=len(doc.text),
        removed=sum(characters for _, characters in rules.values()),
        removals=len(article.removals),
        is_empty=not article.text,
        notes=article.notes,
        rules=tuple((rule, category, count, size) for (rule, category), (count, size) in sorted(rules.items())),
        seconds=seconds,
        engine=article.engine,
    )
