"""What of a case is shown reading by reading: matrix, words, how many hold, and a witness."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pandas as pd

from bakhmut.consistency.case import Case, compared, nogoods_of
from bakhmut.engine.solver import bits_of, claims_in
from bakhmut.engine.sums import number
from bakhmut.engine.worlds import Variables, count_worlds
from bakhmut.meaning.vocabulary import Variable

MATRIX_ROWS = 512


def matrix_of(case: Case) -> pd.DataFrame:
    """Return the frame of `reading_matrix`."""
    ways = [
        (conflict.name, dict(way.world), way.by_definition)
        for conflict in case.conflicts
        if not conflict.missing
        for way in conflict.ways
    ]
    every: dict[Variable, tuple[str, ...]] = {}
    for verdict in case.verdicts:
        every |= verdict.variables
    used = {variable for _, world, _ in ways for variable in world}
    kept = {variable: readings for variable, readings in every.items() if variable in used}
    rows = []
    for chosen in product(*kept.values()) if kept or ways else [()]:
        if len(rows) == MATRIX_ROWS:
            break
        world = dict(zip(kept, chosen, strict=True))
        failing = [
            (name, sure) for name, part, sure in ways if all(world[v] == r for v, r in part.items())
        ]
        status = "consistent"
        if failing:
            sure = any(sure for _, sure in failing)
            status = "contradiction" if sure else "conflicts-with-assumption"
        names = tuple(dict.fromkeys(name for name, _ in failing))
        rows.append([len(rows) + 1, *chosen, status, names])
    columns = ["reading", *(case.names[v] for v in kept), "status", "conflicts"]
    return pd.DataFrame(rows, columns=columns)


def consistent_readings(case: Case, notes: list[str]) -> int:
    """Return how many combinations of readings can hold by definitions alone."""
    count = count_worlds(nogoods_of(case), compared_words(case))
    if count is None:
        notes.append("the consistent combinations of readings are too many to count")
        return 0
    return count


def compared_words(case: Case) -> Variables:
    """Return the choices of the claims that are compared; how others are read turns nothing."""
    linked = compared(case)
    used = {
        v for u in case.claims if u.name in linked for one in u.alternatives for v, _ in one.choices
    } | {v for nogood in nogoods_of(case) for v in nogood}
    return {variable: readings for variable, readings in case.variables.items() if variable in used}


def variable_frame(case: Case) -> pd.DataFrame:
    """Return each word or claim with several readings (see `verbs.Check`)."""
    rows = []
    reasons: dict[tuple[Variable, str], str] = {}
    variables = case.variables
    for row in case.dossier.terms.itertuples():
        for variable in variables:
            if variable[0] == "term" and variable[2:] == (row.kind, row.term):
                reasons[variable, row.reading] = row.because
    for row in case.dossier.readings.itertuples():
        reasons.setdefault((("claim", row.claim), row.reading), row.because)
    for variable, readings in variables.items():
        claims = tuple(
            u.name for u in case.claims
            if any(variable == v for a in u.alternatives for v, _ in a.choices)
        )  # fmt: skip
        is_term = variable[0] == "term"
        origin = variable[1] if is_term else next(
            u.origin for u in case.claims if u.name == variable[1]
        )  # fmt: skip
        rows.append([
            case.names[variable], variable[0], variable[3] if is_term else "", origin, claims,
            readings, tuple(reasons.get((variable, r), "") for r in readings),
        ])  # fmt: skip
    columns = ["variable", "kind", "word", "origin", "claims", "readings", "because"]
    return pd.DataFrame(rows, columns=columns)


def witness_of(case: Case) -> pd.DataFrame:
    """Return one set of numbers under which all claims hold, checked by substitution."""
    columns = ["scope", "value", "exact"]
    if any(verdict.world is None for verdict in case.verdicts):
        return pd.DataFrame([], columns=columns)
    rows: dict[str, Fraction] = {}
    for engine, world in ((e, v.world) for v in case.verdicts for e in v.engines):
        system = engine.system
        assert world is not None
        mask = claims_in(system, world, about=True)
        if engine.refute(mask) is not None:
            mask = claims_in(system, world)
            engine.refute(mask)
        for bit in bits_of(mask):
            for row in system.literals[bit].rows:
                if row.what in {"count", "base"} and row.top is not None:
                    value = Fraction(engine.tableau.value[row.variable]) / Fraction(row.scale)
                    rows[case.wording.scope(row.top)] = value
    return pd.DataFrame(
        [[scope, float(value), number(value)] for scope, value in rows.items()], columns=columns
    )
