"""Text files, their sidecars, and diffs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Literal

from cleaner.data import Article, Metadata
from cleaner.emit.records import escaped, metadata_fields, record
from cleaner.text.frontmatter import dump

Form = Literal["front-matter", "body"]
_QUOTED = re.compile('[\x00-\x1f\x7f"\\\\\udc80-\udcff]')  # in names; the last stand for bytes that are no UTF-8


def front_matter(metadata: Metadata) -> str:
    """Return the YAML block with both its rules; fields that are unknown are left out; "" if all are.

    Where the values came from (`sources`) stands in the records only.
    """
    return dump(metadata_fields(replace(metadata, sources={})))


def text_file(article: Article, form: Form = "front-matter") -> str:
    """Return a text file's content, ended by one line end; reading it gives the metadata and the body again."""
    body = article.text.rstrip("\n") + "\n"
    header = front_matter(article.metadata) if form == "front-matter" else ""
    if not header:
        return body
    return f"{header}\n{body}" if body != "\n" else header


def sidecar(article: Article) -> str:
    """Return the record of the contract, indented, for a file beside the text."""
    return escaped(json.dumps(record(article), ensure_ascii=False, indent=2)) + "\n"


def diff(before: str, after: str, name: str) -> str:
    """Return a unified diff that `patch -p1` takes, if the name is a path; "" where nothing differs."""
    from difflib import unified_diff

    lines = unified_diff(_lines(before), _lines(after), _named(f"a/{name}"), _named(f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _named(path: str) -> str:
    r"""A path as the head of a diff has it, for git and patch: quoted where it must be, ended where it has blanks.

    >>> _named("a/x\ny.txt"), _named("a/x y.txt")
    ('"a/x\\012y.txt"', 'a/x y.txt\t')
    """
    if _QUOTED.search(path):
        return f'"{_QUOTED.sub(_octal, path)}"'
    return f"{path}\t" if " " in path else path


def _octal(found: re.Match[str]) -> str:
    return "".join(f"\\{byte:03o}" for byte in found[0].encode("utf-8", "surrogateescape"))


def _lines(text: str) -> list[str]:
    """Lines with their ends, broken at line feeds only (`splitlines` breaks at a dozen other characters)."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines
