"""A dossier as premises, and the verdict on all that is linked in it.

In: a `Dossier`. Out: a `Case`, from which status, matrix, variables and witness are read off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product

from bakhmut.base.limits import uncollected
from bakhmut.base.sentences import quoted
from bakhmut.base.simplex import Refutation
from bakhmut.consistency.deciding import run_by_run, verdicts_on
from bakhmut.consistency.usual import rank, usual_readings
from bakhmut.dossier.claims import DossierError
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import as_printed
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.engine.conflicts import MOST_CONFLICTS, Known, all_conflicts
from bakhmut.engine.proving.proofs import ProofWriter
from bakhmut.engine.solver import Solver, World, is_large
from bakhmut.engine.status import STATUSES, worst
from bakhmut.engine.verdicts import Conflict, Core, Verdict, judge
from bakhmut.meaning.interpretation import Interpretation, choice_names
from bakhmut.meaning.readings import Premise
from bakhmut.meaning.rows import scopes_of
from bakhmut.meaning.systems import System, build_systems
from bakhmut.meaning.totals import Run, names_between, runs_of
from bakhmut.meaning.vocabulary import EACH, UNSTATED, Choice, Scope


@dataclass
class Case:
    """A dossier as premises, the verdict on each of its systems, and all its conflicts in order."""

    interpretation: Interpretation
    assumptions: list[Premise]
    names: dict[Choice, str]
    writer: ProofWriter
    verdicts: list[Verdict]
    conflicts: list[Conflict]
    notes: list[str]
    # Ways to fail that were looked at by themselves: with their proof, and by how much they miss.
    proven: dict[tuple, tuple[System, Refutation] | None] = field(default_factory=dict)
    margins: dict[tuple, Fraction | None] = field(default_factory=dict)
    ways: dict[str, list[Core]] = field(default_factory=dict)  # those ways, by conflict
    # What systems have shown of their literals, and those of which it is kept.
    known: Known = field(default_factory=Known)
    kept: set[int] = field(default_factory=set)

    @property
    def claims(self) -> list[Premise]:
        """The claims, in the order of the table."""
        return self.interpretation.claims

    @cached_property
    def by_name(self) -> dict[str, Premise]:
        """The claims and assumptions by name, in their order."""
        return {premise.name: premise for premise in (*self.claims, *self.assumptions)}

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
        return [solver.system for verdict in self.verdicts for solver in verdict.solvers]

    @cached_property
    def solvers(self) -> dict[str, Solver]:
        """The solver of each claim's system."""
        solvers = [solver for verdict in self.verdicts for solver in verdict.solvers]
        return {one.name: solver for solver in solvers for one in solver.system.premises}

    @cached_property
    def between(self) -> dict[str, tuple[Run, int]]:
        """The totals that the ends of a run hold in place, with their place in it."""
        runs = (run for verdict in self.verdicts for run in verdict.runs)
        return {one.name: (run, n) for run in runs for n, one in enumerate(run.between, 1)}

    @cached_property
    def usual(self) -> dict[Choice, set[str]]:
        """The choices of the claims of which some readings are marked as usual, with those."""
        return usual_readings(self)

    def conflict(self, name: str) -> Conflict:
        """Return the conflict of a name; of one that is no conflict's, what is allowed."""
        for one in self.conflicts:
            if one.name == name:
                return one
        names = ", ".join(one.name for one in self.conflicts)
        allowed = names or "none: the dossier has no conflicts"
        raise DossierError([f"conflict {name!r} is not in the dossier; allowed: {allowed}"])

    def named(self, world: World) -> dict[str, str]:
        """Return a world with its variables' names."""
        return {self.names[variable]: reading for variable, reading in world.items()}


@uncollected()
def case_of(interpretation: Interpretation, assume: Iterable[str]) -> Case:
    """Return a dossier with everything in it decided."""
    case = opened(interpretation, assume)
    take_in(case, [*case.claims, *case.assumptions])
    case.conflicts += if_stated(case)
    put_in_order(case)
    return case


def one_conflict(interpretation: Interpretation, assume: Iterable[str]) -> Case:
    """Return a dossier decided as far as its status and one conflict need it."""
    case = opened(interpretation, assume)
    claims = case.claims
    take_in(case, claims)
    if status_of(case) not in STATUSES[:2]:
        case.verdicts, case.conflicts, case.notes = [], [], []
        take_in(case, [*claims, *case.assumptions], most=1)
    if case.conflicts:
        case.notes = []  # that the search went no further
    else:
        case.conflicts += if_stated(case)
    put_in_order(case)
    del case.conflicts[1:]
    return case


def opened(interpretation: Interpretation, assume: Iterable[str]) -> Case:
    """Return a dossier as premises, with nothing decided yet."""
    assumptions = interpretation.assumed(assume)
    for name in interpretation.by_name.keys() & {one.name for one in assumptions}:
        raise DossierError([f"assumptions.csv: {name!r} is a claim's name; allowed: another name"])
    names = choice_names([*interpretation.claims, *assumptions])
    return Case(interpretation, assumptions, names, _writer(interpretation), [], [], [])


def take_in(case: Case, premises: list[Premise], *, most: int = MOST_CONFLICTS) -> None:
    """Add the verdicts on each system of some premises, and their conflicts."""
    verdicts, notes = verdicts_on(
        premises, case.interpretation.vocabulary, widest=case.interpretation.widest, most=most
    )
    case.notes += notes
    case.verdicts += verdicts
    for verdict in verdicts:
        case.conflicts += verdict.conflicts
        if not verdict.certain:
            case.notes.append("some combinations of readings could not all be decided")


