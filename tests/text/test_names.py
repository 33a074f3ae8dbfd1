"""People and agencies out of credit lines: names stay whole, and who is no person is left out."""

from __future__ import annotations

import pytest

from cleaner.text.agencies import AGENCIES
from cleaner.text.names import is_agency, split_agencies, split_people


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "JANE DOE",
        "Carl von Beispiel",
        "María José de la Torre",
        "Kim Jong-ho",
        "Nick van der Meer",
        "Jean-Luc d'Exemple",
        "Rory O'Sample",
        "Abd el-Fattah al-Masri",
        "Juan Ortega y Muestra",
        "Ana Costa e Silva",
        "Dr. Jane Doe",
        "J. D. Sample",
        "H.G. Sample",
        "John E Smith",
        "Martin L. King Jr.",
        "James R.",
        "Duy Linh Muster",
        "Bill MCSAMPLE",
        "Anthony",
        "Von Miller",
        "Felix Leiter",
        "Piers Read",
        "Min Jung",
        "Андрей Примеров",
        "Γιώργος Παράδειγμα",
        "홍길동",
        "山田太郎",
        "Petra",
        "van der Berg, Jan",
        "Doe, Jane",
        "jdoe",
    ],
)
def test_a_name_stays_one_name(name: str) -> None:
    assert split_people(name) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AFP",
        "dpa/lby",
        "Von AFP",
        "Associated Press",
        "Reuters Staff",
        "Staff",
        "Staff Writer",
        "Redaktion",
        "Von unserer Redaktion",
        "Redaktion beispiel.de",
        "Newsroom",
        "News Desk",
        "The Example Team",
        "Our Editors",
        "Admin",
        "Guest",
        "Anonymous",
        "BBC",
        "BBC News",
        "The Guardian",
        "Harbour Times",
        "Example Media GmbH",
        "example.com",
        "jane@example.com",
        "@janedoe",
        "https://example.com/jane",
        "18 November 2024",
        "Updated: 14:03",
        "Community Editor",
        "By the way",
        "By submitting your address, you agree to our Terms and Privacy Policy.",
        "By keeping an eye on the tide, Jane Doe saw the boats come home before noon.",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert split_people(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # leading words
        ("By Jane Doe", ["Jane Doe"]),
        ("BY JANE DOE", ["JANE DOE"]),
        ("Written by Jane Doe", ["Jane Doe"]),
        ("Written by: Jane Doe", ["Jane Doe"]),
        ("Von Max Muster", ["Max Muster"]),
        ("Text: Von Max Muster", ["Max Muster"]),
        ("Ein Kommentar von Jana Muster", ["Jana Muster"]),
        ("Por Ana Gómez", ["Ana Gómez"]),
        ("Par Jeanne Exemple", ["Jeanne Exemple"]),
        ("Di Giulia Esempio", ["Giulia Esempio"]),
        ("Door Jan de Voorbeeld", ["Jan de Voorbeeld"]),
        ("Av Kari Eksempel", ["Kari Eksempel"]),
        ("Af Mette Eksempel", ["Mette Eksempel"]),
        ("Przez Jana Przykład", ["Jana Przykład"]),
        ("Автор: Мария Примерова", ["Мария Примерова"]),
        # several people
        ("By JANE DOE and John Roe, Staff Writers", ["JANE DOE", "John Roe"]),
        ("Jane Doe, John Roe, and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("Jane Doe & John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe / John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe; John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe with John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe\n and\n John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe and Jane Doe", ["Jane Doe"]),
        ("Linny and Peter", ["Linny", "Peter"]),
        ("Max Muster und Jana Muster", ["Max Muster", "Jana Muster"]),
        ("Ana Gómez y Luis Muestra", ["Ana Gómez", "Luis Muestra"]),
        ("Jeanne Exemple et Paul Exemple", ["Jeanne Exemple", "Paul Exemple"]),
        ("Giulia Esempio e Marco Esempio", ["Giulia Esempio", "Marco Esempio"]),
        ("Jan de Vries en Piet Voorbeeld", ["Jan de Vries", "Piet Voorbeeld"]),
        ("Kari Eksempel og Ola Eksempel", ["Kari Eksempel", "Ola Eksempel"]),
        ("Åsa Exempel och Nils Exempel", ["Åsa Exempel", "Nils Exempel"]),
        ("Андрей Примеров и Мария Примерова", ["Андрей Примеров", "Мария Примерова"]),
        ("홍길동, 김철수", ["홍길동", "김철수"]),
        # desk initials
        ("mk/lo", ["mk", "lo"]),
        ("mk/lo (AP, Reuters, DPA)", ["mk", "lo"]),
        ("(mk/lo)", ["mk", "lo"]),
        ("fb, wmr", ["fb", "wmr"]),
        ("SDA/sep", ["sep"]),
        ("MK/LO", ["MK", "LO"]),
        ("Von Max Muster, dpa", ["Max Muster"]),
        # roles, places, outlets
        ("Jane Doe, Chief Political Correspondent, and John Roe", ["Jane Doe", "John Roe"]),
        ("Staff Writer Jane Doe", ["Jane Doe"]),
        ("Jane Doe Political Editor", ["Jane Doe"]),
        ("Jana Muster, Redakteurin", ["Jana Muster"]),
        ("Max Muster, Korrespondent in Berlin", ["Max Muster"]),
        ("Max MusterKorrespondent", ["Max Muster"]),
        ("Jana Muster, Chefredakteurin", ["Jana Muster"]),
        ("Redakteur Max Muster", ["Max Muster"]),
        ("Juan Muestra, enviado especial a Kiev", ["Juan Muestra"]),
        ("山田太郎記者", ["山田太郎"]),
        ("Jane Doe, MD", ["Jane Doe"]),
        ("Jane Doe, Ph.D.", ["Jane Doe"]),
        ("John Doe, Jr.", ["John Doe Jr."]),
        ("Jane Doe in London", ["Jane Doe"]),
        ("Jane Doe, London", ["Jane Doe"]),
        ("Ana Gómez en Madrid", ["Ana Gómez"]),
        ("Jane Doe BBC News", ["Jane Doe"]),
        ("Jane Doe, BBC News", ["Jane Doe"]),
        ("Jane Doe | The Times", ["Jane Doe"]),
        ("Jane Doe for Reuters", ["Jane Doe"]),
        ("Jane Doe/AP", ["Jane Doe"]),
        ("Jane Doe and Associated Press", ["Jane Doe"]),
        # addresses, dates, numbers
        ("Jane Doe jane.doe@example.com", ["Jane Doe"]),
        ("Jane Doe @janedoe", ["Jane Doe"]),
        ("Jane Doe (she/her)", ["Jane Doe"]),
        ("By Jane Doe Nov. 18, 2024", ["Jane Doe"]),
        ("By Jane Doe on November 18, 2024 at 14:03", ["Jane Doe"]),
        ("By Jane Doe Updated: 18 November 2024", ["Jane Doe"]),
        ("18 November 2024 – Jane Doe", ["Jane Doe"]),
        ("Jane Doe 7 min read", ["Jane Doe"]),
        ("Jane Doe and 2 others", ["Jane Doe"]),
    ],
)
def test_people_out_of_a_credit(text: str, names: list[str]) -> None:
    assert split_people(text) == names


