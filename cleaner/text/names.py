"""People and news agencies out of credit lines, as printed.

"By JANE DOE and John Roe, Staff Writers" names two people; "mk/lo (AP, dpa)" two desk initials and
two agencies. Whoever is not a person (a newsroom, an outlet, a role, a place) is left out.
"""

from __future__ import annotations

import functools
import re

import regex

from cleaner.text.agencies import AGENCIES
from cleaner.text.dates import date_span
from cleaner.text.fold import fold

LONGEST_CREDIT = 400  # characters; a longer text is no credit line
LONGEST_NAME = 70  # characters
MOST_WORDS = 8  # of one name: "María José de la Torre y Fernández"
ANY_CASE_FROM = 6  # letters from which an agency's name counts in any case


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Patterns are compiled on first use, by _rx: all of them cost 50 ms.

# "Text: Von ", "Written by ", "Ein Kommentar von "; all that stands before a colon goes anyway.
_BY = (
    r"(?i)^(?:(?:an?|eine?|une?|una)\s)?"
    r"(?:(?:written|reported|reporting|posted|published|edited|reviewed|compiled|story|words|text|report|analysis|opinion"
    r"|commentary|column|interview|review|essay|guest essay|kommentar|analyse|kolumne|bericht|gastbeitrag|reportage"
    r"|porträt|rezension|glosse|leitartikel|artikel|beitrag|propos recueillis)\s)?"
    r"(?:by|von|por|par|di|door|av|af|przez|napsal[ai]?|írta|автор|yazan|oleh)\b\s*"
)
_NAME_LIKE_BY = r"(?:Von|Di)\s\p{Lu}\p{Ll}+"  # Von Miller, Di Maio: surnames
_AND = r"(?:and|AND|und|UND|sowie|et|ET|och|OCH|og|OG|ja|ve|oraz|și|dan|và|και|и|та|és|with|WITH|mit|avec|con)"
_DIVIDER = rf"\s*(?:[,;/|•·⋅+&\n\t、，؛،]|\s[-–—]\s|\s{_AND}(?=\s))\s*(?:{_AND}\s+)*|\s+[-–—]$"
_SOFT_AND = r"\s(?:y|e|i|і|й|a|en)\s"  # also inside names (Ortega y Gasset), or before a place (en Madrid)
_PLACE_TAIL = (
    r"\s(?:in|at|from|aus|für|bei|à|a|en|on|am|[Ff]or|FOR|Twitter|Facebook|LinkedIn|Follow)(?:\s.*)?$"
    r"|\s[-–—]?\s*\d.*$"
)
_BRACKETS = r"\s*[(\[][^()\[\]]*[)\]]"
_ADDRESS = r"https?://\S+|www\.\S+|\S*@\S+"
# "Jane Doe Updated: ", "Max MusterKorrespondent": where a stamp or a role begins, also without a space.
_STAMP = (
    r"(?i)(?<=\S)\s+(?:last\s)?(?:updated|published|posted|reviewed|released|publiziert|aktualisiert|veröffentlicht)\b:?"
    r"|(?<=\p{Ll})(?=(?-i:Korrespondent|Redakteur|Reporter|Updated|Published|Posted))"
)
_REGIONAL_DESK = r"\b(dpa)\s?/\s?l[a-z]{2}\b"  # dpa/lby is the agency's desk for Bavaria: no initials