def stays_between(case: Case, premise: Premise) -> bool:
    """Return whether a total, put in place of that of its name, is in no conflict either."""
    run, place = case.between.get(premise.name, (None, 0))
    return run is not None and run.fits(premise, place)


def known_of(case: Case, claims: Iterable[str]) -> Known:
    """Return what is known of the systems of some claims, to be added to; of large ones nothing."""
    for solver in (case.solvers[name] for name in claims if name in case.solvers):
        if id(solver) not in case.kept and not is_large(solver.system):
            case.kept.add(id(solver))
            case.known.take_in(solver, widest=case.interpretation.widest)
    return case.known


def put_in_order(case: Case) -> None:
    """Name the conflicts, the gravest first."""
    case.conflicts.sort(
        key=lambda c: (rank(case, c), _apart(case, c), len(c.premises), sorted(c.premises))
    )
    for n, conflict in enumerate(case.conflicts, 1):
        conflict.name = f"conflict-{n}"


def _apart(case: Case, conflict: Conflict) -> float:
    """Return how many times a figure is another, where it is not stated that they count the same.

    Two that lie near each other are more likely to be about one thing than 11 and 2,400.
    """
    if conflict.status != "not-checkable":
        return 1.0
    ends = [one for name in conflict.premises for one in case.by_name[name].readings]
    lows = [float(one.low) for one in ends if one.low is not None and one.bottom is None]
    highs = [float(one.high) for one in ends if one.high is not None and one.bottom is None]
    return max(lows, default=1.0) / max(min(highs, default=1.0), 0.5)


def _writer(interpretation: Interpretation) -> ProofWriter:
    dossier = interpretation.dossier
    table = dossier.claims
    said = {
        claim: f"{claim}, {quoted(quote)} ({source or 'the text'})"
        if quote
        else f"{claim} ({source})"
        for claim, quote, source in zip(
            table["claim"], table["quote"], table["source"], strict=True
        )
    }
    said |= {name: f"Assumption {name}" for name in dossier.assumptions["assumption"]}
    figures = {row.claim: as_printed(row) for row in tuples_of(table)}
    return ProofWriter(interpretation.vocabulary, said, figures)


def if_stated(case: Case) -> list[Conflict]:
    """Return what would conflict if all that is not stated were one and the same."""
    unstated = {
        premise.name: tuple(dict.fromkeys(
            parts[0].name and dimension
            for one in premise.readings
            for scope in (one.top, one.bottom) if scope
            for dimension, parts in zip(DIMENSIONS, scope, strict=True)
            if parts[0].sort in UNSTATED
        ))
        for premise in case.claims
    }  # fmt: skip
    said = {name for name, missing in unstated.items() if missing}
    if not said:
        return []
    known = [conflict.premises for conflict in case.conflicts]
    found = []
    vocabulary, widest = case.interpretation.vocabulary, case.interpretation.widest

    def decide(taken: list[Premise]) -> list[Verdict]:
        systems = build_systems(taken, vocabulary, widest=widest, stated=False)
        return [judge(solver, all_conflicts(solver, of=said)) for solver in map(Solver, systems)]

    runs = runs_of(case.claims, vocabulary, widest=widest)
    for verdict in run_by_run(case.claims, runs, decide):
        for conflict in verdict.conflicts:
            missing = {name: unstated[name] for name in conflict.premises if unstated[name]}
            if missing and not any(premises <= conflict.premises for premises in known):
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
    linked = compared(case)
    return tuple(u.name for u in case.claims if u.has_number and u.name not in linked)


def compared(case: Case) -> set[str]:
    """Return the claims that cells link to another, or that a conflict names."""
    named = {name for conflict in case.conflicts for name in conflict.premises}
    left_out = names_between(run for one in case.verdicts for run in (*one.runs, *one.open))
    return named | left_out | linked_claims(case.systems)


def linked_claims(systems: Iterable[System]) -> set[str]:
    """Return the claims that share a system with another."""
    own = ([one.name for one in system.premises if not one.is_assumption] for system in systems)
    return {name for names in own if len(names) > 1 for name in names}


def stated_links(whole: Interpretation) -> set[str]:
    """Return the claims that what is stated links to another, whatever is not stated."""
    return linked_claims(build_systems(whole.claims, whole.vocabulary, widest=whole.widest))


def status_of(case: Case) -> str:
    """Return the status of the whole: the gravest found, if two figures were compared."""
    found = [conflict.status for conflict in case.conflicts]
    if any(verdict.world is None for verdict in case.verdicts):
        return "contradiction"
    if not all(verdict.certain for verdict in case.verdicts) or case.notes:
        found.append("undecided")
    status = worst(found)
    # That one figure holds by itself says nothing of figures that fit together.
    return "not-checkable" if status == "consistent" and len(compared(case)) < 2 else status


def nogoods_of(case: Case, *, possible: bool = False) -> list[World]:
    """Return the readings that fail by definitions alone; if asked, where some reading holds."""
    verdicts = (one for one in case.verdicts if one.world is not None or not possible)
    cores = (core for verdict in verdicts for core in verdict.cores if core.by_definition)
    return [dict(core.world) for core in cores]


def scopes_to_name(premises: list[Premise]) -> list[Scope]:
    """Return the scopes of claims, and the same places and periods in an assumption's measures."""
    claimed, each = (
        [
            scope
            for premise in premises
            if premise.is_assumption == is_assumption
            for one in premise.readings
            for scope in scopes_of(one)
        ]
        for is_assumption in (False, True)
    )
    found = dict.fromkeys(claimed)
    for inner, outer in product(each, claimed):
        found[tuple(o if i == (EACH,) else i for i, o in zip(inner, outer, strict=True))] = None  # type: ignore[index]
    return list(found)
