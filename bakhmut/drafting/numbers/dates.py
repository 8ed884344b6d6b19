"""Numbers that are a day, a year or an hour: "12 May", "in 1974", "at nine in the morning"."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import MONTHS, Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PERSONS, kind_of

_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|before|after|from|during|between|early|late|mid|mid-|"
    r"spring|summer|autumn|fall|winter|year|"
    rf"to|and|for|through|than|the|end\s+of|back\s+in|as\s+of|{MONTHS}|\d{{1,2}}|anno|c\.|"
    rf"circa|[-–—/(,])\s*|^)$",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(
    r"\s?(?:[ap]\.?m\b|o['’]clock|GMT|UTC|hrs?\b|hours?\s+(?:local|on)|local\s+time|"
    r"[A-Z]{1,3}ST\b)"
)
_OF_YEAR = re.compile(
    r"\s+(?:[A-Z][\w-]+\s+){0,3}[a-z]*(?:report|study|census|law|treaty|commission|survey|agreement|war|"
    r"election|earthquake|quake|famine|epidemic|pandemic|uprising|massacre|coup|invasion|act|decree|"
    r"constitution|flood|storm|hurricane|attack|bombing|siege|strike|season|edition)\b"
)
_HOUR = re.compile(r"\b(?:by|at|until|since|before|after|between|from|night\s(?:and|to))\s$", re.I)
_TODAY = re.compile(r"\s+(?:today|tomorrow|tonight|sharp|noon)\b")  # "will be held at 12 tomorrow"
_AFTER_HOUR = re.compile(r"[,.;]|\s+(?:on|in|when|as|that)\b")
_SHORTLY = re.compile(r"\b(?:shortly|just|soon)\s+(?:before|after)\s+$")
_HALF_DAY = re.compile(r"\s+at\s+night\b|\s+in\s+the\s+(?:morning|afternoon|evening)\b")


_THEN_DID = re.compile(
    r"\s+(?:had\s+)?(?:killed|injured|wounded|hurt|left|claimed|cost)\s+(?:[a-z]+\s+){0,2}(?:\d|[a-z])"
)
_OF_CASES = re.compile(r"\b(?:cases|deaths|infections|patients|people|persons|victims)\s\($")
_NOUN = re.compile(r"\s+([a-z]+s)\b")
_FOR_SO_LONG = Needing(
    r"\bfor\s+(?:[a-z]+|\d+)\s+(?:hours|days|weeks|months|years|minutes)\b[^.;]{0,40}\bfor\s+$"
)  # "meant for two hours stays on for twelve"


def is_time(mention: Mention, before: str, after: str, text: str) -> bool:
    """Return whether a number is an hour of the day: `6.40`, `at nine in the morning`."""
    number = text[mention.start : mention.end]
    if (
        len(number) <= 2
        and number.isdigit()
        and (re.match(r"[:.]\d{2}\b", after) or re.search(r"\d[:.]$", before))
    ):
        return True
    if _FOR_SO_LONG.before(text, mention.start, 60):
        return True
    told = before.endswith(" at ") and after.startswith(" that ") and mention.in_words
    told = told or (before.endswith(" at ") and bool(_TODAY.match(after)))
    told = told or bool(_SHORTLY.search(before) and mention.in_words and _AFTER_HOUR.match(after))
    if told and (mention.value or 0) <= 24:
        return True  # "she posted at six that there were 17"
    hour = (mention.value or 0) <= 24 and _HOUR.search(before)
    clock = _CLOCK_AFTER.match(after) or (hour and _HALF_DAY.match(after))
    return bool(clock) and len(number) < 9


_IN_A_MONTH = re.compile(rf"\b(?:[Ii]n|[Dd]uring|[Tt]hroughout)\s+{MONTHS}\s*$")
SO_MANY = re.compile(
    r"\s+(?:(?:more|other|further)\s+)?(?:people|persons|men|women|children|civilians|soldiers|others|"
    r"policemen|workers|protesters|were|died|had\s+been|have\s+been)\b"
)


def is_date(mention: Mention, before: str, after: str, text: str) -> bool:
    """Return whether a number is a day or a year: `12 May`, `in 1974`, `a 1947 report`."""
    value, printed = mention.value, mention.low or mention.high
    if value is None or mention.kind not in ("count", "range", "ratio"):
        return False
    day = value == int(value) and 1 <= value <= 31
    if day and _IN_A_MONTH.search(before) and SO_MANY.match(after):
        return False  # "In May 12 people died"
    digits = text[mention.start : mention.start + 1].isdigit()
    if day and (
        (digits and re.search(rf"(?<!\d\s)\b{MONTHS}\s*$", before))
        or re.match(rf"(?:\s+(?:of\s+)?|-){MONTHS}(?!\w)(?!\s+(?:be|have|yet)\b)", after)
    ):
        return True
    if day and re.match(rf"\s*(?:and|to|or|[-–])\s*\d{{1,2}}\s+{MONTHS}(?!\w)", after):
        return True
    if day and mention.in_words and re.search(rf"\b(?:the)\s+{MONTHS}\s*$", before):
        return True
    year = value == int(value) and 1000 <= value <= 2100 and printed.isdigit() and len(printed) == 4
    if year and re.search(r"\b(?:an?|the|this)\s$", before) and _OF_YEAR.match(after):
        return True  # "a 1947 United Nations report"
    if year and value >= 1800 and before.endswith((" in ", "In ")) and _THEN_DID.match(after):
        return True  # "An explosion in 1998 injured nine people"
    noun = _NOUN.match(after)
    if year and (_OF_CASES.search(before) or (noun and kind_of(noun[1]) in PERSONS)):
        return False  # "the highest number of cases (1310)", "2066 patients"
    if year and (
        _BEFORE_YEAR.search(before)
        or re.match(
            r"(?:s\b|\s*[-–/]\s*\d|\s*[,.;:)]|\s*$|\s+(?:and|was|saw|election|war|census|"
            r"protests|earthquake|invasion|season|budget|World)\b)",
            after,
        )
    ):
        return not re.match(
            r"\s+(?:people|men|soldiers|civilians|dead|killed|wounded|injured|cases|deaths|"
            r"casualties|troops|others|were\s+(?:killed|injured))\b",
            after,
        )
    return bool(
        before.endswith(("'", "’"))
        and value < 100
        and re.match(r"\W|$", after)
        and not mention.in_words
    )
