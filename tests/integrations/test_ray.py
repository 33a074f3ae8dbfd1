"""A real local Ray: Arrow batches through actors that compile the rules once."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("ray")
pa = pytest.importorskip("pyarrow")

from made_up import CLEAN, NOISY, documents  # noqa: E402

from cleaner import Cleaner, Config  # noqa: E402
from cleaner.integrations.arrow import OURS  # noqa: E402
from cleaner.integrations.ray import ArticleCleaner  # noqa: E402


def cleaned(ray: Any, table: Any, blocks: int = 4, **options: Any) -> Any:
    return (
        ray.data.from_arrow(table)
        .repartition(blocks)
        .map_batches(
            ArticleCleaner,
            fn_constructor_kwargs=options,
            batch_format="pyarrow",
            batch_size=16,
            compute=ray.data.ActorPoolStrategy(size=2),
        )
    )


def test_all_rows_come_back_from_several_blocks(ray: Any, cleaner: Cleaner) -> None:
    docs = documents(60)
    table = pa.table({name: [doc[name] for doc in docs] for name in ("id", "text", "url", "desk")})

    got = {row["id"]: row for row in cleaned(ray, table, url_col="url").take_all()}

    assert len(got) == 60
    for doc in docs:
        expected = cleaner.clean(doc["text"], url=doc["url"])
        row = got[doc["id"]]
        assert (row["text"], row["desk"]) == (expected.text, doc["desk"])
        assert row["metadata"]["authors"] == expected.metadata.authors
        assert [(r["start"], r["rule"]) for r in row["removals"]] == [(r.start, r.rule) for r in expected.removals]
        assert (row["status"], row["ruleset"], row["error"]) == (expected.status, expected.ruleset, None)


def test_bad_rows_come_back_with_an_error_and_the_types_agree(ray: Any) -> None:
    """Blocks without a single value have the types of the others."""
    texts = [None] * 8 + [NOISY] * 8 + ["x" * 999] * 8 + [CLEAN] * 8
    table = pa.table({"n": range(32), "text": pa.array(texts, pa.string())})

    dataset = cleaned(ray, table, blocks=8, max_chars=500).materialize()

    rows = sorted(dataset.take_all(), key=lambda row: row["n"])
    assert [row["status"] for row in rows] == ["error"] * 8 + ["ok"] * 8 + ["error"] * 8 + ["ok"] * 8
    assert rows[0]["error"] == "text is null; mend: leave the row out, or give it its text"
    assert rows[16]["error"] == "999 characters; mend: split it, or raise max_chars"
    schema = dict(zip(dataset.schema().names, dataset.schema().types, strict=True))
    assert list(schema) == ["n", *OURS]
    assert schema["metadata"] == OURS["metadata"]


def test_options_reach_the_actors(ray: Any) -> None:
    table = pa.table({"page": [NOISY], "key": [7]})

    (row,) = cleaned(
        ray, table, text_col="page", id_col="key", language="de", config=Config(ignore=("share",))
    ).take_all()

    assert row["page"] == NOISY
    assert "Share this article" in row["text"]
    assert (row["id"], row["metadata"]["language"]) == ("7", "de")


def test_a_missing_column_is_named(ray: Any) -> None:
    with pytest.raises(Exception, match='no column "text"; columns: body; mend: name one of them with text_col'):
        cleaned(ray, pa.table({"body": [CLEAN]})).take_all()


def test_the_rules_are_compiled_once_an_actor() -> None:
    actor = ArticleCleaner()
    compiled = actor._rows.cleaner

    first, second = actor(pa.table({"text": [NOISY]})), actor(pa.table({"text": [CLEAN]}))

    assert actor._rows.cleaner is compiled
    assert first.column("text").to_pylist() == second.column("text").to_pylist() == [CLEAN]


def test_another_batch_format_is_refused_with_its_mend() -> None:
    with pytest.raises(TypeError, match=r'a batch is of type dict; mend: map_batches\(…, batch_format="pyarrow"\)'):
        ArticleCleaner()({"text": [NOISY]})
