"""Feeds made-up bytes to the reader, the rule loader, the engine, the HTML path and the command line.

    python benchmarks/fuzz.py engine --runs 100000 --seed 1
    python benchmarks/fuzz.py all --runs 20000

An input must not crash, hang or break an invariant of the contract: removals and kept spans tile the input, cleaning
again changes nothing, nothing new is in the body, a document comes back or a failure does; in place, a second run
passes and `restore` gives the bytes back. What fails is printed as a Python literal, to become a test. With atheris
(`pip install atheris`, `--atheris`) libFuzzer chooses the bytes by coverage; without it, seeded chance does.
"""

from __future__ import annotations

import argparse
import functools
import io
import random
import re
import signal
import sys
import tempfile
import time
import tomllib
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from cleaner.data import Document
from cleaner.pipeline import Cleaner
from cleaner.read.document import attempt
from cleaner.read.files import inputs
from cleaner.read.records import records

SECONDS = 20  # one input, of some kilobytes at most
PROSE = (
    "The harbour of Skelmouth was closed on Monday after a barge broke loose, the harbour master Ines Varga said.",
    "Vierhundert kleine Öfen brannten bis zum Morgen zwischen den Reihen, sagte die Bäuerin Liese Wackernagel.",
    "El tren volverá a circular el lunes después de siete meses de obras, anunció la alcaldesa Remedios Quiroga.",
    "“Nobody came,” she said. “Not even the tugs.” Then it rained for nine days, and the coffee ran out on the ship.",
)
FURNITURE = (
    "Advertisement", "By Edna Pryce", "ep/ta (AP, Reuters, DPA)", "(Quelle: APA/dpa)",
    "Published 12 May 2024, 14:03 BST",
    "© dpa-infocom, dpa:240516-99-53606/3", "date 2024-11-18", "Harbour closed after barge – NVR – 18/11/2024",
    "Jetzt unseren Newsletter abonnieren!", "Photo: Jane Rowe/AP", "Read more: Why gravel is the new gold", "Related",
    "Reporting by Ann Poe; Editing by Lee Marsh", "Share this article", "Sign up for our newsletter", "3 min read",
    "The quiet return of the village cinema", "We use cookies. Accept all", "Subscribe to continue reading", "404",
    "To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video",
)  # fmt: skip
ODD = (
    " ", "\t", "\u00a0", "\u200b", "\u00ad", "\x00", "\x07", "\x1b[31m", "\u2028", "\x85", "\x0c", "\ufeff", "İ", "ß",
    "e\u0301\u0302", "가", "👩‍👩‍👧", "ﬁ", "\u202e", "\ud7ff", "…", "—", "* ", "1. ", "?", "(", ")", "[", "]", "“", "”",
    "Ã¤", "\U000e0041", "\u0301", "\u061c", "(Photo: AP)", " (Foto: Archiv/dpa)", "http://example.org/a?b=c",
    "---", "|",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "\r\n", "\r\n\r\n", " ", "\r", "\n \n", "\u2029", "", "\n\n\n")
