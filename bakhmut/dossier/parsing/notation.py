"""What may stand in one cell: numbers as printed, sums of names, periods (hedges: `hedging`).

Each function takes the text of a cell and returns its exact meaning, or raises `ValueError`
with a sentence that says how to write it. Nothing is guessed: "5,5" is refused, not rounded.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

# What separates groups of three digits in print: comma, blank, no-break, thin, narrow
# no-break and figure space, straight and typographic apostrophe.
_GROUP = "[, \u00a0\u2009\u202f\u2007'\u2019]"
_NUMBER = re.compile(
    rf"(?:(?P<minus>[-−–])\s*)?(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?P<mark>{_GROUP})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*)"
    r"(?P<part>\.[0-9]+)?"
    r"(?:[\s\u00a0\u2009\u202f\u2007]*(?P<unit>%|per ?cent|k|thousand|million|billion))?",
    re.IGNORECASE | re.ASCII,  # else the sign of the kelvin, too, were a thousand
)
_UNITS = {"k": 1000, "thousand": 1000, "million": 10**6, "billion": 10**9}
_LONGEST_NUMBER = 60

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DURATION = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
_DATE_CHARACTERS = frozenset("0123456789./:-–—TZPYMWD ")

Period = tuple[date | None, date | None]


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Fraction:
    """Return a number as printed as an exact fraction.

    Thousands may be set off by commas, blanks (no-break and thin ones too) or apostrophes; a
    point is the decimal point; "thousand", "million", "billion", "k" and "%" are understood.

    >>> parse_number("153,770"), parse_number("1.2 million"), parse_number("88 %")
    (Fraction(153770, 1), Fraction(1200000, 1), Fraction(22, 25))
    """
    plain = text.strip()
    if len(plain) > _LONGEST_NUMBER:
        raise ValueError(f"is longer than the {_LONGEST_NUMBER} characters a number may have")
    if plain.isascii() and plain.isdecimal():
        return Fraction(int(plain))
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise ValueError(_why_not_a_number(plain))
    value = Fraction(re.sub(_GROUP, "", match["whole"]) + (match["part"] or ""))
    value = -value if match["minus"] else value
    unit = (match["unit"] or "").lower()
    if unit.startswith(("%", "per")):
        return value / 100
    return value * _UNITS.get(unit, 1)


def _why_not_a_number(text: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", text):
        whole, part = text.split(",")
        return f"may be a decimal comma; write {whole}.{part} with a decimal point"
    if re.fullmatch(r"[0-9.,' \u00a0\u2009\u202f\u2007\u2019]*[.,][0-9.,' ]*", text):
        return "can be taken in several ways; write it like 153,770 or 153770 or 4.5"
    return "is not a number; write it like 153,770 or 120000 or 4.5 or 88% or 1.2 million"


def parse_sum(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the parts of a sum, and whether it ends in "..." ("and perhaps more").

    >>> parse_sum("killed + wounded")
    (('killed', 'wounded'), False)
    >>> parse_sum("Bakhmut + ...")
    (('Bakhmut',), True)
    """
    parts = [part.strip() for part in text.split("+")]
    parts = ["..." if part == "…" else part for part in parts]
    is_open = parts[-1] == "..."
    named = tuple(parts[:-1] if is_open else parts)
    if "..." in named:
        raise ValueError("has ' + ...' before its end; it may only stand last")
    if not named:
        raise ValueError("names no part before '...'; write it like 'killed + wounded + ...'")
    if "" in named:
        raise ValueError("has an empty part; write it like 'killed + wounded'")
    if len(set(named)) < len(named):
        part = Counter(named).most_common(1)[0][0]
        raise ValueError(f"counts {part[:40]!r} more than once; name each part once")
    return named, is_open


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period | None:
    """Return first and last day, both included; None where `text` is a term (or blank).

    An interval `a/b` of days, months or years, either end `..` for open (None); a single day,
    month or year; `a/P3M` or `P3M/b`. What looks like a date and is none is an error.

    >>> parse_period("2022-02-24/2023-03")
    (datetime.date(2022, 2, 24), datetime.date(2023, 3, 31))
    >>> parse_period("the siege") is None
    True
    """
    plain = text.strip()
    ends = [end.strip() for end in plain.split("/")]
    if len(ends) > 2 or not any(_is_dated(end) for end in ends):
        if _looks_dated(plain):
            raise ValueError(_HOW_PERIOD)
        return (None, None) if ends == ["..", ".."] else None
    try:
        first, last = _first_and_last(ends[0], ends[-1])
    except (OverflowError, ValueError) as error:
        raise ValueError(_HOW_PERIOD) from error
    if first and last and first > last:
        raise ValueError("ends before it begins; put the earlier date first")
    return first, last


