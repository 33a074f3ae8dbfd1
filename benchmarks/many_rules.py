"""Times cleaning with the built-in rules and with 5,000 of them, on the same texts, in one run.

    python benchmarks/many_rules.py TEXTS.jsonl[.gz] [--rules 5000] [--rounds 3] [--limit 300] [--distinct]

The built-in rules are multiplied under new ids. `--distinct` gives each copy literals of its own (a
number is put behind every word of its pattern's literals), as rules for other languages would have.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from cleaner import Cleaner
from cleaner.ruleset import Rule, Ruleset, load


def multiplied(rules: tuple[Rule, ...], count: int, distinct: bool) -> list[Rule]:
    """`count` rules: the given ones, then copies of them under new ids."""
    found = list(rules)
    for number in range(len(rules), count):
        rule, copy = rules[number % len(rules)], number // len(rules)
        if distinct:
            literals = tuple(f"{literal.rstrip()}{copy}" for literal in rule.literals)
            found.append(replace(rule, id=f"{rule.id}-{copy}", literals=literals, pattern=f"{rule.pattern}(?<={copy})"))
        else:
            found.append(replace(rule, id=f"{rule.id}-{copy}"))
    return found


def main() -> None:
    """Times both and prints the speeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rules", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--distinct", action="store_true")
    args = parser.parse_args()
    opened = gzip.open if args.texts.suffix == ".gz" else open
    with opened(args.texts, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    texts = texts[:: max(1, len(texts) // args.limit)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    few, many = Cleaner(), Cleaner()
    many.ruleset = Ruleset(multiplied(load().rules, args.rules, args.distinct))
    times: dict[str, list[float]] = {"built-in": [], f"{args.rules}": []}
    for _ in range(args.rounds + 1):
        for name, cleaner in zip(times, (few, many), strict=True):
            start = time.perf_counter()
            for text in texts:
                cleaner.clean(text, kind="text")
            times[name].append(time.perf_counter() - start)
    speeds = {name: size / median(taken[1:]) for name, taken in times.items()}
    for name, speed in speeds.items():
        print(f"{name:>10} rules {speed:6.2f} MB/s")
    print(f"falls by {1 - speeds[f'{args.rules}'] / speeds['built-in']:.0%}")


if __name__ == "__main__":
    main()
