"""Articles that stand in a page's data only."""

from __future__ import annotations

import json

import pytest

from cleaner import clean

PARAGRAPHS = [
    "The harbour of Norvik was closed on Monday after a storm tore two boats from their moorings, police said.",
    "Nobody was hurt, but the quay stays closed until divers have looked at its foundations, the harbour master said.",
    "“We had warned the owners twice,” said Ingrid Solheim, who has run the harbour for eleven years now.",
    "The town has asked for money to build a breakwater, which would cost about 40 million crowns. It may take years.",
]
BODY = "\n\n".join(PARAGRAPHS)


def page(data: object, visible: str = "<p>Loading</p>", kind: str = "application/ld+json") -> str:
    head = f"<head><script type='{kind}'>{json.dumps(data)}</script></head>"
    return f"<html>{head}<body><main>{visible}</main></body></html>"


ARTICLE = {"@type": "NewsArticle", "headline": "Storm closes harbour", "articleBody": BODY}


def test_what_the_page_shows_goes_before_its_data() -> None:
    shown = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[:3])
    assert clean(page(ARTICLE, shown), kind="html").text == "\n\n".join(PARAGRAPHS[:3])


def test_a_summary_in_the_data_is_no_article() -> None:
    summary = {**ARTICLE, "articleBody": PARAGRAPHS[0]}
    assert PARAGRAPHS[0] not in clean(page(summary, "<p>A page about nets and boats.</p>"), kind="html").text


def test_the_body_that_only_json_ld_has() -> None:
    assert clean(page(ARTICLE), kind="html").text == BODY


def test_its_markup_goes() -> None:
    marked = "".join(f"<p>{line.replace('Norvik', '<b>Norvik</b>')}</p>" for line in PARAGRAPHS)
    assert clean(page({**ARTICLE, "articleBody": marked}), kind="html").text == BODY


@pytest.mark.parametrize(
    "data",
    [
        {
            "props": {
                "pageProps": {"story": {"title": "Storm", "body": [{"type": "p", "text": line} for line in PARAGRAPHS]}}
            }
        },
        {"content": {"html": "".join(f"<p>{line}</p>" for line in PARAGRAPHS)}},
    ],
)
def test_the_body_that_a_script_would_show(data: object) -> None:
    assert clean(page(data, kind="application/json"), kind="html").text == BODY
