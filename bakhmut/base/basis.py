"""Linear forms over a basis, in whole numbers: pivot, substitute, reduce.

Coefficients are whole numbers, and so are values times a grain, over a denominator for each row:
nothing is rounded. A form that nothing asks for has no row: it gets one once it is asked for, and
loses it when the next pivot would have to work on it in vain.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

Form = dict[int, int]
Number = Fraction | int

LOW, HIGH = 0, 1  # the ends of a bound


class Basis:
    """Cells and linear forms over them, those in the basis as sums over those outside.

    Variables are numbered: cells first, then forms in the order of `add_form`. One in the basis
    has a row (denominator times it is a sum over variables outside) and its value times the
    denominator in `total`; one outside has its value in `at`. Both are kept times `grain`, so that
    they are whole numbers where bounds are fractions of it.
    """

    def __init__(self, cells: int, *, grain: int = 1):
        self.cells, self.grain = cells, grain
        self.forms: list[Form] = []
        self.rows: dict[int, dict[int, int]] = {}
        self.denominator: dict[int, int] = {}
        self.total: dict[int, Number] = {}
        self.at: dict[int, Number] = dict.fromkeys(range(cells), 0)
        self.uses: dict[int, set[int]] = {cell: set() for cell in range(cells)}
        # Those in the basis whose values have changed since they were last looked at.
        self.suspects: set[int] = set()

    def __len__(self) -> int:
        return self.cells + len(self.forms)

    def add_form(self, form: Form) -> int:
        """Return the number of a new variable that always equals a form over variables."""
        if any(variable >= self.cells for variable in form):
            plain: Form = {}
            for variable, weight in form.items():
                for cell, inner in self.form_of(variable).items():
                    add_to(plain, cell, weight * inner)
            form = plain
        self.forms.append(form)
        return len(self) - 1

    def drop_forms(self, count: int) -> None:
        """Forget all variables from a number on; nothing may be asked of them."""
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
        return values, shared * self.grain

    def _keeps(self, variable: int) -> bool:
        """Return whether a form's row is worth keeping through a pivot."""
        return True

    def _value(self, variable: int) -> Number:
        if variable in self.at:
            return self.at[variable]
        if variable in self.rows:
            return ratio_of(self.total[variable], self.denominator[variable])
        return sum((self._value(c) * w for c, w in self.forms[variable - self.cells].items()), 0)

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
                    add_to(row, k, v * factor)
            else:
                add_to(row, cell, weight * shared)
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
            if basic >= self.cells and not self._keeps(basic):
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
        if scale > 1 and (shared := gcd(scale, factor)) > 1:
            scale, factor = scale // shared, factor // shared
        if scale > 1:
            row = self.rows[basic] = {k: v * scale for k, v in row.items()}
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
        if scale > 1:
            self._reduce(basic)
        self.suspects.add(basic)

    def _reduce(self, variable: int) -> None:
        """Divide a row by what its numbers have in common."""
        row, denominator = self.rows[variable], self.denominator[variable]
        shared = gcd(denominator, *row.values())
        if shared > 1:
            self.rows[variable] = {k: v // shared for k, v in row.items()}
            self.denominator[variable] = denominator // shared
            self.total[variable] = ratio_of(self.total[variable], shared)


class _Values:
    """The values of a basis's variables, read as a list."""

    def __init__(self, basis: Basis):
        self.basis = basis

    def __len__(self) -> int:
        return len(self.basis)

    def __getitem__(self, variable: int) -> Number:
        value, grain = self.basis._value(variable), self.basis.grain
        return value if grain == 1 else ratio_of(value, grain)


def add_to(row: dict[int, int], variable: int, weight: int) -> None:
    """Add so many times a variable to a row, without what comes to nothing."""
    total = row.get(variable, 0) + weight
    if total:
        row[variable] = total
    else:
        row.pop(variable, None)


def ratio_of(top: Number, bottom: int) -> Number:
    """Return top / bottom, as an int where it is one (ints are several times quicker)."""
    if type(top) is int:
        whole, rest = divmod(top, bottom)
        return whole if not rest else Fraction(top, bottom)
    return simplest(top / bottom)


def simplest(value: Number) -> Number:
    """Return a number as an int where it is one."""
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value
