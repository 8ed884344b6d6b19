"""One reading of a claim as linear rows over cells: the table of docs/method.md in code.

"Just over 88 killed" in Town in 2020 is two rows over the cells of its scope S: 89 <= S, S <= 92.4.
"Two for every one" of T is three: 1 <= T, 2 T <= S, S <= 2 T. `in_words` prints those of a claim.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from bakhmut.base.basis import HIGH, LOW, simplest
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.meaning.readings import Ends, Premise, Reading, claim_premises
from bakhmut.meaning.space.boxes import Cells, Form, boxes
from bakhmut.meaning.space.cells import build_cells
from bakhmut.meaning.space.pieces import Space
from bakhmut.meaning.vocabulary import Choices, Scope, Vocabulary

# An end that is not reached is this much short of its number: less than printed figures can
# differ by, so that what is decided so is decided as if it were strictly less.
HAIR = Fraction(1, 10**12)


class DraftRow(NamedTuple):
    """A row before cells are numbered within a system (see `Row`)."""

    form: Form
    end: int
    value: Fraction | int
    what: str
    figure: Fraction | int
    top: Scope
    bottom: Scope | None = None
    compared: tuple[Form, ...] = ()
    reached: bool = True


class Row(NamedTuple):
    """One bound: a variable of the system's tableau is at least or at most a number.

    `what` says which part of a claim it is: "count", "ratio", "difference", "base" (what a ratio
    is taken of is at least 1) or "equal" (two divisions of one scope). `figure` is the bound in
    the claim, `reached` whether it may be met: else `value` is a hair short of it.
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
    reached: bool = True

    @property
    def is_low(self) -> bool:
        """Whether it is its claim's lower figure, whichever way its variable counts."""
        return (self.end == LOW) == (self.scale > 0)


class Literal(NamedTuple):
    """A premise under one reading, as rows."""

    number: int
    premise: int
    choices: Choices
    rows: tuple[Row, ...]
    about: bool


@dataclass
class Draft:
    """Rows of one literal before cells are numbered within a system."""

    premise: int
    choices: Choices
    rows: list[DraftRow]
    about: bool


def scopes_of(reading: Reading) -> list[Scope]:
    """Return all scopes that a reading counts: top, bottom, and other divisions of either."""
    found = [reading.top] + ([reading.bottom] if reading.bottom else [])
    return [*found, *(scope for sides in reading.equal for scope in sides)]


def in_words(dossier: Dossier, claim: str) -> list[str]:
    """Return the rows of a claim, one line each, with its readings where it has several.

    >>> from bakhmut import build_dossier
    >>> row = {"claim": "a", "measure": "killed", "hedge": "under", "high": "30"}
    >>> in_words(build_dossier({"claims": [row]}), "a")
    ['killed ≤ 29']
    """
    vocabulary = Vocabulary(dossier.terms)
    (premise,) = [one for one in claim_premises(dossier, vocabulary) if one.name == claim]
    scopes = [scope for one in premise.readings for scope in scopes_of(one)]
    space = Space(vocabulary, scopes)
    cells = build_cells(space, dict.fromkeys(box for scope in scopes for box in boxes(scope)))
    lines = []
    for draft in draft_rows([premise], space, cells, {}):
        read = "; ".join(reading for _, reading in draft.choices)
        read = f"{read}: " if read else ""
        read += "usually " if draft.about else ""
        lines += [f"{read}{_line(row, vocabulary)}" for row in draft.rows]
    return list(dict.fromkeys(lines))


def _line(row: DraftRow, vocabulary: Vocabulary) -> str:
    """Return one row in the dossier's words."""
    top, bottom = (
        ", ".join(filter(None, map(vocabulary.in_words, DIMENSIONS, scope))) if scope else ""
        for scope in (row.top, row.bottom)
    )
    sign = "≥" if row.end == LOW else "≤" if row.reached else "<"
    value = float(row.figure)
    number = f"{value:,.6g}" if value % 1 else f"{int(value):,}"
    if row.what == "equal":
        return f"{top} {sign} {bottom}"
    if row.what == "difference":
        return f"{top} {sign} {bottom} + {number}"
    return f"{top} {sign} {number}{f' × ({bottom})' if bottom else ''}"


def says_something(one: Reading) -> bool:
    """Return whether a reading has rows: a number, or a ratio, of what it says it counts."""
    has_number = one.low is not None or one.high is not None
    return one.is_compared and (has_number or one.bottom is not None)


