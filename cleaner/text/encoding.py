"""Bytes to text: byte order marks, UTF-8, UTF-16, a page's own declaration, and a guess as the last way.

Only bytes are ever repaired. A string that a caller hands over is the coordinate system of all later
offsets and stays as it is.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

# Longest first: the UTF-32 mark begins with the UTF-16 mark.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 65_536  # bytes; enough to tell an encoding, and no file becomes slow by its length
DECLARATION_REACH = 4_096  # bytes; browsers look at 1,024, news pages often put scripts before it
MIN_NUL_SHARE = 0.05  # NUL bytes / 16-bit units; blanks alone give 0.15 in Cyrillic UTF-16
CERTAIN_NUL_SHARE = 0.3  # NUL bytes / 16-bit units; above it the text is mostly ASCII
MAX_HIGH_BYTES = 8  # different leading bytes; UTF-16 of one script has 1 to 4, misread ASCII 20 and more
MIN_GOOD_PER_BAD = 4  # valid UTF-8 sequences per broken one; other encodings hardly form any by chance
MIN_RUN_SHARE = 0.3  # high bytes in runs of three and more; near 0 in Latin script, above 0.5 elsewhere
MIN_MOJIBAKE = 4  # sequences in words, in the whole text; one example in a column on encodings has 1 to 3
MIN_MOJIBAKE_LINES = 0.8  # repairable lines / lines with anything outside ASCII

# What pages declare, and what they mean by it (https://encoding.spec.whatwg.org/#names-and-labels).
MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
TEXT_CODEC = re.compile(r"(?:cp|iso8859|koi8|mac|tis|gb|big5|euc|shift|utf-(?:8|16))")
NOT_LATIN = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
# Letters outside ASCII by language. The same byte is "ñ" in windows-1252 and "ń" in windows-1250: no
# single letter decides, but a text whose letters all belong to one language does. Statistics over
# letter pairs, as other detectors use, need longer texts than a news item.
ALPHABETS = {
    "cp1252": (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüïºª", "ãáàâçéêíõóôúüºª", "àèéìíîòóùú", "àçèéíïòóúü",  # de fr es pt it ca
        "åäöéü", "æøåéôòâ", "äöåšž", "áéëïíóúöüèêç", "áðéíóúýþæö", "õäöüšž",  # sv da fi nl is et
        "éèçñáàöüäø",  # names and borrowed words in English
    ),
    "cp1250": (
        "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "çë",  # pl cs sk hu ro hr
    ),
    "cp1254": ("çğıi\u0307öşüâîû",),  # tr; the combining dot is what lower() leaves of a capital dotted I
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž"),  # lt lv
}  # fmt: skip
ALPHABETS["iso8859_2"] = ALPHABETS["cp1250"]
LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257")  # the first of equals wins
JOINERS = "’‘'·-–—…\u00ad"  # marks that may stand between two letters

# Names for people; the others are shown as Python spells them.
KNOWN_AS = {
    "cp932": "shift_jis", "cp949": "euc-kr", "big5hkscs": "big5", "iso8859_2": "iso-8859-2", "iso8859-2": "iso-8859-2",
    "iso8859_5": "iso-8859-5", "iso8859_7": "iso-8859-7", "koi8_r": "koi8-r", "koi8_u": "koi8-u", "euc_jp": "euc-jp",
} | {f"cp{n}": f"windows-{n}" for n in (874, *range(1250, 1259))}  # fmt: skip

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)|<\?xml[^>]{0,100}?encoding=["']([\w.-]+)""", re.IGNORECASE
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_ASCII = bytes(range(0x80))
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # bytes without a character in windows-1252: kept as C1 controls
_TO_BYTE = {ord(bytes([b]).decode("cp1252")): chr(b) for b in range(0x80, 0xA0) if b not in _UNDEFINED}
_TRAIL = "[\x80-\xbf" + re.escape("".join(map(chr, _TO_BYTE))) + "]"
_SEQUENCE = f"(?:[Â-ß]{_TRAIL}|[à-ï]{_TRAIL}{{2}}|[ð-ô]{_TRAIL}{{3}})"
_IN_WORD = f"(?<=[A-Za-z]){_SEQUENCE}|{_SEQUENCE}(?=[A-Za-z])|(?:{_SEQUENCE}){{2,}}"  # milliseconds to compile


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the text, the name of its encoding, and notes for people (none for plain UTF-8).

    In this order: a byte order mark; UTF-16 known by its NUL bytes; strict UTF-8; the charset that a
    page declares; UTF-8 with a few broken bytes; an 8-bit encoding chosen by the letters that result,
    windows-1252 first. A byte is replaced by U+FFFD only where nothing fits, and the note names the
    offset of the first. UTF-8 that was read as windows-1252 before is repaired (see
    `repair_mojibake`). Never raises.
    """
    text, codec, notes = _decode(data)
    name = KNOWN_AS.get(codec, codec)
    if name != "utf-8":
        notes = (f"decoded as {name}", *notes)
    text, repaired = repair_mojibake(text)
    if repaired:
        notes = (*notes, f"mojibake repaired in {repaired} line{'s' if repaired > 1 else ''}")
    return text, name, notes


def decode_declared(data: bytes, charset: str) -> tuple[str | bytes, tuple[str, ...]]:
    """Return the text in the charset that a page came with (HTTP), and a note; the bytes as they are if it is wrong.

    Bytes that have a mark or are good UTF-8 are no business of it: servers declare much that is not so.
    """
    codec = MEANT.get(_canonical(charset), _canonical(charset))
    if marked_codec(data)[0] or codec in ("", "utf-8") or _strict(data, "utf-8") is not None:
        return data, ()
    text = _strict(data, codec)
    return (data, ()) if text is None else (text, (f"decoded as {KNOWN_AS.get(codec, codec)}",))


def _canonical(charset: str) -> str:
    """Python's name of a charset; "" for one that is unknown or no charset of texts."""
    try:
        name = codecs.lookup(charset.strip().lower()).name
    except (LookupError, ValueError):
        return ""
    return name if name == "ascii" or TEXT_CODEC.match(name) else ""


