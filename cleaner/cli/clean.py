"""`cleaner clean`: cleans the inputs and writes them where they should go."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, replace
from typing import Any

from cleaner.cli.outputs import OutputError, guarded, output
from cleaner.cli.plan import Kind, Plan
from cleaner.cli.planning import keep_outputs
from cleaner.cli.policy import Policy
from cleaner.cli.run.errors import ErrorFile, default_path
from cleaner.cli.run.feed import entries, identities, total_size
from cleaner.cli.run.formats import format_of_all, formats_of_sources
from cleaner.cli.run.job import Job
from cleaner.cli.run.pool import WorkersError, results
from cleaner.cli.run.progress import Progress
from cleaner.cli.run.sinks import FileSink, RecordSink, Sink
from cleaner.cli.running import Running
from cleaner.cli.session import NOISE_OR_FAILED, OK, Options, UsageError, count, keep_inputs
from cleaner.cli.terminal import StandardOutputError, is_terminal, say
from cleaner.config import Config
from cleaner.emit.formats import RecordFormat
from cleaner.read import STDIN, Reading
from cleaner.storage import MissingExtraError, is_url, packing
from cleaner.version import __version__


class EndedEarlyError(Exception):
    """More than `--max-errors`; what is done is kept."""


def run(plan: Plan, options: Options, running: Running = Running(), *, chosen: bool = True) -> None:
    """Exits with 1 if an input failed or, for a hook, if a file was changed.

    `chosen` says that an option chose the form of texts; otherwise each file's settings do.
    """
    for option, place in (("--errors", running.errors), ("--stats", running.stats)):
        if place and not is_url(place):
            keep_inputs(option, place, plan.items)
    keep_outputs(plan, _errors_place(plan, running), running.stats)
    policy = Policy(options).prepare(plan.items)
    plan = replace(plan, forms=None if chosen else policy.form, keeps=policy.keeps_removals)
    shares_terminal = plan.kind in (Kind.stdout, Kind.diff) and is_terminal(sys.stdout)
    progress = Progress(
        len(plan.items),
        total_size(plan.items),
        quiet=options.quiet,
        bar=not shares_terminal,
        errors_in=_errors_place(plan, running),
        hook=plan.hook,
    )
    if plan.left_out and not options.quiet:
        say(f"cleaner: {count(plan.left_out, 'file')} of earlier output left out")
    try:
        _clean(plan, policy, options, running, progress)
    except (OutputError, EndedEarlyError, MissingExtraError, WorkersError) as error:
        say(f"cleaner: {error}")
        _write_stats(running, progress, policy, whole=False)
        raise SystemExit(NOISE_OR_FAILED) from error
    except (KeyboardInterrupt, BrokenPipeError, StandardOutputError):
        _write_stats(running, progress, policy, whole=False)
        raise
    progress.summary(_what(plan, progress))
    _write_stats(running, progress, policy, whole=True)
    code = progress.code
    if plan.hook:
        code = NOISE_OR_FAILED if progress.changed or progress.faults else OK
    if code:
        raise SystemExit(code)


def _write_stats(running: Running, progress: Progress, policy: Policy, *, whole: bool) -> None:
    """Writes `--stats`, of a run that ended early too; what ended it goes before what goes wrong here."""
    if not running.stats:
        return
    try:
        progress.write_stats(running.stats, policy.ruleset, whole=whole)
    except UsageError as error:
        if whole:
            raise
        say(f"cleaner: {error}")


def _clean(plan: Plan, policy: Policy, options: Options, running: Running, progress: Progress) -> None:
    everything = format_of_all(plan, running.reading)
    formats = formats_of_sources(plan, running.reading)
    sink = _sink(plan, policy, options, running, progress, everything, formats)
    job = Job(policy.prepared, running.reading.fields, options.language, everything, formats, plan.kind is Kind.diff)

    def reading(number: int) -> Reading:
        return replace(running.reading, max_bytes=policy.prepared[number].config.max_bytes)

    whole = False
    try:
        found = entries(plan.items, reading, begin=sink.begin, shard_size=sink.shard_size, start=sink.start)
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
    policy: Policy,
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
    from cleaner.cli.run.shards import Shards, Target  # runs of records alone need them, and a hook must start quickly

    is_folder = plan.kind is Kind.shards
    suffix = f".{plan.form}" if is_folder else plan.suffix + packing(plan.out)
    target = Target(plan.out, is_folder, everything, suffix, errors)
    same = _run(plan, policy, options, running, suffix)
    with guarded(plan.out):
        shards = Shards(target, same, resume=running.resume, overwrite=running.overwrite)
    return RecordSink(plan.items, shards, progress, plan.out, running.shard_size)


def _run(plan: Plan, policy: Policy, options: Options, running: Running, suffix: str) -> dict[str, Any]:
    """What must be the same for a run to be resumed: all that decides its output."""
    cleaners = list(policy.prepared.values()) or [policy.cleaner(STDIN)]
    reading = running.reading
    return {
        "version": __version__,
        "ruleset": policy.ruleset,
        "options": {
            "--to": suffix,
            "--from": reading.suffix,
            "--language": options.language,
            "fields": [[list(field) for field in reading.fields.texts], reading.fields.id, reading.fields.url],
            "--shard-size": running.shard_size,
            **_settings([cleaner.config for cleaner in cleaners]),
        },
        "inputs": identities(plan.items),
    }


def _settings(configs: Sequence[Config]) -> dict[str, Any]:
    """The settings of all sources by name, in JSON's types; where sources differ in one, what tells their values."""
    from hashlib import sha256

    found: dict[str, Any] = {}
    for name in asdict(configs[0]):
        values = [getattr(config, name) for config in configs]
        if all(value == values[0] for value in values):
            found[name] = list(values[0]) if isinstance(values[0], tuple) else values[0]
        else:
            digest = sha256(repr(values).encode("utf-8", "backslashreplace")).hexdigest()[:12]
            found[name] = f"{len(set(values))} values by file ({digest})"
    return found


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
    parts = [count(progress.documents, "document"), f"{progress.share} removed"]
    if plan.kind is Kind.in_place:
        parts.append(f"{count(progress.changed, 'file')} changed")
    if progress.replaced:
        parts.append(f"keys of {progress.replaced:,} replaced (see their notes)")
    return ", ".join(parts)
