"""Numbers that no word of their sentence explains: they go on counting what a text counts.

In a text that counts losses, "Quiroga, 1,500" and "My father counted sixty from our family" are
more often figures than not: they are taken, as the least sure, unless something says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from bakhmut.dossier.parsing.rates import rate_of
from bakhmut.drafting.numbers.masked import MONEY, Mention, share_of
from bakhmut.drafting.numbers.numerals import find
from bakhmut.drafting.phrases import PERSONS, counted, kind_of
from bakhmut.drafting.scope.carried import (
    ASKED,
    AT_HOME,
    HAVING,
    HEDGING,
    LED,
    NOT_RESUMED,
    SUBSET,
    Figure,
)
from bakhmut.drafting.scope.wholes import CLOSES, MAKE_UP, PUT_AT
from bakhmut.drafting.taken.context import FEW
from bakhmut.drafting.taken.events import HIRED
from bakhmut.drafting.taken.predicates import ON_DUTY
from bakhmut.drafting.taken.reach import helps
from bakhmut.drafting.words import SENTENCES, peoples, window

# Money is spoken of: "staff have been offered 3.5 per cent; the union wants 8".
_MONEY = re.compile(
    rf"[$€£¥₹₽₴]|\b{MONEY}|\b(?:prices?|paid|pay|offer(?:ed|s)?|funded|funding|budgets?|wages?|salar(?:y|ies)|"
    r"inflation|growth|bought|sold|earn(?:s|ed)?|rent|mortgage|admission|worth\s+\d|costs?|donations?|bail|fines?|compensation|bonus(?:es)?|cheques?)\b"
)
_IN_WORDS = ("fraction", "n in m", "share for each, n")  # shares that count persons
_OF_THEM = re.compile(
    r"\s+of\s+(?:it|them|us|those|these|whom|ours|mine|the\s+(?:dead|wounded|victims))\b|\s*[,.;]|$|"
    r"\s+(?:have|had|has|were|was|are|is|of\s+mine|of\s+ours)\b"
)
_EVERY_MAN = re.compile(r"[Ee]very\s+[a-z]+\s+(?:man|woman|child|soldier|person|one|villager)\b")
_OF_LIST = re.compile(
    r"\s+of\s+(?:them|us|those|these|whom|ours|mine|(?:the|all)\s+(?:dead|wounded|victims|list|total|names|cases|deaths))\b"
)
# "the whole mile and a half", "tore off the hand of a fourth"
_PART_OF_ONE = re.compile(r"\band\s+$|\b(?:of|by|for|to|the)\s+a?\s*$")
# "whose 5,800 fighters", "She and two daughters", "with 21 teachers and 480 pupils"
_OF_OTHERS = re.compile(
    rf"\b(?:whose|(?:she|he|I|we|they|who|him|her|me)\s+and(?:\s+(?:his|her|their|my))?)\s+{HEDGING}$|"
    rf"\b(?:ha[sd]|have|with|which\s+has)\s+{HEDGING}[\w,.]+\s+[a-z]+\s+and\s+{HEDGING}$",
    re.I,
)
# Who are told of, and do nothing: "2,000 soldiers from the camp", "118,000 pupils are without".
_ARE_TOLD = re.compile(
    r"\s*(?:[,.;:)\"”’—–]|$)|\s+(?:are|were|have\s+been|had\s+been)\s+(?![a-z]+ing\b)|"
    r"\s+(?:in|on|from|at|of|and|or|among|by|under|below|above|between|aged|according|more|each|"
    r"last|this|there|who|during|into|through|across|aboard|near|inside|outside|against|without|"
    r"since|before|after|when|while)\b"
)
# A noun follows, though no table has it: "21,000 coded events", "128 kmph", "41 of you".
_NOT_THEY = re.compile(
    r"[-–'’]?\w|\s+(?:[a-z]+ed\s+[a-z]+s\b|(?:most|least|more|less|very|so|an?|the)\s+[a-z]|[A-Z]|"
    r"(?!(?:was|is|has|does|goes|as|its|his|this|plus|across|always|perhaps|unless|versus|besides)\b)"
    r"[a-z]+s\b|(?:km|mm|cm|kg|m|ft|pp|kmph|mph|kph|hotline)\b|"
    r"of\s+(?:you|the(?!\s+(?:former|latter|dead|wounded|missing|same|total|toll|victims|casualties)\b)|its|his|her|our|my|a)\b)"
)
# The number of a line, a stretch of time, what is of a thing: "the college, which has 740".
_OF_NO_PERSON = re.compile(
    r"\b(?:line|hotline|number|no|out\s+for|lasted\s+for|weeks?|days?|pages?|ages?)[:.]?\s+$|"
    rf"\b(?:which|that)\s+has\s+{HEDGING}$"
)
_WORD = re.compile(r"\s+([A-Z]\w+)(?=\s*(?:[,.;]|and\b|$))")
_NAME = re.compile(r"\b[A-Z][\w’'.-]*\s+$")
_CLOCK = re.compile(r"\b(?:at|by|until|till|before|after|from|around|about|past|since)\s+$", re.I)
_YEAR_OR_KEY = re.compile(r"(?:1[5-9]|20)\d\d|\d{5,}")
_THINGS_IN = re.compile(r"\b([a-z]+)\s\($")


def unexplained(mention: Mention, text: str, things: bool) -> bool:
    """Whether a number that nothing explains may count those whom a text counts.

    Parameters
    ----------
    mention, text
        The number and its sentence.
    things
        Whether the last noun that was counted names no persons.
    """
    if _of_money(text):
        return False
    before = window(text, mention.start)
    if mention.kind == "share":
        told = mention.rule in _IN_WORDS and _OF_THEM.match(text, mention.end)
        told = told or _EVERY_MAN.match(text, mention.start)
        told = told or (mention.rule == "percent" and _OF_LIST.match(text, mention.end))
        return bool(told) and not _PART_OF_ONE.search(before)
    if mention.kind not in ("count", "range") or mention.value == 1 or _OF_OTHERS.search(before):
        return False
    start, end, head = counted(text, mention)
    if not head:
        return not helps(mention, text, "") and _is_theirs(mention, text, before, things)
    persons = kind_of(text[start:end]) in PERSONS and head.lower() not in AT_HOME
    led = LED.search(before) or ASKED.search(before) or HAVING.before(text, mention.start)
    on_duty = ON_DUTY.search(text[start:end].lower()) or HIRED.match(text, end)
    return bool(persons and not led and not on_duty and _ARE_TOLD.match(text, end))


@lru_cache(maxsize=SENTENCES)
def _of_money(text: str) -> bool:
    return _MONEY.search(text) is not None


def _is_theirs(mention: Mention, text: str, before: str, things: bool) -> bool:
    """Whether a number without a noun may be of those told of."""
    digits = text[mention.start : mention.end]
    named = not mention.marks and _NAME.search(before)  # and no "Some 6,300 were officers"
    if digits[0].isdigit() and (named or _YEAR_OR_KEY.fullmatch(digits)):
        return False  # "County Road 318", "in 2025", "charity 1068842"
    few = mention.value is not None and mention.value <= FEW
    if few and (_CLOCK.search(before) or not mention.in_words):
        return False  # "The diggers start at six"
    if NOT_RESUMED.search(before):
        return False  # "Vacancies stand at 47,000"
    if things and SUBSET.match(text, mention.end):
        return False  # "opened fire 128 times, four of them from multiple rocket launchers"
    end = max([mention.end, *(mark[1] for mark in mention.marks)])  # "Forty-odd."
    people = _WORD.match(text, end)  # "twelve British, seven French and eight Russian"
    of_a_people = people is not None and people[1] in peoples()
    if HIRED.match(text, end) or (_NOT_THEY.match(text, end) and not of_a_people):
        return False
    of = _THINGS_IN.search(before)
    return not (_OF_NO_PERSON.search(before) or (of and kind_of(of[1]) not in PERSONS))


# "given to 22,000 patients", "Of the 43 on the list, 40 had got off", "Not sixty, as he had it"
_NOT_FIRST = re.compile(rf"\b(?:to|for|of\s+the|of|not)\s+{HEDGING}$|\bOf\s[^,]*,\s+$", re.I)
_WHOM = re.compile(r"\s+(?:who|of\s+(?:the|those|them|these))\b")


def is_first(mention: Mention, text: str) -> bool:
    """Whether a number may be a figure though nothing was counted before it: "On paper, 480"."""
    before = window(text, mention.start)
    start, end, head = counted(text, mention)
    many = mention.value is not None and mention.value >= 10
    soldiers = kind_of(text[start:end]) == "soldiers" or head.lower() in ("men", "people")
    led = LED.search(before) or _NOT_FIRST.search(before)
    led = led or _WHOM.match(text, max(end, mention.end))
    return bool(many and (not head or soldiers) and not led and mention.kind in ("count", "range"))


# -- bare numbers that say anew what the one before says ---------------------------------------

# "Three are hurt for each one killed; here it may be two": the ratio once more.
_IT_IS = re.compile(
    r"\b(?:it|(?:the|that|this)\s+(?:ratio|proportion|figure|share|rate|percentage))\s+(?:(?:may|might|could|would|must)\s+(?:well\s+)?)?"
    r"(?:(?:be|is|was|had\s+been|has\s+been)\s+(?:[a-z]+\s+){0,3}|(?:ha[sd]\s+)?"
    r"(?:c[oa]mes?|f[ea]ll(?:en)?|r[io]se|risen|dropped|climbed|went|widened|narrowed|slipped|slid)\s+(?:back\s+)?to\s+(?:[a-z]+\s+){0,2})$",
    re.I,
)
_AND_FOR = re.compile(r"(?:\band|,)\s+(?:[a-z]+\s+){1,3}(?:for\s+)?$")
_MAKES = re.compile(
    rf"\b(?:[Tt]hat|[Ww]hich|[Ii]t)\s+(?:makes|comes\s+to|works\s+out\s+at)\s+{HEDGING}$"
)


def as_before(mention: Mention, text: str, before: Figure | None) -> Mention:
    """Return a bare number as a ratio or share where it says anew what the one before it is."""
    bare = before is not None and mention.kind == "count" and not counted(text, mention)[2]
    if before is None or not bare or not 0 < (mention.value or 0) <= 100:
        return mention
    before_it = window(text, mention.start)
    if rate_of(text, mention.end) and _MAKES.search(before_it):
        return replace(mention, kind="rate")  # "lost 3,580 tanks. That makes three a day"
    again = _IT_IS.search(before_it)
    if before.mention.kind == "ratio":
        return replace(mention, kind="ratio", rule="it") if again else mention
    again = again or PUT_AT.search(before_it)
    again = again or (_AND_FOR.search(before_it) and MAKE_UP.before(text, mention.start))
    many = _in_how_many(before) if before.mention.kind == "share" else None
    if not again or not many or mention.value > many or not CLOSES.match(text, mention.end):
        return mention
    part = mention.value / many
    ends = (end and share_of(part) for end in (mention.low, mention.high))
    return Mention(
        mention.start, mention.end, "share", *ends, "it", mention.hedges, value=part,
        in_words=mention.in_words, marks=mention.marks,
    )  # fmt: skip


def _in_how_many(share: Figure) -> Fraction | None:
    """Return of how many a share says how many: 100 of a percentage, 10 of "nine in ten"."""
    said = share.mention
    if said.rule == "percent" or (said.rule == "it" and "%" in said.low + said.high):
        return Fraction(100)
    if said.rule != "n in m":
        return None
    numbers = find(share.sentence.text[said.start : said.end])  # none in "every third person"
    return numbers[-1].value if numbers else None
