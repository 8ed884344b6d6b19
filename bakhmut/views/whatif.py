"""What if: the ratio outside a place, from its ratio, the totals around it, and three knobs.

A ratio is reported for a place and totals for a larger one. Suppose all three of one period, the
smaller place's share of one side's total (the same whatever is counted), and how many of a rest
(wounded) each side has for one of a part (killed), the same everywhere. Then the least that the
ratio asks for inside the place is taken from what the total allows, and the rest is left outside:

    share at most  G t p / (r P g b),     ratio outside at most  (A - C share) / (1 - share)

with G and P the totals, r the ratio, and t, g, p, b what the words of ratio and totals count, in
units of the part. Words that count something else as well (captured, missing) have several ways
to make up a total; the largest result of all counts. Each result is a quotient of polynomials
`a + b x + c y + d x y` in the two multipliers, with whole coefficients: nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import roots
from bakhmut.meaning.interpretation import Interpretation
from bakhmut.meaning.readings import Premise, Reading
from bakhmut.meaning.vocabulary import Choices, Part, Parts, Vocabulary
from bakhmut.views.multipliers import multiplier_ranges
from bakhmut.views.quotients import caps, counts

MOST_PIECES = 400
Linear = tuple[int, int]  # a + b times the multiplier
Poly = tuple[int, int, int, int]  # coefficients of 1, x, y and x y
Quotient = tuple[Poly, Poly]
Real = Any  # a Fraction, or a float where it is only shown
NOTHING: Linear = (0, 0)
ONE: Linear = (1, 0)


@dataclass(frozen=True)
class Question:
    """Which claims the question is about, in their places, and what is multiplied.

    `statements` are the claims that state the ratio, `over` and `under` the totals; `part` and
    `rest` are the measures that the multipliers tie together, "" where none are assumed, `tied`
    the assumptions that do so for `sides` (numerator first).
    """

    sides: tuple[str, str]
    place: str
    whole: str
    statements: tuple[str, ...]
    over: str
    under: str
    part: str = ""
    rest: str = ""
    tied: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Piece:
    """The answer under one reading, as functions of the multipliers.

    x is the multiplier of the denominator's side, y that of the numerator's. `caps` are the
    largest shares, the largest of which counts; none: any share can be. `outside` has for each
    measure pairs A, C, the largest of which counts; None: no limit follows.
    """

    statement: str
    choices: Choices
    caps: tuple[Quotient, ...]
    outside: tuple[tuple[str, tuple[tuple[Quotient, Quotient], ...] | None], ...]

    def cap(self, x: Real, y: Real) -> Real | None:
        """Return the largest share under which ratio and totals can all hold; None: any."""
        found = [value(one, x, y) for one in self.caps]
        return None if None in found else max(found, default=None)

    def ratio(self, measure: str, share: Real, *, x: Real, y: Real) -> Real | None:
        """Return the largest ratio outside for a share within the cap; None: no limit."""
        pairs = dict(self.outside)[measure]
        if pairs is None:
            return None
        found = [(value(a, x, y), value(c, x, y)) for a, c in pairs]
        if any(None in pair for pair in found):
            return None
        return max((a - share * c) / (1 - share) for a, c in found)


def question(dossier: Dossier) -> Question | None:
    """Return what can be asked of a dossier: None without a ratio in a place and totals around it.

    None, too, where a side is counted in the place itself: then its share is reported, and there
    is nothing to suppose. The ratio is the first that stands beside totals of a place around its
    own, in each of the statements of one voice that restate one another.
    """
    found = caps(dossier)
    if found.empty:
        return None
    cap, claims = found.iloc[0], dossier.claims
    root = claims["claim"].map(roots(claims))
    same = root.eq(root[claims["claim"].eq(cap["claim"])].iloc[0]) & claims["kind"].eq("ratio")
    for column, text in (("place", cap["part"]), ("per_place", cap["part"])):
        same &= claims[column].eq(text)
    first = claims.set_index("claim").loc[cap["claim"]]
    inside = counts(dossier)
    inside = inside[inside["place"].eq(cap["part"])]
    if inside["side"].isin([first["side"], first["per_side"]]).any():
        return None
    same &= claims["side"].eq(first["side"]) & claims["per_side"].eq(first["per_side"])
    asked = Question(
        (first["side"], first["per_side"]), cap["part"], cap["whole"],
        tuple(claims.loc[same, "claim"]), cap["given"], cap["per_claim"],
    )  # fmt: skip
    ranges = multiplier_ranges(dossier)
    if ranges.empty:
        return asked
    tie = ranges.iloc[0]
    tied = (tie["assumption"], tie["per_assumption"])
    return replace(asked, part=tie["part"], rest=tie["rest"], tied=tied)


def pieces(
    asked: Question,
    interpretation: Interpretation,
    *,
    tied: tuple[bool, bool] = (True, True),
) -> list[Piece]:
    """Return the answer under each reading of the words concerned, statement by statement.

    `tied` says for which of the two sides a multiplier is supposed. Readings under which
    something is not stated, so that nothing can be compared, are left out.
    """
    by_name, vocabulary = interpretation.by_name, interpretation.vocabulary
    found: list[Piece] = []
    for statement in asked.statements:
        three = [by_name[name] for name in (statement, asked.over, asked.under)]
        for choices, ways in _together(three):
            piece = _piece(asked, vocabulary, ways=ways, tied=tied)
            if piece is not None:
                found.append(Piece(statement, choices, *piece))
            if len(found) > MOST_PIECES:
                return []
    return found


def value(quotient: Quotient, x: Real, y: Real) -> Real | None:
    """Return a quotient of polynomials at a point, None where nothing is left below.

    It is of the point's kind of number.
    """
    above, below = (a + b * x + c * y + d * x * y for a, b, c, d in quotient)
    return above / below if below else None


def _together(three: Sequence[Premise]) -> Iterator[tuple[Choices, tuple[Reading, ...]]]:
    """Return every way to read some claims in which a word means one thing."""
    for ways in product(*(premise.readings for premise in three)):
        merged: dict = {}
        pairs = [pair for way in ways for pair in way.choices]
        if all(merged.setdefault(variable, reading) == reading for variable, reading in pairs):
            yield tuple(merged.items()), ways


@dataclass(frozen=True)
class _Class:
    """Something that is counted, and how often each of two scopes and a measure counts it."""

    inside: Linear
    total: Linear
    shown: Linear


def _piece(
    asked: Question,
    vocabulary: Vocabulary,
    *,
    ways: tuple[Reading, ...],
    tied: tuple[bool, bool],
) -> tuple | None:
    ratio, over, under = ways
    if ratio.bottom is None or ratio.top[2] != ratio.bottom[2]:
        return None
    counted = [
        _atoms(p, vocabulary) for p in (ratio.top[1], over.top[1], ratio.bottom[1], under.top[1])
    ]
    if any(atoms is None for atoms in counted):
        return None
    top, above, bottom, below = (atoms or frozenset() for atoms in counted)
    limits = (over.high, ratio.low, under.low)
    if all(tied) and asked.part:
        shown = {asked.part: {asked.part}, f"{asked.part} + {asked.rest}": {asked.part, asked.rest}}
    else:
        shown = {" + ".join(sorted(below)): set(below)}
    outside, cap = [], ()
    for name, measure in shown.items():
        over_classes = _classes(asked, (top, above, measure), is_tied=tied[0])
        under_classes = _classes(asked, (bottom, below, measure), is_tied=tied[1])
        cap = _caps(over_classes, under_classes, limits)
        outside.append((name, _outside(over_classes, under_classes, limits)))
    return cap, tuple(outside)


def _atoms(parts: Parts, vocabulary: Vocabulary) -> frozenset[str] | None:
    """Return the smallest pieces of a measure; None where it is not stated or divided twice."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        sort, name = waiting.pop()
        rows = [row for own in vocabulary.rows.get(("measure", name), {}).values() for row in own]
        if sort == "rest":
            found.add(f"more of {name}")
        elif sort != "term" or len(rows) > 1:
            return None
        elif rows:
            waiting += [Part("term", part) for part in rows[0][0]]
            waiting += [Part("rest", name)] * rows[0][1]
        else:
            found.add(name)
    return frozenset(found)


