"""What is said to remain of a whole, beside the parts before: all of them are not the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import TYPE_CHECKING

from bakhmut.base.sentences import listed
from bakhmut.findings.misfits.told import (
    ABOUT,
    OF_ALL,
    Misfit,
    Told,
    follow,
    is_exact,
    is_led,
    so_many,
    so_many_of,
)

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Statement

_REMAIN = re.compile(rf"\b(?:the|its)\s+(?:remaining|rest,?)\s+{ABOUT}$", re.I)
# "So I have 21 tanks left", and not "21 left the town"
_LEFT = re.compile(r"(?:\s+[a-z]+)?\s+(?:left|remaining)(?=\s*(?:[,.;:”\"]|$|and\b))")
# "340 men were left of the 720"
_LEFT_OF = re.compile(r"(?:\s+[a-z]+)?\s+(?:(?:were|was|are)\s+)?left\s+of\s+the\s+(\d[\d,]*)\b")
_NEARLY = 0.1  # of the whole: what is further off is hardly of it
_NEAR = 6  # figures before what remains, among which the whole and its parts are looked for


def rests(told: Told) -> Iterator[Misfit]:
    """Yield what remains, a whole and the parts before where they are not all of it.

    "Of the 42 killed, 24 were women and the remaining 21 men", "We lost 14 of our 31 tanks. So I
    have 21 tanks left". Where no words say of what it remains: "312 have died. Sarab had 148 dead,
    in Tol 97 were killed. The remaining 57 deaths": perhaps.
    """
    for at, rest in enumerate(told.every):
        of = follow(rest, _LEFT_OF)
        if not (is_exact(rest) and (of or follow(rest, _LEFT) or is_led(rest, _REMAIN))):
            continue
        near = told.every[max(0, at - _NEAR) : at]
        whole, parts = _since(near, so_many(of[1])) if of else _of_so_many(told, near)
        by_words = whole is not None
        if whole is None and not of:
            whole, parts = _of_the_last(told, near, rest)
        exact = parts and whole is not None and all(map(is_exact, (whole, *parts)))
        if whole is None or not exact or sum(s.low or 0 for s in (rest, *parts)) == whole.low:
            continue
        left = (whole.low or 0) - sum(s.low or 0 for s in parts)
        less = f"{whole.figure} less {listed([s.figure for s in parts])} leaves {left:,.0f}"
        claims = tuple(s.claim for s in (*parts, rest))
        says = f"{less}; beside it stands {rest.said}."
        yield Misfit(claims, whole.claim, says, by_words=by_words)


def _since(near: Sequence[Statement], many: float) -> tuple[Statement | None, list[Statement]]:
    """Return the last figure of so many as others are said to be left of, and those told since."""
    at = max((n for n, s in enumerate(near) if s.low == many), default=None)
    return (None, []) if at is None else (near[at], list(near[at + 1 :]))


def _of_so_many(told: Told, near: Sequence[Statement]) -> tuple[Statement | None, list[Statement]]:
    """Return a whole of which the words say that others are, and those: "24 of the 42", "of 90"."""
    wholes = [n for n, s in enumerate(near) if is_led(s, OF_ALL)]
    if not wholes:
        return None, []
    whole, behind = near[wholes[-1]], near[wholes[-1] + 1 :]
    parts = [s for s in near[: wholes[-1]][-1:] if s.quote == whole.quote or _is_of(s, whole)]
    # The first behind it is of the whole, another that stands apart is of the one before.
    parts += [
        s for n, s in enumerate(behind) if s.claim not in told.apart or (n == 0 and not parts)
    ]
    return whole, parts


def _is_of(one: Statement, whole: Statement) -> bool:
    return so_many_of(one)[2] == whole.low


def _of_the_last(
    told: Told, near: Sequence[Statement], rest: Statement
) -> tuple[Statement | None, list[Statement]]:
    """Return a count of the same that those behind it nearly make up, and these.

    None where some of them make up one: "230. In the capital 140 died, 62 in the valley, among them
    19 pupils. The remaining 28".
    """
    alike = [s for s in near if s.measure == rest.measure and is_exact(s)]
    found: tuple[Statement | None, list[Statement]] = None, []
    for at, whole in enumerate(alike):
        behind = alike[at + 1 :]
        some = chain.from_iterable(combinations(behind, n) for n in range(1, len(behind) + 1))
        left = (whole.low or 0) - (rest.low or 0)
        if any(sum(s.low or 0 for s in parts) == left for parts in some):
            return None, []
        own = [s for s in behind if s.claim not in told.apart and s.root != whole.root]
        off = abs(sum(s.low or 0 for s in own) - left)
        if len(own) > 1 and 0 < off <= (whole.low or 0) * _NEARLY:
            found = whole, own
    return found
