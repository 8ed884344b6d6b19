"""A ratio beside one count of each of its two sides: what the counts give, and if that is another.

Of a share the counts are those of the part and of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bakhmut.base.words import span
from bakhmut.dossier.derived import set_aside, stated
from bakhmut.findings.misfits.told import may_be_one, misses, quotient, time_of

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Evidence, Statement


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
                yield three, "" if misses(*quotient(top, below), ratio) else ratio.claim


def _could_be_of(ratio: Statement, top: Statement, below: Statement) -> bool:
    """Return whether nothing that is stated keeps a ratio from being the one of two counts."""
    cells = [(getattr(ratio, cell), getattr(top, cell)) for cell in ("side", "measure", "place")]
    cells += [(ratio.per_side, below.side), (ratio.per_measure, below.measure)]
    return all(may_be_one(*two) for two in (*cells, (time_of(ratio.period), time_of(top.period))))


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
    ends = quotient(top, below)
    if ratio.is_share_printed:
        return f": {top.figure} of {below.figure} is {span(*(100 * end for end in ends))} %"
    return f": {top.figure} to {below.figure} is {span(*ends)} to 1"