def _classes(
    asked: Question, sets: tuple[Iterable[str], Iterable[str], Iterable[str]], *, is_tied: bool
) -> list[_Class]:
    """Return what can be counted: the tied pair as one block, all else by itself."""
    inside, total, shown = (set(some) for some in sets)
    found = []
    block = {asked.part, asked.rest} if asked.part and is_tied else set()
    if block:
        weights = [(int(asked.part in s), int(asked.rest in s)) for s in (inside, total, shown)]
        found.append(_Class(*weights))
    for atom in sorted((inside | total | shown) - block):
        weights = [(int(atom in s), 0) for s in (inside, total, shown)]
        found.append(_Class(*weights))
    return list(dict.fromkeys(found))


Limits = tuple[Fraction | None, Fraction | None, Fraction | None]


def _caps(over: list[_Class], under: list[_Class], limits: Limits) -> tuple[Quotient, ...]:
    """Return the largest shares, one for each way to count; none where any share can be."""
    most, ratio, least = limits
    ways_in = [c for c in over if c.inside != NOTHING]
    ways_up = [c for c in under if c.total != NOTHING]
    if most is None or not ratio or not least:
        return ()
    if any(c.total == NOTHING for c in ways_in) or any(c.inside == NOTHING for c in ways_up):
        return ()
    return tuple(
        _quotient(most / (ratio * least), (i.inside, j.total), (i.total, j.inside))
        for i, j in product(ways_in, ways_up)
    )