HEADERS = (
    "---\ntitle: A made-up title\nlanguage: en\n---\n\n", "---\ncleaner: ignore\n---\n", "---\n",
    "---\na: [b, {c: d}]\n---\n",
    "---\ncleaner: {ignore: [newsletter, nothing]}\n---\n", "---\n!!python/object:os.system x\n---\n",
    "\ufeff---\nid: 1\n...\n",
    "---\na: &a [*a]\n---\n", "---\ntitle: no\ndate: 2024-11-18\nauthors: [mk, lo]\n---\n",
)  # fmt: skip
MARKUP = (
    "<html><body>", "<p>", "</p>", "<div class='share'>", "</div>", "<h1>", "</h1>", "<ul><li>", "</ul>",
    "<script>", "<!--",
    "-->", "<article>", "</article>", "<table><tr><td>", "<a href='x'>", "</a>", "&amp;", "&#0;", "&#xd800;",
    "<br>", "<",
    ">", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-7'?>", "<meta charset=utf-16>",
    "<time datetime='2024-11-18'>",
    "<script type='application/ld+json'>{\"headline\": \"x\"", "<template>", "<svg><p>", "<figure><figcaption>", "<b",
)  # fmt: skip
RULE = """schema = 1
[fragments]
word = '''[a-z]{2,9}'''
[[rules]]
id = "own-rule"
category = "own"
action = "drop-line"
langs = ["*"]
confidence = "high"
message = "A rule."
pattern = '''^quay {{word}} (?:a|b)+$'''
except = ['''\\bsaid\\b''']
hits = ['quay side a', 'quay wall b']
misses = ['The quay side', 'A quay']
"""
RULE_TOKENS = (
    "pattern", "phrases", "except", "(", ")", "+", "*", "{2,}", "{{word}}", "{{nothing}}", "[", "]", "\\",
    "'''", '"', "\n",
    "[[rules]]", "[defaults]", "= 1", '= ["x"]', "cases", "after = 0.5", "cut-tail", "strip-span", "keep", "|",
    "(?<=", "(?R)",
    "\\p{L}", "{9999}", "$", "^", "quay", "x" * 200, "true", "0x1", "[fragments]", "=", "\x00", "#", "\ud7ff",
    "sites", "{e<=2}",
)  # fmt: skip


class BrokenError(AssertionError):
    """An invariant does not hold."""


class Choices:
    """Turns bytes into choices; when they are used up, the first of everything."""

    def __init__(self, data: bytes) -> None:
        self._bytes = iter(data)

    def number(self, below: int) -> int:
        return next(self._bytes, 0) % below

    def of(self, options: tuple[str, ...]) -> str:
        return options[self.number(len(options))]

    def rest(self) -> bytes:
        return bytes(self._bytes)


def text(choose: Choices) -> str:
    """A document made of prose, furniture and odd characters."""
    parts = [choose.of(HEADERS)] if choose.number(6) == 5 else []
    gap = choose.of(BREAKS)
    for _ in range(choose.number(24)):
        kind = choose.number(10)
        source = PROSE if kind < 4 else FURNITURE if kind < 7 else ODD if kind < 9 else BREAKS
        parts.append(choose.of(source))
        parts.append(gap if choose.number(8) else choose.of(ODD))
    shape = choose.number(8)
    whole = "".join(parts)
    return unicodedata.normalize("NFD", whole) if shape == 1 else whole.upper() if shape == 2 else whole


def engine(data: bytes) -> None:
    """The invariants of the contract on one text."""
    article_of(text(Choices(data)))


def article_of(source: str) -> None:
    """Cleans a text and checks what must hold. Raises BrokenError."""
    article = CLEANER.clean_document(Document("d", source))
    at, kept = 0, []
    for removal in article.removals:
        must(at <= removal.start < removal.end <= len(source), "removals overlap or are empty")
        must(removal.text == source[removal.start : removal.end], "a removal's text is not the input's")
        kept.append(source[at : removal.start])
        at = removal.end
    kept.append(source[at:])
    # Line breaks keep what is left apart, as white space keeps it apart in the body: an accent is composed across none.
    must(bare("\n".join(kept)) == bare(article.text), "removals and body do not make up the input")
    must(article.text == article.text.strip() and not re.search(r"[ \t\r]\n|\n{3}", article.text), "stray white space")
    again = CLEANER.clean_document(Document("d", article.text))
    must(again.text == article.text and not again.removals, "cleaning again changes something")
    must(Counter(bare(article.text)) <= Counter(bare(source)), "the body has what the input has not")


