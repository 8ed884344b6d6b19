"""Why not every set of the later texts is searched for: a proof that no such search can end.

A search by duality knows that no set is missing when every largest set of figures that holds has
been shown to hold. Here is a lower bound of how many there are: pairs of figures that collide and
have nothing to do with each other. Who gives up one figure of each pair keeps what holds, in two
ways a pair; no largest set that holds has both, so that no two of these lie in one.
"""

from __future__ import annotations

import pytest

import bakhmut as bk
from bakhmut.dossier.claims import DATA
from bakhmut.engine.conflicts import MOST_CORRECTIONS, all_conflicts, hitting_sets
from bakhmut.engine.pairs import Pairs
from bakhmut.engine.solver import Solver, bits_of
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import System, build_systems, part_of


@pytest.fixture(scope="module")
def system() -> System:
    whole = read(bk.read_dossier(DATA / "later"))
    premises = [*whole.claims, *whole.assumed()]
    systems = build_systems(premises, whole.vocabulary, widest=whole.widest)
    return max(systems, key=lambda one: len(one.literals))


def apart(system: System, pairs: list[int]) -> list[int]:
    """Return pairs no figure of which collides with one of another, all read in one way."""
    partners: dict[int, int] = {}
    for pair in pairs:
        for n in bits_of(pair):
            partners[n] = partners.get(n, 0) | pair & ~(1 << n)
    degree = {pair: sum(partners[n].bit_count() for n in bits_of(pair)) for pair in pairs}
    chosen, taken, claims, world = [], 0, set(), {}
    for pair in sorted(pairs, key=lambda pair: (degree[pair], pair)):
        own = [system.literals[n] for n in bits_of(pair)]
        said = [choice for one in own for choice in one.choices]
        if (
            claims.isdisjoint(one.premise for one in own)
            and not any(partners[one.number] & taken for one in own)
            and all(world.get(word, reading) == reading for word, reading in said)
        ):
            chosen.append(pair)
            taken |= pair
            claims |= {one.premise for one in own}
            world |= dict(said)
    return chosen


def test_thousands_of_largest_sets_of_the_later_figures_hold_each_with_a_witness_of_its_own(system):
    pairs = Pairs(system)
    assert pairs.decide()
    chosen = apart(system, [one for one in pairs.conflicts if one.bit_count() == 2])
    part, numbers = part_of(system, [n for pair in chosen for n in bits_of(pair)])
    found = all_conflicts(Solver(part))
    # Of these figures nothing else collides, not even many of them together: decided whole.
    assert found.complete
    whole = {sum(1 << numbers[n] for n in bits_of(one)) for one in found.conflicts}
    assert whole == set(chosen)
    assert 2 ** len(chosen) == 4_096 > MOST_CORRECTIONS
    assert hitting_sets(chosen) is None


def test_what_is_left_out_of_the_later_texts_is_said(system):
    (said,) = (one for one in all_conflicts(Solver(system)).notes)
    assert said.startswith("not all sets were searched for: all 166 of one or two claims")
