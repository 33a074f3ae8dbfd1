"""Rules with a selector (`where.css`): at which blocks of a page they match, and what they keep."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner import Cleaner, Config
from cleaner.data import Article
from cleaner.read import document

PARAGRAPHS = [
    "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said.",
    "Nobody was hurt, but the quay stays closed until divers have looked at its foundations, the harbour master said.",
    "“We had warned the owners twice,” said Ingrid Solheim, who has run the harbour for eleven years.",
    "The town has asked for money to build a breakwater, which would cost about 40 million crowns.",
]
CALL = "The tide tables of the harbour come to your home on the first of each month, the office says."
HEAD = (
    'schema = 1\n[[rules]]\nid = "own-box"\ncategory = "own"\nconfidence = "high"\nmessage = "Mine."\nlangs = ["*"]\n'
)
EXAMPLES = """hits = ['<div class="box">box</div>', '<div class="box">a</div>']
misses = ['<div id="xbox">box</div>', '<p class="xbox">a</p>']
"""
Cleaned = Callable[..., Article]


@pytest.fixture
def cleaned(tmp_path: Path) -> Cleaned:
    """`cleaned(rule, page)`: the page with the lines of one rule in use, and no other rule."""

    def clean(rule: str, inside: str, *, kind: str = "html", more: str = "", **settings: object) -> Article:
        (tmp_path / "own.toml").write_text(HEAD + rule + "\n" + EXAMPLES + more, encoding="utf-8")
        cleaner = Cleaner(Config(rules=(str(tmp_path),), builtin=False, **settings))  # type: ignore[arg-type]
        page = f"<html><body><main><article>{inside}</article></main></body></html>" if kind == "html" else inside
        return cleaner.clean(page, kind=kind)  # type: ignore[arg-type]

    return clean


def body(*before_last: str) -> str:
    return "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3]) + "".join(before_last) + f"<p>{PARAGRAPHS[3]}</p>"


def taken(article: Article, rule: str = "own-box") -> list[str]:
    return [removal.text for removal in article.removals if removal.rule == rule]


DROP = 'action = "drop-line"\nwhere.css = ".box"'
KEEP = 'action = "keep"\nwhere.css = ".box"'


def test_a_page_without_such_an_element_is_left_alone(cleaned: Cleaned) -> None:
    article = cleaned(DROP, body(f"<div class='boxes'><p>{CALL}</p></div>"))
    assert (taken(article), CALL in article.text) == ([], True)


def test_in_a_text_no_selector_matches(cleaned: Cleaned) -> None:
    text = "\n\n".join([*PARAGRAPHS, CALL])
    for rule in (DROP, DROP.replace(".box", ".box, *"), DROP + "\npattern = '''^The'''", DROP + '\nphrases = ["Box"]'):
        assert cleaned(rule, text, kind="text").text == text


def test_text_around_an_element_inside_a_paragraph_stays(cleaned: Cleaned) -> None:
    article = cleaned(DROP, body(f"<p>{CALL} <span class='box'>It costs nothing.</span></p>"))
    assert (taken(article), f"{CALL} It costs nothing." in article.text) == ([], True)


def test_longer_blocks_and_exceptions_stay(cleaned: Cleaned) -> None:
    box = f"<div class='box'><p>{CALL}</p><p>Tables</p><p>Tables of 1911</p></div>"
    article = cleaned(DROP + "\nmax_chars = 20\nexcept = ['''\\d{4}''']", body(box))
    assert taken(article) == ["Tables"]
    assert CALL in article.text


OTHER = """
[[rules]]
id = "own-share"
category = "own"
action = "drop-line"
confidence = "high"
message = "Theirs."
langs = ["*"]
pattern = '''^share this'''
hits = ['Share this', 'share this now']
misses = ['I share this.', 'Share them']
"""


def test_what_a_selector_keeps_is_kept_from_rules_heuristics_and_later_rounds(cleaned: Cleaned) -> None:
    lines = ["Home", "Share this article", "Norvik 2"]
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
    footer = "<p>Share this quay</p>"  # which goes in the first round, so that there is a second
    menu = "".join(f"<li><a href='/{n}'>Pier {n}</a></li>" for n in range(20))  # a page of some size
    page = body(f"<nav class='menu'><ul>{menu}</ul><table class='box'>{rows}</table></nav>{footer}")

    without = cleaned(DROP.replace(".box", "#box"), page, more=OTHER)
    kept = cleaned(KEEP, page, more=OTHER)

    assert not any(line in without.text for line in lines)
    assert [line for line in kept.text.splitlines() if line in lines] == lines
    assert taken(kept, "own-share") == ["Share this quay"]


def test_every_block_of_the_element_goes_whatever_it_says(cleaned: Cleaned) -> None:
    box = f"<aside class='box'><h3>Tide tables</h3><div><ul><li>Monthly</li></ul><p>{CALL}</p></div></aside>"
    article = cleaned(DROP, body(box))
    assert taken(article) == ["Tide tables", "Monthly", CALL]
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert {(r.category, r.evidence) for r in article.removals if r.rule == "own-box"} == {("own", "Mine.")}


@pytest.mark.parametrize(
    "box",
    [
        "<x-box class='box'><div><p>Tide tables</p></div></x-box>",
        "<div><a class='box' href='/t'>Tide tables</a></div>",
        "<div class='box'><div class='box'>Tide tables</div></div>",
        "<div><span class='box'>Tide</span> <span class='box'>tables</span></div>",
        "<pre><span class='box'>Tide tables</span>\n</pre>",
        "<p class='b&#111;x'>Tide tables</p>",
    ],
)
def test_any_element_that_holds_all_text_of_a_block(cleaned: Cleaned, box: str) -> None:
    assert taken(cleaned(DROP, body(box))) == ["Tide tables"]


def test_a_pattern_is_searched_inside_the_element_alone(cleaned: Cleaned) -> None:
    rule = (
        DROP
        + r"""
