"""A dossier as units, and the verdict on all that is linked in it.

In: a `Dossier`. Out: a `Case`, from which status, matrix, variables and witness are read off.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

import pandas as pd

from bakhmut.consistency.usual import rank, usual_readings
from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.printed import as_printed
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.engine.conflicts import MOST_CONFLICTS, all_conflicts
from bakhmut.engine.proofs import Wording, number
from bakhmut.engine.solver import Engine, World, bits_of
from bakhmut.engine.status import worst
from bakhmut.engine.verdicts import Conflict, Verdict, claims_in, join, judge
from bakhmut.engine.worlds import Variables, count_worlds
from bakhmut.meaning.pieces import Widest
from bakhmut.meaning.readings import Unit, assumption_units, claim_units, variable_names
from bakhmut.meaning.rows import scopes_of
from bakhmut.meaning.systems import System, build_systems, widest_parts
from bakhmut.meaning.vocabulary import EACH, Scope, Variable, Vocabulary

MATRIX_ROWS = 512


@dataclass
class Case:
    """A dossier as units, the verdict on each of its systems, and all its conflicts in order."""

    dossier: Dossier
    words: Vocabulary
    claims: list[Unit]
    assumptions: list[Unit]
    names: dict[Variable, str]
    widest: Widest
    wording: Wording
    verdicts: list[Verdict]
    conflicts: list[Conflict]
    notes: list[str]

    @cached_property
    def by_name(self) -> dict[str, Unit]:
        """The claims and assumptions by name, in their order."""
        return {unit.name: unit for unit in (*self.claims, *self.assumptions)}

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each claim and assumption stands among all."""
        return {name: n for n, name in enumerate(self.by_name)}

    @cached_property
    def scopes(self) -> list[Scope]:
        """The scopes of all claims and assumptions."""
        return scopes_to_name([*self.claims, *self.assumptions])

    @property
    def systems(self) -> list[System]:
        """Every system that was decided."""
        return [engine.system for verdict in self.verdicts for engine in verdict.engines]

    @cached_property
    def usual(self) -> dict[Variable, set[str]]:
        """The choices of the claims of which some readings are marked as usual, with those."""
        return usual_readings(self)

    @property
    def variables(self) -> dict[Variable, tuple[str, ...]]:
        """The choices of the claims; assumptions may add some of their own."""
        found: dict[Variable, dict[str, None]] = {}
        for unit in self.claims:
            for one in unit.alternatives:
                for variable, reading in one.choices:
                    found.setdefault(variable, {})[reading] = None
        return {variable: tuple(readings) for variable, readings in found.items()}

    def named(self, world: World) -> dict[str, str]:
        """Return a world with its variables' names."""
        return {self.names[variable]: reading for variable, reading in world.items()}


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold off the search for cycles, a fifth of the time where there are many claims.

    What is made here is freed by the count of its references, but for a few objects a dossier.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@uncollected()
def case_of(dossier: Dossier, assume: Iterable[str]) -> Case:
    """Return a dossier with everything in it decided."""
    case = opened(dossier, assume)
    take_in(case, [*case.claims, *case.assumptions])
    case.conflicts += if_stated(case)
    put_in_order(case)
    return case


def opened(dossier: Dossier, assume: Iterable[str]) -> Case:
    """Return a dossier as units, with nothing decided yet."""
    claims = claim_units(dossier)
    assumptions = assumption_units(dossier, assume)
    for name in {u.name for u in claims} & {u.name for u in assumptions}:
        raise DossierError([f"assumptions.csv: {name!r} is a claim's name; allowed: another name"])
    words = Vocabulary(dossier.terms)
    return Case(
        dossier, words, claims, assumptions, variable_names([*claims, *assumptions]),
        widest_parts(claims, words), _wording(dossier, words), [], [], [],
    )  # fmt: skip


def take_in(case: Case, units: list[Unit], *, most: int = MOST_CONFLICTS) -> None:
    """Add the verdicts on each system of some units, and their conflicts."""
    verdicts, notes = verdicts_on(units, case.words, widest=case.widest, most=most)
    case.notes += notes
    case.verdicts += verdicts
    for verdict in verdicts:
        case.conflicts += verdict.conflicts
        if not verdict.certain:
            case.notes.append("some combinations of readings could not all be decided")


def verdicts_on(
    units: list[Unit], words: Vocabulary, *, widest: Widest, most: int = MOST_CONFLICTS
) -> tuple[list[Verdict], list[str]]:
    """Return the verdicts on all that cells or words link, and the notes of the search."""
    verdicts, notes = [], []
    for system in build_systems(units, words, widest=widest):
        engine = Engine(system)
        found = all_conflicts(engine, most=most)
        verdicts.append(judge(engine, found))
        notes += found.notes
    return join(verdicts), notes


