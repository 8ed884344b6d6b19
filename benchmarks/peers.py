"""The same tasks with the tools that one would take otherwise: scipy, Pyomo, plain HiGHS.

They are given the rows that bakhmut has worked out, so that to read the tables and to turn words
into cells costs them nothing, while bakhmut's own time has all of it. They decide in floating
point and prove nothing. Each is written as one would write it: every combination of readings by
itself, in it every smallest conflict by the duality of conflicts and corrections (all ways to
resolve what is known are tried; what still fails is explained), with what was decided about a set
of claims remembered while the combination lasts.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np

from bakhmut.base.basis import LOW
from bakhmut.engine.conflicts import hitting_sets
from bakhmut.engine.solver import World, bits_of
from bakhmut.meaning.systems import System

Names = frozenset[str]


class Line(NamedTuple):
    """One bound on a sum of cells; `claim` is empty for a definition."""

    claim: str
    form: dict[int, int]
    is_low: bool
    to: float


def worlds(system: System) -> list[World]:
    """Return every combination of the readings of a system's words and claims."""
    variables = system.variables
    return [dict(zip(variables, some, strict=True)) for some in product(*variables.values())]


def lines(system: System, world: World) -> list[Line]:
    """Return the rows of a system under one combination of readings."""
    found = [
        Line(system.premises[literal.premise].name, system.form_of(row.variable), row.end == LOW,
             float(row.value))
        for literal in system.literals
        if all(world[v] == reading for v, reading in literal.choices)
        for row in literal.rows
    ]  # fmt: skip
    same = [system.form_of(variable) for variable in system.definitions]
    return found + [Line("", form, is_low, 0.0) for form in same for is_low in (True, False)]


def every_conflict(
    system: System,
    explainer: Callable[[int, list[Line]], Callable[[Names], Names | None]],
    readings: Iterable[World],
) -> tuple[set[Names], set[Names]]:
    """Return all smallest conflicts of some combinations of readings, and all corrections."""
    conflicts: set[Names] = set()
    corrections: set[Names] = set()
    names = [premise.name for premise in system.premises]
    for world in readings:
        explain = explainer(system.cells, lines(system, world))
        found: list[int] = []
        while (fresh := _unexplained(names, found, explain)) is not None:
            found.append(sum(1 << names.index(name) for name in fresh))
        here = {_named(names, bits) for bits in found}
        conflicts |= {c for c in here if not any(other < c for other in here)}
        corrections |= {_named(names, bits) for bits in hitting_sets(found) or []}
    return conflicts, corrections


def _unexplained(
    names: list[str], found: list[int], explain: Callable[[Names], Names | None]
) -> Names | None:
    """Return a conflict that is left where those known are resolved, None if there is none."""
    everything = (1 << len(names)) - 1
    rest = (_named(names, everything & ~bits) for bits in hitting_sets(found) or [])
    return next((one for some in rest if (one := explain(some)) is not None), None)


def _named(names: list[str], bits: int) -> Names:
    return frozenset(names[n] for n in bits_of(bits))


# -- scipy -------------------------------------------------------------------------------


def linprog_explainer(cells: int, rows: list[Line]) -> Callable[[Names], Names | None]:
    """Return what explains sets of claims: `scipy.optimize.linprog` and a deletion filter."""
    from scipy.optimize import linprog

    matrix = np.zeros((len(rows), cells))
    limit = np.zeros(len(rows))
    for n, row in enumerate(rows):
        sign = -1 if row.is_low else 1
        matrix[n, list(row.form)] = [sign * weight for weight in row.form.values()]
        limit[n] = sign * row.to
    owner = [row.claim for row in rows]
    known: dict[Names, bool] = {}

    def holds(names: Names) -> bool:
        if names not in known:
            some = np.array([claim in names or not claim for claim in owner])
            result = linprog(np.zeros(cells), matrix[some], limit[some], method="highs")
            known[names] = result.status != 2
        return known[names]

    def explain(names: Names) -> Names | None:
        if holds(names):
            return None
        for name in sorted(names):
            if not holds(names - {name}):
                names -= {name}
        return names

    return explain