pattern = '''^\d+$'''"""
    )
    article = cleaned(
        rule, body("<div class='box'><p>12</p><p>Twelve boats</p></div><p>13</p>"), ignore=("boilerplate",)
    )
    assert taken(article) == ["12"]
    assert "Twelve boats" in article.text


def test_phrases_and_spans_inside_the_element(cleaned: Cleaned) -> None:
    box = "<div class='box'><p>Tables</p><p>Tables of the tide (free) for all</p></div><p>Tables</p>"
    assert taken(cleaned(DROP + '\nphrases = ["tables"]', body(box))) == ["Tables"]
    strip = (
        DROP.replace("drop-line", "strip-span")
        + r"""
pattern = ''' ?\(\w+\)'''"""
    )
    assert taken(cleaned(strip, body(box))) == [" (free)"]


def test_a_cut_takes_the_first_block_and_all_after_it(cleaned: Cleaned) -> None:
    rule = DROP.replace("drop-line", "cut-tail") + "\nafter = 0.3"
    assert cleaned(rule, body(f"<div class='box'>{CALL}</div>")).text == "\n\n".join(PARAGRAPHS[:3])


def test_a_rule_for_a_site_runs_there(cleaned: Cleaned, tmp_path: Path) -> None:
    page = body(f"<div class='box'>{CALL}</div>")
    assert taken(cleaned(DROP + '\nsites = ["quay.example"]', page)) == []
    cleaner = Cleaner(Config(rules=(str(tmp_path),), builtin=False))
    assert taken(cleaner.clean(page, kind="html", url="https://www.quay.example/1")) == [CALL]


def test_a_page_that_travelled_to_another_process_is_cleaned_alike(cleaned: Cleaned, tmp_path: Path) -> None:
    article = cleaned(DROP, body(f"<div class='box'>{CALL}</div>"))
    cleaner = Cleaner(Config(rules=(str(tmp_path),), builtin=False))
    page = f"<html><body><main><article>{body(f'<div class=box>{CALL}</div>')}</article></main></body></html>"
    sent = pickle.loads(pickle.dumps((cleaner, document(page, kind="html"))))
    assert sent[0].clean_document(sent[1]).text == article.text


def test_what_stands_first_in_a_box_stays_in_the_article(cleaned: Cleaned) -> None:
    article = cleaned(DROP, f"<div class='box'><p>{PARAGRAPHS[0]}</p></div>" + body())
    assert article.text == "\n\n".join(PARAGRAPHS)
