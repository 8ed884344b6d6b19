"""What a text tells, in its order: the figures that are reckoned with, and where they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from bakhmut.base.sentences import listed
from bakhmut.dossier.derived import set_aside, stated
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.findings.advice.to_print import name_of

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Evidence, Statement


class Misfit(NamedTuple):
    """Figures that do not fit one that they are parts or ends of, and what to say of them.

    `by_words`: the text says that they are, and not only perhaps.
    """

    claims: tuple[str, ...]
    whole: str
    says: str
    by_words: bool = False


class Told:
    """The figures of a text that nobody has taken back, in order.

    `every` has those that stand apart, too, `own` has not; `where` is the paragraph of each.
    """

    def __init__(self, evidence: Evidence):
        claims = evidence.dossier.claims
        self.evidence = evidence
        self.where = dict(zip(claims["claim"], claims["locator"], strict=True))
        self.apart = set(claims["claim"][claims["standing"].eq("apart")])
        taken_back = set_aside(claims) - self.apart
        self.every = [s for s in evidence if s.has_number and s.claim not in taken_back]
        self.own = [s for s in self.every if s.claim not in self.apart]

    def near(self, one: Statement, other: Statement) -> bool:
        """Return whether two figures stand in one paragraph."""
        return bool(self.where[one.claim] == self.where[other.claim])

    def in_all(self, parts: Sequence[Statement], whole: Statement) -> Misfit:
        """Return that figures are more than all of what they may be parts of."""
        claims = tuple(one.claim for one in parts)
        named = [name_of(self.evidence, c, by=False, place=True, group=True) for c in claims]
        least, all_ = sum(one.low or 0 for one in parts), name_of(self.evidence, whole.claim)
        says = f"If {listed(named)} are parts of the {all_}, they are more than all: {least:,.0f}."
        return Misfit(claims, whole.claim, says)


ABOUT = r"(?:(?:at\s+least|about|around|some|nearly|almost|more\s+than|up\s+to)\s+)?"
OF_ALL = re.compile(rf"\bof\s+(?:(?:the|its|their|our|all)\s+)*{ABOUT}$", re.I)
_SO_MANY = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:(?:the|its|their|our|all|some|about|[a-z]+['’]s)\s+)*(\d[\d,]*)\b"
    r"(?!\s*(?:%|per\s?cent))"
)


def is_count(one: Statement) -> bool:
    """Return whether a figure is a number of some, and no share of them."""
    return one.kind == "count" and one.low is not None and not one.is_share


def is_exact(one: Statement) -> bool:
    """Return whether a figure is one number of some, without a hedge."""
    return is_count(one) and one.low == one.high


def is_led(one: Statement, words: re.Pattern[str]) -> bool:
    """Return whether words lead up to the number of a figure, in its quote."""
    number = number_in(one.quote, one.printed)
    return bool(number and words.search(one.quote, 0, number.start()))


def follow(one: Statement, words: re.Pattern[str]) -> re.Match[str] | None:
    """Return words right behind the number of a figure, in its quote."""
    number = number_in(one.quote, one.printed)
    return words.match(one.quote, number.end()) if number else None


def so_many(digits: str) -> float:
    """Return a number as it is printed in digits: "1,840"."""
    return float(digits.replace(",", ""))


def so_many_of(one: Statement) -> tuple[str, float | None, float]:
    """Return "312 of 1,840" of a quote, how much that is of 1, None for no such; and the 1,840."""
    number = number_in(one.quote, one.printed)
    of = number and _SO_MANY.match(one.quote, number.end())
    whole = so_many(of[1]) if of else 0
    if not (number and of and whole and one.low is not None):
        return "", None, 0.0
    return f"{number[0]} of {of[1]}", float(one.low) / whole, whole


def misses(least: float, most: float, one: Statement, off: float = 0.0) -> bool:
    """Return whether nothing from least to most is what a figure says, or only `off` by less."""
    low = -math.inf if one.low is None else one.low
    high = math.inf if one.high is None else one.high
    return most < low - off or least > high + off


def quotient(top: Statement, below: Statement) -> tuple[float, float]:
    """Return what one count is of another, at least and at most; where one is open, no end."""
    least = top.low / below.high if top.low is not None and below.high else 0.0
    most = top.high / below.low if top.high is not None and below.low else math.inf
    return least, most


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
