"""Real Hugging Face datasets, in memory and streamed: declared types, bad rows, and a cache that knows the rules."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

datasets = pytest.importorskip("datasets")

from made_up import CLEAN, NOISY, documents  # noqa: E402

from cleaner import Cleaner, Config  # noqa: E402
from cleaner.integrations import hf  # noqa: E402
from cleaner.integrations.arrow import OURS, ColumnError  # noqa: E402
from cleaner.integrations.hf import clean_batch  # noqa: E402

datasets.disable_progress_bars()


def dataset(**columns: Any) -> Any:
    return datasets.Dataset.from_dict(columns)


def test_a_dataset_is_cleaned_and_keeps_its_other_columns(cleaner: Cleaner) -> None:
    docs = documents(60)
    given = dataset(**{name: [doc[name] for doc in docs] for name in ("id", "text", "url", "desk")})

    got = given.map(clean_batch, batched=True, batch_size=16, fn_kwargs={"url_col": "url"})

    assert got.column_names == ["id", "text", "url", "desk", *list(OURS)[1:]]
    assert list(got["desk"]) == list(given["desk"])
    for doc, row in zip(docs, got, strict=True):
        expected = cleaner.clean(doc["text"], url=doc["url"])
        assert row["text"] == expected.text
        assert row["metadata"]["agencies"] == expected.metadata.agencies
        assert [(r["start"], r["rule"]) for r in row["removals"]] == [(r.start, r.rule) for r in expected.removals]
        assert (row["status"], row["error"]) == (expected.status, None)


def test_types_are_declared_though_the_first_batches_have_no_value() -> None:
    """Types taken from the first batch would be null, and the second batch would break the run."""
    given = dataset(text=[None] * 4 + [CLEAN] * 4 + [NOISY] * 4)

    got = given.map(clean_batch, batched=True, batch_size=4, writer_batch_size=4)

    assert list(got["status"]) == ["error"] * 4 + ["ok"] * 8
    assert got[0]["error"] == "text is null; mend: leave the row out, or give it its text"
    assert got.features["metadata"]["authors"] == datasets.List(datasets.Value("string"))
    assert got.data.schema.field("metadata").type == OURS["metadata"]


def test_a_formatted_dataset_and_typed_columns() -> None:
    day = datasets.ClassLabel(names=["fair", "storm"])
    given = dataset(text=[NOISY], day=[1]).cast_column("day", day).with_format("arrow")

    got = given.map(clean_batch, batched=True)

    assert got.features["day"] == day
    assert got.with_format(None)[0]["text"] == CLEAN


def test_options_are_given_as_fn_kwargs() -> None:
    options = {"text_col": "page", "id_col": "key", "config": Config(ignore=("share",)), "language": "de"}

    (row,) = dataset(page=[NOISY], key=[7]).map(clean_batch, batched=True, fn_kwargs=options)

    assert row["page"] == NOISY
    assert "Share this article" in row["text"]
    assert (row["id"], row["metadata"]["language"]) == ("7", "de")


def test_a_stream_is_cleaned() -> None:
    rows = [{"text": NOISY, "desk": "north", "metadata": {"title": "T"}}, {"text": None, "desk": "s", "metadata": None}]
    stream = datasets.IterableDataset.from_generator(lambda: iter(rows))

    first, second = stream.map(clean_batch, batched=True)

    assert (first["text"], first["desk"], first["metadata"]["title"]) == (CLEAN, "north", "T")
    assert (second["status"], second["desk"]) == ("error", "s")


def test_a_plain_dict_of_lists_gives_our_columns() -> None:
    got = clean_batch({"text": [NOISY, CLEAN]})

    assert list(got) == list(OURS)
    assert got["text"] == [CLEAN, CLEAN]
    with pytest.raises(ColumnError, match='no column "text"; columns: body'):
        clean_batch({"body": [CLEAN]})


def test_a_missing_column_is_named_before_anything_is_written() -> None:
    with pytest.raises(ColumnError, match=r'no column "text"; columns: txt; mend: did you mean text_col="txt"\?'):
        dataset(txt=[CLEAN]).map(clean_batch, batched=True)


def test_the_cache_gives_the_same_again_but_not_what_older_rules_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    hash = datasets.fingerprint.Hasher.hash
    before = hash(clean_batch)
    assert hash(clean_batch) == before
    assert pickle.loads(pickle.dumps(clean_batch))({"text": [NOISY]})["text"] == [CLEAN]

    monkeypatch.setattr(hf._prepared()[0], "ruleset", "9.9.9+000000")

    assert hash(clean_batch) != before
