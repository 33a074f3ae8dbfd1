"""Runs the hits and misses of rules with a selector (`where.css`): pieces of HTML, read as pages are.

Of a hit the rule must match a block at least, of a miss none; and no other rule may take a block of a miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.data import Block
from cleaner.detect.selected import candidates
from cleaner.html.blocks import read
from cleaner.html.layout import Layout
from cleaner.ruleset import NOWHERE, Match, Rule, Ruleset
from cleaner.ruleset.selector import Tree, selector
from cleaner.ruleset.testing import Problem, problem, removes, running
from cleaner.segment import segment


class Snippet(NamedTuple):
    """A piece of HTML as the reader of pages sees it; without a layout it holds nothing that is read."""

    layout: Layout | None
    blocks: Sequence[Block]


def check_snippets(rules: Sequence[Rule], ruleset: Ruleset) -> list[Problem]:
    """What differs in the hits and misses of the rules with a selector; `ruleset` as in `ruleset.testing.check`."""
    asked = [rule for rule in rules if rule.css]
    return [found for rule in asked for found in _check(rule, ruleset)]


def _check(rule: Rule, ruleset: Ruleset) -> Iterator[Problem]:
    alone, stopped = Ruleset([rule]), set[str]()
    for hit in rule.hits:
        snippet = _read(hit)
        if not any(_matches(snippet, alone, stopped)):
            yield problem(rule, "hit", f"a match in {hit!r}", _why_not(rule, snippet))
    for miss in rule.misses:
        snippet = _read(miss)
        taken = zip(snippet.blocks, _matches(snippet, alone, stopped), strict=True)
        came = [repr(block.text[match.start : match.end]) for block, found in taken for match in found[:1]]
        if came:
            yield problem(rule, "miss", f"no match in {miss!r}", " and ".join(came))
        yield from _others(rule, miss, snippet, ruleset)
    if stopped:
        why = "no answer in time: unnest its repetitions"
        yield problem(rule, "time limit", "an answer in time on every example", why)


def _read(html: str) -> Snippet:
    layout = read(html)
    return Snippet(layout, segment(layout.text(), laid_out=True) if layout else [])


def _matches(snippet: Snippet, ruleset: Ruleset, stopped: set[str]) -> list[list[Match]]:
    """For each block the matches of all rules; the ids of those that took too long are added to `stopped`."""
    chosen = candidates(snippet.layout, snippet.blocks, ruleset.every) if snippet.layout else NOWHERE
    found, late = ruleset.matches([block.text for block in snippet.blocks], ruleset.every, chosen)
    stopped |= late
    return found


def _others(owner: Rule, miss: str, snippet: Snippet, ruleset: Ruleset) -> Iterator[Problem]:
    """The other rules that would take a whole block of a miss of `owner`, on pages of its language or site."""
    active = running(owner, ruleset)
    takers: dict[str, Rule] = {}
    for block, found in zip(snippet.blocks, _matches(snippet, ruleset, set()), strict=True):
        here = [match for match in found if match.rule.id in active]
        if not any(match.rule.action == "keep" for match in here):
            takers |= {m.rule.id: m.rule for m in here if m.rule.id != owner.id and removes(m, block.text)}
    for rule in takers.values():
        expected = f"{miss!r} to stay, a miss of {owner.id} ({owner.path}:{owner.line})"
        yield problem(rule, "other rule's miss", expected, f"{rule.action} by {rule.id}")


def _why_not(rule: Rule, snippet: Snippet) -> str:
    """None came: because there is no text, no such element, or for what else the rule asks."""
    if snippet.layout is None or not snippet.blocks:
        return "none: no text is read from it"
    if not selector(rule.css).elements(Tree(*snippet.layout.elements.said)):
        return f"none: no element of it is a {rule.css}"
    return f"none: of the {len(snippet.blocks)} blocks none lies whole in such an element and is matched"
