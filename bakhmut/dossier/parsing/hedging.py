"""What a printed figure stands for: its hedge, its rounding, and the numbers that they leave.

`data/hedges.csv` gives every hedge phrase its meaning in numbers, which only this module reads (a
draft takes the phrases from there, too: `drafting/words.py`). A figure
*"about 400"* is read as 380 to 420, and as 320 to 480 at the most; *"10 %"*, without a hedge, as
9.5 % to less than 10.5 %.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from bakhmut.dossier.parsing.notation import parse_number

HEDGES = (
    *("exact", "about", "at least", "more than", "up to", "nearly"),
    *("may", "so far", "difference"),
)
TABLE = Path(__file__).parents[2] / "data" / "hedges.csv"
FLOORS, CEILINGS = {"at least", "more than", "so far"}, {"up to", "nearly"}
# Hedges beside which a point figure still is rounded as it is printed.
_ROUNDED_BESIDE = {"may", "difference"}
_MARGIN = re.compile(r"(?:±|\+/-|\+-|plus or minus)\s*([0-9][^;]*)")
# A whole number is rounded where it has so many digits and ends in so many zeros, and then to at
# most this share of itself.
_SHORTEST, _LEAST_ZEROS, _COARSEST = 5, 2, Fraction(5, 100)


class Hedge(NamedTuple):
    """One phrase of `hedges.csv`: factors of the figure (of "dozens", the number itself).

    `far_low` and `far_high` are the furthest ends that a careful reader could defend; `reached`
    says whether the figure itself is meant. A margin ("± 5 %") has its text as its phrase.
    """

    phrase: str
    hedge: str
    said: str = ""
    low: Fraction | None = None
    high: Fraction | None = None
    far_low: Fraction | None = None
    far_high: Fraction | None = None
    reached: bool = True
    where: str = ""
    note: str = ""


class Interval(NamedTuple):
    """The numbers that a figure stands for: low to high, None where it is open.

    `reached` says whether the upper end itself is one of them. `far` has the furthest ends of
    "about", `bare` both ends before rounding and "about" (None where neither moved them).
    `in_full` says whether all digits of a rounded number are written out: its zeros may be digits.
    """

    low: Fraction | None
    high: Fraction | None
    reached: bool = True
    far: tuple[Fraction | None, Fraction | None] | None = None
    bare: tuple[Fraction | None, Fraction | None] | None = None
    in_full: bool = False


@cache
def table() -> dict[str, Hedge]:
    """Return every hedge phrase with its meaning, in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["phrase"]: _hedge(row) for row in csv.DictReader(file)}


def _hedge(row: dict[str, str]) -> Hedge:
    numbers = {
        end: Fraction(row[end]) if row[end] else None
        for end in ("low", "high", "far_low", "far_high")
    }
    return Hedge(
        row["phrase"], row["hedge"], row["said"] or row["hedge"],
        reached=row["reached"] != "no", where=row["where"], note=row["note"], **numbers,
    )  # fmt: skip


def hedges(text: str) -> tuple[str, ...]:
    """Return the canonical hedges of a cell, each once, in the order written.

    Several may be joined by `;`, `,`, `+`, "and" or a blank; case does not matter; every phrase of
    `hedges.csv` is understood as the hedge that the table gives it.

    >>> hedges("may; more than"), hedges("possibly over"), hedges("± 5 %")
    (('may', 'more than'), ('may', 'more than'), ('± 5 %',))
    """
    return tuple(dict.fromkeys(one.hedge for one in phrases(text)))


def said(text: str) -> tuple[str, ...]:
    """Return the hedges of a cell as they are said: "under" stays so, "below" is said so, too.

    >>> said("fewer than"), said("just above"), said("circa")
    (('under',), ('just over',), ('about',))
    """
    return tuple(dict.fromkeys(one.said for one in phrases(text)))


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[Hedge, ...]:
    """Return the hedge phrases of a cell with their meanings, in the order written."""
    found: list[Hedge] = []
    rest = text.lower().strip()
    if rest in table():
        return (table()[rest],)
    if margin := _MARGIN.search(rest):
        found.append(_margin(margin[1].strip()))
        rest = rest[: margin.start()] + ";" + rest[margin.end() :]
    for piece in re.split(r"[;,+]|\band\b", rest):
        words = piece.split()
        while words:
            length = _longest(words)
            found.append(table()[" ".join(words[:length])])
            words = words[length:]
    together = {one.hedge for one in found}
    if ("exact" in together and together - {"exact", "may"}) or (
        together & FLOORS and together & CEILINGS
    ):
        raise ValueError("says two opposite things; keep the one that the text prints")
    return tuple(found)


def _longest(words: list[str]) -> int:
    """Return how many of these words the longest phrase that they begin with has."""
    longest = max(len(phrase.split()) for phrase in table())
    for length in range(min(longest, len(words)), 0, -1):
        if " ".join(words[:length]) in table():
            return length
    allowed = "allowed are " + ", ".join(HEDGES)
    raise ValueError(f"is not a hedge; {allowed}, several joined by ';'")


