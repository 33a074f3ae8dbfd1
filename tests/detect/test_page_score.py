"""What goes of a page, by its markup."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, Config
from cleaner.data import Article
from cleaner.detect import line_score, page_score
from cleaner.detect.page import Memo
from cleaner.read import document

PARAGRAPHS = [
    "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said.",
    "Nobody was hurt, but the quay stays closed until divers have looked at its foundations, the harbour master said.",
    "“We had warned the owners twice,” said Ingrid Solheim, who has run the harbour for eleven years.",
    "The town has asked for money to build a breakwater, which would cost about 40 million crowns.",
    "A decision is expected before the herring season begins in January.",
]
HEAD = "<head><title>Storm closes harbour of Norvik | Fjord Times</title></head>"
MENU_ENTRIES = [
    "Home", "Harbour life", "Norvik today", "Weather", "Tides", "Fishing", "Ferries", "Culture", "Letters", "Sport",
]  # fmt: skip
ENTRIES = "".join(f"<li><a href='/{entry}'>{entry}</a></li>" for entry in MENU_ENTRIES)
MENU = f"<header><nav class='menu'><ul>{ENTRIES}</ul></nav></header>"
TEASERS = "<aside class='related-teasers'><h3>Most read</h3>" + "".join(
    f"<div class='teaser'><a href='/{n}'>{title}</a></div>"
    for n, title in enumerate(("Ferry to Lund gets a new captain", "Why cod is dear", "Choir sings in the rain"))
) + "</aside>"  # fmt: skip
FOOTER = "<footer class='site-footer'><p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a></p></footer>"


def clean(inside: str, config: Config | None = None) -> Article:
    main = f"<main><article class='article-body'>{inside}</article></main>"
    return Cleaner(config).clean(f"<html>{HEAD}<body>{MENU}{main}{TEASERS}{FOOTER}</body></html>", kind="html")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_the_article_stays_and_its_surroundings_go() -> None:
    assert clean(paragraphs(*PARAGRAPHS)).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "kept",
    [
        "<h2>What the divers found</h2>",
        "<blockquote><p>The sea takes what it is owed.</p></blockquote>",
        "<ul><li>two boats sank</li><li>three boats lost their masts</li><li>the lighthouse was not hit</li></ul>",
        "<p><strong>How long will the quay stay closed?</strong></p>",
    ],
)
def test_parts_of_the_article_stay(kept: str) -> None:
    article = clean(paragraphs(*PARAGRAPHS[:2]) + kept + paragraphs(*PARAGRAPHS[2:]))
    inside = [line for line in kept.replace("<", "\n<").replace(">", ">\n").split("\n") if line and line[0] != "<"]
    assert all(line in article.text for line in inside)


@pytest.mark.parametrize("name", ["sub-title deck", "byline"])
def test_what_the_page_calls_its_description_stays_below_the_title(name: str) -> None:
    lede = "Divers are to look at the quay, and the town wants a breakwater"
    deck = f"<div><div><h1>Storm closes harbour of Norvik</h1><div class='{name}'><p>{lede}</p></div></div></div>"
    story = f"<div><div><article class='article-body'>{paragraphs(*PARAGRAPHS * 3)}</article></div></div>"
    page = f"<body>{MENU}<main>{deck}{story}</main>{TEASERS}{FOOTER}</body>"
    described = HEAD.replace("</head>", f'<meta name="description" content="{lede}"></head>')
    assert lede in Cleaner().clean(f"<html>{described}{page}</html>", kind="html").text
    assert lede not in Cleaner().clean(f"<html>{HEAD}{page}</html>", kind="html").text


@pytest.mark.parametrize("count", range(1, len(PARAGRAPHS) + 1))
def test_fragments_of_a_page_stay(count: int) -> None:
    fragment = paragraphs(*PARAGRAPHS[:count])
    assert Cleaner().clean(f"{fragment}<p>Anzeige</p>", kind="html").text == "\n\n".join(PARAGRAPHS[:count])


def test_every_removed_block_says_why() -> None:
    article = clean(paragraphs(*PARAGRAPHS))
    of_scorer = [removal for removal in article.removals if removal.rule == page_score.ID]
    assert {"Home", "Harbour life"} <= {removal.text for removal in of_scorer}
    assert all(removal.evidence for removal in of_scorer)
    assert any('"menu"' in removal.evidence for removal in of_scorer)


def test_a_run_of_furniture_is_one_finding_and_each_of_its_blocks_a_removal() -> None:
    doc = document(f"<html>{HEAD}<body>{MENU}<main>{paragraphs(*PARAGRAPHS * 3)}</main>{FOOTER}</body></html>")
    page = Cleaner().page(doc, doc.text, Memo(), [])
    found = list(page_score.furniture(page))
    assert (found[0].first, found[0].last) == (0, 9)
    assert page.text[slice(*found[0].span)].split("\n\n") == MENU_ENTRIES
    assert found[0].evidence == 'in <li> inside "menu", mostly linked, outside the article\'s element'
    said = {removal.text: removal.evidence for removal in Cleaner().clean_document(doc).removals}
    assert [said[text] for text in MENU_ENTRIES] == [found[0].evidence] * len(MENU_ENTRIES)


def test_of_a_paragraph_for_two_sizes_of_screen_one_stays() -> None:
    twice = f"<div class='desktop'>{paragraphs(*PARAGRAPHS)}</div><div class='mobile'>{paragraphs(*PARAGRAPHS)}</div>"
    assert clean(twice).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("engine", ["fast", "careful", "auto"])
def test_engines(engine: str) -> None:
    assert clean(paragraphs(*PARAGRAPHS), Config(engine=engine)).text == "\n\n".join(PARAGRAPHS)  # type: ignore[arg-type]


def test_the_second_opinion_is_asked_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Recorded:
        def __init__(self, layout: object, may_stay: object) -> None:
            asked.append(layout)

        def keeps(self, text: str) -> bool:
            return True

    monkeypatch.setattr("cleaner.html.opinion.Opinion", Recorded)
    assert clean(paragraphs(*PARAGRAPHS), Config(engine="fast")).engine == "fast"
    assert not asked
    assert clean(paragraphs(*PARAGRAPHS), Config(engine="careful")).engine == "careful"
    assert len(asked) == 1


def test_of_a_text_no_engine_is_told() -> None:
    assert Cleaner(Config(engine="careful")).clean("\n\n".join(PARAGRAPHS)).engine is None


def test_the_scorer_can_be_switched_off() -> None:
    assert "Harbour life" in clean(paragraphs(*PARAGRAPHS), Config(ignore=(page_score.ID, line_score.ID))).text


def test_the_body_as_markdown() -> None:
    inside = (
        "<h1>Storm closes harbour of Norvik</h1>" + paragraphs(*PARAGRAPHS[:3])
        + "<h2>What the divers found</h2><ul><li>two boats sank</li><li>three lost their masts</li></ul>"
        + paragraphs(f"{PARAGRAPHS[3]} (<a href='/plan'>the plan of the town</a>)", PARAGRAPHS[4])
    )  # fmt: skip
    expected = [*PARAGRAPHS[:3], "## What the divers found", "- two boats sank\n- three lost their masts"]
    tail = [f"{PARAGRAPHS[3]} ([the plan of the town](/plan))", PARAGRAPHS[4]]
    assert clean(inside, Config(format="md", links=True)).text == "\n\n".join(expected + tail)
    assert clean(inside).text.count("the plan of the town") == 1