_ROLE = (
    r"(?:authors?|(?:copy)?writers?|reporters?|reviewers?|editors?|correspondents?|journalists?|columnists?|contributors?|producers?"
    r"|photographers?|analysts?|critics?|interns?|freelancers?|presenters?|directors?|managers?|(?:co-)?founders?"
    r"|engineers?|scientists?|developers?|architects?|designers?|physicians?|attorneys?|lawyers?|presidents?|officers?"
    r"|ceo|coo|cfo|cto|professors?|lecturers?|researchers?|specialists?|experts?|consultants?|dietitians?|strategists?"
    r"|bureau\schiefs?|editor-in-chief|\p{L}*redakteur(?:in|e|innen)?|\p{L}*korrespondent(?:in|en|innen)?"
    r"|\p{L}*reporter(?:in|innen)|journalist(?:in|en|innen)|volontär(?:in)?|(?:ressort|büro)leiter(?:in)?"
    r"|kolumnist(?:in)?|autor(?:in|en|innen)?|mitarbeiter(?:in)?|journalistes?|rédact(?:eur|rice)s?"
    r"|correspondante?s?|envoyée?s?\sspécia(?:le?s?|ux)|chroniqueu(?:r|se)s?|redactor(?:a|es)?|corresponsal(?:es)?"
    r"|periodistas?|enviad[oa]s?\sespecial(?:es)?|columnistas?|reporter[oa]s?|redattor[ei]|redattrice"
    r"|corrispondent[ei]|inviat[oa]|giornalist[ai]|repórter(?:es)?|correspondentes?|jornalistas?|colunistas?"
    r"|redacteur|redactrice|verslaggever|verslaggeefster|redaktör|redaktør|dziennikar(?:z|ka)|redaktor(?:ka)?"
    r"|novinář(?:ka)?|корреспондент|журналист(?:ка)?|редактор|обозреватель|кореспондент(?:ка)?|журналіст(?:ка)?"
    r"|gazeteci|muhabiri?|기자|특파원|記者|记者|特派員)"
)
_BEAT = (
    r"(?:staff|senior|sr\.?|chief|deputy|managing|executive|associate|assistant|contributing|freelance|guest|political"
    r"|politics|foreign|business|economics?|sports?|science|health|technology|tech|environment|climate|diplomatic"
    r"|defen[cs]e|security|world|international|national|local|europe|european|asia|africa|middle\seast|us|uk|special"
    r"|lead|news|video|digital|data|features?|culture|arts|travel|education|legal|crime|home|royal|social|affairs"
    r"|religion|transport|energy|city|markets|consumer|north\samerica|investigative|opinion|review|bbc"
    r"|unser|unsere|nuestr[oa]|notre)"
)
_ROLE_WORD = rf"(?i)(?<![\p{{L}}]){_ROLE}(?![\p{{L}}])"
_LEADING_ROLE = rf"(?i)^(?:{_BEAT}\s)*{_ROLE}\s(?!in\b|of\b|for\b|at\b)"
_HAN_REPORTERS = ("記者", "记者")
_TRAILING_ROLE = (
    rf"(?i)(?:\s{_BEAT})*\s{_ROLE}(?:\s(?:in|of|for|at|and|en|à|für)\s.*)?$"
    rf"|(?<=\p{{Han}})(?:{'|'.join(_HAN_REPORTERS)})$"
)
_OUTLET = (
    r"(?:BBC|CNN|NBC|CBS|ABC|MSNBC|CNBC|NPR|PBS|CBC|ITV|ESPN|VOA|RFE|RFI|ZDF|ARD|ORF|SRF|RTL|NDR|WDR|MDR|SWR|RBB|BR24"
    r"|ntv|RTÉ|NOS|VRT|RTBF|RTVE|RAI|NRK|SVT|YLE|TVN|NHK|NDTV|DW|Sky|Fox|Euronews|Al\sJazeera|Sputnik)"
)
_TRAILING_OUTLET = rf"\s{_OUTLET}(?:\s(?:News|Sport|Business|Verify|World\sService|Online|Arabic|Persian))*$"

