"""Loads, validates, selects and compiles rule files into one `Ruleset`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from cleaner.ruleset import cache, seal
from cleaner.ruleset.active import NOWHERE, Active, Candidate
from cleaner.ruleset.compiled import Known, Part, Stored
from cleaner.ruleset.engine import Engine, Match
from cleaner.ruleset.prefilter import Prefilter
from cleaner.ruleset.rule import Case, Kind, Rule, RuleError
from cleaner.ruleset.selection import Selection, SelectionError
from cleaner.version import __version__

__all__ = [
    "NOWHERE", "Active", "Candidate", "Case", "Match", "Rule", "RuleError", "Ruleset", "Selection", "SelectionError",
    "builtin_folder", "is_parsed", "load",
]  # fmt: skip

_COMMON = frozenset({"*", "en"})  # what rules that run everywhere name as their language
OPENER_CHARS = 10  # a shorter beginning is said in mid-sentence too
FRAGMENTS = "fragments.toml"  # in the built-in folder: pieces of patterns that all rule files may use
PARSER_REVISION = "23"  # raise when parsing or literal extraction gives other rules from the same files


class Ruleset:
    """Rules compiled for use: immutable, picklable, safe to share between threads.

    `version` is the package's version and a hash of the rules and their selection.
    """

    def __init__(
        self,
        rules: Iterable[Rule] | cache.Shelf,
        selection: Selection = Selection(),
        version: str = __version__,
        digest: str = "",
        known: Known | None = None,
    ) -> None:
        self._kinds: Mapping[Kind, Sequence[Rule]] = rules if isinstance(rules, cache.Shelf) else _by_kind(rules)
        self.selection = selection
        self.version = version
        self.digest = digest
        self._known = known
        self._stored = Stored(digest, known)

    def __reduce__(self) -> tuple[type[Ruleset], tuple[object, ...]]:
        return Ruleset, (self.all_rules, self.selection, self.version, self.digest, self._known)

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """All rules, chosen or not, sorted by id."""
        return tuple(sorted((rule for kind in self._kinds for rule in self._kinds[kind]), key=_id))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the selection allows, sorted by id."""
        return tuple(filter(self._is_chosen, self.all_rules))

    def rule(self, name: str) -> Rule | None:
        """The rule of an id, chosen or not; those in use are at hand, and looked through first."""
        used = (rule for active in self._active.values() for engine in active.engines for rule in engine.rules)
        found = next((rule for rule in used if rule.id == name), None)
        return found or next((rule for rule in self.all_rules if rule.id == name), None)

    def _is_chosen(self, rule: Rule) -> bool:
        return self.selection.allows(rule.id, rule.category, rule.langs, rule.aliases)

    def _chosen(self, kinds: Iterable[Kind]) -> list[Rule]:
        """The chosen rules of some kinds, sorted by id."""
        return sorted((rule for kind in kinds for rule in self._kinds[kind] if self._is_chosen(rule)), key=_id)

    def active(self, language: str | None, url: str | None) -> Active:
        """The rules that run on a document of this language and address.

        English rules run on every language, because English furniture stands on pages of all.
        """
        if language is not None and language not in self._languages:
            language = "en"
        own = self._own(url) if url and self._by_site else frozenset()
        if (language, own) not in self._active:
            kinds = (self._everywhere, self._of_language(language), own)
            self._active[language, own] = Active(language, tuple(self._engine(k) for k in kinds if self._chosen(k)))
        return self._active[language, own]

    def _own(self, url: str) -> frozenset[Kind]:
        """The kinds of rules for the address's site."""
        from urllib.parse import urlsplit

        host = (urlsplit(url).hostname or "") if "//" in url else url.split("/", maxsplit=1)[0]
        parts = host.lower().split(".")
        names = (".".join(parts[n:]) for n in range(len(parts)))
        return frozenset(kind for name in names for kind in self._by_site.get(name, ()))

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(language for langs, _ in self._kinds for language in langs)

    @cached_property
    def every(self) -> Active:
        """All rules at once, whatever their languages and sites."""
        return Active(None, (self._engine(frozenset(self._kinds)),))

    def matches(
        self, lines: Sequence[str], active: Active, selected: Mapping[int, Sequence[Candidate]] = NOWHERE
    ) -> tuple[list[list[Match]], set[str]]:
        """The matches of each line, and the ids of rules that ran into the time limit.

        `selected` are the rules whose selectors name the line's place in a page, by the line's number.
        """
        found: list[list[Match]] = [[] for _ in lines]
        stopped: set[str] = set()
        for number, candidates in enumerate(active.candidates(lines)):
            for candidate in (*candidates, *selected.get(number, ())):
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
    def _active(self) -> dict[tuple[str | None, frozenset[Kind]], Active]:
        return {}

    @cached_property
    def _by_site(self) -> Mapping[str, Sequence[Kind]]:
        sites: dict[str, list[Kind]] = {}
        for kind in self._kinds:
            for site in kind[1]:
                sites.setdefault(site, []).append(kind)
        return sites

    @cached_property
    def _everywhere(self) -> frozenset[Kind]:
        """The kinds of rules for texts of all languages: these and English ones."""
        return frozenset(kind for kind in self._kinds if not kind[1] and not _COMMON.isdisjoint(kind[0]))

    def _of_language(self, language: str | None) -> frozenset[Kind]:
        """The kinds of rules for a language that do not run everywhere; those of all where it is not known."""
        kinds = (kind for kind in self._kinds if not kind[1] and (language is None or language in kind[0]))
        return frozenset(kinds) - self._everywhere

    @cached_property
    def _engines(self) -> dict[frozenset[Kind], Engine]:
        return {}

    def _engine(self, kinds: frozenset[Kind]) -> Engine:
        """The rules of these kinds, which many texts share."""
        if kinds not in self._engines:
            for kind in kinds:
                self.prepared(kind)
            self._engines[kinds] = Engine(self._chosen(kinds), self._stored)
        return self._engines[kinds]

    def prepared(self, kind: Kind) -> tuple[Sequence[Rule], Part]:
        """All rules of a kind, and what is stored of them from now on."""
        rules = self._kinds.get(kind, ())
        return rules, self._stored.prepare(kind, rules)


