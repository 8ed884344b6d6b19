"""What a spreadsheet makes of what was typed: dates of figures, day and month changed about.

A spreadsheet turns `5-24` into a date and `2023-03-15` into 45000. What was meant is taken back
where that is certain (a date cell in a column of dates, a cell that shows per cent); where it is
not, a sentence says what to write.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bakhmut.dossier.doors.frames import text_of

DAYS = ("published", "period", "per_period")
FIGURES = ("low", "high")

# Day numbers of 1954 to 2119 in a spreadsheet that counts from 1899-12-30.
_SERIAL = re.compile(r"[2-7][0-9]{4}(?:\.0+)?")
_EPOCH = date(1899, 12, 30)
_THREE = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})[ .-]+)?(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
    r"(?:[ ,.-]+(?P<then>[0-9]{1,2}))?(?:[ ,.-]+(?P<year>[0-9]{4}))?",
    re.IGNORECASE,
)
# What a spreadsheet shows of 2024-05, or of a day without its year.
MONTH_AND_NUMBER = re.compile(
    rf"(?:{'|'.join(_MONTHS)})-[0-9]{{2}}|[0-9]{{1,2}}-(?:{'|'.join(_MONTHS)})", re.IGNORECASE
)
_AGAIN = "make the cell text and type the figure again, a range in low and high"


def how_to_write(column: str, text: str) -> str:
    """Return what is to be said of a cell that looks like a date, "" where it does not.

    >>> how_to_write("published", "45000")
    'looks like a date that Excel made; write 2023-03-15'
    >>> how_to_write("published", "3/6/2023")
    'day or month first? write 2023-03-06 or 2023-06-03'
    >>> how_to_write("low", "May-24")  # doctest: +ELLIPSIS
    'looks like a date that Excel made; make the cell text and type the figure again, ...'
    """
    if column in FIGURES:
        if re.fullmatch(r"[0-9.,]+ ?: ?[0-9.,]+", text):
            return "is a ratio; write the first number, for 1 of what the per_ columns name"
        dated = not text.isdecimal() and _days_in(text)
        return f"looks like a date that Excel made; {_AGAIN}" if dated else ""
    if column not in DAYS or not (ways := _days_in(text)):
        return ""
    if _SERIAL.fullmatch(text):
        return f"looks like a date that Excel made; write {ways[0]}"
    if len(ways) > 1 and _THREE.fullmatch(text):
        return f"day or month first? write {ways[0]} or {ways[1]}"
    return f"is not written as a date here; write {' or '.join(ways)}"


def _days_in(text: str) -> list[str]:
    """Return the ISO days or months that a text may mean, one where it is certain."""
    if _SERIAL.fullmatch(text):
        return [str(_EPOCH + timedelta(days=int(float(text))))]
    if match := _YEAR_FIRST.fullmatch(text):
        return _real([(int(match[1]), int(match[2]), int(match[3]))])
    if match := _THREE.fullmatch(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        # With points the day stands first, wherever that is the custom.
        ways = [(year, other, one)] if match[2] == "." else [(year, one, other), (year, other, one)]
        return _real(ways)
    if match := _MONTH.fullmatch(text):
        month = 1 + _MONTHS.index(match["month"][:3].lower())
        day = match["day"] or match["then"]
        if match["year"] and not (match["day"] and match["then"]):
            year = int(match["year"])
            return _real([(year, month, int(day))]) if day else [f"{year:04}-{month:02}"]
        if day:  # "May-24": the 24th of an unknown year, or the year 2024
            return [f"20{int(day):02}-{month:02}", f"a day with its year, like 2023-{month:02}-06"]
    return []


def _real(ways: list[tuple[int, int, int]]) -> list[str]:
    days = []
    for way in ways:
        try:
            days.append(date(*way).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(days))


# ---- cells of a workbook, which have types


def text_of_cell(value: object, column: str, shown_as: str = "General") -> str:
    """Return what was typed into a cell of a workbook.

    `shown_as` is the cell's number format. Raises ValueError where what was typed is not certain:
    a date in a column of figures or words, a day without a year, a time.
    """
    codes = _codes(shown_as)
    if isinstance(value, date | datetime):
        return _day(value, column, codes)
    if isinstance(value, time | timedelta):
        raise ValueError(f"holds a time ({value}) that Excel made of what was typed; {_AGAIN}")
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in codes:
        return f"{text_of(Decimal(text_of(value)) * 100)}%"
    return text_of(value)


def _codes(shown_as: str) -> str:
    """Return a number format without its literals, colours and other sections."""
    return re.sub(r'"[^"]*"|\[[^]]*\]|\\.|_.', "", shown_as).partition(";")[0].lower()


def _day(value: date, column: str, codes: str) -> str:
    day = value.date() if isinstance(value, datetime) else value
    if column not in DAYS:
        what = f"holds a date ({day}) that Excel made of what was typed; "
        raise ValueError(what + (_AGAIN if column in FIGURES else "make the cell text, type again"))
    if "y" not in codes:
        what = f"is shown without a year, and Excel took {day.year}; write {day} if that is meant"
        raise ValueError(f"{what}, with the cell made text")
    if "d" in codes:
        return day.isoformat()
    if day.day != 1 or ("m" not in codes and day.month != 1):
        raise ValueError(f"holds the date {day} and shows less of it; write {day} as text")
    return f"{day:%Y-%m}" if "m" in codes else f"{day:%Y}"
