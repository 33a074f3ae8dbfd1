"""datatrove: a pipeline step that cleans documents, and Parquet with types that do not depend on the values.

The document's `metadata` gets what a line of JSON from `cleaner clean` holds: title, authors, agencies, date,
publisher, language, url, …, and `removals`, `status` and `ruleset`; `notes` only if there are any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import nullcontext
from typing import Any

from cleaner.config import Config
from cleaner.data import Article, Failure, Kind
from cleaner.emit.records import record
from cleaner.integrations.rows import MAX_CHARS, RowCleaner
from cleaner.pipeline import Cleaner
from cleaner.read.earlier import ERROR, SAID, is_cleaned

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.writers.parquet import ParquetWriter
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import StatHints
except ImportError as missing:
    raise ImportError(f"{missing}; mend: pip install 'article-cleaner[datatrove]'") from missing

WRITTEN = (*SAID, ERROR)  # keys that an earlier cleaning left
WARC_ID = "<urn:uuid:"  # how ids of WARC records begin; the `date` of such a document is the time of the fetch
FETCHED = "fetched"  # the key that keeps this time, because `date` is the article's


class ArticleCleaner(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Cleans the text (or HTML) of documents; those whose status is one of `drop` go no further.

    What `metadata` states beforehand, such as a title, a date or a language, goes before what is found in
    the text, and further keys stay. A document that cannot be cleaned has the status "error", its reason
    in `error`, and its text as it was: it is always dropped. What is dropped goes to `exclusion_writer`, with
    the status as `filter_reason`. `config` (a `Config` or a `Cleaner`), `kind`, `language` and `max_chars`
    are as in `rows.RowCleaner`; rule files are read here, and the rules travel to the workers.

    Statistics: documents, `status:…`, removals as `rule:…` and `category:…`, and `characters_removed`.
    """

    name = "🧹 Article cleaner"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        config: Config | Cleaner | None = None,
        *,
        drop: Collection[str] = (),
        exclusion_writer: Any = None,
        kind: Kind | None = None,
        language: str | None = None,
        max_chars: int | None = MAX_CHARS,
    ) -> None:
        super().__init__()
        if isinstance(drop, str):
            raise TypeError(f'drop is a string; mend: drop=("{drop}",)')
        self.drop = {ERROR, *drop}
        self.exclusion_writer = exclusion_writer
        self.rows = RowCleaner(config, kind=kind, language=language, max_chars=max_chars)

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yields the cleaned documents in their order."""
        with self.exclusion_writer or nullcontext() as writer:
            for doc in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    status = self.clean(doc)
                if status not in self.drop:
                    self.stat_update(StatHints.forwarded)
                    self.update_doc_stats(doc)
                    yield doc
                    continue
                self.stat_update(StatHints.dropped, f"dropped_{status}")
                if writer is not None:
                    doc.metadata["filter_reason"] = status
                    writer.write(doc, rank)

    def clean(self, doc: Document) -> str:
        """Cleans a document in place; returns its status."""
        known = _known(doc)
        result = self.rows.clean(doc.text, id=doc.id, url=known.get("url"), metadata=known, said=doc.metadata)
        if isinstance(result, Failure):
            doc.metadata = {**known, "status": ERROR, "error": result.reason}
            logger.warning(f"{doc.id}: {result.reason}")
            self.stat_update(f"status:{ERROR}")
            return ERROR
        doc.text = result.text
        doc.metadata = {**known, **_fields(result)}
        self._count(result)
        return result.status

    def _count(self, article: Article) -> None:
        self.stat_update(f"status:{article.status}")
        for removal in article.removals:
            self.stat_update(f"rule:{removal.rule}", f"category:{removal.category}")
        removed = sum(removal.end - removal.start for removal in article.removals)
        self.stat_update("characters_removed", value=removed)


def _known(doc: Document) -> dict[str, Any]:
    """What the document says about itself; what an earlier cleaning said is left out."""
    if is_cleaned(doc.metadata):
        return {name: value for name, value in doc.metadata.items() if name not in WRITTEN}
    if doc.id.startswith(WARC_ID) and "date" in doc.metadata:
        return {FETCHED if name == "date" else name: value for name, value in doc.metadata.items()}
    return dict(doc.metadata)


def _fields(article: Article) -> dict[str, Any]:
    """The keys that cleaning gives, as in a line of JSON."""
    found = record(article)
    metadata = {name: value for name, value in found["metadata"].items() if name not in article.metadata.extra}
    return {**metadata, **{name: found[name] for name in SAID if name in found}}


def parquet_writer(output_folder: Any, **options: Any) -> ParquetWriter:
    """A `ParquetWriter` of fixed columns: `id`, `text`, `metadata`, `removals`, `status`, `ruleset`, `notes`, `error`.

    A plain `ParquetWriter` takes its types from the first document, and breaks at, or loses, what that one does
    not have. Here `metadata` is the struct that Spark and Ray also get; keys beyond the contract are kept as
    JSON in `metadata.extra`. `ParquetReader(folder, adapter=from_parquet)` gives back the documents that were written.
    `options` are those of `ParquetWriter`.
    """
    from cleaner.integrations.arrow import SCHEMA

    return ParquetWriter(output_folder, adapter=_to_parquet, schema=SCHEMA, **options)


def _to_parquet(_writer: Any, doc: Document) -> dict[str, Any]:
    """The row of a document, cleaned or not; what does not fit a column of ours is kept in `extra`."""
    from cleaner.emit.columns import metadata_row
    from cleaner.integrations.arrow import fits

    written = {name: value for name in WRITTEN if fits(name, value := doc.metadata.get(name))}
    known = {name: value for name, value in doc.metadata.items() if name not in written}
    return {"id": doc.id, "text": doc.text, "metadata": metadata_row(known), **written}


def from_parquet(reader: Any, data: dict[str, Any], path: str, id_in_file: int | str) -> dict[str, Any]:
    """The `adapter` of a `ParquetReader` for files of `parquet_writer`: fields of `extra` are keys again."""
    from cleaner.read.formats.columns import stated

    left = {name: value for name, value in data.items() if name not in ("text", "id", "metadata")}
    known = {name: value for name, value in left.items() if value is not None}
    return {
        "text": data.get(reader.text_key) or "",
        "id": data.get(reader.id_key) or f"{path}/{id_in_file}",
        "metadata": {**stated(data.get("metadata")), **known},
    }
