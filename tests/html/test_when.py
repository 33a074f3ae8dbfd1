"""Dates: published and modified, with time and zone where the page has them."""

import pytest
from pages import article, meta, read, value

from cleaner.html.when import stamp, url_day


@pytest.mark.parametrize(
    "text", ["", "0000-00-00", "2024-13-45", "9999999999999999999", "1066-10-14", "yesterday", "3.14"]
)
def test_no_date(text):
    assert stamp(text) is None


@pytest.mark.parametrize(
    "url", ["https://a.example/2024/99/99/x", "https://a.example/p/20249999", "https://a.example/1"]
)
def test_no_date_in_an_address(url):
    assert url_day(url) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-11-18", "2024-11-18"),
        ("2024-11-18T13:03:00Z", "2024-11-18T13:03:00+00:00"),
        ("2024-11-18T13:03:00.123+0100", "2024-11-18T13:03:00+01:00"),
        ("2024-11-18 13:03", "2024-11-18T13:03:00"),
        ("2024-11-18 13:03:10 +0000 UTC", "2024-11-18T13:03:10+00:00"),
        ("Mon, 18 Nov 2024 13:03:00 +0100", "2024-11-18T13:03:00+01:00"),
        ("1731934980", "2024-11-18T13:03:00+00:00"),
        ("1731934980000", "2024-11-18T13:03:00+00:00"),
        ("Published 18 November 2024", "2024-11-18"),
    ],
)
def test_stamps(text, iso):
    assert stamp(text) == iso


def test_a_date_in_the_body_or_of_another_article_does_not_win():
    body = '<h1>Ferry</h1><p>It sank on 3 May 1999.</p><aside><time datetime="2020-01-01">1 Jan</time></aside>'
    assert value("date", article(headline="Ferry", datePublished="2024-11-18"), body) == "2024-11-18"


def test_the_zone_of_the_page_goes_before_utc():
    head = meta("article:published_time", "2024-11-19T01:05:00+00:00")
    body = '<h1>Ferry</h1><time datetime="2024-11-18T17:05:00-08:00">18 November</time>'
    assert value("date", head, body) == "2024-11-18T17:05:00-08:00"


def test_published_and_modified():
    found = read(article(headline="Ferry", datePublished="2024-11-18", dateModified="2024-11-20T08:00:00Z")).values
    assert (found["date"], found["modified"]) == ("2024-11-18", "2024-11-20T08:00:00+00:00")


def test_an_update_is_no_publication():
    body = '<h1>Ferry</h1><p class="date">Updated 20 November 2024</p>'
    assert value("date", article(headline="Ferry", datePublished="2019-02-01"), body) == "2019-02-01"


def test_a_date_beside_the_heading_is_truer_than_a_later_stamp():
    body = '<h1>Ferry</h1><p class="date">18 November 2024</p>'
    assert value("date", article(headline="Ferry", datePublished="2025-06-24T10:00:00Z"), body) == "2024-11-18"


def test_day_and_month_by_language_region_and_address():
    body = '<h1>Ferry</h1><p class="date">04/05/2024</p>'
    assert value("date", "", body, lang="de") == "2024-05-04"
    assert value("date", "", body, lang="en-GB") == "2024-05-04"
    assert value("date", "", body, lang="en-US") == "2024-04-05"
    assert value("date", "", body, lang="en") is None


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ("", "<h1>Ferry</h1>", "https://a.example/2024/11/18/ferry"),
        ("", "<h1>Ferry</h1>", "https://a.example/2024/november/18/ferry"),
        ("<script>window.data = {\"publishedAt\":\"2024-11-18T10:00:00Z\"}</script>", "<h1>Ferry</h1>", None),
        ("", '<h1>Ferry</h1><span itemprop="datePublished" content="2024-11-18">Monday</span>', None),
        ("", "<h1>Ferry</h1><div>Nov 18, 2024</div>", None),
        (meta("parsely-pub-date", "2024-11-18T10:00:00Z"), "", None),
    ],
)  # fmt: skip
def test_where_dates_stand(head, body, url):
    assert value("date", head, body, url)[:10] == "2024-11-18"