def _outside(
    over: list[_Class], under: list[_Class], limits: Limits
) -> tuple[tuple[Quotient, Quotient], ...] | None:
    """Return the pairs of the largest ratio outside, None where no limit follows."""
    most, ratio, least = limits
    ways_in = [c for c in over if c.inside != NOTHING]
    ways_out = [c for c in over if c.shown != NOTHING]
    ways_up = [c for c in under if c.total != NOTHING]
    if most is None or not least or any(c.total == NOTHING for c in ways_out):
        return None
    if any(c.shown == NOTHING for c in ways_up):
        return None
    free = not ratio or any(c.total == NOTHING for c in ways_in)
    found = []
    for k, j in product(ways_out, ways_up):
        start = _quotient(most / least, (k.shown, j.total), (k.total, j.shown))
        for i in ways_in:
            cost: Quotient = ((0, 0, 0, 0), (1, 0, 0, 0))
            if not free and j.inside != NOTHING:
                # A block's own total cancels: what it takes inside it would have had outside.
                up, down = (ONE, ONE) if i == k else (i.total, k.total)
                above = _times(k.shown, up), j.inside
                below = _times(i.inside, down), j.shown
                cost = _quotient(ratio or Fraction(0), above, below)
            found.append((start, cost))
    return tuple(dict.fromkeys(found))


def _times(one: Linear, other: Linear) -> Linear:
    """Return a product of which at most one factor has the multiplier in it."""
    assert not (one[1] and other[1])
    return one[0] * other[0], one[0] * other[1] + one[1] * other[0]


def _quotient(
    factor: Fraction, above: tuple[Linear, Linear], below: tuple[Linear, Linear]
) -> Quotient:
    """Return a quotient with whole coefficients; each pair has a factor in y, then one in x."""
    tops, bottoms = _poly(*above), _poly(*below)
    return (
        tuple(factor.numerator * c for c in tops),  # type: ignore[return-value]
        tuple(factor.denominator * c for c in bottoms),
    )


def _poly(in_y: Linear, in_x: Linear) -> Poly:
    return (in_y[0] * in_x[0], in_y[0] * in_x[1], in_y[1] * in_x[0], in_y[1] * in_x[1])
