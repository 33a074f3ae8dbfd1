"""Titles: the article's own heading, without the site's name."""

import pytest
from pages import article, meta, value

SITE = meta("og:site_name", "The Harrow Post")
HEADLINE = "Ferry returns to the estuary"


@pytest.mark.parametrize(
    "title",
    [
        "Budget 3.0 | Council hires forty collectors",
        "Ferry – the long way home",
        "“Never again”: what the harbour master said",
        "Harrow: the post that nobody wanted",
    ],
)
def test_marks_inside_a_title_stay(title):
    assert value("title", SITE, f"<h1>{title}</h1>") == title


def test_a_question_keeps_its_first_word():
    head = "<title>The Best Ferry for Cyclists? | The Harrow Post</title>"
    assert value("title", SITE + head, "<h1>What’s the Best Ferry for Cyclists?</h1>").startswith("What’s")


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | The Harrow Post",
        f"{HEADLINE} - The Harrow Post",
        f"The Harrow Post: {HEADLINE}",
        f"{HEADLINE} – harrowpost.example",
        f"{HEADLINE} | Local | The Harrow Post",
    ],
)
def test_the_sites_name_goes(title):
    found = value("title", SITE + f"<title>{title}</title>", "", "https://www.harrowpost.example/1")
    assert found in (HEADLINE, f"{HEADLINE} | Local")


def test_the_heading_goes_before_the_title_for_search_engines():
    head = (
        meta("og:title", "Estuary ferry 2025: times and fares") + "<title>Estuary ferry 2025: times and fares</title>"
    )
    assert value("title", head, "<h1>Estuary ferry is back: times, fares, stops</h1>").startswith(
        "Estuary ferry is back"
    )


def test_a_blogs_name_as_the_first_heading_is_no_title():
    head = "<title>Notes from the quay: The last rope maker</title>" + meta("og:title", "The last rope maker")
    assert value("title", head, "<h1>Notes from the quay</h1><h2>The last rope maker</h2>") == "The last rope maker"


def test_a_sections_name_as_the_first_heading_is_no_title():
    assert value("title", article(headline=HEADLINE), "<h1>Blog</h1><h2>Elsewhere</h2>") == HEADLINE


def test_headings_of_other_articles_are_no_title():
    body = f'<aside class="related"><h1>Mayor opens a bridge</h1></aside><main><h1>{HEADLINE}</h1></main>'
    assert value("title", "", body) == HEADLINE


def test_a_kicker_in_the_heading_goes():
    body = f"<h1><span>Local news</span><span>{HEADLINE}</span></h1>"
    assert value("title", meta("og:title", HEADLINE), body) == HEADLINE


def test_the_heading_that_json_ld_names_goes_before_a_hidden_one():
    head = article(headline="All aboard after eighty years") + meta("og:title", "Harrow ferry: what is known")
    body = "<h1>Harrow ferry: what is known</h1><h2>All aboard after eighty years</h2>"
    assert value("title", head, body) == "All aboard after eighty years"


def test_words_of_two_elements_stay_apart():
    assert value("title", "", "<h1>The ferry<span>Returns at last</span></h1>") == "The ferry Returns at last"


def test_nothing_is_made_up():
    assert value("title", "", "<p>The ferry returned.</p>") is None
