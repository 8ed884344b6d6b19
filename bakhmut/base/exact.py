"""Decide systems of linear bounds over non-negative cells in exact arithmetic.

The method is the general simplex of Dutertre and de Moura (2006): every linear form is a
variable, claims only set and lift bounds on variables, so that one tableau serves all readings
and is never built twice. Coefficients are whole numbers, and so are values, over a denominator
for each row: nothing is rounded. An infeasible set of bounds comes with its Farkas multipliers,
a feasible one with a witness.

A form that nothing bounds has no row: it gets one once it is bound, and loses it when the next
pivot would have to work on it in vain.

Dutertre, B. and de Moura, L. (2006). A fast linear-arithmetic solver for DPLL(T). CAV.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

Owner = Hashable
Form = dict[int, int]
Number = Fraction | int

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


class Unsettled(Exception):
    """Raised where bounds are not decided within the steps allowed."""


class Tableau:
    """Cells (all at least 0), linear forms over them, and bounds that come and go.

    Variables are numbered: cells first, then forms in the order of `add_form`. One in the basis
    has a row (denominator times it is a sum over variables outside) and its value times the
    denominator in `total`; one outside has its value in `at`.
    """

    def __init__(self, cells: int):
        self.cells = cells
        self.forms: list[Form] = []
        self.bounds: list[list[Number | None]] = [[0] * cells, [None] * cells]
        self.owner: list[list[Owner]] = [[None] * cells, [None] * cells]
        self.rows: dict[int, dict[int, int]] = {}
        self.denominator: dict[int, int] = {}
        self.total: dict[int, Number] = {}
        self.at: dict[int, Number] = dict.fromkeys(range(cells), 0)
        self.uses: dict[int, set[int]] = {cell: set() for cell in range(cells)}
        # Those in the basis that may be out of bounds, and those whose bounds cross.
        self.suspects: set[int] = set()
        self.crossed: set[int] = set()
        self.trail: list[tuple[int, int, Number | None, Owner]] = []

    def __len__(self) -> int:
        return self.cells + len(self.forms)

    def add_form(self, form: Form) -> int:
        """Return the number of a new variable that always equals a form over variables."""
        if any(variable >= self.cells for variable in form):
            plain: Form = {}
            for variable, weight in form.items():
                for cell, inner in self.form_of(variable).items():
                    _add(plain, cell, weight * inner)
            form = plain
        self.forms.append(form)
        for end in (LOW, HIGH):
            self.bounds[end].append(None)
            self.owner[end].append(None)
        return len(self) - 1

    def drop_forms(self, count: int) -> None:
        """Forget all variables from a number on; nothing may be bound by them."""
        for variable in range(len(self) - 1, count - 1, -1):
            if variable in self.at:
                if self.uses[variable]:
                    other = min(self.uses[variable])
                    self._pivot(other, variable, self._value(other))
                else:
                    del self.at[variable], self.uses[variable]
            if variable in self.rows:
                self._drop_row(variable)
            del self.forms[variable - self.cells]
            for end in (LOW, HIGH):
                del self.bounds[end][variable], self.owner[end][variable]

    def form_of(self, variable: int) -> Form:
        """Return what a variable is the sum of."""
        return {variable: 1} if variable < self.cells else self.forms[variable - self.cells]

    @property
    def value(self) -> _Values:
        """What each variable is at, by its number."""
        return _Values(self)

    def point(self) -> tuple[list[int], int]:
        """Return the values of all cells times a common denominator, and that denominator."""
        inside = [v for v in self.rows if v < self.cells]
        shared = lcm(
            *{self.denominator[v] * self.total[v].denominator for v in inside},
            *{at.denominator for at in self.at.values()},
        )
        values = [0] * self.cells
        for cell, at in self.at.items():
            if cell < self.cells and at:
                values[cell] = at.numerator * (shared // at.denominator)
        for cell in inside:
            total = self.total[cell]
            values[cell] = total.numerator * (
                shared // (total.denominator * self.denominator[cell])
            )
        return values, shared

    def place(self, cells: Iterable[Number]) -> None:
        """Put the cells at given values, or at their own bounds where those are nearer."""
        for variable in list(self.rows):
            self._drop_row(variable)
        bound = [v for v in range(len(self)) if self._is_bound(v)]
        self.at = {cell: self._within(cell, value) for cell, value in enumerate(cells)}
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
        now = self.bounds[end][variable]
        if now is not None and (to <= now if end == LOW else to >= now):
            return None
        self.trail.append((variable, end, now, self.owner[end][variable]))
        self.set_bound(variable, end, to, owner)
        return self._crossing(variable) if variable in self.crossed else None

    def set_bound(self, variable: int, end: int, to: Number | None, owner: Owner) -> None:
        """Set or lift (None) a bound, whatever it was."""
        self.bounds[end][variable] = to
        self.owner[end][variable] = owner
        low, high = self.bounds[LOW][variable], self.bounds[HIGH][variable]
        if low is not None and high is not None and low > high:
            self.crossed.add(variable)
        elif variable in self.at:
            self.crossed.discard(variable)
            value = self.at[variable]
            if low is not None and value < low:
                self._move(variable, low - value)
            elif high is not None and value > high:
                self._move(variable, high - value)
        elif to is not None:
            self.crossed.discard(variable)
            if variable not in self.rows:
                self._give_row(variable)
            self.suspects.add(variable)
        elif self.crossed:
            self.crossed.discard(variable)
            self.suspects.add(variable)

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
                return Fraction(self._value(variable)) * sign, {}
            entering, direction = choice
            if not self._advance(entering, direction):
                return None, {entering: direction}
            steps += 1

    def slope(self, variable: int, direction: dict[int, int]) -> Fraction:
        """Return how fast a variable changes along a direction given by `maximise`."""
        row, denominator = self._row(variable)
        return Fraction(sum(row.get(k, 0) * d for k, d in direction.items()), denominator)

    # -- the tableau's own steps ---------------------------------------------------------

    def _value(self, variable: int) -> Number:
        if variable in self.at:
            return self.at[variable]
        if variable in self.rows:
            return _ratio(self.total[variable], self.denominator[variable])
        return sum((self._value(c) * w for c, w in self.forms[variable - self.cells].items()), 0)

    def _is_bound(self, variable: int) -> bool:
        return self.bounds[LOW][variable] is not None or self.bounds[HIGH][variable] is not None

    def _row(self, variable: int) -> tuple[dict[int, int], int]:
        """Return a variable's row and denominator, whether or not it has one in the tableau."""
        if variable in self.rows:
            return self.rows[variable], self.denominator[variable]
        if variable in self.at:
            return {variable: 1}, 1
        form, rows = self.forms[variable - self.cells], self.rows
        if rows.keys().isdisjoint(form):
            return form, 1
        shared = lcm(*(self.denominator[cell] for cell in form if cell in rows))
        row: dict[int, int] = {}
        for cell, weight in form.items():
            if cell in rows:
                factor = weight * (shared // self.denominator[cell])
                for k, v in rows[cell].items():
                    _add(row, k, v * factor)
            else:
                _add(row, cell, weight * shared)
        common = gcd(shared, *row.values()) if shared > 1 else 1
        if common > 1:
            return {k: v // common for k, v in row.items()}, shared // common
        return row, shared

    def _give_row(self, variable: int) -> None:
        row, denominator = self._row(variable)
        at, uses = self.at, self.uses
        total: Number = 0
        for k, v in row.items():
            total += v * at[k]
            uses[k].add(variable)
        self.rows[variable] = dict(row)
        self.denominator[variable] = denominator
        self.total[variable] = total

    def _drop_row(self, variable: int) -> None:
        for k in self.rows.pop(variable):
            self.uses[k].discard(variable)
        del self.denominator[variable], self.total[variable]
        self.suspects.discard(variable)

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

    def _move(self, variable: int, change: Number) -> None:
        """Shift a variable outside the basis, and all that depends on it."""
        self.at[variable] = simplest(self.at[variable] + change)
        for basic in self.uses[variable]:
            self.total[basic] += self.rows[basic][variable] * change
        self.suspects |= self.uses[variable]

    def _pivot(self, leaving: int, entering: int, to: Number) -> None:
        """Move a variable of the basis to a value, and out of the basis for another."""
        rows, uses = self.rows, self.uses
        row = rows.pop(leaving)
        size, held = self.denominator.pop(leaving), self.total.pop(leaving)
        for variable in row:
            uses[variable].discard(leaving)
        weight = row.pop(entering)
        sign = 1 if weight > 0 else -1
        # size * leaving = weight * entering + the rest, solved for entering
        solved = {k: -v * sign for k, v in row.items()} if sign > 0 else row
        solved[leaving] = size * sign
        change = (to * size - held) * sign
        scale = abs(weight)
        users = uses.pop(entering)
        uses[leaving] = set()
        for basic in users:
            if basic >= self.cells and not self._is_bound(basic):
                users_row = rows[basic]
                users_row.pop(entering)
                self._drop_row(basic)
            else:
                self._substitute(basic, entering, solved, scale=scale, change=change)
        total = self.at.pop(entering) * scale + change
        self.at[leaving] = simplest(to)
        rows[entering], self.denominator[entering] = solved, scale
        self.total[entering] = total
        if scale > 1:
            self._reduce(entering)
        for k in solved:
            uses[k].add(entering)
        self.suspects |= uses[leaving]
        self.suspects.discard(leaving)

    def _substitute(
        self, basic: int, entering: int, solved: dict[int, int], *, scale: int, change: Number
    ) -> None:
        """Write a row without the entering variable, which is solved / scale and moves."""
        row, uses = self.rows[basic], self.uses
        factor = row.pop(entering)
        if scale > 1:
            for k in row:
                row[k] *= scale
            self.denominator[basic] *= scale
            self.total[basic] = self.total[basic] * scale + factor * change
        else:
            self.total[basic] += factor * change
        for k, v in solved.items():
            old = row.get(k)
            if old is None:
                row[k] = v * factor
                uses[k].add(basic)
            elif total := old + v * factor:
                row[k] = total
            else:
                del row[k]
                uses[k].discard(basic)
        if self.denominator[basic] > 1:
            self._reduce(basic)
        self.suspects.add(basic)

    def _reduce(self, variable: int) -> None:
        """Divide a row by what its numbers have in common."""
        row, denominator = self.rows[variable], self.denominator[variable]
        shared = gcd(denominator, *row.values())
        if shared > 1:
            for k in row:
                row[k] //= shared
            self.denominator[variable] = denominator // shared
            self.total[variable] = _ratio(self.total[variable], shared)

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
            room = _ratio(limit * self.denominator[basic] - self.total[basic], rate)
            if most is None or room < most or (room == most and blocking and basic < blocking):
                most, blocking, stop = room, basic, limit
        if most is None:
            return False
        if blocking is None:
            self._move(entering, most * direction)
        else:
            self._pivot(blocking, entering, stop)
        return True


class _Values:
    """The values of a tableau's variables, read as a list."""

    def __init__(self, tableau: Tableau):
        self.tableau = tableau

    def __len__(self) -> int:
        return len(self.tableau)

    def __getitem__(self, variable: int) -> Number:
        return self.tableau._value(variable)


def _add(row: dict[int, int], variable: int, weight: int) -> None:
    total = row.get(variable, 0) + weight
    if total:
        row[variable] = total
    else:
        row.pop(variable, None)


def _ratio(top: Number, bottom: int) -> Number:
    """Return top / bottom, as an int where it is one (ints are several times quicker)."""
    if type(top) is int:
        whole, rest = divmod(top, bottom)
        return whole if not rest else Fraction(top, bottom)
    return simplest(top / bottom)


def simplest(value: Number) -> Number:
    """Return a number as an int where it is one."""
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value
