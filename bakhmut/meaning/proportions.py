"""A system with what its assumptions say of each piece taken into its cells.

"Wounded are at least three times the killed" is a row in each piece that is told apart, dozens of
them, and in most checks all hold or none is asked for. Where they hold, what the cells can be is a
cone: all that its rays make up. With a ray in place of a cell (a person wounded, or one killed with
three wounded) those rows are gone, and rays that no claim tells apart are one. So a check looks at
what claims say alone. Rays are found one row after the other (Motzkin's double description).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from bakhmut.base.basis import LOW, add_to
from bakhmut.meaning.rows import moved_row
from bakhmut.meaning.space.boxes import Form
from bakhmut.meaning.space.forms import Forms, columns_of
from bakhmut.meaning.systems import System

# A few rows more, or a few times as many rays as cells, are no gain.
MOST_RAYS = 3
FEW_ROWS = 2


def proportions_of(system: System) -> int:
    """Return the literals of assumptions that compare in each piece, as the bits of a number."""
    return sum(
        1 << one.number
        for one in system.literals
        if system.premises[one.premise].is_assumption
        and len(one.rows) > FEW_ROWS
        and not any(row.value for row in one.rows)
    )


def in_proportion(system: System, holding: Iterable[int], gone: int) -> System | None:
    """Return a system over the rays of what some literals leave; None where these are too many.

    The literals `gone` have no rows in it. Whether others hold together with those that are
    `holding` is the same in both.
    """
    rays: list[Form] = [{cell: 1} for cell in range(system.cells)]
    for number in holding:
        for row in system.literals[number].rows:
            form, sign = system.form_of(row.variable), 1 if row.end == LOW else -1
            rays = _within(rays, {cell: sign * weight for cell, weight in form.items()})
            if len(rays) > MOST_RAYS * system.cells:
                return None
    kept = [one for one in system.literals if not gone >> one.number & 1]
    asked = [*(row.variable for one in kept for row in one.rows), *system.definitions]
    forms = {variable: system.form_of(variable) for variable in asked}
    table = Forms(_columns(rays, forms), forms)
    part = System(table.cells, table.forms, system.premises, [], [[] for _ in system.premises], [])
    for one in system.literals:
        rows = () if gone >> one.number & 1 else one.rows
        moved = tuple(moved_row(row, *table.variable[row.variable]) for row in rows)
        part.literals.append(one._replace(rows=moved))
        part.by_premise[one.premise].append(part.literals[-1])
    part.definitions = [table.variable[variable][0] for variable in system.definitions]
    return part


def _within(rays: list[Form], row: Form) -> list[Form]:
    """Return the rays of what others make up as far as a row is not below 0."""
    found, above, below = [], [], []
    for ray in rays:
        # Most rays have no cell of the row.
        value = 0 if row.keys().isdisjoint(ray) else _of(row, ray)
        if value >= 0:
            found.append(ray)
        if value:
            (above if value > 0 else below).append((abs(value), ray))
    for much, ray in above:
        for lack, other in below:
            shared = gcd(much, lack)
            both = {cell: weight * (lack // shared) for cell, weight in ray.items()}
            for cell, weight in other.items():
                add_to(both, cell, weight * (much // shared))
            found.append(both)
    return found


def _of(form: Form, ray: Form) -> int:
    return sum(form[cell] * weight for cell, weight in ray.items() if cell in form)


def _columns(rays: list[Form], forms: dict[int, Form]) -> list[list[tuple[int, int]]]:
    """Return what rays count in each form, save for those that others make up for all forms."""
    places = columns_of((variable, form.items()) for variable, form in forms.items())
    found: list[Form] = []
    for ray in rays:
        column: Form = {}
        for cell, times in ray.items():
            for variable, weight in places[cell]:
                column[variable] = column.get(variable, 0) + weight * times
        if shared := gcd(*column.values()):
            found.append({variable: w // shared for variable, w in column.items() if w})
    return [sorted(column.items()) for column in _not_sums(found)]


def _not_sums(columns: list[Form]) -> Iterable[Form]:
    """Return columns without those that are the sum of two others: these do as well."""
    bits = 2 + max((abs(w).bit_length() for column in columns for w in column.values()), default=0)
    # As one number each, that columns can be added at once.
    left = {sum(w << bits * v for v, w in column.items()): column for column in columns}
    for one in sorted(left, key=lambda n: -len(left[n])):
        if any(one - other in left and one not in (other, 2 * other) for other in left):
            del left[one]
    return left.values()
