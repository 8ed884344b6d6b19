"""A sentence with its numbers masked, so that one pattern serves digits and words.

Each number is overwritten with one mark a character: spans in the masked text are the text's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from bakhmut.drafting.numbers.numerals import Numeral, find, plain, rounded

DIGITS, WORDS = "\ue000", "\ue001"


NUMBER = f"[{DIGITS}{WORDS}]+"


GAP = r"(?:\s+[^\s\d.,;:()\ue000\ue001]+)"


@dataclass(frozen=True)
class Mention:
    """A figure of speech at `start:end` of a sentence: kind, both ends as a cell holds them."""

    start: int
    end: int
    kind: str
    low: str
    high: str
    rule: str
    hedges: tuple[str, ...] = ()
    below: tuple[int, int] | None = None  # where a ratio's or share's denominator stands
    above: tuple[int, int] | None = None  # where its numerator's noun stands
    value: Fraction | int | None = None
    in_words: bool = False
    marks: tuple[tuple[int, int, str], ...] = field(default=())  # hedges: start, end, code


MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)


# What numbers measure that count nothing.
TIME_UNITS = (
    r"(?:second|minute|hour|day|night|evening|morning|afternoon|week|weekend|"
    r"fortnight|month|year|decade|centur(?:y|ie)|generation|season|winter|summer|"
    r"round)s?(?:['’]s?)?\b"
)
UNITS = (
    r"(?:°|º|square\s|cubic\s|m2|km²|(?:"
    r"km/h|kmh|kph|mph|km2|km²|m2|km|kms|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|m(?![\w.])|"
    r"mm|cm|centimet(?:re|er)s?|"
    r"millimet(?:re|er)s?|feet|foot|ft|inch(?:es)?|yards?|hectares?|ha|acres?|sq\b|square|"
    r"cubic|kg|kilos?|kilograms?|stone\b|"
    r"grams?|tonnes?|(?:metric\s+)?tons?|kilotons?|pounds?|lbs?|lit(?:re|er)s?|gallons?|barrels?|°|º|"
    r"degrees?|knots?|mw\b|gw\b|kw\b|"
    r"megawatts?|kilowatts?|gigabytes?|hertz|nautical|bar\b|pm\b|a\.m\.|p\.m\.|am\b|gmt\b|"
    r"utc\b|hrs\b|o['’]clock|percentage\s+points?|calib(?:re|er)|"
    r"times\b|points?\b|pages?\b|storeys?\b|stories\b|floors?\b|rounds\s+of"
    r")(?!\w))"
)
MONEY = (
    r"(?:dollars?|euros?|pounds\s+sterling|sterling|roubles?|rubles?|hryvnias?|yen|"
    r"yuan|rupees?|francs?|marks|krona|kronor|crowns|lira|pesos?|guilders?|thalers?|kreuzers?|florins?|ducats?|guineas|shillings?|riyals?|"
    r"dirhams?|dinars?|rand|naira|kwacha|cedis?|birr|rials?|taka|baht|zlotys?|forints?|usd|eur|gbp|cents|bn\s+in|won\b|in\s+cash|in\s+aid|pence)\b"
)


_DAYS = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"


# Dates and clock times: their digits are no numbers for any pattern below.
DATES = re.compile(
    r"(?<!\w)(?:(?:(?:five|ten|twenty|twenty-five|half)\s+past|(?:a\s+)?quarter\s+(?:past|to))\s+(?:one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|noon|midnight)\b|"
    rf"\A\s*(?:\d{{1,3}}(?:\.\d{{1,2}}){{1,3}}\.?|\d{{1,3}}\.)(?=\s+[A-Z“\"])|\A\s*(?:[01]?\d|2[0-3])[.:][0-5]\d(?=\s)(?!\s(?:%|per\s?cent|million|billion|times))|(?<![\w,.])(?:{_DAYS}(?:\s*(?:[-–/]|and|to|or)"
    rf"\s*{_DAYS})?\s+(?:of\s+)?{MONTHS}(?!\s+(?:have|be|yet|well|not)\b)(?:,?\s+\d{{4}}\b)?"
    rf"|{MONTHS}\s+{_DAYS}(?!\d|,\d{{3}}|\s+(?:people|men|soldiers|civilians|were\s+killed|"
    rf"dead|killed|deaths|cases)\b)(?:\s*(?:[-–]|and|to)\s*{_DAYS}(?![\d,.]*\d|\s+(?:on|people|"
    rf"were|dead|killed|deaths|cases)\b|\s+[a-z]+s\b))?(?:,?\s+\d{{4}}\b(?!,))?"
    rf"|{MONTHS},?\s+(?:of\s+)?[12]\d{{3}}(?:\s*[-–/]\s*\d{{2,4}})?(?![\d,])"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|"
    r"[01]?\d[:.][0-5]\d(?:\s?[ap]\.?m\b)?(?=\s|[,;)-]|$)(?!\s*(?:%|per\s?cent|percent|"
    r"million|billion|times|deaths|cases|to\s+1|to\s+one))|2[0-3]:[0-5]\d"
    r"|(?:early|late|mid|between|from|in|since|until|during|by|of)"
    r"[\s-]+(?:the\s+)?[12]\d{3}(?:s\b|\s*(?:(?:[-–/]|to)\s*\d{2}|(?:[-–/]|and|to)\s*[12]\d{3})\b)"
    r"(?![\d,.]*\d)|for\s+(?:19|20)\d\d(?=[,;:)]|\.?$|\s(?:there|and|alone|the|it|was|were|as)\b)))"
)


# Without one of these there is no date.
_DATED = re.compile(
    r"\A\s*\d|[12]\d{3}|\d[./:-]\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|past\b|quarter\b)"
)
# "UPDATE 3-Thirteen soldiers killed": the hyphen joins nothing
_UPDATED = re.compile(r"^(?:UPDATE|WRAPUP|Update)\s\d{1,2}-(?=[A-Z])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def _inside(one: Numeral, spans: list[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


class Masked:
    """A sentence with its numbers masked, and each number by where it starts."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        sentence = _UPDATED.sub(lambda match: f"{match[0][:-1]} ", sentence)
        dated = _DATED.search(sentence)
        self.dates = [match.span() for match in DATES.finditer(sentence)] if dated else []
        self.numerals = {one.start: one for one in find(sentence) if not _inside(one, self.dates)}
        letters = list(_PRIVATE.sub(" ", sentence))
        for one in self.numerals.values():
            mark = WORDS if one.in_words else DIGITS
            letters[one.start : one.end] = mark * (one.end - one.start)
        self.text = "".join(letters)

    def at(self, match: re.Match[str], group: int | str) -> Numeral:
        """Return the numeral that a group of a match covers: it may begin within ("-five")."""
        place = match.start(group)
        within = (one for one in self.numerals.values() if one.start <= place < one.end)
        return self.numerals.get(place) or next(within)


def _ratio(value: Fraction) -> str:
    return plain(value) if value.denominator == 1 else rounded(value, 4)


def share_of(value: Fraction) -> str:
    """Return a share as a percentage: `8.33%`."""
    return f"{rounded(100 * value, 3)}%" if value * 100 != round(value * 100) else f"{100 * value}%"


def made(start: int, end: int, kind: str, value: Fraction, rule: str, **more: object) -> Mention:
    """Return a mention whose ends are one value, printed as its kind is."""
    text = share_of(value) if kind == "share" else _ratio(value)
    return Mention(start, end, kind, text, text, rule, value=value, **more)  # type: ignore[arg-type]
