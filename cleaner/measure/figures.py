"""What measuring gives: frozen figures, and how documents and pieces are added up to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cleaner.measure.shingles import BodyScore, Comparison, score

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document: its body before and after cleaning, tokens by what became of them, fields right or wrong.

    `group` holds the values of the fields that scores are grouped by.
    """

    id: str
    group: tuple[str, ...]
    given: Comparison
    cleaned: Comparison
    body_left: int
    body_lost: int
    noise_left: int
    noise_removed: int
    fields: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """A metadata field: documents whose gold states it, and the share of these that have it right."""

    documents: int
    right: float


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The documents of a group (all of them: an empty group).

    `given` is the score of doing nothing. `tokens_kept` is the share of the body tokens of the input that
    stay, `noise_removed` that of its boilerplate tokens that go (None where there are none), `with_loss`
    the share of documents that lost any body.
    """

    group: tuple[str, ...]
    documents: int
    cleaned: BodyScore
    given: BodyScore
    tokens_kept: float | None
    noise_removed: float | None
    with_loss: float
    fields: Mapping[str, FieldScore]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that was removed (shortened), and the id of its document."""

    id: str
    tokens: int
    text: str


@dataclass(frozen=True, slots=True)
class RuleScore:
    """A rule or heuristic: its removals, and the lines and tokens of boilerplate and of body in them.

    A removal that spans several lines counts a line each; a part of a line counts as one. The body is the
    damage. `precision` is the share of lines that are boilerplate, None where no line holds a token.
    """

    rule: str
    category: str
    removals: int
    noise_lines: int
    noise_tokens: int
    body_lines: int
    body_tokens: int
    precision: float | None
    body_examples: Sequence[Example] = ()
    noise_examples: Sequence[Example] = ()


@dataclass(frozen=True, slots=True)
class LostLine:
    """A line of the body, or a part of one, that a rule took."""

    id: str
    rule: str
    tokens: int
    text: str


@dataclass(frozen=True, slots=True)
class LeftLine:
    """Lines of boilerplate that stay and differ at most in case and digits; `id` and `text` are the first one's."""

    text: str
    lines: int
    tokens: int
    id: str


@dataclass(frozen=True, slots=True)
class Worst:
    """A document, and how many of its body tokens went."""

    id: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a run. `rules`, `lost`, `left` and `worst` are sorted, the largest damage first."""

    total: GroupScore
    groups: Sequence[GroupScore] = ()
    rules: Sequence[RuleScore] = ()
    lost: Sequence[LostLine] = ()
    left: Sequence[LeftLine] = ()
    worst: Sequence[Worst] = ()
    documents: Sequence[DocumentScore] = field(default=(), repr=False)


def group_score(group: tuple[str, ...], documents: Sequence[DocumentScore]) -> GroupScore:
    """Adds up the documents of a group."""
    kept, lost = sum(d.body_left for d in documents), sum(d.body_lost for d in documents)
    left, removed = sum(d.noise_left for d in documents), sum(d.noise_removed for d in documents)
    answers: dict[str, list[bool]] = defaultdict(list)
    for document in documents:
        for name, is_right in document.fields.items():
            answers[name].append(is_right)
    return GroupScore(
        group=group,
        documents=len(documents),
        cleaned=score([d.cleaned for d in documents]),
        given=score([d.given for d in documents]),
        tokens_kept=share(kept, kept + lost),
        noise_removed=share(removed, left + removed),
        with_loss=share(sum(d.body_lost > 0 for d in documents), len(documents)) or 0.0,
        fields={name: FieldScore(len(found), sum(found) / len(found)) for name, found in sorted(answers.items())},
    )


def share(part: int, whole: int) -> float | None:
    """The share, None of nothing.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


class Largest(Generic[T]):
    """Keeps the `limit` largest of the items that it is given (None: all); of equals the first ones."""

    def __init__(self, limit: int | None, size: Callable[[T], int]) -> None:
        self._limit, self._size = limit, size
        self._items: list[T] = []

    def add(self, item: T) -> None:
        self._items.append(item)
        if self._limit is not None and len(self._items) > 2 * self._limit:
            self._items = self.items()

    def items(self) -> list[T]:
        """The items kept, the largest first."""
        return sorted(self._items, key=self._size, reverse=True)[: self._limit]
