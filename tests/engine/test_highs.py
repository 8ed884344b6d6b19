"""Large systems, where HiGHS guesses first: what is decided is the same, and exact."""

from __future__ import annotations

import random

import pytest
from making import conflicts_of, count, dossier, every_reading, exactly
from oracle import Oracle
from test_engine_oracle import TERMS, by_claims, drawn_assumptions, drawn_claims

import bakhmut as bk
from bakhmut.base.basis import LOW
from bakhmut.engine import solver
from bakhmut.engine.conflicts import all_conflicts
from bakhmut.engine.solver import Solver, bits_of
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import build_systems
from benchmarks import made


@pytest.fixture
def every_system_is_large(monkeypatch):
    """Ask HiGHS first whatever the size, and never wait for the exact simplex."""
    monkeypatch.setattr(solver, "LARGE", -1)
    monkeypatch.setattr(solver, "PATIENCE", 0)


def engine_of(dossier):
    (system,) = build_systems(read(dossier).claims, read(dossier).vocabulary)
    return Solver(system)


@pytest.mark.parametrize("seed", range(20))
def test_what_highs_looks_at_first_is_judged_as_the_judge_does(seed, every_system_is_large):
    draw = random.Random(5000 + seed)
    for _ in range(10):
        rows = drawn_claims(draw)
        assumed = drawn_assumptions(draw)
        check = bk.check(dossier(rows, TERMS, assumptions=assumed))
        status, found, consistent = Oracle(rows, assumed).judge()
        own = "consistent" if check.status == "not-checkable" else check.status
        assert (own, by_claims(check.conflicts)) == (status, found), rows
        assert every_reading(check) == consistent, rows


@pytest.mark.parametrize("size", [10**3, 10**6, 10**9])
@pytest.mark.parametrize("off", ["", ".00000001"])
def test_a_difference_below_what_floats_tell_still_counts(size, off, every_system_is_large):
    # City and Town lie in the Land: together they are 3 x size, and so much more if off.
    claims = [
        exactly("land", f"{3 * size}", hedge="exact"),
        exactly("city", f"{size}{off}", place="City", hedge="exact"),
        exactly("town", f"{2 * size}", place="Town", hedge="exact"),
    ]
    wanted = {frozenset({"land", "city", "town"})} if off else set()
    assert conflicts_of(bk.find_conflicts(dossier(claims))) == wanted


@pytest.mark.parametrize("figure", ["1" + "0" * 20, "1" + "0" * 50])
def test_figures_beyond_what_highs_takes_are_decided_all_the_same(figure, every_system_is_large):
    def land(high):
        return dossier(
            [exactly("city", figure, place="City", hedge="exact"), count("land", "0", high)]
        )

    assert bk.decide(land(figure)) == "consistent"
    assert bk.decide(land(str(int(figure) - 1))) == "contradiction"


def test_ranges_that_touch_in_one_point_hold(every_system_is_large):
    # 7 + 5 is exactly the most that the land can have, 13 is one more.
    def land(high):
        return dossier([
            count("land", "0", high), count("city", "7", "9", place="City"),
            count("town", "5", "9", place="Town"),
        ])  # fmt: skip

    assert bk.decide(land("12")) == "consistent"
    assert bk.decide(land("11")) == "contradiction"


def test_the_conflicts_of_a_large_entangled_dossier_are_smallest():
    dossier, planted = made.entangled(400)
    solver = engine_of(dossier)
    assert solver.large
    found = all_conflicts(solver)
    assert found.complete and found.conflicts
    for conflict in found.conflicts:
        names = {
            solver.system.premises[solver.system.literals[n].premise].name
            for n in bits_of(conflict)
        }
        assert planted <= names
        # Decided again by the exact simplex alone: all of it fails, all but any one holds.
        alone = engine_of(dossier)
        alone.large = False
        assert alone.refute(conflict) is not None
        assert all(alone.refute(conflict & ~(1 << n)) is None for n in bits_of(conflict))


@pytest.mark.parametrize("kind", [made.entangled, made.connected])
def test_the_witness_of_a_large_dossier_meets_every_bound_exactly(kind):
    solver = engine_of(kind(400)[0])
    found = all_conflicts(solver)
    left = solver.everything
    for conflict in found.conflicts:
        left &= ~(conflict & -conflict)
    assert solver.refute(left) is None
    system = solver.system
    point, denominator = solver.tableau.point()
    assert min(point) >= 0
    for number in bits_of(left):
        for row in system.literals[number].rows:
            form = system.form_of(row.variable)
            value = sum(point[cell] * weight for cell, weight in form.items())
            to = row.value * denominator
            assert value >= to if row.end == LOW else value <= to
