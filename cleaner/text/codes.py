"""Codes of languages, as options, settings and rule files name them: ISO 639-1, two letters."""

from __future__ import annotations

KNOWN = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nd ne ng nl "
    "no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
# What is written instead of the code of a language that there are rules for: names, countries, other codes.
MEANT = {
    "arabic": "ar", "czech": "cs", "danish": "da", "german": "de", "deutsch": "de", "english": "en", "spanish": "es",
    "finnish": "fi", "french": "fr", "hebrew": "he", "hindi": "hi", "indonesian": "id", "italian": "it",
    "japanese": "ja", "korean": "ko", "dutch": "nl", "norwegian": "no", "polish": "pl", "portuguese": "pt",
    "russian": "ru", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi", "chinese": "zh",
    "at": "de", "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "us": "en", "jp": "ja", "ua": "uk", "vn": "vi",
    "iw": "he", "in": "id", "nb": "no", "nn": "no",
}  # fmt: skip


def problem(code: str) -> str | None:
    """What is wrong with a code, with its mend; None if it is one of a language. Case does not count.

    >>> problem("EN"), problem("german")
    (None, '"german" is no language: did you mean "de"?')
    """
    lower = code.lower()
    if lower in KNOWN:
        return None
    near = _near(lower.replace("_", "-").partition("-")[0])
    hint = f'did you mean "{near}"?' if near else "write two letters (ISO 639-1), such as en or de"
    return f'"{code}" is no language: {hint}'


def _near(word: str) -> str | None:
    """The code that a word may stand for: one of three letters begins like it."""
    for part in (word, word[:2] if len(word) == 3 else word):
        if part in KNOWN or part in MEANT:
            return MEANT.get(part, part)
    import difflib

    return next((MEANT[name] for name in difflib.get_close_matches(word, MEANT, 1)), None)
