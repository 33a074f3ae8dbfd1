"""The pipeline: read, segment, detect, decide, metadata, emit; in that order, on one screen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner import ruleset
from cleaner.collector import paused
from cleaner.config import Config
from cleaner.data import Article, Decision, Document, Finding, Kind, Removal, Span
from cleaner.decide import decide
from cleaner.detect import HEURISTICS, SCORERS, detect, page_score, selected
from cleaner.detect.page import Memo, Page
from cleaner.emit.markdown import markdown
from cleaner.html.layout import Layout
from cleaner.metadata import metadata
from cleaner.overrule import Overrule, overrule, protections
from cleaner.read import document
from cleaner.read.document import check
from cleaner.segment import segment
from cleaner.status import SIGNS, Sign, status
from cleaner.text import nfc
from cleaner.text.body import Body, render
from cleaner.text.language import identify
from cleaner.text.lines import WIDTHLESS, plain_breaks

MAX_ROUNDS = 30  # each round removes something; texts settle in two or three


class Cleaner:
    """Rules and settings, compiled once: reusable, picklable, safe to share between threads.

    >>> c = Cleaner()
    >>> c.clean("The quay was closed on Monday, the harbour master said.\\n\\nShare this article").text
    'The quay was closed on Monday, the harbour master said.'
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self.ruleset = ruleset.load(self.config.folders, self.config.selection, builtin=self.config.builtin)
        if self.config.select or self.config.ignore:
            self.config.selection.check(names(self.ruleset))

    @paused()
    def clean(
        self, source: str | bytes, *, url: str | None = None, kind: Kind | None = None, language: str | None = None
    ) -> Article:
        """Cleans one text or page; bytes are decoded, and HTML is told from text by looking.

        Raises ValueError at a kind or a language that is none.
        """
        check(kind, language)
        return self.clean_document(document(source, url=url, kind=kind, language=language))

    def clean_many(self, sources: Iterable[str | bytes | Document]) -> Iterator[Article]:
        """Cleans one after the other, in order, holding none."""
        for source in sources:
            yield self.clean_document(source) if isinstance(source, Document) else self.clean(source)

    @paused()
    def clean_document(self, doc: Document) -> Article:
        """Cleans a document that has been read: rounds of removals, until nothing more goes.

        A text that has settled comes back unchanged when it is cleaned again.
        """
        source, memo, notes = nfc.normalise(doc.text), Memo(), list(doc.notes)
        overruled, faults = overrule(doc.metadata, lambda: names(self.ruleset))
        notes += faults
        text, trail, over = plain_breaks(source.text), _Trail(), False
        removals: list[Removal] = []
        witnesses: list[tuple[int, Finding]] = []
        signs: list[Sign] = []
        keeps: list[Finding] = []
        for number in range(MAX_ROUNDS):
            page = self.page(doc, text, memo, notes, overruled, laid_out=number == 0)
            found = detect(page)
            spared, late = protections(page.blocks, self.config.protect)
            found += spared
            found += selected.again(keeps, page.blocks, trail.origin)
            notes += [note for note in late if note not in notes]
            if number == 0:
                signs, keeps = _signs(source, found), selected.kept(page, found)
            whole_page = page.shape is not None and not page.shape.is_small
            budget = 1.0 if whole_page else self.config.budget  # most of a page is not its article
            verdict = decide(page.blocks, found, budget, self.config.min_words)
            removals += [r for d in verdict.decisions for r in _removals(doc.text, source, trail, d)]
            witnesses += _witnesses(trail, verdict.decisions, found)
            over = over or verdict.over_budget
            body = _render(page, verdict.decisions)
            settled = page.shape is None and _is_same(body.text, text, bool(verdict.decisions))
            text, trail = body.text, trail.then(body)
            if settled:
                break
        standing = [finding for _, finding in sorted(witnesses, key=lambda pair: pair[0])]
        earlier = {} if removals else doc.earlier
        return Article(
            id=doc.id,
            text=self._markdown(doc, text, source, trail) if self.config.format == "md" else text,
            metadata=metadata(doc.metadata, standing, language=page.language, url=doc.url, sources=doc.sources),
            removals=sorted(removals, key=lambda removal: removal.start),
            status=earlier.get("status") or status(text, doc.text, removals, signs, over, self.config.min_words),
            ruleset=self.ruleset.version,
            notes=tuple(notes),
            extra=doc.extra,
            engine=memo.engine,
            earlier=earlier,
        )

    def _markdown(self, doc: Document, text: str, source: nfc.Normalised, trail: _Trail) -> str:
        """The body of a page as Markdown; a text is left as it is."""
        layout: Layout | None = doc.layout
        if layout is None:
            return text
        starts = layout.starts()

        def block_of(offset: int) -> int:
            span = trail.origin(Span(offset, offset + 1))[0]
            return bisect_right(starts, source.origin(span.start, span.end)[0]) - 1

        return markdown(text, layout, block_of, links=self.config.links)

    def page(
        self,
        doc: Document,
        text: str,
        memo: Memo,
        notes: list[str],
        overruled: Overrule = Overrule(),
        *,
        laid_out: bool = True,
    ) -> Page:
        """A text of the document as detectors see it, with the rules' matches; `laid_out` if it still is the page's."""
        layout = doc.layout if laid_out else None
        blocks = segment(text, self.ruleset.openings, laid_out=layout is not None)
        language = doc.language or self._language("\n".join(block.text for block in blocks))  # whatever the layout was
        selection = self.config.selection

        def allows(name: str, category: str) -> bool:
            return selection.allows(name, category) and overruled.allows(name, category)

        scores = allows(page_score.ID, page_score.CATEGORY)
        shape = page_score.shape_of(blocks, layout) if layout and scores else None
        active = self.ruleset.active(language, doc.url)
        settled = shape.furniture if shape else frozenset()
        chosen = selected.candidates(layout, blocks, active) if layout and active.selecting else ruleset.NOWHERE
        matches = memo.matches([block.text for block in blocks], active, notes, settled, chosen)
        return Page(
            text=text,
            blocks=blocks,
            language=language,
            url=doc.url,
            title=doc.metadata.get("title"),
            title_may_stay=doc.title_may_stay,
            matches=overruled.spared(matches),
            strips=frozenset({"dateline"}) if self.config.strip_datelines else frozenset(),
            allows=allows,
            memo=memo,
            shape=shape,
            engine=self.config.engine,
        )

    def _language(self, text: str) -> str | None:
        """The language of a text that does not state it: one of those that the settings name, or unknown."""
        among = self.config.languages
        if len(among) == 1:
            return among[0]
        found = identify(text)
        return found if not among or found in among else None


