"""Statuses: an article stays `ok`; walls, error pages, index pages and cut texts are named for what they are."""

from __future__ import annotations

import pytest
from samples import HARBOUR, ORCHARD, RAILWAY

from cleaner.config import Config
from cleaner.pipeline import Cleaner

QUAY = "The quay was closed on Monday, the harbour master said."

# What stays `ok` -------------------------------------------------------------------------------------------------

ARTICLES = {
    "one sentence": QUAY,
    "one sentence and furniture": f"{QUAY}\n\nShare this article\n\nep/ta (AP, dpa)",
    "one sentence, Japanese": "月曜日、港は閉鎖されたと港長が話した。",
    "a word": "Menu",
    "a headline": "Storm hits the coast of Norvik",
    "title of a 404 page": f"404 – Page not found\n\n{HARBOUR[0]}\n\n{HARBOUR[1]}",
    "on access": f"Access denied\n\n{HARBOUR[2]}\n\n{HARBOUR[3]}",
    "on error pages": "Page not found: the archivists who save what the web forgets\n\n"
    "When a link breaks, the browser says “404 – Page not found”. In Skelmouth, three retired teachers print out the "
    "pages of the town before they go, and keep them in the fish market.\n\n“The page you are looking for does not "
    "exist, that is what they told me at the office,” Edna Pryce said. “So I looked in the cellar.”",
    "on robots": "Are you a robot?\n\nThe question has been asked of every visitor to the library of Orrin Bay since "
    "May, and the librarian Tom Aldous has heard eleven different answers to it.\n\n“Verify you are human,” the sign "
    "at the door says. “Nobody has failed yet,” Aldous says, “but the cat was close.”",
    "on cookie banners": "We use cookies, and nobody reads on\n\nEvery site in the survey asks visitors for consent, "
    "and 340 of 400 make it harder to refuse than to agree, the consumer office of Norvik found.\n\n“Accept all” is "
    "green and large, “Reject all” grey and small, the office writes. It wants both to look the same by winter.",
    "on paywalls": "Subscribe to continue reading: how a village paper lives\n\nThe Osk Courier put up a paywall in "
    "April. “This article is for subscribers only” now stands under every second story, and 900 people pay.\n\n"
    "The editor Liese Falk did not expect that. “We thought of two hundred,” she said, “and of the rent.”",
    "on cookie walls, German": "Zustimmen oder zahlen\n\n„Mit Werbung weiterlesen“ oder ein Pur-Abo abschließen: Vor "
    "dieser Wahl stehen die Leser des Blattes seit Mai. Die Datenschützerin Petra Olm hält das für erlaubt.\n\n"
    "Anders sieht es der Verein der Leser. Er will vor Gericht klären lassen, ob eine solche Zustimmung gilt.",
    "with a cookie banner": "We use cookies to make sure our site works.\n\nAccept all\n\n"
    f"{HARBOUR[0]}\n\n{HARBOUR[1]}",
    "with a subscription box above": f"Subscribe to continue reading\n\nAlready a subscriber? Log in\n\n{HARBOUR[0]}"
    f"\n\n{HARBOUR[1]}\n\n{HARBOUR[2]}",
    "whole, with a metre below": "\n\n".join(HARBOUR) + "\n\nYou have reached your limit of free articles this month.",
    "with a link to another text": "\n\n".join(HARBOUR) + "\n\nContinue reading",
    "with an ellipsis in it": f"{HARBOUR[0]}\n\n“We wait for the tide…”\n\n{HARBOUR[1]}",
    "short last line": f"{HARBOUR[0]}\n\n{HARBOUR[1]}\n\nTom Aldous, Skelmouth",
    "verse": "The barge lay long upon the bar\nThe tide came in, the tide went far\nAnd gulls cried by rope and spar\n"
    "We counted lights along the quay\nAnd one was green and two were grey\nThe fourth one was too far to see\n"
    "O harbour master, let us through\nThe coffee's out, the milk is too\nAnd nothing left for us to do",
    "list": "\n".join(f"{n}. {what} from the market of Orrin Bay" for n, what in enumerate("salt oats eggs leeks "
                      "beans dill beets cream butter".split(), 1)),
    "results": "\n".join(f"Skelmouth Rovers {n} Orrin Bay United {9 - n} after extra time" for n in range(9)),
    "winners": "\n".join(
        f"Best {what}: {who}, for “The Long Low Tide”"
        for what, who in zip(
            "film play score cut set light sound song poster".split(),
            "Ann Poe,Lee Marsh,Tom Falk,Ida Olm,Jo Rowe,Kit Lund,Mo Hart,Uwe Brandt,Eva Lis".split(","),
            strict=True,
        )
    ),
    "interview": "\n".join(
        line
        for question in ("How did the barge get here?", "Who pays for the tugs now?", "When will the quay open again?")
        for line in (question, "With the tide, as all things do here.", "And now?", "Now we wait for the next one.")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_what_is_an_article_stays_ok(cleaner: Cleaner, name: str) -> None:
    assert cleaner.clean(ARTICLES[name]).status == "ok"


@pytest.mark.parametrize("article", [HARBOUR, ORCHARD, RAILWAY])
def test_an_article_keeps_its_status_however_it_is_laid_out(cleaner: Cleaner, article: tuple[str, ...]) -> None:
    for separator in ("\n\n", "\n", " "):
        assert cleaner.clean(separator.join(article)).status == "ok"


# What is none ----------------------------------------------------------------------------------------------------

WALLS = {
    ("consent-page", "en"): "Before you continue to Example News\n\nWe and our 843 partners process data to provide a "
    "better service.\n\nYou can change your choices at any time by clicking the privacy link in the footer.\n\n"
    "Accept all\n\nReject all\n\nManage settings",
    ("consent-page", "de"): "Willkommen bei Beispiel\n\nWir und unsere 213 Partner verarbeiten Ihre personenbezogenen "
    "Daten, zum Beispiel Kennungen in Cookies.\n\nMit Werbung weiterlesen\n\nBeispiel im Pur-Abo ohne Werbung nutzen, "
    "für 3,99 Euro im Monat\n\nSie können Ihre Auswahl jederzeit widerrufen.\n\nAlle akzeptieren",
    ("consent-page", "fr"): "Le respect de votre vie privée\n\nNous et nos 756 partenaires stockons des informations "
    "sur votre appareil, comme les cookies.\n\nVous pouvez modifier vos choix à tout moment.\n\n"
    "Continuer sans accepter\n\nAccepter et continuer",
    ("consent-page", "es"): "Antes de continuar\n\nNosotros y nuestros 812 socios almacenamos información en un "
    "dispositivo y tratamos datos personales.\n\nPuedes cambiar tus preferencias en cualquier momento.\n\n"
    "Aceptar y continuar\n\nRechazar y suscribirse",
    ("consent-page", "ja"): "Example にアクセスする前に\n\n"
    "当社と845社のパートナーは、デバイス上の情報を保存し、処理します。\n\n同意はいつでも撤回できます。\n\n同意して続行\n\nすべて拒否",
    ("robot-check", "en"): "Just a moment...\n\nexample.org\n\nVerify you are human by completing the action below.\n\n"
    "example.org needs to review the security of your connection before proceeding.\n\nRay ID: 7f3c2a91bb04d1ee\n\n"
    "Performance & security by Cloudflare",
    ("robot-check", "en-2"): "To continue, please click the box below to let us know you're not a robot.\n\n"
    "Why did this happen?\n\nPlease make sure your browser supports JavaScript and cookies and that you are not "
    "blocking them from loading.",
    ("robot-check", "en-3"): "Access Denied\n\nYou don't have permission to access /news/1 on this server.\n\n"
    "Reference #18.2f4d5a1c.1710000000.3c1a",
    ("robot-check", "de"): "Einen Moment bitte\n\nIhr Browser wird überprüft, bevor Sie weitergeleitet werden.\n\n"
    "Bitte bestätigen Sie, dass Sie kein Roboter sind.",
    ("robot-check", "fr"): "Accès refusé\n\nVeuillez confirmer que vous n’êtes pas un robot.\n\n"
    "Nos systèmes ont détecté un trafic exceptionnel sur votre réseau informatique.",
    ("robot-check", "es"): "Un momento, por favor\n\nVerificando su navegador antes de acceder al sitio\n\n"
    "Confirme que no es un robot",
    ("robot-check", "ja"): "アクセスが拒否されました\n\nあなたがロボットではないことを確認してください\n\n"
    "続行するには JavaScript と Cookie を有効にしてください",
    ("no-article", "en"): "404\n\nOops! The page you are looking for could not be found.\n\nReturn to the homepage",
    ("no-article", "en-2"): "503 Service Unavailable\n\nnginx",
    ("no-article", "en-3"): "Article not found\n\nThe article has been removed or is no longer available.\n\nHome",
    ("no-article", "de"): "404 – Seite nicht gefunden\n\nDer gewünschte Artikel wurde leider nicht gefunden.\n\n"
    "Zurück zur Startseite",
    ("no-article", "fr"): "Oups ! Cette page n’existe plus.\n\nErreur 404\n\nRetour à l’accueil",
    ("no-article", "es"): "Error 404: página no encontrada\n\nLo sentimos, el artículo que busca ya no está disponible."
    "\n\nVolver al inicio",
    ("no-article", "ja"): "ページが見つかりません\n\nお探しのページは見つかりませんでした。\n\nトップページへ戻る",
    ("no-article", "ru"): "Ошибка 404\n\nК сожалению, запрашиваемая страница не существует.\n\nВернуться на главную",
    ("no-article", "furniture"): "Storm hits Norvik\n\nShare this article\n\nSign up for our newsletter\n\nRead more",
    ("no-article", "nothing"): "",
    ("no-article", "footer"): "Terms of Use | Privacy Policy | Cookie Policy\n\n© 2025 Example Media",
    ("paywalled", "en"): f"{HARBOUR[0]}\n\nSubscribe to continue reading\n\nAlready a subscriber? Log in",
    ("paywalled", "en-2"): "This article is for subscribers only.\n\nLog in",
    ("paywalled", "en-3"): f"{HARBOUR[0]}\n\nYou have reached your free article limit.\n\n$1 a week for the first year",
    ("paywalled", "de"): f"{ORCHARD[0]}\n\nWeiterlesen mit Beispiel+\n\nDieser Artikel ist nur für Abonnenten",
    ("paywalled", "fr"): "Le pont de Valmer rouvrira lundi après sept mois de travaux, a annoncé la maire Odile "
    "Ferrand. Les habitants l’attendaient depuis l’hiver.\n\nCet article est réservé aux abonnés.\n\n"
    "Il vous reste 80 % de cet article à lire.",
    ("paywalled", "es"): f"{RAILWAY[0]}\n\nSuscríbete para seguir leyendo\n\nContenido exclusivo para suscriptores",
    ("paywalled", "ja"): "大森町の港は火曜日、砂利を積んだはしけが流されたため、二日続けて閉鎖された。"
    "港長の川端花子さんは「潮を待つだけだ」と話した。\n\nこの記事は有料会員限定です\n\n残り1,200文字",
    ("truncated", "mark"): f"{HARBOUR[0]}\n\nTwo tugs had come from Orrin Bay in the night, but the sw… [+1234 chars]",
    ("truncated", "brackets"): f"{HARBOUR[0]}\n\nTwo tugs had come from Orrin Bay in the night, but the swell was […]",
    ("truncated", "ellipsis"): f"{HARBOUR[0]}\n\nTwo tugs had come from Orrin Bay in the night, but the swell...",
    ("truncated", "link"): f"{HARBOUR[0]}\n\nTwo tugs had come from Orrin Bay in the night but\n\nContinue reading",
    ("truncated", "word"): "\n\n".join(HARBOUR) + "\n\nThe engineer said that nobody could tell whether the",
    ("truncated", "verb"): "\n\n".join(HARBOUR) + "\n\nThe engineer said that nobody could tell whether the wall would",
    ("truncated", "es"): "\n\n".join(HARBOUR) + "\n\nEl ingeniero dijo ayer que nadie sabe si el muro y su",
    ("truncated", "de"): f"{ORCHARD[0]}\n\nIm Nachbarort Unterkirch fiel in der Nacht die Pumpe aus, mit der\n\n"
    "Weiterlesen",
}  # fmt: skip


@pytest.mark.parametrize(("status", "name"), WALLS)
def test_what_is_no_article_is_named(cleaner: Cleaner, status: str, name: str) -> None:
    article = cleaner.clean(WALLS[status, name])

    assert article.status == status
    assert all(line in WALLS[status, name] for line in article.text.split("\n"))


HEADLINES = (
    "Skelmouth council hires forty collectors for the gravel",
    "Ferry to Orrin Bay sails again after nine days of storm",
    "Why the orchard growers of Hohenrode fear the month of May",
    "Village cinema reopens with a film nobody has seen before",
    "Teachers of three islands ask for a boat of their own",
    "Old lighthouse keeper finds letters from a whaling ship",
    "How a quarry firm became the largest landlord in town",
    "Railway tunnel costs a fifth more than the plan foresaw",
    "Norvik votes on its wooden bridge for the second time",
)


def test_a_list_of_headlines_is_no_article(cleaner: Cleaner) -> None:
    assert cleaner.clean("\n\n".join(HEADLINES)).status == "no-article"
    assert cleaner.clean("\n\n".join(HEADLINES[:5])).status == "ok"
    assert cleaner.clean("\n\n".join([*HARBOUR, *HEADLINES[:3]])).status == "ok"


# The budget ------------------------------------------------------------------------------------------------------


def test_past_the_budget_the_status_says_so() -> None:
    text = "\n\n".join([QUAY, *["Share this article", "Sign up for our newsletter", "Advertisement"]])

    assert Cleaner(Config(budget=0.1)).clean(text).status == "mostly-noise"
    assert Cleaner(Config(budget=0.1)).clean(text).text == QUAY
    assert Cleaner(Config(budget=0.9)).clean(text).status == "ok"


def test_where_few_words_would_be_left_doubt_saves_a_line(cleaner: Cleaner) -> None:
    """`privacy-word` is of low confidence; its witness is the line below it."""
    text = f"{QUAY}\n\nPrivacy\n\nShare this article"

    assert cleaner.clean(text).text == f"{QUAY}\n\nPrivacy"
    assert Cleaner(Config(min_words=5)).clean(text).text == QUAY


@pytest.mark.parametrize("name", [*ARTICLES])
def test_an_article_cleaned_again_keeps_its_status(cleaner: Cleaner, name: str) -> None:
    once = cleaner.clean(ARTICLES[name])

    assert cleaner.clean(once.text).status == once.status
    assert cleaner.clean(once.text).text == once.text
