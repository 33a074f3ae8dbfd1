"""The datatrove step in real pipelines: from WARC and JSON lines to Parquet and back, with statistics and routing."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datatrove")

import pyarrow.parquet as pq
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, ParquetReader, WarcReader
from datatrove.pipeline.writers import JsonlWriter
from made_up import CLEAN, NOISY, TITLES, documents, page, text

from cleaner import Cleaner, Config
from cleaner.emit import record
from cleaner.integrations.arrow import SCHEMA
from cleaner.integrations.datatrove import ArticleCleaner, from_parquet, parquet_writer
from cleaner.read.document import document as read
from cleaner.ruleset import SelectionError

WALL = "Checking your browser before accessing example.org\n\nPlease enable cookies."


def run(steps: list[Any], folder: Path, tasks: int = 1) -> Any:
    return LocalPipelineExecutor(steps, tasks=tasks, workers=tasks, logging_dir=str(folder / "logs")).run()


def clean(*docs: Document, **options: Any) -> list[Document]:
    return list(ArticleCleaner(**options).run(iter(docs)))


def from_jsonl(folder: Path) -> list[dict[str, Any]]:
    texts = (gzip.decompress(file.read_bytes()).decode() for file in sorted(folder.glob("*.gz")))
    return [json.loads(line) for text in texts for line in text.splitlines()]


def warc(pages: Iterable[tuple[str, str]]) -> bytes:
    """A packed WARC file of responses."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, html in pages:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        dates = {"WARC-Date": "2025-03-14T06:00:00Z", "WARC-Identified-Payload-Type": "text/html"}
        body = io.BytesIO(html.encode())
        writer.write_record(
            writer.create_warc_record(url, "response", payload=body, http_headers=head, warc_headers_dict=dates)
        )
    return out.getvalue()


def test_a_clean_document_keeps_its_text_and_its_metadata() -> None:
    (doc,) = clean(Document(CLEAN, "a1", metadata={"title": "Ferry sails", "dump": "spring", "score": 0.5}))

    assert doc.text == CLEAN
    assert doc.id == "a1"
    assert (doc.metadata["title"], doc.metadata["dump"], doc.metadata["score"]) == ("Ferry sails", "spring", 0.5)
    assert doc.metadata["removals"] == []


def test_the_metadata_is_that_of_a_line_of_json(cleaner: Cleaner) -> None:
    url = "https://example.org/a"
    (doc,) = clean(Document(NOISY, "a1", metadata={"url": url, "desk": "north"}))

    expected = record(cleaner.clean_document(read(NOISY, id="a1", metadata={"url": url, "desk": "north"})))
    assert doc.text == expected["text"]
    written = {name: expected[name] for name in ("removals", "status", "ruleset")}
    assert doc.metadata == {**expected["metadata"], **written}


def test_cleaning_again_changes_nothing() -> None:
    (once,) = clean(Document(NOISY, "a1", metadata={"desk": "north"}))
    before = dict(once.metadata)

    (twice,) = clean(once)

    assert twice.metadata == before


def test_the_date_of_a_warc_record_is_that_of_the_fetch_and_not_the_article_s() -> None:
    fetched = "2025-03-14T06:00:00Z"
    crawled = Document(NOISY, "<urn:uuid:5d2a>", metadata={"url": "https://example.org/a", "date": fetched})
    stated = Document(NOISY, "a1", metadata={"date": "2025-03-13"})

    first, second = clean(crawled, stated)

    assert (first.metadata["fetched"], first.metadata["date"]) == (fetched, None)
    assert second.metadata["date"] == "2025-03-13"
    assert "fetched" not in second.metadata


def test_documents_are_dropped_by_status_and_errors_always_go() -> None:
    def docs() -> list[Document]:
        return [Document(CLEAN, "ok"), Document(WALL, "wall"), Document(None, "bad")]

    assert [doc.id for doc in clean(*docs())] == ["ok", "wall"]
    assert [doc.id for doc in clean(*docs(), drop=("robot-check",))] == ["ok"]


def test_a_document_that_fails_keeps_its_text_and_says_why() -> None:
    doc = Document(NOISY, "long", metadata={"desk": "north"})

    assert clean(doc, max_chars=10) == []

    assert doc.text == NOISY
    assert doc.metadata["status"] == "error"
    assert doc.metadata["error"] == f"{len(NOISY)} characters; mend: split it, or raise max_chars"
    assert doc.metadata["desk"] == "north"


def test_what_is_dropped_goes_to_the_exclusion_writer(tmp_path: Path) -> None:
    docs = [Document(CLEAN, "ok"), Document(WALL, "wall"), Document(NOISY * 9, "long")]
    out, aside = JsonlWriter(str(tmp_path / "out")), JsonlWriter(str(tmp_path / "aside"))
    step = ArticleCleaner(drop=("robot-check",), exclusion_writer=aside, max_chars=300)

    run([docs, step, out], tmp_path)

    assert [row["id"] for row in from_jsonl(tmp_path / "out")] == ["ok"]
    excluded = from_jsonl(tmp_path / "aside")
    assert [(row["id"], row["metadata"]["filter_reason"]) for row in excluded] == [
        ("wall", "robot-check"),
        ("long", "error"),
    ]
    assert excluded[1]["text"] == NOISY * 9