def reader(data: bytes) -> None:
    """Bytes as a file of any kind: each gives documents or failures."""
    suffix = (".txt", ".jsonl", ".html", ".txt.gz", ".jsonl.gz", "")[data[0] % 6 if data else 0]
    path = FOLDER / f"input{suffix}"
    path.write_bytes(data[1:])
    must(bool(list(inputs(path))), "a file vanished")
    rows = [line for line in data.split(b"\n") if line.strip()]
    found = list(records(io.BytesIO(data), "r", "r"))
    if (
        not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
        and (rows[:1] or [b""])[0].strip() not in b"[{"
    ):
        must(len(found) == max(1, len(rows)), f"{len(rows)} lines gave {len(found)} results")


def html(data: bytes) -> None:
    """Markup: a document or a failure; the text of a document cleans like any other."""
    choose = Choices(data)
    parts = []
    for _ in range(choose.number(60)):
        kind = choose.number(8)
        parts.append(choose.of(MARKUP if kind < 5 else PROSE if kind < 7 else FURNITURE + ODD))
    page = "".join(parts) + choose.rest().decode("latin-1")
    read = attempt(page, "p", id="p", kind="html" if choose.number(4) else None)
    if isinstance(read, Document):
        article_of(read.text)


def rules(data: bytes) -> None:
    """A rule file, whole or mutilated: rules or a RuleError with a place; its patterns end in time on a text."""
    from cleaner.ruleset import RuleError, Ruleset
    from cleaner.ruleset.loader import parse

    choose = Choices(data)
    source = RULE
    for _ in range(choose.number(9)):
        at = (choose.number(256) * 256 + choose.number(256)) % (len(source) + 1)
        cut = choose.number(6)
        source = source[:at] + choose.of(RULE_TOKENS) + source[at + cut :]
    try:
        found = parse(source, "own.toml")
    except RuleError as error:
        must(re.match(r"own\.toml:\d+: \S", str(error)) is not None, f"an error without a place: {error}")
        return
    own = Ruleset(found)
    own.matches(["quay side a", "quay " + "ab" * 300, *PROSE], own.every)


def settings(data: bytes) -> None:
    """A settings file: settings or a SettingsError with a place."""
    from cleaner.settings import KEYS, SettingsError, parse

    choose = Choices(data)
    values = (
        "true",
        "1",
        "-1",
        "0.5",
        '"x"',
        '["newsletter"]',
        "['(']",
        "[]",
        "{}",
        '{"*.md" = ["x"]}',
        "nan",
        "1e999",
        "'\\'",
        "[1]",
    )
    keys = (*KEYS, "nothing", "per_file_ignores", '"a b"', "tool.cleaner.x")
    lines = [
        f"{choose.of(keys)} {choose.of(('=', '=', '=', '.x ='))} {choose.of(values)}" for _ in range(choose.number(6))
    ]
    source = "\n".join([*(["[tool.cleaner]"] if choose.number(2) else []), *lines])
    try:
        tomllib.loads(source)
        parse(source, Path("/nowhere/cleaner.toml"))
    except tomllib.TOMLDecodeError:
        return
    except SettingsError as error:
        must(re.match(r"/nowhere/cleaner\.toml:\d+: \S", str(error)) is not None, f"an error without a place: {error}")


def cli(data: bytes) -> None:
    """The commands on one file: exit codes, nothing raw on the output, the second run passes, restore undoes."""
    choose = Choices(data)
    name = ("a.txt", "b.md", "c.jsonl", "d.html")[choose.number(4)]
    encoding = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")[choose.number(6)]
    made = choose.number(5)
    content = text(choose).encode(encoding, "replace")
    if name == "c.jsonl" and made:
        import json

        content = json.dumps({"id": text(choose)[:9], "text": text(choose)}).encode()
    elif not made:
        content = choose.rest()
    for old in FOLDER.iterdir():
        old.unlink()
    path = FOLDER / name
    path.write_bytes(content)
    code, shown = run("check", str(path))
    must(code in (0, 1), f"check ended with {code}")
    must(
        not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown),
        "a control character is printed",
    )
    must(path.read_bytes() == content, "check changed the file")
    first, _ = run("clean", "--in-place", "--hook", "--keep-removals", str(path))
    must(first in (0, 1), f"clean ended with {first}")
    cleaned = path.read_bytes()
    second, said = run("clean", "--in-place", "--hook", str(path))
    must(path.read_bytes() == cleaned, "the second run changed the file")
    must(second == 0 or cleaned == content, f"the second run failed: {said}")
    if cleaned != content:
        must(run("restore", str(path))[0] == 0, "restore failed")
        must(path.read_bytes() == content, "restore gave other bytes")
    must(run("explain", str(path))[0] in (0, 1), "explain failed")
    must(sorted(p.name for p in FOLDER.iterdir()) == [name], "files were left behind")


