"""Which settings apply to which file: those nearest above it, and the options of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from cleaner.cli.choices import Form
from cleaner.cli.session import Options, announce, names
from cleaner.config import Config
from cleaner.data import Failure
from cleaner.pipeline import Cleaner
from cleaner.read import STDIN, Source
from cleaner.ruleset import Ruleset
from cleaner.ruleset.selection import SelectionError
from cleaner.settings import Settings, find


class Policy:
    """Cleaners by file. `--rules` and `--ignore` add to what the settings say, `--select` replaces it.

    Files with equal settings share one cleaner; standard input and addresses have those of the current folder.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.prepared: dict[int, Cleaner] = {}  # of the items, by number
        self._found: dict[Path, Settings] = {}
        self._cleaners: dict[Config, Cleaner] = {}
        self._by_folder: dict[Path, Cleaner] = {}  # of folders whose files all have the same settings

    def prepare(self, items: Iterable[Source | Failure]) -> Policy:
        """Reads all settings and rules that the items need, so that faults in them come before any work."""
        self.prepared = {n: self.cleaner(item) for n, item in enumerate(items) if isinstance(item, Source)}
        if not self._cleaners:
            self.cleaner(STDIN)
        return self

    def settings(self, source: Source) -> Settings:
        return find(_folder(source), self._found)

    def config(self, source: Source) -> Config:
        """The settings of a file with the options."""
        settings, options = self.settings(source), self._options
        config = settings.config_of(source.path) if _is_local(source) else settings.config
        return replace(
            config,
            rules=(*config.rules, *options.rules),
            select=names(options.select) or config.select,
            ignore=(*config.ignore, *names(options.ignore)),
            engine=options.engine or config.engine,
            format=options.format or config.format,
            links=options.links or config.links,
        )

    def cleaner(self, source: Source) -> Cleaner:
        """Raises SettingsError, RuleError and SelectionError."""
        folder = _folder(source)
        if folder not in self._by_folder:
            found = self._built(source)
            if self.settings(source).per_file:
                return found
            self._by_folder[folder] = found
        return self._by_folder[folder]

    def _built(self, source: Source) -> Cleaner:
        config = self.config(source)
        if config not in self._cleaners:
            if config.builtin:
                announce(self._options)
            try:
                self._cleaners[config] = Cleaner(config)
            except SelectionError as error:
                raise SelectionError(f"{self._place(source, str(error))}{error}") from error
        return self._cleaners[config]

    def form(self, source: Source) -> Form:
        """The form of a cleaned text that the settings ask for."""
        return Form(self.settings(source).output or Form.front_matter)

    def keeps_removals(self, source: Source) -> bool:
        return self.settings(source).keep_removals

    @property
    def rulesets(self) -> Sequence[Ruleset]:
        """The rules of all cleaners that were asked for."""
        return [cleaner.ruleset for cleaner in self._cleaners.values()]

    @property
    def ruleset(self) -> str:
        """The version of the rules; of all, where files have different ones."""
        return ", ".join(sorted({ruleset.version for ruleset in self.rulesets}))

    def _place(self, source: Source, message: str) -> str:
        """`path:line: ` where a settings file, not an option, has the name that a message quotes."""
        name = message.split('"')[1]
        if name in (*names(self._options.select), *names(self._options.ignore)):
            return ""
        place = self.settings(source).place_of(name)
        return f"{place}: " if place else ""


def _folder(source: Source) -> Path:
    return Path(os.path.abspath(source.path)).parent if _is_local(source) else Path.cwd()


def _is_local(source: Source) -> bool:
    return source is not STDIN and not source.url
