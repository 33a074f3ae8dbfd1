"""The choices that options offer; apart, so that `--help` imports nothing else."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """What `cleaner clean` writes for an article."""

    front_matter = "front-matter"
    body = "body"
    sidecar = "sidecar"
    jsonl = "jsonl"
    jsonl_gz = "jsonl.gz"
    jsonl_zst = "jsonl.zst"
    parquet = "parquet"
    csv = "csv"
    tsv = "tsv"


class From(StrEnum):
    """What the inputs hold, where their names do not say it."""

    text = "text"
    html = "html"
    jsonl = "jsonl"
    csv = "csv"
    tsv = "tsv"
    parquet = "parquet"
    warc = "warc"
    wet = "wet"
    zip = "zip"
    tar = "tar"


class PageEngine(StrEnum):
    """When trafilatura is asked for a second opinion on a page."""

    auto = "auto"
    fast = "fast"
    careful = "careful"


class BodyForm(StrEnum):
    """What the body of a page becomes."""

    text = "text"
    md = "md"


class Format(StrEnum):
    """How `cleaner check` prints findings."""

    concise = "concise"
    full = "full"
    json = "json"
    github = "github"
    sarif = "sarif"


class RuleAction(StrEnum):
    """What a rule does."""

    drop_line = "drop-line"
    strip_span = "strip-span"
    drop_block = "drop-block"
    cut_tail = "cut-tail"
    keep = "keep"
    extract = "extract"
