"""The file that `cleaner rules new` writes: a rule that passes its test, with a comment at each line to change."""

from __future__ import annotations

from typing import NamedTuple


class Sample(NamedTuple):
    """What a rule of one action looks like, about a made-up "weather alarm" box."""

    explained: str
    lines: str
    hits: tuple[str, str]
    misses: tuple[str, str]


_LINE = (
    "# What the line looks like, upper and lower case alike; ^ and $ are its beginning and end. Anchor it with ^.\n"
    "pattern    = '''^set your weather alarm\\b'''\n"
    "# except   = ['''\\bsaid\\b''']   # if one of these is found in the line, the rule does not fire\n"
    "max_chars  = 120                 # a longer line is no such line: it is a paragraph"
)
_HITS = ("Set your weather alarm for tomorrow", "SET YOUR WEATHER ALARM")
_MISSES = ("The council set a weather alarm on Monday.", "Who trusts your weather alarm, she asked.")

SAMPLES = {
    "drop-line": Sample("the whole line goes if the pattern is found in it", _LINE, _HITS, _MISSES),
    "drop-block": Sample(
        "the line goes, and the run of short lines right after it (a list of links)", _LINE, _HITS, _MISSES
    ),
    "cut-tail": Sample(
        "the line goes, and everything after it: only for unmistakable ends",
        f"{_LINE}\nafter      = 0.5                 # only in the second half of a text: a share of it, 0.3 or more",
        _HITS,
        _MISSES,
    ),
    "strip-span": Sample(
        "only what the pattern matches goes, the rest of the line stays",
        "# What goes, upper and lower case alike. A blank next to it goes along.\n"
        "pattern    = '''\\(weather alarm: [^()]{1,40}\\)'''",
        ("The bay froze (weather alarm: red) at night.", "Snow fell (Weather alarm: none)."),
        ("The weather alarm: it rang at noon.", "It rang (the weather alarm) at noon."),
    ),
    "keep": Sample(
        "the line is protected from every other rule",
        "# What the line looks like, upper and lower case alike; ^ and $ are its beginning and end.\n"
        "pattern    = '''^weather alarm for \\w+:'''",
        ("Weather alarm for Monday: storm from the north", "WEATHER ALARM FOR TODAY: ice"),
        ("A weather alarm rang on Monday.", "The weather alarm for Monday came late."),
    ),
    "extract": Sample(
        "nothing goes; named groups become metadata: author, agency, date, publisher, title",
        "# What the line looks like, upper and lower case alike, with the field as a named group.\n"
        "pattern    = '''^weather desk: (?P<author>[^,.;]{3,60})$'''\n"
        "max_chars  = 90",
        ("Weather desk: Ada Quill", "WEATHER DESK: Jo Marsh"),
        ("The weather desk: it was empty.", "Our weather desk, said Ada Quill, is small."),
    ),
}  # fmt: skip


def template(id: str, category: str, language: str, action: str) -> str:
    """The text of a rule file for an action of `SAMPLES`."""
    sample = SAMPLES[action]
    hits, misses = (",\n".join(f"  '{text}'" for text in texts) for texts in (sample.hits, sample.misses))
    return f"""\
# A rule for article-cleaner. Change the lines below to what you have seen on real pages, then run
#   cleaner rules test FOLDER                  every hit must match, no miss may
#   cleaner check --rules FOLDER SOURCE        what it removes from your files
schema = 1

[[rules]]
id         = "{id}"   # says what fires; others name it in `ignore`, so keep it
category   = "{category}"
action     = "{action}"   # {sample.explained}
langs      = ["{language}"]   # languages of the texts it runs on; ["*"] for all
confidence = "medium"   # high: certain even in a clean text; medium: certain in scraped text; low: needs a second sign
message    = "What this line is, for people who read the removal."
{sample.lines}
# Lines that must match: two or more.
hits = [
{hits},
]
# Lines of articles that speak of the same thing and must stay: two or more.
misses = [
{misses},
]
"""
