"""Takes documents one by one, keeps figures and a few short examples of each, and gives the report."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from cleaner.data import Article
from cleaner.measure.fields import Gold, right_fields
from cleaner.measure.figures import (
    DocumentScore,
    Example,
    Largest,
    LeftLine,
    LostLine,
    Report,
    RuleScore,
    Worst,
    group_score,
    share,
)
from cleaner.measure.judge import Piece, judge
from cleaner.measure.shingles import compare, counted

EXAMPLE_CHARS = 120  # characters of a text that is shown as an example
LOST_KEPT = 100  # lost lines that are kept unless all are wanted
LEFT_KEPT = 50_000  # different lines of boilerplate that are kept; past it the rarer and shorter half is forgotten

_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class _Rule:
    """The counts of a rule while documents come in."""

    category: str
    body_examples: Largest[Example]
    noise_examples: Largest[Example]
    removals: int = 0
    lines: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    tokens: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})


class Measurement:
    """Adds documents up. Texts are not kept, but for examples: the `examples` largest for each rule.

    `worst` documents with the largest loss are named. `all_lost` keeps every line of the body that was
    lost, shortened; otherwise the largest ones.
    """

    def __init__(self, *, examples: int = 3, worst: int = 5, all_lost: bool = False) -> None:
        self._examples = examples
        self._documents: list[DocumentScore] = []
        self._rules: dict[str, _Rule] = {}
        self._lost = Largest[LostLine](None if all_lost else LOST_KEPT, lambda line: line.tokens)
        self._left: dict[str, LeftLine] = {}
        self._worst = Largest[Worst](worst, lambda document: document.tokens)

    def add(self, text: str, article: Article, gold: Gold, group: tuple[str, ...] = ()) -> DocumentScore:
        """Measures one article, which came of cleaning `text`, the text that its removals count in."""
        body, result = counted(gold.body), counted(article.text)
        for removal in article.removals:
            self._rule(removal.rule, removal.category).removals += 1
        count = {(stays, is_body): 0 for stays in (True, False) for is_body in (True, False)}
        for piece in judge(text, article.removals, body, result):
            count[piece.removal is None, piece.is_body] += piece.tokens
            self._piece(article, piece)
        scored = DocumentScore(
            id=article.id,
            group=group,
            given=compare(body, counted(text)),
            cleaned=compare(body, result),
            body_left=count[True, True],
            body_lost=count[False, True],
            noise_left=count[True, False],
            noise_removed=count[False, False],
            fields=right_fields(gold, article.metadata),
        )
        self._documents.append(scored)
        if scored.body_lost:
            self._worst.add(Worst(scored.id, scored.body_lost))
        return scored

    def report(self) -> Report:
        """The figures so far. Groups are sorted by name."""
        groups: dict[tuple[str, ...], list[DocumentScore]] = defaultdict(list)
        for document in self._documents:
            groups[document.group].append(document)
        rules = [_rule_score(name, rule) for name, rule in sorted(self._rules.items())]
        return Report(
            total=group_score((), self._documents),
            groups=[group_score(group, groups[group]) for group in sorted(groups) if group],
            rules=sorted(rules, key=lambda rule: (-rule.body_tokens, -rule.noise_tokens)),
            lost=self._lost.items(),
            left=sorted(self._left.values(), key=lambda line: line.tokens, reverse=True),
            worst=self._worst.items(),
            documents=self._documents,
        )

    def _rule(self, name: str, category: str) -> _Rule:
        if name not in self._rules:
            body, noise = (Largest[Example](self._examples, lambda example: example.tokens) for _ in range(2))
            self._rules[name] = _Rule(category, body, noise)
        return self._rules[name]

    def _piece(self, article: Article, piece: Piece) -> None:
        if piece.removal is None:
            if not piece.is_body:
                self._stays(article.id, piece)
            return
        removal, text = article.removals[piece.removal], shortened(piece.text)
        rule = self._rule(removal.rule, removal.category)
        rule.lines[piece.is_body] += 1
        rule.tokens[piece.is_body] += piece.tokens
        examples = rule.body_examples if piece.is_body else rule.noise_examples
        examples.add(Example(article.id, piece.tokens, text))
        if piece.is_body:
            self._lost.add(LostLine(article.id, removal.rule, piece.tokens, text))

    def _stays(self, id: str, piece: Piece) -> None:
        text = shortened(piece.text)
        key = _DIGITS.sub("0", text).lower()
        known = self._left.get(key, LeftLine(text, 0, 0, id))
        self._left[key] = LeftLine(known.text, known.lines + 1, known.tokens + piece.tokens, known.id)
        if len(self._left) > LEFT_KEPT:
            largest = sorted(self._left.items(), key=lambda item: item[1].tokens, reverse=True)
            self._left = dict(largest[: LEFT_KEPT // 2])


def shortened(text: str) -> str:
    """The text on one line, cut where it is long.

    >>> shortened("a  b\\n c"), len(shortened("word " * 99))
    ('a b c', 120)
    """
    text = " ".join(text.split())
    return text if len(text) <= EXAMPLE_CHARS else f"{text[: EXAMPLE_CHARS - 1]}…"


def _rule_score(name: str, rule: _Rule) -> RuleScore:
    return RuleScore(
        rule=name,
        category=rule.category,
        removals=rule.removals,
        noise_lines=rule.lines[False],
        noise_tokens=rule.tokens[False],
        body_lines=rule.lines[True],
        body_tokens=rule.tokens[True],
        precision=share(rule.lines[False], sum(rule.lines.values())),
        body_examples=rule.body_examples.items(),
        noise_examples=rule.noise_examples.items(),
    )
