"""`cleaner check`: says what would be removed, and changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cleaner.cli.choices import Format
from cleaner.cli.formats import Printer, printer
from cleaner.cli.locate import located
from cleaner.cli.session import NOISE_OR_FAILED, Options, Report, articles, count, make_cleaner
from cleaner.cli.terminal import is_terminal
from cleaner.data import Failure
from cleaner.pipeline import Cleaner
from cleaner.read import Source, find


def run(sources: Sequence[str], format: Format, options: Options) -> None:
    """Exits with 1 if anything would be removed, or if an input failed."""
    cleaner = make_cleaner(options)
    show = printer(format, cleaner.ruleset)
    items = list(find(sources))
    report = Report(len(items), quiet=options.quiet, bar=not is_terminal(sys.stdout))
    try:
        for item in items:
            _one(item, cleaner, show, report, options.language)
    finally:
        report.close()
    show.end(report.failures)
    found = count(report.removals, "removal")
    report.summary(f"{found} in {report.noisy:,} of {count(report.documents, 'document')}")
    if report.removals or report.code:
        raise SystemExit(NOISE_OR_FAILED)


def _one(item: Source | Failure, cleaner: Cleaner, show: Printer, report: Report, language: str | None) -> None:
    for result in [item] if isinstance(item, Failure) else articles(item, cleaner, language):
        if isinstance(result, Failure):
            report.failed(result)
            continue
        for found in located(*result):
            show.found(found)
        report.cleaned(*result)
    report.source_done()
