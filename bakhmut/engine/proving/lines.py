"""Where a conflict flips when its figures move along a line.

The sum that refutes a conflict is followed along the line until nothing is left of it: there
the next decision is made, exactly. Most conflicts flip there; what does not is found by halving.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any

from bakhmut.base.basis import HIGH, LOW, simplest
from bakhmut.base.simplex import Refutation, Simplex
from bakhmut.meaning.rows import Row
from bakhmut.meaning.systems import System

HALVINGS = 80
SUMS_FOLLOWED = 20
SECANTS = 40
APPROACHED = 40  # halvings toward one end, after which that end is never reached
TINY = Fraction(1, 10**12)
# A root found in floats is good for about as much, relative to itself and to 1.
WITHIN = 10**13
SMALLEST = Fraction(1, 10**18)
Real = Any  # a Fraction, or a float where an estimate will do


@dataclass(frozen=True)
class Line:
    """A system whose figures move: at `t` a row's is figure + t * slope.

    `figures` gives (figure, slope) of a premise's row. The system conflicts at `start`, and the
    further `t` moves in `direction`, the less it asks.
    """

    system: System
    figures: Callable[[str, Row], tuple[Fraction, Fraction]]
    start: Fraction
    direction: int = 1
    known: dict[Fraction, Refutation | None] = field(default_factory=dict)

    def refute(self, t: Fraction) -> Refutation | None:
        """Return why the system cannot hold at a point, or None; owners are (literal, row)."""
        if t not in self.known:
            self.known[t] = self._refute(t)
        return self.known[t]

    def _refute(self, t: Fraction) -> Refutation | None:
        tableau = self.system.simplex()
        for literal in self.system.literals:
            premise = self.system.premises[literal.premise].name
            for k, row in enumerate(literal.rows):
                figure, slope = self.figures(premise, row)
                to = _bound(tableau, row, figure + t * slope if slope else figure)
                refutation = tableau.bound(*to, (literal.number, k))
                if refutation is not None:
                    return refutation
        return tableau.solve()


def _bound(tableau: Simplex, row: Row, figure: Fraction) -> tuple[int, int, Fraction | int]:
    if figure == row.figure:
        return row.variable, row.end, row.value
    if row.what != "ratio":
        return row.variable, row.end, simplest(figure * row.scale)
    assert row.compared is not None
    (above, times), (below, below_times) = row.compared
    form = {above: times * figure.denominator}
    form[below] = form.get(below, 0) - below_times * figure.numerator
    return tableau.add_form({v: w for v, w in form.items() if w}), LOW if row.is_low else HIGH, 0


def flip(line: Line, limit: Fraction | None) -> Fraction | None:
    """Return where a line stops to conflict, None if not up to a limit.

    Where that is approached only, as a share is that needs an infinite whole, it still conflicts
    at the point itself.
    """
    at = line.start
    refutation = line.refute(at)
    for _ in range(SUMS_FOLLOWED):
        if refutation is None:
            break
        total = _Sum(line, refutation)
        if not total.moves:
            return None
        point = total.root(at, line.direction)
        if point is None or (limit is not None and (limit - point) * line.direction < 0):
            break
        following = line.refute(point)
        if following is None:
            if total.refutes(point - line.direction * TINY * max(abs(point), 1)):
                return point
            break
        at, refutation = point, following
    return _halve(line, at, limit)


def _halve(line: Line, conflicts: Fraction, limit: Fraction | None) -> Fraction | None:
    """Return the point between one that conflicts and one that holds, None without the latter.

    It conflicts itself where all beyond it holds.
    """
    good = limit
    if good is None:
        good = max(conflicts, Fraction(1)) * 2
        while line.refute(good) is not None:
            good *= 2
            if good > 10**30:  # only without any upper figure
                return None
    elif line.refute(good) is not None:
        return None
    stayed = 0  # how often in a row the end that conflicts stood still
    for step in range(HALVINGS):
        middle = (conflicts + good) / 2
        if line.refute(middle) is None:
            good = middle
            stayed += 1
        else:
            conflicts = middle
            stayed = 0
        if stayed > APPROACHED:
            return conflicts
        if step % 4 == 3:
            point = simplest_between(conflicts, good)
            if line.refute(point) is not None:
                stayed = stayed if conflicts == point else 0
                conflicts = point
                continue
            good = point
            toward = 1 if conflicts > point else -1
            if line.refute(point + toward * TINY * max(point, 1)) is not None:
                return point
    return good


def simplest_between(a: Fraction, b: Fraction) -> Fraction:
    """Return the fraction with the smallest denominator between two, both included.

    >>> simplest_between(Fraction(314, 100), Fraction(315, 100))
    Fraction(22, 7)
    """
    low, high = min(a, b), max(a, b)
    n, d, m, c = low.numerator, low.denominator, high.numerator, high.denominator
    # the last two convergents of the continued fraction that both begin with
    top, bottom, above, below = 1, 0, 0, 1
    while True:
        whole, rest = divmod(n, d)
        if rest and (whole + 1) * c > m:
            top, above = whole * top + above, top
            bottom, below = whole * bottom + below, bottom
            n, d, m, c = c, m - whole * c, d, rest
            continue
        whole += rest > 0
        return Fraction(whole * top + above, whole * bottom + below)


# -- the sum of a refutation -------------------------------------------------------------


class _Sum:
    """The rows of a refutation, multiplied and added up, as they would be along a line.

    Cells that the refutation takes as not negative may be left over, all others cancel.
    """

    def __init__(self, line: Line, refutation: Refutation):
        self.rows: list[_Row] = []
        free: set[int] = set()
        for owner, variable, end, times in refutation.terms:
            if owner is None:
                free.add(variable)
            elif owner[0] == "definition":
                form = line.system.form_of(variable)
                self.rows.append(_Row(form, 0, {}, 0, times).at_least(end))
            else:
                self.rows.append(_row_along(line, *owner, times=times))
        # The multiplier of the first row is held at 1: with one row that moves, the sum then
        # moves in proportion.
        self.rows.sort(key=lambda row: not row.moves)
        moving = sum(row.moves for row in self.rows)
        self.moves = moving > 0
        self.turns = any(row.slopes for row in self.rows)
        self.in_proportion = moving == 1 or not self.turns
        self.cells = dict.fromkeys(c for r in self.rows for c in r.form if c not in free)

    def root(self, t: Fraction, direction: int) -> Fraction | None:
        """Return where the sum no longer is impossible: the point itself, or just beyond it."""
        if self.in_proportion:
            here, there = self.number(t), self.number(t + direction)
            if here is None or there is None or here == there:
                return None
            return t + direction * here / (here - there)
        near = self._near_root(float(t), direction)
        if near is None:
            return None
        root = Fraction(near)
        width = abs(root) / WITHIN + max(1, abs(t)) * SMALLEST
        exact = simplest_between(root - width, root + width)
        if self.number(exact) == 0:
            return exact
        return simplest_between(root + direction * width, root + 2 * direction * width)

    def _near_root(self, t: float, direction: int) -> float | None:
        """Return the root in floats, by secants; whether it is one is decided elsewhere."""
        scale = max(1.0, abs(t))
        before, last = t, self.number(t)
        t += direction * scale / 16
        for _ in range(SECANTS):
            here = self.number(t)
            if here is None or last is None:
                return None
            if here == last:
                break
            step = here * (t - before) / (last - here)
            before, last, t = t, here, t + step
            if abs(step) < scale * 2**-52:
                break
        return t if isfinite(t) else None

    def refutes(self, t: Fraction) -> bool:
        """Return whether the sum still is impossible at a point."""
        times, number = self._multipliers(t), self.number(t)
        if times is None or number is None or number <= 0 or min(times) < 0:
            return False
        left: dict[int, Fraction] = {}
        for y, row in zip(times, self.rows, strict=True):
            for cell, weight in row.at(t).items():
                left[cell] = left.get(cell, Fraction(0)) + y * weight
        return all(weight <= 0 for weight in left.values())

    def number(self, t: Real) -> Real | None:
        """Return what the sum says must be at most 0, None where the cells do not cancel."""
        times = self._multipliers(t)
        if times is None:
            return None
        one = type(t)
        return sum(
            y * (one(row.number) + t * one(row.slope))
            for y, row in zip(times, self.rows, strict=True)
        )

    def _multipliers(self, t: Real) -> list[Real] | None:
        if not self.turns:
            return [row.times for row in self.rows]
        columns = [row.at(t) for row in self.rows]
        equations = [
            {n: column[cell] for n, column in enumerate(columns) if cell in column}
            for cell in self.cells
        ]
        found, used = _null_vector(equations, len(columns), one=type(t)(1))
        if isinstance(t, Fraction) and len(used) < len(self.cells):
            # Floats cannot tell which equations follow from others, so they get none such.
            self.cells = {cell: None for n, cell in enumerate(self.cells) if n in used}
        return found


@dataclass(frozen=True)
class _Row:
    """form + t * slopes >= number + t * slope, and how many times it is taken at the start."""

    form: dict[int, Fraction | int]
    number: Fraction | int
    slopes: dict[int, Fraction | int]
    slope: Fraction | int
    times: Fraction

    @property
    def moves(self) -> bool:
        return bool(self.slopes or self.slope)

    def at(self, t: Real) -> dict[int, Real]:
        """Return the form at a point, in the point's kind of number."""
        one = type(t)
        form = {cell: one(weight) for cell, weight in self.form.items()}
        for cell, slope in self.slopes.items():
            form[cell] += t * one(slope)
        return form

    def at_least(self, end: int) -> _Row:
        """Return the row as one that says at least, where it bound that end of its form."""
        if end == LOW:
            return self
        form, slopes = ({c: -w for c, w in some.items()} for some in (self.form, self.slopes))
        return _Row(form, -self.number, slopes, -self.slope, self.times)


