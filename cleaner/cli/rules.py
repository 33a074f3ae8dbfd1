"""`cleaner rules`: list, show, test and begin rules."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cleaner.cli.session import NOISE_OR_FAILED, Options, UsageError, announce, count, names
from cleaner.cli.tables import aligned
from cleaner.cli.terminal import one_line, out, say
from cleaner.ruleset import Rule, Selection, load, read_rules

HEAD = ("id", "category", "action", "languages", "message")
HEURISTIC = "heuristic"  # stands in the place of an action


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or a heuristic as it is listed."""

    id: str
    category: str
    action: str
    langs: tuple[str, ...]
    message: str
    confidence: str = ""
    status: str = "stable"
    replaced_by: str | None = None
    place: str = ""


def show_list(options: Options, category: str | None, language: str | None, *, as_json: bool) -> None:
    """Lists the rules and heuristics that are chosen; sorted by category and id."""
    rules, selection = _known(options)
    chosen = [
        entry
        for entry in _entries(rules)
        if selection.allows(entry.id, entry.category, entry.langs)
        and category in (None, entry.category)
        and (language is None or language in entry.langs or "*" in entry.langs)
    ]
    if not chosen and category is not None and category not in {entry.category for entry in _entries(rules)}:
        known = sorted({entry.category for entry in _entries(rules)})
        raise UsageError(f'no category "{category}"{_near(category, known)}; known: {", ".join(known)}')
    chosen.sort(key=lambda entry: (entry.category, entry.id))
    if as_json:
        out(json.dumps([asdict(entry) for entry in chosen], ensure_ascii=False, indent=2) + "\n")
        return
    rows = [(e.id, e.category, e.action, ",".join(e.langs), _message(e)) for e in chosen]
    out(aligned([HEAD, *rows]))
    if not options.quiet:
        say(count(len(chosen), "rule"))


def show_one(name: str, options: Options) -> None:
    """Prints everything about one rule or heuristic, by id or alias."""
    from cleaner.detect import HEURISTICS

    rules, _ = _known(options, examples=True)
    if name in HEURISTICS:
        category, message, _find = HEURISTICS[name]
        out(f"{name}\n" + aligned([("", "message", message), ("", "category", category), ("", "action", HEURISTIC)]))
        return
    rule = next((rule for rule in rules if name in (rule.id, *rule.aliases)), None)
    if rule is None:
        known = [*HEURISTICS, *(n for rule in rules for n in (rule.id, *rule.aliases))]
        raise UsageError(f'no rule "{name}"{_near(name, known)}; mend: see `cleaner rules list` for the ids')
    out(f"{rule.id}{'' if name == rule.id else f' (once {name})'}\n" + aligned(_about(rule)))
    for title, examples in (("hits", rule.hits), ("misses", rule.misses)):
        if examples:
            out(f"  {title}\n" + "".join(f"    {one_line(example)}\n" for example in examples))
    for case in rule.cases:
        out(f"  case\n    in   {one_line(case.before)}\n    out  {one_line(case.after)}\n")
        out("".join(f"    {key} = {one_line(value)}\n" for key, value in case.fields.items()))


def test(folders: Sequence[str], options: Options) -> None:
    """Runs all examples of the built-in rules, the settings' and the folders'; exits with 1 if one differs."""
    from cleaner.cli.cases import check_cases
    from cleaner.cli.snippets import check_snippets
    from cleaner.ruleset.testing import check
    from cleaner.settings import find

    rules, _ = _known(Options(rules=(*options.rules, *folders), quiet=options.quiet), examples=True)
    stored = load((*find(Path.cwd()).config.folders, *map(Path, (*options.rules, *folders))))
    found = (*check(rules, stored), *check_snippets(rules, stored), *check_cases(rules))
    problems = sorted(found, key=lambda p: (p.path, p.line, p.kind))
    out("".join(f"{one_line(str(problem))}\n" for problem in problems))
    examples = sum(len(rule.hits) + len(rule.misses) + len(rule.cases) for rule in rules)
    if not options.quiet:
        say(f"{count(len(rules), 'rule')}, {count(examples, 'example')}, {count(len(problems), 'problem')}")
    if problems:
        raise SystemExit(NOISE_OR_FAILED)


