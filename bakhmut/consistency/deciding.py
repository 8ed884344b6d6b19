"""Premises to verdicts: system by system, and of totals that rise day by day the ends alone.

Where an end is in a conflict, those between it and the other are decided, too (see
`meaning.totals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from bakhmut.base.words import count
from bakhmut.engine.conflicts import MOST_CONFLICTS, Known, all_conflicts
from bakhmut.engine.solver import Solver
from bakhmut.engine.verdicts import Verdict, join, judge
from bakhmut.meaning.readings import Premise
from bakhmut.meaning.space.pieces import Widest
from bakhmut.meaning.systems import build_systems
from bakhmut.meaning.totals import Run, names_between, runs_of
from bakhmut.meaning.vocabulary import Vocabulary

FEW = 200  # totals that are decided even where not all sets can be searched for then


def verdicts_on(
    premises: list[Premise],
    vocabulary: Vocabulary,
    *,
    widest: Widest,
    most: int = MOST_CONFLICTS,
    known: Known | None = None,
) -> tuple[list[Verdict], list[str]]:
    """Return the verdicts on all that cells or words link, and the notes of the search.

    `known` is what was decided before in the same vocabulary; what is found is kept there.
    """
    if known:
        search = partial(known.all_conflicts, widest=widest, most=most)
    else:
        search = partial(all_conflicts, most=most)

    def decide(taken: list[Premise]) -> list[Verdict]:
        systems = build_systems(taken, vocabulary, widest=widest)
        solvers = (Solver(system, many=known is not None) for system in systems)
        return join(judge(solver, search(solver)) for solver in solvers)

    runs = runs_of(premises, vocabulary, widest=widest)
    # A conflict among some is one among all, so that where one is enough these are.
    verdicts = run_by_run(premises, runs, decide) if most > 1 else decide(_but(premises, runs))
    return verdicts, [note for verdict in verdicts for note in verdict.notes]


def run_by_run(
    premises: list[Premise], runs: list[Run], decide: Callable[[list[Premise]], list[Verdict]]
) -> list[Verdict]:
    """Return the verdicts on premises, those between the ends of a run decided where need be.

    Where they are many, and come to be too many to be searched, the last search that was whole
    stands, and says how many were not decided.
    """
    before: list[Verdict] = []
    while True:
        verdicts = decide(_but(premises, runs))
        if _left(before) > FEW and _cut_off(verdicts) > _cut_off(before):
            return list(map(_cut_short, before))
        if not runs:
            return verdicts
        left = list(_held(runs, verdicts))
        for verdict in verdicts:
            names = {premise.name for premise in verdict.premises}
            own = [run for run in runs if run.ends <= names]
            verdict.runs = [run for run in own if run in left]
            verdict.open = [run for run in own if run not in left]
        if left == runs:
            return verdicts
        before, runs = verdicts, left


def _cut_off(verdicts: list[Verdict]) -> int:
    """Return how many searches were not whole."""
    return sum(not verdict.complete for verdict in verdicts)


def _left(verdicts: list[Verdict]) -> int:
    """Return how many totals were left out although an end of their run is in a conflict."""
    return len(names_between(run for verdict in verdicts for run in verdict.open))


def _cut_short(verdict: Verdict) -> Verdict:
    """Return a verdict that says how many totals it left out although an end is in a conflict."""
    if left := _left([verdict]):
        verdict.complete, verdict.certain = False, verdict.world is None
        verdict.notes.append(
            f"not all sets were searched for: {count(left, 'total')} that one voice said on days "
            "between two others of its own could not all be decided"
        )
    return verdict


def _but(premises: list[Premise], runs: list[Run]) -> list[Premise]:
    """Return premises without those between the ends of runs."""
    between = names_between(runs)
    return [premise for premise in premises if premise.name not in between]


def _held(runs: list[Run], verdicts: list[Verdict]) -> Iterator[Run]:
    """Yield the runs of which no end is in a conflict, and the halves of those of which one is."""
    named = {name for verdict in verdicts for core in verdict.cores for name in core.premises}
    # Of what was not searched for nothing is known.
    unsure = {one.name for verdict in verdicts if not verdict.complete for one in verdict.premises}
    for run in runs:
        if run.ends.isdisjoint(named | unsure):
            yield run
        elif run.ends.isdisjoint(unsure):
            yield from run.halves()
