"""Writes docs/rules/ from the rule files: an index, and a page for each category.

python docs/generate_rules.py           writes the pages
python docs/generate_rules.py --check   writes nothing; exit 1 if a page is not what the rule files say
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from cleaner.detect import HEURISTICS
from cleaner.ruleset import Rule, RuleError, read_rules

OUT = Path(__file__).parent / "rules"
NOTICE = "<!-- Written by docs/generate_rules.py from the rule files; `make docs` writes it anew. -->"
ACTIONS = {
    "keep": "protects the line",
    "extract": "reads fields, removes nothing",
    "cut-tail": "removes the line and all after it",
    "drop-block": "removes the line and the short lines after it",
    "drop-line": "removes the line",
    "strip-span": "removes the match from its line",
}


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """File name -> content of every page."""
    ordered = sorted(rules, key=lambda rule: (rule.category, rule.id))
    by_category = {name: list(group) for name, group in groupby(ordered, key=lambda rule: rule.category)}
    found = {f"{name}.md": _category(name, group) for name, group in by_category.items()}
    return {"index.md": _index(by_category), **found}


def _index(by_category: dict[str, list[Rule]]) -> str:
    lines = [NOTICE, "# Rules", "", "| category | rules | languages |", "| --- | --: | --- |"]
    lines += [
        f"| [{name}]({name}.md) | {len(rules)} | {_languages(sorted({x for rule in rules for x in rule.langs}))} |"
        for name, rules in by_category.items()
    ]
    lines += ["", "## Heuristics", "", "Detectors that look at the whole document, not at a line alone.", ""]
    lines += ["| id | category | what it finds |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {category} | {message} |" for name, (category, message, _) in sorted(HEURISTICS.items())]
    return "\n".join(lines) + "\n"


def _category(name: str, rules: Sequence[Rule]) -> str:
    return "\n\n".join([f"{NOTICE}\n# {name}", *(_rule(rule) for rule in rules)]) + "\n"


def _rule(rule: Rule) -> str:
    does = f"`{rule.action}`: {_what(rule)}"
    facts = [does, f"confidence {rule.confidence}", _languages(rule.langs)]
    if rule.sites:
        facts.append("on " + ", ".join(rule.sites))
    if rule.max_chars is not None:
        facts.append(f"lines of up to {rule.max_chars} characters")
    if rule.after > 0 or rule.before < 1:
        facts.append(f"between {rule.after:.0%} and {rule.before:.0%} of the text")
    parts = [f"## {rule.id}", rule.message, " · ".join(facts) + _status(rule)]
    if rule.css:
        parts.append("On pages, in elements that match:\n\n" + _listing(_alternatives(rule.css), "css"))
    form = "html" if rule.css else "text"
    if rule.hits:
        parts.append("Examples:\n\n" + _listing(rule.hits, form))
    parts += [
        f"Before and after:\n\n{_listing([case.before], form)}\n\n{_listing([case.after or '(nothing)'])}"
        for case in rule.cases
    ]
    parts.append("Spared:\n\n" + _listing(rule.misses, form))
    return "\n\n".join(parts)


def _what(rule: Rule) -> str:
    """What the rule does, to a line or to the blocks that a selector alone names."""
    alone = rule.css and not rule.pattern
    return ACTIONS[rule.action].replace("the line", "the blocks") if alone else ACTIONS[rule.action]


def _alternatives(css: str) -> list[str]:
    """A selector with a line for each of its alternatives, as far as commas outside of brackets tell."""
    return re.sub(r",\s*(?![^(\[]*[)\]])", ",\n", css).split("\n")


def _status(rule: Rule) -> str:
    if rule.status == "stable":
        return ""
    return f" · **{rule.status}**" + (f", see `{rule.replaced_by}`" if rule.replaced_by else "")


def _languages(languages: Iterable[str]) -> str:
    return ", ".join("any language" if language == "*" else language for language in languages)


def _listing(lines: Iterable[str], form: str = "text") -> str:
    return "\n".join([f"```{form}", *lines, "```"])


def outdated(wanted: dict[str, str], folder: Path) -> list[str]:
    """The names of pages that are missing, differ or are left over."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write(wanted: dict[str, str], folder: Path) -> None:
    """Makes the folder's pages the wanted ones; pages of categories that are gone go."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in outdated(wanted, folder):
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 done or current, 1 not current, 2 a broken rule file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")
    parser.add_argument("--rules", type=Path, help="a folder of rules instead of the built-in ones")
    parser.add_argument("--out", type=Path, default=OUT, help="where the pages go")
    args = parser.parse_args(argv)
    try:
        rules = read_rules([args.rules], builtin=False) if args.rules else read_rules([])
    except RuleError as error:
        print(error, file=sys.stderr)
        return 2
    wanted = pages(rules)
    if not args.check:
        write(wanted, args.out)
        return 0
    stale = outdated(wanted, args.out)
    if stale:
        print(f"not current: {', '.join(stale)}: run `make docs`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
