"""Bodies of pages as Markdown."""

from __future__ import annotations

from bisect import bisect_right

from cleaner.emit.markdown import markdown
from cleaner.html.blocks import read


def written(body: str, *, links: bool = False) -> str:
    layout = read(f"<html><body>{body}</body></html>")
    assert layout is not None
    text, starts = layout.text(), layout.starts()
    return markdown(text, layout, lambda offset: bisect_right(starts, offset) - 1, links=links)


def test_paragraphs_are_left_alone() -> None:
    assert written("<p>The quay is closed.</p><p>Nobody was hurt – so far.</p>") == (
        "The quay is closed.\n\nNobody was hurt – so far."
    )


def test_headings_keep_their_level() -> None:
    assert written("<h2>What now?</h2><p>Boats wait.</p><h3><div>Nets</div></h3>") == (
        "## What now?\n\nBoats wait.\n\n### Nets"
    )


def test_lists_are_numbered_or_not_and_nested() -> None:
    assert (
        written(
            "<ul><li>Boats<ol><li>Smacks</li><li>Drifters</li></ol></li><li><p>Nets</p><p>of hemp</p></li></ul>End."
        )
        == "- Boats\n    1. Smacks\n    2. Drifters\n- Nets\n  of hemp\n\nEnd."
    )


def test_quotes_and_listings() -> None:
    assert written("<blockquote><p>Wait.</p><p>And see.</p></blockquote><pre>a = 1\nb = 2</pre><p>End.</p>") == (
        "> Wait.\n>\n> And see.\n\n```\na = 1\nb = 2\n```\n\nEnd."
    )
    assert written("<p>One</p><pre>a</pre>") == "One\n\n```\na\n```"


def test_what_would_begin_a_structure_is_escaped() -> None:
    assert written("<p>1984. The year</p><p># no heading</p><p>-40 degrees</p><p>&lt;b&gt; is a tag</p>") == (
        "1984\\. The year\n\n\\# no heading\n\n-40 degrees\n\n\\<b> is a tag"
    )


def test_links_are_kept_where_they_are_wanted() -> None:
    body = "<p>The <a href='/mill?a=(1)'>old  mill</a> burnt, <a>as</a> <a href='x y'></a>feared.</p>"
    assert written(body) == "The old mill burnt, as feared."
    assert written(body, links=True) == "The [old mill](/mill?a=%281%29) burnt, as feared."


def test_a_line_after_a_break_stays_one() -> None:
    assert written("<p>Low tide,<br>high tide.</p><p>Ebb.</p>") == "Low tide,\\\nhigh tide.\n\nEbb."


def test_rows_of_tables_stay_lines() -> None:
    assert written("<table><tr><td>Day</td><td>Catch</td></tr><tr><td>Monday</td><td>12 t</td></tr></table>") == (
        "Day Catch\n\nMonday 12 t"
    )
