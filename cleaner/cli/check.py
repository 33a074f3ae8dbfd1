"""`cleaner check`: says what would be removed, and changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cleaner.cli.baseline import Baseline, Record
from cleaner.cli.choices import Format
from cleaner.cli.formats import Printer, printer
from cleaner.cli.locate import located
from cleaner.cli.policy import Policy
from cleaner.cli.session import NOISE_OR_FAILED, Options, Report, articles, count, keep_inputs
from cleaner.cli.terminal import is_terminal
from cleaner.data import Failure
from cleaner.read import Source, find


def run(
    sources: Sequence[str], format: Format, options: Options, baseline: str | None = None, record: str | None = None
) -> None:
    """Exits with 1 if anything would be removed that the baseline does not accept, or if an input failed.

    `record` names a file to write a new baseline to; then only failures count.
    """
    items = list(find(sources))
    if record:
        keep_inputs("--write-baseline", record, items)
    policy = Policy(options).prepare(items)
    checked = _Check(policy, printer(format, policy.rulesets), options, Baseline(baseline), record)
    checked.report = Report(len(items), quiet=options.quiet, bar=not is_terminal(sys.stdout))
    try:
        for item in items:
            checked.one(item)
    finally:
        checked.report.close()
    if checked.end():
        raise SystemExit(NOISE_OR_FAILED)


class _Check:
    """One run: what is found goes to the printer, or into a new baseline."""

    report: Report

    def __init__(self, policy: Policy, show: Printer, options: Options, accepted: Baseline, record: str | None) -> None:
        self._policy, self._show, self._options, self._accepted = policy, show, options, accepted
        self._record = Record(record) if record else None
        self._new = self._noisy = 0  # removals that are not accepted, and the documents with such

    def one(self, item: Source | Failure) -> None:
        results = [item] if isinstance(item, Failure) else articles(item, self._policy.cleaner(item), self._options)
        for result in results:
            if isinstance(result, Failure):
                self.report.failed(result)
                continue
            before = self._new
            for found in located(*result):
                if self._record:
                    self._new += 1
                    self._record.add(found)
                elif not self._accepted.accepts(found):
                    self._new += 1
                    self._show.found(found)
            self._noisy += self._new > before
            self.report.cleaned(*result)
        self.report.source_done()

    def end(self) -> bool:
        """Prints what comes last; returns whether the run failed."""
        of = f"of {count(self.report.documents, 'document')}"
        if self._record:
            self.report.summary(f"{count(self._record.write(), 'removal')} accepted in {self._noisy:,} {of}")
            return bool(self.report.code)
        self._show.end(self.report.failures)
        known = f" ({self._accepted.accepted:,} more accepted)" if self._accepted.accepted else ""
        self.report.summary(f"{count(self._new, 'removal')} in {self._noisy:,} {of}{known}")
        return bool(self._new or self.report.code)