@pytest.mark.parametrize("text", ["mehr", "Petra", "Ana", "Trend", "uni", "Jane Doe", "", "AP and", "Bloomberg Street"])
def test_is_no_agency(text: str) -> None:
    assert not is_agency(text)


@pytest.mark.parametrize(
    "text",
    [
        "AP",
        "dpa",
        "DPA",
        "sda",
        "reuters",
        "REUTERS",
        "(AFP)",
        "The Associated Press",
        "associated press",
        "© dpa-infocom",
        "Keystone-SDA",
        "Deutsche Presse-Agentur",
        "PETRA",
        "新华社",
        "ТАСС",
    ],
)
def test_is_agency(text: str) -> None:
    assert is_agency(text)


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("", []),
        ("Jane Doe", []),
        ("mehr, uni, Petra", []),
        ("Reuters-Korrespondent", []),
        ("AP, Reuters, DPA", ["AP", "Reuters", "DPA"]),
        ("APA/sda/dpa", ["APA", "sda", "dpa"]),
        ("AFP und dpa", ["AFP", "dpa"]),
        ("with AP", ["AP"]),
        ("AP, AFP and AP", ["AP", "AFP"]),
        ("dpa, DPA", ["dpa", "DPA"]),
        ("Quelle: APA/sda/dpa", ["APA", "sda", "dpa"]),
        ("SDA/sep", ["SDA"]),
        ("dpa/lby", ["dpa"]),
        ("Keystone-SDA", ["Keystone-SDA"]),
        ("With files from The Canadian Press", ["The Canadian Press"]),
        ("Associated Press of Pakistan", ["Associated Press of Pakistan"]),
        (
            "Deutsche Presse-Agentur, Evangelischer Pressedienst",
            ["Deutsche Presse-Agentur", "Evangelischer Pressedienst"],
        ),
    ],
)
def test_agencies_out_of_a_credit(text: str, agencies: list[str]) -> None:
    assert split_agencies(text) == agencies


def test_every_printed_form_is_found() -> None:
    forms = [form for row in AGENCIES for form in row]
    assert [form for form in forms if not is_agency(form) or split_agencies(form) != [form]] == []


def test_no_form_stands_in_two_rows() -> None:
    forms = [form for row in AGENCIES for form in row]
    assert len(forms) == len(set(forms))
