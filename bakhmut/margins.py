"""How far a conflict is from holding: the margin, and the thresholds of assumptions.

The *margin* is the smallest relative error, the same for every claim of a conflict, that
reconciles them: each lower figure may fall and each upper one rise by that share. A *threshold*
is the value at which an assumption stops to conflict, all else as stated.

Both are found by halving an interval whose one end conflicts and whose other does not, each
decided exactly, until the simplest fraction between them turns out to be the point itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from bakhmut.exact import HIGH, LOW, Refutation, Tableau
from bakhmut.readings import ABOUT
from bakhmut.systems import Row, System

HALVINGS = 80
# Rows that carry a printed figure; the others hold by the meaning of a ratio or a sum.
FIGURES = {"count", "ratio"}
TINY = Fraction(1, 10**12)
# Figures of a row as they would be at some margin or threshold; None lifts the row.
Change = Callable[[str, Row], Fraction | None]


def margin(system: System) -> Fraction | None:
    """Return the margin of a system of claims each in one reading, None where none reconciles."""
    claims = {unit.name for unit in system.units if not unit.is_assumption}

    def at(error: Fraction) -> Change:
        def figure(unit: str, row: Row) -> Fraction | None:
            if unit not in claims or row.what not in FIGURES:
                return Fraction(row.figure)
            return row.figure * (1 - error if row.is_low else 1 + error)

        return figure

    if _refute(system, at(Fraction(1))) is not None:
        return None
    quick = _margin_of_counts(system, claims)
    if quick is not None and _refute(system, at(quick)) is None:
        return quick
    return _boundary(lambda error: _refute(system, at(error)) is None, Fraction(0), Fraction(1))


def _margin_of_counts(system: System, claims: set[str]) -> Fraction | None:
    """Return a margin that no smaller one can be, from the sum that refutes the claims.

    Only counts: their error moves the sum's number and nothing else in it.
    """
    refutation = _refute(system, lambda unit, row: Fraction(row.figure))
    if refutation is None:
        return None
    short = moved = Fraction(0)
    for owner, _, _, times in refutation.terms:
        if owner is None or owner[0] == "definition":
            continue
        unit, row = owner
        if unit in claims and row.what == "ratio":
            return None
        value = times * Fraction(row.value)
        short += value if row.end == LOW else -value
        if unit in claims and row.what == "count":
            moved += value
    return short / moved if moved else None


def threshold(system: System, assumption: str, end: int) -> Fraction | None:
    """Return where an assumption's lower or upper figure stops to conflict, None if nowhere.

    For `ABOUT` it is the width itself, as a share.
    """
    if assumption == ABOUT:
        return _about_threshold(system)
    rows = [
        row for literal in system.literals if system.units[literal.unit].name == assumption
        for row in literal.rows if row.is_low == (end == LOW) and row.what in FIGURES
    ]  # fmt: skip
    if not rows:
        return None
    start = Fraction(rows[0].figure)

    def at(value: Fraction | None) -> Change:
        def figure(unit: str, row: Row) -> Fraction | None:
            changed = unit == assumption and row.is_low == (end == LOW) and row.what in FIGURES
            return value if changed else Fraction(row.figure)

        return figure

    def holds(value: Fraction) -> bool:
        return _refute(system, at(value)) is None

    if _refute(system, at(None)) is not None:
        return None
    if end == LOW:
        return _boundary(holds, start, Fraction(0))
    far = max(start, Fraction(1)) * 2
    while not holds(far):
        far *= 2
        if far > 10**30:  # only without any upper figure
            return None
    return _boundary(holds, start, far)


def _about_threshold(system: System) -> Fraction | None:
    printed = {
        (system.units[literal.unit].name, end): figure
        for literal in system.literals
        for one in system.units[literal.unit].alternatives
        if one.about and one.choices == literal.choices
        for end, figure in ((LOW, one.about[0]), (HIGH, one.about[1]))
    }

    def at(width: Fraction) -> Change:
        def figure(unit: str, row: Row) -> Fraction | None:
            end = LOW if row.is_low else HIGH
            base = printed.get((unit, end)) if row.what in FIGURES else None
            if base is None:
                return Fraction(row.figure)
            return base * (1 - width if end == LOW else 1 + width)

        return figure

    def holds(width: Fraction) -> bool:
        return _refute(system, at(width)) is None

    return _boundary(holds, Fraction(0), Fraction(1)) if holds(Fraction(1)) else None


def _refute(system: System, change: Change) -> Refutation | None:
    """Return why a system cannot hold with changed figures, or None."""
    tableau = Tableau(system.cells)
    for form in system.forms:
        tableau.add_form(form)
    for variable in system.definitions:
        for end in (LOW, HIGH):
            tableau.bound(variable, end, 0, ("definition", variable))
    for literal in system.literals:
        unit = system.units[literal.unit].name
        for row in literal.rows:
            figure = change(unit, row)
            if figure is None:
                continue
            refutation = tableau.bound(*_bound(tableau, row, figure), (unit, row))
            if refutation is not None:
                return refutation
    return tableau.solve()


def _bound(tableau: Tableau, row: Row, figure: Fraction) -> tuple[int, int, Fraction | int]:
    if figure == row.figure:
        return row.variable, row.end, row.value
    if row.what == "count":
        return row.variable, row.end, figure * Fraction(row.scale)
    assert row.compared is not None
    (above, times), (below, below_times) = row.compared
    form = {above: times * figure.denominator}
    form[below] = form.get(below, 0) - below_times * figure.numerator
    return tableau.add_form({v: w for v, w in form.items() if w}), LOW if row.is_low else HIGH, 0


def _boundary(
    holds: Callable[[Fraction], bool], conflicts: Fraction, good: Fraction
) -> Fraction | None:
    """Return the point between a value that conflicts and one that holds."""
    for step in range(HALVINGS):
        middle = (conflicts + good) / 2
        if holds(middle):
            good = middle
        else:
            conflicts = middle
        if step % 4 == 3:
            point = simplest_between(conflicts, good)
            if not holds(point):
                conflicts = point
                continue
            good = point
            toward = 1 if conflicts > point else -1
            if not holds(point + toward * TINY * max(point, 1)):
                return point
    return good


def simplest_between(a: Fraction, b: Fraction) -> Fraction:
    """Return the fraction with the smallest denominator between two, both included.

    >>> simplest_between(Fraction(314, 100), Fraction(315, 100))
    Fraction(22, 7)
    """
    low, high = min(a, b), max(a, b)
    whole = low.numerator // low.denominator
    if low == whole:
        return Fraction(whole)
    if whole + 1 <= high:
        return Fraction(whole + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))
