"""Rule files: what is read from them, and every refusal with its place and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from cleaner.ruleset import RuleError, read_rules
from cleaner.ruleset.compiled import FLAGS
from cleaner.ruleset.fragments import load_fragments
from cleaner.ruleset.loader import check_unique, load_file, parse

GOOD = r"""schema = 1
[defaults]
langs = ["en"]

[[rules]]
id = "newsletter-call"
category = "newsletter"
action = "drop-line"
confidence = "high"
message = "Newsletter call."
pattern = '''^subscribe to our newsletter\b'''
max_chars = 120
hits = ["Subscribe to our newsletter", "Subscribe to our newsletter today!"]
misses = ["They subscribe to nothing.", "Our newsletter is old."]
"""


def with_line(key: str, line: str) -> str:
    """The good file with the rule's line of a key replaced (an empty `line` takes it out)."""
    old = next(row for row in GOOD.split("\n") if row.startswith(f"{key} ="))
    return GOOD.replace(old + "\n", line + "\n" if line else "")


def with_examples(text: str, *hits: str, miss: str) -> str:
    old = [row for row in text.split("\n") if row.startswith(("hits =", "misses ="))]
    new = [f"hits = {list(hits)}", f"misses = {[miss, miss + ' again']}"]
    for a, b in zip(old, new, strict=True):
        text = text.replace(a, b.replace("'", '"'))
    return text


def for_pages(search: str = "", where: str = "where.css = 'aside.box'") -> str:
    """The good file as a rule with a selector, whose lines of pattern and of `where` are these."""
    text = with_line("pattern", search)
    text = with_examples(text, "<aside class=box>Sign up</aside>", "<aside class=box>x</aside>", miss="<p>A box.</p>")
    return text + where + "\n"


def with_more(lines: str) -> str:
    return GOOD + lines + "\n"


# What is read -------------------------------------------------------------------------------------------------


def test_a_good_file_is_read() -> None:
    (rule,) = parse(GOOD, "r.toml")

    assert (rule.id, rule.category, rule.action, rule.confidence) == (
        "newsletter-call", "newsletter", "drop-line", "high",
    )  # fmt: skip
    assert (rule.langs, rule.max_chars, rule.path, rule.line) == (("en",), 120, "r.toml", 5)
    assert len(rule.literals) == 1
    assert "\nsubscribe t".startswith(rule.literals[0])
    assert (rule.after, rule.before, rule.takes_previous, rule.takes_next) == (0.0, 1.0, 0, 0)
    assert (rule.status, rule.replaced_by, rule.aliases) == ("stable", None, ())


def test_a_rule_overrides_the_defaults() -> None:
    (rule,) = parse(with_more('langs = ["de", "NL"]'), "r.toml")

    assert rule.langs == ("de", "nl")


WITH_CSS = {
    "dotted": "where.css = 'aside.box'",
    "table": "where = { css = 'aside.box' }",
    "below": "[rules.where]\ncss = 'aside.box'",
}


@pytest.mark.parametrize("written", WITH_CSS.values(), ids=WITH_CSS)
def test_a_selector_alone_is_a_rule(written: str) -> None:
    (rule,) = parse(for_pages("", written), "r.toml")

    assert (rule.css, rule.pattern, rule.literals, rule.phrases) == ("aside.box", "", (), ())


@pytest.mark.parametrize("search", [r"pattern = '''^\d+$'''", 'phrases = ["12", "free"]'])
def test_inside_a_selector_a_pattern_needs_no_literal(search: str) -> None:
    (rule,) = parse(for_pages(search), "r.toml")

    assert (rule.css, rule.literals) == ("aside.box", ())
    assert rule.pattern


@pytest.mark.parametrize(("action", "left"), [("keep", "Subscribe"), ("extract", "Subscribe"), ("drop-line", "")])
def test_a_case_without_out_expects_what_the_action_leaves(action: str, left: str) -> None:
    text = with_line("action", f'action = "{action}"') + '[[rules.cases]]\nin = "Subscribe"\n'

    (rule,) = parse(text, "r.toml")

    assert rule.cases[0].after == left


def test_one_case_stands_in_for_two_hits() -> None:
    text = with_line("hits", "") + '[[rules.cases]]\nin = "a"\nout = "b"\nfields = { author = "mk" }\n'

    (rule,) = parse(text, "r.toml")

    (case,) = rule.cases
    assert (case.before, case.after, dict(case.fields)) == ("a", "b", {"author": "mk"})


def test_a_site_is_a_plain_host() -> None:
    (rule,) = parse(with_more('sites = ["WWW.Example.org"]'), "r.toml")

    assert rule.sites == ("example.org",)
    assert rule.scope == 2


