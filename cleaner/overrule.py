"""What a document or a project overrules: front matter that says `cleaner: ignore`, and protected lines.

```yaml
cleaner: ignore                        # nothing is removed
cleaner: {ignore: [reading-time, de]}  # these ids, categories or languages remove nothing
```
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from cleaner.data import Block, Finding, Span
from cleaner.ruleset import Match

KEY, IGNORE = "cleaner", "ignore"
PROTECTED = "protected"  # stands in the place of a rule's id
SECONDS = 0.25  # one pattern on one line
SECONDS_IN_ALL = 2.0  # all patterns on one document; lines that were not looked at then are protected


class Overrule(NamedTuple):
    """What a document says of itself: remove nothing, or nothing of these ids, categories and languages."""

    everything: bool = False
    names: frozenset[str] = frozenset()

    def allows(self, *names: str) -> bool:
        return not self.everything and self.names.isdisjoint(names)

    def spared(self, matches: Sequence[Sequence[Match]]) -> Sequence[Sequence[Match]]:
        """The matches of each line without those of rules that are ignored; a twin of one takes its place."""
        if not self.everything and not self.names:
            return matches
        return [[m for m in map(self._allowed, line) if m is not None] for line in matches]

    def _allowed(self, match: Match) -> Match | None:
        rule = match.rule
        if self.everything:
            return match if rule.action in ("keep", "extract") else None  # these read, and take nothing
        if not self.allows(rule.category, *rule.langs):
            return None
        twins = tuple(name for name in match.twins if self.allows(name))
        if self.allows(rule.id, *rule.aliases):
            return replace(match, twins=twins)
        return replace(match, rule=replace(rule, id=twins[0], aliases=()), twins=twins[1:]) if twins else None


NOTHING = Overrule()


def overrule(stated: Mapping[str, Any], names: Callable[[], Collection[str]]) -> tuple[Overrule, list[str]]:
    """What a document's metadata overrules, and notes on what of it is not understood.

    `names` gives the ids, categories and languages that may be ignored; it is called only if it must be.
    """
    said = stated.get(KEY)
    if said is None:
        return NOTHING, []
    if said == IGNORE:
        return Overrule(everything=True), []
    wanted = said.get(IGNORE) if isinstance(said, Mapping) and set(said) == {IGNORE} else None
    if isinstance(wanted, str):
        wanted = [wanted]
    if not isinstance(wanted, (list, tuple)) or not all(isinstance(name, str) for name in wanted):
        return NOTHING, [f"front matter: {KEY} is neither {IGNORE} nor {{{IGNORE}: [names]}} and counts for nothing"]
    known = names()
    notes = [_unknown(name, known) for name in wanted if name not in known]
    return Overrule(names=frozenset(wanted)), notes


def _unknown(name: str, known: Collection[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, sorted(known), 1)
    hint = f': did you mean "{near[0]}"?' if near else ""
    return f'front matter: {KEY} ignores "{name}", which is no rule, category or language{hint}'


def protections(blocks: Sequence[Block], patterns: Iterable[str]) -> tuple[list[Finding], list[str]]:
    """A finding that protects each line in which a pattern is found, and notes on patterns that ran too long.

    Case does not count, as in rules. What could not be decided in time is protected.
    """
    from time import monotonic

    compiled = [_compiled(pattern) for pattern in patterns]
    found: list[Finding] = []
    late = False
    end = monotonic() + SECONDS_IN_ALL
    for n, block in enumerate(blocks if compiled else ()):
        late = late or monotonic() > end
        try:
            fits = late or any(pattern.search(block.text, timeout=SECONDS) for pattern in compiled)
        except TimeoutError:
            fits = late = True
        if fits:
            found.append(Finding(Span(block.start, block.end), n, n, PROTECTED, PROTECTED, "keep", "high"))
    notes = ["a pattern under protect ran into its time limit: all lines from there on are protected"] if late else []
    return found, notes


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)
