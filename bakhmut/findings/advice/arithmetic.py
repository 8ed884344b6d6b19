"""What figures give that are told side by side: a quotient, a difference, so many days' worth.

A ratio beside one count of each of its two sides (of a share, of the part and of the whole), by how
many a toll changed beside both tolls, so many a day beside the month's: if they are another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bakhmut.base.words import percent, span
from bakhmut.dossier.derived import set_aside, stated
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.findings.advice.to_print import name_of
from bakhmut.findings.advice.wholes import (
    ABOUT,
    Misfit,
    is_count,
    is_led,
    locators,
    may_be_one,
    time_of,
)

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Evidence, Statement


def misreckoned(evidence: Evidence) -> Iterator[Misfit]:
    """Yield by how many a count changed, or how many a day there were, where others differ."""
    yield from _changes(evidence)
    aside = set_aside(evidence.dossier.claims)
    yield from _months(evidence, [s for s in evidence if s.claim not in aside and is_count(s)])


def beside(evidence: Evidence) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the claims of each ratio with two counts, told one behind the other, that it may be of.

    And the claim of the ratio where the counts give it, "" where they give another. Where a text
    tells of several times the engine compares no ratio of a time that is not stated.
    """
    aside = set_aside(evidence.dossier.claims)
    own = [s for s in evidence if s.has_number and s.claim not in aside]
    counts = [s for s in own if s.kind == "count"]
    for ratio in (s for s in own if s.kind == "ratio"):
        for pair in pairwise(counts):
            if not is_divided((*pair, ratio)) or {s.text for s in pair} != {ratio.text}:
                continue
            top, below = _ends(pair, ratio)
            same = {"place", "period"} - {_divided_by(ratio)}
            alike = all(getattr(top, cell) == getattr(below, cell) for cell in same)
            if alike and _could_be_of(ratio, top, below):
                three = tuple(s.claim for s in evidence if s in (ratio, top, below))
                yield three, "" if _gives_another(ratio, top, below) else ratio.claim


def _could_be_of(ratio: Statement, top: Statement, below: Statement) -> bool:
    """Return whether nothing that is stated keeps a ratio from being the one of two counts."""
    cells = [(getattr(ratio, cell), getattr(top, cell)) for cell in ("side", "measure", "place")]
    cells += [(ratio.per_side, below.side), (ratio.per_measure, below.measure)]
    return all(may_be_one(*two) for two in (*cells, (time_of(ratio.period), time_of(top.period))))


def _gives_another(ratio: Statement, top: Statement, below: Statement) -> bool:
    """Return whether no quotient of two counts is in the range of a ratio."""
    most = top.high / below.low if top.high is not None and below.low else None
    least = top.low / below.high if top.low is not None and below.high else None
    under = most is not None and ratio.low is not None and most < ratio.low
    return under or (least is not None and ratio.high is not None and least > ratio.high)


def _ends(counts: Sequence[Statement], ratio: Statement) -> list[Statement]:
    """Return two counts in the order in which a ratio divides them."""
    name = _divided_by(ratio)
    return sorted(counts, key=lambda one: _end(one, name) != _end(ratio, name))


def is_divided(statements: Sequence[Statement]) -> bool:
    """Return whether they are a ratio and one count of each of its two sides.

    Of a share these are the counts of the part and of the whole: 312 dead, 1,840 ill, 27 %.
    """
    ratios = [one for one in statements if one.kind == "ratio"]
    counts = [one for one in statements if one.kind == "count"]
    if len(ratios) != 1 or len(counts) != 2:
        return False
    name = _divided_by(ratios[0])
    own = {_end(one, name) for one in counts}
    ends = {_end(ratios[0], name), _end(ratios[0], f"per_{name}")}
    return len(own) == 2 and own == ends


def _divided_by(ratio: Statement) -> str:
    """Return what tells the two ends of a ratio apart: whose losses, what is counted, when."""
    if ratio.side == ratio.per_side and stated(ratio.per_period):
        return "period"  # "twice as many in July as in June"
    return "measure" if ratio.is_share_printed and ratio.side == ratio.per_side else "side"


def _end(one: Statement, name: str) -> str:
    """Return whose, what or when one end of a ratio is: "in June" is "June"."""
    cell: str = getattr(one, name)
    return time_of(cell) if name.endswith("period") else cell


def divided(evidence: Evidence, claims: Sequence[str]) -> str:
    """Return what two counts give beside a ratio of just their sides, "" where it is not so."""
    own = sorted((evidence.statements[claim] for claim in claims), key=lambda one: one.kind)
    if not is_divided(own):
        return ""
    *counts, ratio = own
    top, below = _ends(counts, ratio)
    if not (top.low and below.low) or None in (top.high, below.high):
        return ""
    ends = float(top.low / below.high), float(top.high / below.low)
    if ratio.is_share_printed:
        return f": {top.figure} of {below.figure} is {span(*(100 * end for end in ends))} %"
    return f": {top.figure} to {below.figure} is {span(*ends)} to 1"