def test_fragments_are_written_out_also_inside_each_other() -> None:
    text = with_line("pattern", "pattern = '''^{{call}} newsletter'''") + (
        "[fragments]\ncall = 'subscribe to {{whose}}'\nwhose = 'our|the'\n"
    )

    (rule,) = parse(text, "r.toml")

    assert rule.pattern == "^(?:subscribe to (?:our|the)) newsletter"


def test_a_file_overrides_a_shared_fragment() -> None:
    text = with_line("pattern", "pattern = '''^{{call}} to our newsletter'''") + "[fragments]\ncall = 'subscribe'\n"

    (rule,) = parse(text, "r.toml", {"call": "shared", "other": "x"})

    assert rule.pattern == "^(?:subscribe) to our newsletter"


@pytest.mark.parametrize(
    ("line", "matches"),
    [
        ("Don't miss out", True),
        ("Don't miss out!", True),
        ("DON'T MISS OUT …", True),
        ("Sign up (free)", True),
        ("Don't miss out on cheese", False),
        ("We don't miss out", False),
        ("Sign up free", False),
    ],
)
def test_phrases_are_whole_lines_with_any_case_and_closing_marks(line: str, matches: bool) -> None:
    text = with_line("pattern", 'phrases = ["Don’t miss out", "Sign up (free)"]')
    (rule,) = parse(with_examples(text, "Don’t miss out", "Sign up (free)", miss="They sign up"), "r.toml")

    assert bool(regex.search(rule.pattern, line, FLAGS)) is matches


@pytest.mark.parametrize(("line", "matches"), [("Storm [more] hits", True), ("x [more]", True), ("no[more]no", False)])
def test_phrases_of_a_strip_span_stand_at_word_borders(line: str, matches: bool) -> None:
    text = with_line("pattern", 'phrases = ["[more]"]').replace("drop-line", "strip-span")
    (rule,) = parse(with_examples(text, "a [more]", "b [more]", miss="more of it"), "r.toml")

    assert bool(regex.search(rule.pattern, line, FLAGS)) is matches


def test_keywords_are_taken_where_nothing_can_be_derived() -> None:
    text = with_line("pattern", r"pattern = '''^\w+ \d+$'''") + 'keywords = ["Newsletter"]\n'

    (rule,) = parse(with_examples(text, "Newsletter 1", "newsletter 2", miss="Our newsletter"), "r.toml")

    assert rule.literals == ("newsletter",)


# What is refused ----------------------------------------------------------------------------------------------