def _id(rule: Rule) -> str:
    return rule.id


def _by_kind(rules: Iterable[Rule]) -> dict[Kind, list[Rule]]:
    kinds: dict[Kind, list[Rule]] = {}
    for rule in rules:
        kinds.setdefault(rule.kind, []).append(rule)
    return kinds


def builtin_folder() -> Path:
    """The folder of the rules that come with the package (beside it in an editable install)."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder, sorted; raises RuleError where there are none."""
    if folder.is_file():
        return [folder]
    if folder.exists() and not folder.is_dir():
        raise RuleError(str(folder), None, "neither a file nor a folder: name a folder or a .toml file")
    if not folder.is_dir():
        raise RuleError(str(folder), None, "no such folder of rules: name a folder or a .toml file")
    found = sorted(file for file in folder.rglob("*.toml") if file.name != FRAGMENTS and file.is_file())
    if not found:
        raise RuleError(str(folder), None, "no rules in this folder: name one that holds .toml files of rules")
    return found


def read_rules(folders: Sequence[Path], *, builtin: bool = True) -> list[Rule]:
    """All rules of the built-in folder and of `folders`, with their examples, checked. Raises RuleError.

    What was parsed is kept in a cache that is keyed by the files' content: the built-in rules also alone, so that a
    change in a folder has only that folder parsed anew.
    """
    key, _ = _sealed(folders, Selection(), builtin)
    rules = cache.load_with_examples(key)
    if rules is None:
        rules = _parsed(folders, builtin, checked=True)
        cache.save(key, rules)
    return rules


def is_parsed() -> bool:
    """Whether the built-in rules have been parsed here before: that takes seconds."""
    return cache.holds(_sealed((), Selection(), builtin=True)[0])


