"""What is remembered of systems decided before never changes what is found."""

from __future__ import annotations

import random

import pytest
from drawing import drawn
from making import count, dossier, wounded_per_killed

from bakhmut.engine.conflicts import MOST_CONFLICTS, Known, all_conflicts
from bakhmut.engine.solver import Solver
from bakhmut.meaning.interpretation import read, widest_of
from bakhmut.meaning.systems import build_systems


@pytest.mark.parametrize("seed", range(40))
def test_parts_of_a_dossier_have_the_conflicts_that_they_have_without_what_is_known(seed):
    draw = random.Random(seed)
    tables = drawn(draw)
    whole = read(dossier(**tables))
    known = Known()
    for _ in range(6):
        claims = draw.sample(whole.claims, draw.randint(1, len(whole.claims)))
        widest = widest_of(claims, whole.vocabulary)
        premises = [*claims, *whole.assumed()]
        for system in build_systems(premises, whole.vocabulary, widest=widest):
            alone = all_conflicts(Solver(system))
            found = known.all_conflicts(Solver(system), widest=widest, most=MOST_CONFLICTS)
            assert alone.complete
            assert found.complete
            assert sorted(found.conflicts) == sorted(alone.conflicts)


def test_what_was_decided_is_not_decided_again():
    rows = [
        {"claim": "a", "measure": "killed", "low": "10", "high": "10", "hedge": "exact"},
        {"claim": "b", "measure": "killed", "low": "20", "hedge": "at least"},
    ]
    whole = read(dossier(rows))
    known, checks = Known(), []
    for _ in range(2):
        (system,) = build_systems(whole.claims, whole.vocabulary, widest=whole.widest)
        solver = Solver(system)
        # Neither 10 nor 20 or more fails alone; both do.
        found = known.all_conflicts(solver, widest=whole.widest, most=MOST_CONFLICTS)
        assert found.conflicts == [0b11]
        checks.append(solver.checks)
    assert checks[0] > checks[1] == 0


def test_a_part_of_what_was_searched_whole_is_not_searched_again():
    decided = 0
    for seed in range(20):
        whole = read(dossier(**drawn(random.Random(seed))))
        known = Known()
        for claims in (whole.claims, whole.claims[1:], whole.claims[:-1]):
            for system in build_systems(claims, whole.vocabulary, widest=whole.widest):
                solver = Solver(system)
                found = known.all_conflicts(solver, widest=whole.widest, most=MOST_CONFLICTS)
                assert sorted(found.conflicts) == sorted(all_conflicts(Solver(system)).conflicts)
                if claims is not whole.claims:
                    assert solver.checks == 0
                    decided += len(found.conflicts)
            known.holding.clear()  # what is known of conflicts is enough
    assert decided > 20


def test_an_assumption_about_each_piece_is_taken_with_the_pieces_at_hand():
    """Wounded are at least 3 and at most 2 times the killed: then nobody is either.

    So there are no 90 casualties, whether or not a claim counts the killed by themselves, and
    where one does there is nobody killed.
    """
    rows = [count("all", "90", measure="hurt"), count("dead", "1")]
    each = [wounded_per_killed("3", ""), wounded_per_killed("", "2", assumption="few")]
    whole = read(dossier(rows, assumptions=each))
    known = Known()
    for claims in (whole.claims, whole.claims[:1], whole.claims):
        premises = [*claims, *whole.assumed()]
        for system in build_systems(premises, whole.vocabulary, widest=whole.widest):
            alone = all_conflicts(Solver(system)).conflicts
            found = known.all_conflicts(Solver(system), widest=whole.widest, most=MOST_CONFLICTS)
            assert sorted(found.conflicts) == sorted(alone)
            assert len(alone) == len(claims)
