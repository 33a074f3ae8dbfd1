"""Runs the cases of rules: whole texts or pages, cleaned by the pipeline with one rule and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cleaner.config import Config
from cleaner.data import Document
from cleaner.detect.selected import candidates
from cleaner.pipeline import Cleaner
from cleaner.read import document
from cleaner.ruleset import NOWHERE, Rule, Ruleset
from cleaner.ruleset.testing import Problem, problem
from cleaner.segment import segment


def check_cases(rules: Sequence[Rule]) -> list[Problem]:
    """What differs in the rules' cases: the body, or the fields that were read on the way."""
    return [found for rule in rules if rule.cases for found in _check(rule)]


class _OneRule(Cleaner):
    """A cleaner with a single rule and no heuristics; a rule that needs a witness is taken at its word."""

    def __init__(self, rule: Rule) -> None:
        sure = replace(rule, confidence="medium") if rule.confidence == "low" else rule
        self.config = Config(select=(rule.id,), budget=1.0)
        self.ruleset = Ruleset([sure])


def _check(rule: Rule) -> Iterator[Problem]:
    cleaner = _OneRule(rule)
    language = next((language for language in rule.langs if language != "*"), None)
    url = f"https://{rule.sites[0]}/" if rule.sites else None
    for case in rule.cases:
        if rule.css:
            doc = document(case.before, id="case", kind="html", url=url, language=language)
        else:
            doc = Document("case", case.before, url=url, language=language)
        article = cleaner.clean_document(doc)
        if _lines(article.text) != _lines(case.after):
            yield problem(rule, "case", repr(case.after), repr(article.text))
        read = _fields(doc, cleaner.ruleset)
        for name, value in case.fields.items():
            if value not in read.get(name, ()):
                came = " and ".join(map(repr, read.get(name, ()))) or "nothing"
                yield problem(rule, "fields", f"{name} = {value!r}", came)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _fields(doc: Document, rules: Ruleset) -> dict[str, list[str]]:
    """What the rule's named groups read in the case, as printed."""
    blocks = segment(doc.text, rules.openings, laid_out=doc.layout is not None)
    chosen = candidates(doc.layout, blocks, rules.every) if doc.layout else NOWHERE
    matches, _ = rules.matches([block.text for block in blocks], rules.every, chosen)
    read: dict[str, list[str]] = {}
    for block, found in zip(blocks, matches, strict=True):
        for match in found:
            for name, (start, end) in match.fields.items():
                read.setdefault(name, []).append(doc.text[block.start + start : block.start + end])
    return read