def _parsed(folders: Sequence[Path], builtin: bool, checked: bool) -> list[Rule]:
    """Rules from their files; those of `folders` are checked in any case."""
    from cleaner.ruleset.loader import check_unique, load_file

    if folders and builtin:
        own = read_rules(folders, builtin=False)  # a fault in them is told before the others are read
        shipped = {os.path.realpath(file) for file, _ in _listed((), builtin=True)}
        others = (rule for rule in own if os.path.realpath(rule.path) not in shipped)
        rules = [*(read_rules(()) if checked else load().all_rules), *others]
    else:
        fragments = _shared_fragments()
        files = _listed(folders, builtin)
        rules = [rule for file, shown in files for rule in load_file(file, shown, fragments, checked or not builtin)]
    check_unique(rules)
    return rules


def _shared_fragments() -> dict[str, str]:
    from cleaner.ruleset.fragments import load_fragments

    shared = builtin_folder() / FRAGMENTS
    return load_fragments(shared, f"rules/{FRAGMENTS}") if shared.exists() else {}


def load(folders: tuple[Path, ...] = (), selection: Selection = Selection(), *, builtin: bool = True) -> Ruleset:
    """The compiled rules of the built-in folder and of `folders`. Raises RuleError.

    The built-in rules are not checked: their examples run in the tests, and compiling all patterns takes seconds.
    """
    key, version = _sealed(folders, selection, builtin)
    rules: list[Rule] | cache.Shelf | None = cache.load(key)
    if rules is None:
        rules = _parsed(folders, builtin, checked=False)
        cache.save(key, rules, examples=False)
    return Ruleset(rules, selection, version, key, _shipped if folders and builtin else None)


def _shipped(kind: Kind) -> tuple[Sequence[Rule], Part]:
    """The built-in rules of a kind, and what is stored of them; none where they have not been parsed here before."""
    key, version = _sealed((), Selection(), builtin=True)
    shelf = cache.load(key)
    return ((), ({}, {})) if shelf is None else Ruleset(shelf, Selection(), version, key).prepared(kind)


def _sealed(folders: Sequence[Path], selection: Selection, builtin: bool) -> tuple[str, str]:
    """The key of the files' content, and the version of the rules chosen from them; hashed where the files are new."""
    shared = builtin_folder() / FRAGMENTS
    places = [*([builtin_folder()] if builtin else [shared] if shared.exists() else []), *folders]
    name = (
        f"{PARSER_REVISION} {__version__} {builtin} {selection} {[str(place.absolute()) for place in places]} {folders}"
    )
    try:
        found = seal.stamps(places)
    except OSError:
        return _hashed(folders, selection, builtin)  # and says what is missing
    kept = seal.load(name, found)
    if kept is not None and len(kept) == 2:
        return kept[0], kept[1]
    hashed = _hashed(folders, selection, builtin)
    seal.save(name, found, hashed)
    return hashed


def _hashed(folders: Sequence[Path], selection: Selection, builtin: bool) -> tuple[str, str]:
    import hashlib

    sums = hashlib.sha256(f"{PARSER_REVISION} {__version__}".encode())
    shared = builtin_folder() / FRAGMENTS
    for file, shown in [*([(shared, FRAGMENTS)] if shared.exists() else []), *_listed(folders, builtin)]:
        sums.update(shown.encode())
        sums.update(b"\0" + _content(file, shown) + b"\0")
    digest = sums.hexdigest()
    chosen = hashlib.sha256(f"{digest} {selection.select} {selection.ignore}{selection.languages or ''}".encode())
    return digest[:32], f"{__version__}+{chosen.hexdigest()[:6]}"


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
    """Each rule file, once, with the path that errors and removals name: relative where it is built in."""
    listed = []
    if builtin:
        base = builtin_folder()
        listed += [(file, f"rules/{file.relative_to(base).as_posix()}") for file in rule_files(base)]
    for folder in folders:
        listed += [(file, str(file)) for file in rule_files(folder)]
    once: dict[str, tuple[Path, str]] = {}
    for file, shown in listed:
        once.setdefault(os.path.realpath(file), (file, shown))
    return list(once.values())
