"""Decide systems of linear bounds over non-negative cells in exact arithmetic.

The method is the general simplex of Dutertre and de Moura (2006): every linear form is a
variable, claims only set and lift bounds on variables, so that one tableau (see `basis`) serves
all readings and is never built twice. An infeasible set of bounds comes with its Farkas
multipliers, a feasible one with a witness.

Dutertre, B. and de Moura, L. (2006). A fast linear-arithmetic solver for DPLL(T). CAV.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bakhmut.base.basis import HIGH, LOW, Basis, Form, Number, ratio_of, simplest

Owner = Hashable

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


class Unsettled(Exception):
    """Raised where bounds are not decided within the steps allowed."""


class Simplex(Basis):
    """Cells (all at least 0), linear forms over them, and bounds that come and go."""

    def __init__(self, cells: int, *, grain: int = 1):
        super().__init__(cells, grain=grain)
        self.bounds: list[list[Number | None]] = [[0] * cells, [None] * cells]
        self.owner: list[list[Owner]] = [[None] * cells, [None] * cells]
        self.crossed: set[int] = set()  # those whose bounds cross
        self.trail: list[tuple[int, int, Number | None, Owner]] = []

    def add_form(self, form: Form) -> int:
        """Return the number of a new variable that always equals a form over variables."""
        for end in (LOW, HIGH):
            self.bounds[end].append(None)
            self.owner[end].append(None)
        return super().add_form(form)

    def drop_forms(self, count: int) -> None:
        """Forget all variables from a number on; nothing may be bound by them."""
        super().drop_forms(count)
        for end in (LOW, HIGH):
            del self.bounds[end][count:], self.owner[end][count:]

    def _keeps(self, variable: int) -> bool:
        return self._is_bound(variable)

    def place(self, cells: Iterable[Number]) -> None:
        """Put the cells at given values, or at their own bounds where those are nearer."""
        for variable in list(self.rows):
            self._drop_row(variable)
        bound = [v for v in range(len(self)) if self._is_bound(v)]
        self.at = {cell: self._within(cell, value * self.grain) for cell, value in enumerate(cells)}
        self.uses = {cell: set() for cell in self.at}
        for variable in bound:
            if variable >= self.cells:
                self._give_row(variable)
        self.suspects = set(self.rows)

    def _within(self, variable: int, value: Number) -> Number:
        low, high = self.bounds[LOW][variable], self.bounds[HIGH][variable]
        if low is not None and value < low:
            return low
        return high if high is not None and value > high else value

    def mark(self) -> int:
        """Return a mark to which `undo` goes back."""
        return len(self.trail)

    def undo(self, mark: int) -> None:
        """Lift every bound set since the mark."""
        while len(self.trail) > mark:
            variable, end, bound, owner = self.trail.pop()
            self.set_bound(variable, end, bound, owner)

    def bound(self, variable: int, end: int, to: Number, owner: Owner) -> Refutation | None:
        """Set a bound if it is closer than the one set; return a refutation where two cross."""
        now, to = self.bounds[end][variable], simplest(to * self.grain)
        if now is not None and (to <= now if end == LOW else to >= now):
            return None
        self.trail.append((variable, end, now, self.owner[end][variable]))
        self.set_bound(variable, end, to, owner)
        return self._crossing(variable) if variable in self.crossed else None

    def set_bound(self, variable: int, end: int, to: Number | None, owner: Owner) -> None:
        """Set or lift (None) a bound, given times the grain, whatever it was."""
        self.bounds[end][variable] = to
        self.owner[end][variable] = owner
        low, high = self.bounds[LOW][variable], self.bounds[HIGH][variable]
        if low is not None and high is not None and low > high:
            self.crossed.add(variable)
            return
        if variable in self.at:
            value = self.at[variable]
            if low is not None and value < low:
                self._move(variable, low - value)
            elif high is not None and value > high:
                self._move(variable, high - value)
        elif to is not None:
            if variable not in self.rows:
                self._give_row(variable)
            self.suspects.add(variable)
        elif variable in self.crossed:
            self.suspects.add(variable)
        self.crossed.discard(variable)

    def solve(self, *, most: int | None = None) -> Refutation | None:
        """Return None and a witness in `value`, or why no witness exists.

        Raises `Unsettled` where that is not known after so many steps as `most`.
        """
        if self.crossed:
            return self._crossing(min(self.crossed))
        steps = 0
        while True:
            bland = steps > BLAND_AFTER
            leaving = self._violated(bland=bland)
            if leaving is None:
                return None
            end = LOW if self._below(leaving) else HIGH
            entering = self._entering(leaving, end, bland=bland)
            if entering is None:
                self.suspects.add(leaving)
                return self._refutation(leaving, end)
            if steps == most:
                self.suspects.add(leaving)
                raise Unsettled
            self._pivot(leaving, entering, self.bounds[end][leaving])
            steps += 1

    def maximise(self, variable: int, sign: int = 1) -> tuple[Fraction | None, dict[int, int]]:
        """Return the largest value of sign times a form, from a feasible point, and {}.

        Without a largest value: None and a direction in which it grows, as changes of
        variables that are not in the basis.
        """
        steps = 0
        while True:
            row, _ = self._row(variable)
            choice = self._improving(row, sign, bland=steps > BLAND_AFTER)
            if choice is None:
                return Fraction(self._value(variable)) * sign / self.grain, {}
            entering, direction = choice
            if not self._advance(entering, direction):
                return None, {entering: direction}
            steps += 1

    def slope(self, variable: int, direction: dict[int, int]) -> Fraction:
        """Return how fast a variable changes along a direction given by `maximise`."""
        row, denominator = self._row(variable)
        return Fraction(sum(row.get(k, 0) * d for k, d in direction.items()), denominator)

    def _is_bound(self, variable: int) -> bool:
        return self.bounds[LOW][variable] is not None or self.bounds[HIGH][variable] is not None

    def _below(self, variable: int) -> bool:
        low = self.bounds[LOW][variable]
        return low is not None and self.total[variable] < low * self.denominator[variable]

    def _violated(self, *, bland: bool) -> int | None:
        """Return a variable that is out of its bounds: the one furthest out, or the first."""
        worst: int | None = None
        most = 0.0
        lows, highs = self.bounds
        fine = []
        for variable in self.suspects:
            total, denominator = self.total.get(variable), self.denominator.get(variable, 1)
            low, high = lows[variable], highs[variable]
            if total is None:
                gap = None
            elif low is not None and total < low * denominator:
                gap = low * denominator - total
            elif high is not None and total > high * denominator:
                gap = total - high * denominator
            else:
                gap = None
            if gap is None:
                fine.append(variable)
            elif bland:
                if worst is None or variable < worst:
                    worst = variable
            else:
                size = float(gap / denominator) if gap < denominator << 900 else 1e270
                if size > most or (size == most and (worst is None or variable < worst)):
                    worst, most = variable, size
        self.suspects.difference_update(fine)
        return worst

    def _entering(self, leaving: int, end: int, *, bland: bool) -> int | None:
        """Return a variable that can move the leaving one back to its bound.

        The one that the fewest rows depend on, or the first.
        """
        best, least = None, None
        (lows, highs), at, uses = self.bounds, self.at, self.uses
        for variable, weight in self.rows[leaving].items():
            limit = (highs if (weight > 0) == (end == LOW) else lows)[variable]
            if limit is None or at[variable] != limit:
                size = (0 if bland else len(uses[variable]), variable)
                if least is None or size < least:
                    best, least = variable, size
        return best

    def _crossing(self, variable: int) -> Refutation:
        low, high = self.owner[LOW][variable], self.owner[HIGH][variable]
        return Refutation(((low, variable, LOW, 1), (high, variable, HIGH, 1)))

    def _refutation(self, leaving: int, end: int) -> Refutation:
        terms = [(self.owner[end][leaving], leaving, end, self.denominator[leaving])]
        for variable, weight in self.rows[leaving].items():
            at = HIGH if (weight > 0) == (end == LOW) else LOW
            terms.append((self.owner[at][variable], variable, at, abs(weight)))
        return Refutation(tuple(terms))

    def _improving(
        self, row: Mapping[int, int], sign: int, *, bland: bool
    ) -> tuple[int, int] | None:
        best = None
        for variable, weight in row.items():
            direction = 1 if weight * sign > 0 else -1
            limit = self.bounds[HIGH if direction > 0 else LOW][variable]
            if limit is not None and self.at[variable] == limit:
                continue
            size = variable if bland else -abs(weight)
            if best is None or size < best[0]:
                best = (size, variable, direction)
        return None if best is None else best[1:]

    def _advance(self, entering: int, direction: int) -> bool:
        """Move a variable as far as all bounds allow; False where nothing stops it."""
        own = self.bounds[HIGH if direction > 0 else LOW][entering]
        most = None if own is None else abs(own - self.at[entering])
        blocking, stop = None, None
        for basic in self.uses[entering]:
            rate = self.rows[basic][entering] * direction
            limit = self.bounds[HIGH if rate > 0 else LOW][basic]
            if limit is None:
                continue
            room = ratio_of(limit * self.denominator[basic] - self.total[basic], rate)
            if most is None or room < most or (room == most and blocking and basic < blocking):
                most, blocking, stop = room, basic, limit
        if most is None:
            return False
        if blocking is None:
            self._move(entering, most * direction)
        else:
            self._pivot(blocking, entering, stop)
        return True
