"""Where a large system fails, or how it holds: a guess in floating point, never a verdict.

HiGHS solves a model of a thousand claims in a fraction of a second. Where nothing fits, its dual
ray names the few bounds that clash, and those are decided by themselves in exact arithmetic.
Where something does, the exact simplex starts from the point that HiGHS stands at, with the
bounds that are met exactly there solved in whole numbers. A guess that is wrong costs time only:
the exact simplex has the last word (see `conflicts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np

from bakhmut.base.basis import HIGH, LOW, Form, Number, simplest
from bakhmut.base.streams import hushed
from bakhmut.meaning.systems import System

# What floats leave of a sum that cancels out, as a share of its largest term.
NOISE = 1e-9
# Bounds are first met with this much to spare for each cell counted, so that few are met exactly.
SPARE = 1e-3
# Cells are rounded to this fraction; nearer than that a bound is taken as met exactly.
GRAIN = 1 << 20
# A literal that is off by a larger share of its bound than this is left out.
OFF = 1e-7


class Highs:
    """The forms of a system without definitions in HiGHS, with bounds that come and go."""

    def __init__(self, system: System):
        import highspy  # only where a dossier is large

        self.system = system
        size = system.cells + len(system.forms)
        self.base = [np.zeros(size), np.full(size, np.inf)]
        self.base[LOW][system.cells :] = -np.inf
        ends: list[tuple[list[int], ...]] = [([], [], []), ([], [], [])]
        # All bounds that literals set at an end of a variable, with whose they are.
        self.setters: dict[tuple[int, int], list[tuple[Number, int]]] = defaultdict(list)
        for literal in system.literals:
            for row in literal.rows:
                numbers, variables, values = ends[row.end]
                numbers.append(literal.number)
                variables.append(row.variable)
                values.append(row.value)
                self.setters[row.variable, row.end].append((row.value, literal.number))
        self.rows = [
            (np.array(numbers, int), np.array(variables, int), np.array(values, float))
            for numbers, variables, values in ends
        ]
        sizes = [len(form) for form in system.forms]
        self.row_of = np.repeat(np.arange(len(sizes)), sizes)
        self.cell_of = np.array([cell for form in system.forms for cell in form], np.int32)
        self.weight = np.array([w for form in system.forms for w in form.values()], float)
        self.module = highspy
        self.solver = self._fresh()
        cells, low, high = system.cells, *self.base
        self.usable = self._pass(
            self.solver,
            cost=np.zeros(cells),
            columns=(low[:cells], high[:cells]),
            rows=(low[cells:], high[cells:]),
            matrix=(np.concatenate([[0], np.cumsum(sizes)]), self.cell_of, self.weight),
        )
        self.infeasible = highspy.HighsModelStatus.kInfeasible
        self.optimal = highspy.HighsModelStatus.kOptimal
        self.unknown = highspy.HighsModelStatus.kUnknown
        # How much each variable counts, all its cells together; of cells themselves not at all.
        self.size = np.zeros(size)
        self.size[system.cells :] = np.bincount(self.row_of, np.abs(self.weight), len(sizes))

    def _fresh(self) -> Any:
        """Return a solver that has no model yet."""
        with hushed():  # it greets on standard output before it can be told to be quiet
            solver = self.module.Highs()
        for option, value in (("output_flag", False), ("presolve", "off"), ("solver", "simplex")):
            solver.setOptionValue(option, value)
        return solver

    def _pass(
        self,
        solver: Any,
        *,
        cost: np.ndarray,
        columns: Sequence[np.ndarray],
        rows: Sequence[np.ndarray],
        matrix: Sequence[np.ndarray],
    ) -> bool:
        """Hand a model over; return whether HiGHS takes it (it refuses very large numbers).

        `columns` and `rows` are their lower and upper bounds; `matrix` has where each row begins,
        and for each of its places the column and the weight.
        """
        model = self.module.HighsLp()
        model.num_col_, model.num_row_ = len(cost), len(rows[LOW])
        model.col_cost_ = cost
        model.col_lower_, model.col_upper_ = columns
        model.row_lower_, model.row_upper_ = rows
        model.a_matrix_.format_ = self.module.MatrixFormat.kRowwise
        start, model.a_matrix_.index_, model.a_matrix_.value_ = matrix
        model.a_matrix_.start_ = start.astype(np.int32)
        return solver.passModel(model) != self.module.HighsStatus.kError

    def dual_ray(self, literals: int) -> set[int]:
        """Return some of these literals that probably cannot all hold; none if they may."""
        bounds = self._bounds(literals)
        crossed = np.flatnonzero(bounds[LOW] > bounds[HIGH])
        ends: list[tuple[int, int]] = []
        if len(crossed):
            ends = [(int(crossed[0]), end) for end in (LOW, HIGH)]
        elif self._run(bounds) == self.infeasible:
            _, found, ray = self.solver.getDualRay()
            ends = self._support(np.array(ray, float), bounds) if found else []
        return self._owners(ends, literals)

    def narrowed(self, order: Iterable[int]) -> set[int]:
        """Return literals none of which can be left out, probably; tried in this order."""
        left = set(order)
        for number in order:
            if number in left:
                left = self.dual_ray(sum(1 << n for n in left if n != number)) or left
        return left

    def correction(self) -> set[int]:
        """Return literals without which the others probably hold, few of them and none for long.

        Each may be off by a share of its own bound; the shares together are as small as can be.
        """
        system, cells = self.system, self.system.cells
        rows = [(one.number, row) for one in system.literals for row in one.rows]
        to = np.array([float(row.value) for _, row in rows])
        is_low = np.array([row.end == LOW for _, row in rows], bool)
        room = np.where(is_low, 1, -1) * np.maximum(np.abs(to), 1)
        forms = [
            {**system.form_of(row.variable), cells + number: off}
            for (number, row), off in zip(rows, room.tolist(), strict=True)
        ]
        solver = self._fresh()
        cost = np.repeat([0.0, 1.0], [cells, len(system.literals)])
        taken = self._pass(
            solver,
            cost=cost,
            columns=(np.zeros(len(cost)), np.full(len(cost), np.inf)),
            rows=(np.where(is_low, to, -np.inf), np.where(is_low, np.inf, to)),
            matrix=(
                np.cumsum([0, *map(len, forms)]),
                np.array([column for form in forms for column in form], np.int32),
                np.array([weight for form in forms for weight in form.values()], float),
            ),
        )
        if not taken:
            return set()
        solver.run()
        off = np.array(solver.getSolution().col_value)[cells:]
        return set(np.flatnonzero(off > OFF).tolist())

    def point(self, literals: int, bound: Callable[[int, int], Number]) -> list[Number] | None:
        """Return cells that probably satisfy these literals, None where they hardly can.

        `bound` has the exact bound that the literals set at an end of a variable.
        """
        exact = self._bounds(literals)
        room = exact[HIGH] - exact[LOW]
        spare = np.minimum(self.size * SPARE, room / 4)
        for bounds in ([exact[LOW] + spare, exact[HIGH] - spare], exact):
            if (bounds[LOW] <= bounds[HIGH]).all() and self._run(bounds) == self.optimal:
                solution = self.solver.getSolution()
                values = np.concatenate([solution.col_value, solution.row_value])
                return self._exact_point(values, exact, bound)
        return None

    def _exact_point(
        self,
        values: np.ndarray,
        bounds: list[np.ndarray],
        bound: Callable[[int, int], Number],
    ) -> list[Number]:
        """Return the cells of a point, with what meets its bound there solved exactly."""
        cells = self.system.cells
        near = np.maximum(self.size, 1) / GRAIN
        met: dict[int, int] = {}
        for end in (HIGH, LOW):
            meets = np.abs(values - bounds[end]) <= near
            met |= dict.fromkeys(np.flatnonzero(meets).tolist(), end)
        point = [_rounded(value) for value in values[:cells].tolist()]
        equations = _Equations(point)
        rows = []
        for variable, end in met.items():
            to = bound(variable, end)
            if variable < cells:
                equations.fix(variable, to)
            else:
                rows.append((self.system.form_of(variable), to))
        equations.solve(rows)
        return point

    def _bounds(self, literals: int) -> list[np.ndarray]:
        active = _flags(literals, len(self.system.literals))
        bounds = [end.copy() for end in self.base]
        for end, closest in ((LOW, np.maximum), (HIGH, np.minimum)):
            number, variable, to = self.rows[end]
            mine = active[number]
            closest.at(bounds[end], variable[mine], to[mine])
        return bounds

    def _run(self, bounds: list[np.ndarray]) -> object:
        """Return what HiGHS finds of these bounds."""
        if not self.usable:
            return self.unknown
        cells, forms = self.system.cells, len(self.system.forms)
        for count, first, change in (
            (cells, 0, self.solver.changeColsBounds),
            (forms, cells, self.solver.changeRowsBounds),
        ):
            last = first + count
            number = np.arange(count, dtype=np.int32)
            change(count, number, bounds[LOW][first:last], bounds[HIGH][first:last])
        self.solver.run()
        if self.solver.getModelStatus() == self.unknown:  # known to happen after warm changes
            self.solver.clearSolver()
            self.solver.run()
        return self.solver.getModelStatus()

    def _support(self, ray: np.ndarray, bounds: list[np.ndarray]) -> list[tuple[int, int]]:
        """Return the ends that a ray adds up: of forms by its sign, of cells by what is left."""
        share = np.abs(ray) * self.size[self.system.cells :]
        ray[share <= NOISE * share.max(initial=0)] = 0
        terms = self.weight * ray[self.row_of]
        left = np.bincount(self.cell_of, terms, self.system.cells)
        left[np.abs(left) <= NOISE * np.abs(terms).max(initial=0)] = 0
        weights = np.concatenate([-left, ray])
        for sign in (1, -1):
            ends = np.where(weights * sign > 0, LOW, HIGH)
            used = np.flatnonzero(weights)
            to = np.where(ends == LOW, bounds[LOW], bounds[HIGH])[used]
            if np.isfinite(to).all() and (to * weights[used]).sum() * sign > 0:
                return [(int(variable), int(ends[variable])) for variable in used]
        return []

    def _owners(self, ends: Iterable[tuple[int, int]], literals: int) -> set[int]:
        """Return for each end which of some literals bounds it most closely."""
        found = set()
        for key in ends:
            set_by = [one for one in self.setters.get(key, ()) if literals >> one[1] & 1]
            if set_by:
                found.add((max if key[1] == LOW else min)(set_by)[1])
        return found


def _flags(literals: int, count: int) -> np.ndarray:
    """Return the bits of a number as booleans, the lowest first."""
    some = np.frombuffer(literals.to_bytes(count // 8 + 1, "little"), np.uint8)
    return np.unpackbits(some, bitorder="little", count=count).astype(bool)


def _rounded(value: float) -> Number:
    whole = round(value * GRAIN)
    return whole // GRAIN if not whole % GRAIN else Fraction(whole, GRAIN)


class _Equations:
    """Moves the cells of a point so that forms have exactly their values, where they can."""

    def __init__(self, point: list[Number]):
        self.point = point
        self.fixed: set[int] = set()
        self.rows: list[tuple[Form, Number]] = []
        self.users: dict[int, set[int]] = defaultdict(set)

    def fix(self, cell: int, to: Number) -> None:
        """Put a cell where it has to stay."""
        self.point[cell] = to
        self.fixed.add(cell)

    def solve(self, rows: Iterable[tuple[Form, Number]]) -> None:
        """Eliminate one cell with each row, the shortest first, and put the cells in place."""
        for n, (form, to) in enumerate(sorted(rows, key=lambda row: len(row[0]))):
            own = {cell: weight for cell, weight in form.items() if cell not in self.fixed}
            to -= sum(self.point[cell] * form[cell] for cell in form if cell in self.fixed)
            self.rows.append((own, to))
            for cell in own:
                self.users[cell].add(n)
        order = []
        for n, (form, _) in enumerate(self.rows):
            if form:
                order.append((n, self._take_out(n)))
        for n, cell in reversed(order):
            form, to = self.rows[n]
            rest = sum(self.point[c] * weight for c, weight in form.items() if c != cell)
            self.point[cell] = simplest(Fraction(to - rest) / form[cell])

    def _take_out(self, n: int) -> int:
        """Return a cell of a row, taken out of all rows after it."""
        form, users, point = self.rows[n][0], self.users, self.point
        # A cell above zero, a small number, few rows to change.
        cell = min(form, key=lambda c: (not point[c], abs(form[c]), len(users[c])))
        for m in users.pop(cell):
            if m > n:
                self._subtract(m, n, cell)
        return cell

    def _subtract(self, row: int, other: int, cell: int) -> None:
        """Take as many times another row off a row as leaves it without a cell."""
        (own, own_to), (form, to) = self.rows[row], self.rows[other]
        shared = gcd(form[cell], own[cell])
        times, factor = form[cell] // shared, own[cell] // shared
        fresh = {c: weight * times for c, weight in own.items()}
        for c, weight in form.items():
            if total := fresh.get(c, 0) - weight * factor:
                fresh[c] = total
                self.users[c].add(row)
            else:
                del fresh[c]
                self.users[c].discard(row)
        self.rows[row] = fresh, own_to * times - to * factor
