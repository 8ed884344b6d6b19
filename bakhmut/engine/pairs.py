"""Conflicts of one or two claims in a large system: all of them, quickly.

Where claims are many their conflicts are too many to be listed (see docs/method.md). The
smallest are the ones that a reader can check at sight, and none of them may be missing: every
claim, and every two that count something in common, is decided by itself, exactly.
"""

from __future__ import annotations

from itertools import combinations

from bakhmut.engine.solver import Solver
from bakhmut.meaning.systems import System, part_of

MOST_PAIRS = 20_000


def small_conflicts(system: System) -> list[int] | None:
    """Return each smallest conflict of at most two claims' literals, None if they are too many."""
    claims = [one for one in system.literals if not system.premises[one.premise].is_assumption]
    held = {}
    for literal in claims:
        bits = 0
        for row in literal.rows:
            bits |= system.held_by(row.variable)
        held[literal.number] = bits
    alone = {n for n in held if _fails(system, (n,))}
    pairs = [
        (one.number, other.number)
        for one, other in combinations([c for c in claims if c.number not in alone], 2)
        if held[one.number] & held[other.number]
        and one.premise != other.premise
        and agree(dict(one.choices), dict(other.choices))
    ]
    if len(pairs) > MOST_PAIRS:
        return None
    return [
        *(1 << n for n in sorted(alone)),
        *(1 << n | 1 << m for n, m in pairs if _fails(system, (n, m))),
    ]


def agree(one: dict, other: dict) -> bool:
    """Return whether no word is read in two ways."""
    return all(other.get(variable, reading) == reading for variable, reading in one.items())


def _fails(system: System, numbers: tuple[int, ...]) -> bool:
    solver = Solver(part_of(system, numbers)[0])
    solver.large = False
    return solver.core(solver.everything) is not None
