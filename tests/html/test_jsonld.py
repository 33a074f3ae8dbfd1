"""JSON-LD: mended, bounded, the article's node found."""

import time

import pytest
from pages import ARTICLE, ld, meta, read, value

from cleaner.html.jsonld import values

RELATED = {**ARTICLE, "headline": "A bridge opens", "url": "https://a.example/bridge"}
OWN = {**ARTICLE, "headline": "Ferry returns", "url": "https://a.example/ferry"}


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "A // B, [C] /* D */ ,}"}',
        '{"headline": "Line\none"}',
        "[]",
    ],
)
def test_what_is_no_fault_stays(script):
    assert values(script)


def test_marks_inside_strings_are_not_mended():
    assert values('{"headline": "A // B ,} /* C */",}') == [{"headline": "A // B ,} /* C */"}]


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "Ferry",}',
        '{"headline": "Ferry" /* the title */}',
        '{"headline": "Ferry", // the title\n"tags": ["a", "b",],}',
        '<!-- {"headline": "Ferry"} -->',
        '//<![CDATA[\n{"headline": "Ferry"}\n//]]>',
        '{"headline": "Ferry"};',
        "{&quot;headline&quot;: &quot;Ferry&quot;}",
        '{"headline": "Ferry"}{"headline": "Bridge"}',
        '{"headline": "Ferry", "articleBody": "He said "no" to it"}',
        '{"text": "C:\\quay", "headline": "Ferry"}',
    ],
)
def test_broken_scripts_are_mended(script):
    assert values(script)[0]["headline"] == "Ferry"


@pytest.mark.parametrize("script", ["", "{", "null", "headline", '{"a" "b"}', "[" * 100_000, '{"a":' * 50_000])
def test_what_cannot_be_read_is_nothing(script):
    assert not any(isinstance(one, dict) for one in values(script))


@pytest.mark.parametrize("order", [(OWN, RELATED), (RELATED, OWN)])
def test_the_pages_own_article_is_told_by_its_address_or_title(order):
    assert value("title", ld(*order), "", "https://a.example/ferry?x=1") == "Ferry returns"
    assert value("title", ld(*order) + meta("og:title", "Ferry returns")) == "Ferry returns"


@pytest.mark.parametrize("wrong", [None, 3, True, [], {}, [[None]], {"@id": "#x"}, {"name": {"name": {"name": 1}}}])
def test_wrong_types_everywhere(wrong):
    fields = ("headline", "author", "datePublished", "dateModified", "publisher", "articleSection", "keywords", "image",
              "mainEntityOfPage", "isAccessibleForFree", "hasPart", "inLanguage", "url", "@id", "@type")  # fmt: skip
    for field in fields:
        read(ld({**OWN, field: wrong}))
    read(ld({**ARTICLE, **dict.fromkeys(fields[:-1], wrong)}))


def test_references_in_a_circle():
    read(
        ld(
            {
                "@graph": [
                    {**OWN, "author": {"@id": "#a"}},
                    {"@id": "#a", "name": {"@id": "#b"}},
                    {"@id": "#b", "name": {"@id": "#a"}},
                ]
            }
        )
    )


def test_a_script_of_five_megabytes_takes_bounded_time():
    many = [{**ARTICLE, "headline": f"Ferry {n}", "author": {"name": "Ada Lindqvist"}} for n in range(40_000)]
    start = time.process_time()
    read(ld(many))
    assert time.process_time() - start < 5