# -- Pyomo -------------------------------------------------------------------------------


class _Highs:
    """HiGHS for Pyomo, quiet where nothing fits: the explanation asks for such models often."""

    def __init__(self, environ):
        self.environ = environ
        self.solver = environ.SolverFactory("appsi_highs")

    def available(self) -> bool:
        return self.solver.available()

    def solve(self, model, tee=False):
        active = model.component_data_objects(self.environ.Objective, active=True)
        if not list(active):  # HiGHS as Pyomo has it wants one
            model.nothing = self.environ.Objective(expr=0)
        result = self.solver.solve(model, tee=tee, load_solutions=False)
        if self.environ.check_optimal_termination(result):
            self.solver.load_vars()
        return result


def pyomo_explainer(cells: int, rows: list[Line]) -> Callable[[Names], Names | None]:
    """Return what explains sets of claims: Pyomo's infeasibility explanation with HiGHS."""
    import pyomo.environ as environ
    from pyomo.contrib.iis.mis import compute_infeasibility_explanation

    solver = _Highs(environ)
    log = logging.getLogger("benchmarks.pyomo")
    log.propagate = False
    log.setLevel(logging.INFO)

    def explain(names: Names) -> Names | None:
        model, owner = _concrete(environ, cells, [r for r in rows if r.claim in names | {""}])
        if environ.check_optimal_termination(solver.solve(model)):
            return None
        said = io.StringIO()
        log.handlers = [logging.StreamHandler(said)]
        compute_infeasibility_explanation(model, solver, logger=log)
        system = said.getvalue().partition("in MIS:")[2]
        found = {owner[int(n) - 1] for n in re.findall(r"constraint: rows\[(\d+)\]", system)}
        return frozenset(found - {""})

    return explain


def _concrete(environ, cells: int, rows: list[Line]):
    model = environ.ConcreteModel()
    model.cell = environ.Var(range(cells), domain=environ.NonNegativeReals)
    model.rows = environ.ConstraintList()
    for row in rows:
        count = sum(weight * model.cell[cell] for cell, weight in row.form.items())
        model.rows.add(count >= row.to if row.is_low else count <= row.to)
    model.objective = environ.Objective(expr=0)
    return model, [row.claim for row in rows]


# -- plain HiGHS -------------------------------------------------------------------------


def plain_highs(system: System) -> str:
    """Return the model status of one plain solve, from the rows, with the solver's defaults."""
    import highspy

    cells, forms = system.cells, len(system.forms)
    low, high = np.full(cells + forms, -np.inf), np.full(cells + forms, np.inf)
    low[:cells] = 0
    low[system.definitions] = high[system.definitions] = 0
    for literal in system.literals:
        for row in literal.rows:
            if row.end == LOW:
                low[row.variable] = max(low[row.variable], row.value)
            else:
                high[row.variable] = min(high[row.variable], row.value)
    starts = np.cumsum([0, *(len(form) for form in system.forms)])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = cells, forms
    model.col_cost_ = np.zeros(cells)
    model.col_lower_, model.col_upper_ = low[:cells], high[:cells]
    model.row_lower_, model.row_upper_ = low[cells:], high[cells:]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = starts
    model.a_matrix_.index_ = np.array([cell for form in system.forms for cell in form])
    model.a_matrix_.value_ = np.array([w for f in system.forms for w in f.values()], float)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(model)
    solver.run()
    return solver.modelStatusToString(solver.getModelStatus())


def plain_rows(system: System) -> Iterator[dict]:
    """Return a system of one reading as plain numbers, for a process of its own."""
    for line in lines(system, worlds(system)[0]):
        yield {"claim": line.claim, "form": list(line.form.items()), "low": line.is_low,
               "to": line.to}  # fmt: skip
