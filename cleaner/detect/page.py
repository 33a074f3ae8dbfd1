"""What detectors look at: the blocks, what is known of the document, and what the rules said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from time import perf_counter
from typing import Any

from cleaner.data import NOTHING, Action, Block, Confidence, Engine, Finding, Span
from cleaner.detect.article import article
from cleaner.detect.shape import Shape
from cleaner.ruleset import NOWHERE, Active, Candidate, Match
from cleaner.text.fold import fold
from cleaner.text.words import Beginnings, count_beginnings, names, stems

RULE_SECONDS = 2.0  # one rule on all lines of a text; what it has found by then counts
SLOW_SECONDS = 0.001  # shorter confirmations are not added up


class Memo:
    """What was computed of single lines: texts are read again after each round of removals.

    `engine` is the one that judged the page, once one did.
    """

    def __init__(self) -> None:
        self.engine: Engine | None = None
        self._values: dict[Any, dict[str, Any]] = {}
        self._matches: dict[tuple[int, str], Sequence[Match]] = {}
        self._candidates: dict[str, Sequence[Candidate]] = {}
        self._active: Active | None = None

    def of(self, compute: Callable[[str], Any], line: str) -> Any:
        known = self._values.setdefault(compute, {})
        if line not in known:
            known[line] = compute(line)
        return known[line]

    def matches(
        self,
        lines: Sequence[str],
        active: Active,
        notes: list[str],
        settled: Container[int] = (),
        selected: Mapping[int, Sequence[Candidate]] = NOWHERE,
    ) -> Sequence[Sequence[Match]]:
        """The matches of the rules that run at each line's place; only lines not met before are searched.

        Of the lines whose numbers are `settled`, no rule is asked but those that have `selected` the line.
        """
        whole = lines
        if settled:
            lines = ["" if n in settled else line for n, line in enumerate(lines)]
        if active is not self._active:
            self._active, self._candidates, self._matches = active, {}, {}
        known = self._candidates
        new = [line for line in dict.fromkeys(lines) if line not in known]
        known.update(zip(new, active.candidates(new), strict=True))
        places = shares(lines) if selected or any(map(known.__getitem__, lines)) else ()
        stopped: set[str] = set()
        spent: dict[str, float] = {}
        found = [
            self._confirmed(whole[n], places[n], asked, stopped, spent)
            if (asked := [*known[line], *selected[n]] if n in selected else known[line])
            else ()
            for n, line in enumerate(lines)
        ]
        notes += [f"rule {name} ran into its time limit and was skipped" for name in sorted(stopped)]
        return found

    def _confirmed(
        self, line: str, place: float, candidates: Sequence[Candidate], stopped: set[str], spent: dict[str, float]
    ) -> Sequence[Match]:
        """The matches in one line; `spent` adds up the seconds of slow rules, `stopped` names those past their time."""
        found: list[Match] = []
        for candidate in candidates:
            rule, key = candidate.rule, (id(candidate), line)
            if not rule.after <= place <= rule.before:
                continue
            if key not in self._matches:
                if rule.id in stopped:
                    continue
                begun = perf_counter()
                try:
                    self._matches[key] = candidate.confirm(line)
                except TimeoutError:
                    self._matches[key] = ()
                    stopped.add(rule.id)
                took = perf_counter() - begun
                if took > SLOW_SECONDS:
                    spent[rule.id] = spent.get(rule.id, 0.0) + took
                    if spent[rule.id] > RULE_SECONDS:
                        stopped.add(rule.id)
            found += self._matches[key]
        return found


def shares(lines: Sequence[str]) -> list[float]:
    """The share of the text above each line, from 0 to 1; white space between lines does not move it."""
    size = max(1, sum(map(len, lines)))
    return [before / size for before in accumulate(map(len, lines), initial=0)]


@dataclass(frozen=True)
class Page:
    """A segmented document as detectors see it.

    `matches` holds the rules' matches of each block; `findings` what became of them. `strips` names
    categories whose `extract` rules remove what they read. `shape` is what the markup of a page tells.
    """

    text: str
    blocks: Sequence[Block]
    language: str | None = None
    url: str | None = None
    title: str | None = None
    title_may_stay: bool = False  # see Document
    matches: Sequence[Sequence[Match]] = ()
    strips: frozenset[str] = frozenset()
    findings: Sequence[Finding] = ()
    allows: Callable[[str, str], bool] = lambda name, category: True
    memo: Memo = field(default_factory=Memo)
    shape: Shape | None = None
    engine: Engine = "auto"

    def with_findings(self, findings: Sequence[Finding]) -> Page:
        """The page with these findings, and with what is known of its article where they drop the same blocks."""
        page = replace(self, findings=findings)
        if page.dropped == self.dropped:
            known = {name: value for name in _OF_ARTICLE if (value := vars(self).get(name)) is not None}
            vars(page).update(known)
        return page

    def stems(self, n: int) -> frozenset[str]:
        """The content stems of a block."""
        found: frozenset[str] = self.memo.of(stems, self.blocks[n].text)
        return found

    @cached_property
    def accused(self) -> dict[int, list[Finding]]:
        """The rules' findings by block, those that would remove something of it."""
        by_block: dict[int, list[Finding]] = {}
        for finding in self.findings:
            if finding.action not in ("keep", "extract"):
                for n in range(finding.first, finding.last + 1):
                    by_block.setdefault(n, []).append(finding)
        return by_block

    @cached_property
    def dropped(self) -> frozenset[int]:
        """Blocks that would be removed whole, without doubt."""
        found: set[int] = set()
        for finding in self.findings:
            if _drops(finding):
                found.update(range(finding.first, finding.last + 1))
        return frozenset(found)

    @cached_property
    def by_markup(self) -> frozenset[int]:
        """Blocks at which rules with a selector match, whatever they say."""
        return frozenset(n for n, matches in enumerate(self.matches) if matches and any(m.rule.css for m in matches))

    @cached_property
    def by_wording(self) -> frozenset[int]:
        """Those of `dropped` that more than a rule with a selector drops: what scorers were fitted with."""
        if not self.by_markup:
            return self.dropped
        named = {match.rule.id for n in self.by_markup for match in self.matches[n] if match.rule.css}
        return frozenset(n for n in self.dropped if any(_drops(f) and f.source not in named for f in self.accused[n]))

    @property
    def has_noise(self) -> bool:
        """Whether anything would be removed without doubt."""
        return any(finding.confidence != "low" for found in self.accused.values() for finding in found)

    @cached_property
    def article(self) -> range:
        """The blocks from the article's first to its last, as far as the form of the lines tells."""
        return article(self.blocks, self.dropped)

    @cached_property
    def core(self) -> range:
        """From the article's first to its last paragraph that no rule would remove (empty where there is none)."""
        blocks, dropped = self.blocks, self.dropped
        prose = [n for n in self.article if blocks[n].role == "paragraph" and n not in dropped]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    def names(self, n: int) -> frozenset[str]:
        """Stems of the names and numbers in a block."""
        found: frozenset[str] = self.memo.of(names, self.blocks[n].text)
        return found

    def unknown(self, words: Collection[str], n: int) -> list[str]:
        """Of folded stems, those that no paragraph of the core but block `n` holds at a word's beginning; sorted."""
        count = self._beginnings.count
        if n not in self.core or self.blocks[n].role != "paragraph":
            return sorted(stem for stem in words if not count(stem))
        own = fold(self.blocks[n].text)
        return sorted(stem for stem in words if count(stem) <= count_beginnings(stem, own))

    @cached_property
    def _beginnings(self) -> Beginnings:
        """The words of the core's paragraphs, folded."""
        blocks = self.blocks
        return Beginnings("\n".join(fold(blocks[n].text) for n in self.core if blocks[n].role == "paragraph"))

    def shared(self, n: int) -> tuple[int, int]:
        """Of the block's content stems, how many stand in paragraphs of the core other than it, and all."""
        own = self.stems(n)
        return len(own) - len(self.unknown(own, n)), len(own)

    def accuse(
        self,
        n: int,
        source: str,
        category: str,
        evidence: str,
        *,
        action: Action = "drop-line",
        confidence: Confidence = "medium",
        rank: tuple[int, ...] = (),
        fields: Mapping[str, str] = NOTHING,
        span: Span | None = None,
    ) -> Finding:
        """A finding against one whole block, or a `span` of it."""
        block = self.blocks[n]
        where = span or Span(block.start, block.end)
        return Finding(where, n, n, source, category, action, confidence, evidence, rank, fields)


WHOLE = frozenset(("cut-tail", "drop-block", "drop-line"))  # the actions that remove a block whole
_OF_ARTICLE = ("article", "core", "_beginnings")  # cached properties of a page that depend on its dropped blocks alone


def _drops(finding: Finding) -> bool:
    return finding.action in WHOLE and finding.confidence != "low"