def period_in_words(text: str) -> str:
    """Return a period as one would say it; the name of one as it is.

    >>> period_in_words("2022-02-24/2023-03-06"), period_in_words("2023-03-06/2023-03-06")
    ('2022-02-24 to 2023-03-06', '2023-03-06')
    >>> period_in_words("../2023-03"), period_in_words("2022-02-24/.."), period_in_words("D/Day")
    ('up to 2023-03', 'from 2022-02-24 on', 'D/Day')
    >>> period_in_words("2023-05 + 2023-07/2023-08"), period_in_words("2023-01-01/2023-12-31")
    ('2023-05 + 2023-07 to 2023-08', '2023')
    """
    if "+" in text:
        return " + ".join(period_in_words(part.strip()) for part in text.split("+"))
    start, slash, end = (part.strip() for part in text.partition("/"))
    period = parse_period(text)
    if not slash or not period:
        return text
    if _DURATION.fullmatch(start) or _DURATION.fullmatch(end):
        start, end = map(str, period)
    if start == "..":
        return "any time" if end == ".." else f"up to {end}"
    if end == "..":
        return f"from {start} on"
    whole = (start[:4], start[:7], start)  # a year, a month, a day
    return next((one for one in whole if parse_period(one) == period), f"{start} to {end}")


_HOW_PERIOD = (
    "is not a period; write it like 2022-02-24/2023-03-06 (.. for an open end), "
    "2023-03-06, 2023-03, 2023 or 2022-02-24/P3M"
)


def _looks_dated(text: str) -> bool:
    """Tell a slip ("06.03.2023", "since 2022-02-24") from the name of a period ("the siege")."""
    digits_only = set(text) <= _DATE_CHARACTERS and not set(text).isdisjoint("0123456789")
    return digits_only or bool(re.search(r"[0-9]{4}-[0-9]{2}", text))


def _is_dated(text: str) -> bool:
    return bool(_DATE.fullmatch(text) or _DURATION.fullmatch(text))


def _first_and_last(start: str, end: str) -> Period:
    """Return the two ends of an interval; ValueError where one is neither date nor `..`."""
    if duration := _DURATION.fullmatch(end):
        first = parse_date(start)[0]
        return first, _shift(first, duration, +1) - timedelta(days=1)
    if duration := _DURATION.fullmatch(start):
        last = parse_date(end)[1]
        return _shift(last + timedelta(days=1), duration, -1), last
    first_day = None if start == ".." else parse_date(start)[0]
    return first_day, None if end == ".." else parse_date(end)[1]


def _shift(day: date, duration: re.Match[str], sign: int) -> date:
    years, months, weeks, days = (int(part or 0) for part in duration.groups())
    if not years + months + weeks + days:
        raise ValueError("a duration of nothing")
    year, month = divmod(day.year * 12 + day.month - 1 + sign * (12 * years + months), 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("beyond the calendar")
    last = calendar.monthrange(year, month + 1)[1]
    moved = day.replace(year=year, month=month + 1, day=min(day.day, last))
    return moved + sign * timedelta(days=7 * weeks + days)


@lru_cache(maxsize=4096)
def parse_date(text: str) -> tuple[date, date]:
    """Return the first and last day of an ISO day, month or year.

    >>> parse_date("2023-02")
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    """
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        last_month = month or 12
        return first, date(year, last_month, calendar.monthrange(year, last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError("is not a date; write it like 2023-03-06, 2023-03 or 2023") from None
