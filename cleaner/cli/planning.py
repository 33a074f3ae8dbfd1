"""Where the output of `cleaner clean` goes: read from the options and the inputs before anything is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cleaner.cli import guard
from cleaner.cli.choices import Form
from cleaner.cli.inplace import Left
from cleaner.cli.plan import RECORD_FILES, RECORD_FORMS, Kind, Plan, holds_records, sidecar_of
from cleaner.cli.run.errors import PARTS, default_path
from cleaner.cli.session import UsageError
from cleaner.cli.terminal import is_terminal
from cleaner.data import Failure
from cleaner.emit.files import is_special
from cleaner.read.sources import (
    ARCHIVES,
    CRAWLS,
    JSON,
    LINES,
    NOT_TEXT,
    PARQUET,
    READABLE,
    STDIN,
    TEXT,
    Source,
    suffixes,
)
from cleaner.storage import is_url


def make_plan(
    sources: Sequence[str],
    out: str | None,
    form: Form | None,
    *,
    in_place: bool,
    diff: bool,
    hook: bool,
    source_suffix: str = "",
    keep_removals: bool = False,
) -> Plan:
    """Raises UsageError where the options contradict each other or the inputs, or an input would be overwritten.

    `source_suffix` is what all inputs hold, where that was said.
    """
    from cleaner.read import find

    _check_options(sources, out, form, in_place=in_place, diff=diff, hook=hook)
    if keep_removals and not in_place:
        raise UsageError("--keep-removals is for --in-place: elsewhere the input stays; mend: leave it out")
    kind, path = _kind(out, form, in_place=in_place, diff=diff)
    found = list(find(sources))
    items = [item for item in found if not (isinstance(item, Source) and _is_old_output(item, sources, kind, path))]
    if form is None and kind is Kind.stdout and _first_suffix(items, source_suffix) in (*CRAWLS, *PARQUET, *ARCHIVES):
        form = Form.jsonl
    form = form or (Form.jsonl if kind is Kind.lines else Form.front_matter)
    plan = Plan(
        kind, form, items, path, hook, len(found) - len(items), out or "",
        named=frozenset(sources), keep_removals=keep_removals,
    )  # fmt: skip
    if kind is Kind.in_place:
        plan = replace(plan, items=_each_once([_left(item) for item in items] if not source_suffix else items))
    _check_names(plan)
    _check_inputs(plan, source_suffix)
    _check_targets(plan)
    return plan


def _first_suffix(items: Sequence[Source | Failure], given: str) -> str:
    return given or next((suffixes(item.name)[0] for item in items if isinstance(item, Source)), "")


def _check_options(
    sources: Sequence[str], out: str | None, form: Form | None, *, in_place: bool, diff: bool, hook: bool
) -> None:
    if sum((out is not None, in_place, diff)) > 1:
        raise UsageError("-o, --in-place and --diff exclude each other; mend: give one of them")
    if hook and not in_place:
        raise UsageError("--hook is for --in-place; mend: add --in-place, or leave --hook out")
    if in_place and "-" in sources:
        raise UsageError("standard input cannot be changed in place; mend: leave --in-place out")
    if in_place and form in RECORD_FORMS:
        raise UsageError(f"--to {form} would put records into text files; mend: -o OUT.jsonl instead of --in-place")
    if form is Form.parquet and out in (None, "-"):
        raise UsageError("--to parquet writes files; mend: -o OUT.parquet, or -o OUT/ for shards")
    if form in (Form.jsonl_gz, Form.jsonl_zst) and out in (None, "-") and is_terminal(sys.stdout):
        raise UsageError(f"--to {form} is nothing that a terminal shows; mend: --to jsonl, a pipe, or -o OUT.{form}")
    if diff and form in (*RECORD_FORMS, Form.sidecar):
        raise UsageError(f"--diff compares texts, not --to {form}; mend: leave one of them out")
    if form is Form.sidecar and not in_place and out in (None, "-"):
        raise UsageError("--to sidecar writes files; mend: name a folder, -o OUT/")


def _kind(out: str | None, form: Form | None, *, in_place: bool, diff: bool) -> tuple[Kind, Path]:
    if in_place or diff:
        return (Kind.in_place if in_place else Kind.diff), Path()
    if out is None or out == "-":
        return Kind.stdout, Path()
    path, suffix = Path(out), suffixes(out)[0]
    if is_url(out):
        return _remote_kind(out, form), path
    if path.is_dir() or out.endswith(("/", os.sep)) or (not suffix and not path.exists()):
        return (Kind.shards if form in RECORD_FORMS else Kind.folder), path
    if path.exists() and not path.is_file():
        return Kind.stdout, path  # such as /dev/null or a named pipe: written to, never replaced
    _check_file(out, form)
    return (Kind.lines if suffix in RECORD_FILES else Kind.file), path


def _remote_kind(out: str, form: Form | None) -> Kind:
    """Addresses take records: one file, or shards."""
    if suffixes(out)[0] in RECORD_FILES:
        _check_file(out, form)
        return Kind.lines
    if form not in RECORD_FORMS:
        raise UsageError(f"{out}: an address takes records; mend: --to jsonl, or end it in .jsonl or .parquet")
    return Kind.shards


def _check_file(out: str, form: Form | None) -> None:
    """Raises UsageError where a file's suffix is none of an output's, or does not go with `--to`."""
    suffix, packed = suffixes(out)
    stem = out[: len(out) - len(suffix) - len(packed)]
    if suffix in RECORD_FILES:
        wanted = f".{form}" if form else suffix
        if wanted not in (suffix, suffix + packed, ".jsonl" if suffix in LINES else ""):
            mend = f"-o {stem}{wanted}" if form in RECORD_FORMS else "-o OUT/ for text files"
            named = "JSON lines" if suffix in LINES else f"a {suffix} file"
            raise UsageError(f"{out}: --to {form} does not go into {named}; mend: {mend}")
        if suffix in PARQUET and packed:
            raise UsageError(f"{out}: Parquet is packed inside; mend: -o {stem}{suffix}")
        return
    if suffix not in TEXT:
        mend = "mend: end it in .jsonl, .parquet, .csv, .txt or .md, or in / for a folder"
        raise UsageError(f'{out}: "{suffix}" is no kind of output; {mend}')
    if form in RECORD_FORMS:
        raise UsageError(f"{out}: --to {form} does not go into a text file; mend: -o {stem}.{form}")


def _is_old_output(source: Source, sources: Sequence[str], kind: Kind, path: Path) -> bool:
    """Whether a file was found below a folder, not named, and is what an earlier run wrote."""
    kinds = (Kind.folder, Kind.lines, Kind.file, Kind.shards)
    if kind not in kinds or source is STDIN or source.url or str(source.path) in sources:
        return False
    own, out = os.path.realpath(source.path), os.path.realpath(path)
    if own == default_path(out) or own.startswith(out + PARTS + os.sep):
        return True
    if kind in (Kind.lines, Kind.file):
        return own == out
    folders = (os.path.realpath(name) for name in sources if os.path.isdir(name))
    return own.startswith(out + os.sep) and any(out.startswith(os.path.join(folder, "")) for folder in folders)


def _left(item: Source | Failure) -> Source | Failure:
    """A file that is not changed in place, because its suffix says that it is something else than articles."""
    suffix = suffixes(item.name)[0] if isinstance(item, Source) else ""
    if not isinstance(item, Source) or suffix in ("", JSON, *READABLE, *NOT_TEXT):
        return item
    mend = "mend: leave it out, or say --from text if it is one"
    return Left(item.name, item.place, f'left as it is, because "{suffix}" is no suffix of articles; {mend}')


def _each_once(items: Sequence[Source | Failure]) -> list[Source | Failure]:
    """The items without links to files that are among them too: documents are read ahead of what is written."""
    kept: dict[str, Source] = {}
    for item in items:
        if isinstance(item, Source) and not item.url:
            real = os.path.realpath(item.path)
            if real not in kept or (os.path.islink(kept[real].path) and not os.path.islink(item.path)):
                kept[real] = item
    chosen = {id(item) for item in kept.values()}
    return [item for item in items if isinstance(item, Failure) or item.url or id(item) in chosen]


def _check_names(plan: Plan) -> None:
    """No name leaves the folder that the output goes to."""
    sources = [item for item in plan.items if isinstance(item, Source) and item is not STDIN]
    for source in sources if plan.kind is Kind.folder else ():
        problem = guard.bad_name(source.name, windows=bool(source.url) or os.name == "nt")
        if problem:
            raise UsageError(f"{source.name}: not a name for a file in {plan.path}: {problem}; mend: another pattern")


def _check_inputs(plan: Plan, given: str) -> None:
    """Text and records do not go into one output of text, nor several texts into one file."""
    sources = [item for item in plan.items if isinstance(item, Source)]
    records = [source for source in sources if holds_records(source, given)]
    if plan.kind is Kind.in_place:
        _check_in_place(sources)
    if plan.is_record_file or plan.kind is Kind.diff:
        return
    if records and plan.form in (Form.body, Form.sidecar):
        raise UsageError(f"{records[0].place} holds records: --to {plan.form} is for text files; mend: leave it out")
    if plan.kind is Kind.file:
        if records:
            raise UsageError(f"{records[0].place} holds records; mend: -o {plan.path.with_suffix('.jsonl')}")
        if len(sources) > 1:
            raise UsageError(f"{plan.path} is one text file for {len(sources)} inputs; mend: -o OUT/ or -o OUT.jsonl")
    if plan.kind is Kind.stdout and len(sources) > 1 and len(records) < len(sources):
        raise UsageError(f"{len(sources)} inputs and no place for the texts; mend: -o OUT/, -o OUT.jsonl or --to jsonl")


def _check_in_place(sources: Sequence[Source]) -> None:
    for source in sources:
        if source.url or suffixes(source.name)[0] in (*CRAWLS, *ARCHIVES):
            raise UsageError(f"{source.place} cannot be changed in place; mend: -o OUT.jsonl, or leave it out")
        if is_special(source.path):
            raise UsageError(f"{source.place} is a pipe or device and cannot be changed in place; mend: leave it out")


def _check_targets(plan: Plan) -> None:
    """No output replaces an input unless that was asked for, and no two outputs are one file."""
    for item in plan.items:
        if isinstance(item, Source) and item is not STDIN and plan.kind is Kind.shards and _lies_in(item, plan.out):
            raise UsageError(f"{item.place} lies in the folder of the output; mend: another -o")
        if isinstance(item, Source) and item.url and item.url == plan.out:
            raise UsageError(f"{item.place} is an input; mend: another -o")
    if plan.kind not in (Kind.lines, Kind.file, Kind.folder) or is_url(plan.out):
        return
    sources = _local(plan)
    inputs = {os.path.realpath(source.path) for source in sources}
    taken: dict[str, Source] = {}
    for source, written in _written(plan, sources):
        real = os.path.realpath(written)
        if real in inputs or _is_same(written, source.path):
            raise UsageError(f"{written} is an input; mend: another -o, or --in-place to change the inputs")
        if plan.kind is Kind.folder and real in taken:
            other = taken[real].path
            raise UsageError(f"{other} and {source.path} would both become {written}; mend: clean them apart")
        taken[real] = source


def _local(plan: Plan) -> list[Source]:
    return [item for item in plan.items if isinstance(item, Source) and item is not STDIN and not item.url]


def _written(plan: Plan, sources: Iterable[Source]) -> Iterator[tuple[Source, Path]]:
    """The files that a run writes for its sources."""
    for source in sources:
        target = plan.path if plan.kind is Kind.lines else plan.target(source)
        yield source, target
        if plan.form is Form.sidecar:
            yield source, sidecar_of(target)


def keep_outputs(plan: Plan, errors: str | None, stats: str | None) -> None:
    """Raises UsageError where the file of errors or of statistics is one that the run writes, or both are one."""
    written: list[str | Path] = [plan.out] if plan.kind in (Kind.lines, Kind.file) else []
    if plan.kind in (Kind.file, Kind.folder):
        written += [path for _, path in _written(plan, _local(plan))]
    taken = {_real(path): "the output" for path in written}
    for option, place in (("--errors", errors), ("--stats", stats)):
        if not place or is_special(place):
            continue
        if Path(place).is_dir():
            raise UsageError(f"{option} {place} is a folder; mend: name a file")
        if _real(place) in taken:
            raise UsageError(f"{option} {place} is {taken[_real(place)]}; mend: name another file")
        taken[_real(place)] = "the file of errors"


def _real(place: str | Path) -> str:
    return place if isinstance(place, str) and is_url(place) else os.path.realpath(place)


def _lies_in(source: Source, folder: str) -> bool:
    place, out = (source.url, folder) if source.url else (os.path.realpath(source.path), os.path.realpath(folder))
    return place.rpartition("/" if source.url else os.sep)[0] == out.rstrip("/")


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names are one file, such as two hard links."""
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False
