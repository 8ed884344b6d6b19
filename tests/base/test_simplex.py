"""The exact simplex: witnesses by substitution, refutations by adding up, optima against z3."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import z3

from bakhmut.base.basis import HIGH, LOW
from bakhmut.base.simplex import Simplex

SEEDS = range(60)


def draw_forms(draw, cells, count):
    forms = []
    for _ in range(count):
        some = draw.sample(range(cells), draw.randint(1, min(cells, 4)))
        forms.append({cell: draw.choice([-5, -2, -1, 1, 1, 1, 2, 3, 7]) for cell in some})
    return forms


def draw_bounds(draw, variables, *, share=0.7):
    """Return bounds as (variable, end, value, owner), some of them fractions."""
    bounds = []
    for variable in variables:
        middle = draw.choice([0, 1, 10, 100, 153_770, Fraction(9, 2), Fraction(-7, 3), -3])
        for end in (LOW, HIGH):
            if draw.random() < share:
                width = draw.choice([0, 0, 1, 5, Fraction(1, 3)])
                bounds.append((variable, end, middle + (width if end else -width), len(bounds)))
    return bounds


def tableau_of(cells, forms, *, grain=1):
    tableau = Simplex(cells, grain=grain)
    assert [tableau.add_form(form) for form in forms] == list(range(cells, cells + len(forms)))
    return tableau


def decided(tableau, bounds):
    """Return why these bounds cannot all hold on top of those set, or None."""
    for bound in bounds:
        refutation = tableau.bound(*bound)
        if refutation is not None:
            return refutation
    return tableau.solve()


def value_by_hand(tableau, forms, variable):
    if variable < tableau.cells:
        return Fraction(tableau.value[variable])
    form = forms[variable - tableau.cells]
    return sum((Fraction(tableau.value[cell]) * weight for cell, weight in form.items()), 0)


def assert_witness(tableau, forms, bounds):
    for cell in range(tableau.cells):
        assert tableau.value[cell] >= 0
    for variable, end, to, _ in bounds:
        value = value_by_hand(tableau, forms, variable)
        assert tableau.value[variable] == value
        assert value >= to if end == LOW else value <= to


def assert_adds_up(refutation, forms, bounds, cells):
    """Sum the rows: less than nothing must be left of every cell, and a number above 0."""
    known = {owner: (variable, end, to) for variable, end, to, owner in bounds}
    weights, total = [Fraction(0)] * cells, Fraction(0)
    for owner, variable, end, times in refutation.terms:
        assert times > 0
        sign = times if end == LOW else -times
        if owner is None:
            assert (variable < cells, end) == (True, LOW)
            to = Fraction(0)
        else:
            assert known[owner][:2] == (variable, end)
            to = Fraction(known[owner][2])
        form = {variable: 1} if variable < cells else forms[variable - cells]
        for cell, weight in form.items():
            weights[cell] += sign * weight
        total += sign * to
    assert not any(weights)
    assert total > 0


def as_z3(value):
    return z3.RealVal(str(Fraction(value)))


def z3_system(solver, cells, forms, bounds):
    """Add a system to a z3 solver and return its variables, cells first."""
    values = [z3.Real(f"x{n}") for n in range(cells)]
    solver.add(*(value >= 0 for value in values))
    for form in forms:
        values.append(z3.Sum([values[cell] * weight for cell, weight in form.items()]))
    for variable, end, to, _ in bounds:
        solver.add(values[variable] >= as_z3(to) if end == LOW else values[variable] <= as_z3(to))
    return values


def z3_holds(cells, forms, bounds):
    solver = z3.SolverFor("QF_LRA")
    z3_system(solver, cells, forms, bounds)
    return solver.check() == z3.sat


@pytest.mark.parametrize("seed", SEEDS)
def test_a_verdict_is_that_of_z3_and_carries_its_proof(seed):
    draw = random.Random(seed)
    cells = draw.randint(1, 7)
    forms = draw_forms(draw, cells, draw.randint(0, 8))
    bounds = draw_bounds(draw, range(cells + len(forms)), share=draw.choice([0.3, 0.6]))
    tableau = tableau_of(cells, forms)
    refutation = decided(tableau, bounds)
    assert (refutation is None) == z3_holds(cells, forms, bounds)
    if refutation is None:
        assert_witness(tableau, forms, bounds)
    else:
        assert_adds_up(refutation, forms, bounds, cells)


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_that_come_and_go_leave_the_verdicts_as_they_are(seed):
    draw = random.Random(1000 + seed)
    cells = draw.randint(2, 6)
    forms = draw_forms(draw, cells, draw.randint(2, 9))
    pool = draw_bounds(draw, range(cells + len(forms)))
    tableau = tableau_of(cells, forms)
    held: dict = {}
    for _ in range(25):
        for variable, end, to, owner in draw.sample(pool, min(len(pool), 3)):
            key = variable, end
            if held.pop(key, None) is None:
                held[key] = (variable, end, to, owner)
                tableau.set_bound(variable, end, to, owner)
            elif variable < cells and end == LOW:
                tableau.set_bound(variable, end, 0, None)
            else:
                tableau.set_bound(variable, end, None, None)
        # A cell's lower bound below 0 says less than that no cell is below 0.
        for variable, end, to, owner in list(held.values()):
            if variable < cells and end == LOW and to < 0:
                tableau.set_bound(variable, end, 0, None)
                held[variable, end] = (variable, end, 0, owner)
        bounds = list(held.values())
        refutation = tableau.solve()
        assert (refutation is None) == z3_holds(cells, forms, bounds)
        if refutation is None:
            assert_witness(tableau, forms, bounds)
        else:
            assert_adds_up(refutation, forms, bounds, cells)


@pytest.mark.parametrize("seed", SEEDS)
def test_marks_go_back_to_what_was_set_before(seed):
    draw = random.Random(2000 + seed)
    cells = draw.randint(2, 6)
    forms = draw_forms(draw, cells, draw.randint(2, 6))
    bounds = draw_bounds(draw, range(cells + len(forms)))
    half = len(bounds) // 2
    tableau = tableau_of(cells, forms)
    first = decided(tableau, bounds[:half])
    mark = tableau.mark()
    if first is None:
        decided(tableau, bounds[half:])
        tableau.undo(mark)
        assert tableau.solve() is None
        assert_witness(tableau, forms, bounds[:half])


@pytest.mark.parametrize("seed", SEEDS)
def test_an_optimum_is_that_of_z3(seed):
    draw = random.Random(3000 + seed)
    cells = draw.randint(2, 5)
    forms = draw_forms(draw, cells, draw.randint(2, 6))
    bounds = draw_bounds(draw, range(cells + len(forms) - 1), share=0.4)
    goal, sign = cells + len(forms) - 1, draw.choice([1, -1])
    tableau = tableau_of(cells, forms)
    if decided(tableau, bounds) is not None:
        return
    best, ray = tableau.maximise(goal, sign)
    optimum = z3.Optimize()
    values = z3_system(optimum, cells, forms, bounds)
    handle = optimum.maximize(sign * values[goal])
    assert optimum.check() == z3.sat
    expected = handle.value()
    if best is None:
        assert "oo" in str(expected)
        assert tableau.slope(goal, ray) * sign > 0
    else:
        assert best == Fraction(str(expected))
        assert value_by_hand(tableau, forms, goal) * sign == best
    assert_witness(tableau, forms, bounds)


@pytest.mark.parametrize("seed", range(20))
def test_forms_that_are_dropped_leave_no_trace(seed):
    draw = random.Random(4000 + seed)
    cells = draw.randint(2, 5)
    forms = draw_forms(draw, cells, 4)
    bounds = draw_bounds(draw, range(cells + 4), share=0.3)
    tableau = tableau_of(cells, forms)
    if decided(tableau, bounds) is not None:
        return
    for _ in range(3):
        # a form over forms: 2 of one less 3 of another, written out in cells
        one, other = draw.sample(range(cells, cells + 4), 2)
        extra = tableau.add_form({one: 2, other: -3})
        best, _ = tableau.maximise(extra)
        if best is not None:
            assert best == 2 * tableau.value[one] - 3 * tableau.value[other]
        tableau.drop_forms(cells + 4)
        assert len(tableau.value) == cells + 4
        assert tableau.solve() is None
        assert_witness(tableau, forms, bounds)


@pytest.mark.parametrize("seed", range(20))
def test_cells_put_in_place_are_a_witness_to_go_on_from(seed):
    draw = random.Random(5000 + seed)
    cells = draw.randint(3, 6)
    forms = draw_forms(draw, cells, 5)
    witness = [Fraction(draw.randint(0, 40), draw.choice([1, 1, 3])) for _ in range(cells)]
    at = [sum(witness[c] * w for c, w in form.items()) for form in forms]
    bounds = [(cells + n, LOW, at[n] - draw.randint(0, 2), ("low", n)) for n in range(5)]
    bounds += [(cells + n, HIGH, at[n] + draw.randint(0, 2), ("high", n)) for n in range(5)]
    tableau, other = tableau_of(cells, forms), tableau_of(cells, forms)
    decided(tableau, bounds)
    tableau.place(witness)
    assert_witness(tableau, forms, bounds)
    assert [tableau.value[cell] for cell in range(cells)] == witness
    assert tableau.solve() is None
    assert decided(other, bounds) is None
    for goal in range(cells + 5):
        assert tableau.maximise(goal)[0] == other.maximise(goal)[0]
    assert_witness(tableau, forms, bounds)


# -- knife edges -------------------------------------------------------------------------

GAPS = [Fraction(0), *(Fraction(1, 10**n) for n in range(9))]


@pytest.mark.parametrize("size", [10**3, 10**6, 10**9])
@pytest.mark.parametrize("gap", GAPS)
def test_a_sum_holds_exactly_up_to_the_last_digit(size, gap):
    # a <= s / 3, b <= 2 s / 3, a + b >= s + gap: holds for gap = 0 alone
    bounds = [
        (0, HIGH, Fraction(size, 3), "a"),
        (1, HIGH, Fraction(2 * size, 3), "b"),
        (2, LOW, size + gap, "sum"),
    ]
    forms = [{0: 1, 1: 1}]
    tableau = tableau_of(2, forms)
    refutation = decided(tableau, bounds)
    assert (refutation is None) == (gap == 0)
    if refutation is not None:
        assert refutation.owners == {"a", "b", "sum"}
        assert_adds_up(refutation, forms, bounds, 2)


@pytest.mark.parametrize("size", [10**3, 10**6, 10**9])
@pytest.mark.parametrize("gap", GAPS)
def test_a_chain_of_ratios_holds_exactly_up_to_the_last_digit(size, gap):
    # b >= 1.28 a, c >= 4.5 b, a >= s, c <= 1.28 * 4.5 s - gap: 1.28 * 4.5 = 5.76
    bounds = [
        (0, LOW, size, "a"),
        (3, LOW, 0, "b to a"),
        (4, LOW, 0, "c to b"),
        (2, HIGH, Fraction(576, 100) * size - gap, "c"),
    ]
    forms = [{0: -32, 1: 25}, {1: -9, 2: 2}]
    tableau = tableau_of(3, forms)
    refutation = decided(tableau, bounds)
    assert (refutation is None) == (gap == 0)
    if refutation is not None:
        assert len(refutation.owners) == 4
        assert_adds_up(refutation, forms, bounds, 3)


@pytest.mark.parametrize("seed", range(40))
def test_planted_witnesses_are_never_refuted_and_one_step_beyond_always_is(seed):
    draw = random.Random(6000 + seed)
    cells, size = draw.randint(3, 8), 10 ** draw.randint(3, 9)
    witness = [draw.randint(0, size) for _ in range(cells)]
    forms = draw_forms(draw, cells, 8)
    at = [sum(witness[c] * w for c, w in form.items()) for form in forms]
    bounds = [(cells + n, end, at[n], (n, end)) for n in range(8) for end in (LOW, HIGH)]
    tableau = tableau_of(cells, forms)
    assert decided(tableau, bounds) is None
    assert_witness(tableau, forms, bounds)
    # The sum of all forms is fixed by its parts, so a little more of it cannot be.
    total: dict = {}
    for form in forms:
        for cell, weight in form.items():
            total[cell] = total.get(cell, 0) + weight
    whole = tableau.add_form({cell: weight for cell, weight in total.items() if weight})
    gap = Fraction(1, 10 ** draw.randint(0, 8))
    beyond = (whole, LOW, sum(at) + gap, "beyond")
    refutation = decided(tableau, [beyond])
    assert refutation is not None
    forms.append(tableau.forms[-1])
    assert_adds_up(refutation, forms, [*bounds, beyond], cells)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_grain_changes_no_answer(seed):
    """With 6 all bounds drawn are whole, with 4 some are not: both decide as without."""
    draw = random.Random(seed)
    cells = draw.randint(1, 6)
    forms = draw_forms(draw, cells, draw.randint(1, 6))
    bounds = draw_bounds(draw, range(cells + len(forms)), share=0.5)
    plain = tableau_of(cells, forms)
    refutation = decided(plain, bounds)
    for grain in (4, 6):
        tableau = tableau_of(cells, forms, grain=grain)
        assert decided(tableau, bounds) == refutation
        if refutation is None:
            assert_witness(tableau, forms, bounds)
            values, denominator = tableau.point()
            assert [Fraction(v, denominator) for v in values] == [
                Fraction(tableau.value[cell]) for cell in range(cells)
            ]
            for sign in (1, -1):
                most, _ = tableau.maximise(cells, sign)
                assert most == plain.maximise(cells, sign)[0]
        tableau.undo(0)
        assert decided(tableau, []) is None
        place = [Fraction(1, 2)] * cells
        tableau.place(place)
        assert [tableau.value[cell] for cell in range(cells)] == place


def test_a_value_is_read_in_the_units_of_its_bounds():
    # x + y >= 1/3 and x <= 1/4: y is at least 1/12.
    tableau = tableau_of(2, [{0: 1, 1: 1}], grain=12)
    assert (
        decided(tableau, [(2, LOW, Fraction(1, 3), "sum"), (0, HIGH, Fraction(1, 4), "x")]) is None
    )
    assert tableau.maximise(1, -1)[0] == Fraction(-1, 12)
    assert tableau.value[0] == Fraction(1, 4)