def run(*arguments: str) -> tuple[int, str]:
    """Calls the command line in this process; returns its exit code and what it printed.

    Cleaners are kept from call to call: building one takes longer than all else.
    """
    from cleaner.cli import policy
    from cleaner.cli.app import app

    policy.Cleaner = cached  # type: ignore[misc, assignment]
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(out):
        try:
            app(list(arguments), prog_name="cleaner")
            code: object = 0
        except SystemExit as end:
            code = end.code
    return (code if isinstance(code, int) else 0), out.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]


def must(holds: bool, what: str) -> None:
    """Raises BrokenError unless something holds."""
    if not holds:
        raise BrokenError(what)


def bare(source: str) -> str:
    """The text in NFC without white space."""
    return re.sub("[\\s\u200b\u2060\ufeff]+", "", unicodedata.normalize("NFC", source))


@contextmanager
def time_bound(seconds: int) -> Iterator[None]:
    """Raises BrokenError in what takes longer."""

    def late(_signal: int, _frame: object) -> None:
        raise BrokenError(f"took more than {seconds} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "engine": engine, "reader": reader, "html": html, "rules": rules, "settings": settings, "cli": cli,
}  # fmt: skip
cached = functools.cache(Cleaner)
CLEANER = Cleaner()
FOLDER = Path(tempfile.mkdtemp(prefix="cleaner-fuzz-"))


def fuzz(name: str, runs: int, seed: int) -> int:
    """Runs one target on seeded bytes; returns the number of inputs that failed."""
    chance = random.Random(f"{name} {seed}")  # noqa: S311  # made-up inputs, no secrets
    failed, begun, worst = 0, time.monotonic(), 0.0
    seen: Counter[str] = Counter()
    for number in range(1, runs + 1):
        data = chance.randbytes(chance.choice((4, 16, 64, 64, 128, 512)))
        start = time.monotonic()
        problem = attempted(name, data)
        worst = max(worst, time.monotonic() - start)
        if problem:
            failed += 1
            seen[problem] += 1
            if seen[problem] <= 3:
                print(f"{name} #{number}: {problem}\n  {data!r}", flush=True)
        if number % 5000 == 0:
            print(f"{name}: {number} inputs, {failed} failed, {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{name}: {runs} inputs, {failed} failed, slowest {worst:.2f} s, seed {seed}", flush=True)
    return failed


def attempted(name: str, data: bytes) -> str | None:
    """What is wrong with one input, or None."""
    try:
        with time_bound(SECONDS):
            TARGETS[name](data)
    except BrokenError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001  # that is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    return None


def by_coverage(name: str, runs: int) -> None:
    """Lets libFuzzer choose the bytes; it stops at the first failure and says which input it was."""
    import atheris

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-runs={runs}", "-max_len=512", f"-timeout={SECONDS}"], TARGETS[name])
    atheris.Fuzz()


def main() -> int:
    """Runs what the arguments name; 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--runs", type=int, default=10_000, help="inputs for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true", help="bytes by coverage; one target")
    options = parser.parse_args()
    if options.atheris:
        by_coverage(options.target, options.runs)
        return 0
    names = list(TARGETS) if options.target == "all" else [options.target]
    return 1 if sum(fuzz(name, options.runs, options.seed) for name in names) else 0


if __name__ == "__main__":
    sys.exit(main())
