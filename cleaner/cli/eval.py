"""`cleaner eval`: cleans rows whose body is known, and measures what came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cleaner.cli.gold import NO_VALUE, Fields, documents, gold, group
from cleaner.cli.scores import Shown, as_json, show
from cleaner.cli.session import NOISE_OR_FAILED, Options, Report, UsageError, cleaned, count, keep_inputs, make_cleaner
from cleaner.cli.terminal import out, say
from cleaner.data import Failure
from cleaner.emit import write_atomic
from cleaner.measure import GroupScore, Measurement
from cleaner.pipeline import Cleaner
from cleaner.read import Source, find


def run(sources: Sequence[str], fields: Fields, shown: Shown, to: str | None, options: Options) -> None:
    """Prints tables, and writes all figures to the file `to` (`-`: to standard output, without tables).

    Exits with 1 if a row could not be read or cleaned, or has no gold body.
    """
    _check(sources, to)
    items = list(find(sources))
    cleaner = make_cleaner(options)
    measurement = Measurement(examples=shown.examples, worst=shown.worst, all_lost=to is not None)
    report = Report(len(items), quiet=options.quiet)
    try:
        for item in items:
            _one(item, cleaner, fields, measurement, report, options.language)
    finally:
        report.close()
    figures = measurement.report()
    if to is not None:
        _write(to, as_json(figures, fields.by, cleaner.ruleset.version))
    if to != "-" and report.documents:
        show(figures, shown)
    for name in _unknown(fields.by, figures.groups):
        say(f'cleaner: no row has "{name}"; mend: name a field of the rows with --by')
    report.summary(f"{count(report.documents, 'document')} measured, rules {cleaner.ruleset.version}")
    if report.code:
        raise SystemExit(NOISE_OR_FAILED)


def _one(
    item: Source | Failure,
    cleaner: Cleaner,
    fields: Fields,
    measurement: Measurement,
    report: Report,
    language: str | None,
) -> None:
    """Measures the rows of one file."""
    rows = [item] if isinstance(item, Failure) else documents(item, fields, cleaner.config.max_bytes)
    for result in cleaned(rows, cleaner, language):
        if isinstance(result, Failure):
            report.failed(result)
            continue
        row, article = result
        measurement.add(row.text, article, gold(row, fields), group(row, fields))
        report.cleaned(row, article)
    report.source_done()


def _check(sources: Sequence[str], to: str | None) -> None:
    """Refuses folders, and a result that would replace an input or has no folder to go to, before the long run."""
    for source in sources:
        if Path(source).is_dir():
            raise UsageError(f"{source} is a folder; mend: name its files, as in '{Path(source, '*.jsonl')}'")
    if to is None or to == "-":
        return
    target = Path(to)
    if not target.parent.is_dir() or target.is_dir():
        raise UsageError(f"--json {to}: no file can be written there; mend: name a file in a folder that exists")
    keep_inputs("--json", to, find(sources))


def _write(to: str, data: str) -> None:
    if to == "-":
        out(data)
        return
    try:
        write_atomic(to, data)
    except OSError as error:
        raise UsageError(f"{to} cannot be written: {error.strerror}; mend: check path and permissions") from error


def _unknown(by: Sequence[str], groups: Sequence[GroupScore]) -> list[str]:
    """The fields to group by that no row has."""
    return [name for n, name in enumerate(by) if groups and all(one.group[n] == NO_VALUE for one in groups)]