class _Trail(NamedTuple):
    """The way from the text of a round back to the text of the first: the bodies in between."""

    bodies: tuple[Body, ...] = ()

    def then(self, body: Body) -> _Trail:
        return _Trail((*self.bodies, body))

    def origin(self, span: Span) -> list[Span]:
        """The spans of the first text, in order; several where something was taken from between."""
        spans = [span]
        for body in reversed(self.bodies):
            spans = [part for one in spans for part in body.origin(one.start, one.end)]
        return spans


def names(rules: ruleset.Ruleset) -> set[str]:
    """Every id, category and language that `select` and `ignore` may name."""
    known = {name for rule in rules.all_rules for name in (rule.id, rule.category, *rule.langs, *rule.aliases)}
    return known | set(HEURISTICS) | {category for category, _, _ in HEURISTICS.values()}


def _is_same(body: str, text: str, decided: bool) -> bool:
    """Whether a further round would see the same: without decisions, white space alone may have changed.

    Blanks without width are left out like white space, and move what language is recognised.
    """
    if body == text or decided:
        return body == text
    return text.isascii() or not any(char in text for char in WIDTHLESS) or body.split() == text.split()


def _render(page: Page, decisions: Sequence[Decision]) -> Body:
    return render(page.text, page.blocks, [decision.span for decision in decisions])


def _removals(text: str, source: nfc.Normalised, trail: _Trail, decision: Decision) -> Iterator[Removal]:
    """The decision in the input's coordinates: one removal, or one for each stretch still there."""
    finding, also = decision.finding, []
    if decision.overruled or finding.twins:
        found = (finding, *decision.overruled)
        also = sorted({name for one in found for name in (one.source, *one.twins)} - {finding.source})
    for span in trail.origin(decision.span):
        start, end = source.origin(span.start, span.end)
        yield Removal(start, end, text[start:end], finding.source, finding.category, also, finding.evidence)


def _witnesses(trail: _Trail, decisions: Sequence[Decision], found: Sequence[Finding]) -> list[tuple[int, Finding]]:
    """The findings that metadata is read from, with their place in the first text.

    One that was overruled still tells an author or an agency, but no title: the line was found to be another thing.
    """
    read = [f for f in found if f.action == "extract" and not ("title" in f.fields and _is_taken(f, decisions))]
    read += [d.finding for d in decisions]
    read += [f for d in decisions for f in d.overruled if "title" not in f.fields]
    return [(trail.origin(f.span)[0].start, f) for f in read if f.fields]


def _is_taken(finding: Finding, decisions: Sequence[Decision]) -> bool:
    """Whether the block that a finding reads was found to be another thing and removed; a scorer names no thing."""
    span = finding.span
    others = (d.span for d in decisions if d.finding.source not in (finding.source, *SCORERS))
    return any(other.start < span.end and span.start < other.end for other in others)


def _signs(source: nfc.Normalised, found: Sequence[Finding]) -> list[Sign]:
    """What the rules recognised in the whole text, for the status: before anything was removed."""
    spans = [(f.category, source.origin(f.span.start, f.span.end)) for f in found if f.category in SIGNS]
    return [Sign(category, start, end) for category, (start, end) in spans]
