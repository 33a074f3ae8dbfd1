"""Pages to trees."""

from cleaner.html.tree import parse


def text_of(markup: str) -> str:
    tree = parse(markup)
    return "" if tree is None else " ".join("".join(tree.itertext()).split())


def test_a_declared_charset_does_not_matter():
    head = '<?xml version="1.0" encoding="latin-1"?><html><meta charset="koi8-r">'
    assert text_of(head + "<p>Žižkov – 東京") == "Žižkov – 東京"


def test_comments_are_left_out_and_fragments_are_read():
    assert text_of("<p>One</p><!-- two --><p>three") == "Onethree"


def test_characters_that_no_page_may_hold():
    assert text_of("<p>be\x00fore \ud800after</p>") == "before ?after"


def test_nothing_to_parse():
    assert parse("") is None
    assert parse("<!-- only a comment -->") is None
