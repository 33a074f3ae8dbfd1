"""`cleaner clean`: cleans the inputs and writes them where they should go."""

from __future__ import annotations

import sys
from dataclasses import replace

from cleaner.cli.inplace import Left
from cleaner.cli.outputs import Output, OutputError, output
from cleaner.cli.plan import Kind, Plan
from cleaner.cli.policy import Policy
from cleaner.cli.session import NOISE_OR_FAILED, OK, Options, Report, articles, count
from cleaner.cli.terminal import is_terminal, say
from cleaner.data import Failure
from cleaner.read import STDIN, Source
from cleaner.read.files import BINARY, EMPTY


def run(plan: Plan, options: Options, *, chosen: bool = True) -> None:
    """Exits with 1 if an input failed or, for a hook, if a file was changed.

    `chosen` says that an option chose the form of texts; otherwise each file's settings do.
    """
    policy = Policy(options).prepare(plan.items)
    plan = replace(plan, forms=None if chosen else policy.form, keeps=policy.keeps_removals)
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
                _one(item, policy, sink, report, options.language)
            whole = True
        finally:
            report.close()
            sink.close(whole=whole)
    except OutputError as error:
        say(f"cleaner: {error}")
        raise SystemExit(NOISE_OR_FAILED) from error
    report.summary(_what(plan, report))
    code = report.code if not plan.hook else NOISE_OR_FAILED if report.changed or _has_faults(report) else OK
    if code:
        raise SystemExit(code)


def _one(item: Source | Failure, policy: Policy, sink: Output, report: Report, language: str | None) -> None:
    """Cleans one source; whatever befalls it, the next ones are cleaned."""
    if isinstance(item, Failure):
        report.failed(item)
        sink.failure(None, item)
        return
    try:
        sink.begin(item)
        for result in articles(item, policy.cleaner(item), language):
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


def _has_faults(report: Report) -> bool:
    """Whether an input failed that a hook should stop for: not for one that is empty, no text, or better left."""
    return any(not isinstance(failure, Left) and failure.reason not in (EMPTY, BINARY) for failure in report.failures)


def _what(plan: Plan, report: Report) -> str:
    what = f"{count(report.documents, 'document')}, {report.share} removed"
    return f"{what}, {count(report.changed, 'file')} changed" if plan.kind is Kind.in_place else what
