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
        '<p class="byline">Sat, 6 Mar, 2027 - 06:36</p>',
        '<figure><figcaption><span class="byline">Ada Lindqvist</span></figcaption></figure>',
        '<p><span class="author reviewed-by">Ada Lindqvist</span></p>',
    ],
)
def test_nobody_is_named(body):
    found = read("", "<h1>Ferry returns to the estuary</h1>" + "<p>Text.</p>" * 100 + body).values
    assert "authors" not in found
    assert "organisations" not in found


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


def test_an_agency_alone_wrote_the_text_and_not_the_outlet_that_took_it():
    head = meta("og:site_name", "The Harrow Post") + meta("author", "The Harrow Post")
    found = read(head, '<h1>Ferry</h1><p class="byline">dpa</p>').values
    assert "authors" not in found
    assert (found["agencies"], found["organisations"]) == (["dpa"], ["dpa"])


@pytest.mark.parametrize("byline", ["Ada Lindqvist, dpa", "dpa / Ada Lindqvist"])
def test_an_agency_beside_a_person_is_none_of_the_authors(byline):
    found = read("", f'<h1>Ferry</h1><p class="byline">{byline}</p>').values
    assert found["authors"] == ["Ada Lindqvist"]
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
    "body",
    [
        "<p>The ferry sailed <i>past the mole</i> by Ada Lindqvist's house.</p>",
        "<p><i>Songs of the Estuary</i> by Ada Lindqvist</p>",
        "<p>by ferry</p>",
        "<div>far</div>" * 60 + "<span>by Ada Lindqvist</span>",
    ],
)
def test_a_small_by_that_begins_no_byline(body):
    assert value("authors", meta("author", "Estuary Times"), f"<h1>Ferry</h1>{body}") is None


@pytest.mark.parametrize("line", ["by Ada Lindqvist", "von Ada Lindqvist", "by ADA LINDQVIST"])
def test_a_small_by_beside_the_heading(line):
    found = value("authors", meta("author", "Estuary Times"), f"<h1>Ferry</h1><div><span>{line}</span></div>")
    assert [name.title() for name in found] == ["Ada Lindqvist"]


@pytest.mark.parametrize("role", ["Former Riverton Consultant", "RN, Certified Ferry Specialist", "Lead Reviewer"])
def test_a_role_in_an_element_of_its_own_is_no_second_author(role):
    body = f'<h1>Ferry</h1><p class="author-name">Ada Lindqvist</p><p class="author-title">{role}</p>'
    assert value("authors", "", body) == ["Ada Lindqvist"]


def test_who_checked_a_text_did_not_write_it():
    body = '<h1>Ferry</h1><p><a class="author-link">Ada Lindqvist</a></p>'
    body += '<p><span class="author-meta expert"><a class="author-link">Piet Okoro</a></span></p>'
    assert value("authors", "", body) == ["Ada Lindqvist"]


@pytest.mark.parametrize(
    ("pieces", "names"),
    [
        (("Ada Lindqvist", "Writer"), ("Ada Lindqvist",)),
        (("Writer", "Ada Lindqvist"), ("Ada Lindqvist",)),
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
