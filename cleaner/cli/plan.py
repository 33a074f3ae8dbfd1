"""Where the output of `cleaner clean` goes: read from the options and the inputs before anything is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from cleaner.cli import guard
from cleaner.cli.choices import Form
from cleaner.cli.session import UsageError
from cleaner.data import Failure
from cleaner.read.sources import HTML, LINES, STDIN, TEXT, Source, suffixes

UNDO = ".removed.json"


class Kind(StrEnum):
    """What OUT is."""

    stdout = "standard output"
    lines = "a file of JSON lines"
    file = "a text file"
    folder = "a folder"
    in_place = "the inputs themselves"
    diff = "a diff"


@dataclass(frozen=True, slots=True)
class Plan:
    """The kind of output, where it goes, in which form, and the inputs that it is made of, in order."""

    kind: Kind
    form: Form
    items: Sequence[Source | Failure]
    path: Path = Path()
    hook: bool = False
    left_out: int = 0  # files of earlier output, found below a folder that was named
    forms: Callable[[Source], Form] | None = None  # the settings' form of a text, where no option chooses one
    named: frozenset[str] = frozenset()  # inputs as the user wrote them
    keep_removals: bool = False
    keeps: Callable[[Source], bool] | None = None  # what the settings say of that

    def form_of(self, source: Source) -> Form:
        """The form of what is written for a source that holds a text."""
        return self.forms(source) if self.forms else self.form

    def keeps_removals(self, source: Source) -> bool:
        """Whether what is removed from a file is kept beside it."""
        in_place = self.kind is Kind.in_place
        return in_place and (self.keep_removals or bool(self.keeps and self.keeps(source)))

    def leads_out(self, source: Source) -> bool:
        """Whether writing for a source would follow a link out of the folder that was given.

        A link that the user named is followed.
        """
        target = self.target(source)
        if self.kind is Kind.folder:
            folder = self.path
        elif self.kind is not Kind.in_place:
            return False
        else:
            folder = target.absolute().parents[len(PurePosixPath(source.name).parts) - 1]
        beside = (sidecar_of(target), undo_of(target))
        own = () if self.kind is Kind.in_place and str(source.path) in self.named else (target,)
        return any(guard.is_link_out(path, folder) for path in (*own, *beside))

    def target(self, source: Source) -> Path:
        """The file to write for a source; only of use for folders, files and `--in-place`."""
        if self.kind is Kind.in_place:
            return source.path
        if self.kind is Kind.file:
            return self.path
        name = source.name if source is not STDIN else "stdin.txt"
        suffix, packed = suffixes(name)
        if suffix in HTML:
            name = name[: -len(suffix) - 3 * packed] + ".txt" + (".gz" if packed else "")
        return self.path / name


def sidecar_of(target: Path) -> Path:
    """The file beside a text file that holds its record."""
    return target.with_name(f"{target.name}.json")


def undo_of(target: Path) -> Path:
    """The file beside a file that holds what was removed from it, for `cleaner restore`."""
    return target.with_name(f"{target.name}{UNDO}")


def make_plan(
    sources: Sequence[str],
    out: str | None,
    form: Form | None,
    *,
    in_place: bool,
    diff: bool,
    hook: bool,
    keep_removals: bool = False,
) -> Plan:
    """Raises UsageError where the options contradict each other or the inputs, or an input would be overwritten."""
    from cleaner.read import find

    _check_options(sources, out, form, in_place=in_place, diff=diff, hook=hook)
    if keep_removals and not in_place:
        raise UsageError("--keep-removals is for --in-place: elsewhere the input stays; mend: leave it out")
    kind, path = _kind(out, form, in_place=in_place, diff=diff)
    found = list(find(sources))
    items = [item for item in found if not (isinstance(item, Source) and _is_old_output(item, sources, kind, path))]
    form = form or (Form.jsonl if kind is Kind.lines else Form.front_matter)
    plan = Plan(kind, form, items, path, hook, len(found) - len(items), None, frozenset(sources), keep_removals)
    _check_names(plan)
    _check_inputs(plan)
    _check_targets(plan)
    return plan


def holds_records(source: Source) -> bool:
    """Whether a name says that a source holds JSON lines."""
    return source is not STDIN and suffixes(source.name)[0] in LINES


def _check_options(
    sources: Sequence[str], out: str | None, form: Form | None, *, in_place: bool, diff: bool, hook: bool
) -> None:
    if sum((out is not None, in_place, diff)) > 1:
        raise UsageError("-o, --in-place and --diff exclude each other; mend: give one of them")
    if hook and not in_place:
        raise UsageError("--hook is for --in-place; mend: add --in-place, or leave --hook out")
    if in_place and "-" in sources:
        raise UsageError("standard input cannot be changed in place; mend: leave --in-place out")
    if in_place and form is Form.jsonl:
        raise UsageError("--to jsonl would put records into text files; mend: -o OUT.jsonl instead of --in-place")
    if diff and form in (Form.jsonl, Form.sidecar):
        raise UsageError(f"--diff compares texts, not --to {form}; mend: leave one of them out")
    if form is Form.sidecar and not in_place and out in (None, "-"):
        raise UsageError("--to sidecar writes files; mend: name a folder, -o OUT/")


def _kind(out: str | None, form: Form | None, *, in_place: bool, diff: bool) -> tuple[Kind, Path]:
    if in_place or diff:
        return (Kind.in_place if in_place else Kind.diff), Path()
    if out is None or out == "-":
        return Kind.stdout, Path()
    path, suffix = Path(out), suffixes(out)[0]
    if path.is_dir() or out.endswith(("/", os.sep)) or (not suffix and not path.exists()):
        if form is Form.jsonl:
            raise UsageError(f"{out}: --to jsonl writes one file; mend: -o {path / 'articles.jsonl'}")
        return Kind.folder, path
    if path.exists() and not path.is_file():
        return Kind.stdout, path  # such as /dev/null or a named pipe: written to, never replaced
    if suffix in LINES:
        if form not in (None, Form.jsonl):
            raise UsageError(f"{out}: --to {form} does not go into JSON lines; mend: -o OUT/ for text files")
        return Kind.lines, path
    if suffix in TEXT:
        if form is Form.jsonl:
            raise UsageError(f"{out}: --to jsonl does not go into a text file; mend: -o {path.with_suffix('.jsonl')}")
        return Kind.file, path
    mend = "mend: end it in .jsonl, .txt or .md, or in / for a folder"
    raise UsageError(f'{out}: "{suffix}" is no kind of output; {mend}')


def _is_old_output(source: Source, sources: Sequence[str], kind: Kind, path: Path) -> bool:
    """Whether a file was found below a folder, not named, and is what an earlier run wrote."""
    if kind not in (Kind.folder, Kind.lines, Kind.file) or source is STDIN or str(source.path) in sources:
        return False
    own, out = os.path.realpath(source.path), os.path.realpath(path)
    if kind is not Kind.folder:
        return own == out
    folders = (os.path.realpath(name) for name in sources if os.path.isdir(name))
    return own.startswith(out + os.sep) and any(out.startswith(os.path.join(folder, "")) for folder in folders)


def _check_names(plan: Plan) -> None:
    """No name leaves the folder that the output goes to."""
    sources = [item for item in plan.items if isinstance(item, Source) and item is not STDIN]
    for source in sources if plan.kind is Kind.folder else ():
        problem = guard.bad_name(source.name)
        if problem:
            raise UsageError(f"{source.name}: not a name for a file in {plan.path}: {problem}; mend: another pattern")


def _check_inputs(plan: Plan) -> None:
    """Text and records do not go into one output of text, nor several texts into one file."""
    sources = [item for item in plan.items if isinstance(item, Source)]
    records = [source for source in sources if holds_records(source)]
    if plan.form is Form.jsonl or plan.kind is Kind.diff:
        return
    if records and plan.form in (Form.body, Form.sidecar):
        raise UsageError(f"{records[0].path} holds records: --to {plan.form} is for text files; mend: leave it out")
    if plan.kind is Kind.file:
        if records:
            raise UsageError(f"{records[0].path} holds records; mend: -o {plan.path.with_suffix('.jsonl')}")
        if len(sources) > 1:
            raise UsageError(f"{plan.path} is one text file for {len(sources)} inputs; mend: -o OUT/ or -o OUT.jsonl")
    if plan.kind is Kind.stdout and len(sources) > 1 and len(records) < len(sources):
        raise UsageError(f"{len(sources)} inputs and no place for the texts; mend: -o OUT/, -o OUT.jsonl or --to jsonl")


def _check_targets(plan: Plan) -> None:
    """No output replaces an input unless that was asked for, and no two outputs are one file."""
    if plan.kind not in (Kind.lines, Kind.file, Kind.folder):
        return
    sources = [item for item in plan.items if isinstance(item, Source) and item is not STDIN]
    inputs = {os.path.realpath(source.path) for source in sources}
    taken: dict[str, Source] = {}
    for source in sources:
        target = plan.path if plan.kind is Kind.lines else plan.target(source)
        for written in (target, sidecar_of(target)) if plan.form is Form.sidecar else (target,):
            real = os.path.realpath(written)
            if real in inputs or _is_same(written, source.path):
                raise UsageError(f"{written} is an input; mend: another -o, or --in-place to change the inputs")
            if plan.kind is Kind.folder and real in taken:
                other = taken[real].path
                raise UsageError(f"{other} and {source.path} would both become {written}; mend: clean them apart")
            taken[real] = source


def _is_same(path: Path, other: Path) -> bool:
    """Whether two names are one file, such as two hard links."""
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False
