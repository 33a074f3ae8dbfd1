"""`cleaner clean`: cleans the inputs and writes them where they should go."""

from __future__ import annotations

import sys

from cleaner.cli.outputs import Output, OutputError, output
from cleaner.cli.plan import Kind, Plan
from cleaner.cli.session import NOISE_OR_FAILED, Options, Report, articles, count, make_cleaner
from cleaner.cli.terminal import is_terminal, say
from cleaner.data import Failure
from cleaner.pipeline import Cleaner
from cleaner.read import STDIN, Source


def run(plan: Plan, options: Options) -> None:
    """Exits with 1 if an input failed or, for a hook, if a file was changed."""
    cleaner = make_cleaner(options)
    shares_terminal = plan.kind in (Kind.stdout, Kind.diff) and is_terminal(sys.stdout)
    report = Report(len(plan.items), quiet=options.quiet, bar=not shares_terminal)
    if plan.left_out and not options.quiet:
        say(f"cleaner: {count(plan.left_out, 'file')} of earlier output left out")

    def changed() -> None:
        report.changed += 1

    try:
        sink, whole = output(plan, changed), False
        try:
            for item in plan.items:
                _one(item, cleaner, sink, report, options.language)
            whole = True
        finally:
            report.close()
            sink.close(whole=whole)
    except OutputError as error:
        say(f"cleaner: {error}")
        raise SystemExit(NOISE_OR_FAILED) from error
    report.summary(_what(plan, report))
    code = NOISE_OR_FAILED if plan.hook and report.changed else report.code
    if code:
        raise SystemExit(code)


def _one(item: Source | Failure, cleaner: Cleaner, sink: Output, report: Report, language: str | None) -> None:
    """Cleans one source; whatever befalls it, the next ones are cleaned."""
    if isinstance(item, Failure):
        report.failed(item)
        sink.failure(None, item)
        return
    try:
        for result in articles(item, cleaner, language):
            if isinstance(result, Failure):
                report.failed(result)
                sink.failure(item, result)
                continue
            refused = sink.article(item, *result)
            if refused:
                report.failed(refused)
            else:
                report.cleaned(*result)
        left = sink.end(item)
    except BrokenPipeError:
        raise
    except OSError as error:
        sink.drop()
        name = str(item.path) if item is not STDIN else item.name
        left = Failure(item.name, name, f"cannot be written: {error.strerror}; mend: check path, space and permissions")
    if left:
        report.failed(left)
    report.source_done()


def _what(plan: Plan, report: Report) -> str:
    what = f"{count(report.documents, 'document')}, {report.share} removed"
    return f"{what}, {count(report.changed, 'file')} changed" if plan.kind is Kind.in_place else what
