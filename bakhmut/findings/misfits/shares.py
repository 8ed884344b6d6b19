"""A percentage, or half, beside the two counts that it is of: they give another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from bakhmut.base.words import percent
from bakhmut.findings.advice.to_print import name_of
from bakhmut.findings.misfits.told import (
    ABOUT,
    OF_ALL,
    Misfit,
    Told,
    is_count,
    is_exact,
    is_led,
    may_be_one,
    misses,
    quotient,
    so_many_of,
)

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Statement

_THAT_IS = re.compile(r"\brate|\bratio|\bor\b|\b(?:that|which)\s+is\b|\(", re.I)
# "60 (30 per cent) of them", "3,100, or 35 per cent, were children"
_OR = re.compile(rf"(?:^or\b|,\s+or\b|\()\s*{ABOUT}[\w.]+(?:\s?%|\s+per\s?cent)")
_ROUNDED = 0.02  # of the count: "half of the 210, 104 in all"
# "Half of the 210 soldiers, 96 in all", "two thirds of the 194, or 110"
_IN_ALL = re.compile(r",\s+(?:or\s+)?$")


def shares(told: Told) -> Iterator[Misfit]:
    """Yield a share that the part and the whole told with it do not give.

    "312 of 1,840 patients died, a death rate of 27 per cent"; "2,496 of 4,800 nurses ... 62 per
    cent of the 4,800"; "half of the 210, 96 in all"; "240 were killed, 60 (30 per cent) of them
    children".
    """
    for one, printed, given, whole in _fractions(told):
        for share in told.own:
            if share.kind == "ratio" and _differs(told, one, share, given, whole):
                beside = name_of(told.evidence, share.claim)
                says = f"{printed} is {percent(given)}; beside it stands {beside}."
                yield Misfit((share.claim,), one.claim, says, by_words=True)
    yield from _or_so_much(told)
    own = told.every
    for share, whole, part in zip(own, own[1:], own[2:], strict=False):
        if _is_half_of(told, share, whole, part):
            many = (whole.low or 0) * ((share.low or 0) + (share.high or 0)) / 2
            of = f"{share.figure} of {whole.figure} is {many:,.0f}"
            says = f"{of}; beside it stands {part.said}."
            yield Misfit((share.claim, whole.claim), part.claim, says, by_words=True)


def _or_so_much(told: Told) -> Iterator[Misfit]:
    """Yield a percentage that is told of a part, where the part is so much of no count before."""
    for at, (part, share) in enumerate(pairwise(told.every)):
        both = told.near(part, share) and _is_bounded(part) and share.is_share_printed
        said = both and share.claim in told.apart and _OR.search(share.quote)
        if not said or None in (share.low, share.high):
            continue
        wholes = [s for s in told.every[:at] if _is_bounded(s) and _may_be_of(part, s)]
        fits = any(not misses(*quotient(part, whole), share) for whole in wholes)
        if wholes and not fits and told.near(wholes[-1], part):
            of = f"{part.figure} of {wholes[-1].figure}"
            given = percent(sum(quotient(part, wholes[-1])) / 2)
            says = f"{of} is {given}; beside it stands {share.figure}."
            yield Misfit((share.claim, part.claim), wholes[-1].claim, says)


def _is_bounded(one: Statement) -> bool:
    return is_count(one) and one.high is not None


def _may_be_of(part: Statement, whole: Statement) -> bool:
    """Return whether a count may be one of those of another, as far as their cells say."""
    more = (whole.low or 0) > (part.high or 0)
    return more and part.measure == whole.measure and may_be_one(part.place, whole.place)


def _fractions(told: Told) -> Iterator[tuple[Statement, str, float, float]]:
    """Yield each count that is told to be of so many, in words, as a share, and of how many."""
    for one in filter(is_count, told.own):
        printed, given, whole = so_many_of(one)
        if given is not None:
            yield one, printed, given, whole
    for whole_, part in pairwise(told.every):  # "Of the 600 workers, 180 were poisoned"
        led = (
            whole_.quote[:2].lower() == "of" and is_led(whole_, OF_ALL) and told.near(whole_, part)
        )
        if led and is_exact(whole_) and is_count(part) and whole_.low:
            of = f"{part.figure} of {whole_.figure}"
            yield part, of, float(part.low or 0) / whole_.low, whole_.low


def _differs(told: Told, one: Statement, share: Statement, given: float, whole: float) -> bool:
    """Return whether "312 of 1,840" is another percentage than one that is told of it."""
    voices = may_be_one(one.source, share.source)
    alike = share.is_share_printed and one.measure == share.measure and voices
    if not alike:
        return False
    at = told.every.index(one)
    beside = told.every[at + 1 : at + 2] == [share] and told.near(one, share)
    same = re.search(rf"\bof\s+(?:the\s+|its\s+|all\s+)?{whole:,.0f}\b", share.quote)
    if not (same or (beside and _THAT_IS.search(share.quote))):
        return False
    return misses(given, given, share)


def _is_half_of(told: Told, share: Statement, whole: Statement, part: Statement) -> bool:
    """Return whether a share of a whole is told to be so many, and is another number."""
    if not (share.is_share_printed and is_exact(whole) and is_exact(part)):
        return False
    of = re.search(rf"\bof\s+(?:the\s+|its\s+|all\s+)?{re.escape(whole.figure)}\b", share.quote)
    said = is_led(part, _IN_ALL) or part.quote.endswith(" in all")
    if not (of and said and told.near(share, whole) and told.near(whole, part)):
        return False
    if share.low is None or share.high is None or not part.low or not whole.low:
        return False
    least, most = share.low * whole.low, share.high * whole.low
    return part.low < least * (1 - _ROUNDED) - 1 or part.low > most * (1 + _ROUNDED) + 1
