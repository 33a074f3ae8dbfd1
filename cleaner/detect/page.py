"""What detectors look at: the blocks, what is known of the document, and what the rules said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from cleaner.data import Block, Finding, Span
from cleaner.detect.article import article
from cleaner.ruleset import Active, Match, Ruleset
from cleaner.ruleset.prefilter import fold
from cleaner.text.words import count_beginnings, names, stems


class Memo:
    """What was computed of single lines: texts are read again after each round of removals."""

    def __init__(self) -> None:
        self._values: dict[tuple[Any, str], Any] = {}
        self._matches: dict[str, Sequence[Match]] = {}
        self._active: Active | None = None

    def of(self, compute: Callable[[str], Any], line: str) -> Any:
        key = (compute, line)
        if key not in self._values:
            self._values[key] = compute(line)
        return self._values[key]

    def matches(
        self, lines: Sequence[str], rules: Ruleset, active: Active, notes: list[str]
    ) -> Sequence[Sequence[Match]]:
        """The rules' matches of each line; only lines not met before are searched."""
        if active != self._active:
            self._active, self._matches = active, {}
        new = [line for line in dict.fromkeys(lines) if line not in self._matches]
        found, stopped = rules.matches(new, active)
        self._matches.update(zip(new, found, strict=True))
        notes += [f"rule {name} ran into its time limit and was skipped" for name in sorted(stopped)]
        return [self._matches[line] for line in lines]


@dataclass(frozen=True)
class Page:
    """A segmented document as detectors see it.

    `matches` holds the rules' matches of each block; `findings` what became of them. `strips` names
    categories whose `extract` rules remove what they read.
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

    def with_findings(self, findings: Sequence[Finding]) -> Page:
        return replace(self, findings=findings)

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
        return frozenset(n for n, found in self.accused.items() if any(map(_drops, found)))

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

    @cached_property
    def _core_text(self) -> str:
        """The core's paragraphs, folded and joined."""
        blocks = self.blocks
        return "\n".join(fold(blocks[n].text) for n in self.core if blocks[n].role == "paragraph")

    def names(self, n: int) -> frozenset[str]:
        """Stems of the names and numbers in a block."""
        found: frozenset[str] = self.memo.of(names, self.blocks[n].text)
        return found

    def unknown(self, words: Collection[str], n: int) -> list[str]:
        """Of folded stems, those that no paragraph of the core but block `n` holds at a word's beginning; sorted."""
        own = fold(self.blocks[n].text) if n in self.core and self.blocks[n].role == "paragraph" else ""
        return sorted(stem for stem in words if self._count(stem) <= (count_beginnings(stem, own) if own else 0))

    def _count(self, stem: str) -> int:
        """How many words of the core begin with a stem."""
        if stem not in self._counts:
            self._counts[stem] = count_beginnings(stem, self._core_text)
        return self._counts[stem]

    @cached_property
    def _counts(self) -> dict[str, int]:
        return {}

    def shared(self, n: int) -> tuple[int, int]:
        """Of the block's content stems, how many stand in paragraphs of the core other than it, and all."""
        own = self.stems(n)
        return len(own) - len(self.unknown(own, n)), len(own)

    def accuse(self, n: int, source: str, category: str, evidence: str, **more: Any) -> Finding:
        """A finding against one whole block."""
        block = self.blocks[n]
        more = {"action": "drop-line", "confidence": "medium", "span": Span(block.start, block.end), **more}
        return Finding(first=n, last=n, source=source, category=category, evidence=evidence, **more)


def _drops(finding: Finding) -> bool:
    return finding.action != "strip-span" and finding.confidence != "low"
