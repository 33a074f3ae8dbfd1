"""Loads, validates, selects and compiles rule files into one `Ruleset`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import Any, NamedTuple

import regex

from cleaner.ruleset import cache, compiled
from cleaner.ruleset.prefilter import Prefilter, fold
from cleaner.ruleset.rule import MAX_TRAILING, TRAILING, Case, Rule, RuleError, straight
from cleaner.ruleset.selection import Selection, SelectionError
from cleaner.version import __version__

__all__ = ["Case", "Match", "Rule", "RuleError", "Ruleset", "Selection", "SelectionError", "builtin_folder", "load"]

CONFIRM_SECONDS = 0.25  # one pattern on one line; sound patterns take microseconds
RULE_SECONDS = 2.0  # one rule on all lines of a text; what it has found by then counts
SLOW_SECONDS = 0.001  # shorter confirmations are not added up
_TRAILING = TRAILING + " \t"
SHORT_LINE = 200  # characters; most rules name lines no longer, and most of a text stands in longer ones
OPENER_CHARS = 10  # a shorter beginning is said in mid-sentence too
FRAGMENTS = "fragments.toml"  # in the built-in folder: pieces of patterns that all rule files may use
PARSER_REVISION = "10"  # raise when parsing or literal extraction gives other rules from the same files


@dataclass(frozen=True, slots=True)
class Match:
    """One rule's match in one line; offsets count from the line's start. `twins` are rules of the same effect."""

    rule: Rule
    start: int
    end: int
    fields: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    twins: tuple[str, ...] = ()


class Active(NamedTuple):
    """The rules that run on a document: their indexes, and the language that they were chosen for."""

    language: str | None
    rules: frozenset[int]


class Ruleset:
    """Rules compiled for use: immutable, picklable, safe to share between threads.

    `version` is the package's version and a hash of the rules and their selection.
    """

    def __init__(
        self, rules: Iterable[Rule], selection: Selection = Selection(), version: str = __version__, digest: str = ""
    ) -> None:
        self.all_rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self.selection = selection
        chosen = [r for r in self.all_rules if selection.allows(r.id, r.category, r.langs, r.aliases)]
        self.rules = tuple(chosen)
        self.version = version
        self.digest = digest

    def __reduce__(self) -> tuple[type[Ruleset], tuple[object, ...]]:
        return Ruleset, (self.all_rules, self.selection, self.version, self.digest)

    def active(self, language: str | None, url: str | None) -> Active:
        """The rules that run on a document of this language and address.

        English rules run on every language, because English furniture stands on pages of all.
        """
        if language is not None and language not in self._languages:
            language = "en"
        plain = self._by_language(language)
        if not url or not self._by_site:
            return Active(language, plain)
        from urllib.parse import urlsplit

        host = (urlsplit(url).hostname or "") if "//" in url else url.split("/")[0]
        parts = host.lower().split(".")
        names = [".".join(parts[n:]) for n in range(len(parts))]
        own = {index for name in names for index in self._by_site.get(name, ())}
        return Active(language, plain | own if own else plain)

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(language for rule in self.rules for language in rule.langs)

    @cached_property
    def every(self) -> Active:
        """All rules at once, whatever their languages and sites."""
        return Active(None, frozenset(range(len(self.rules))))

    def matches(self, lines: Sequence[str], active: Active) -> tuple[list[list[Match]], set[str]]:
        """The matches of each line, and the ids of rules that ran into the time limit."""
        found: list[list[Match]] = [[] for _ in lines]
        stopped: set[str] = set()
        spent: dict[int, float] = {}
        for number, index in self._candidates(lines, active):
            rule, line = self.rules[index], lines[number]
            if (rule.max_chars is not None and len(line) > rule.max_chars) or rule.id in stopped:
                continue
            begun = perf_counter()
            try:
                found[number] += self._confirm(index, line)
            except TimeoutError:
                stopped.add(rule.id)
            took = perf_counter() - begun
            if took > SLOW_SECONDS:
                spent[index] = spent.get(index, 0.0) + took
                if spent[index] > RULE_SECONDS:
                    stopped.add(rule.id)
        return found, stopped

    def _candidates(self, lines: Sequence[str], active: Active) -> Iterator[tuple[int, int]]:
        """Pairs of line number and rule index to confirm; rules for short lines are not looked for in long ones."""
        numbers = [number for number, line in enumerate(lines) if len(line) <= SHORT_LINE]
        short, long, phrases = self._prefilters(active.language)
        for number in numbers:
            for index in phrases.get(fold(lines[number]).rstrip(_TRAILING), ()):
                yield number, index
        for number, index in short.candidates([lines[number] for number in numbers]):
            yield numbers[number], index
        yield from long.candidates(lines)
        own = active.rules - self._by_language(active.language) if self._by_site else None
        if own:
            if own not in self._site_prefilters:
                self._site_prefilters[own] = self._prefilter(sorted(own))
            yield from self._site_prefilters[own].candidates(lines)

    def openings(self, line: str) -> list[int]:
        """Offsets in a long line at which a rule's words for a line's beginning stand, as a sentence would begin."""
        found = self._openers.places(line)
        return sorted(at for at in found if at and line[at - 1] == " " and not line[at].islower())

    @cached_property
    def _openers(self) -> Prefilter:
        """The literals that begin a line and are long enough to be told in mid-line."""
        removing = (rule for rule in self.rules if rule.action not in ("keep", "extract", "strip-span"))
        words = {x.strip("\n") for rule in removing for x in rule.literals if x.startswith("\n")}
        return Prefilter({word: () for word in sorted(words) if len(word) >= OPENER_CHARS})

    def confirm(self, rule: Rule, line: str) -> list[Match]:
        """The matches of one rule in one line, whether the prefilter would propose it or not. Raises TimeoutError."""
        return self._confirm(self.rules.index(rule), line)

    def _confirm(self, index: int, line: str) -> list[Match]:
        """The matches of one rule in one line. Raises TimeoutError."""
        rule = self.rules[index]
        pattern, excepts = self._compiled(index)
        if pattern is None:
            return self._whole(index, line, excepts)
        first = pattern.search(line, timeout=CONFIRM_SECONDS)
        if first is None or any(e.search(line, timeout=CONFIRM_SECONDS) for e in excepts):
            return []
        every = pattern.finditer(line, timeout=CONFIRM_SECONDS) if rule.action == "strip-span" else (first,)
        twins = tuple(self.rules[twin].id for twin in self._twins.get(index, ()))
        return [Match(rule, m.start(), m.end(), _groups(m), twins) for m in every if m.end() > m.start()]

    def _whole(self, index: int, line: str, excepts: Sequence[regex.Pattern[str]]) -> list[Match]:
        """The match of a rule of phrases with the whole line: what its pattern says, without a search."""
        rule, folded = self.rules[index], fold(line)
        rests = (folded[len(p) :] for p in map(fold, straight(rule.phrases)) if folded.startswith(p))
        if not any(len(rest) <= MAX_TRAILING and not rest.strip(_TRAILING) for rest in rests):
            return []
        if any(e.search(line, timeout=CONFIRM_SECONDS) for e in excepts):
            return []
        return [Match(rule, 0, len(line), {}, tuple(self.rules[twin].id for twin in self._twins.get(index, ())))]

    def _compiled(self, index: int) -> tuple[regex.Pattern[str] | None, tuple[regex.Pattern[str], ...]]:
        """The rule's pattern (none for phrases that a line must equal) and its exceptions."""
        if index not in self._patterns:
            rule = self.rules[index]
            self._patterns[index] = (
                None if rule.is_whole_line else compiled.pattern(rule.pattern, self._stored),
                tuple(compiled.pattern(source, self._stored) for source in rule.excepts),
            )
        return self._patterns[index]

    @cached_property
    def _stored(self) -> Mapping[str, Any]:
        return compiled.load(self.digest) if self.digest else {}

    @cached_property
    def _patterns(self) -> dict[int, tuple[regex.Pattern[str] | None, tuple[regex.Pattern[str], ...]]]:
        return {}

    def _prefilters(self, language: str | None) -> tuple[Prefilter, Prefilter, Mapping[str, Sequence[int]]]:
        """For a language, one for the rules that only short lines can match, one for the others, and whole lines.

        Rules of phrases that a line must equal are looked up by the line; they need no search.
        """
        if language not in self._by_prefilter:
            tables: tuple[list[int], list[int]] = ([], [])
            phrases: dict[str, list[int]] = {}
            for index in sorted(self._by_language(language) - self._served):
                rule = self.rules[index]
                if rule.is_whole_line:
                    for phrase in {fold(phrase).rstrip(_TRAILING) for phrase in straight(rule.phrases)}:
                        phrases.setdefault(phrase, []).append(index)
                else:
                    tables[rule.max_chars is None or rule.max_chars > SHORT_LINE].append(index)
            self._by_prefilter[language] = (self._prefilter(tables[0]), self._prefilter(tables[1]), phrases)
        return self._by_prefilter[language]

    @cached_property
    def _by_prefilter(self) -> dict[str | None, tuple[Prefilter, Prefilter, Mapping[str, Sequence[int]]]]:
        return {}

    @cached_property
    def _site_prefilters(self) -> dict[frozenset[int], Prefilter]:
        return {}

    @cached_property
    def _twins(self) -> Mapping[int, tuple[int, ...]]:
        """For the first of the rules that do the same in the same texts, the others: one search serves all."""
        first: dict[tuple[object, ...], int] = {}
        twins: dict[int, tuple[int, ...]] = {}
        for index, rule in enumerate(self.rules):
            seen = first.setdefault(_effect(rule), index)
            if seen != index:
                twins[seen] = (*twins.get(seen, ()), index)
        return twins

    @cached_property
    def _served(self) -> frozenset[int]:
        """The twins that the search for another rule serves."""
        return frozenset(twin for twins in self._twins.values() for twin in twins)

    def _prefilter(self, indexes: Iterable[int]) -> Prefilter:
        literals: dict[str, list[int]] = {}
        for index in indexes:
            if index not in self._served:
                for literal in self.rules[index].literals:
                    literals.setdefault(literal, []).append(index)
        return Prefilter(literals)

    @cached_property
    def _by_site(self) -> Mapping[str, tuple[int, ...]]:
        sites: dict[str, tuple[int, ...]] = {}
        for index, rule in enumerate(self.rules):
            for site in rule.sites:
                sites[site] = (*sites.get(site, ()), index)
        return MappingProxyType(sites)

    @cached_property
    def _language_sets(self) -> dict[str | None, frozenset[int]]:
        return {}

    def _by_language(self, language: str | None) -> frozenset[int]:
        if language not in self._language_sets:
            wanted = {"*", "en", language}
            self._language_sets[language] = frozenset(
                index
                for index, rule in enumerate(self.rules)
                if not rule.sites and (language is None or not wanted.isdisjoint(rule.langs))
            )
        return self._language_sets[language]


