"""The invariants of the contract, on documents composed of body, furniture and odd characters."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from samples import HARBOUR, ORCHARD, RAILWAY, wrapped

from cleaner.config import Config
from cleaner.data import Document
from cleaner.detect import HEURISTICS
from cleaner.emit import failure_record, json_line, record
from cleaner.pipeline import Cleaner
from cleaner.read.records import records

PROSE = [*HARBOUR, *ORCHARD, *RAILWAY]
FURNITURE = [
    "Advertisement",
    "Anzeige",
    "By Edna Pryce",
    "ep/ta (AP, Reuters, DPA)",
    "(Quelle: APA/dpa)",
    "© dpa-infocom, dpa:240516-99-53606/3",
    "date 2024-11-18",
    "Harbour closed after barge breaks loose – NVR – 18/11/2024",
    "Barge blocks Skelmouth harbour for second day",
    "Jetzt unseren Newsletter abonnieren!",
    "Orchard king abdicates",
    "Photo: Jane Rowe/AP",
    "Published 12 May 2024, 14:03 BST",
    "Read more: Why gravel is the new gold",
    "Related articles",
    "Reporting by Ann Poe; Editing by Lee Marsh",
    "Share this article",
    "Sign up for our newsletter",
    "The quiet return of the village cinema",
    "To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video",
    "We may earn a commission from links on this page.",
]
INLINE = [
    " (Foto: Archiv/dpa)",
    " [Read more]",
    " (Photo: AP)",
    "\u00a0",
    "\u200b",
    "\u00ad",
    "\x00",
    "\x07",
    "\u2028",
    "\t",
]
ODD = [
    "",
    " ",
    "\u3000",
    "…",
    "—",
    "* * *",
    "\ufeff",
    "İstanbul’da",
    "ﬁﬂ",
    "가각",
    "e\u0301\u0302",
    "\ud83d\ude00",
    "👩‍👩‍👧",
    "1. x",
    "?",
]

lines = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(FURNITURE),
    st.sampled_from(ODD),
    st.tuples(st.sampled_from(PROSE), st.sampled_from(INLINE), st.sampled_from(PROSE)).map("".join),
    st.tuples(st.sampled_from(FURNITURE), st.sampled_from(INLINE)).map("".join),
    st.text(max_size=40),
)
composed = st.one_of(
    st.tuples(st.lists(lines, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", "\n \n", " ", "\r", "\u2029"])).map(
        lambda pair: pair[1].join(pair[0])
    ),
    st.lists(st.sampled_from(PROSE + FURNITURE), min_size=2, max_size=8).map(wrapped),
)
texts = st.one_of(
    composed,
    composed.map(lambda text: unicodedata.normalize("NFD", text)),
    composed.map(str.upper),
    st.text(max_size=300),
    st.text("ab.\n \r\u0301é-:<>&", max_size=80),
)

IGNORABLE = re.compile("[\\s\u200b\u2060\ufeff]+")  # white space and what has no width


def bare(text: str) -> str:
    """The text in NFC without white space: what must be the same before and after."""
    return IGNORABLE.sub("", unicodedata.normalize("NFC", text))


def document(text: str) -> Document:
    return Document("d", text)


@given(texts)
def test_1_removals_and_kept_spans_tile_the_input(cleaner: Cleaner, text: str) -> None:
    article = cleaner.clean_document(document(text))

    at, kept = 0, []
    for removal in article.removals:
        assert at <= removal.start < removal.end <= len(text)
        assert removal.text == text[removal.start : removal.end]
        kept.append(text[at : removal.start])
        at = removal.end
    kept.append(text[at:])
    assert bare("".join(kept)) == bare(article.text)


@given(texts)
def test_2_cleaning_again_changes_nothing(cleaner: Cleaner, text: str) -> None:
    once = cleaner.clean_document(document(text))
    again = cleaner.clean_document(document(once.text))

    assert again.text == once.text
    assert again.removals == []


@given(st.lists(composed, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_3_the_order_of_documents_changes_nothing(cleaner: Cleaner, several: list[str], random: object) -> None:
    order = list(range(len(several)))
    random.shuffle(order)  # type: ignore[attr-defined]

    straight = [json_line(record(a)) for a in cleaner.clean_many(document(text) for text in several)]
    mixed = [json_line(record(a)) for a in cleaner.clean_many(document(several[n]) for n in order)]

    assert [straight[n] for n in order] == mixed


def test_3_threads_and_copies_change_nothing(cleaner: Cleaner) -> None:
    several = ["\n".join([*PROSE[n : n + 4], *FURNITURE[n:]]) for n in range(8)]
    alone = [json_line(record(cleaner.clean(text))) for text in several]
    copy = pickle.loads(pickle.dumps(Cleaner()))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: json_line(record(copy.clean(text))), several)) == alone


def test_3_another_process_with_another_hash_seed_changes_nothing(tmp_path: Path) -> None:
    program = (
        "import sys, cleaner; from cleaner.emit import json_line, record\n"
        "for text in sys.stdin.read().split('\\0'): print(json_line(record(cleaner.clean(text))))"
    )
    several = ["\n".join([*PROSE[n : n + 4], *FURNITURE[n:]]) for n in range(6)]

    def run(seed: str) -> bytes:
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONIOENCODING": "utf-8",
            "CLEANER_CACHE_DIR": str(tmp_path / seed),
        }
        return subprocess.run(
            [sys.executable, "-c", program],
            input="\0".join(several).encode(),
            env=env,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout

    assert run("1") == run("2")


@given(texts)
def test_4_nothing_new_appears_in_the_body(cleaner: Cleaner, text: str) -> None:
    article = cleaner.clean_document(document(text))

    def tokens(text: str) -> Counter[str]:
        return Counter(re.findall(r"\w+", unicodedata.normalize("NFC", text)))

    assert tokens(article.text) <= tokens(text)
    assert unicodedata.is_normalized("NFC", article.text)
    assert article.text == article.text.strip()
    assert not re.search(r"[ \t\r]\n|\n{3}", article.text)


good_records = st.fixed_dictionaries(
    {"id": st.text("abc123-", min_size=1, max_size=8), "text": composed},
    optional={
        "url": st.just("https://example.org/a"),
        "metadata": st.just({"title": "A made-up title"}),
        "n": st.integers(),
    },
).map(lambda fields: (fields["id"], json.dumps(fields).encode()))
bad_records = st.sampled_from(
    [
        (None, b'{"id": "cut off'),
        (None, b"[1, 2]"),
        (None, b"\xe9\xff nothing"),
        (None, b"null"),
        ("no-text", b'{"id": "no-text"}'),
        ("wrong-type", b'{"id": "wrong-type", "text": 7}'),
        ("empty", b'{"id": "empty", "text": ""}'),
        ("bare-page", b'{"id": "bare-page", "html": "<p>"}'),
    ]
)


@given(st.lists(st.one_of(good_records, bad_records), min_size=1, max_size=8))
@example([("a", b'{"id": "a", "text": "x"}'), (None, b'{"text": ')])
def test_5_every_record_comes_back(cleaner: Cleaner, rows: list[tuple[str | None, bytes]]) -> None:
    stream = io.BytesIO(b"\n".join(line for _, line in rows))

    back = [
        record(cleaner.clean_document(item)) if isinstance(item, Document) else failure_record(item)
        for item in records(stream, "in.jsonl", "in.jsonl")
    ]

    assert [row["id"] for row in back] == [id or f"in.jsonl:{n}" for n, (id, _) in enumerate(rows, 1)]
    assert all(row["status"] for row in back)


@given(texts)
def test_without_rules_and_heuristics_only_white_space_changes(text: str) -> None:
    article = BARE.clean_document(document(text))

    assert article.removals == []
    assert bare(article.text) == bare(text)


BARE = Cleaner(Config(builtin=False, ignore=tuple(HEURISTICS)))
