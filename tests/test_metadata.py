"""What the page, the text and the caller say, put together."""

import json

import cleaner
from cleaner.emit import metadata_fields, text_file
from cleaner.pipeline import Cleaner
from cleaner.read import document

TEXT = (
    "<p>The ferry that crossed the estuary for eighty years will return in the spring, the council said on Tuesday.</p>"
    "<p>It will carry forty passengers and a dozen bicycles, and will run every half hour until the end of October.</p>"
)
PERSON = {"@type": "Person", "name": "Ada Lindqvist"}
DESK = {"@type": "Organization", "name": "Harrow Data Desk"}


def page(author: object, lang: str = "en", body: str = TEXT) -> str:
    data = {"@type": "NewsArticle", "headline": "Ferry returns to the estuary", "author": author,
            "datePublished": "2024-11-18T10:00:00+01:00", "articleSection": "Local",
            "keywords": ["ferry", "estuary"]}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f'<html lang="{lang}"><head>{script}</head><body><h1>Ferry returns to the estuary</h1>{body}</body></html>'


def test_a_text_gains_no_keys():
    fields = metadata_fields(cleaner.clean("The ferry returned on Tuesday, the council said.").metadata)
    assert list(fields) == ["title", "authors", "agencies", "date", "publisher", "language", "url"]


def test_a_page_says_where_its_values_came_from():
    found = cleaner.clean(page(PERSON)).metadata
    assert found.authors == ["Ada Lindqvist"]
    assert found.date == "2024-11-18T10:00:00+01:00"
    assert found.section == "Local"
    assert found.tags == ["ferry", "estuary"]
    assert found.sources["date"] == {"from": ["json-ld"], "confidence": 0.9}


def test_what_the_caller_states_goes_first_and_then_the_page_is_no_source():
    read = document(page(PERSON), metadata={"title": "Mine", "authors": ["Piet Okoro"], "section": "Sea"})
    found = Cleaner().clean_document(read).metadata
    assert (found.title, found.authors, found.section) == ("Mine", ["Piet Okoro"], "Sea")
    assert not {"title", "authors", "section"} & found.sources.keys()
    assert "date" in found.sources


def test_further_fields_of_the_caller_that_have_another_form_stay_as_they_are():
    fields = metadata_fields(
        Cleaner().clean_document(document("Text.", metadata={"tags": "a, b", "sources": 3})).metadata
    )
    assert (fields["tags"], fields["sources"]) == ("a, b", 3)


def test_an_organisation_is_the_author_where_nobody_is_named():
    found = cleaner.clean(page(DESK)).metadata
    assert found.authors == ["Harrow Data Desk"]
    assert "organisations" not in found.sources
    assert found.sources["authors"]["from"] == ["json-ld"]
    assert "organisations" not in metadata_fields(found)


def test_the_text_s_language_goes_before_the_site_s():
    german = (
        "<p>Die Fähre, die achtzig Jahre lang über die Mündung fuhr, kehrt im Frühjahr zurück, sagte der Rat.</p>"
        "<p>Sie wird vierzig Fahrgäste und ein Dutzend Räder tragen und bis Ende Oktober jede halbe Stunde fahren.</p>"
    )
    found = cleaner.clean(page(PERSON, "en", german)).metadata
    assert found.language == "de"
    assert "language" not in found.sources


def test_a_text_file_of_a_page_keeps_its_metadata():
    first = cleaner.clean(page(PERSON))
    again = cleaner.clean(text_file(first))
    assert text_file(again) == text_file(first)


def test_a_name_in_capitals_is_no_other_author():
    body = "The ferry that crossed the estuary for eighty years will return in the spring, the council said on Tuesday."
    article = cleaner.clean(f"By ADA LINDQVIST\n\n{body}\n\nWritten by Ada Lindqvist and Piet Okoro", kind="text")
    assert article.metadata.authors == ["ADA LINDQVIST", "Piet Okoro"]
