"""Conflicts of one or two claims in a large system: all of them, quickly.

Where claims are many their conflicts are too many to be listed (see docs/method.md). The
smallest are the ones that a reader can check at sight, and none of them may be missing: every
claim, and every two that count something in common, is decided by itself, exactly.

Two plain counts conflict only where all that one counts is counted by the other, too: 30 killed
in the town, at most 20 in the district. Else each can be met where the other does not count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from itertools import combinations, product
from operator import itemgetter
from typing import NamedTuple

from bakhmut.base.basis import HIGH, LOW, Number
from bakhmut.base.simplex import Simplex
from bakhmut.meaning.rows import Literal
from bakhmut.meaning.space.forms import told_apart
from bakhmut.meaning.systems import System

MOST_PAIRS = 20_000


class _Count(NamedTuple):
    """A literal that says no more than that the sum of some cells lies within two ends."""

    low: Number | None
    high: Number | None


class Pairs:
    """The claims of a system by twos; with `of` only those with one of the claims so named."""

    def __init__(self, system: System, *, of: Collection[str] | None = None):
        premises = system.premises
        claims = [one for one in system.literals if not premises[one.premise].is_assumption]
        named = {one.number for one in claims if of is None or premises[one.premise].name in of}
        held = {one.number: system.cells_of(one) for one in claims}
        counts = {one.number: _count_of(system, one) for one in claims}
        needed = {one.number: _needed(system, (one.number,)) for one in claims}
        alone = {number for number, cells in needed.items() if cells is None}
        left = [one for one in claims if one.number not in alone]
        plain = [one for one in left if counts[one.number]]
        self.system = system
        # Those known to conflict, and those that are still to be decided.
        self.conflicts = [1 << number for number in sorted(alone & named)]
        self.conflicts += [
            _bits((one.number, other.number))
            for one, other in _exceeding(plain, counts, held)
            if not named.isdisjoint((one.number, other.number)) and _both(one, other)
        ]
        others = [one for one in left if not counts[one.number]]
        outside = {number: ~cells for number, cells in held.items()}

        def can_be(one: int, other: int) -> bool:
            """Whether one literal can be met where another does not count."""
            return all(map(outside[other].__and__, needed[one] or ()))

        self.waiting = [
            (one.number, other.number)
            for one, other in (*combinations(others, 2), *product(others, plain))
            if not (can_be(one.number, other.number) and can_be(other.number, one.number))
            and not named.isdisjoint((one.number, other.number))
            and _both(one, other)
        ]

    def decide(self, holds: Callable[[int], bool] = lambda _: False) -> bool:
        """Decide all pairs save those known to hold; return False where they are too many."""
        self.waiting = [pair for pair in self.waiting if not holds(_bits(pair))]
        if len(self.waiting) > MOST_PAIRS:
            return False
        self.conflicts += [_bits(p) for p in self.waiting if _needed(self.system, p) is None]
        self.waiting = []
        return True


def _bits(pair: tuple[int, int]) -> int:
    return 1 << pair[0] | 1 << pair[1]


def _both(one: Literal, other: Literal) -> bool:
    """Return whether two literals are of two claims, and no word is read in two ways."""
    if one.premise == other.premise:
        return False
    read = dict(one.choices)
    return all(read.get(choice, reading) == reading for choice, reading in other.choices)


def _count_of(system: System, literal: Literal) -> _Count | None:
    """Return a literal as a plain count, None where it is something else."""
    variables = {row.variable for row in literal.rows}
    if system.definitions or len(variables) != 1 or any(r.what != "count" for r in literal.rows):
        return None
    if [weight for weight, _ in system.masks_of(variables.pop())] != [1]:
        return None
    lows, highs = (
        [r.value for r in literal.rows if (r.end == LOW) == low] for low in (True, False)
    )
    return _Count(max(lows, default=None), min(highs, default=None))


def _exceeding(
    literals: list[Literal], counts: dict[int, _Count | None], held: dict[int, int]
) -> Iterator[tuple[Literal, Literal]]:
    """Yield counts that are more than others that have all their cells can be, with these."""
    ends = [(one, counts[one.number]) for one in literals]
    highs = sorted(
        ((count.high, one.number, one) for one, count in ends if count and count.high is not None),
        key=itemgetter(0, 1),
    )
    for one, count in ends:
        if count and count.low is not None:
            for _, number, other in highs[: bisect_left(highs, count.low, key=itemgetter(0))]:
                if not held[one.number] & ~held[number]:
                    yield one, other


def _needed(system: System, numbers: tuple[int, ...]) -> list[int] | None:
    """Return cells of each of which one is enough for some literals to hold, None if none are."""
    rows = [row for number in numbers for row in system.literals[number].rows]
    forms = {row.variable: system.masks_of(row.variable) for row in rows}
    defined = system.defining(forms)
    forms |= {variable: system.masks_of(variable) for variable in defined}
    apart = told_apart(forms.values())
    tableau = Simplex(len(apart))
    number_of = {}
    for variable, form in forms.items():
        number_of[variable] = tableau.add_form({
            n: weight for n, cells in enumerate(apart) for weight, mask in form if cells & mask
        })  # fmt: skip
    bounds = [(row.variable, row.end, row.value) for row in rows]
    bounds += [(variable, end, 0) for variable in defined for end in (LOW, HIGH)]
    for variable, end, value in bounds:
        if tableau.bound(number_of[variable], end, value, None):
            return None
    if tableau.solve():
        return None
    value = tableau.value
    return [cells for n, cells in enumerate(apart) if value[n]]