def marked_codec(data: bytes) -> tuple[str, int]:
    """Return the codec that a byte order mark at the start names, and the mark's length; ("", 0) without a mark."""
    return next(((codec, len(mark)) for mark, codec in BYTE_ORDER_MARKS if data.startswith(mark)), ("", 0))


def codec_of(data: bytes) -> str:
    """Return Python's name of the codec that `decode` chooses."""
    return _decode(data)[1]


def _decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    marked, length = marked_codec(data)
    if marked:
        return _replaced(data, marked, length)
    for codec in (wide_codec(data), "utf-8", _declared(data)):
        if codec and (text := _strict(data, codec)) is not None:
            return text, codec, ()
    return _replaced(data, "utf-8" if _is_damaged_utf8(data) else _guess(data))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _replaced(data: bytes, codec: str, skip: int = 0) -> tuple[str, str, tuple[str, ...]]:
    """Decode what can be decoded; the note names the first byte (counted from the file's start) that cannot."""
    body = data[skip:]
    try:
        return body.decode(codec), codec, ()
    except UnicodeDecodeError as error:
        note = f"undecodable bytes replaced, the first at byte {error.start + skip}"
        return body.decode(codec, "replace"), codec, (note,)


def wide_codec(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: NUL bytes in number, and (nearly) all at even or all at odd places."""
    sample = data[:SAMPLE]
    if len(data) % 2 or len(data) < 4 or b"\0" not in sample:
        return None
    for codec, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        share = high.count(0) / len(high)
        if share < MIN_NUL_SHARE or low.count(0) > high.count(0) / 20:
            continue
        if share >= CERTAIN_NUL_SHARE or len(Counter(high)) <= MAX_HIGH_BYTES:
            return codec
    return None


def _declared(data: bytes) -> str | None:
    """The charset that a page's head names, as the codec that is meant by it; None if there is none."""
    found = _DECLARED.search(data[:DECLARATION_REACH])
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii", "replace")).name
    except LookupError:
        return None
    return MEANT.get(name, name) if TEXT_CODEC.match(name) else None


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good >= bad * MIN_GOOD_PER_BAD or (bad == 1 and good > 0 and text.endswith("\ufffd"))


def _guess(data: bytes) -> str:
    """The 8-bit or multi-byte codec that makes the most likely text; windows-1252 where nothing speaks against it."""
    sample = data[:SAMPLE]
    high = len(sample.translate(None, _ASCII))
    in_runs = sum(len(run) for run in _HIGH_RUN.findall(sample))
    if in_runs >= high * MIN_RUN_SHARE:
        from charset_normalizer import from_bytes

        best = from_bytes(data, cp_isolation=NOT_LATIN).best()
        if best is not None and _strict(data, best.encoding) is not None:
            return str(best.encoding)
    return max(LATIN, key=lambda codec: (latin_score(sample, codec), _strict(data, codec) is not None))


def latin_score(data: bytes, codec: str) -> float:
    """Say how well bytes read as the best-fitting language of a codec: 1 if all letters fit or none is there, to -1."""
    text = data.decode(codec, "replace")
    letters = Counter(char for char in text.lower() if char > "\x7f" and unicodedata.category(char)[0] in "LM")
    total = letters.total()
    fits = max(sum(n for char, n in letters.items() if char in alphabet) for alphabet in ALPHABETS[codec])
    padded = f" {text} "
    faults = sum(_is_fault(*padded[m.start() - 1 : m.start() + 2]) for m in re.finditer(r"[^\x00-\x7f]", padded))
    return (fits - (total - fits) - faults) / (total + faults) if total + faults else 1.0


def _is_fault(before: str, char: str, after: str) -> bool:
    """A control character, a replaced byte, or a symbol inside a word."""
    if char == "\ufffd" or unicodedata.category(char) == "Cc":
        return True
    return not char.isalpha() and char not in JOINERS and before.isalpha() and after.isalpha()


def repair_mojibake(text: str) -> tuple[str, int]:
    """Repair UTF-8 that was once read as windows-1252 ("MÃ¼ller", "donâ€™t"); return text and number of lines.

    Only where it is certain: a line turns into bytes and back into strict UTF-8 as a whole, so no
    character is lost; the sequences stand inside words, not alone in quotation marks; there are
    several; and hardly a line has good letters of its own. "NÃO" and a column that explains mojibake
    stay as they are. Twice-broken text is repaired once.
    """
    if text.isascii() or not re.search(_SEQUENCE, text):
        return text, 0
    lines = text.split("\n")
    foreign = sum(1 for line in lines if not line.isascii())
    repaired = {n: better for n, line in enumerate(lines) if (better := _repaired_line(line)) is not None}
    in_words = sum(len(re.findall(_SEQUENCE, run)) for n in repaired for run in re.findall(_IN_WORD, lines[n]))
    if in_words < MIN_MOJIBAKE or len(repaired) < foreign * MIN_MOJIBAKE_LINES:
        return text, 0
    if len(repaired) == 1 and sum(1 for line in lines if line.strip()) > 1:
        return text, 0  # one line among others: more likely a text that shows mojibake
    return "\n".join(repaired.get(n, line) for n, line in enumerate(lines)), len(repaired)


def _repaired_line(line: str) -> str | None:
    """The line as it was meant, or None if it is not mojibake from end to end."""
    if line.isascii():
        return None
    try:
        return line.translate(_TO_BYTE).encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
