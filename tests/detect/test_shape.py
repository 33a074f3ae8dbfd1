"""Where a page's article is, and what is furniture around it."""

from __future__ import annotations

from cleaner.detect.lexicon import Lexicon
from cleaner.detect.shape import Shape
from cleaner.html.blocks import read
from cleaner.segment import segment

PROSE = "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said."
LEXICON = Lexicon({"menu": -4.0, "comments": -4.5, "story": 1.0})


def shape(body: str) -> Shape:
    layout = read(f"<html><body>{body}</body></html>")
    assert layout is not None
    return Shape(segment(layout.text(), laid_out=True), layout, LEXICON)


def paragraphs(count: int) -> str:
    return "".join(f"<p>{PROSE} It was the storm of number {n}.</p>" for n in range(count))


def furniture(found: Shape) -> list[str]:
    return [found.layout.blocks[n].text for n in sorted(found.furniture)]


def test_nothing_inside_the_article_s_element_is_furniture() -> None:
    links = "<p><a href='/1'>Read the report</a></p>"
    found = shape(f"<main><article>{paragraphs(3)}{links}<h2>Menu</h2></article></main>")
    assert not found.furniture
    assert set(found.miss) == {0}


def test_a_heading_beside_the_article_s_element_is_none_either() -> None:
    found = shape(f"<div><h1>Storm closes harbour</h1><div class='story'>{paragraphs(4)}</div></div>")
    assert found.miss[0] == 1
    assert not found.furniture


def test_short_linked_blocks_far_outside_are_furniture() -> None:
    found = shape(
        f"<div><ul><li><a href='/'>Home</a></li><li>Tides at noon</li></ul></div>"
        f"<main><div class='story'>{paragraphs(4)}</div></main>"
    )
    assert furniture(found) == ["Home"]


def test_a_menu_of_a_small_page_is_furniture_however_near() -> None:
    menu = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    found = shape(f"{menu}<article>{paragraphs(3)}</article>")
    assert found.is_small
    assert furniture(found) == ["Home Sport"]


def test_what_a_class_calls_foreign_is_furniture_however_long() -> None:
    found = shape(f"<div class='comments'><p>{PROSE}</p></div><main><div class='story'>{paragraphs(4)}</div></main>")
    assert furniture(found) == [PROSE]
    assert found.foreign_words(found.layout.blocks[0].container) == 'inside "comments"'


def test_class_words_around_the_article_too_tell_nothing_of_its_lede() -> None:
    found = shape(
        f"<main class='menu'><div><div><p>{PROSE}</p></div></div>"
        f"<div><div><div class='story'>{paragraphs(4)}</div></div></div></main>"
    )
    assert found.miss[0] > 1
    assert not found.furniture
    assert found.foreign_words(found.layout.blocks[0].container) == ""


def test_class_words_that_call_half_the_text_furniture_are_not_believed() -> None:
    others = f"<div class='comments'>{paragraphs(4)}<p><a href='/'>Reply</a></p></div>"
    found = shape(f"{others}<main><div class='story'>{paragraphs(5)}</div></main>")
    assert furniture(found) == ["Reply"]
    few = shape(f"{others}<main><div class='story'>{paragraphs(15)}</div></main>")
    assert len(furniture(few)) == 5


def test_comments_longer_than_the_article_are_not_the_article() -> None:
    found = shape(f"<main><div class='story'>{paragraphs(2)}</div></main><div class='comments'>{paragraphs(9)}</div>")
    assert found.miss[:2] == [0, 0]
    assert min(found.miss[2:]) > 0


def test_of_a_page_without_running_text_everything_is_far_from_an_article() -> None:
    found = shape("<ul><li>One</li><li>Two</li></ul>")
    assert found.core == []
    assert not furniture(found)