def test_removals_are_counted_by_rule_and_category(tmp_path: Path) -> None:
    run([[Document(NOISY, "a"), Document(NOISY, "b"), Document(CLEAN, "c")], ArticleCleaner()], tmp_path)

    (step,) = json.loads((tmp_path / "logs" / "stats.json").read_text(encoding="utf-8"))
    stats = step["stats"]
    totals = {name: value["total"] if isinstance(value, dict) else value for name, value in stats.items()}
    assert totals["total"] == totals["forwarded"] == totals["status:ok"] == 3
    assert totals["rule:share-button"] == totals["category:share"] == 2
    assert totals["rule:desk-byline"] == totals["category:byline"] == 2
    assert totals["characters_removed"] == 2 * (len("Share this article") + len("ep/ta (AP, dpa)"))


def test_from_json_lines_to_parquet_and_back_with_two_workers(tmp_path: Path, cleaner: Cleaner) -> None:
    (tmp_path / "in").mkdir()
    docs = documents(60)
    for part in range(3):
        lines = "".join(json.dumps(doc) + "\n" for doc in docs[part::3])
        (tmp_path / "in" / f"{part}.jsonl").write_text(lines, encoding="utf-8")

    steps = [JsonlReader(str(tmp_path / "in")), ArticleCleaner(), parquet_writer(str(tmp_path / "out"), batch_size=7)]
    run(steps, tmp_path, tasks=2)

    files = sorted((tmp_path / "out").glob("*.parquet"))
    assert len(files) == 2
    assert all(pq.read_schema(file).equals(SCHEMA) for file in files)
    back = {doc.id: doc for doc in ParquetReader(str(tmp_path / "out"), adapter=from_parquet)()}
    assert back.keys() == {doc["id"] for doc in docs}
    for doc in docs:
        stated = {**doc.get("metadata", {}), "desk": doc["desk"], "url": doc["url"]}
        expected = record(cleaner.clean_document(read(doc["text"], id=doc["id"], metadata=stated)))
        got = back[doc["id"]]
        assert got.text == expected["text"]
        assert got.metadata["removals"] == expected["removals"]
        assert got.metadata["desk"] == doc["desk"]
        for name, value in expected["metadata"].items():
            assert got.metadata.get(name) == (value if value != [] else None), (doc["id"], name)


def test_from_warc_to_parquet(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pages = [(f"https://example.org/{number}", page(number)) for number in range(3)]
    (tmp_path / "in" / "crawl.warc.gz").write_bytes(warc(pages))

    run([WarcReader(str(tmp_path / "in")), ArticleCleaner(), parquet_writer(str(tmp_path / "out"))], tmp_path)

    rows = pq.read_table(tmp_path / "out").to_pylist()
    assert [row["metadata"]["url"] for row in rows] == [url for url, _ in pages]
    assert [row["metadata"]["title"] for row in rows] == list(TITLES.values())
    assert all(json.loads(row["metadata"]["extra"])["fetched"] == "2025-03-14T06:00:00Z" for row in rows)
    for number, row in enumerate(rows):
        assert row["text"].startswith(text(number).split("\n\n")[1 if number == 0 else 0])
        assert "<" not in row["text"]
        assert "Sport" not in row["text"]


def test_parquet_takes_documents_that_were_not_cleaned_or_hold_what_fits_no_column(tmp_path: Path) -> None:
    odd = {"title": 7, "authors": "Edna Pryce", "status": 404, "notes": "seen", "extra": {"a": 1}, "error": ["x"]}
    docs = [Document(CLEAN, "plain"), Document(CLEAN, "odd", metadata=odd)]

    run([docs, parquet_writer(str(tmp_path / "out"))], tmp_path)

    plain, got = pq.read_table(tmp_path / "out").to_pylist()
    assert plain["status"] is plain["metadata"]["title"] is None
    assert (got["metadata"]["title"], got["metadata"]["authors"]) == ("7", ["Edna Pryce"])
    extra = json.loads(got["metadata"]["extra"])
    assert extra == {"status": 404, "notes": "seen", "extra": {"a": 1}, "error": ["x"]}


def test_options_and_rules_can_be_given() -> None:
    (doc,) = clean(Document(NOISY, "a"), config=Config(ignore=("share",)), language="de", kind="text")

    assert "Share this article" in doc.text
    assert doc.metadata["language"] == "de"


def test_wrong_options_are_named_before_the_run() -> None:
    with pytest.raises(SelectionError, match="shre"):
        ArticleCleaner(Config(ignore=("shre",)))
    with pytest.raises(TypeError, match=r'drop is a string; mend: drop=\("error",\)'):
        ArticleCleaner(drop="error")
