"""Reads rule files: TOML in, validated `Rule`s out, every fault with its file, line and mend."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import regex

from cleaner.data import NOTHING, Action, Confidence
from cleaner.ruleset.bounds import pattern_problem, read
from cleaner.ruleset.compiled import fresh
from cleaner.ruleset.fragments import Fragments, own_fragments
from cleaner.ruleset.literals import MAX_LITERAL, required_literals
from cleaner.ruleset.place import Place, check_keys
from cleaner.ruleset.rule import ACTIONS, CONFIDENCES, MAX_TRAILING, STATUSES, TRAILING, Case, Rule, RuleError, straight
from cleaner.ruleset.selector import problem as selector_problem
from cleaner.text import codes
from cleaner.text.fold import fold
from cleaner.text.lines import view

SCHEMA = 1
PROBE_SECONDS = 1.0  # time one pattern may take on one of its own examples

_STRINGS = {"langs", "except", "sites", "aliases", "keywords", "phrases", "hits", "misses"}
_TEXTS = {"id", "category", "action", "confidence", "message", "pattern", "since", "status", "replaced_by", "source"}
_NUMBERS = {"after", "before"}
_COUNTS = {"max_chars", "takes_previous", "takes_next"}
RULE_KEYS = _STRINGS | _TEXTS | _NUMBERS | _COUNTS | {"cases", "where"}
DEFAULT_KEYS = RULE_KEYS - {"id", "pattern", "phrases", "where", "hits", "misses", "cases", "aliases", "replaced_by"}
WHERE_KEYS = {"css"}
WHOLE_BLOCKS = ("drop-line", "cut-tail", "keep")  # actions that a selector without a pattern can have
CASE_KEYS = {"in", "out", "fields"}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[^\W\d_]{2,}|[\u2e80-\U0010ffff]|[^\w\s\0-\x7f]")


def load_file(path: Path, shown: str, fragments: Mapping[str, str] = NOTHING, checked: bool = True) -> list[Rule]:
    """The rules of one file. `shown` is the path as errors name it, `fragments` are shared ones. Raises RuleError.

    Unless they are `checked`, patterns are not compiled and examples not looked at, which is most of the time.
    """
    try:
        source = read(path).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RuleError(shown, 1, f"not UTF-8 at byte {error.start}: save the file as UTF-8") from error
    except ValueError as error:
        raise RuleError(shown, 1, str(error)) from error
    return list(_parsed(source, shown, tuple(fragments.items()), checked))


@lru_cache(maxsize=2048)  # files, which are not parsed again in the process where no cache can be written
def _parsed(source: str, shown: str, fragments: tuple[tuple[str, str], ...], checked: bool) -> tuple[Rule, ...]:
    return tuple(parse(source, shown, dict(fragments), checked))


def parse(source: str, shown: str, fragments: Mapping[str, str] = NOTHING, checked: bool = True) -> list[Rule]:
    """The rules of one file's text. Raises RuleError at the first fault."""
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        raise RuleError(shown, line, f"not TOML: {error}") from error
    except RecursionError as error:
        raise RuleError(shown, 1, "lists or tables stand in each other too deeply: unnest them") from error
    place = Place(shown, source)
    check_keys(table, {"schema", "defaults", "fragments", "rules"}, place, None)
    if table.get("schema") != SCHEMA:
        raise place.error(f"schema is {table.get('schema')!r}: write schema = {SCHEMA}", None, "schema")
    defaults = table.get("defaults", {})
    if not isinstance(defaults, dict):
        raise place.error("defaults is not a table: write [defaults]", None, "defaults")
    check_keys(defaults, DEFAULT_KEYS, place, None)
    entries = table.get("rules", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise place.error("rules is not a list of tables: write [[rules]] above each rule", None, "rules")
    spelled = Fragments({**fragments, **own_fragments(table, place)})
    rules = []
    for number, entry in enumerate(entries):
        rule = _rule(number, defaults, spelled.written_out(entry, place, number), place, checked)
        rules.append(replace(rule, written=entry.get("pattern", "")))
    return rules


def check_unique(rules: Iterable[Rule]) -> None:
    """Raises RuleError at the second rule of an id; an alias counts as an id."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if name in seen:
                other = seen[name]
                raise RuleError(
                    rule.path, rule.line, f'duplicate id "{name}", also at {other.path}:{other.line}: rename one'
                )
            seen[name] = rule


def _check_types(table: Mapping[str, Any], place: Place, number: int) -> None:
    for key, value in table.items():
        if key in _STRINGS:
            good, want = isinstance(value, list) and all(isinstance(v, str) and v for v in value), "a list of strings"
        elif key in _TEXTS:
            good, want = isinstance(value, str) and bool(value), "a string"
        elif key in _COUNTS:
            good, want = type(value) is int and value >= 0, "a whole number"
        elif key in _NUMBERS:
            good, want = type(value) in (int, float) and 0 <= value <= 1, "a share between 0 and 1"
        elif key == "where":
            good, want = isinstance(value, dict), "a table: write where.css = 'aside.newsletter'"
        else:
            good, want = isinstance(value, list) and all(isinstance(v, dict) for v in value), "a list of tables"
        if not good:
            raise place.error(f"{key} is {value!r}: it must be {want}", number, key)


def _check_choice(table: Mapping[str, Any], key: str, choices: tuple[str, ...], place: Place, number: int) -> None:
    if table[key] not in choices:
        near = difflib.get_close_matches(table[key], choices, 1)
        hint = f'did you mean "{near[0]}"?' if near else "one of " + ", ".join(choices)
        raise place.error(f'unknown {key} "{table[key]}": {hint}', number, key)


def _rule(number: int, defaults: Mapping[str, Any], entry: Mapping[str, Any], place: Place, checked: bool) -> Rule:
    check_keys(entry, RULE_KEYS, place, number)
    table = {"status": "stable", **defaults, **entry}
    _check_types(table, place, number)
    for key in ("id", "category", "action", "confidence", "message", "langs"):
        if key not in table:
            raise place.error(f'"{key}" is missing: every rule needs one', number)
    if not _ID.fullmatch(table["id"]):
        raise place.error(f'id "{table["id"]}" is not of the form words-and-hyphens in lower case', number, "id")
    _check_choice(table, "action", ACTIONS, place, number)
    _check_choice(table, "confidence", CONFIDENCES, place, number)
    _check_choice(table, "status", STATUSES, place, number)
    if table.get("after", 0) >= table.get("before", 1):
        raise place.error("after is not below before: no line can lie between them", number, "after")
    if table["action"] == "cut-tail" and not table.get("after"):
        raise place.error("a cut-tail without after could empty a text: write after = 0.3 or more", number)
    langs = _langs(table["langs"], place, number)
    css = _css(table, place, number)
    pattern = _pattern(table, place, number)
    if checked:
        _check_patterns(table, pattern, place, number)
    rule = Rule(
        id=table["id"],
        category=table["category"],
        action=cast(Action, table["action"]),
        confidence=cast(Confidence, table["confidence"]),
        message=table["message"],
        pattern=pattern,
        langs=langs,
        path=place.path,
        line=place.line(number, None),
        excepts=tuple(table.get("except", ())),
        sites=tuple(site.lower().removeprefix("www.") for site in table.get("sites", ())),
        literals=() if css else _literals(table, pattern, place, number),
        max_chars=table.get("max_chars", _longest(table)),
        after=float(table.get("after", 0.0)),
        before=float(table.get("before", 1.0)),
        takes_previous=table.get("takes_previous", 0),
        takes_next=table.get("takes_next", 0),
        since=table.get("since", ""),
        status=table["status"],
        replaced_by=table.get("replaced_by"),
        aliases=tuple(table.get("aliases", ())),
        source=table.get("source"),
        phrases=tuple(table.get("phrases", ())),
        hits=tuple(table.get("hits", ())),
        misses=tuple(table.get("misses", ())),
        css=css,
        cases=tuple(_case(case, table["action"], place, number) for case in table.get("cases", ())),
    )
    if checked:
        _check_examples(rule, place, number)
    return rule


def _langs(given: list[str], place: Place, number: int) -> tuple[str, ...]:
    """The languages of a rule, in lower case."""
    if not given:
        raise place.error('langs is empty: write ["en"], or ["*"] for all languages', number, "langs")
    for code in given:
        if code != "*" and (said := codes.problem(code)):
            raise place.error(f"langs: {said}", number, "langs")
    return tuple(code.lower() for code in given)


def _css(table: Mapping[str, Any], place: Place, number: int) -> str:
    """The selector of a rule for pages; "" for any other rule."""
    if "where" not in table:
        return ""
    where = table["where"]
    check_keys(where, WHERE_KEYS, place, number)
    css = where.get("css")
    if not isinstance(css, str):
        raise place.error(f"where.css is {css!r}: it must be a selector, such as 'aside.newsletter'", number, "where")
    if problem := selector_problem(css):
        raise place.error(f"where.css {problem}", number, "where")
    if "keywords" in table:
        raise place.error("keywords do nothing in a rule with where.css: leave them out", number, "keywords")
    if not {"pattern", "phrases"} & table.keys() and table["action"] not in WHOLE_BLOCKS:
        mend = f"add one, or write action = {' or '.join(map(repr, WHOLE_BLOCKS))}"
        raise place.error(f"{table['action']} asks for a pattern or phrases: {mend}", number, "action")
    return css


def _case(table: Mapping[str, Any], action: str, place: Place, number: int) -> Case:
    """A case; without `out`, a rule that keeps or extracts leaves the text, and any other one nothing of it."""
    check_keys(table, CASE_KEYS, place, number)
    for key in ("in", "out"):
        if not isinstance(table.get(key, "" if key == "out" else None), str):
            raise place.error(f'a case needs "{key}" as a string', number, key)
    fields = table.get("fields", {})
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise place.error("a case's fields must be a table of strings", number, "fields")
    untouched = table["in"] if action in ("keep", "extract") else ""
    return Case(table["in"], table.get("out", untouched), fields)


def _pattern(table: Mapping[str, Any], place: Place, number: int) -> str:
    """What is searched for in a line; "" where a selector alone says what goes."""
    ways = {"pattern", "phrases"} & table.keys()
    if len(ways) == 2 or not (ways or "where" in table):
        raise place.error("a rule needs either pattern or phrases", number)
    return _from_phrases(table["phrases"], table["action"]) if "phrases" in ways else str(table.get("pattern", ""))


def _check_patterns(table: Mapping[str, Any], pattern: str, place: Place, number: int) -> None:
    searched = [("pattern", pattern)] if pattern else []
    for key, source in [*searched, *(("except", source) for source in table.get("except", ()))]:
        problem = pattern_problem(source)
        if problem:
            raise place.error(f"{key} {problem}", number, key)
        if key == "pattern" and "phrases" in table and all(straight(table["phrases"])):
            continue  # escaped words are always a pattern, and most such rules are looked up without one
        try:
            compiled = fresh(source)
        except (regex.error, RecursionError, OverflowError, MemoryError) as error:
            raise place.error(f"{key} is not a regular expression: {error}", number, key) from error
        try:
            empty = compiled.search("", timeout=PROBE_SECONDS)
        except TimeoutError as error:
            raise place.error(f"{key} takes over {PROBE_SECONDS} s: unnest its repetitions", number, key) from error
        if empty:
            raise place.error(f"{key} matches the empty string: it would match everywhere", number, key)


def _from_phrases(phrases: Iterable[str], action: str) -> str:
    """One pattern for phrases: whole lines, or for `strip-span` anywhere at word boundaries."""
    alternatives = "|".join(map(re.escape, straight(phrases)))
    if action == "strip-span":
        return rf"(?<!\w)(?:{alternatives})(?!\w)"
    return rf"^(?:{alternatives})[\s{TRAILING}]{{0,{MAX_TRAILING}}}$"


def _longest(table: Mapping[str, Any]) -> int | None:
    """The length of the longest line that phrases can name whole; None where they may stand inside a line."""
    if "phrases" not in table or table["action"] == "strip-span":
        return None
    return max(map(len, table["phrases"])) + MAX_TRAILING


def _literals(table: Mapping[str, Any], pattern: str, place: Place, number: int) -> tuple[str, ...]:
    if "keywords" in table:
        return tuple(sorted({keyword.lower() for keyword in table["keywords"]}))
    if "phrases" in table:
        start = "" if table["action"] == "strip-span" else "\n"
        return tuple(sorted({start + phrase.lower()[:MAX_LITERAL] for phrase in straight(table["phrases"])}))
    found = required_literals(pattern)
    if not found:
        _check_patterns(table, pattern, place, number)
        raise place.error(
            "the pattern requires no word, so every line of every text would be tried: "
            'add keywords = ["…"], of which one stands in every line that should match',
            number,
            "pattern",
        )
    return tuple(sorted(found))


def _check_examples(rule: Rule, place: Place, number: int) -> None:
    if not rule.cases and len(rule.hits) < 2:
        raise place.error(f"{rule.id} has {len(rule.hits)} hits: give two or more, or one case", number, "hits")
    if len(rule.misses) < 2:
        raise place.error(f"{rule.id} has {len(rule.misses)} misses: give two or more near-misses", number, "misses")
    for key, examples in (("hits", rule.hits), ("misses", rule.misses)):
        for text in examples if rule.css else ():
            if "<" not in text:
                mend = "examples of a rule with where.css are HTML, such as '<aside class=\"x\">Sign up</aside>'"
                raise place.error(f"{text!r} has no tag: {mend}", number, key)
    for hit in () if rule.css else rule.hits:
        line = "\n" + fold(view(hit).strip()) + "\n"
        if not any(literal in line for literal in rule.literals):
            raise place.error(f"the hit {hit!r} holds none of the keywords: add one that it holds", number, "keywords")
    words = _words(" ".join([*rule.literals, rule.css, re.sub(r"\\[A-Za-z]", " ", rule.pattern)]))
    for miss in rule.misses:
        folded = miss.lower().replace("’", "'")
        in_digits = "\\d" in rule.pattern and any(char.isdigit() for char in miss)
        if not in_digits and not any(word in folded for word in words):
            raise place.error(
                f"the miss {miss!r} shares no literal with {rule.id}: it tests nothing; take a near-miss",
                number,
                "misses",
            )


def _words(text: str) -> set[str]:
    """What a near-miss can share with a rule: its words, or where it has none, its letters and signs."""
    folded = text.lower()
    return set(_WORD.findall(folded)) or {char for char in folded if not char.isspace()}