def put_in_order(case: Case) -> None:
    """Name the conflicts, the gravest first."""
    case.conflicts.sort(key=lambda c: (rank(case, c), len(c.units), sorted(c.units)))
    for n, conflict in enumerate(case.conflicts, 1):
        conflict.name = f"conflict-{n}"


def _wording(dossier: Dossier, words: Vocabulary) -> Wording:
    table = dossier.claims
    said = {
        claim: f"{claim}, “{quote}” ({source or 'the text'})" if quote else f"{claim} ({source})"
        for claim, quote, source in zip(
            table["claim"], table["quote"], table["source"], strict=True
        )
    }
    said |= {name: f"Assumption {name}" for name in dossier.assumptions["assumption"]}
    figures = {row.claim: as_printed(row) for row in table.itertuples(index=False)}
    return Wording(words, said, figures)


def if_stated(case: Case) -> list[Conflict]:
    """Return what would conflict if all that is not stated were one and the same."""
    unstated = {
        unit.name: tuple(dict.fromkeys(
            parts[0][1] and dimension
            for one in unit.alternatives
            for scope in (one.top, one.bottom) if scope
            for dimension, parts in zip(DIMENSIONS, scope, strict=True)
            if parts[0][0] == "unknown"
        ))
        for unit in case.claims
    }  # fmt: skip
    if not any(unstated.values()):
        return []
    known = [conflict.units for conflict in case.conflicts]
    found = []
    for system in build_systems(case.claims, case.words, widest=case.widest, stated=False):
        engine = Engine(system)
        for conflict in judge(engine, all_conflicts(engine, deep=False)).conflicts:
            missing = {name: unstated[name] for name in conflict.units if unstated[name]}
            if missing and not any(units <= conflict.units for units in known):
                conflict.status = "not-checkable"
                conflict.missing = tuple(
                    f"{dimension} of {name}"
                    for name in sorted(missing)
                    for dimension in missing[name]
                )
                found.append(conflict)
    return found


def alone(case: Case) -> tuple[str, ...]:
    """Return the claims with a number that nothing links to another, in their order."""
    linked = _compared(case)
    return tuple(u.name for u in case.claims if _has_number(u) and u.name not in linked)


def _compared(case: Case) -> set[str]:
    """Return the claims that cells link to another, or that a conflict names."""
    linked = {name for conflict in case.conflicts for name in conflict.units}
    for system in case.systems:
        own = [u.name for u in system.units if not u.is_assumption]
        linked |= set(own) if len(own) > 1 else set()
    return linked


def _has_number(unit: Unit) -> bool:
    return any(one.low is not None or one.high is not None for one in unit.alternatives)


def status_of(case: Case) -> str:
    """Return the status of the whole (design, section 4)."""
    found = [conflict.status for conflict in case.conflicts]
    if any(verdict.world is None for verdict in case.verdicts):
        return "contradiction"
    if not all(verdict.certain for verdict in case.verdicts) or case.notes:
        found.append("undecided")
    status = worst(found)
    # That one figure holds by itself says nothing of figures that fit together.
    return "not-checkable" if status == "consistent" and len(_compared(case)) < 2 else status


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


def nogoods_of(case: Case, *, possible: bool = False) -> list[World]:
    """Return the readings that fail by definitions alone; if asked, where some reading holds."""
    verdicts = (one for one in case.verdicts if one.world is not None or not possible)
    ways = (way for verdict in verdicts for way in verdict.ways if way.by_definition)
    return [dict(way.world) for way in ways]


def consistent_readings(case: Case, notes: list[str]) -> int:
    """Return how many combinations of readings can hold by definitions alone."""
    count = count_worlds(nogoods_of(case), compared_words(case))
    if count is None:
        notes.append("the consistent combinations of readings are too many to count")
        return 0
    return count


def compared_words(case: Case) -> Variables:
    """Return the choices of the claims that are compared; how others are read turns nothing."""
    linked = _compared(case)
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


def scopes_to_name(units: list[Unit]) -> list[Scope]:
    """Return the scopes of claims, and the same places and periods in an assumption's measures."""
    claimed, each = (
        [
            scope
            for unit in units
            if unit.is_assumption == is_assumption
            for one in unit.alternatives
            for scope in scopes_of(one)
        ]
        for is_assumption in (False, True)
    )
    found = dict.fromkeys(claimed)
    for inner, outer in product(each, claimed):
        found[tuple(o if i == (EACH,) else i for i, o in zip(inner, outer, strict=True))] = None  # type: ignore[index]
    return list(found)
