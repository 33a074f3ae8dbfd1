"""The columns of a cleaned row in Arrow, for Parquet and for all engines: types that follow from the dataclasses.

Each field of `Metadata` has a type of its own, whether it has values or not. Those of MAPPINGS, which have none that
all engines know, are strings of JSON, and `extra` holds all that is no field; `read.formats.columns` unpacks both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from cleaner.data import MAPPINGS, Metadata, Removal
from cleaner.emit.records import REMOVAL, json_line
from cleaner.storage import need
from cleaner.text.frontmatter import plain

WHAT = "writing Parquet"
_TYPES = get_type_hints(Metadata)


@cache
def types() -> Mapping[str, Any]:
    """The Arrow types of all columns that cleaning may give. Raises MissingExtraError."""
    pa = pyarrow()
    text = pa.string()
    metadata = [(name, text if name in MAPPINGS else _type(hint)) for name, hint in _TYPES.items()]
    removal = get_type_hints(Removal)
    return {
        **dict.fromkeys(("id", "text", "status", "ruleset", "error", "place"), text),
        "metadata": pa.struct(metadata),
        "removals": pa.list_(pa.struct([(name, _type(removal[name])) for name in REMOVAL])),
        "notes": pa.list_(text),
    }


def metadata_row(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the column `metadata` for the fields of a record: what is unknown is None, or [] in a list."""
    others = {name: value for name, value in fields.items() if name not in _TYPES or name == "extra"}
    return {name: _value({**fields, "extra": others}.get(name), hint) for name, hint in _TYPES.items()}


def utf8(value: Any) -> Any:
    """A value whose strings have UTF-8: lone surrogates become U+FFFD, as in text files."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: utf8(one) for key, one in value.items()}
    return [utf8(one) for one in value] if isinstance(value, list) else value


def pyarrow() -> Any:
    """The package. Raises MissingExtraError."""
    return need("pyarrow", "pyarrow", WHAT)


def _value(value: Any, hint: Any) -> Any:
    """A field as its column asks; None where it is unknown, or cannot be made to fit."""
    value = plain(value)
    if get_origin(hint) is list:
        items = value if isinstance(value, list) else [value]
        return [str(item) for item in items if item is not None]
    kind = _kind(hint)
    if kind is str:
        return None if value is None else str(value)
    if kind in (bool, int, float):
        return value if isinstance(value, (bool, int, float)) else None
    return json_line(value) if value else None


def _type(hint: Any) -> Any:
    """The Arrow type of a field of a dataclass."""
    pa = pyarrow()
    simple = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}
    if get_origin(hint) is list:
        return pa.list_(simple[get_args(hint)[0]])
    return simple[_kind(hint)]


def _kind(hint: Any) -> Any:
    """What a field holds where it is not None."""
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint
