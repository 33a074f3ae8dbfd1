"""The smaller fields."""

import pytest
from pages import article, meta, read, value

HOME = "https://harrowpost.example/"


def test_nothing_stated_nothing_there():
    assert read("", "<p>The ferry returned.</p>").values == {}


def test_fields_of_the_head():
    head = (
        meta("og:site_name", "The Harrow Post") + meta("article:section", "Local") + meta("article:tag", "ferry")
        + meta("article:tag", "estuary") + meta("og:locale", "en_GB") + meta("og:image", "/ferry.jpg")
        + '<link rel="canonical" href="/ferry">' + meta("article:content_tier", "locked")
    )  # fmt: skip
    found = read(head, "<h1>Ferry</h1>", HOME + "ferry?utm=1", "en-GB")
    assert found.values["publisher"] == "The Harrow Post"
    assert found.values["section"] == "Local"
    assert found.values["tags"] == ["ferry", "estuary"]
    assert found.values["language"] == "en"
    assert found.values["image"] == HOME + "ferry.jpg"
    assert found.values["canonical_url"] == HOME + "ferry"
    assert found.values["paywalled"] is True
    assert found.sources["language"] == {"from": ["html lang", "og:locale"], "confidence": 0.878}


@pytest.mark.parametrize(("free", "paywalled"), [(True, False), ("False", True), ("https://schema.org/True", False)])
def test_paywall(free, paywalled):
    assert value("paywalled", article(headline="Ferry", isAccessibleForFree=free)) is paywalled


def test_a_part_behind_a_wall():
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    assert value("paywalled", article(headline="Ferry", hasPart=[part])) is True


@pytest.mark.parametrize("href", ["javascript:void(0)", "", "http://[broken", "mailto:ada@harrowpost.example", HOME])
def test_no_canonical_address(href):
    assert value("canonical_url", f'<link rel="canonical" href="{href}">', "", HOME + "ferry") is None


def test_tags_of_one_text_and_their_bounds():
    assert value("tags", meta("keywords", "ferry, Ferry; estuary, ," + "x" * 99)) == ["ferry", "estuary"]


def test_publishers_that_are_addresses():
    assert value("publisher", article(headline="Ferry", publisher="https://harrowpost.example")) is None
