"""One reading of a claim as linear rows over cells: the table of docs/method.md in code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from bakhmut.base.basis import HIGH, LOW, simplest
from bakhmut.meaning.boxes import Cells, Form, boxes
from bakhmut.meaning.pieces import Space
from bakhmut.meaning.readings import Alternative, Unit
from bakhmut.meaning.vocabulary import Choices, Scope

DraftRow = tuple[
    Form, int, Fraction | int, str, Fraction | int, Scope | None, Scope | None, tuple[Form, ...]
]


class Row(NamedTuple):
    """One bound: a variable of the system's tableau is at least or at most a number.

    `what` says which part of a claim it is: "count", "ratio", "base" (what a ratio is taken of
    is at least 1) or "equal" (two divisions of one scope). `figure` is the bound in the claim.
    """

    variable: int
    end: int
    value: Fraction | int
    what: str
    figure: Fraction | int
    top: Scope | None = None
    bottom: Scope | None = None
    # The variable is this many times `top - figure * bottom` (or `top`).
    scale: Fraction | int = 1
    # The two forms that a ratio compares, each a variable and how many times it: only kept
    # where asked for, so that its figure can be changed.
    compared: tuple[tuple[int, int], tuple[int, int]] | None = None

    @property
    def is_low(self) -> bool:
        """Whether it is its claim's lower figure, whichever way its variable counts."""
        return (self.end == LOW) == (self.scale > 0)


class Literal(NamedTuple):
    """A unit under one reading, as rows."""

    number: int
    unit: int
    choices: Choices
    rows: tuple[Row, ...]
    about: bool


@dataclass
class Draft:
    """Rows of one literal before cells are numbered within a system."""

    unit: int
    choices: Choices
    rows: list[DraftRow]
    about: bool


def scopes_of(alternative: Alternative) -> list[Scope]:
    """Return all scopes that a reading counts: top, bottom, and other divisions of either."""
    found = [alternative.top] + ([alternative.bottom] if alternative.bottom else [])
    return [*found, *(scope for sides in alternative.equal for scope in sides)]


def draft_rows(
    units: list[Unit], space: Space, cells: Cells, pairs: dict[int, tuple[int, int]]
) -> list[Draft]:
    """Return the rows of every unit under each of its readings, over the cells of a dossier."""
    drafts = []
    compared = set(pairs.values())
    cache: dict[Scope, Form] = {}
    for u, unit in enumerate(units):
        for a, one in enumerate(unit.alternatives):
            if (u, a) in compared:
                continue
            draft = Draft(u, one.choices, [], one.about is not None)
            top = space.replace_widest(one.top)
            if one.bottom:
                bottom = space.replace_widest(one.bottom)
                above, below = form_of(top, cells, cache), form_of(bottom, cells, cache)
                if not unit.is_assumption:
                    draft.rows.append((below, LOW, 1, "base", 1, bottom, None, ()))
                draft.rows += _ratio_rows(above, below, one, top=top, bottom=bottom)
            elif one.low is not None or one.high is not None:
                form = form_of(top, cells, cache)
                draft.rows += [
                    (form, end, simplest(value), "count", value, top, None, ())
                    for end, value in ((LOW, one.low), (HIGH, one.high))
                    if value is not None
                ]
            for equal in one.equal:
                sides = [space.replace_widest(scope) for scope in equal]
                form = dict(form_of(sides[0], cells, cache))
                for cell, weight in form_of(sides[1], cells, cache).items():
                    form[cell] = form.get(cell, 0) - weight
                form = {cell: weight for cell, weight in form.items() if weight}
                draft.rows += [(form, end, 0, "equal", 0, *sides, ()) for end in (LOW, HIGH)]
            drafts.append(draft)
    by_pair: dict[tuple[int, int], list] = defaultdict(list)
    for number, above, below, whole, below_whole in cells.each:
        by_pair[pairs[number]].append((above, below, whole, below_whole))
    for (u, a), found in by_pair.items():
        one = units[u].alternatives[a]
        for above, below, whole, below_whole in found:
            if one.bottom:
                rows = _ratio_rows(above, below, one, top=one.top, bottom=one.bottom)
            else:
                rows = [
                    (above, end, simplest(value), "count", value, one.top, None, ())
                    for end, value in ((LOW, one.low), (HIGH, one.high))
                    if value is not None
                ]
            # What no claim covers is free: a bound that it can satisfy alone says nothing.
            rows = [r for r in rows if (whole if r[1] == LOW else below_whole or r[4] == 0)]
            if rows:
                drafts.append(Draft(u, one.choices, rows, False))
    return drafts


def _ratio_rows(
    above: Form, below: Form, one: Alternative, *, top: Scope, bottom: Scope
) -> list[tuple]:
    rows: list[tuple] = []
    for end, value in ((LOW, one.low), (HIGH, one.high)):
        if value is None:
            continue
        if rows and value == one.low:
            form = rows[0][0]
        else:
            form = {cell: weight * value.denominator for cell, weight in above.items()}
            for cell, weight in below.items():
                form[cell] = form.get(cell, 0) - weight * value.numerator
            form = {cell: weight for cell, weight in form.items() if weight}
        rows.append((form, end, 0, "ratio", value, top, bottom, (above, below)))
    return rows


def form_of(scope: Scope, cells: Cells, cache: dict[Scope, Form]) -> Form:
    """Return a scope's count as a sum of cells."""
    if scope not in cache:
        form: Form = {}
        for box in boxes(scope):
            for cell in cells.of[box]:
                form[cell] = form.get(cell, 0) + 1
        cache[scope] = form
    return cache[scope]


def divided(value: Fraction | int, weight: int) -> Fraction | int:
    """Return a number divided by a weight, an int where it can be one."""
    if type(value) is int and not value % weight:
        return value // weight
    return simplest(Fraction(value) / weight)


def looser(one: Literal, other: Literal) -> bool:
    """Return whether a literal allows all that another of the same scopes does."""
    figures = {(r.what, r.is_low, r.top, r.bottom): r.figure for r in other.rows}
    for row in one.rows:
        figure = figures.get((row.what, row.is_low, row.top, row.bottom))
        if figure is None or (row.figure > figure if row.is_low else row.figure < figure):
            return False
    return True


def moved_row(row: Row, variable: int, weight: int) -> Row:
    """Return a row about a variable that is a share of the one it was about."""
    if weight == 1:
        return row._replace(variable=variable)
    return row._replace(
        variable=variable,
        end=row.end if weight > 0 else 1 - row.end,
        value=divided(row.value, weight),
        scale=divided(row.scale, weight),
    )
