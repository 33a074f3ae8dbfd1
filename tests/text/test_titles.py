"""Publisher and date behind a page's title; a dash in a headline is no separator."""

from __future__ import annotations

import pytest

from cleaner.text.titles import split_title, title_end


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Harbour closed for a second day",
        "Harbour closed – and nobody knows why",
        "Budget 3.0 | Council hires forty collectors",
        "A barge, a tug – a long night",
        "Sport | NVR",
        "The tide waits for no one - not even Edna Pryce",
        "Skelmouth – Orrin Bay 2:1",
        "Hohenrode: Feuer gegen den Frost",
        "“We wait” – the harbour master on patience",
        "Version 2.0 - what is new",
        "What to cook on Sunday – a fish pie",
        "Open 2024-11-18",
        "August 2, 1931 – February 11, 2024",
    ],
)
def test_a_headline_without_publisher_or_date_is_not_split(line: str) -> None:
    assert split_title(line) is None


@pytest.mark.parametrize(
    ("line", "title", "publisher", "date"),
    [
        ("Harbour closed for second day – NVR – 18/11/2024", "Harbour closed for second day", "NVR", "18/11/2024"),
        ("Harbour closed for second day | Skelmouth Herald", "Harbour closed for second day", "Skelmouth Herald", None),
        ("Feuer gegen den Frost - Hohenroder Tageblatt", "Feuer gegen den Frost", "Hohenroder Tageblatt", None),
        ("El tren vuelve a Villaluz | El Faro de la Costa", "El tren vuelve a Villaluz", "El Faro de la Costa", None),
        ("Harbour closed for second day - example.org", "Harbour closed for second day", "example.org", None),
        ("Harbour closed - why the barge - NVR - 18.11.2024", "Harbour closed - why the barge", "NVR", "18.11.2024"),
        ("Harbour closed for second day – 18 November 2024", "Harbour closed for second day", None, "18 November 2024"),
    ],
)
def test_publisher_and_date_are_cut_off(line: str, title: str, publisher: str | None, date: str | None) -> None:
    assert split_title(line) == (title, publisher, date)


@pytest.mark.parametrize(
    "line",
    [
        "The harbour opened on 18/11/2024 after the storm.",
        "Harbour opens – and closes again on 18/11/2024, as it did last year",
        "Nothing here",
        "",
    ],
)
def test_no_title_ends_in_the_middle_of_prose(line: str) -> None:
    assert title_end(line) == 0


def test_a_title_with_its_date_ends_where_the_text_begins() -> None:
    title = "Feuer gegen den Frost – NVR – 18.11.2024"

    assert title_end(f"{title} Im Tal von Hohenrode brannten vierhundert Öfen.") == len(title)
