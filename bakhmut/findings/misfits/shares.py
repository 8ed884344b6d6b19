"""A percentage, or half, beside the two counts that it is of: they give another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bakhmut.base.words import percent
from bakhmut.findings.advice.to_print import name_of
from bakhmut.findings.misfits.told import Misfit, Told, is_count, is_exact, is_led, so_many_of

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Statement

_THAT_IS = re.compile(r"\brate|\bratio|\bor\b|\b(?:that|which)\s+is\b|\(", re.I)
_ROUNDED = 0.02  # of the count: "half of the 210, 104 in all"
# "Half of the 210 soldiers, 96 in all", "two thirds of the 194, or 110"
_IN_ALL = re.compile(r",\s+(?:or\s+)?$")


def shares(told: Told) -> Iterator[Misfit]:
    """Yield a share that the part and the whole told with it do not give.

    "312 of 1,840 patients died, a death rate of 27 per cent"; "2,496 of 4,800 nurses ... 62 per
    cent of the 4,800"; "half of the 210, 96 in all".
    """
    for at, one in enumerate(told.own):
        if is_count(one) and so_many_of(one)[1] is not None:
            for other in told.own[at + 1 :]:
                if other.kind == "ratio" and _differs(told, one, other):
                    yield _of_another(told, one, other)
    own = told.every
    for share, whole, part in zip(own, own[1:], own[2:], strict=False):
        if _is_half_of(told, share, whole, part):
            many = (whole.low or 0) * ((share.low or 0) + (share.high or 0)) / 2
            of = f"{share.figure} of {whole.figure} is {many:,.0f}"
            says = f"{of}; beside it stands {part.said}."
            yield Misfit((share.claim, whole.claim), part.claim, says, by_words=True)


def _of_another(told: Told, one: Statement, share: Statement) -> Misfit:
    printed, given, _ = so_many_of(one)
    beside = name_of(told.evidence, share.claim)
    says = f"{printed} is {percent(given or 0)}; beside it stands {beside}."
    return Misfit((share.claim,), one.claim, says, by_words=True)


def _differs(told: Told, one: Statement, share: Statement) -> bool:
    """Return whether "312 of 1,840" is another percentage than one that is told of it."""
    _, given, whole = so_many_of(one)
    alike = share.is_share_printed and one.measure == share.measure and one.source == share.source
    if given is None or not alike:
        return False
    beside = told.own.index(share) == told.own.index(one) + 1 and told.near(one, share)
    same = re.search(rf"\bof\s+(?:the\s+|its\s+|all\s+)?{whole:,.0f}\b", share.quote)
    if not (same or (beside and _THAT_IS.search(share.quote))):
        return False
    below = share.low is not None and given < share.low
    return below or (share.high is not None and given > share.high)


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
