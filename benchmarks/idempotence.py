"""Cleans texts twice, as the hook would, and gives the first ones back: how many change, how many do not come back.

    python benchmarks/idempotence.py TEXTS.jsonl[.gz] [--every 8] [--field text] [--set news]

Each text is a file: cleaned, written with front matter, read and cleaned again. `cleaner restore`'s delta must give the
first bytes back from the second. Exit code 1 if one text fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner import Cleaner
from cleaner.data import Document, Failure
from cleaner.emit import text_file
from cleaner.emit.style import style_of
from cleaner.emit.undo import restored, undo
from cleaner.read.document import attempt


def rows(path: Path, every: int) -> Iterator[dict[str, Any]]:
    """Every n-th record."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        for number, line in enumerate(file):
            if number % every == 0:
                yield json.loads(line)


def cleaned(cleaner: Cleaner, data: bytes) -> tuple[bytes, list[str]] | None:
    """What the hook makes of a file, and the rules that took something; None for what is no article."""
    read = attempt(data, "t.txt", id="t", kind="text")
    if isinstance(read, Failure) or not data.strip():
        return None
    article = cleaner.clean_document(read)
    if not article.text:
        return None
    if not article.removals:
        return data, []
    return style_of(data).dress(text_file(article)), [removal.rule for removal in article.removals]


def main() -> int:
    """Prints the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--field", default="text")
    options = parser.parse_args()
    cleaner, texts, changed, again, lost, size, kept = Cleaner(), 0, 0, 0, 0, 0, 0
    for row in rows(options.texts, options.every):
        data = row[options.field].encode("utf-8", "replace")
        once = cleaned(cleaner, data)
        bare = cleaner.clean_document(Document("t", row[options.field])).text
        second = cleaner.clean_document(Document("t", bare))
        if once is None:
            continue
        texts += 1
        new, _ = once
        changed += new != data
        twice = cleaned(cleaner, new)
        if twice is None or twice[0] != new or second.text != bare:
            again += 1
            print(f"changes the second time: {row.get('id')}: {twice and twice[1]}", flush=True)
        sidecar = json.loads(json.dumps(undo(data, new)))
        lost += restored(sidecar, new) != data
        size, kept = size + len(data), kept + len(json.dumps(sidecar)) * (new != data)
    print(f"{texts} texts, {changed} changed, {again} changed the second time, {lost} not restored byte for byte")
    print(f"sidecars without the list of removals: {kept / max(1, size):.2f} of the texts' bytes")
    return 1 if again or lost else 0


if __name__ == "__main__":
    sys.exit(main())
