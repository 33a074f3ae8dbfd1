"""Bytes to text. Keep-cases first: what must not be changed."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.encoding import decode, repair_mojibake

BRIDGE = {
    "de": "Die Bürgermeisterin eröffnete am Dienstag die neue Brücke über den Fluss. „Größer ist keine“, sagte sie.",
    "fr": "La maire a inauguré mardi le nouveau pont. L’été dernier, l’ancien pont avait été fermé à la circulation.",
    "es": "La alcaldesa de Peñalba inauguró el martes el puente. «Tuvimos que esperar más», señaló ayer.",
    "en": "“We’ve had to wait longer than we’d hoped,” she said — and thanked everyone at the Café Aurora.",
    "pl": "Burmistrz otworzyła we wtorek nowy most nad rzeką. Musieliśmy czekać dłużej, niż się spodziewaliśmy.",
    "cs": "Starostka v úterý otevřela nový most přes řeku a poděkovala obyvatelům za trpělivost.",
    "tr": "Belediye başkanı salı günü nehrin üzerindeki yeni köprüyü açtı ve kent sakinlerine teşekkür etti.",
    "ru": "Мэр города открыла во вторник новый мост через реку. Нам пришлось ждать дольше, сказала она.",
    "el": "Η δήμαρχος εγκαινίασε την Τρίτη τη νέα γέφυρα πάνω από το ποτάμι και ευχαρίστησε τους κατοίκους.",
    "ja": "市長は火曜日、川にかかる新しい橋の開通式に出席した。「長く待たなければならなかった」と述べた。",
    "zh": "市长周二出席了横跨河流的新桥落成典礼。她说，我们等待的时间比预想的要长，并感谢居民的耐心。",
    "ko": "시장은 화요일 강을 가로지르는 새 다리의 개통식에 참석했다. 주민들의 인내에 감사를 표했다.",
}


def mojibake(text: str) -> str:
    return "".join(
        bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in text.encode()
    )


@pytest.mark.parametrize("text", BRIDGE.values(), ids=BRIDGE.keys())
def test_utf8_is_taken_as_it_is_without_a_note(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


def test_nothing_is_nothing() -> None:
    assert decode(b"") == ("", "utf-8", ())


@pytest.mark.parametrize(
    "text",
    [
        "A decisão NÃO foi tomada. A IRMÃ de João disse que o AVIÃO atrasou.\nNÃO, NÃO e NÃO, repetiu.",
        "Some pages show “Ã¤” where an “ä” should be, and â€™ where an apostrophe belongs.",
        'Readers saw "Ã¤", "Ã¶", "Ã¼" and "ÃŸ" for weeks.\nThe paper has changed its software since.',
        'The name came out as "MÃ¼ller", "GrÃ¶ÃŸe", "schÃ¶n", "fÃ¼r".\nA second line speaks of other things.',
        "The price fell by 5 Â£ in one shop.",
        "Ã",
    ],
)
def test_text_that_only_looks_like_mojibake_is_kept(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


@pytest.mark.parametrize("key", ["de", "fr", "es", "ru", "pl", "ja"])
def test_mojibake_is_repaired_where_every_line_is_broken(key: str) -> None:
    good = f"{BRIDGE[key]}\nA line in ASCII.\n{BRIDGE[key]}"
    assert decode(mojibake(good).encode()) == (good, "utf-8", ("mojibake repaired in 2 lines",))


def test_mojibake_in_a_single_long_line_is_repaired() -> None:
    assert repair_mojibake(mojibake(BRIDGE["de"])) == (BRIDGE["de"], 1)


def test_a_line_that_would_lose_something_stays() -> None:
    broken = mojibake(BRIDGE["de"])
    mixed = "\n".join([broken] * 5 + [broken + " größer"])
    text, lines = repair_mojibake(mixed)
    assert lines == 5
    assert text.endswith(broken + " größer")


@pytest.mark.parametrize(
    ("key", "codec", "name"),
    [
        ("de", "cp1252", "windows-1252"),
        ("fr", "cp1252", "windows-1252"),
        ("es", "cp1252", "windows-1252"),
        ("en", "cp1252", "windows-1252"),
        ("pl", "cp1250", "windows-1250"),
        ("pl", "iso8859_2", "iso-8859-2"),
        ("cs", "cp1250", "windows-1250"),
        ("tr", "cp1254", "windows-1254"),
        ("ru", "cp1251", "windows-1251"),
        ("ru", "koi8_r", "koi8-r"),
        ("el", "cp1253", "windows-1253"),
        ("ja", "cp932", "shift_jis"),
        ("ja", "euc_jp", "euc-jp"),
        ("zh", "gb18030", "gb18030"),
        ("ko", "cp949", "euc-kr"),
    ],
)
def test_older_encodings_are_told_apart(key: str, codec: str, name: str) -> None:
    assert decode(BRIDGE[key].encode(codec)) == (BRIDGE[key], name, (f"decoded as {name}",))


@pytest.mark.parametrize(
    "text", ["The Café Aurora is open.", "Zoë Ångström spoke first.", "He paid 40 £ for it – too much."]
)
def test_one_letter_is_enough_for_western_text(text: str) -> None:
    assert decode(text.encode("cp1252"))[:2] == (text, "windows-1252")


@pytest.mark.parametrize("declared", ["windows-1251", "WINDOWS-1251"])
@pytest.mark.parametrize("head", ['<meta charset="{}">', '<META http-equiv=x content="text/html; charset={}">'])
def test_a_page_s_own_charset_goes_before_a_guess(head: str, declared: str) -> None:
    page = f"<html><head>{head.format(declared)}</head><p>Да</p>"
    assert decode(page.encode("cp1251"))[:2] == (page, "windows-1251")


@pytest.mark.parametrize("declared", ["nonsense", "hex", "unicode_escape", "utf-8", "\udc80"])
def test_a_useless_charset_is_passed_over(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>{BRIDGE["de"]}</p>'
    text, name, _ = decode(page.encode("cp1252", "replace"))
    assert BRIDGE["de"] in text
    assert name == "windows-1252"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("key", ["de", "en", "ru", "el"])
def test_utf16_without_a_mark_is_known_by_its_nul_bytes(key: str, codec: str) -> None:
    assert decode(BRIDGE[key].encode(codec)) == (BRIDGE[key], codec, (f"decoded as {codec}",))


def test_a_stray_nul_stays_in_the_text() -> None:
    assert decode(b"One\0 two three, and more of it.")[0] == "One\0 two three, and more of it."


def test_damaged_utf8_is_replaced_and_the_first_offset_is_named() -> None:
    data = BRIDGE["de"].encode()
    text, name, notes = decode(data[:20] + b"\xff" + data[20:])
    assert name == "utf-8"
    assert text.count("\ufffd") == 1
    assert notes == ("undecodable bytes replaced, the first at byte 20",)


def test_utf8_cut_inside_a_character_is_still_utf8() -> None:
    text, name, notes = decode("Die Brücke ist schön, die Straße lä".encode()[:-1])
    assert (text, name) == ("Die Brücke ist schön, die Straße l\ufffd", "utf-8")
    assert notes == ("undecodable bytes replaced, the first at byte 37",)


def test_a_byte_that_fits_nothing_is_replaced_as_the_last_resort() -> None:
    data = BRIDGE["de"].encode("cp1252") + b" \x81"
    text, name, notes = decode(data)
    assert name == "windows-1252"
    assert text == BRIDGE["de"] + " \ufffd"
    assert notes[1] == f"undecodable bytes replaced, the first at byte {len(data) - 1}"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode())[0] == repair_mojibake(text)[0]
    assert decode(codecs.BOM_UTF8 + text.encode())[0] == repair_mojibake(text)[0]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff\0")))
def test_marked_wide_round_trip(text: str) -> None:
    for codec in ("utf-16", "utf-32"):
        assert decode(text.encode(codec))[0] == repair_mojibake(text)[0]


@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x7F), min_size=2))
def test_bare_utf16_round_trip_of_ascii(text: str) -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(codec))[:2] == (text, codec)


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    text, name, notes = decode(data)
    assert isinstance(text, str)
    assert name
    assert all(isinstance(note, str) for note in notes)
