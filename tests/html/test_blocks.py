"""Pages to blocks of text with what the markup says of them."""

from __future__ import annotations

import pickle

import pytest

from cleaner.html.blocks import read
from cleaner.html.inside import inside
from cleaner.html.layout import Layout, PageError


def page(body: str, head: str = "") -> Layout:
    found = read(f"<html><head>{head}</head><body>{body}</body></html>")
    assert found is not None
    return found


def texts(body: str) -> list[str]:
    return [block.text for block in page(body).blocks]


def test_what_inline_elements_hold_stays_in_its_sentence() -> None:
    assert texts("<p>The <b>old</b> mill, <a href='/m'>built in 1<sup>8</sup>90</a>,<span> burnt</span> down.</p>") == [
        "The old mill, built in 1890, burnt down."
    ]


def test_subheadings_lists_quotes_tables_code_and_captions_are_blocks_of_their_own() -> None:
    assert texts(
        "<h2>What now?</h2><ul><li>Boats</li><li><p>Nets</p></li></ul><blockquote>We wait.</blockquote>"
        "<table><tr><th>Day</th><td>Catch</td></tr><tr><td>Monday</td><td>12 t</td></tr></table>"
        "<pre>a = 1\nb = 2</pre><figure><img><figcaption>The quay</figcaption></figure>"
        "<dl><dt>Smack</dt><dd>A fishing boat</dd></dl>"
    ) == [
        "What now?", "Boats", "Nets", "We wait.", "Day Catch", "Monday 12 t", "a = 1", "b = 2", "The quay", "Smack",
        "A fishing boat",
    ]  # fmt: skip


def test_text_around_block_elements_is_kept_in_order() -> None:
    assert texts("Before <div>inside</div> after<p>then</p> last") == ["Before", "inside", "after", "then", "last"]


def test_breaks_divide_lines_and_two_of_them_paragraphs() -> None:
    found = page("<p>Low tide,<br>high tide.<br><br>Ebb.</p><p>Flood.</p>")
    assert found.text() == "Low tide,\nhigh tide.\nEbb.\n\nFlood."
    assert page("<pre>a = 1\n\nb = <i>2\n</i></pre>c").text() == "a = 1\nb = 2\n\nc"


def test_links_that_touch_are_divided() -> None:
    assert texts("<nav><a>Home</a><a>News</a></nav>") == ["Home News"]


def test_scripts_styles_forms_fields_and_vector_graphics_hold_no_text() -> None:
    assert texts(
        "<script>var a</script>One<style>p{}</style><svg><title>icon</title></svg> two<select><option>three</select>"
        "<textarea>four</textarea>"
    ) == ["One two"]


def test_the_markup_says_what_is_linked_emphasised_hidden_and_where() -> None:
    found = page(
        "<main><article class='storyBody'><p>Read <a href='/x'>more here</a> <b>now</b></p></article></main>"
        "<div style='display: none'><p>Hidden</p></div>"
    )
    first, second = found.blocks
    assert (first.linked, first.links, first.bold) == (len("more here"), 1, len("now"))
    around, at = [], first.container
    while at >= 0:
        around.append(found.containers.tags[at])
        at = found.containers.above[at]
    assert around == ["p", "article", "main", "body", "html"]
    assert found.containers.words[found.containers.above[first.container]] == ("body", "story")
    assert [found.containers.hidden[block.container] for block in (first, second)] == [False, True]


def test_what_the_head_and_the_headings_call_the_page() -> None:
    found = page(
        "<h1>Storm  hits the coast</h1>",
        "<title>Storm hits the coast | The Harrow Post</title><meta property='og:description' content='Boats sank.'>",
    )
    assert found.titles == {"storm hits the coast", "storm hits the coast | the harrow post"}
    assert found.descriptions == {"boats sank."}


def test_elements_of_the_same_tags_and_classes_share_a_path() -> None:
    found = page("<div class='a'><p>1</p><p>2</p></div><div class='b'><p>3</p></div>")
    first, second, third = (found.containers.paths[block.container] for block in found.blocks)
    assert first == second != third


def test_blocks_of_invisible_characters_are_none() -> None:
    assert texts("<p>\u200b\u2060</p><p>\u00a0</p><p>Text\u200b</p>") == ["Text\u200b"]


def test_deep_nesting_is_read_at_the_greatest_depth() -> None:
    found = page("<div>" * 2000 + "<p>Deep</p>" + "</div>" * 2000)
    assert [block.text for block in found.blocks] == ["Deep"]
    assert max(found.containers.depths) < 400


def test_a_page_that_the_parser_gives_up_is_an_error() -> None:
    with pytest.raises(PageError, match="too deep in each other"):
        page("<p>Top</p>" + "<div>" * 2100 + "<p>Deep</p>" + "</div>" * 2100 + "<p>After</p>")


def test_a_layout_is_pickled_as_its_source() -> None:
    found = page("<p>One</p><p>Two</p>", "<title>Three</title>")
    again = pickle.loads(pickle.dumps(found))
    assert (again.blocks, again.containers, again.titles) == (found.blocks, found.containers, found.titles)


def test_no_page_no_layout() -> None:
    assert read("") is None
    assert read("   ") is None


def test_blocks_inside_chosen_elements() -> None:
    layout = page(
        "<div id='1'>a<p>b <span id='2'>c</span></p><p><span id='2'>d</span></p></div>e<svg id='1'>x</svg>"
        "<table><tr id='3'><td>f</td><td id='2'>g</td></tr><tr><td id='2'>h</td></tr></table><br id='2'>i"
    )
    chosen = {element: frozenset({int(element.get("id"))}) for element in layout.tree.iter() if element.get("id")}

    found = zip(layout.blocks, inside(layout, chosen), strict=True)

    assert {block.text: sorted(numbers) for block, numbers in found} == {
        "a": [1], "b c": [1], "d": [1, 2], "e": [], "f g": [3], "h": [2], "i": [],
    }  # fmt: skip


def test_paragraphs_from_the_data_of_a_page_are_inside_no_element() -> None:
    layout = read("<html><body><p>a</p></body></html>", ["b", "c"])
    assert layout is not None

    assert inside(layout, {layout.tree: frozenset({7})}) == [{7}, set(), set()]
