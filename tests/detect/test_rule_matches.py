"""What becomes of the rules' matches: place in the document, neighbours, blocks, fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from samples import HARBOUR

from cleaner.detect.rule_matches import find
from cleaner.pipeline import Cleaner

Accused = Callable[..., list[str]]


def rules(action: str, more: str = "", pattern: str = "^related stories$") -> str:
    return f"""schema = 1
[[rules]]
id = "rule"
category = "related"
action = "{action}"
confidence = "high"
message = "Related."
langs = ["*"]
pattern = '''{pattern}'''
misses = ["related", "stories"]
{more}
[[rules.cases]]
in = "formal"
"""


A, B, C = "Village cinema closes", "Orchestra on tour", "Hedgehogs at midnight"
HEAD = "Related stories"
SHORT_SENTENCE = "港口星期一恢复通航，渡船照常出发。"  # of a script whose headlines have no full stop


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ("after = 0.5", [HEAD, *HARBOUR]),
        ("before = 0.5", [*HARBOUR, HEAD]),
        ("after = 0.3\nbefore = 0.6", [HEAD, *HARBOUR, HEAD]),
        ("max_chars = 5", [HARBOUR[0], HEAD]),
        ("", [HARBOUR[0], HEAD + " are told"]),
    ],
)
def test_a_match_out_of_place_is_no_finding(page: Callable[..., Any], more: str, lines: list[str]) -> None:
    assert list(find(page(*lines, rules=rules("drop-line", more)))) == []


@pytest.mark.parametrize(
    ("action", "more", "lines", "wanted"),
    [
        ("drop-line", "", [HARBOUR[0], A, HEAD, B, HARBOUR[1]], [HEAD]),
        ("drop-line", "takes_previous = 1", [HARBOUR[0], A, B, HEAD, C], [B, HEAD]),
        ("drop-line", "takes_previous = 3", [HARBOUR[0], A, B, HEAD, C], [A, B, HEAD]),  # never a paragraph
        ("drop-line", "takes_previous = 1", [HARBOUR[0], HEAD, C], [HEAD]),
        ("drop-line", "takes_next = 1", [HARBOUR[0], HEAD, A, B], [HEAD, A]),
        ("drop-line", "takes_next = 2", [HARBOUR[0], HEAD, A, HARBOUR[1]], [HEAD, A]),
        ("drop-block", "", [HARBOUR[0], HEAD, A, B, C], [HEAD, A, B, C]),
        ("drop-block", "", [HARBOUR[0], HEAD, A, HARBOUR[1], B], [HEAD]),  # A heads the paragraph after it
        ("drop-block", "", [HARBOUR[0], HEAD, A, B, HARBOUR[1]], [HEAD, A]),
        ("drop-block", "", [HARBOUR[0], HEAD, HARBOUR[1]], [HEAD]),
        ("drop-block", "", [HARBOUR[0], HEAD, A, SHORT_SENTENCE, B], [HEAD, A]),
        ("drop-block", "", [HARBOUR[0], HEAD, A, B, "“It leaks,” she said.", C], [HEAD, A, B]),
        ("drop-block", "", [HARBOUR[0], HEAD, A, "— And if it leaks?", "Nobody was hurt.", HARBOUR[1]], [HEAD, A]),
        (
            "drop-block",
            "",
            [HARBOUR[0], HEAD, "A film that nobody saw.", A, B],
            [HEAD, "A film that nobody saw.", A, B],
        ),
        (
            "drop-block",
            "",
            [HARBOUR[0], HEAD, A, "Cinema closes, and then...", B],
            [HEAD, A, "Cinema closes, and then...", B],
        ),
        ("cut-tail", "after = 0.3", [*HARBOUR[:2], HEAD, HARBOUR[2], A], [HEAD, HARBOUR[2], A]),
    ],
)
def test_what_goes_along(page: Callable[..., Any], action: str, more: str, lines: list[str], wanted: list[str]) -> None:
    made = page(*lines, rules=rules(action, more))

    (finding,) = find(made)

    assert [made.blocks[n].text for n in range(finding.first, finding.last + 1)] == wanted
    assert made.text[finding.span.start : finding.span.end] == "\n\n".join(wanted)


def test_a_span_is_the_match_alone_and_fields_are_as_printed(page: Callable[..., Any]) -> None:
    text = "The pier’s lamp (photo: Jane O’Dea/AP) is out (photo: x/AP)."
    made = page(
        text,
        rules=rules("strip-span", pattern=r"\(photo: (?P<credit>[\w' ]+)/(?P<agency>ap)\)").replace(
            'misses = ["related", "stories"]', 'misses = ["photo", "a photo"]'
        ),
    )

    spans = [(made.text[f.span.start : f.span.end], dict(f.fields)) for f in find(made)]

    assert spans == [
        ("(photo: Jane O’Dea/AP)", {"credit": "Jane O’Dea", "agency": "AP"}),
        ("(photo: x/AP)", {"credit": "x", "agency": "AP"}),
    ]


def test_an_extract_rule_removes_only_where_its_category_is_named(page: Callable[..., Any]) -> None:
    read = page(HARBOUR[0], HEAD, rules=rules("extract"))
    stripped = page(HARBOUR[0], HEAD, rules=rules("extract"), strips=frozenset({"related"}))

    assert [finding.action for finding in find(read)] == ["extract"]
    assert [finding.action for finding in find(stripped)] == ["strip-span"]


LINKS = (
    "<ul><li><a href='/a'>Village cinema closes for the winter</a></li><li><a href='/b'>Orchestra on tour</a></li></ul>"
)
GOES_ON = "<h2>Hours and pay</h2><ul><li>Open from nine to twelve</li><li>Paid in herring</li></ul>"


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='box'><h3>You may also like</h3>{LINKS}</div>",
        f"<aside><p>Related stories</p>{LINKS}</aside>",
        "<div><h3>You may also like</h3><a href='/a'>Village cinema closes for the winter</a></div>",
        f"<p><strong>Related stories</strong></p>{LINKS}",
    ],
)
def test_in_a_page_a_list_ends_with_its_box(box: str) -> None:
    above, below = ("".join(f"<p>{paragraph}</p>" for paragraph in part) for part in (HARBOUR[:3], HARBOUR[3:]))
    page = f"<html><body><article><h1>Barge blocks harbour</h1>{above}{box}{GOES_ON}{below}</article></body></html>"

    text = Cleaner().clean(page, kind="html").text

    assert "cinema" not in text
    assert [line for line in ("Hours and pay", "Open from nine", "Paid in herring") if line not in text] == []


def test_in_a_page_what_has_no_link_in_a_box_goes_with_it() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in HARBOUR)
    more = "<div><h3>Related stories</h3><div><a href='/a'>Village cinema closes</a><p>Yesterday</p></div></div>"

    text = Cleaner().clean(f"<html><body><article>{body}{more}</article></body></html>", kind="html").text

    assert text == "\n\n".join(HARBOUR)
