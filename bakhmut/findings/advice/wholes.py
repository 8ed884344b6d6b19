"""Figures that a text gives as parts of another and that do not fit it.

Parts by places that are more than all, a group that is more than those it is said to be of, a
percentage that is not the quotient printed beside it: no cell of the table says so, the words do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bakhmut.base.sentences import listed
from bakhmut.base.words import percent, span
from bakhmut.dossier.derived import set_aside, stated
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.findings.advice.to_print import name_of

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Evidence, Statement


class Misfit(NamedTuple):
    """Parts, the claim of their whole, and `how` they are said to be of it.

    `parts` are added up, a `group` is "of them", a `share` is printed beside "312 of 1,840",
    `days` are those of a month, of each of which so many are told.
    """

    claims: tuple[str, ...]
    whole: str
    how: str


SAID = ("group", "share")  # by the words themselves, and not only perhaps


def misfits(evidence: Evidence) -> Iterator[Misfit]:
    """Yield what the words of a text say of parts and wholes that cannot be."""
    aside = set_aside(evidence.dossier.claims)
    where = _locators(evidence)
    own = [s for s in evidence if s.claim not in aside and s.has_number]
    for before, one, other in zip([None, *own], own, own[1:], strict=False):
        if where[one.claim] == where[other.claim]:
            near = before is not None and where[before.claim] == where[one.claim]
            yield from _beside(before if near else None, one, other)
    yield from _sums(own, where)
    yield from _months(evidence, [s for s in own if _is_count(s)])
    yield from _lists([s for s in own if _is_count(s) and s.measure and s.source], where)


def _locators(evidence: Evidence) -> Mapping[str, str]:
    claims = evidence.dossier.claims
    return dict(zip(claims["claim"], claims["locator"], strict=True))


def _is_count(one: Statement) -> bool:
    return one.kind == "count" and one.low is not None and not one.is_share


def in_words(evidence: Evidence, found: Misfit) -> str:
    """Return in words that parts do not fit the whole that the text says they are of."""
    whole = name_of(evidence, found.whole)
    if found.how == "share":
        printed, given = _so_many_of(evidence.statements[found.whole])
        beside = name_of(evidence, *found.claims)
        return f"{printed} is {percent(given or 0)}; beside it stands {beside}."
    parts = [name_of(evidence, c, by=False, place=True, group=True) for c in found.claims]
    if found.how == "group":
        return f"{parts[0]} are more than the {whole} that they are said to be of."
    if found.how == "days":
        rate = evidence.statements[found.claims[0]]
        least, most = _in_a_month(rate)
        in_all = span(least, math.nan if most == math.inf else most)
        return f"{rate.figure} {rate.period} make {in_all} in all; beside it stands {whole}."
    least = sum(evidence.statements[claim].low or 0 for claim in found.claims)
    return f"If {listed(parts)} are parts of the {whole}, they are more than all: {least:,.0f}."


# -- of them -------------------------------------------------------------------------------

_ABOUT = r"(?:(?:at\s+least|about|around|some|nearly|almost|more\s+than|up\s+to)\s+)?"
_LED = re.compile(
    rf"\b(?:including|among\s+(?:them|whom)|(?:of|from)\s+(?:them|whom|these|those)),?\s+{_ABOUT}$",
    re.I,
)
_OF_THEM = re.compile(r"(?:\s+[a-z]+)?\s+(?:of|among)\s+(?:them|whom)\b", re.I)
_OF_THE = re.compile(rf"^(?:of|among)\s+(?:the|these|those|its|their)\s+{_ABOUT}$", re.I)
_CLAUSE = re.compile(r"[,;:.]|\b(?:and|but|while)\b|(?:\w+\s+){4}\w")
# "They comprised 64 dead and 156 wounded", "Eleven of the wounded were men"
_MAKE_UP = re.compile(
    r"\b(?:compris(?:e|es|ed|ing)|consist(?:s|ed|ing)\s+of|made\s+up\s+of|include[sd]?)\s+"
    rf"{_ABOUT}$",
    re.I,
)
_OF_THE_SAME = re.compile(
    r"\s+of\s+the\s+(?:dead|killed|victims|wounded|injured|missing|casualties|arrested|"
    r"detained)\b",
    re.I,
)
# Of villages destroyed "including 300 houses" are no part that is counted like the whole.
_THINGS = frozenset((
    *("destroyed", "damaged", "sunk", "shot down", "closed", "disrupted", "out of service"),
    *("cancelled", "suspended", "flooded", "intercepted", "seized"),
))  # fmt: skip


def _beside(before: Statement | None, one: Statement, other: Statement) -> Iterator[Misfit]:
    """Yield that a figure, right behind another, is said to be a part of it and cannot be."""
    if other.kind == "ratio" and _is_count(one) and _differs(one, other):
        yield Misfit((other.claim,), one.claim, "share")
    if not (_is_count(one) and _is_count(other) and _is_of(one, other)):
        return
    # "40 were hurt and 12 killed, 15 of them children": they may be of both
    joined = before is not None and _is_count(before) and before.source == one.source
    rest = (before.high or 0) if before is not None and joined else 0
    if one.high is not None and one.high > 1 and (other.low or 0) > one.high + rest:
        yield Misfit((other.claim,), one.claim, "group")


def _sums(own: Sequence[Statement], where: Mapping[str, str]) -> Iterator[Misfit]:
    """Yield parts in one list that are said to be of the figure before, and are more together."""
    for at, (whole, first) in enumerate(pairwise(own)):
        near = where[whole.claim] == where[first.claim] and _is_count(whole) and _is_count(first)
        if not (near and whole.high and (_is_of(whole, first) or _are_of(whole, first))):
            continue
        parts = [first]
        for one in own[at + 2 :]:
            here = where[one.claim] == where[first.claim] and _is_count(one)
            if not (here and (one.quote == first.quote or _goes_on(parts[-1], one))):
                break
            parts.append(one)
        told = {(one.side, one.measure, one.place) for one in parts}
        if len({one.measure for one in parts}) > 1 and not _is_made_up(first):
            continue
        if len(told) == len(parts) > 1 and sum(one.low or 0 for one in parts) > whole.high:
            yield Misfit(tuple(one.claim for one in parts), whole.claim, "parts")


def _goes_on(last: Statement, one: Statement) -> bool:
    """Return whether a group is told in the sentence of another: "nine were women and eight"."""
    groups = stated(last.side).islower() and stated(one.side).islower()
    return groups and one.quote[:1].islower() and one.measure == last.measure


def _are_of(whole: Statement, first: Statement) -> bool:
    """Return whether a sentence begins to say what a figure is made up of."""
    number = number_in(first.quote, first.printed)
    if number is None or {whole.measure, first.measure} & _THINGS:
        return False
    same = whole.measure == first.measure and _OF_THE_SAME.match(first.quote, number.end())
    return bool(same) or _is_made_up(first)


def _is_made_up(first: Statement) -> bool:
    number = number_in(first.quote, first.printed)
    return bool(number and _MAKE_UP.search(first.quote, 0, number.start()))


def _is_of(one: Statement, other: Statement) -> bool:
    """Return whether the words of the second figure say that it is of the first."""
    if {one.measure, other.measure} & _THINGS:
        return False
    first, number = number_in(one.quote, one.printed), number_in(other.quote, other.printed)
    if not (first and number):
        return False
    start, end = number.span()
    lead = other.quote[:start].removeprefix(one.quote[: first.end()]).strip()
    of_the = _OF_THE.match(one.quote[: first.start()]) and not _CLAUSE.search(lead)
    return bool(_LED.search(other.quote, 0, start) or _OF_THEM.match(other.quote, end) or of_the)


# -- a share of so many ----------------------------------------------------------------------

_SO_MANY = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|all|some|about)\s+)*(\d[\d,]*)\b(?!\s*(?:%|per\s?cent))"
)
_THAT_IS = re.compile(r"\brate|\bratio|\bor\b|\b(?:that|which)\s+is\b|\(", re.I)


def _differs(one: Statement, share: Statement) -> bool:
    """Return whether "312 of 1,840" is another percentage than the one told right behind it."""
    _, given = _so_many_of(one)
    told = share.is_share_printed and one.measure == share.measure and one.source == share.source
    if given is None or not (told and _THAT_IS.search(share.quote)):
        return False
    below = share.low is not None and given < share.low
    return below or (share.high is not None and given > share.high)


def _so_many_of(one: Statement) -> tuple[str, float | None]:
    """Return "312 of 1,840" of a quote, and how much that is of 1, None where it says no such."""
    number = number_in(one.quote, one.printed)
    of = number and _SO_MANY.match(one.quote, number.end())
    whole = float(of[1].replace(",", "")) if of else 0
    if not (number and of and whole and one.low is not None):
        return "", None
    return f"{number[0]} of {of[1]}", float(one.low) / whole


# -- so many a day ---------------------------------------------------------------------------

_A_DAY = re.compile(r"(?:a|per|each|every)\s+day\s+|daily\s+", re.I)
_SHORT = "february"
_MONTHS = dict.fromkeys(("january", "march", "may", "july", "august", "october", "december"), 31)
_MONTHS |= dict.fromkeys(("april", "june", "september", "november"), 30) | {_SHORT: 28}
_ROUGHLY = 1.1  # so many a day is a mean, and rounded
_WHOLE = re.compile(
    r"(?:(?:in|for|over|during|throughout|of|all|the|whole|month|entire)\s+)*(?P<month>[a-z]+)(?:\s+\d{4})?"
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
    if days := _SO_MANY_DAYS.fullmatch(period.strip()):
        return days[1]
    found = _WHOLE.fullmatch(period.strip())
    name = next(filter(None, found.groups()), "").lower() if found else ""
    return name if name in _MONTHS else ""


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
                yield Misfit((rate.claim,), other.claim, "days")


# -- lists by places -------------------------------------------------------------------------

# As wide as all that a text tells of.
_EVERYWHERE = ("country", "nation", "province", "region", "state")


def _lists(own: Sequence[Statement], where: Mapping[str, str]) -> Iterator[Misfit]:
    """Yield the counts of a list by places that are more than one of all, in one voice.

    "214 killed ... It lists 131 around Vovchansk, 67 near Lyptsi and 42 at Kupiansk": 240.
    """
    voices: dict[tuple[str, str], list[Statement]] = {}
    for s in own:
        voices.setdefault((s.source, s.measure), []).append(s)
    for said in voices.values():
        for whole in (s for s in said if s.low == s.high and _is_everywhere(s.place)):
            lists: dict[str, list[Statement]] = {}
            for s in said:
                alike = all(
                    may_be_one(getattr(s, cell), getattr(whole, cell))
                    for cell in ("side", "period")
                )
                if alike and stated(s.place) and s.low < whole.low:  # type: ignore[operator]
                    lists.setdefault(where[s.claim], []).append(s)
            for parts in lists.values():
                places = {s.place for s in parts}
                if len(places) == len(parts) > 1 and sum(s.low for s in parts) > whole.high:  # type: ignore[misc,operator]
                    yield Misfit(tuple(s.claim for s in parts), whole.claim, "parts")


def _is_everywhere(place: str) -> bool:
    """Return whether a place is none, or all that a text tells of."""
    return not stated(place) or place.lower() in _EVERYWHERE


def may_be_one(cell: str, other: str) -> bool:
    """Return whether two cells are alike, or one of them is not stated."""
    return cell == other or not (stated(cell) and stated(other))


# "in that week", "the town": of which is told before.
_BACK = re.compile(
    r"(?:(?:in|over|during|for|on)\s+)?(?:the\s+same|that|this)\s+(?:day|night|week|month|year|period|time)",
    re.I,
)
_LEAD = re.compile(r"^(?:in|for|during|throughout|over)\s+(?:the\s+)?", re.I)


def time_of(period: str) -> str:
    """Return a period without the word that leads it: "in January" and "for January" are one."""
    return "" if _BACK.fullmatch(period) or not stated(period) else _LEAD.sub("", period)
