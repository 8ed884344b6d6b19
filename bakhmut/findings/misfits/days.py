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
_MONTHS = dict.fromkeys(("january", "march", "may", "july", "august", "october", "december"), 31)
_MONTHS |= dict.fromkeys(("april", "june", "september", "november"), 30) | {_SHORT: 28}
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


def _month(period: str) -> str:
    """Return the month that a period is the whole of, or how many days it has, "" for neither."""
    found = _WHOLE.fullmatch(period.strip())
    name = next(filter(None, found.groups()), "").lower() if found else ""
    days = _SO_MANY_DAYS.fullmatch(period.strip())
    return name if name in _MONTHS else days[1] if days else ""


def _month_of(rate: Statement) -> str:
    """Return the month of each day of which a figure is, "" for none."""
    day = _A_DAY.match(rate.period)
    return _month(rate.period[day.end() :]) if day else ""


def _in_a_month(rate: Statement) -> tuple[float, float]:
    """Return what a count of each day of a month makes in all of it, at least and at most."""
    month = _month_of(rate)
    many = int(month) if month.isdecimal() else _MONTHS[month]
    most = math.inf if rate.high is None else rate.high * (29 if month == _SHORT else many)
    return (rate.low or 0) * many, most


def days(told: Told) -> Iterator[Misfit]:
    """Yield a count of each day of a month that a count of the whole month does not fit."""
    own = [s for s in told.own if is_count(s)]
    for rate in own:
        month = _month_of(rate)
        least, most = _in_a_month(rate) if month else (0.0, math.inf)
        for other in own if month else ():
            same = _month(other.period) == month or _THAT_MONTH.fullmatch(other.period)
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
