"""`cleaner clean`: cleans the inputs and writes them where they should go."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from typing import Any

from cleaner.cli.outputs import OutputError, output
from cleaner.cli.plan import Kind, Plan
from cleaner.cli.run.errors import ErrorFile, default_path
from cleaner.cli.run.feed import entries, identities, total_size
from cleaner.cli.run.formats import format_of_all, formats_of_sources
from cleaner.cli.run.job import Job
from cleaner.cli.run.pool import WorkersError, results
from cleaner.cli.run.progress import Progress
from cleaner.cli.run.shards import Shards, Target
from cleaner.cli.run.sinks import FileSink, RecordSink, Sink
from cleaner.cli.running import Running
from cleaner.cli.session import NOISE_OR_FAILED, Options, UsageError, count, make_cleaner
from cleaner.cli.terminal import is_terminal, say
from cleaner.emit.formats import RecordFormat
from cleaner.pipeline import Cleaner
from cleaner.read import STDIN
from cleaner.storage import MissingExtraError, packing
from cleaner.version import __version__


class EndedEarlyError(Exception):
    """More than `--max-errors`; what is done is kept."""


def run(plan: Plan, options: Options, running: Running = Running()) -> None:
    """Exits with 1 if an input failed or, for a hook, if a file was changed."""
    cleaner = make_cleaner(options)
    shares_terminal = plan.kind in (Kind.stdout, Kind.diff) and is_terminal(sys.stdout)
    progress = Progress(
        len(plan.items),
        total_size(plan.items),
        quiet=options.quiet,
        bar=not shares_terminal,
        errors_in=_errors_place(plan, running),
    )
    if plan.left_out and not options.quiet:
        say(f"cleaner: {count(plan.left_out, 'file')} of earlier output left out")
    try:
        _clean(plan, cleaner, options, running, progress)
    except (OutputError, EndedEarlyError, MissingExtraError, WorkersError) as error:
        say(f"cleaner: {error}")
        raise SystemExit(NOISE_OR_FAILED) from error
    progress.summary(_what(plan, progress))
    if running.stats:
        progress.write_stats(running.stats, cleaner.ruleset.version)
    code = NOISE_OR_FAILED if plan.hook and progress.changed else progress.code
    if code:
        raise SystemExit(code)


def _clean(plan: Plan, cleaner: Cleaner, options: Options, running: Running, progress: Progress) -> None:
    everything = format_of_all(plan, running.reading)
    formats = formats_of_sources(plan, running.reading)
    sink = _sink(plan, cleaner, options, running, progress, everything, formats)
    job = Job(cleaner, running.reading.fields, options.language, everything, formats, plan.kind is Kind.diff)
    whole = False
    try:
        found = entries(plan.items, running.reading, shard_size=sink.shard_size, start=sink.start)
        with closing(results(job, found, _workers(plan, running), progress.works_with)) as done:
            for result in done:
                sink.take(result)
                if running.max_errors is not None and progress.errors > running.max_errors:
                    sink.abandon(keep_errors=True)
                    raise EndedEarlyError(f"ended after {count(progress.errors, 'error')} (--max-errors); {sink.kept}")
        sink.finish()
        whole = True
    except KeyboardInterrupt:
        progress.close()
        if sink.kept:
            say(f"cleaner: {sink.kept}")
        raise
    finally:
        progress.close()
        if not whole:
            sink.abandon()


def _sink(
    plan: Plan,
    cleaner: Cleaner,
    options: Options,
    running: Running,
    progress: Progress,
    everything: RecordFormat | None,
    formats: dict[int, RecordFormat],
) -> Sink:
    errors = _errors_place(plan, running)
    if everything is None or plan.kind not in (Kind.lines, Kind.shards):
        if running.resume:
            raise UsageError("--resume is for records; mend: -o OUT.jsonl or .parquet, or -o OUT/ with --to jsonl")
        made = output(plan, formats, progress.file_changed, everything)
        return FileSink(plan.items, made, progress, ErrorFile(errors) if errors else None)
    if running.resume and STDIN in plan.items:
        raise UsageError("standard input cannot be resumed; mend: read from a file, or leave --resume out")
    is_folder = plan.kind is Kind.shards
    suffix = f".{plan.form}" if is_folder else plan.suffix + packing(plan.out)
    target = Target(plan.out, is_folder, everything, suffix, errors)
    same = _run(plan, cleaner, options, running, suffix)
    with RecordSink.guarded(plan.out):
        shards = Shards(target, same, resume=running.resume, overwrite=running.overwrite)
    return RecordSink(plan.items, shards, progress, plan.out, running.shard_size)


def _run(plan: Plan, cleaner: Cleaner, options: Options, running: Running, suffix: str) -> dict[str, Any]:
    """What must be the same for a run to be resumed: all that decides its output."""
    config = asdict(cleaner.config)
    reading = running.reading
    return {
        "version": __version__,
        "ruleset": cleaner.ruleset.version,
        "options": {
            "--to": suffix,
            "--from": reading.suffix,
            "--language": options.language,
            "fields": [[list(field) for field in reading.fields.texts], reading.fields.id, reading.fields.url],
            "--shard-size": running.shard_size,
            **{name: list(value) if isinstance(value, tuple) else value for name, value in config.items()},
        },
        "inputs": identities(plan.items),
    }


def _workers(plan: Plan, running: Running) -> int | None:
    """One where somebody may wait for the next line: between two pipes, unless told otherwise."""
    is_filter = plan.kind is Kind.stdout and STDIN in plan.items
    return 1 if running.workers is None and is_filter else running.workers


def _errors_place(plan: Plan, running: Running) -> str | None:
    if running.errors:
        return running.errors
    beside = plan.kind in (Kind.lines, Kind.shards, Kind.folder)
    return default_path(plan.out) if beside else None


def _what(plan: Plan, progress: Progress) -> str:
    what = f"{count(progress.documents, 'document')}, {progress.share} removed"
    return f"{what}, {count(progress.changed, 'file')} changed" if plan.kind is Kind.in_place else what