_NOT_PEOPLE = _set(
    # newsrooms
    "staff newsroom newsdesk news desk desks team teams redaktion onlineredaktion redaktionen sportredaktion redacción"
    " redaccion rédaction redazione redação redacao redactie redakcja redakce redakcia redaksjonen redaktionen toimitus"
    " redacció редакция редакція uredništvo szerkesztőség redacția editorial editors board bureau webdesk wire wires"
    " reporters correspondents contributors agency agencies agentur agenturen agence agencias agenzia"
    # accounts
    " admin adminn administrator webmaster user username author authors autor anonymous sponsored"
    # outlets and companies
    " times media magazine magazin zeitung tageszeitung tv radio online network herald tribune gazette"
    " journal chronicle inc llc ltd gmbh group plc corp corporation company university institute foundation association"
    " society blog studio office department ministry center centre services marketing today daily nachrichten noticias"
    # what a stamp or a button says
    " updated published posted publiziert aktualisiert veröffentlicht comments comment subscribe"
    " photo photos video getty images copyright category minutes written edited reviewed"
    " 新聞 編集部 뉴스"
)
_NOT_PEOPLE_WHOLE = frozenset(
    "name,guest,unknown,read more,share,follow,more,min,read,print,mon,tue,tues,wed,thu,thur,thurs,fri,sat,sun"
    ",monday,tuesday,wednesday,thursday,friday,saturday,sunday".split(",")
)
_NOT_PEOPLE_INSIDE = r"新聞|新闻|編集部|编辑部|通信|报道|報道|뉴스|신문|日報|日报|[Rr]edaktion\b|\p{Ll}\.\p{L}"
_SMALL_WORDS = _set(
    "the and by her his our you all how why what who und der die das von les des el la in on at for us me it more less"
    " with here this that now new ago pm am uhr min mr mrs ms to of or an as is be was not no yes up out if so do"
)
_PARTICLE = (
    r"(?:von|vom|van|zu|zum|zur|der|den|dem|de|del|della|dello|degli|dei|di|da|das|do|dos|du|des|la|las|le|les|lo|los|el"
    r"|al|ter|ten|te|af|av|bin|bint|ibn|ben|abu|ap|ul|y|e|i|und|mac|san|st)"
    r"|(?:d|l|dell|al|el|ad|as|at|ar|an|ul|ash|ibn|de|'t|’t)['’\-]\p{L}.*|['’][tns]"
)
_WORD = r"[\p{Lu}\p{Lt}\p{Lo}\p{Lm}][\p{L}\p{M}'’ʼ\-‑·]*\.?|(?:\p{Lu}\.-?)+|Ph\.D\.|M\.D\.|[DMO]['’]\p{Lu}\p{L}+"
_GIVEN_NAMES = r"\p{Lu}\p{L}[\p{L}'’\-]*(?:\s\S+)?"  # one, with a second or its initial
_INITIALS = r"\p{Ll}{1,4}"
_HANDLE = r"\p{Ll}{5,24}"


_WHITE, _NAME_START, _INSIDE_NAME = re.compile(r"\s"), re.compile(r"(?<![\w\-])\w"), re.compile(r"[\w\-]")
_THE = "the "


