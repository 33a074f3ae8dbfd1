"""The whole: whatever a page holds, nothing raises, time is bounded, and the tree stays as it is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pages import ARTICLE, ld, read

from cleaner.html.stated import stated
from cleaner.html.tree import elements, parse

PAGE = """<html lang="en"><head><title>Ferry returns | The Harrow Post</title></head><body><article>
<h1>Ferry returns</h1><p class="byline">By <b>Ada Lindqvist</b></p><time datetime="2024-11-18">Monday</time>
<p>It will carry forty passengers.</p></article></body></html>"""

FIELDS = ("headline", "name", "author", "datePublished", "dateModified", "publisher", "keywords", "image", "url", "@id",
          "@type", "mainEntityOfPage", "hasPart", "isAccessibleForFree", "articleSection", "inLanguage")  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
VALUES = st.recursive(
    LEAVES | st.sampled_from(["Ada Lindqvist", "2024-11-18T10:00:00Z", "#a", "NewsArticle", "Person"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=12,
)
MARKUP = st.lists(
    st.sampled_from([
        "<h1>", "</h1>", "<h2 class=title>", "<time datetime='2024-11-18T10:00:00+25:00'>", "<p class=byline>", "</p>",
        "By ", "Ada Lindqvist", "99.99.9999", "<div itemprop=author>", "</div>", "<a rel=author href='/author/ada'>",
        "<meta property='og:title' content='Ferry | Post'>", "<meta name='author' content=''>", "2024-02-30", "<nav>",
        "<link rel=canonical href='//['>", "<span class='date updated'>", "<script>", "</script>", "\x00", "&#0;",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


def test_the_tree_stays_as_it_is():
    tree = parse(PAGE)
    before = etree.tostring(tree)
    stated(elements(tree), None)
    assert etree.tostring(tree) == before


def test_each_value_has_its_source():
    found = read(ld({**ARTICLE, "headline": "Ferry returns"}), "<h1>Ferry returns</h1>")
    assert found.sources.keys() == found.values.keys()
    assert found.sources["title"] == {"from": ["h1", "json-ld"], "confidence": 0.955}


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8), VALUES)
def test_any_json_ld(fields, other):
    found = read(ld({**ARTICLE, **fields}, other), "<h1>Ferry</h1>", "https://a.example/ferry")
    _check(found)


@settings(max_examples=150)
@given(MARKUP, st.none() | st.text(max_size=30) | st.just("https://a.example/2024/11/18/ferry"))
def test_any_markup(markup, url):
    tree = parse(f"<html>{markup}</html>")
    if tree is not None:
        _check(stated(elements(tree), url))


def _check(found):
    for name, source in found.sources.items():
        assert source["from"]
        assert 0 < source["confidence"] <= 1
        assert isinstance(
            found.values[name], list if name in ("authors", "agencies", "organisations", "tags") else (str, bool)
        )
        assert found.values[name] not in ("", [])
    for name in ("date", "modified"):
        assert name not in found.values or found.values[name][4] == "-"


@pytest.mark.parametrize(
    "body",
    [
        "<div class='byline author date'>" * 2_000,
        "<p class='byline'>By Ada Lindqvist</p>" * 100_000,
        "<h1 class='title'>Ferry</h1>" * 50_000,
        "<time datetime='2024-11-18'>Monday</time>" * 50_000,
        "<h1>" + "<b>Ferry</b>" * 100_000 + "</h1>",
        "<p class='byline'>" + "word " * 500_000 + "</p>",
        "<div class='" + "byline-" * 100_000 + "'>Ada</div>",
        "<script>" + '{"publishedAt":"' * 200_000 + "</script>",
        "<a rel=author href='" + "/author/" * 100_000 + "'>Ada Lindqvist</a>",
    ],
    ids=[
        "deep",
        "bylines",
        "headings",
        "times",
        "long-heading",
        "long-byline",
        "long-class",
        "scripts",
        "long-address",
    ],
)
def test_huge_pages_take_bounded_time(body):
    tree = parse(f"<html><head><title>Ferry</title></head><body>{body}</body></html>")
    start = time.process_time()
    stated(elements(tree), "https://a.example/ferry")
    assert time.process_time() - start < 3
