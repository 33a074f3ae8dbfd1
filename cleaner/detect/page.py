"""What detectors look at: the blocks, what is known of the document, and what the rules said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from cleaner.data import Block, Finding, Span
from cleaner.ruleset import Active, Match, Ruleset
from cleaner.ruleset.prefilter import fold
from cleaner.text.words import is_dense, names, stems


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
        """Blocks that rules would remove whole."""
        return frozenset(n for n, fs in self.accused.items() if any(f.action != "strip-span" for f in fs))

    @cached_property
    def core(self) -> range:
        """From the first to the last paragraph that no rule would remove (empty where there is none)."""
        prose = [n for n, b in enumerate(self.blocks) if b.role == "paragraph" and n not in self.dropped]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    @cached_property
    def _core_text(self) -> tuple[str, dict[int, tuple[int, int]]]:
        """The core's paragraphs folded and joined, and where each of them stands in that."""
        parts, places, at = [], {}, 0
        for n in self.core:
            if self.blocks[n].role == "paragraph":
                parts.append(fold(self.blocks[n].text))
                places[n] = (at, at + len(parts[-1]))
                at += len(parts[-1]) + 1
        return "\n".join(parts), places

    def names(self, n: int) -> frozenset[str]:
        """Stems of the names and numbers in a block."""
        found: frozenset[str] = self.memo.of(names, self.blocks[n].text)
        return found

    def unknown(self, words: Iterable[str], n: int) -> list[str]:
        """Of folded stems, those that no paragraph of the core but block `n` holds at a word's beginning; sorted."""
        text, places = self._core_text
        own = places.get(n, (0, 0))
        return sorted(stem for stem in words if not _occurs(stem, text, own))

    def shared(self, n: int) -> tuple[int, int]:
        """Of the block's content stems, how many stand in paragraphs of the core other than it, and all."""
        own = self.stems(n)
        return len(own) - len(self.unknown(own, n)), len(own)

    def accuse(self, n: int, source: str, category: str, evidence: str, **more: Any) -> Finding:
        """A finding against one whole block."""
        block = self.blocks[n]
        more = {"action": "drop-line", "confidence": "medium", "span": Span(block.start, block.end), **more}
        return Finding(first=n, last=n, source=source, category=category, evidence=evidence, **more)


def _occurs(stem: str, text: str, besides: tuple[int, int]) -> bool:
    """Whether a stem begins a word of the text outside a stretch of it."""
    at = text.find(stem)
    while at >= 0:
        begins = at == 0 or not text[at - 1].isalnum() or is_dense(stem)
        if begins and not besides[0] <= at < besides[1]:
            return True
        at = text.find(stem, at + 1)
    return False