def _effect(rule: Rule) -> tuple[object, ...]:
    """What two rules must have in common to be twins: they differ in their names and messages alone."""
    search = (rule.pattern, rule.excepts, rule.literals, rule.max_chars, rule.langs, rule.sites)
    return (*search, rule.action, rule.confidence, rule.after, rule.before, rule.takes_previous, rule.takes_next)


def _groups(match: regex.Match[str]) -> Mapping[str, tuple[int, int]]:
    return {name: match.span(name) for name, value in match.groupdict().items() if value}


def builtin_folder() -> Path:
    """The folder of the rules that come with the package (beside it in an editable install)."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, sorted; raises RuleError where there is no such folder."""
    if folder.is_file():
        return [folder]
    if folder.exists() and not folder.is_dir():
        raise RuleError(str(folder), 1, "neither a file nor a folder: name a folder or a .toml file")
    if not folder.is_dir():
        raise RuleError(str(folder), 1, "no such folder of rules: name a folder or a .toml file")
    return sorted(file for file in folder.rglob("*.toml") if file.name != FRAGMENTS and file.is_file())


def read_rules(folders: Sequence[Path], *, builtin: bool = True) -> list[Rule]:
    """All rules of the built-in folder and of `folders`, with their examples. Raises RuleError."""
    from cleaner.ruleset.loader import check_unique, load_file

    fragments = _shared_fragments()
    rules = [rule for file, shown in _listed(folders, builtin) for rule in load_file(file, shown, fragments)]
    check_unique(rules)
    return rules


