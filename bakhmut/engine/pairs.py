"""Conflicts of one or two claims in a large system: all of them, quickly.

Where claims are many their conflicts are too many to be listed (see docs/method.md). The
smallest are the ones that a reader can check at sight, and none of them may be missing: every
claim, and every two that count something in common, is decided by itself, exactly.

Two plain counts conflict only where all that one counts is counted by the other, too: 30 killed
in the town, at most 20 in the district. Else each can be met where the other does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import combinations
from typing import NamedTuple

from bakhmut.base.basis import LOW, Number
from bakhmut.engine.solver import Solver
from bakhmut.meaning.rows import Literal
from bakhmut.meaning.systems import System, part_of

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
        held = {one.number: _cells_of(system, one) for one in claims}
        counts = {one.number: _count_of(system, one) for one in claims}
        alone = {one.number for one in claims if _fails(system, (one.number,))}
        self.system = system
        # Those known to conflict, and those that are still to be decided.
        self.conflicts = [1 << number for number in sorted(alone & named)]
        self.waiting: list[tuple[int, int]] = []
        for one, other in combinations([c for c in claims if c.number not in alone], 2):
            pair = one.number, other.number
            if not held[pair[0]] & held[pair[1]] or named.isdisjoint(pair) or not _both(one, other):
                continue
            if not (counts[pair[0]] and counts[pair[1]]):
                self.waiting.append(pair)
            elif _exceeds(pair, counts, held) or _exceeds(pair[::-1], counts, held):
                self.conflicts.append(_bits(pair))

    def decide(self, holds: Callable[[int], bool] = lambda _: False) -> bool:
        """Decide all pairs save those known to hold; return False where they are too many."""
        self.waiting = [pair for pair in self.waiting if not holds(_bits(pair))]
        if len(self.waiting) > MOST_PAIRS:
            return False
        self.conflicts += [_bits(pair) for pair in self.waiting if _fails(self.system, pair)]
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


def _cells_of(system: System, literal: Literal) -> int:
    held = 0
    for row in literal.rows:
        held |= system.held_by(row.variable)
    return held


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


def _exceeds(pair: tuple[int, int], counts: dict[int, _Count | None], held: dict[int, int]) -> bool:
    """Return whether one count is more than another that has all its cells can be."""
    one, other = (counts[n] for n in pair)
    assert one and other
    if held[pair[0]] & ~held[pair[1]] or one.low is None or other.high is None:
        return False
    return one.low > other.high


def _fails(system: System, numbers: tuple[int, ...]) -> bool:
    solver = Solver(part_of(system, numbers)[0])
    solver.large = False
    return solver.core(solver.everything) is not None