@functools.cache
def _rx(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


@functools.cache
def _agency_forms() -> tuple[frozenset[str], frozenset[str]]:
    """(forms that count as printed, folded forms that count in any case)"""
    forms = [form for row in AGENCIES for form in row]
    return frozenset(forms), frozenset(form.casefold() for form in forms if len(form) >= ANY_CASE_FROM)


@functools.cache
def _agencies_by_beginning() -> dict[str, list[str]]:
    """The folded forms by their first two characters, long ones first; as one pattern they take 20 ms to compile."""
    found: dict[str, list[str]] = {}
    for form in sorted({fold(form) for row in AGENCIES for form in row}, key=len, reverse=True):
        found.setdefault(form[:2], []).append(form)
    return found


def _agency_end(folded: str, at: int) -> int:
    """Where the name of an agency ends that begins here in a folded text, its article before it or not; 0 for none."""
    for start in (at + len(_THE), at) if folded.startswith(_THE, at) else (at,):
        for form in _agencies_by_beginning().get(folded[start : start + 2], ()):
            end = start + len(form)
            if folded.startswith(form, start) and not _INSIDE_NAME.match(folded, end):
                return end
    return 0


def is_agency(text: str) -> bool:
    """Whether a text is a news agency's name and nothing else, in a form that the table AGENCIES has.

    >>> is_agency("dpa"), is_agency("The Associated Press"), is_agency("PETRA"), is_agency("Petra")
    (True, True, True, False)
    """
    name = _rx(r"(?i)^the\s|[\s.:©()\[\]]+$|^[\s.:©()\[\]]+").sub("", " ".join(text.split()))
    printed, folded = _agency_forms()
    return name in printed or name.casefold() in folded


def split_agencies(text: str) -> list[str]:
    """The news agencies that a credit names, as printed and in order; exact repeats once.

    >>> split_agencies("APA/sda/dpa"), split_agencies("with AP"), split_agencies("DPA, dpa und DPA")
    (['APA', 'sda', 'dpa'], ['AP'], ['DPA', 'dpa'])
    """
    folded = fold(_WHITE.sub(" ", text))
    found, end = [], 0
    for place in _NAME_START.finditer(folded):
        at = place.start()
        if at >= end and (behind := _agency_end(folded, at)):
            found.append(text[at:behind])
            end = behind
    return list(dict.fromkeys(name for name in found if is_agency(name)))


def split_people(text: str) -> list[str]:
    """The people that a credit names, as printed and in order: full names, or desk initials.

    Leading words such as "By" or "Text:", roles, places, dates, addresses, outlets and agencies are
    left out; the result is empty where nobody is named. A surname printed first stays one name.

    >>> split_people("By JANE DOE and John Roe, Staff Writers")
    ['JANE DOE', 'John Roe']
    >>> split_people("Von Carl von Beispiel, Korrespondent in Berlin"), split_people("mk/lo (AP, dpa)")
    (['Carl von Beispiel'], ['mk', 'lo'])
    """
    text = _without_extras(text)
    if not text or len(text) > LONGEST_CREDIT:
        return []
    if _is_surname_first(text):
        return [text]
    pieces = _rx(_DIVIDER).split(text)
    if any(_is_prose(piece) for piece in pieces):
        return []
    names: list[str] = []
    for part in (part for piece in pieces for part in _split_softly(piece)):
        name = _person(part)
        if name and name not in names and not _is_hanger_on(name, names, text):
            names.append(name)
    return names


def has_role(text: str) -> bool:
    """Whether a text names a job: "Senior Editor", "Korrespondentin in Rom".

    >>> has_role("Senior QA Engineer"), has_role("Jane Doe")
    (True, False)
    """
    return bool(_rx(_ROLE_WORD).search(text))


def _without_extras(text: str) -> str:
    """One line without addresses, brackets and dates; a date leaves a divider behind."""
    text = _rx(_ADDRESS).sub(" ", text[: 2 * LONGEST_CREDIT])
    while found := date_span(text, day_first=True):
        text = f"{text[: found[0]]} | {text[found[1] :]}"
    text = _rx(_REGIONAL_DESK).sub(r"\1", _rx(_STAMP).sub(" | ", " ".join(text.split())))
    if _rx(r"[(\[][^()\[\]]*[)\]]").fullmatch(text):
        text = text[1:-1]
    text = _rx(r",\s(Jr|Sr|II|III|IV)\b").sub(r" \1", _rx(_BRACKETS).sub("", text))
    return _without_by(text.strip(" |,;/-–—"))


def _without_by(text: str) -> str:
    for _ in range(3):  # "Text: Von ", "Written by by "
        shorter = _rx(_BY).sub("", _rx(r"^[^:,;/|]{0,40}:\s*").sub("", text), count=1)
        if _rx(_NAME_LIKE_BY).fullmatch(text) and _is_person(shorter):
            return text
        if shorter == text:
            break
        text = shorter
    return text


def _split_softly(piece: str) -> list[str]:
    """Divide at a small word that may also stand inside a name or before a place, only between two full names."""
    for match in _rx(_SOFT_AND).finditer(piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if all(len(side.split()) >= 2 and _is_person(_person(side)) for side in (left, right)):
            return [left, *_split_softly(right)]
    return [piece]


def _person(piece: str) -> str:
    """The name in one piece of a credit, or ""."""
    name = _without_by(piece.strip(' .,:;-–—*"“”'))
    # Few names come with a job, and the two patterns that take it off take 20 ms to compile.
    has_job = has_role(name) or any(reporter in name for reporter in _HAN_REPORTERS)
    if has_job and _rx(_LEADING_ROLE).match(name) and len(_rx(_LEADING_ROLE).sub("", name).split()) >= 2:
        name = _rx(_LEADING_ROLE).sub("", name)
    name = _rx(_PLACE_TAIL).sub("", name) or name
    for tail in (_TRAILING_ROLE, _TRAILING_OUTLET) if has_job else (_TRAILING_OUTLET,):
        shorter = _rx(tail).sub("", name)
        name = shorter if len(shorter.split()) > 1 or _rx(r"\p{Lo}+").fullmatch(shorter) else name
    words = name.split()
    if len(words) > 2 and is_agency(words[-1]):
        name = " ".join(words[:-1])
    if piece.rstrip().endswith(("Jr.", "Sr.")) or _rx(r"\s\p{Lu}\.$").search(piece):
        name = name if name.endswith(".") else name + "."
    return name if _is_person(name) else ""


def _is_person(name: str) -> bool:
    if not name or len(name) > LONGEST_NAME or is_agency(name) or _rx(r"\d").search(name):
        return False
    words = name.split()
    lowered = [word.lower().strip(".") for word in words]
    if (
        len(words) > MOST_WORDS
        or name.lower() in _NOT_PEOPLE_WHOLE
        or not _NOT_PEOPLE.isdisjoint(lowered)
        or lowered[0] in ("the", "our", "from", "your")
    ):
        return False
    if _rx(_ROLE_WORD).search(name) or _rx(_NOT_PEOPLE_INSIDE).search(name) or _rx(_OUTLET).fullmatch(name):
        return False
    if len(words) == 1 and name.islower():
        return name not in _SMALL_WORDS and bool(_rx(_INITIALS).fullmatch(name) or _rx(_HANDLE).fullmatch(name))
    proper = [bool(_rx(_WORD).fullmatch(word)) for word in words]
    if words[-1].islower() or not any(proper):
        return False
    return all(ok or _rx(_PARTICLE).fullmatch(word) for ok, word in zip(proper, words, strict=True))


def _is_prose(piece: str) -> bool:
    small = [word for word in piece.split() if word.islower() and not _rx(_PARTICLE).fullmatch(word)]
    return len(small) >= 3 and not _rx(_ROLE_WORD).search(piece)


def _is_hanger_on(name: str, names: list[str], text: str) -> bool:
    """A lone word or capitals after a full name are no name: "Jane Doe, Berlin", "Jane Doe, MD"."""
    if _rx(r"\p{Lu}{3,}").fullmatch(name) and "/" not in text:
        return True  # an outlet's letters, a place
    if name.islower():
        return len(name) > 4 and name != text  # a handle stands alone
    after_full_name = any(len(other.split()) > 1 for other in names)
    if _rx(r"\P{Lo}+").fullmatch(name) and after_full_name:
        return len(name.split()) == 1 or (name.isupper() and not names[0].isupper())
    return False


def _is_surname_first(text: str) -> bool:
    parts = text.split(", ")
    if len(parts) != 2 or any(_person(part) != part for part in parts):
        return False
    surname = [word for word in parts[0].split() if not _rx(_PARTICLE).fullmatch(word)]
    return len(surname) == 1 and bool(_rx(r"\p{Lu}").match(surname[0]) and _rx(_GIVEN_NAMES).fullmatch(parts[1]))