def draft_rows(
    premises: list[Premise], space: Space, cells: Cells, pairs: dict[int, tuple[int, int]]
) -> list[Draft]:
    """Return the rows of every premise under each of its readings, over the cells of a dossier."""
    drafts = []
    compared = set(pairs.values())
    cache: dict[Scope, Form] = {}
    for u, premise in enumerate(premises):
        for a, one in enumerate(premise.readings):
            if (u, a) in compared or not says_something(one):
                continue
            top = space.replace_widest(one.top)
            bottom = space.replace_widest(one.bottom) if one.bottom else None
            sums = [form_of(scope, cells, cache) for scope in (top, bottom) if scope]
            always = _by_meaning(premise, one, sums, bottom=bottom)
            for left, right in one.equal:
                sides = space.replace_widest(left), space.replace_widest(right)
                always += _equal(sides, cells, cache)
            # "About" is its furthest ends by meaning, and its usual ones by an assumption of ours.
            ends = (one.low, one.high) if one.far is None else one.far
            rows = _bounds(sums, one, ends, scopes=(top, bottom))
            drafts.append(Draft(u, one.choices, always + rows, False))
            if one.far is not None:
                rows = _bounds(sums, one, (one.low, one.high), scopes=(top, bottom))
                drafts.append(Draft(u, one.choices, always + rows, True))
    return drafts + _piece_by_piece(premises, cells, pairs)


def _by_meaning(
    premise: Premise, one: Reading, sums: list[Form], *, bottom: Scope | None
) -> list[DraftRow]:
    """Return what a ratio presupposes: its denominator is at least 1."""
    if bottom is None or one.is_difference or premise.is_assumption:
        return []
    return [DraftRow(sums[1], LOW, 1, "base", 1, bottom)]


def _equal(sides: tuple[Scope, Scope], cells: Cells, cache: dict[Scope, Form]) -> list[DraftRow]:
    """Return that two divisions of one scope have one sum."""
    form = _less(form_of(sides[0], cells, cache), form_of(sides[1], cells, cache))
    return [DraftRow(form, end, 0, "equal", 0, *sides) for end in (LOW, HIGH)]


def _piece_by_piece(
    premises: list[Premise], cells: Cells, pairs: dict[int, tuple[int, int]]
) -> list[Draft]:
    """Return the rows of assumptions that hold in each piece of some dimensions."""
    drafts = []
    by_pair: dict[tuple[int, int], list] = defaultdict(list)
    for number, above, below, whole, below_whole in cells.each:
        by_pair[pairs[number]].append((above, below, whole, below_whole))
    for (u, a), found in by_pair.items():
        one = premises[u].readings[a]
        for above, below, whole, below_whole in found:
            ends = one.low, one.high
            rows = _bounds([above, below], one, ends, scopes=(one.top, one.bottom))
            # What no claim covers is free: a bound that it can satisfy alone says nothing.
            rows = [r for r in rows if (whole if r.end == LOW else below_whole or r.figure == 0)]
            if rows:
                drafts.append(Draft(u, one.choices, rows, False))
    return drafts


def _bounds(
    sums: list[Form], one: Reading, ends: Ends, *, scopes: tuple[Scope, Scope | None]
) -> list[DraftRow]:
    """Return what a reading says of its scopes: a row for each end that is not open."""
    top, bottom = scopes
    rows: list[DraftRow] = []
    for end, figure in zip((LOW, HIGH), ends, strict=True):
        if figure is None:
            continue
        reached = one.reached or end == LOW
        short: Fraction | int = 0 if reached else HAIR
        if bottom is None:
            value = simplest(figure - short)
            rows.append(DraftRow(sums[0], end, value, "count", figure, top, reached=reached))
        elif one.is_difference:
            form = rows[0].form if rows else _less(*sums)
            value = simplest(figure - short)
            rows.append(DraftRow(form, end, value, "difference", figure, top, bottom, (), reached))
        else:
            same = bool(rows) and figure == one.low
            form = rows[0].form if same else _less(*sums, times=figure)
            rows.append(
                DraftRow(form, end, -short, "ratio", figure, top, bottom, tuple(sums), reached)
            )
    return rows


def _less(above: Form, below: Form, *, times: Fraction | int = 1) -> Form:
    """Return one sum less so many times another, in whole numbers."""
    times = Fraction(times)
    form = {cell: weight * times.denominator for cell, weight in above.items()}
    for cell, weight in below.items():
        form[cell] = form.get(cell, 0) - weight * times.numerator
    return {cell: weight for cell, weight in form.items() if weight}


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
    figures = {(r.what, r.is_low, r.top, r.bottom): r for r in other.rows}
    for row in one.rows:
        same = figures.get((row.what, row.is_low, row.top, row.bottom))
        if same is None or (row.figure > same.figure if row.is_low else row.figure < same.figure):
            return False
        if row.figure == same.figure and same.reached and not row.reached:
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
