"""Selectors of rules: which elements they name, what is refused, and that no page makes them slow."""

from __future__ import annotations

from time import process_time

import pytest
from lxml import html

from cleaner.html.tree import elements
from cleaner.ruleset.selector import MAX_CHARS, MAX_COMPOUNDS, Tree, problem, selector

PAGE = """<html><body>
<div id="top" class="box wide"><p id="a">one</p><p id="b" class="note">two</p><p id="c">three</p></div>
<section class="Box"><div id="d" data-kind="related-list"><p id="e" class="note">four</p></div></section>
<ul id="f"><li id="g" class="note">five</li><li id="h">six</li></ul>
</body></html>"""


def named(css: str, page: str = PAGE) -> list[str]:
    assert problem(css) is None
    return [
        element.get("id", element.tag)
        for element in selector(css).elements(Tree(*elements(html.fromstring(page)).said))
    ]


@pytest.mark.parametrize(
    "css",
    [
        ".boxe", ".BOX", "#A", "p.wide", "div p p", "div > li", "#a > p", "#c + p", "#b ~ #a", "[data-kind=related]",
        "[data-sort]", ".box .box", "p:not(p)", "[data-kind^=list]", "ul .wide", "section > p", "div:is(.a, .b)",
    ],
)  # fmt: skip
def test_elements_that_are_not_named(css: str) -> None:
    assert named(css) == []


@pytest.mark.parametrize(
    ("css", "ids"),
    [
        (".note", "b e g"),
        ("p.note", "b e"),
        ("P.note", "b e"),
        ("#top", "top"),
        ("div.box.wide", "top"),
        ("div p", "a b c e"),
        ("body div p.note", "b e"),
        ("section p", "e"),
        ("section > div > p", "e"),
        ("#a + p", "b"),
        ("#a ~ p", "b c"),
        ("#f > li:not(.note)", "h"),
        ("[data-kind]", "d"),
        ("[data-kind=related-list]", "d"),
        ("[data-kind^=related] p, #g", "e g"),
        ("[data-kind$='-list']", "d"),
        ("div:is(.box, #d)", "top d"),
        ("#g, .note", "g b e"),
        ("html", "html"),
    ],
)
def test_elements_that_are_named(css: str, ids: str) -> None:
    assert named(css) == ids.split()


@pytest.mark.parametrize(
    ("css", "names"),
    [
        (".note", "class='a note\tb'"),
        ("#a\\ b", "id='a b'"),
        ("[class=' note']", "class=' note'"),
        ("[class*='te b']", "class='note b'"),
    ],
)
def test_blanks_in_names(css: str, names: str) -> None:
    assert len(named(css, f"<div><p {names}>x</p></div>")) == 1


def test_a_name_may_be_written_with_references() -> None:
    assert named(".note", "<p id='a' class='n&#111;te'>x</p>") == ["a"]


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("", "is no CSS selector: "),
        ("div >", "is no CSS selector: "),
        ("<div>", "is no CSS selector: "),
        ("div, , p", "is no CSS selector: "),
        ("p::before", "names a pseudo-element, which holds no text of its own"),
        ("p:first-line", "names a pseudo-element"),
        ("p:first-child", "holds :first-child, which is not supported: supported are tags, classes, "),
        ("p:nth-child(2n)", "holds :nth-child, which is not supported"),
        ("p:contains(x)", "holds :contains, which is not supported"),
        ("div:has(p)", "holds :has, which is not supported"),
        ("p:shiny", "holds :shiny, which is not supported"),
        ("div:not(.a b)", "in brackets: write it outside"),
        ("svg|a", "names a namespace, which pages do not have"),
        ("[x|a]", "names a namespace, which pages do not have"),
        (".a" * 30, "asks for more than 20 things of one element"),
        ("p, " * MAX_COMPOUNDS + "p", f"has more than {MAX_COMPOUNDS} parts: make it several rules"),
        ("p" * (MAX_CHARS + 1), "has 1,001 characters, the limit is 1,000"),
        ("div\np", "holds control characters or line breaks"),
    ],
)
def test_what_is_refused(css: str, said: str) -> None:
    assert said in str(problem(css))


@pytest.mark.parametrize(
    ("css", "expected"), [(r".a\a0 b", "x\u00a0y"), (r"#x\a0 y", "x\u00a0y"), (r".z.a\a0 b > .plain", "p")]
)
def test_a_no_break_space_is_part_of_a_name(css: str, expected: str) -> None:
    page = '<html><body><div class="z a\u00a0b" id="x\u00a0y"><p class="plain">five</p></div></body></html>'

    assert named(css, page) == [expected]
    assert named(".a", page) == []


DEEP = "<html><body>" + "<div class='a'><span class='b'>x" * 5_000
WIDE = "<html><body>" + "<div class='a'>x</div><span class='b'>x</span>" * 30_000


@pytest.mark.parametrize("page", [DEEP, WIDE], ids=["tags left open", "long page"])
@pytest.mark.parametrize("css", ["div div div .b", "div > span", "div + span", "div ~ .b", ".a .b, span, div, *"])
def test_no_page_makes_a_selector_slow(page: str, css: str) -> None:
    tree = html.document_fromstring(page, parser=html.HTMLParser(huge_tree=True))
    begun = process_time()
    selector(css).elements(Tree(*elements(tree).said))

    assert (
        process_time() - begun < 3.0
    )  # as XPath, "div div div" takes 4 s for 2,000 open tags, and grows with the cube
