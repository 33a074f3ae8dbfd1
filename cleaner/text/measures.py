"""Lines of a recipe's or a shopping list's kind: an amount, its unit, and what is measured."""

from __future__ import annotations

import re

_AMOUNT = r"(?:\d+(?:[.,/]\d+)?(?: ?[-–] ?\d+(?:[.,/]\d+)?| \d/\d| ?[½¼¾⅓⅔⅛])?|[½¼¾⅓⅔⅛])"
_UNITS = (
    "g|gr|kg|mg|ml|cl|dl|l|oz|lbs?|pounds?|ounces?|cups?|tbsps?|tsps?|tablespoons?|teaspoons?|pinch(?:es)?|cloves?"
    "|el|tl|esslöffel|teelöffel|prisen?|msp|bund|tassen?|zehen?|dosen?|cuillères?|c\\. ?à ?[sc]|pincées?|tasses?"
    "|cucharad(?:it)?as?|tazas?|pizcas?|cucchiai(?:ni|no|o)?|tazz[ae]|pizzic[oh]i?|colher(?:es)?|xícaras?|pitadas?"
    "|eetlepels?|theelepels?|gram(?:o|os|me|mes|mi|mas|mů|ów)?|grams|litr(?:e|es|o|os|i|y|ów)|lit(?:er|ers)"
    "|szklank[ai]|łyż(?:ka|ki|ek|eczka|eczki)|lžíce|lžička|hrnek|msk|tsk|krm|ss|rkl|spsk|dkg"
    "|г|кг|мл|л|ст\\. ?л|ч\\. ?л|стакана?|грамм?(?:ов|а|и|ів)?"
)
_MEASURED = re.compile(
    rf"\W{{0,3}}(?:(?:ca\.|etwa|about|env\.|circa) )?{_AMOUNT} ?(?:{_UNITS})\.?"
    r" (?:(?:of|de|di|da|do) |d[’'])?[^\W\d].{1,45}",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", ":")


def is_measured(line: str) -> bool:
    """Whether a line names an amount of something, as ingredients do.

    >>> is_measured("200 g sugar"), is_measured("½ tsp. of salt"), is_measured("2 EL Öl")
    (True, True, True)
    >>> is_measured("5 g networks to watch this year!"), is_measured("20 minutes"), is_measured("3 l")
    (False, False, False)
    """
    return _MEASURED.fullmatch(line) is not None and not line.endswith(_ENDS)
