"""By how many a count is said to have changed, beside the counts before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bakhmut.base.words import percent
from bakhmut.findings.misfits.told import ABOUT, Misfit, Told, follow, is_led, misses

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Statement

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


def changes(told: Told) -> Iterator[Misfit]:
    """Yield by how many or how far a count is said to have changed, where its ends say another.

    "Rose by 12, from 31 to 47", "30 dead, 12 more than the 15 reported on Monday".
    """
    own = [s for s in told.evidence if s.has_number and s.kind in ("count", "ratio")]
    for three in zip(own, own[1:], own[2:], strict=False):
        near = told.near(three[0], three[1]) and told.near(three[1], three[2])
        if not near or len({s.measure for s in three}) > 1:
            continue
        at = next((n for n, one in enumerate(three) if n < 2 and _is_change(one)), None)
        if at is None:
            continue
        change, (one, other) = three[at], [s for s in three if s is not three[at]]
        first = one if is_led(one, _BEFORE) and is_led(other, _TO) else other
        last = other if first is one else one
        after = at == 1 or is_led(last, _TO)
        if after and is_led(first, _BEFORE) and _is_another(change, first, last):
            says = _in_words(change, first, last)
            yield Misfit((change.claim, first.claim), last.claim, says, by_words=True)


def _is_change(one: Statement) -> bool:
    """Return whether a number is by its own words that of a change."""
    if one.kind == "ratio":
        return bool(_PER_CENT.search(one.quote))
    return follow(one, _MORE) is not None or is_led(one, _BY)


def _middle(one: Statement) -> float:
    """Return the number as printed, of a range its middle: "about 22,000" is 22,000."""
    return ((one.low or 0) + (one.high if one.high is not None else one.low or 0)) / 2


def _in_words(change: Statement, first: Statement, last: Statement) -> str:
    before, after = _middle(first), _middle(last)
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
    return misses(least, most, change, off)
