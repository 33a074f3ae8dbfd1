"""Bodies of pages as Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def rows(*cells: str, tag: str = "td") -> str:
    return "".join(f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in row.split(';'))}</tr>" for row in cells)


DAY = rows("Day;Catch", tag="th")
MONDAY = rows("Monday;12 t")


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{rows('Day', 'Monday')}</table>",  # one column
        f"<table>{DAY}</table>",  # one row
        f"<table>{DAY}{rows('Monday;12 t;fog')}</table>",
        f"<table>{DAY}{rows('<p>Monday</p>;12 t')}</table>",
        f"<table>{DAY}{rows('Monday<br>night;12 t')}</table>",
        f"<table>{DAY}<tr><td colspan=2>No catch</td></tr></table>",
        f"<table>{DAY}<tr><td rowspan=2>Monday</td><td>1 t</td></tr><tr><td>2 t</td></tr></table>",
        f"<table><tr><td><table>{DAY}{MONDAY}</table></td><td>x</td></tr></table>",
        f"<table role=presentation>{DAY}{MONDAY}</table>",
        f"<ul><li><table>{DAY}{MONDAY}</table></li></ul>",
        f"<blockquote><table>{DAY}{MONDAY}</table></blockquote>",
    ],
)
def test_rows_of_other_tables_stay_lines(table: str) -> None:
    assert "|" not in written(f"<p>One.</p>{table}<p>Two.</p>")


def test_a_simple_table_is_a_table() -> None:
    body = f"<p>One.</p><table><caption>Catches</caption><thead>{DAY}</thead>{MONDAY}</table><p>Two.</p>"
    assert written(body) == "One.\n\nCatches\n\n| Day | Catch |\n| --- | --- |\n| Monday | 12 t |\n\nTwo."
    assert written(f"<table>{MONDAY}{rows('Tuesday;9 t')}</table>") == (
        "|  |  |\n| --- | --- |\n| Monday | 12 t |\n| Tuesday | 9 t |"
    )


def test_cells_of_a_table_may_be_empty_and_hold_marks() -> None:
    cells = rows(";12 t", "Tuesday;", " ; ", "a | b;<a href='/c'>see <b>here</b></a> now")
    head = "| Day | Catch |\n| --- | --- |\n|  | 12 t |\n| Tuesday |  |\n"
    assert written(f"<table>{DAY}{cells}</table>") == head + "| a \\| b | see here now |"
    assert written(f"<table>{DAY}{cells}</table>", links=True) == head + "| a \\| b | [see here](/c) now |"


def test_of_a_table_what_was_removed_is_not_there() -> None:
    layout = read(f"<html><body><table>{DAY}{MONDAY}{rows('Follow us;here', 'Tuesday;9 t')}</table></body></html>")
    assert layout is not None
    kept = {"Day Catch": 0, "Tuesday 9 t": 3}
    text = "\n\n".join(kept)
    assert markdown(text, layout, lambda at: 0 if at < 9 else 3) == "| Day | Catch |\n| --- | --- |\n| Tuesday | 9 t |"
    assert markdown("Day\n\nTuesday 9 t", layout, lambda at: 0 if at < 3 else 3) == "Day\n\nTuesday 9 t"


def test_listings_keep_their_blanks() -> None:
    body = (
        "<pre><code>\ndef sail(boat):\n    if <b>boat</b>.ready:  # now\n\tgo()\n\n\n    return <a href='/b'>boat</a>\n"
        "</code></pre><p>End.</p>"
    )
    wanted = "```\ndef sail(boat):\n    if boat.ready:  # now\n\tgo()\n\n\n    return boat\n```\n\nEnd."
    assert written(body) == written(body, links=True) == wanted
    assert written("<pre> a<br>  b<span>   </span>c</pre>") == "```\n a\n  b   c\n```"


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert written("<pre>```sh\nls\n```</pre>") == "````\n```sh\nls\n```\n````"


def test_what_cannot_be_seen_does_not_shift_the_blocks() -> None:
    body = "<p>One.</p><p><a href='/x'></a></p><p><a href='/y'>\u200b</a></p><p>Two <a href='/z'>here</a>.</p>"
    assert written(body, links=True) == "One.\n\nTwo [here](/z)."


def test_paragraphs_that_stand_in_no_element_have_no_links() -> None:
    layout = read("<html><body><p>A <a href='/x'>link</a>.</p></body></html>", ["The ferry sails."])
    assert layout is not None
    starts = layout.starts()
    found = markdown(layout.text(), layout, lambda offset: bisect_right(starts, offset) - 1, links=True)
    assert found == "A [link](/x).\n\nThe ferry sails."


WORDS = st.sampled_from(
    ["quay", "| net", " ", "", "\n", "\n  boat", "<b>mast</b>", "<br>", "<a href='/a'>oar</a>", "\u200b"]
)
TEXTS = st.lists(WORDS, max_size=5).map("".join)
TAGS = st.sampled_from("p pre li td th div a span blockquote table tr ul".split())


def element(tag: str, inner: list[str]) -> str:
    return f"<{tag}>{''.join(inner)}</{tag}>"


PAGES = st.recursive(TEXTS, lambda inner: st.builds(element, TAGS, st.lists(inner, max_size=3)), max_leaves=12)


@given(PAGES, st.booleans())
def test_nothing_is_lost_and_only_marks_are_added(body: str, links: bool) -> None:
    layout = read(f"<html><body>{body}</body></html>")
    if layout is None or not layout.blocks:
        return
    starts = layout.starts()
    found = markdown(layout.text(), layout, lambda offset: bisect_right(starts, offset) - 1, links=links)
    assert re.sub(r"\]\([^)]*\)|[^a-z]", "", found) == re.sub("[^a-z]", "", layout.text())
    assert not re.search("[\ufdd0-\ufdef]", found)
