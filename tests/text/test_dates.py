"""Dates out of short strings: what is no date, or no certain one, stays None."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cleaner.text.dates import date_span, parse_date, prefers_day_first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No date in here",
        "2024",
        "November 2024",
        "18 November",
        "14:03",
        # version numbers
        "v1.2.2024",
        "Version 2024.11.18",
        "Version 18.11.2024",
        "Harbour Editor 2024.1.4",
        "PaintBox 2024.11.18",
        "2024.1.4",
        "Kernel 2.4.24",
        "boxOS 10.12.06",
        "1.18.11.2024",
        "18.11.2024.5",
        # telephone numbers, addresses, other numbers
        "Tel. 18-11-2024",
        "+20241118",
        "555-12-2024",
        "030-12-11-2024",
        "192.168.11.20",
        "dpa:20241118-99-53606/3",
        "No. 20241118",
        "202411181403",
        # prices, scores, shares
        "$18.11.2024",
        "€ 20241118",
        "20241118 €",
        "3-2",
        "6-4, 7-5 (2024)",
        "24/7",
        "10 out of 2000",
        "Top 10 of 2024",
        # impossible
        "31.02.2024",
        "32.11.2024",
        "18.13.2024",
        "2023-02-29",
        "20241318",
        "30 February 2024",
        "18.11.1812",
        "18 November 2100",
        "2024年13月18日",
        # ranges name no one day
        "18-20 November 2024",
        "18–20 November 2024",
        "18.11.2024-20.11.2024",
        # doubtful: day or month first, day or hour first
        "04/05/2024",
        "4-5-2024",
        "18/11/24",
        "at 14.03.22",
        "kl. 14.03.22",
        "2.4.24",
    ],
)
def test_no_certain_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        # numbers
        "2024-11-18",
        "20241118",
        "18/11/2024",
        "18.11.2024",
        "18.11.24",
        "18-11-2024",
        "11/18/2024",
        "2024/11/18",
        "2024.11.18",
        "18. 11. 2024",
        "2024. 11. 18.",
        "18 / 11 / 2024",
        "2024年11月18日",
        "2024 年 11 月 18 日",
        "2024년 11월 18일",
        "١٨/١١/٢٠٢٤",
        # English
        "18 November 2024",
        "18th of November, 2024",
        "November 18, 2024",
        "November 18th, 2024",
        "NOVEMBER 18, 2024",
        "Nov. 18, 2024",
        "Nov 18 2024",
        "Monday, 18 Nov 2024",
        "18-Nov-2024",
        "2024 November 18",
        # other languages
        "18. November 2024",
        "Montag, 18. Nov. 2024",
        "lundi 18 novembre 2024 à 14h03",
        "18 de noviembre de 2024",
        "18 de nov. de 2024",
        "18 novembre 2024",
        "18 de novembro de 2024",
        "18 de novembre del 2024",
        "18 noiembrie 2024",
        "18 november 2024",
        "18. nov. 2024 kl. 14:03",
        "18. marraskuuta 2024",
        "18 listopada 2024",
        "18. listopadu 2024",
        "18. studenoga 2024.",
        "18. novembra 2024",
        "18 ноября 2024 г., 14:03",
        "18 листопада 2024 року",
        "18 ноември 2024 г.",
        "18 Νοεμβρίου 2024",
        "18 ΝΟΕΜΒΡΙΟΥ 2024",
        "2024. november 18.",
        "18 Kasım 2024 Pazartesi",
        "18 November 2024 14.03 WIB",
        "18 tháng 11, 2024",
        "Thứ Hai, ngày 18 tháng 11 năm 2024",
        "18 בנובמבר 2024",
        "18 نوفمبر 2024",
        "18 تشرين الثاني 2024",
        "18 نوفمبر/تشرين الثاني 2024",
        "18 नवंबर 2024",
        # where dates stand
        "Stand: 18.11.24, 14:03 Uhr",
        "Mo 18.11.24",
        "Updated 2024.11.18 09:30",
        "(18.11.2024)",
        "18.11.2024, 14:03",
        "18. November 2024,14:03",
        "18 November 2024Reading time: 4 min",
        "Harbour opens – The Example – 18/11/2024",
        "https://www.example.com/2024/11/18/harbour-opens",
        "https://www.example.com/2024/11/18/1234-harbour-opens",
        "First 18 November 2024, then 2 December 2024",
        "Since 2020 November 18, 2024",
    ],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert parse_date(text) == "2024-11-18"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1er mars 2024", "2024-03-01"),
        ("1º de maio de 2024", "2024-05-01"),
        ("3 d'octubre de 2024", "2024-10-03"),
        ("2. února 2024", "2024-02-02"),
        ("5 września 2024", "2024-09-05"),
        ("18. listopada 2024.", "2024-10-18"),  # Croatian, where the word means October
        ("7 травня 2024", "2024-05-07"),
        ("9 Ağustos 2024", "2024-08-09"),
        ("11. heinäkuuta 2024", "2024-07-11"),
        ("3 يناير 2024", "2024-01-03"),
        ("29.02.2024", "2024-02-29"),
        ("11/11/2024", "2024-11-11"),
        ("18.11.89", "1989-11-18"),
        ("31.12.1999", "1999-12-31"),
    ],
)
def test_other_days(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-11-18 02:03:11 PM", "2024-11-18"),  # not ISO 8601: no time is taken
        ("2024-11-18T25:03", "2024-11-18"),
        ("2024-11-18T14:03", "2024-11-18T14:03:00"),
        ("2024-11-18T14:03:05.123", "2024-11-18T14:03:05"),
        ("2024-11-18T14:03:00+01:00", "2024-11-18T14:03:00+01:00"),
        ("2024-11-18T14:03:00-0530", "2024-11-18T14:03:00-05:30"),
        ("2024-11-18T13:03Z", "2024-11-18T13:03:00+00:00"),
        ("2024-11-18 14:03:00+01:00", "2024-11-18T14:03:00+01:00"),
        ("2024-11-18T14:03:00+01", "2024-11-18T14:03:00+01:00"),
        ("2024-11-18t13:03z", "2024-11-18T13:03:00+00:00"),
        ("20241118T140300Z", "2024-11-18T14:03:00+00:00"),
    ],
)
def test_full_timestamps_keep_their_time(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "day_first", "iso"),
    [
        ("04/05/2024", True, "2024-05-04"),
        ("04/05/2024", False, "2024-04-05"),
        ("4-5-2024", True, "2024-05-04"),
        ("18/11/2024", False, "2024-11-18"),  # only one reading is possible
        ("11/18/2024", True, "2024-11-18"),
        ("04.05.2024", False, "2024-05-04"),  # dots: day first always
        ("18/11/24", True, "2024-11-18"),
        ("11/18/24", False, "2024-11-18"),
        ("18/11/24", False, None),
    ],
)
def test_day_first_decides_doubtful_dates(text: str, day_first: bool, iso: str | None) -> None:
    assert parse_date(text, day_first=day_first) == iso


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Harbour opens – The Example – 18/11/2024", "18/11/2024"),
        ("Monday, 18th of November, 2024, 14:03", "18th of November, 2024"),
        ("18 ноября 2024 г., 14:03", "18 ноября 2024 г."),
        ("at 2024-11-18T14:03:00+01:00 sharp", "2024-11-18T14:03:00+01:00"),
        ("31.02.2024 and 18.11.2024", "18.11.2024"),
    ],
)
def test_span_covers_the_date(text: str, cut: str) -> None:
    found = date_span(text)
    assert found is not None
    start, end, _ = found
    assert text[start:end] == cut


def test_span_of_no_date() -> None:
    assert date_span("Harbour opens") is None


@pytest.mark.parametrize(
    ("language", "publisher", "url", "expected"),
    [
        (None, None, None, None),
        ("en", None, None, None),
        ("en", "The Harbour Example", "https://example.com/a", None),
        ("en", None, "https://bbc.com.example.com/a", None),
        ("de", None, None, True),
        ("es", None, "https://www.example.us/a", True),
        ("en", None, "https://www.example.co.uk/a", True),
        ("en", None, "https://example.com.au/a", True),
        ("en", "BBC News", None, True),
        ("en", "The Guardian", None, True),
        ("en", "DW", None, True),
        ("en", None, "https://www.dw.com/en/a", True),
        (None, None, "https://www.aljazeera.com/news/a", True),
        ("en", "dw.com", None, True),
        ("en", "The New York Times", None, False),
        ("en", "CNN", None, False),
        ("en", None, "https://edition.cnn.com/a", False),
        ("en", None, "https://www.example.gov/a", False),
        ("en", None, "https://www.example.us/a", False),
        ("en", "The Guardian", "https://www.nytimes.com/a", False),  # the host outranks the name
    ],
)
def test_prefers_day_first(language: str | None, publisher: str | None, url: str | None, expected: bool | None) -> None:
    assert prefers_day_first(language, publisher, url) is expected


def test_import_compiles_nothing() -> None:
    code = "import regex; made = regex.compile; regex.compile = None; import cleaner.text.dates, cleaner.text.names"
    subprocess.run([sys.executable, "-c", code], check=True)