def _row_along(line: Line, number: int, k: int, *, times: int) -> _Row:
    system = line.system
    row = system.literals[number].rows[k]
    figure, slope = line.figures(system.premises[system.literals[number].premise].name, row)
    if row.what in {"count", "difference"}:
        form = system.form_of(row.variable)
        return _Row(form, figure * row.scale, {}, slope * row.scale, times).at_least(row.end)
    if not slope:
        return _Row(system.form_of(row.variable), row.value, {}, 0, times).at_least(row.end)
    assert row.compared is not None
    (above, above_times), (below, below_times) = row.compared
    form: dict[int, Fraction | int] = {
        cell: weight * above_times for cell, weight in system.form_of(above).items()
    }
    slopes = {}
    for cell, weight in system.form_of(below).items():
        form[cell] = form.get(cell, 0) - figure * weight * below_times
        slopes[cell] = -slope * weight * below_times
    return _Row(form, 0, slopes, 0, times).at_least(LOW if row.is_low else HIGH)


def _null_vector(
    equations: list[dict[int, Real]], size: int, *, one: Real
) -> tuple[list[Real] | None, set[int]]:
    """Return the one vector that starts with 1 and is 0 in every equation, None without one.

    And the numbers of the equations that say something that those before them do not.
    """
    solved: dict[int, dict[int, Real]] = {}
    used = set()
    for number, equation in enumerate(equations):
        equation = dict(equation)
        for column in [c for c in equation if c in solved]:
            _take(equation, solved[column], equation[column])
        free = (n for n in equation if n and equation[n])
        lead = max(free, key=lambda n: abs(equation[n]), default=None)
        if lead is None:
            if equation.get(0):
                return None, used
            continue
        size_of_lead = equation[lead]
        equation = {n: weight / size_of_lead for n, weight in equation.items()}
        for other in solved.values():
            if lead in other:
                _take(other, equation, other[lead])
        solved[lead] = equation
        used.add(number)
    if len(solved) < size - 1:
        return None, used
    return [one, *(-solved[n].get(0, 0 * one) for n in range(1, size))], used


def _take(equation: dict[int, Real], other: dict[int, Real], times: Real) -> None:
    """Take an equation several times from another; what is 0 then is left out."""
    for column, weight in other.items():
        left = equation.get(column, 0) - times * weight
        if left:
            equation[column] = left
        else:
            equation.pop(column, None)
