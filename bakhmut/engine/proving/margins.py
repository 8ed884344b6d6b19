"""How far a conflict is from holding: the margin, and the thresholds of assumptions.

The *margin* is the smallest relative error, the same for every claim of a conflict, that
reconciles them: each lower figure may fall and each upper one rise by that share. A *threshold*
is the value at which an assumption stops to conflict, all else as stated.

Both are the point at which a system flips whose figures move along a line (see `lines`).
"""

from __future__ import annotations

from fractions import Fraction

from bakhmut.base.basis import HIGH, LOW
from bakhmut.dossier.parsing.hedging import table
from bakhmut.engine.proving.lines import Line, flip
from bakhmut.meaning.readings import ABOUT, ONCE
from bakhmut.meaning.rows import Row
from bakhmut.meaning.systems import System

# Rows that carry a printed figure; the others hold by the meaning of a ratio or a sum.
FIGURES = {"count", "ratio", "difference"}


def margin(system: System, *, only: frozenset[str] | None = None) -> Fraction | None:
    """Return the margin of a system of claims each in one reading, None where none reconciles.

    With `only`, just the figures of these claims may be off. What is only approached is no
    margin: no error of that size reconciles the claims.
    """
    claims = only or {premise.name for premise in system.premises if not premise.is_assumption}

    def figures(premise: str, row: Row) -> tuple[Fraction, Fraction]:
        figure = Fraction(row.figure)
        if premise not in claims or row.what not in FIGURES:
            return figure, Fraction(0)
        return figure, -figure if row.is_low else figure

    line = Line(system, figures, Fraction(0))
    found = flip(line, Fraction(1))
    return None if found is None or line.refute(found) is not None else found


def threshold(system: System, assumption: str, end: int) -> Fraction | None:
    """Return where an assumption's lower or upper figure stops to conflict, None if nowhere.

    For `ABOUT` it is the width itself, as a share; `ONCE` has none.
    """
    if assumption == ABOUT:
        return _about_threshold(system)
    if assumption == ONCE:
        return None
    rows = [
        row for literal in system.literals if system.premises[literal.premise].name == assumption
        for row in literal.rows if row.is_low == (end == LOW) and row.what in FIGURES
    ]  # fmt: skip
    if not rows:
        return None
    start = Fraction(rows[0].figure)

    def figures(premise: str, row: Row) -> tuple[Fraction, Fraction]:
        if premise == assumption and row.is_low == (end == LOW) and row.what in FIGURES:
            return Fraction(0), Fraction(1)
        return Fraction(row.figure), Fraction(0)

    if end == LOW:
        return flip(Line(system, figures, start, -1), Fraction(0))
    return flip(Line(system, figures, start), None)


def _about_threshold(system: System) -> Fraction | None:
    usual = table()["about"].high
    assert usual is not None
    printed = {
        (premise.name, end): figure
        for premise in system.premises
        for one in premise.readings
        if one.far and one.bare
        for end, figure in zip((LOW, HIGH), one.bare, strict=True)
    }

    def figures(premise: str, row: Row) -> tuple[Fraction, Fraction]:
        end = LOW if row.is_low else HIGH
        base = printed.get((premise, end)) if row.what in FIGURES else None
        if base is None:
            return Fraction(row.figure), Fraction(0)
        return base, -base if end == LOW else base

    return flip(Line(system, figures, usual - 1), Fraction(1))
