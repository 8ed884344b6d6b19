"""So many a day, beside a count of the whole month or of so many days that it does not fit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bakhmut.base.words import span
from bakhmut.findings.advice.to_print import name_of
from bakhmut.findings.misfits.told import Misfit, Told, is_count, may_be_one

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Statement

_A_DAY = re.compile(r"(?:a|per|each|every)\s+day\s+|daily\s+", re.I)
_SHORT = "february"
_MONTHS = {
    "january": 31, _SHORT: 28, "march": 31, "april": 30, "may": 31, "june": 30, "july": 31,
    "august": 31, "september": 30, "october": 31, "november": 30, "december": 31,
}  # fmt: skip
_ROUGHLY = 1.1  # so many a day is a mean, and rounded
_WHOLE = re.compile(
    r"(?:(?:in|for|over|during|throughout|of|all|the|whole|month|entire|\w+\s+days)\s+)*(?P<month>[a-z]+)(?:\s+\d{4})?"
    r"|(?:from\s+)?(?:1\s+(?P<first>[a-z]+)|(?P<early>[a-z]+)\s+1)\s+to\s+(?:(?:28|29|30|31)\s+)?[a-z]+(?:\s+\d+)?",
    re.I,
)
_THAT_MONTH = re.compile(
    r"(?:in|for|over|during)\s+(?:the\s+(?:whole|entire|\d+\s+days\s+of\s+the)|that)\s+month", re.I
)
_SO_MANY_DAYS = re.compile(
    r"(?:(?:in|over|during|for|throughout)\s+)?(?:the|those|these)\s+(\d+)\s+days\b.*", re.I
)


# "in the 20 days from 3 May to 22 May", "from 3 to 22 May"
_FROM_TO = re.compile(
    r"(?:(?:in|over|during|for)\s+the\s+\w+\s+days\s+)?from\s+(?P<first>\d{1,2})(?:\s+(?P<month>[a-z]+))?"
    r"\s+to\s+(?P<last>\d{1,2})\s+(?P<end>[a-z]+)(?:\s+\d{4})?",
    re.I,
)


def _stretch(period: str) -> tuple[str, int]:
    """Return what names a month or so many days, and how many they are; "" and 0 for neither."""
    found = _WHOLE.fullmatch(period.strip())
    name = next(filter(None, found.groups()), "").lower() if found else ""
    if name in _MONTHS:
        return name, _MONTHS[name]
    if days := _SO_MANY_DAYS.fullmatch(period.strip()):
        return days[1], int(days[1])
    dated = _FROM_TO.fullmatch(period.strip())
    ends = [(dated[end] or dated["end"]).lower() for end in ("month", "end")] if dated else []
    if dated is None or not set(ends) <= _MONTHS.keys():
        return "", 0
    months = list(_MONTHS)
    first, last = (
        sum(_MONTHS[one] for one in months[: months.index(month)]) + int(dated[day])
        for month, day in zip(ends, ("first", "last"), strict=True)
    )
    return (f"{first} to {last}", last - first + 1) if first < last else ("", 0)


def _of_each_day(rate: Statement) -> tuple[str, float, float]:
    """Return of which stretch a figure is one of each day, and what it makes in all of it.

    At least and at most; "", 0 and no end where it is of none.
    """
    day = _A_DAY.match(rate.period)
    name, many = _stretch(rate.period[day.end() :]) if day else ("", 0)
    if not name:
        return "", 0.0, math.inf
    most = math.inf if rate.high is None else rate.high * (29 if name == _SHORT else many)
    return name, (rate.low or 0) * many, most


def days(told: Told) -> Iterator[Misfit]:
    """Yield a count of each day of a month that a count of the whole month does not fit."""
    own = [s for s in told.own if is_count(s)]
    for rate in own:
        name, least, most = _of_each_day(rate)
        for other in own if name else ():
            same = _stretch(other.period)[0] == name
            same = same or (name in _MONTHS and bool(_THAT_MONTH.fullmatch(other.period)))
            alike = rate.measures & other.measures and may_be_one(rate.place, other.place)
            sides = (rate.side, other.side), (other.side, rate.side)
            side = may_be_one(*sides[0]) or any(told.evidence.within("side", *two) for two in sides)
            if not (same and alike and side and other.text == rate.text):
                continue
            under = other.high is not None and other.high * _ROUGHLY < least
            if under or (other.low or 0) > most * _ROUGHLY:
                in_all = span(least, math.nan if most == math.inf else most)
                beside = (
                    f"beside it stands {name_of(told.evidence, other.claim)}, which does not fit."
                )
                says = f"{rate.figure} {rate.period} make {in_all} in all; {beside}"
                yield Misfit((rate.claim,), other.claim, says)
