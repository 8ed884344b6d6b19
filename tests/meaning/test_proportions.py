"""Assumptions about each piece taken into the cells leave every verdict as it was."""

from __future__ import annotations

import random

import pytest
from drawing import drawn
from making import count, dossier, exactly, wounded_per_killed
from ruled import drawn as drawn_with_rules

from bakhmut.engine import solver
from bakhmut.engine.conflicts import all_conflicts
from bakhmut.engine.solver import Solver
from bakhmut.meaning import proportions
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.proportions import in_proportion, proportions_of
from bakhmut.meaning.systems import build_systems


def systems(tables, assume=()):
    whole = read(dossier(**tables))
    return build_systems([*whole.claims, *whole.assumed(assume)], whole.vocabulary)


def test_where_wounded_are_three_times_the_killed_a_killed_person_counts_four_casualties():
    # Land is City, Town and the rest: three rows "wounded - 3 killed >= 0". Of killed and
    # casualties in City and Land, the rays are, for City and for elsewhere: one wounded (a
    # casualty), and one killed with three wounded (one killed, four casualties). Elsewhere is Town
    # or the rest, which no claim tells apart. 26 killed in City are then 104 casualties at least.
    claims = [
        count("city", "26", place="City"),
        exactly("all", "103", measure="casualties"),
        exactly("town", "0", place="Town", measure="hurt"),
    ]
    tables = {"claims": claims, "assumptions": [wounded_per_killed("3", "")]}
    (system,) = systems(tables)
    assumed = proportions_of(system)
    assert assumed.bit_count() == 1
    part = in_proportion(system, [assumed.bit_length() - 1], assumed)
    one = Solver(part)
    assert one.core(one.everything) is not None
    assert one.core(one.everything & ~1) is None  # without "city"
    without = in_proportion(system, [], assumed)
    assert Solver(without).core((1 << len(system.literals)) - 1) is None


@pytest.mark.parametrize("seed", range(30))
def test_any_literals_hold_together_in_both_or_in_neither(seed, monkeypatch):
    monkeypatch.setattr(proportions, "FEW_ROWS", 0)
    draw = random.Random(seed)
    tables = (drawn if seed % 2 else drawn_with_rules)(draw)
    for system in systems(tables, [row["assumption"] for row in tables.get("assumptions", ())]):
        assumed, plain = proportions_of(system), Solver(system)
        for _ in range(12):
            some = draw.getrandbits(len(system.literals))
            numbers = [n for n in range(len(system.literals)) if (some & assumed) >> n & 1]
            part = in_proportion(system, numbers, assumed)
            if part is not None:
                assert (Solver(part).core(some) is None) == (plain.core(some) is None)


@pytest.mark.parametrize("seed", range(20))
def test_every_conflict_is_the_same_where_many_checks_are_asked_for(seed, monkeypatch):
    monkeypatch.setattr(solver, "OFTEN", 0)
    monkeypatch.setattr(proportions, "FEW_ROWS", 0)
    tables = drawn_with_rules(random.Random(seed), claims=9)
    for system in systems(tables):
        one, other = Solver(system), Solver(system, many=True)
        assert sorted(all_conflicts(other).conflicts) == sorted(all_conflicts(one).conflicts)