REFUSED = {
    "unknown key, near": (
        with_line("pattern", "patern = '''^subscribe'''"),
        'r.toml:11: unknown key "patern": did you mean "pattern"?',
    ),
    "unknown key, far": (with_more("zzz = 1"), 'r.toml:15: unknown key "zzz": known keys: '),
    "unknown top key": (
        GOOD.replace("schema = 1", "schema = 1\nrulez = 1"),
        'r.toml:2: unknown key "rulez": did you mean "rules"?',
    ),
    "an unknown language": (
        GOOD.replace('langs = ["en"]', 'langs = ["en", "english"]'),
        'r.toml:5: langs: "english" is no language: did you mean "en"?',
    ),
    "no languages": (GOOD.replace('langs = ["en"]', "langs = []"), 'r.toml:5: langs is empty: write ["en"], or ["*"]'),
    "id in defaults": (GOOD.replace("langs =", 'id = "x"\nlangs ='), 'r.toml:3: unknown key "id": '),
    "unknown key of a case": (
        with_more("[[rules.cases]]\nin = 'a'\nout = 'b'\nfeilds = {}"),
        'r.toml:18: unknown key "feilds": did you mean "fields"?',
    ),
    "other schema": (GOOD.replace("schema = 1", "schema = 2"), "r.toml:1: schema is 2: write schema = 1"),
    "no schema": (GOOD.replace("schema = 1\n", ""), "r.toml:1: schema is None: write schema = 1"),
    "rules are one table": ("schema = 1\n[rules]\nid = 'x'\n", "write [[rules]] above each rule"),
    "defaults are no table": ("schema = 1\ndefaults = 3\n", "r.toml:2: defaults is not a table: write [defaults]"),
    "no id": (with_line("id", ""), 'r.toml:5: "id" is missing: every rule needs one'),
    "no message": (with_line("message", ""), 'r.toml:5: "message" is missing: every rule needs one'),
    "no language": (GOOD.replace('langs = ["en"]\n', ""), '"langs" is missing: every rule needs one'),
    "id in capitals": (with_line("id", 'id = "Newsletter Call"'), 'r.toml:6: id "Newsletter Call" is not of the form'),
    "unknown action": (
        with_line("action", 'action = "drop-lines"'),
        'r.toml:8: unknown action "drop-lines": did you mean "drop-line"?',
    ),
    "unknown confidence": (
        with_line("confidence", 'confidence = "sure"'),
        'r.toml:9: unknown confidence "sure": one of high, medium, low',
    ),
    "unknown status": (with_more('status = "stabel"'), 'r.toml:15: unknown status "stabel": did you mean "stable"?'),
    "text for a number": (
        with_line("max_chars", 'max_chars = "long"'),
        "r.toml:12: max_chars is 'long': it must be a whole number",
    ),
    "true for a number": (
        with_line("max_chars", "max_chars = true"),
        "r.toml:12: max_chars is True: it must be a whole number",
    ),
    "text for a list": (with_more('sites = "dw.com"'), "r.toml:15: sites is 'dw.com': it must be a list of strings"),
    "number for a text": (with_line("message", "message = 3"), "r.toml:10: message is 3: it must be a string"),
    "share above one": (with_more("after = 30"), "r.toml:15: after is 30: it must be a share between 0 and 1"),
    "after not below before": (with_more("after = 0.5\nbefore = 0.5"), "r.toml:15: after is not below before: "),
    "cut-tail anywhere": (
        with_line("action", 'action = "cut-tail"'),
        "r.toml:5: a cut-tail without after could empty a text: write after = 0.3 or more",
    ),
    "pattern and phrases": (with_more('phrases = ["x"]'), "r.toml:5: a rule needs either pattern or phrases"),
    "neither pattern nor phrases": (with_line("pattern", ""), "r.toml:5: a rule needs either pattern or phrases"),
    "broken selector": (for_pages("", "where.css = 'aside >'"), "r.toml:14: where.css is no CSS selector: Expected"),
    "broken selector in a table": (
        for_pages("", "where = { css = 'aside >' }"),
        "r.toml:14: where.css is no CSS selector: ",
    ),
    "pseudo-element": (for_pages("", "where.css = 'p::after'"), "r.toml:14: where.css names a pseudo-element"),
    "unsupported selector": (
        for_pages("", "where.css = 'p:first-child'"),
        "r.toml:14: where.css holds :first-child, which is not supported: supported are tags, classes, ids",
    ),
    "selector of a number": (for_pages("", "where.css = 3"), "r.toml:14: where.css is 3: it must be a selector, such"),
    "where without css": (for_pages("", "where = {}"), "r.toml:14: where.css is None: it must be a selector"),
    "where of a text": (for_pages("", "where = 'aside'"), "r.toml:14: where is 'aside': it must be a table: write"),
    "unknown key of where": (
        for_pages("", "where.cs = 'aside'"),
        'r.toml:14: unknown key "cs": did you mean "css"?',
    ),
    "where in defaults": (GOOD.replace("langs =", "where.css = 'p'\nlangs ="), 'r.toml:3: unknown key "where": '),
    "pattern and phrases inside a selector": (
        for_pages("pattern = 'a'\nphrases = ['b']"),
        "r.toml:5: a rule needs either pattern or phrases",
    ),
    "span without a pattern": (
        for_pages().replace("drop-line", "strip-span"),
        "r.toml:8: strip-span asks for a pattern or phrases: add one, or write action = 'drop-line' or 'cut-tail' or",
    ),
    "keywords inside a selector": (
        for_pages("keywords = ['box']"),
        "r.toml:11: keywords do nothing in a rule with where.css: leave them out",
    ),
    "hit without a tag": (
        for_pages().replace("<aside class=box>x</aside>", "Sign up"),
        "r.toml:12: 'Sign up' has no tag: examples of a rule with where.css are HTML, such as '<aside class=",
    ),
    "miss without a tag": (for_pages().replace("<p>A box.</p> again", "A box"), "r.toml:13: 'A box' has no tag: "),
    "far miss of a selector": (
        for_pages().replace("<p>A box.</p> again", "<p>Goats climb.</p>"),
        "r.toml:13: the miss '<p>Goats climb.</p>' shares no literal with newsletter-call",
    ),
    "broken pattern": (
        with_line("pattern", "pattern = '''^sub(scribe'''"),
        "r.toml:11: pattern is not a regular expression: ",
    ),
    "pattern matches nothing": (
        with_line("pattern", "pattern = '''(?:subscribe)?'''"),
        "r.toml:11: pattern matches the empty string: it would match everywhere",
    ),
    "except matches nothing": (
        with_more("except = ['''(?:said)?''']"),
        "r.toml:15: except matches the empty string: it would match everywhere",
    ),
    "broken except": (with_more("except = ['''[''']"), "r.toml:15: except is not a regular expression: "),
    "no literal": (
        with_line("pattern", r"pattern = '''^\d+ \w+$'''"),
        "r.toml:11: the pattern requires no word, so every line of every text would be tried: add keywords = [",
    ),
    "one hit": (
        with_line("hits", 'hits = ["Subscribe to our newsletter"]'),
        "r.toml:13: newsletter-call has 1 hits: give two or more, or one case",
    ),
    "no hits": (with_line("hits", ""), "r.toml:5: newsletter-call has 0 hits: give two or more, or one case"),
    "one miss": (
        with_line("misses", 'misses = ["They subscribe."]'),
        "r.toml:14: newsletter-call has 1 misses: give two or more near-misses",
    ),
    "far miss": (
        with_line("misses", 'misses = ["They subscribe.", "Goats climb."]'),
        "r.toml:14: the miss 'Goats climb.' shares no literal with newsletter-call: it tests nothing; take a near-miss",
    ),
    "case without in": (with_more('[[rules.cases]]\nout = "a"'), 'a case needs "in" as a string'),
    "case with a number": (
        with_more('[[rules.cases]]\nin = "a"\nout = 3'),
        'r.toml:17: a case needs "out" as a string',
    ),
    "hit without keyword": (
        with_more('keywords = ["bulletin"]'),
        "r.toml:15: the hit 'Subscribe to our newsletter' holds none of the keywords: add one that it holds",
    ),
    "case with wrong fields": (
        with_more('[[rules.cases]]\nin = "a"\nout = "b"\nfields = { n = 1 }'),
        "r.toml:18: a case's fields must be a table of strings",
    ),
    "unknown fragment": (
        with_line("pattern", "pattern = '''^{{agencys}}'''") + "[fragments]\nagencies = 'subscribe'\n",
        'r.toml:11: unknown fragment "agencys": did you mean "agencies"?',
    ),
    "fragment in itself": (
        with_line("pattern", "pattern = '''^{{a}}'''") + "[fragments]\na = 'x{{b}}'\nb = '{{a}}'\n",
        "r.toml:11: the fragment",
    ),
    "fragment of a number": (GOOD.replace("[[", "[fragments]\na = 7\n[["), "r.toml:6: the fragment a is not a string"),
    "not TOML": (with_line("message", 'message = "open'), "r.toml:10: not TOML: "),
    "key twice": (with_more('message = "again"'), "r.toml:15: not TOML: "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_place_and_mend(name: str) -> None:
    text, message = REFUSED[name]

    with pytest.raises(RuleError) as caught:
        parse(text, "r.toml")

    assert message in str(caught.value)
    assert str(caught.value).startswith("r.toml:")


def test_the_place_is_that_of_the_rule_at_fault() -> None:
    second = GOOD.partition("[[rules]]")[2].replace("newsletter-call", "newsletter-other").replace("message", "mesage")

    with pytest.raises(RuleError, match=r'^r\.toml:21: unknown key "mesage": did you mean "message"\?$'):
        parse(GOOD + "\n[[rules]]" + second, "r.toml")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_bytes(b"schema = 1 # caf\xe9\n")

    with pytest.raises(RuleError, match=r"^r\.toml:1: not UTF-8 at byte 16: save the file as UTF-8$"):
        load_file(path, "r.toml")


def test_a_shared_file_of_fragments_holds_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "fragments.toml"
    path.write_text(GOOD, encoding="utf-8")

    with pytest.raises(RuleError, match="unknown key"):
        load_fragments(path, "fragments.toml")


def test_an_id_may_be_used_once() -> None:
    with pytest.raises(RuleError, match=r'^b\.toml:5: duplicate id "newsletter-call", also at a\.toml:5: rename one$'):
        check_unique([*parse(GOOD, "a.toml"), *parse(GOOD, "b.toml")])


def test_an_alias_counts_as_an_id() -> None:
    other = GOOD.replace("newsletter-call", "newsletter-new") + 'aliases = ["newsletter-call"]\n'

    with pytest.raises(RuleError, match='duplicate id "newsletter-call"'):
        check_unique([*parse(GOOD, "a.toml"), *parse(other, "b.toml")])


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(RuleError, match=r"no such folder of rules: name a folder or a \.toml file"):
        read_rules([Path("does-not-exist")], builtin=False)


def test_a_folder_without_rules_is_named(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").touch()
    with pytest.raises(RuleError, match=r"no rules in this folder: name one that holds \.toml files"):
        read_rules([tmp_path], builtin=False)


def test_the_built_in_rules_load() -> None:
    rules = read_rules([])

    assert len(rules) > 50
    assert all(rule.path.startswith("rules/") for rule in rules)
    assert {rule.category for rule in rules if not rule.sites} == {
        Path(r.path).parent.name for r in rules if not r.sites
    }
