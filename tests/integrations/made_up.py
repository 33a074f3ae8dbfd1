"""Made-up documents for the tests of the engines: in three languages, texts and pages, with and without metadata."""

from __future__ import annotations

from typing import Any

from samples import ARTICLES

NOISE = {
    "en": ("Subscribe to our newsletter", "Share this article", "Read more: The lighthouse keepers of Orrin Bay"),
    "de": ("Jetzt unseren Newsletter abonnieren!", "Artikel teilen", "Lesen Sie auch: Die Öfen von Hohenrode"),
    "es": ("Suscríbete a nuestro boletín", "Compartir", "Lea también: Las cuatro novelas del túnel"),
}
TITLES = {
    "en": "Harbour of Skelmouth stays closed",
    "de": "Obstbauern kämpfen mit Feuer gegen den Frost",
    "es": "El tren de Villaluz vuelve el lunes",
}
BYLINES = ("ep/ta (AP, dpa)", "mk/lo (Reuters)", "")
CLEAN = "The ferry to Orrin Bay sails again on Friday, the harbour master said."
NOISY = f"{CLEAN}\n\nShare this article\n\nep/ta (AP, dpa)"
RULE = """schema = 1
[[rules]]
id = "cheese-call"
category = "cheese"
action = "drop-line"
langs = ["*"]
confidence = "high"
message = "A call to buy cheese."
pattern = '''^buy our cheese\\b'''
max_chars = 80
hits = ["Buy our cheese", "Buy our cheese now"]
misses = ["They buy our cheese.", "People say: buy our cheese."]
"""


def text(number: int) -> str:
    """A text like a scraper's: some have a title above, most have noise below, each is told apart by a sentence."""
    language = list(ARTICLES)[number % 3]
    paragraphs = [*ARTICLES[language][: 1 + number % 4], f"({number} × {number % 7} = {number * (number % 7)}.)"]
    if number % 5 == 0:
        paragraphs.insert(0, f"{TITLES[language]} – NordSix")
    paragraphs += NOISE[language][: number % 4]
    paragraphs += [BYLINES[number % 3]] if BYLINES[number % 3] else []
    return "\n\n".join(paragraphs)


def page(number: int) -> str:
    """The same as HTML, with a head and a menu."""
    language = list(ARTICLES)[number % 3]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text(number).split("\n\n"))
    head = f'<title>{TITLES[language]}</title><meta name="author" content="Edna Pryce">'
    menu = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"
    return f"<html lang='{language}'><head>{head}</head><body>{menu}<article>{body}</article></body></html>"


def document(number: int, key: str = "text") -> dict[str, Any]:
    """A record as in JSON lines; `key` is `text` or `html`."""
    found: dict[str, Any] = {
        "id": f"doc-{number:05}",
        key: page(number) if key == "html" else text(number),
        "url": f"https://example.org/{number}" if number % 2 else None,
        "desk": "north" if number % 3 else "south",
    }
    if number % 4 == 1:
        found["metadata"] = {"title": f"Stated title {number}", "region": "coast"}
    return found


def documents(count: int, key: str = "text") -> list[dict[str, Any]]:
    return [document(number, key) for number in range(count)]
