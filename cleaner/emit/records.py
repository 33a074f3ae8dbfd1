"""The JSON shapes of the contract."""

from __future__ import annotations

import json
import re
from typing import Any

from cleaner.data import Article, Failure, Metadata
from cleaner.text.frontmatter import FIELDS, plain

REMOVAL = ("start", "end", "text", "rule", "category", "also_matched")
FURTHER = ("modified", "section", "tags", "canonical_url", "image", "paywalled", "sources")  # only where known
# Lone surrogates have no UTF-8; at the others some readers break a line.
_ESCAPED = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def record(article: Article) -> dict[str, Any]:
    """Return the object of the contract; then the record's other keys; `notes` last, only if there are any.

    A key of the contract goes before another key of the same name. All values are JSON's types. What a cleaned
    record says of its cleaning it goes on to say where nothing more was removed from it.
    """
    said = dict(article.earlier)
    notes = list(dict.fromkeys([*said.pop("notes", ()), *article.notes]))
    contract = {
        "id": article.id,
        "text": article.text,
        "metadata": metadata_fields(article.metadata),
        "removals": [{name: getattr(removal, name) for name in REMOVAL} for removal in article.removals],
        "status": article.status,
        "ruleset": article.ruleset,
        **said,
    }
    others = {key: value for key, value in plain(article.extra).items() if key not in contract}
    if notes:
        others.pop("notes", None)
        others["notes"] = notes
    return {**contract, **others}


def failure_record(failure: Failure) -> dict[str, Any]:
    """Return what stands in the output for an input that failed."""
    return {"id": failure.id, "status": "error", "error": failure.reason, "place": failure.place}


def metadata_fields(metadata: Metadata) -> dict[str, Any]:
    """Return the fields of the contract in its order, None or [] where unknown, then the others that are known."""
    fields = {name: getattr(metadata, name) for name in FIELDS}
    fields |= {name: value for name in FURTHER if (value := plain(getattr(metadata, name))) not in (None, [], {})}
    return {**fields, **{key: value for key, value in plain(metadata.extra).items() if key not in fields}}


def json_line(obj: object) -> str:
    """Return one line of JSON without a line end: characters as they are, but those that break readers escaped."""
    return escaped(json.dumps(obj, ensure_ascii=False))


def escaped(text: str) -> str:
    """Escape, in finished JSON, lone surrogates and the line ends beyond ASCII (both occur in strings only)."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
