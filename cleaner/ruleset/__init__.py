"""Loads, validates, selects and compiles rule files into one `Ruleset`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cleaner.ruleset import cache, compiled
from cleaner.ruleset.compiled import Stored
from cleaner.ruleset.engine import Engine, Match
from cleaner.ruleset.prefilter import Prefilter
from cleaner.ruleset.rule import Case, Rule, RuleError
from cleaner.ruleset.selection import Selection, SelectionError
from cleaner.version import __version__

__all__ = ["Case", "Match", "Rule", "RuleError", "Ruleset", "Selection", "SelectionError", "builtin_folder", "load"]

OPENER_CHARS = 10  # a shorter beginning is said in mid-sentence too
FRAGMENTS = "fragments.toml"  # in the built-in folder: pieces of patterns that all rule files may use
PARSER_REVISION = "11"  # raise when parsing or literal extraction gives other rules from the same files


class Active:
    """The rules that run on a document, and the language that they were chosen for; equal ones are one object."""

    def __init__(self, language: str | None, engines: tuple[Engine, ...]) -> None:
        self.language, self.engines = language, engines

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for engine in self.engines for rule in engine.rules)

    def candidates(self, lines: Sequence[str]) -> list[list[Candidate]]:
        """For each line the rules that may match it, in the order of their matches."""
        found: list[list[Candidate]] = [[] for _ in lines]
        for engine in self.engines:
            for here, indexes in zip(found, engine.candidates(lines), strict=True):
                here += [Candidate(engine, index, engine.rules[index]) for index in indexes]
        return found


class Candidate(NamedTuple):
    """A rule that may match a line."""

    engine: Engine
    place: int
    rule: Rule

    def confirm(self, line: str) -> list[Match]:
        """The rule's matches in the line. Raises TimeoutError."""
        return self.engine.confirm(self.place, line)


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
        own = self._own(url) if url and self._by_site else frozenset()
        if (language, own) not in self._active:
            engines = (self._plain(language), *(self._engine(own) if own else ()))
            self._active[language, own] = Active(language, engines)
        return self._active[language, own]

    def _own(self, url: str) -> frozenset[int]:
        """The rules of the address's site, by their indexes."""
        from urllib.parse import urlsplit

        host = (urlsplit(url).hostname or "") if "//" in url else url.split("/", maxsplit=1)[0]
        parts = host.lower().split(".")
        names = (".".join(parts[n:]) for n in range(len(parts)))
        return frozenset(index for name in names for index in self._by_site.get(name, ()))

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(language for rule in self.rules for language in rule.langs)

    @cached_property
    def every(self) -> Active:
        """All rules at once, whatever their languages and sites."""
        return Active(None, (Engine(self.rules, self._stored),))

    def matches(self, lines: Sequence[str], active: Active) -> tuple[list[list[Match]], set[str]]:
        """The matches of each line, and the ids of rules that ran into the time limit."""
        found: list[list[Match]] = [[] for _ in lines]
        stopped: set[str] = set()
        for number, candidates in enumerate(active.candidates(lines)):
            for candidate in candidates:
                try:
                    found[number] += candidate.confirm(lines[number])
                except TimeoutError:
                    stopped.add(candidate.rule.id)
        return found, stopped

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
        return self.every.engines[0].confirm(self.rules.index(rule), line)

    @cached_property
    def _stored(self) -> Stored:
        return compiled.load(self.digest) if self.digest else Stored()

    @cached_property
    def _active(self) -> dict[tuple[str | None, frozenset[int]], Active]:
        return {}

    @cached_property
    def _by_site(self) -> Mapping[str, tuple[int, ...]]:
        sites: dict[str, tuple[int, ...]] = {}
        for index, rule in enumerate(self.rules):
            for site in rule.sites:
                sites[site] = (*sites.get(site, ()), index)
        return MappingProxyType(sites)

    @cached_property
    def _plain_engines(self) -> dict[str | None, Engine]:
        return {}

    def _plain(self, language: str | None) -> Engine:
        """The rules of a language and those of all."""
        if language not in self._plain_engines:
            wanted = {"*", "en", language}
            rules = [
                rule
                for rule in self.rules
                if not rule.sites and (language is None or not wanted.isdisjoint(rule.langs))
            ]
            self._plain_engines[language] = Engine(rules, self._stored)
        return self._plain_engines[language]

    def _engine(self, indexes: frozenset[int]) -> tuple[Engine]:
        return (Engine([self.rules[index] for index in sorted(indexes)], self._stored),)


def builtin_folder() -> Path:
    """The folder of the rules that come with the package (beside it in an editable install)."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, sorted; raises RuleError where there is no such folder."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise RuleError(str(folder), 1, "no such folder of rules: name a folder or a .toml file")
    return sorted(file for file in folder.rglob("*.toml") if file.name != FRAGMENTS)


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
        seal.update(b"\0" + file.read_bytes() + b"\0")
    digest = seal.hexdigest()
    key = digest[:32]
    rules = cache.load(key)
    if rules is None:
        rules = read_rules(folders, builtin=builtin)
        cache.save(key, rules)
        compiled.save(key, rules)
    chosen = hashlib.sha256(f"{digest} {selection.select} {selection.ignore}".encode()).hexdigest()
    return Ruleset(rules, selection, f"{__version__}+{chosen[:6]}", key)


def _listed(folders: Sequence[Path], builtin: bool) -> list[tuple[Path, str]]:
    """Each rule file with the path that errors and removals name: relative where it is built in."""
    listed = []
    if builtin:
        base = builtin_folder()
        listed += [(file, f"rules/{file.relative_to(base).as_posix()}") for file in rule_files(base)]
    for folder in folders:
        listed += [(file, str(file)) for file in rule_files(folder)]
    return listed
