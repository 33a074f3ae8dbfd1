"""Dates as articles print them, to ISO 8601; doubtful ones are refused, never guessed.

Made for short strings: a stamp, a title's suffix, a field. What looks like a date but may be a
version number, a telephone number, a price, a score or a range gives None.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable

import regex

from cleaner.text.count import has_digit
from cleaner.text.months import month_number

FIRST_YEAR, LAST_YEAR = 1900, 2099
CENTURY_PIVOT = 50  # two-digit years: 00..49 are 20xx, 50..99 are 19xx


def _set(words: str, divider: str | None = None) -> frozenset[str]:
    return frozenset(words.split(divider))


# Not in the middle of a word or of a longer number such as 1.18.11.2024 or 10-18/11/2024.
_START = r"(?<![\p{L}\p{M}\d_])(?<!\d[.,:/\-–—])"
# Nor may more of the number follow; a time may (2024-14:03).
_END = r"(?![\p{L}\d_])(?![./:\-–—]\d(?!\d?:\d\d))(?!\s?[$€£¥%])"
_NAME = (
    r"(?P<name>tháng\s(?:\d{1,2}|mười(?:\s(?:một|hai))?|\p{L}+)"  # Vietnamese numbers its months
    r"|(?:تشرين|كانون)\s\p{L}+|\p{L}[\p{L}\p{M}]+)"  # Levantine Arabic has months of two words
)
_SECOND_NAME = r"(?:\s?/\s?\p{Arabic}+(?:\s\p{Arabic}+)?)?"  # Arabic often prints both names
_ORDINAL = r"(?:st|nd|rd|th|er|re|ro|[ºª°]|-?го|-?е)?"
_TIME = r"(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>Z|[+\-−]\d\d(?::?\d\d)?)"

_STAMP = (
    rf"{_START}(?P<year>\d{{4}})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    rf"(?:T{_TIME}\s?{_ZONE}?|\s{_TIME}\s?{_ZONE})(?![\d:])"
)
_YEAR_FIRST = (
    rf"{_START}(?P<year>\d{{4}})(?P<sep>-|/|\.\s?)(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)"
    rf"(?:{_END}|(?<=/\d\d)(?=/))"  # in an address an article's number may follow: /2024/11/18/1234
)
_COMPACT = rf"{_START}(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_END}"
_EAST_ASIAN = r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日号號일]"
_YEAR_LAST = rf"{_START}(?P<a>\d\d?)(?P<sep>\s?/\s?|-|\.\s?)(?P<b>\d\d?)(?P=sep)(?P<year>\d{{4}}|\d\d)(?:г\.?)?{_END}"
_DAY_NAME_YEAR = (
    rf"{_START}(?P<day>\d\d?)(?P<stop>\.)?{_ORDINAL}[\s\-./,]{{0,3}}(?:(?:of|de|del|den|d['’])\s*)?{_NAME}{_SECOND_NAME}"
    r"[.,،]{0,2}[\s\-/]{0,3}(?:(?:de|del|năm)\s+)?(?P<year>\d{4})(?!\d)(?:\s?[гр]\.|\s(?:року|года)\b)?"
)
_NAME_DAY_YEAR = rf"{_START}{_NAME}[\s.\-/]{{0,3}}(?P<day>\d\d?){_ORDINAL}[\s.,،\-/]{{1,3}}(?P<year>\d{{4}})(?!\d)"
_YEAR_NAME_DAY = (
    rf"{_START}(?P<year>\d{{4}})[.,]?[\s\-/]+(?:m\.\s)?{_NAME}\.?[\s\-/]+(?P<day>\d\d?)(?!\d|:\d|,?\s+\d{{4}})\.?"
)

# What stands right before numbers that are no date.
_VERSION_OR_NUMBER = (
    r"(?:\b(?:v|ver|version|release|build|firmware|rev|patch|tel|phone|fax|telefon|call)\b[.:]?"
    r"|\b(?:no|nr)\.|[$€£¥#+])\s?$"
)
_CLOCK_WORD = r"\b(?:at|um|kl|klo|alle|ore|à|às|gegen|ab)\b\.?\s?$"
_NAME_BEFORE = r"(?:^|[\s(\[])([\p{L}\d]*\p{Lu}[\p{L}\d]*)\s$"  # "PyCharm ", "macOS "
_STAMP_WORDS = _set(
    "published posted updated update created date datum data fecha stand vom am publiziert veröffentlicht erstellt"
    " aktualisiert publié mis le pubblicato opublikowano"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
)

# Outlets that print the month first, and outlets in English that print the day first: by host, by name.
_MONTH_FIRST_HOSTS = _set(
    "apnews.com nytimes.com washingtonpost.com cnn.com foxnews.com foxbusiness.com nbcnews.com abcnews.go.com"
    " cbsnews.com npr.org pbs.org usatoday.com wsj.com latimes.com chicagotribune.com politico.com axios.com vox.com"
    " thehill.com newsweek.com time.com bloomberg.com businessinsider.com forbes.com voanews.com huffpost.com"
    " buzzfeed.com msnbc.com nypost.com bostonglobe.com miamiherald.com thedailybeast.com slate.com theatlantic.com"
    " newyorker.com wired.com theverge.com techcrunch.com arstechnica.com propublica.org cnbc.com marketwatch.com"
    " sfchronicle.com seattletimes.com washingtontimes.com rollcall.com espn.com cnet.com engadget.com rferl.org"
)
_MONTH_FIRST_NAMES = _set(
    "ap|associated press|new york times|washington post|cnn|fox news|fox business|nbc news|cbs news|npr|pbs"
    "|pbs newshour|usa today"
    "|wall street journal|wsj|los angeles times|chicago tribune|politico|axios|vox|hill|newsweek|time"
    "|bloomberg|business insider|forbes|voa|voa news|voice of america|huffpost|buzzfeed news|msnbc|new york post"
    "|boston globe|miami herald|daily beast|slate|atlantic|new yorker|wired|verge|techcrunch|ars technica|propublica"
    "|cnbc|marketwatch|san francisco chronicle|seattle times|washington times|roll call|espn|cnet|engadget",
    "|",
)
_DAY_FIRST_HOSTS = _set(
    "bbc.com theguardian.com telegraph.com thetimes.com sky.com ft.com economist.com dw.com aljazeera.com france24.com"
    " rfi.fr euronews.com thelocal.com swissinfo.ch politico.eu euractiv.com euobserver.com middleeasteye.net"
    " thehindu.com hindustantimes.com indiatimes.com ndtv.com indianexpress.com straitstimes.com"
    " channelnewsasia.com scmp.com dawn.com news24.com iol.co.za punchng.com vanguardngr.com arabnews.com gulfnews.com"
    " khaleejtimes.com thenationalnews.com jpost.com timesofisrael.com haaretz.com dailysabah.com hurriyetdailynews.com"
    " irishtimes.com tass.com rt.com kyivindependent.com ukrinform.net themoscowtimes.com trtworld.com"
)
_DAY_FIRST_NAMES = _set(
    "bbc|bbc news|bbc sport|guardian|daily telegraph|telegraph|independent|times|sky news|itv news|financial times"
    "|economist|daily mail|daily mirror|daily express|dw|deutsche welle|al jazeera|france 24|france24|rfi|euronews"
    "|swissinfo|swi swissinfo|rté|rté news|irish times|irish independent|politico europe|euractiv|middle east eye"
    "|times of india|hindu|hindustan times|ndtv|indian express|straits times|cna|channel newsasia"
    "|south china morning post|scmp|dawn|sydney morning herald|age|news24|arab news|gulf news|khaleej times|national"
    "|jerusalem post|times of israel|haaretz|daily sabah|tass|rt|kyiv independent|moscow times|trt world",
    "|",
)
_MONTH_FIRST_DOMAINS = _set("us gov mil edu")
_DAY_FIRST_DOMAINS = _set(
    "uk au nz ie in za sg my ng ke pk bd lk gh ug tz zm zw mt cy"
    " de at ch fr it es pt nl be lu dk no se fi is pl cz sk si hr rs bg ro gr ua ru tr il eu"
)


@functools.cache
def _rx(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def _iso(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_stamp(match: regex.Match[str], day_first: bool | None) -> str | None:
    date = _read_numbers(match, day_first)
    if date is None:
        return None
    try:
        time = datetime.time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return date
    return f"{date}T{time.isoformat()}{_offset(match['zone'] or '')}"


def _offset(zone: str) -> str:
    if zone in ("", "Z", "z"):
        return "+00:00" if zone else ""
    sign, digits = "+" if zone[0] == "+" else "-", zone[1:].replace(":", "")
    return f"{sign}{int(digits[:2]):02}:{int(digits[2:] or 0):02}"


def _read_numbers(match: regex.Match[str], _day_first: bool | None) -> str | None:
    return _iso(int(match["year"]), int(match["month"]), int(match["day"]))


def _read_compact(match: regex.Match[str], day_first: bool | None) -> str | None:
    return None if _before(match, _VERSION_OR_NUMBER) else _read_numbers(match, day_first)


def _read_year_first(match: regex.Match[str], day_first: bool | None) -> str | None:
    # 2024.1.4 is as likely a version; 2024.01.04 and "2024. 1. 4." are dates unless a product's name stands before.
    if match["sep"] == "." and (len(match["month"]) + len(match["day"]) < 4 or _follows_a_name(match)):
        return None
    return _read_compact(match, day_first)


def _read_year_last(match: regex.Match[str], day_first: bool | None) -> str | None:
    if _before(match, _VERSION_OR_NUMBER):
        return None
    a, b, year, mark = int(match["a"]), int(match["b"]), int(match["year"]), match["sep"].strip()
    if len(match["year"]) == 2:
        if not _is_short_year(match, mark, day_first):
            return None
        year += 2000 if year < CENTURY_PIVOT else 1900
    elif mark != ".":
        if a > 12 or b > 12 or a == b:  # only one reading is possible
            day_first = a > 12 or a == b
        if day_first is None:
            return None
    return _iso(year, b, a) if mark == "." or day_first else _iso(year, a, b)


def _is_short_year(match: regex.Match[str], mark: str, day_first: bool | None) -> bool:
    """18.11.24 is a date where no product or clock word stands before it; 18/11/24 only where the order is known."""
    if mark == "/":
        return day_first is not None
    padded = len(match["a"]) == len(match["b"]) == 2
    return mark == "." and padded and not _follows_a_name(match) and not _before(match, _CLOCK_WORD)


def _read_named(match: regex.Match[str], _day_first: bool | None) -> str | None:
    month = month_number(match["name"], stop_after_day="stop" in match.groupdict() and match["stop"] is not None)
    return _iso(int(match["year"]), month, int(match["day"])) if month else None


def _before(match: regex.Match[str], pattern: str) -> regex.Match[str] | None:
    return _rx("(?i)" + pattern).search(match.string[max(0, match.start() - 40) : match.start()])


def _follows_a_name(match: regex.Match[str]) -> bool:
    found = _rx(_NAME_BEFORE).search(match.string[max(0, match.start() - 40) : match.start()])
    return found is not None and found[1].lower() not in _STAMP_WORDS


_FORMS = (
    (_STAMP, _read_stamp),
    (_YEAR_FIRST, _read_year_first),
    (_COMPACT, _read_compact),
    (_EAST_ASIAN, _read_numbers),
    (_YEAR_LAST, _read_year_last),
    (_DAY_NAME_YEAR, _read_named),
    (_NAME_DAY_YEAR, _read_named),
    (_YEAR_NAME_DAY, _read_named),
)


@functools.cache
def _compiled() -> tuple[tuple[regex.Pattern[str], Callable[[regex.Match[str], bool | None], str | None]], ...]:
    return tuple((regex.compile(pattern, regex.IGNORECASE), read) for pattern, read in _FORMS)


def date_span(text: str, *, day_first: bool | None = None) -> tuple[int, int, str] | None:
    """Where the first unmistakable date of a short text stands, and its ISO form: (start, end, iso).

    `start` and `end` are half-open code-point offsets; a weekday before the date is not in them, nor
    a time after it, unless the date is a full ISO 8601 timestamp. `day_first` decides dates such as
    04/05/2024, which are skipped where it is None.

    >>> date_span("Mayor opens bridge – DW – 18/11/2024")
    (26, 36, '2024-11-18')
    """
    best: tuple[int, int, str] | None = None
    for pattern, read in _compiled() if has_digit(text) else ():
        for match in pattern.finditer(text, overlapped=True):
            if best and (match.start(), -match.end()) >= (best[0], -best[1]):
                break
            iso = read(match, day_first)
            if iso:
                best = (match.start(), match.end(), iso)
                break
    return best


def parse_date(text: str, *, day_first: bool | None = None) -> str | None:
    """The first unmistakable date of a short text as `YYYY-MM-DD`, or None.

    Full ISO 8601 timestamps keep their time: `YYYY-MM-DDTHH:MM:SS`, with `+HH:MM` where they name a
    zone. `day_first` is as in `date_span`; dates with dots are read day first always.

    >>> parse_date("Monday, 18 Nov 2024, 14:03 Uhr")
    '2024-11-18'
    >>> parse_date("2024-11-18T13:03Z")
    '2024-11-18T13:03:00+00:00'
    >>> parse_date("04/05/2024") is None, parse_date("04/05/2024", day_first=True)
    (True, '2024-05-04')
    """
    found = date_span(text, day_first=day_first)
    return found[2] if found else None


def prefers_day_first(language: str | None, publisher: str | None, url: str | None) -> bool | None:
    """Whether 04/05/2024 means 4 May (True), 5 April (False), or cannot be told (None).

    `language` is ISO 639-1: every language but English prints the day first. For English, or where
    the language is unknown, the outlet decides (by host, then by `publisher`'s name), then the
    host's country.

    >>> prefers_day_first("de", None, None), prefers_day_first("en", None, None)
    (True, None)
    >>> prefers_day_first("en", "The Guardian", None), prefers_day_first("en", None, "https://www.nytimes.com/a")
    (True, False)
    """
    if language and language.lower()[:2] != "en":
        return True
    name = _rx(r"^the ").sub("", " ".join((publisher or "").lower().split()))
    hosts = [_host(url or ""), _host(name) if "." in name and " " not in name else ""]
    for host in hosts:
        suffixes = {host[at:] for at in (0, *(m.end() for m in _rx(r"\.").finditer(host)))}
        if suffixes & (_MONTH_FIRST_HOSTS | _MONTH_FIRST_DOMAINS):
            return False
        if suffixes & (_DAY_FIRST_HOSTS | _DAY_FIRST_DOMAINS):
            return True
    return False if name in _MONTH_FIRST_NAMES else True if name in _DAY_FIRST_NAMES else None


def _host(url: str) -> str:
    found = _rx(r"(?:\w+:)?(?://)?(?:[^/@]*@)?([^/:?#]+)").match(url.strip().lower())
    return found[1].rstrip(".") if found else ""
