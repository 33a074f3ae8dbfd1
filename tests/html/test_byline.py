"""Authors: people; newsrooms and agencies apart."""

import pytest
from pages import article, meta, read, value

from cleaner.html.byline import names_of

PERSON = {"@type": "Person", "name": "Ada Lindqvist"}


@pytest.mark.parametrize(
    "body",
    [
        '<p class="byline">By Staff</p>',
        '<p class="author">Redaktion</p>',
        '<p class="byline">By signing up you agree to our terms</p>',
        '<a rel="author" href="/by/admin">admin</a>',
        '<div class="author-bio">About the author</div>',
        '<div class="comments"><span class="author">Piet Okoro</span></div>',
        '<p class="byline">Mar 6</p>',
    ],
)
def test_nobody_is_named(body):
    found = read("", "<h1>Ferry returns to the estuary</h1>" + "<p>Text.</p>" * 100 + body).values
    assert "authors" not in found


@pytest.mark.parametrize(
    "author",
    [
        PERSON,
        [PERSON],
        "Ada Lindqvist",
        [["Ada Lindqvist"]],
        {"@type": "Person", "name": ["Ada Lindqvist"]},
        {"name": "By Ada Lindqvist, Staff Writer"},
        [PERSON, {"@type": "Organization", "name": "Reuters"}],
        [PERSON, {"name": "https://harrowpost.example/ada"}, {"name": "@ada"}, None, 3],
    ],
)
def test_json_ld_in_all_its_forms(author):
    assert value("authors", article(headline="Ferry", author=author)) == ["Ada Lindqvist"]


def test_a_reference_is_followed():
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Ferry", "author": {"@id": "#ada"}},
            {"@type": "Person", "@id": "#ada", "name": "Ada Lindqvist"},
        ]
    }
    from pages import ld

    assert value("authors", ld(graph)) == ["Ada Lindqvist"]


def test_agencies_stand_apart():
    found = read(article(headline="Ferry", author=[PERSON, {"@type": "Organization", "name": "Associated Press"}]))
    assert found.values["authors"] == ["Ada Lindqvist"]
    assert found.values["agencies"] == ["Associated Press"]


def test_an_agency_alone_is_no_author_nor_the_outlet_that_took_its_text():
    head = meta("og:site_name", "The Harrow Post") + meta("author", "The Harrow Post")
    found = read(head, '<h1>Ferry</h1><p class="byline">dpa</p>').values
    assert found["agencies"] == ["dpa"]
    assert "authors" not in found
    assert "organisations" not in found


def test_a_newsroom_is_an_organisation():
    found = read(article(headline="Ferry", author={"@type": "Organization", "name": "Harrow Data Desk"})).values
    assert found.get("organisations") == ["Harrow Data Desk"]
    assert "authors" not in found


def test_agreement_goes_before_one_source():
    head = meta("author", "Web Desk") + meta("article:author", "https://social.example/harrowpost")
    body = '<h1>Ferry</h1><p class="byline">By <a rel="author" href="/by/ada">Ada Lindqvist</a></p>'
    assert value("authors", head, body) == ["Ada Lindqvist"]


def test_a_byline_of_several_elements():
    body = '<h1>Ferry</h1><a rel="author">Ada Lindqvist</a><a rel="author">Piet Okoro</a>'
    assert value("authors", meta("author", "Ada Lindqvist"), body) == ["Ada Lindqvist", "Piet Okoro"]


def test_a_line_without_any_class():
    assert value("authors", "", "<h1>Ferry</h1><div>By Ada Lindqvist</div>") == ["Ada Lindqvist"]
    assert value("authors", "", "<h1>Ferry</h1><div>Von <b>Ada Lindqvist</b></div>") == ["Ada Lindqvist"]


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        (("By", "Ada Lindqvist", ", Home and Garden Editor"), ("Ada Lindqvist",)),
        (("Written by", "Ada Lindqvist", ",", "Piet Okoro", ", and", "Mia Sund", "Updated 3 May"),
         ("Ada Lindqvist", "Piet Okoro", "Mia Sund")),
        (("Guide", "by", "Ada Lindqvist", "Senior QA Engineer"), ("Ada Lindqvist",)),
        (("Jul 11", "Written By", "Ada Lindqvist"), ("Ada Lindqvist",)),
        (("By", "Full Bio"), ()),
    ],
)  # fmt: skip
def test_pieces_of_a_byline(pieces, names):
    assert names_of(pieces)[0] == names
