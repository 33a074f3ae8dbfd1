"""HTML or text. What mentions tags is text."""

from __future__ import annotations

import pytest

from cleaner.read.sniff import is_html

PROSE = "The workshop explained how pages are built, and why a missing tag seldom hurts anyone who reads them. " * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain text.",
        "If a < b and b < c, then a < c.",
        f"{PROSE}A paragraph starts with <p>.",
        f"{PROSE}It starts with <p> and ends with </p>, and <div> ends with </div>.",
        "<html> is the first tag of a page, as every beginner learns.",
        "<!DOCTYPE html> stands above it all.",
        f"<p> is the tag of a paragraph and </p> ends it. {PROSE}",
        f'# Readme\n\n<div align="center"><img src="logo.png"></div>\n\n{PROSE}',
        f'<div align="center"><h1>Tool</h1></div>\n\n{PROSE}',
        f"<!-- a remark -->\n# Title\n\n{PROSE}",
        "Copy this:\n\n```html\n<html><body><div><p>Hello</p></div><p>There</p></body></html>\n```\n",
        f"{PROSE}\n\n    <ul>\n      <li>One</li>\n    </ul>\n    <p>Two</p>\n    <p>Three</p>\n",
        "One line<br>and another<br/>of a <b>text</b> with <i>inline</i> tags.",
        '<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>',
        "<mk> said no.",
    ],
)
def test_text(text: str) -> None:
    assert not is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><title>A</title>",
        "\ufeff\n  <!doctype HTML PUBLIC '-//W3C//DTD'>\n<html><head></head></html>",
        "<html lang=de><head><title>A</title></head><body>Text</body></html>",
        "<?xml version='1.0'?>\n<!-- saved page -->\n<html xmlns='x'><body/></html>",
        "<head><title>A</title></head>",
        "<body class=x><div>Text</div></body>",
        "<article><h1>Title</h1><p>Text</p></article>",
        "<p>Only one paragraph.</p>",
        "<p>Never closed<p>but<p>meant</p>",
        "<div>\n  <p>One</p>\n  <p>Two</p>\n</div>",
        f"Warning: x\n<html><head><script>var a;</script></head><body><p>{PROSE}</p><div>{PROSE}</div><p>b</p></body>",
    ],
)
def test_html(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize("text", ["<!--" * 20_000, "<p " * 20_000, "<p></p>" * 20_000, "</p><script>" * 5_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    is_html(text)
