"""All conflicts of one or two claims, beside each two decided over the whole system."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from drawing import drawn
from making import count, dossier, ratio, term

from bakhmut.engine.pairs import Pairs
from bakhmut.engine.solver import Solver
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import build_systems


def two_by_two(system):
    """Return the literals that fail alone, and those of two claims, read alike, that fail by twos.

    Each decided by the simplex over all cells and definitions.
    """
    solver = Solver(system)
    alone = {1 << one.number for one in system.literals if solver.core(1 << one.number)}
    left = [one for one in system.literals if 1 << one.number not in alone]
    both = set()
    for one, other in combinations(left, 2):
        worlds = [dict(one.choices) | dict(other.choices), dict(other.choices) | dict(one.choices)]
        pair = 1 << one.number | 1 << other.number
        if one.premise != other.premise and worlds[0] == worlds[1] and solver.core(pair):
            both.add(pair)
    return alone | both


@pytest.mark.parametrize("seed", range(60))
def test_each_two_claims_that_conflict_are_found_and_no_others(seed):
    whole = read(dossier(**drawn(random.Random(seed))))
    for system in build_systems(whole.claims, whole.vocabulary, widest=whole.widest):
        pairs = Pairs(system)
        assert pairs.decide()
        assert len(pairs.conflicts) == len(set(pairs.conflicts))
        assert set(pairs.conflicts) == two_by_two(system)


@pytest.mark.parametrize(("place", "left"), [("Coast", 0), ("Port", 1)])
def test_two_that_can_each_be_met_where_the_other_does_not_count_are_not_decided(place, left):
    # The port is a part of the east and of the coast. Twice as many wounded as killed in the east
    # can all be outside of the port, so can 10 killed on the coast; 10 killed in the port cannot.
    rows = [
        count("killed", "10", "10", place=place),
        ratio("ratio", "2", "2", place="East", measure="wounded", per_side="A",
              per_measure="killed", per_place="East"),
    ]  # fmt: skip
    terms = [term("place", "East", "Port + ..."), term("place", "Coast", "Port + ...")]
    whole = read(dossier(rows, terms=terms))
    (system,) = build_systems(whole.claims, whole.vocabulary, widest=whole.widest)
    assert len(Pairs(system).waiting) == left
