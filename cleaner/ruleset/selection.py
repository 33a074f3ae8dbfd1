"""Which rules and heuristics run: chosen by id, category or language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


class SelectionError(ValueError):
    """A name in `select` or `ignore` that is no id, category or language."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Names of ids, categories or languages; an empty `select` means all. `ignore` wins.

    Where `languages` names any, rules that are for none of them run only if they are for English or for all.

    >>> Selection(ignore=("newsletter",)).allows("newsletter-signup-de", "newsletter", ("de",))
    False
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def allows(self, name: str, category: str, langs: Sequence[str] = (), aliases: Sequence[str] = ()) -> bool:
        if self.languages and langs and {"*", "en", *self.languages}.isdisjoint(langs):
            return False
        names = {name, category, *langs, *aliases}
        return (not self.select or not names.isdisjoint(self.select)) and names.isdisjoint(self.ignore)

    def check(self, known: Collection[str]) -> None:
        """Raises SelectionError at a name that is not in `known`."""
        for name in (*self.select, *self.ignore):
            if name not in known:
                import difflib

                near = difflib.get_close_matches(name, sorted(known), 1)
                hint = f'did you mean "{near[0]}"?' if near else "see `cleaner rules list` for the names"
                raise SelectionError(f'"{name}" is no rule, category or language: {hint}')