# -- so many a day ---------------------------------------------------------------------------

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
    days = int(month) if month.isdecimal() else _MONTHS[month]
    most = math.inf if rate.high is None else rate.high * (29 if month == _SHORT else days)
    return (rate.low or 0) * days, most


def _months(evidence: Evidence, own: Sequence[Statement]) -> Iterator[Misfit]:
    """Yield a count of each day of a month that a count of the whole month does not fit."""
    for rate in own:
        month = _month_of(rate)
        least, most = _in_a_month(rate) if month else (0.0, math.inf)
        for other in own if month else ():
            same = _month(other.period) == month or _THAT_MONTH.fullmatch(other.period)
            alike = rate.measures & other.measures and may_be_one(rate.place, other.place)
            sides = (rate.side, other.side), (other.side, rate.side)
            side = may_be_one(*sides[0]) or any(evidence.within("side", *two) for two in sides)
            if not (same and alike and side and other.text == rate.text):
                continue
            under = other.high is not None and other.high * _ROUGHLY < least
            if under or (other.low or 0) > most * _ROUGHLY:
                in_all = span(least, math.nan if most == math.inf else most)
                beside = f"beside it stands {name_of(evidence, other.claim)}, which does not fit."
                says = f"{rate.figure} {rate.period} make {in_all} in all; {beside}"
                yield Misfit((rate.claim,), other.claim, says)


# -- by how many it changed ------------------------------------------------------------------

_CHANGED = (
    r"(?:up|down|rose|risen|rises|rising|fell|fallen|falls|falling|dropped|grew|grown|increased|"
    r"decreased|climbed|jumped)"
)
_BY = re.compile(
    rf"\b(?:{_CHANGED}(?:\s+by)?|(?:increase|rise|jump|drop|fall|decrease|decline|growth)\s+of)\s+"
    rf"{ABOUT}$",
    re.I,
)
_PER_CENT = re.compile(rf"\b{_CHANGED}\s+(?:by\s+)?{ABOUT}[\d.]+\s*(?:%|per\s?cent)", re.I)
_MORE = re.compile(r"\s+(?:[a-z]+\s+)?(?:more|fewer|less|higher|lower)\s+than\b", re.I)
_BEFORE = re.compile(rf"\b(?:from|than|on|over)\s+(?:(?:the|its|their|an?)\s+)?{ABOUT}$", re.I)
_TO = re.compile(rf"\bto\s+{ABOUT}$", re.I)


def _changes(evidence: Evidence) -> Iterator[Misfit]:
    """Yield by how many or how far a count is said to have changed, where its ends say another.

    "Rose by 12, from 31 to 47", "30 dead, 12 more than the 15 reported on Monday".
    """
    where = locators(evidence)
    own = [s for s in evidence if s.has_number and s.kind in ("count", "ratio")]
    for three in zip(own, own[1:], own[2:], strict=False):
        if len({where[s.claim] for s in three}) > 1 or len({s.measure for s in three}) > 1:
            continue
        at = next((n for n, one in enumerate(three) if n < 2 and _is_change(one)), None)
        if at is None:
            continue
        change, (one, other) = three[at], [s for s in three if s is not three[at]]
        first = one if is_led(one, _BEFORE) and is_led(other, _TO) else other
        last = other if first is one else one
        after = at == 1 or is_led(last, _TO)
        if after and is_led(first, _BEFORE) and _is_another(change, first, last):
            yield Misfit(
                (change.claim, first.claim),
                last.claim,
                _in_words(change, first, last),
                by_words=True,
            )


def _is_change(one: Statement) -> bool:
    """Return whether a number is by its own words that of a change."""
    if one.kind == "ratio":
        return bool(_PER_CENT.search(one.quote))
    number = number_in(one.quote, one.printed)
    return bool(number and _MORE.match(one.quote, number.end())) or is_led(one, _BY)


def _in_words(change: Statement, first: Statement, last: Statement) -> str:
    before, after = first.low or 0, last.low or 0
    by = abs(after - before)
    said = percent(by / before) if change.kind == "ratio" and before else f"{by:,.0f}"
    gives = f"{said} {'less' if after < before else 'more'}"
    return f"From {first.figure} to {last.figure} is {gives}; beside it stands {change.said}."


_ROUNDED = 0.01  # of 1: a percentage may be rounded


def _is_another(change: Statement, first: Statement, last: Statement) -> bool:
    """Return whether a change cannot be the one from one count to another."""
    ends = (first.low, first.high, last.low, last.high)
    if any(s.kind != "count" for s in (first, last)) or None in ends:
        return False
    if change.kind == "ratio":
        if not (first.low and change.per_measure == change.measure):
            return False
        least, most, off = last.low / first.high, last.high / first.low, _ROUNDED
    else:
        least, most = sorted((abs(last.low - first.high), abs(last.high - first.low)))
        least, off = (0.0 if first.low <= last.high and last.low <= first.high else least), 0.0
    low = -math.inf if change.low is None else change.low
    high = math.inf if change.high is None else change.high
    return most < low - off or least > high + off
