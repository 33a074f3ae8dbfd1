"""A real local Spark: several partitions, declared types, bad rows beside good ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark")

from made_up import CLEAN, NOISY, RULE, document, documents

from cleaner import Cleaner, Config
from cleaner.integrations.arrow import OURS, ColumnError
from cleaner.integrations.spark import clean_dataframe

HUGE = "\n\n".join(f"{CLEAN} It was the {number}th time in a year." for number in range(6000))  # half a megabyte


def test_all_rows_come_back_from_several_partitions(spark: Any, cleaner: Cleaner) -> None:
    docs = documents(60)
    df = spark.createDataFrame([(d["id"], d["text"], d["url"]) for d in docs], "id string, text string, url string")

    out = clean_dataframe(df.repartition(4), url_col="url")

    assert out.rdd.getNumPartitions() == 4
    got = {row["id"]: row for row in out.collect()}
    assert len(got) == 60
    for doc in docs:
        expected = cleaner.clean(doc["text"], url=doc["url"])
        row = got[doc["id"]]
        assert row["text"] == expected.text
        assert row["metadata"]["authors"] == expected.metadata.authors
        assert row["metadata"]["title"] == expected.metadata.title
        assert [(r["start"], r["rule"]) for r in row["removals"]] == [(r.start, r.rule) for r in expected.removals]
        assert (row["status"], row["ruleset"], row["error"]) == (expected.status, expected.ruleset, None)


def test_the_schema_is_declared_and_other_columns_keep_theirs(spark: Any) -> None:
    df = spark.sql(
        "select date'2025-03-14' day, 'A ferry sails.' text, timestamp'2025-03-14 06:00:00' seen, "
        "cast(1.5 as decimal(9,2)) price, map('a', 1) counts, array('x', null) tags"
    )

    out = clean_dataframe(df)

    assert out.columns == [*df.columns, *list(OURS)[1:]]
    types = dict(out.dtypes)
    assert {name: types[name] for name in df.columns} == dict(df.dtypes)
    assert types["removals"] == (
        "array<struct<start:bigint,end:bigint,text:string,rule:string,category:string,also_matched:array<string>>>"
    )
    assert [part.split(":")[0] for part in types["metadata"][7:-1].split(",")] == OURS["metadata"].names
    assert out.drop(*list(OURS)[1:]).collect() == df.collect()


def test_bad_rows_come_back_with_an_error_and_fail_no_job(spark: Any) -> None:
    broken = "<html><body><p>The ferry sails on Friday, the harbour master said.</p><div <<p></body"
    rows = [("good", NOISY), ("null", None), ("broken", broken), ("huge", HUGE), ("empty", ""), ("nul", "a\0b")]
    df = spark.createDataFrame(rows, "id string, text string").repartition(3)

    got = {row["id"]: row for row in clean_dataframe(df, id_col="id", max_chars=200_000).collect()}

    assert got.keys() == {id for id, _ in rows}
    assert (got["good"]["text"], got["good"]["error"]) == (CLEAN, None)
    assert (got["null"]["status"], got["null"]["text"]) == ("error", None)
    assert got["null"]["error"] == "text is null; mend: leave the row out, or give it its text"
    assert got["huge"]["error"] == f"{len(HUGE):,} characters; mend: split it, or raise max_chars"
    assert got["broken"]["error"] is None
    assert got["broken"]["text"] == "The ferry sails on Friday, the harbour master said."
    assert got["empty"]["status"] == "no-article"


def test_bytes_and_ids_and_metadata(spark: Any) -> None:
    df = spark.sql("select 7L number, encode('A ferry sails.', 'utf-16') page, map('title', 'Ferry') metadata")

    (row,) = clean_dataframe(df, "page", id_col="number").collect()

    assert row["text"] == "A ferry sails."
    assert row["id"] == "7"
    assert row["metadata"]["title"] == "Ferry"
    assert row["page"] == df.first()["page"]


def test_rules_are_read_where_the_job_is_made_and_their_files_are_not_needed_later(spark: Any, tmp_path: Path) -> None:
    file = tmp_path / "cheese.toml"
    file.write_text(RULE)
    df = spark.createDataFrame([(f"{NOISY}\n\nBuy our cheese",)], "text string")
    config = Config(rules=(str(tmp_path),), ignore=("share-button",))

    out = clean_dataframe(df, config=config, language="de", kind="text")
    file.unlink()
    (row,) = out.collect()

    assert row["text"] == f"{CLEAN}\n\nShare this article"
    assert "cheese-call" in [removal["rule"] for removal in row["removals"]]
    assert row["metadata"]["language"] == "de"


def test_one_compiled_cleaner_serves_a_worker(spark: Any) -> None:
    """Each Python worker unpacks the rules once, however many partitions and jobs it works on."""
    df = spark.createDataFrame([(document(n)["text"],) for n in range(16)], "text string").repartition(8)
    clean_dataframe(df).count()

    def unpacked(batches: Any) -> Any:
        import os

        import pyarrow as pa

        from cleaner.integrations.rows import _unpacked

        list(batches)
        yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "count": [_unpacked.cache_info().misses]})

    seen = spark.range(8).repartition(4).mapInArrow(unpacked, "pid long, count long").collect()
    assert all(row["count"] <= 3 for row in seen)  # as many as there are different configs in this file


def test_columns_that_are_missing_or_wrong_are_named_before_the_job(spark: Any) -> None:
    df = spark.createDataFrame([(1, "a")], "id int, body string")

    with pytest.raises(ColumnError, match=r'no column "text"; columns: id, body; mend: name one of them with text_col'):
        clean_dataframe(df)
    with pytest.raises(ColumnError, match='column "id" is of type int; mend:'):
        clean_dataframe(df, "id")
    with pytest.raises(ColumnError, match=r'mend: df\.withColumnRenamed\("Status", "status"\)'):
        clean_dataframe(df.withColumnRenamed("id", "Status"), "body")
