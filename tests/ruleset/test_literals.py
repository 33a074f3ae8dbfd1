"""Required literals: whatever a pattern matches holds one of them. A weak set costs time, a wrong one a match."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.ruleset import read_rules
from cleaner.ruleset.compiled import FLAGS
from cleaner.ruleset.literals import required_literals
from cleaner.text.fold import fold


def holds(literals: frozenset[str], line: str) -> bool:
    framed = f"\n{fold(line)}\n"
    return any(literal in framed for literal in literals)


NONE = [r"\w+", r"^\d+ \w+$", r".*", "(?:newsletter)?x", "a|newsletter", "[abc]{2,5}", r"(?:newsletter|\d+)", r"\bof\b"]


@pytest.mark.parametrize("pattern", NONE)
def test_nothing_is_derived_where_nothing_is_required(pattern: str) -> None:
    assert required_literals(pattern) == frozenset()


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("newsletter", {"newsletter"}),
        ("NewsLetter", {"newsletter"}),
        ("^newsletter", {"\nnewsletter"}),
        ("newsletter$", {"newsletter\n"}),
        (r"\bnewsletter\b", {"newsletter"}),
        ("news(?:letter|stand)", {"newsletter", "newsstand"}),
        ("news(?P<kind>letter)", {"newsletter"}),
        ("(?:our )?newsletter", {"newsletter", "our newslett"}),
        ("news[-–]?letter", {"newsletter", "news-letter", "news–letter"}),
        ("(?:newsletter)+", {"newsletter"}),
        ("(?:new){2}s", {"newnews"}),
        (r"\d+ mins? read", {" min read", " mins read"}),
        (r"\p{Lu}\w+ newsletter", {" newsletter"}),
        (r"news\w*+letter", {"letter"}),
        ("(?-i:AFP) photo", {"afp photo"}),
        ("(?<!no )newsletter(?! was)", {"newsletter"}),
        ("foto ©", {"foto ©"}),
        ("©", {"©"}),
        ("共同", {"共同"}),
    ],
)
def test_the_most_selective_set_is_taken(pattern: str, wanted: set[str]) -> None:
    assert required_literals(pattern) == wanted


def test_a_literal_that_holds_another_is_left_out() -> None:
    assert required_literals("newsletter|newsletters") == {"newsletter"}


def test_a_pattern_that_cannot_be_parsed_gives_nothing() -> None:
    assert required_literals("news(letter") == frozenset()
    assert required_literals(r"news\L<words>") in ({"news"}, frozenset())


WORDS = st.sampled_from(["news", "Letter", "ümlaut", "sign up", "read more", "Ad", "©", "é", "共同", " ", "'", "-"])
ATOMS = st.one_of(
    WORDS.map(re.escape),
    st.sampled_from(
        [r"\w", r"\d", r"\s", ".", "[abc]", "[a-f]", "[^x]", r"\b", "(?:)", r"[-–—]", "(?=n)?", r"\W{0,3}"]
    ),
)


def grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sequence = st.lists(inner, min_size=1, max_size=4).map("".join)
    branch = st.lists(sequence, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
    repeat = st.tuples(branch, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,3}", "+?", "??"])).map("".join)
    named = st.tuples(st.just("("), sequence, st.just(")")).map("".join)
    return st.one_of(sequence, branch, repeat, named)


patterns = st.tuples(
    st.sampled_from(["", "^"]), st.recursive(ATOMS, grouped, max_leaves=8), st.sampled_from(["", "$"])
).map("".join)


@given(st.data())
def test_every_match_holds_a_literal(data: st.DataObject) -> None:
    pattern = data.draw(patterns)
    literals = required_literals(pattern)
    assume(literals)
    line = data.draw(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    assume("\n" not in line and regex.search(pattern, line, FLAGS))

    assert holds(literals, line)


def test_every_hit_of_the_built_in_rules_holds_a_literal() -> None:
    lost = [
        (rule.id, hit)
        for rule in read_rules([])
        if not rule.css
        for hit in rule.hits
        if not holds(frozenset(rule.literals), hit.replace("’", "'").replace("\u00a0", " ").strip())
    ]

    assert lost == []
