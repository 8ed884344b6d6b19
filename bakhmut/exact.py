"""Decide small systems of linear bounds over non-negative cells in exact arithmetic.

The method is the general simplex of Dutertre and de Moura (2006): every linear form has
a slack variable, claims only set and lift bounds on slacks, so that one tableau serves
all readings and is never built twice. Coefficients are whole numbers, values fractions:
nothing is rounded. An infeasible set of bounds comes with its Farkas multipliers, a
feasible one with a witness.

Dutertre, B. and de Moura, L. (2006). A fast linear-arithmetic solver for DPLL(T). CAV.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

Owner = Hashable
Form = dict[int, int]

LOW, HIGH = 0, 1
# Largest violation first is quick, smallest index first cannot cycle: change after this many.
BLAND_AFTER = 200


@dataclass(frozen=True)
class Refutation:
    """Bounds that cannot all hold: (owner, variable, end, multiplier) with multipliers > 0."""

    terms: tuple[tuple[Owner, int, int, int], ...]

    @property
    def owners(self) -> set[Owner]:
        """Who set the bounds, without the cells' own (nothing is below zero)."""
        return {owner for owner, *_ in self.terms if owner is not None}


class Tableau:
    """Cells (all at least 0), linear forms over them, and bounds that come and go.

    Variables are numbered: cells first, then forms in the order of `add_form`.
    """

    def __init__(self, cells: int):
        self.cells = cells
        self.value: list[Fraction | int] = [0] * cells
        self.bounds: list[list] = [[0] * cells, [None] * cells]
        self.owner: list[list] = [[None] * cells, [None] * cells]
        self.rows: dict[int, tuple[dict[int, int], int]] = {}
        self.uses: list[set[int]] = [set() for _ in range(cells)]
        self.trail: list[tuple[int, int, object, object]] = []

    def add_form(self, form: Form) -> int:
        """Return the number of a new variable that always equals the form."""
        row: dict[int, int] = {}
        denominator = 1
        for cell, weight in form.items():
            if cell not in self.rows:
                _add(row, cell, weight * denominator)
                continue
            inner, inner_denominator = self.rows[cell]
            common = denominator * inner_denominator // gcd(denominator, inner_denominator)
            if common != denominator:
                row = {k: v * (common // denominator) for k, v in row.items()}
                denominator = common
            factor = weight * (common // inner_denominator)
            for k, v in inner.items():
                _add(row, k, v * factor)
        variable = len(self.value)
        self.value.append(sum((self.value[c] * w for c, w in form.items()), 0))
        for end in (LOW, HIGH):
            self.bounds[end].append(None)
            self.owner[end].append(None)
        self.uses.append(set())
        self._set_row(variable, row, denominator)
        return variable

    def drop_forms(self, count: int) -> None:
        """Forget all variables from a number on; nothing may be bound by them."""
        for variable in range(len(self.value) - 1, count - 1, -1):
            if variable not in self.rows and self.uses[variable]:
                self._pivot(min(self.uses[variable]), variable)
            row, _ = self.rows.pop(variable, ({}, 1))
            for k in row:
                self.uses[k].discard(variable)
            del self.value[variable], self.uses[variable]
            for end in (LOW, HIGH):
                del self.bounds[end][variable], self.owner[end][variable]

    def mark(self) -> int:
        """Return a mark to which `undo` goes back."""
        return len(self.trail)

    def undo(self, mark: int) -> None:
        """Lift every bound set since the mark."""
        while len(self.trail) > mark:
            variable, end, bound, owner = self.trail.pop()
            self.bounds[end][variable] = bound
            self.owner[end][variable] = owner

    def bound(self, variable: int, end: int, to: Fraction | int, owner: Owner) -> Refutation | None:
        """Set a bound; return a refutation where it crosses the opposite one."""
        now = self.bounds[end][variable]
        if now is not None and (to <= now if end == LOW else to >= now):
            return None
        self.trail.append((variable, end, now, self.owner[end][variable]))
        self.bounds[end][variable] = to
        self.owner[end][variable] = owner
        other = self.bounds[1 - end][variable]
        if other is not None and (to > other if end == LOW else to < other):
            opposite = self.owner[1 - end][variable]
            return Refutation(((owner, variable, end, 1), (opposite, variable, 1 - end, 1)))
        if variable not in self.rows:
            value = self.value[variable]
            if value < to if end == LOW else value > to:
                self._move(variable, to - value)
        return None

    def solve(self) -> Refutation | None:
        """Return None and a witness in `value`, or why no witness exists."""
        steps = 0
        while True:
            leaving = self._violated(bland=steps > BLAND_AFTER)
            if leaving is None:
                return None
            end = LOW if self._below(leaving) else HIGH
            entering = self._entering(leaving, end)
            if entering is None:
                return self._refutation(leaving, end)
            self._pivot_to(leaving, entering, self.bounds[end][leaving])
            steps += 1

    def check(self, bounds: Iterable[tuple[int, int, Fraction | int, Owner]]) -> Refutation | None:
        """Return why these bounds cannot all hold on top of those set, or None."""
        for bound in bounds:
            refutation = self.bound(*bound)
            if refutation is not None:
                return refutation
        return self.solve()

    def maximise(self, variable: int, sign: int = 1) -> tuple[Fraction | None, dict[int, int]]:
        """Return the largest value of sign times a form, from a feasible point, and {}.

        Without a largest value: None and a direction in which it grows, as changes of
        variables that are not in the basis.
        """
        steps = 0
        while True:
            row = self.rows[variable][0] if variable in self.rows else {variable: 1}
            choice = self._improving(row, sign, bland=steps > BLAND_AFTER)
            if choice is None:
                return Fraction(self.value[variable]) * sign, {}
            entering, direction = choice
            if not self._advance(entering, direction):
                return None, {entering: direction}
            steps += 1

    def slope(self, variable: int, direction: dict[int, int]) -> Fraction:
        """Return how fast a variable changes along a direction given by `maximise`."""
        if variable not in self.rows:
            return Fraction(direction.get(variable, 0))
        row, denominator = self.rows[variable]
        return Fraction(sum(row.get(k, 0) * d for k, d in direction.items()), denominator)

    # -- the tableau's own steps ---------------------------------------------------------

    def _below(self, variable: int) -> bool:
        low = self.bounds[LOW][variable]
        return low is not None and self.value[variable] < low

    def _violated(self, *, bland: bool) -> int | None:
        worst, most = None, 0
        lows, highs, values = self.bounds[LOW], self.bounds[HIGH], self.value
        for variable in self.rows:
            value, low, high = values[variable], lows[variable], highs[variable]
            if low is not None and value < low:
                gap = low - value
            elif high is not None and value > high:
                gap = value - high
            else:
                continue
            if bland:
                if worst is None or variable < worst:
                    worst = variable
            elif gap > most:
                worst, most = variable, gap
        return worst

    def _entering(self, leaving: int, end: int) -> int | None:
        """Return the first variable that can move the leaving one back to its bound."""
        best = None
        lows, highs, values = self.bounds[LOW], self.bounds[HIGH], self.value
        for variable, weight in self.rows[leaving][0].items():
            up = (weight > 0) == (end == LOW)
            limit = highs[variable] if up else lows[variable]
            if (limit is None or values[variable] != limit) and (best is None or variable < best):
                best = variable
        return best

    def _refutation(self, leaving: int, end: int) -> Refutation:
        row, denominator = self.rows[leaving]
        terms = [(self.owner[end][leaving], leaving, end, denominator)]
        for variable, weight in row.items():
            at = HIGH if (weight > 0) == (end == LOW) else LOW
            terms.append((self.owner[at][variable], variable, at, abs(weight)))
        return Refutation(tuple(terms))

    def _move(self, variable: int, change: Fraction | int) -> None:
        """Shift a variable outside the basis, and all that depends on it."""
        self.value[variable] += change
        for basic in self.uses[variable]:
            row, denominator = self.rows[basic]
            self.value[basic] += _ratio(row[variable] * change, denominator)

    def _pivot_to(self, leaving: int, entering: int, to: Fraction | int) -> None:
        row, denominator = self.rows[leaving]
        step = _ratio((to - self.value[leaving]) * denominator, row[entering])
        self._move(entering, step)
        self.value[leaving] = to
        self._pivot(leaving, entering)

    def _pivot(self, leaving: int, entering: int) -> None:
        row, denominator = self.rows.pop(leaving)
        for variable in row:
            self.uses[variable].discard(leaving)
        weight = row[entering]
        # denominator * leaving = weight * entering + rest, solved for entering
        sign = 1 if weight > 0 else -1
        solved = {k: -v * sign for k, v in row.items() if k != entering}
        solved[leaving] = denominator * sign
        size = abs(weight)
        for basic in list(self.uses[entering]):
            old, old_denominator = self.rows[basic]
            factor = old[entering]
            new = {k: v * size for k, v in old.items() if k != entering}
            for k, v in solved.items():
                _add(new, k, v * factor)
            for k in old:
                self.uses[k].discard(basic)
            self._set_row(basic, new, old_denominator * size)
        self._set_row(entering, solved, size)

    def _set_row(self, variable: int, row: dict[int, int], denominator: int) -> None:
        shared = gcd(denominator, *row.values())
        if shared > 1:
            row = {k: v // shared for k, v in row.items()}
            denominator //= shared
        self.rows[variable] = (row, denominator)
        for k in row:
            self.uses[k].add(variable)

    def _improving(self, row: dict[int, int], sign: int, *, bland: bool) -> tuple[int, int] | None:
        best = None
        for variable, weight in row.items():
            direction = 1 if weight * sign > 0 else -1
            limit = self.bounds[HIGH if direction > 0 else LOW][variable]
            if limit is not None and self.value[variable] == limit:
                continue
            size = variable if bland else -abs(weight)
            if best is None or size < best[0]:
                best = (size, variable, direction)
        return None if best is None else best[1:]

    def _advance(self, entering: int, direction: int) -> bool:
        """Move a variable as far as all bounds allow; False where nothing stops it."""
        own = self.bounds[HIGH if direction > 0 else LOW][entering]
        most = None if own is None else abs(own - self.value[entering])
        blocking = None
        for basic in self.uses[entering]:
            row, denominator = self.rows[basic]
            rate = row[entering] * direction
            limit = self.bounds[HIGH if rate > 0 else LOW][basic]
            if limit is None:
                continue
            room = _ratio((limit - self.value[basic]) * denominator, rate)
            if most is None or room < most or (room == most and blocking and basic < blocking):
                most, blocking = room, basic
        if most is None:
            return False
        if blocking is None:
            self._move(entering, most * direction)
        else:
            limit = self.bounds[HIGH if self.rows[blocking][0][entering] * direction > 0 else LOW]
            self._pivot_to(blocking, entering, limit[blocking])
        return True


def _add(row: dict[int, int], variable: int, weight: int) -> None:
    total = row.get(variable, 0) + weight
    if total:
        row[variable] = total
    else:
        row.pop(variable, None)


def _ratio(top: Fraction | int, bottom: int) -> Fraction | int:
    """Return top / bottom, as an int where it is one (ints are several times quicker)."""
    if type(top) is int:
        whole, rest = divmod(top, bottom)
        return whole if not rest else Fraction(top, bottom)
    result = top / bottom
    return result.numerator if result.denominator == 1 else result
