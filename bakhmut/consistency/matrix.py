"""What of a case is shown reading by reading: matrix, words, how many hold, and a witness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product

import pandas as pd

from bakhmut.base.words import number
from bakhmut.consistency.case import Case, compared, nogoods_of
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.bounds import Bounded
from bakhmut.engine.proving.proofs import ProofWriter
from bakhmut.engine.solver import World, bits_of, claims_in
from bakhmut.engine.verdicts import Verdict
from bakhmut.engine.worlds import Variables, count_worlds
from bakhmut.meaning.totals import Run
from bakhmut.meaning.vocabulary import Choice

MATRIX_ROWS = 512
NOTHING_HOLDS = "nothing holds"
BOUND_COLUMNS = ["quantity", "kind", "reading", "low", "high", "low_exact", "high_exact"]
UNCOUNTED = "the consistent combinations of readings are too many to count"


def matrix_of(case: Case) -> pd.DataFrame:
    """Return the frame of `reading_matrix`."""
    cores = [
        (conflict.name, dict(core.world), core.by_definition)
        for conflict in case.conflicts
        if not conflict.missing
        for core in conflict.cores
    ]
    every: dict[Choice, tuple[str, ...]] = {}
    for verdict in case.verdicts:
        every |= verdict.variables
    used = {choice for _, world, _ in cores for choice in world}
    kept = {choice: readings for choice, readings in every.items() if choice in used}
    rows = []
    for chosen in product(*kept.values()) if kept or cores else [()]:
        if len(rows) == MATRIX_ROWS:
            break
        world = dict(zip(kept, chosen, strict=True))
        failing = [
            (name, sure)
            for name, part, sure in cores
            if all(world[v] == r for v, r in part.items())
        ]
        status = "consistent"
        if failing:
            sure = any(sure for _, sure in failing)
            status = "contradiction" if sure else "conflicts-with-assumption"
        names = tuple(dict.fromkeys(name for name, _ in failing))
        rows.append([len(rows) + 1, *chosen, status, names])
    columns = ["reading", *(case.names[v] for v in kept), "status", "conflicts"]
    return pd.DataFrame(rows, columns=columns)


def consistent_readings(case: Case) -> int | None:
    """Return how many combinations of readings can hold by definitions alone, None if too many."""
    return count_worlds(nogoods_of(case), compared_words(case))


def compared_words(case: Case) -> Variables:
    """Return the choices of the claims that are compared; how others are read turns nothing."""
    linked = compared(case)
    used = {
        v for u in case.claims if u.name in linked for one in u.readings for v, _ in one.choices
    } | {v for nogood in nogoods_of(case) for v in nogood}
    return {
        choice: readings
        for choice, readings in case.interpretation.choices.items()
        if choice in used
    }


def variable_frame(case: Case) -> pd.DataFrame:
    """Return each word or claim with several readings (see `verbs.Check`)."""
    rows = []
    reasons: dict[tuple[Choice, str], str] = {}
    variables = case.interpretation.choices
    for row in tuples_of(case.interpretation.dossier.terms):
        for choice in variables:
            if choice.kind == "term" and choice[2:] == (row.kind, row.term):
                reasons[choice, row.reading] = row.because
    for row in tuples_of(case.interpretation.dossier.readings):
        reasons.setdefault((Choice("claim", row.claim), row.reading), row.because)
    for choice, readings in variables.items():
        claims = tuple(
            u.name for u in case.claims
            if any(choice == v for a in u.readings for v, _ in a.choices)
        )  # fmt: skip
        is_term = choice.kind == "term"
        origin = choice.owner if is_term else next(
            u.origin for u in case.claims if u.name == choice.owner
        )  # fmt: skip
        rows.append([
            case.names[choice], choice.kind, choice.word if is_term else "", origin, claims,
            readings, tuple(reasons.get((choice, r), "") for r in readings),
        ])  # fmt: skip
    columns = ["variable", "kind", "word", "origin", "claims", "readings", "because"]
    return pd.DataFrame(rows, columns=columns)


def witness_of(case: Case) -> pd.DataFrame:
    """Return one set of numbers under which all claims hold, checked by substitution."""
    columns = ["scope", "value", "exact"]
    if any(verdict.world is None for verdict in case.verdicts):
        return pd.DataFrame([], columns=columns)
    rows: dict[str, Fraction | int] = {}
    for verdict in case.verdicts:
        rows |= _decided(case, verdict)
        for run in verdict.runs:
            rows |= _held(case, run, verdict.world or {}, rows)
    return pd.DataFrame(
        [[scope, float(value), number(value, exact=True)] for scope, value in rows.items()],
        columns=columns,
    )


def _decided(case: Case, verdict: Verdict) -> dict[str, Fraction | int]:
    """Return a number for each scope that the claims of a verdict's systems count."""
    world = verdict.world
    assert world is not None
    ends = frozenset(name for run in verdict.runs for name in run.ends)
    found: dict[str, Fraction | int] = {}
    for solver in verdict.solvers:
        system = solver.system
        mask = claims_in(system, world, about=True)
        if solver.refute(mask) is not None:
            # What is in no conflict can be as it usually is.
            mask = claims_in(system, world) | claims_in(system, world, about=True, among=ends)
            solver.refute(mask)
        for bit in bits_of(mask):
            for row in system.literals[bit].rows:
                if row.what in {"count", "base"} and row.top is not None:
                    value = Fraction(solver.tableau.value[row.variable]) / Fraction(row.scale)
                    found[case.writer.scope(row.top)] = value
    return found


def _held(
    case: Case, run: Run, world: World, known: Mapping[str, Fraction | int]
) -> dict[str, Fraction | int]:
    """Return the numbers of the totals between the ends of a run: the least that each can be."""
    first, *between = (
        next(one for one in total.readings if all(world[v] == r for v, r in one.choices))
        for total in run.totals[:-1]
    )
    least = known[case.writer.scope(first.top)]
    found = {}
    for one in between:
        least = max(least, one.low or 0)
        found[case.writer.scope(one.top)] = least
    return found


def bounds_frame(
    bounded: Iterable[Bounded], wording: ProofWriter, names: dict[Choice, str]
) -> pd.DataFrame:
    """Return bounds as a frame: quantity, kind, reading, low, high, low_exact, high_exact."""
    rows = []
    for one in bounded:
        q = one.quantity
        words = wording.scope(q.top)
        if q.bottom is not None:
            per = "as a share of" if q.kind == "share" else "per"
            words = f"{words} {per} {wording.scope(q.bottom)}"
        if one.span is None:
            nothing = [float("nan")] * 2 + [NOTHING_HOLDS] * 2
            rows.append([words, q.kind, {}, *nothing])
            continue
        low, high = one.span
        rows.append([
            words, q.kind, {names.get(v, v.word or v.owner): r for v, r in one.reading.items()},
            float("nan") if low is None else float(low),
            float("nan") if high is None else float(high),
            "" if low is None else str(low), "" if high is None else str(high),
        ])  # fmt: skip
    return pd.DataFrame(rows, columns=BOUND_COLUMNS)