def _margin(text: str) -> Hedge:
    """Return "± 200" or "± 5 %" as a hedge; `low` is the margin, `where` its unit."""
    number = parse_number(text)
    name = f"± {text}"
    return Hedge(name, name, name, low=number, where="%" if text.endswith("%") else "")


def last_digit(printed: str, *, is_hedged: bool = False) -> Fraction:
    """Return one unit of the digit to which a printed figure is rounded, 0 for an exact count.

    The last digit that is printed after a decimal point, before "%" or before "thousand",
    "million" and the like; in a whole number of five digits or more that ends in two zeros or
    more the last one that is not zero, though a unit is at most 5 % here. Of a number that is
    hedged all zeros at its end are rounding, however short it is.

    >>> [str(last_digit(text)) for text in ("25.6%", "1.2 million", "120,000", "153,771")]
    ['1/1000', '100000', '6000', '0']
    >>> str(last_digit("400")), str(last_digit("400", is_hedged=True))
    ('0', '20')
    """
    whole, point, part, unit = _taken_apart(printed)
    if point or unit != 1:
        return unit / 10 ** len(part)
    zeros = len(whole) - len(whole.rstrip("0"))
    if not zeros or (not is_hedged and (len(whole) < _SHORTEST or zeros < _LEAST_ZEROS)):
        return Fraction(0)
    return min(Fraction(10**zeros), _COARSEST * int(whole))


def _taken_apart(printed: str) -> tuple[str, str, str, Fraction]:
    """Return the digits before a point, the point, those behind it, and what "%" and such make."""
    plain = printed.strip().lstrip("-−–").lstrip()
    number = re.sub(r"[^\d.,\s'’].*", "", plain).rstrip()
    whole, point, part = re.sub(r"[^\d.]", "", number).partition(".")
    return whole, point, part, parse_number(f"1{plain[len(number) :]}")


def is_in_full(printed: str) -> bool:
    """Return whether all digits of a whole number are written out.

    >>> is_in_full("1,200,000"), is_in_full("1.2 million"), is_in_full("35k")
    (True, False, False)
    """
    _, point, _, unit = _taken_apart(printed)
    return not point and unit == 1


def stands_for(low: str, high: str, hedge: str, *, is_ratio: bool) -> Interval:
    """Return the numbers that a figure stands for, from the cells of its row.

    >>> [str(end) for end in stands_for("10 %", "10 %", "", is_ratio=True)[:2]]
    ['19/200', '21/200']
    >>> [str(end) for end in stands_for("400", "400", "about", is_ratio=False)[:2]]
    ['380', '420']
    >>> [str(end) for end in stands_for("30", "30", "under", is_ratio=False)[:2]]
    ['None', '29']
    """
    found = phrases(hedge)
    families = {one.hedge for one in found}
    least, most = (parse_number(end) if end else None for end in (low, high))
    if least is not None and least == most and families <= _ROUNDED_BESIDE:
        rounded = _rounded(least, last_digit(low), below_zero="difference" in families)
        return rounded._replace(in_full=is_in_full(low))
    least, most = _opened(least, most, families)
    reached = True
    # What opens or narrows an end comes first, so that "about" widens what is left.
    for one in found:
        if one.phrase.startswith("±"):
            least, most = _with_margin(one, least, most, low)
        elif one.hedge == "more than" and least is not None:
            ceiling = None if one.high is None else one.high * least
            least += not is_ratio
            most = most if ceiling is None else max(ceiling, least)
        elif one.hedge == "nearly" and least is None and most is not None and one.low is not None:
            least = one.low * most
        elif not one.reached and most is not None:
            reached = not is_ratio
            most -= not is_ratio
    about = next((one for one in found if one.hedge == "about"), None)
    if about is None:
        return Interval(least, most, reached)
    bare = (least, most)
    near = _times(least, about.low), _times(most, about.high)
    far = _times(least, about.far_low), _times(most, about.far_high)
    return Interval(*near, reached, far, bare)


def _times(end: Fraction | None, factor: Fraction | None) -> Fraction | None:
    return None if end is None or factor is None else end * factor


def _rounded(value: Fraction, unit: Fraction, *, below_zero: bool) -> Interval:
    """Return all numbers that are rounded to a point figure: the upper end is not one of them."""
    if not unit:
        return Interval(value, value)
    low = value - unit / 2
    low = low if below_zero else max(low, Fraction(0))
    return Interval(low, value + unit / 2, False, bare=(value, value))


def _opened(
    low: Fraction | None, high: Fraction | None, families: set[str]
) -> tuple[Fraction | None, Fraction | None]:
    """Return both ends, that which a floor or a ceiling opens left open though it is filled."""
    if families & FLOORS:
        return (high, None) if low is None else (low, None if low == high else high)
    if families & CEILINGS and (high is None or high == low):
        return None, low if high is None else high
    return low, high


def _with_margin(
    one: Hedge, low: Fraction | None, high: Fraction | None, printed: str
) -> tuple[Fraction | None, Fraction | None]:
    """Return both ends with a margin; of a figure in per cent, "± 3 %" are three points."""
    assert one.low is not None
    share = one.where == "%" and not printed.rstrip().endswith("%")
    return (
        None if low is None else low - (low * one.low if share else one.low),
        None if high is None else high + (high * one.low if share else one.low),
    )