def with_examples(rule: Rule, folders: Sequence[Path]) -> Rule:
    """The rule as its file has it, with the examples that the cache leaves out. Raises RuleError."""
    from cleaner.ruleset.loader import load_file

    files = (file for file, shown in _listed(folders, builtin=True) if shown == rule.path)
    found = (r for file in files for r in load_file(file, rule.path, _shared_fragments()) if r.id == rule.id)
    return next(found, rule)


def _shared_fragments() -> dict[str, str]:
    from cleaner.ruleset.fragments import load_fragments

    shared = builtin_folder() / FRAGMENTS
    return load_fragments(shared, f"rules/{FRAGMENTS}") if shared.exists() else {}


def load(folders: tuple[Path, ...] = (), selection: Selection = Selection(), *, builtin: bool = True) -> Ruleset:
    """The compiled rules of the built-in folder and of `folders`. Raises RuleError.

    Parsed rules are kept in a cache that is keyed by the files' content.
    """
    seal = hashlib.sha256(f"{PARSER_REVISION} {__version__}".encode())
    shared = builtin_folder() / FRAGMENTS
    for file, shown in [*([(shared, FRAGMENTS)] if shared.exists() else []), *_listed(folders, builtin)]:
        seal.update(shown.encode())
        seal.update(b"\0" + _content(file, shown) + b"\0")
    digest = seal.hexdigest()
    key = digest[:32]
    rules = cache.load(key)
    if rules is None:
        rules = read_rules(folders, builtin=builtin)
        cache.save(key, rules)
        compiled.save(key, rules)
    chosen = hashlib.sha256(
        f"{digest} {selection.select} {selection.ignore}{selection.languages or ''}".encode()
    ).hexdigest()
    return Ruleset(rules, selection, f"{__version__}+{chosen[:6]}", key)


def _content(file: Path, shown: str) -> bytes:
    """The bytes of a rule file. Raises RuleError."""
    from cleaner.ruleset.bounds import read

    try:
        return read(file)
    except OSError as error:
        raise RuleError(shown, 1, f"cannot be read: {error.strerror}: check the permissions") from error
    except ValueError as error:
        raise RuleError(shown, 1, str(error)) from error


def _listed(folders: Sequence[Path], builtin: bool) -> list[tuple[Path, str]]:
    """Each rule file with the path that errors and removals name: relative where it is built in."""
    listed = []
    if builtin:
        base = builtin_folder()
        listed += [(file, f"rules/{file.relative_to(base).as_posix()}") for file in rule_files(base)]
    for folder in folders:
        listed += [(file, str(file)) for file in rule_files(folder)]
    return listed