def new(id: str, folder: str, category: str | None, language: str, action: str) -> None:
    """Writes the file of a new rule, which passes its own test; an existing file or id is refused."""
    from cleaner.cli.template import template
    from cleaner.detect import HEURISTICS
    from cleaner.emit import write_atomic
    from cleaner.ruleset.loader import parse

    target = Path(folder, f"{id}.toml")
    rules = load(()).all_rules
    other = next((rule for rule in rules if id in (rule.id, *rule.aliases)), None)
    if other is not None or id in HEURISTICS:
        place = f"{other.path}:{other.line}" if other else "a heuristic"
        raise UsageError(f'the id "{id}" is taken by {place}; mend: another id')
    category = category or next((known for known in sorted({r.category for r in rules}) if id.startswith(known)), "own")
    text = template(id, category, language, action)
    parse(text, str(target))  # the id may not be one
    if target.exists():
        raise UsageError(f"{target} exists; mend: edit it, or take another id or folder")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, text)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}; mend: check path and permissions") from error
    out(f"{target}\n")
    say(f"next: fill it in, then  cleaner rules test {folder}  and  cleaner check --rules {folder} SOURCE")


def _known(options: Options, *, examples: bool = False) -> tuple[list[Rule], Selection]:
    """All rules, with their examples if asked, and the selection of settings and options. Raises SelectionError."""
    from cleaner.detect import HEURISTICS
    from cleaner.settings import find

    announce(options)
    config = find(Path.cwd()).config
    folders = (*config.folders, *map(Path, options.rules))
    rules = read_rules(folders) if examples else list(load(folders).all_rules)
    selection = Selection(names(options.select) or config.select, (*config.ignore, *names(options.ignore)))
    known = {name for rule in rules for name in (rule.id, rule.category, *rule.langs, *rule.aliases)}
    selection.check(known | set(HEURISTICS) | {category for category, _, _ in HEURISTICS.values()})
    return rules, selection


def _entries(rules: Sequence[Rule]) -> list[Entry]:
    from cleaner.detect import HEURISTICS

    entries = [
        Entry(
            rule.id, rule.category, rule.action, rule.langs, rule.message,
            rule.confidence, rule.status, rule.replaced_by, f"{rule.path}:{rule.line}",
        )
        for rule in rules
    ]  # fmt: skip
    return entries + [Entry(id, category, HEURISTIC, ("*",), said) for id, (category, said, _) in HEURISTICS.items()]


def _message(entry: Entry) -> str:
    if entry.status == "stable":
        return entry.message
    by = f", use {entry.replaced_by}" if entry.replaced_by else ""
    return f"[{entry.status}{by}] {entry.message}"


def _about(rule: Rule) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, object]] = [
        ("message", rule.message),
        ("category", rule.category),
        ("action", rule.action),
        ("confidence", rule.confidence),
        ("languages", ", ".join(rule.langs)),
        ("sites", ", ".join(rule.sites)),
        ("status", "" if rule.status == "stable" else rule.status),
        ("replaced by", rule.replaced_by),
        ("aliases", ", ".join(rule.aliases)),
        ("since", rule.since),
        ("source", rule.source),
        ("file", f"{rule.path}:{rule.line}"),
        ("phrases", " | ".join(rule.phrases)),
        ("where.css", rule.css),
        ("pattern", rule.written),
        *(("except", pattern) for pattern in rule.excepts),
        ("max_chars", rule.max_chars),
        ("after", rule.after or None),
        ("before", rule.before if rule.before < 1 else None),
        ("takes_previous", rule.takes_previous or None),
        ("takes_next", rule.takes_next or None),
    ]
    return [("", name, str(value)) for name, value in rows if value not in (None, "")]


def _near(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1)
    return f': did you mean "{near[0]}"?' if near else ""
