"""Which quantities a dossier names, and which of their bounds are news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

from bakhmut.dossier.derived import reached
from bakhmut.dossier.parsing.notation import parse_period
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.engine.bounds import Bounded, Bounds, Quantity
from bakhmut.engine.solver import World
from bakhmut.meaning.readings import Premise
from bakhmut.meaning.space.pieces import Widest
from bakhmut.meaning.vocabulary import UNSTATED, WIDEST, Part, Parts, Scope, Vocabulary

MOST_QUANTITIES = 60


def quantities_of(
    vocabulary: Vocabulary, top: dict[str, str], bottom: dict[str, str] | None, *, widest: Widest
) -> list[Quantity]:
    """Return the quantities that words may mean, one for each meaning; blank is the widest."""

    def scopes(cells: dict[str, str]) -> list[Scope]:
        ways = []
        for n, dimension in enumerate(DIMENSIONS):
            if cells[dimension]:
                expanded = vocabulary.expand(dimension, cells[dimension], "asked")
                ways.append(list(dict.fromkeys(one.parts for one in expanded)))
            else:
                ways.append([widest[n] or (WIDEST,)])
        return [(s, m, p, t) for s, m, p, t in product(*ways)]

    if bottom is None:
        return [Quantity(scope) for scope in scopes(top)]
    # A word in both scopes means the same in both.
    same = top["measure"] == bottom["measure"]
    return [
        Quantity(a, b, "ratio")
        for a, b in product(scopes(top), scopes(bottom))
        if not same or a[1] == b[1]
    ]


def telling_bounds(
    claims: list[Premise], vocabulary: Vocabulary, *, widest: Widest, nogoods: Sequence[World]
) -> Bounds:
    """Return the bounds of each scope and each ratio that claims name, from claims alone."""
    counts: dict[Quantity, None] = {}
    ratios: dict[Quantity, None] = {}
    for premise in claims:
        for one in premise.readings:
            counts[Quantity(one.top)] = None
            if one.bottom:
                counts[Quantity(one.bottom)] = None
                is_part = one.is_share and max(one.low or 0, one.high or 0) <= 1
                ratios[Quantity(one.top, one.bottom, "share" if is_part else "ratio")] = None
    wanted = [*counts, *_shares(list(counts), vocabulary), *ratios]
    bounds = Bounds(claims, vocabulary, wanted[:MOST_QUANTITIES], widest=widest, nogoods=nogoods)
    if len(wanted) > MOST_QUANTITIES:
        bounds.notes.insert(
            0,
            f"bounds are given for {MOST_QUANTITIES} of {len(wanted):,} quantities; "
            "ask for others by name",
        )
    return bounds


def telling(bounded: Iterable[Bounded], claims: Iterable[Premise]) -> list[Bounded]:
    """Return the bounds that are news."""
    rates = (
        end
        for premise in claims
        for one in premise.readings
        if one.bottom
        for end in (one.low, one.high)
        if end is not None
    )
    floor = max([Fraction(1), *rates])
    return [b for b in bounded if b.span and _tells(b.quantity.kind, *b.span, floor=floor)]


def _tells(kind: str, low: Fraction | None, high: Fraction | None, *, floor: Fraction) -> bool:
    """Return whether a bound is news.

    That nothing is negative is not, nor that a ratio is of at least one: a count with no upper end
    that is no more than `floor`, the largest ratio, rests on that alone. What may be above one is
    no share of what it is set against, whose time may be another; that a share is one is no news.
    """
    if kind == "share":
        return high is not None and high <= 1 and (high < 1 or bool(low))
    return high is not None or (low or 0) > (floor if kind == "count" else 1)


def _shares(counts: list[Quantity], vocabulary: Vocabulary) -> list[Quantity]:
    """Return each place's share of the same side's count in a place that it is part of."""
    wholes: dict[tuple, list[int]] = defaultdict(list)
    for n, count in enumerate(counts):
        wholes[count.top[:3]].append(n)
    found = []
    for part in counts:
        around = (
            n
            for place in _around(vocabulary, part.top[2])
            for n in wholes.get((*part.top[:2], place), ())
        )
        found += [
            Quantity(part.top, counts[n].top, "share")
            for n in sorted(around)
            if _lasts(part.top[3], counts[n].top[3])
        ]
    return found


def _lasts(part: Parts, whole: Parts) -> bool:
    """Return whether one period is, by its dates, within another, or may be."""
    if part == whole or part[0].sort in UNSTATED:
        return True
    if not part[0].sort == whole[0].sort == "time" or len(part) > 1 or len(whole) > 1:
        return False
    (first, last), (start, end) = (parse_period(one[0][1]) or (None, None) for one in (part, whole))
    begins = start is None or (first is not None and start <= first)
    return begins and (end is None or (last is not None and last <= end))


def _around(vocabulary: Vocabulary, place: Parts) -> list[Parts]:
    """Return the places that one is, by what the words mean, part of."""
    if len(place) > 1 or place[0][0] != "term":
        return []
    around = reached([place[0].name], vocabulary.owners("place").get)[1:]
    return [(Part("term", word),) for word in around]
