"""The YAML block at a text's start: read safely, written so that reading gives the same values again.

YAML 1.1 turns `no` into False, `12:30` into 750 and `2024-11-18` into a date. Here a plain value is a
string unless it is plainly a number, true, false or null, and the fields of the contract are strings
always: `language: no` is Norwegian, `title: 1984` is a title. What is written is quoted so that YAML
1.1 readers agree. PyYAML is imported only when there is a block to read or write.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from typing import Any

# The order in which they are written.
FIELDS = ("title", "authors", "agencies", "date", "publisher", "language", "url")
JOINED_BY = "; "  # between the items of a list, where a format has none
# One of these is evidence enough; other keys must look like keys of a machine (see `_are_keys`).
USUAL_KEYS = frozenset((
    *FIELDS, "author", "byline", "categories", "created", "description", "draft", "id", "image", "keywords", "lang",
    "layout", "licence", "license", "permalink", "published", "section", "slug", "source", "status", "subtitle",
    "summary", "tags", "updated",
))  # fmt: skip
TEXT_KEYS = frozenset((*FIELDS, "author", "byline", "lang", "source"))  # never numbers
MAX_BLOCK = 65_536  # code points; longer than any header, and a bound on the YAML parser's work

_OPEN = re.compile(r"\ufeff?---[ \t]*(?:\r\n?|\n)")
_CLOSE = re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*|\Z)")
_KEY = re.compile(r"[^\W\dA-Z][\w.-]*")
_HEADER_LINE = re.compile(r"[^\W\d][\w.-]*[ \t]*:(?:\s|\Z)|[ \t#\-\]}]")  # a key, or what goes on below one
_NULL, _BOOL, _INT, _FLOAT, _STR = (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "str"))
# Each pattern takes less than YAML 1.1 does, so that PyYAML quotes every string that one of them would take.
_PLAIN_VALUES = (
    (_NULL, re.compile(r"(?:~|null|Null|NULL)?\Z"), [*"~nN", ""]),
    (_BOOL, re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")),
    (_INT, re.compile(r"[-+]?(?:0|[1-9][0-9]{0,300})\Z"), list("-+0123456789")),
    (_FLOAT, re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]{1,3})?\Z"), list("-+.0123456789")),
)


class _Key(str):
    """A key of the block itself: quoted unless it looks like one, so that it is known again as a key."""

    __slots__ = ()


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter and the text after it, from its first line that is not blank.

    Front matter is a line `---` at the very start, `key: value` lines, and a line `---` or `...`.
    Anything else, such as a rule above prose or broken YAML, is text: ({}, the text unchanged).
    Several blocks in a row are one; the first to name a key wins. Never raises.
    """
    metadata: dict[str, Any] = {}
    while opened := _OPEN.match(text):
        closed = _CLOSE.search(text, opened.end())
        fields = _parse(text[opened.end() : closed.start()]) if closed and closed.start() <= MAX_BLOCK else None
        if not closed or not fields:
            break
        metadata = {**fields, **metadata}
        text = text[closed.end() :]
    return metadata, text


def fault(text: str) -> tuple[int, str] | None:
    """Why a block at the start that is meant as front matter is none, with its line from 1; None for any other text.

    It is meant as such if all its lines look like it, a key first, and only its YAML is broken.
    """
    opened = _OPEN.match(text)
    closed = _CLOSE.search(text, opened.end(), opened.end() + MAX_BLOCK) if opened else None
    if not opened or not closed:
        return None
    block = text[opened.end() : closed.start()].replace("\r\n", "\n").replace("\r", "\n")
    lines = [line for line in block.split("\n") if line.strip()]
    if not lines or not _KEY.match(lines[0]) or not all(map(_HEADER_LINE.match, lines)):
        return None
    yaml, loader = _loader()
    try:
        yaml.compose(block, loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return (2 + mark.line if mark else 2), str(getattr(error, "problem", None) or error)
    return None


def dump(fields: Mapping[str, Any]) -> str:
    """Return the block for these fields, in their order, with both rules and a line end; "" for no fields.

    None and empty lists are left out. Values may be nested; what YAML has no word for becomes a string.
    """
    known = {_Key(key): found for key, value in fields.items() if (found := plain(value)) is not None and found != []}
    if not known:
        return ""
    yaml, dumper = _dumper()
    body = yaml.dump(known, Dumper=dumper, allow_unicode=True, sort_keys=False, width=2**31, default_flow_style=False)
    return f"---\n{body}---\n"


def plain(value: Any) -> Any:
    """Return a value in JSON's types: dates as ISO 8601, sets and tuples as lists, keys as strings, NaN as None."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else str(value)


def _parse(block: str) -> dict[str, Any] | None:
    """The block's fields, or None if it is no mapping with keys of a header, or no YAML."""
    yaml, loader_class = _loader()
    loader = None
    try:
        loader = loader_class(block.replace("\r\n", "\n").replace("\r", "\n"))
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode) or not _are_keys([key for key, _ in node.value]):
            return None
        for key, value in node.value:
            _as_strings(key)
            if str(key.value).lower() in TEXT_KEYS:
                _as_strings(value)
        fields = plain(loader.construct_document(node))
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError):
        # PyYAML's own error for bad syntax; the others for bad values under a tag such as `!!timestamp x`.
        return None
    finally:
        if loader is not None:
            loader.dispose()
    return {key: value for key, value in fields.items() if value is not None}


def _are_keys(keys: list[Any]) -> bool:
    """Keys of a header, not the first words of prose ("Note: ..."): a usual one, or all in lower case or quoted."""
    if any(str(key.value).lower() in USUAL_KEYS for key in keys):
        return True
    return all(getattr(key, "style", None) in ("'", '"') or _KEY.fullmatch(str(key.value)) for key in keys)


def _as_strings(node: Any) -> None:
    """Make numbers and truth values under a node the strings that stand there (null stays)."""
    if isinstance(node.value, list):
        for item in node.value:
            if not isinstance(item, tuple):
                _as_strings(item)
    elif node.tag in (_BOOL, _INT, _FLOAT):
        node.tag = _STR


@cache
def _loader() -> tuple[Any, Any]:
    """PyYAML and a safe loader without references (they can grow without bound) and without YAML 1.1's guesses."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: int) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("references are not read in front matter")
            return super().compose_node(parent, index)

    Loader.yaml_implicit_resolvers = {}
    for tag, pattern, first in _PLAIN_VALUES:
        Loader.add_implicit_resolver(tag, pattern, first)
    return yaml, Loader


@cache
def _dumper() -> tuple[Any, Any]:
    """PyYAML and a safe dumper without references; strings with line breaks or controls go in double quotes."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def string(dumper: Any, value: str) -> Any:
        return dumper.represent_scalar(_STR, value, style=None if value.isprintable() else '"')

    def key(dumper: Any, value: str) -> Any:
        return dumper.represent_scalar(_STR, value, style=None if _KEY.fullmatch(value) else '"')

    Dumper.add_representer(str, string)
    Dumper.add_representer(_Key, key)
    return yaml, Dumper
