"""Several counts of what may be one thing: only what their words leave open keeps them apart.

Ten pairs of five tolls are one finding, the tolls; those that lie closest together come first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bakhmut.base.sentences import listed
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import number_in

if TYPE_CHECKING:
    import pandas as pd

    from bakhmut.findings.evidence import Evidence

MOST_COUNTS = 3


@dataclass(frozen=True)
class Dispute:
    """Counts of one measure and side, and the conflicts that some two of them are in."""

    claims: tuple[str, ...]
    conflicts: tuple[str, ...]

    @property
    def at_odds(self) -> str:
        """Which of the counts do not go together, in words."""
        every_two = 2 * len(self.conflicts) == len(self.claims) * (len(self.claims) - 1)
        return "no two of them" if every_two else "not all of them"


# "two of the dead", and of others counted before: "62 wounded, of whom four died".
_OF_THE_DEAD = re.compile(
    r"\s+(?:more\s+)?of\s+the\s+(?:dead|victims|killed|wounded|injured|missing|casualties)\b", re.I
)
_OF_THEM = re.compile(
    r"\b(?:of\s+(?:whom|which|them|those|these)|including|among\s+(?:them|whom|those))\b[^.;]{0,25}$",
    re.I,
)
_SO_MANY_OF = re.compile(r"\s+(?:more\s+)?of\s+(?:them|whom|those|these)\b", re.I)
# Of those that came to a hospital some die; of those on board, or of all losses, all who did.
_HURT = ("wounded", "injured", "hospitalised", "treated", "rescued")


def parts(claims: pd.DataFrame) -> set[str]:
    """Return the claims that are said to be parts of another figure, and no count of their own."""
    found, before = set(), ""
    for row in tuples_of(claims):
        number = number_in(row.quote, (row.low, row.high))
        if number:
            start, end = number.span()
            of_them = _OF_THEM.search(row.quote, 0, start) or _SO_MANY_OF.match(row.quote, end)
            of_them = of_them and before in (row.measure, *_HURT)
            if of_them or _OF_THE_DEAD.match(row.quote, end):
                found.add(row.claim)
        before = row.measure
    return found


def disputes(conflicts: pd.DataFrame, claims: pd.DataFrame) -> list[Dispute]:
    """Return the counts of three or more that may be one thing, in the order of their conflicts."""
    aside = parts(claims)
    rows = [row for row in tuples_of(claims) if row.claim not in aside]
    own = {row.claim: (row.kind, row.side, row.measure) for row in rows}
    number = {row.claim: (row.low, row.high) for row in rows}
    found: dict[tuple[str, str, str], tuple[dict[str, None], list[str]]] = {}
    for row in tuples_of(conflicts[conflicts["status"].eq("not-checkable")]):
        of = {own.get(claim, ("", "", "")) for claim in row.claims}
        if len(row.claims) == 2 and len(of) == 1 and next(iter(of))[0] == "count":
            counts, names = found.setdefault(of.pop(), ({}, []))
            counts.update(dict.fromkeys(row.claims))
            names.append(row.conflict)
    return [
        Dispute(tuple(counts), tuple(names))
        for counts, names in found.values()
        if len({number[claim] for claim in counts}) > 2  # a figure said twice is one
    ]


def counted(evidence: Evidence, claims: Sequence[str]) -> str:
    """Return counts of one thing in words: `4 counts of killed: 40 (army), 50 (rebels), ...`."""
    own = [evidence.statements[claim] for claim in claims]
    each = (f"{s.figure} ({s.source})" if s.source else s.figure for s in own)
    what = ", ".join(filter(None, [own[0].measure, own[0].side])) or "something not stated"
    return f"{len(own)} counts of {what}: {listed(each, most=MOST_COUNTS)}"
