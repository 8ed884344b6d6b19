"""Premises to verdicts: system by system, and of totals that rise day by day the ends alone.

Where an end is in a conflict, those between it and the other are decided, too (see
`meaning.totals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from bakhmut.engine.conflicts import MOST_CONFLICTS, Known, all_conflicts
from bakhmut.engine.solver import Solver
from bakhmut.engine.verdicts import Verdict, join, judge
from bakhmut.meaning.readings import Premise
from bakhmut.meaning.space.pieces import Widest
from bakhmut.meaning.systems import build_systems
from bakhmut.meaning.totals import Run, names_between, runs_of
from bakhmut.meaning.vocabulary import Vocabulary


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
    """Return the verdicts on premises, those between the ends of a run decided where need be."""
    while True:
        verdicts = decide(_but(premises, runs))
        left = list(_held(runs, verdicts))
        if left == runs:
            break
        runs = left
    for verdict in verdicts if runs else []:
        names = {premise.name for premise in verdict.premises}
        verdict.runs = [run for run in runs if run.ends <= names]
    return verdicts


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
