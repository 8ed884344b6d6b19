"""All minimal conflicts of a system, over all its readings.

A *conflict* is a smallest set of literals that cannot all hold. They are found by the duality
of conflicts and corrections (Reiter 1987; Liffiton and Sakallah 2008): take one literal out of
every known conflict in each smallest way; what is left either holds, or has a conflict that is
not yet known. Once all that is left holds, no conflict is missing. What one combination of
readings has taught is used in all others: its conflicts stay conflicts, and its witnesses often
satisfy other readings as they are.

Sets of literals are the bits of a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bakhmut.base.words import count
from bakhmut.engine.pairs import small_conflicts
from bakhmut.engine.solver import Solver, bits_of, is_large
from bakhmut.engine.tree import Tree, excluding, read_so

MOST_CONFLICTS = 500
MOST_CORRECTIONS = 500
MOST_CULPRITS = 24
# Checks times the size of the system: a count of steps, so that a limit does not hang on the
# machine or the day.
MOST_WORK = 300_000
MOST_STEPS = 20_000  # branches of the search


@dataclass
class Enumeration:
    """The conflicts of a system, how many worlds it has and how many were looked at."""

    conflicts: list[int] = field(default_factory=list)
    complete: bool = True
    most: int = MOST_CONFLICTS
    notes: list[str] = field(default_factory=list)

    def spent(self, solver: Solver, steps: int) -> bool:
        """Return whether a limit is reached; say so."""
        over = len(self.conflicts) >= self.most or steps > MOST_STEPS
        if over or solver.checks * solver.size > MOST_WORK:
            self.complete = False
            self.notes.append(
                f"the search stopped after {len(self.conflicts):,} conflicts; others may exist"
            )
        return not self.complete


def all_conflicts(solver: Solver, *, most: int = MOST_CONFLICTS, deep: bool = True) -> Enumeration:
    """Return every smallest conflict of a system under every reading, up to stated limits.

    Where a limit is reached, or is sure to be, all of one or two claims are there, and what is
    said in `notes` of the others. Without `deep` a large system has only those.
    """
    system = solver.system
    found = Enumeration(most=most)
    if is_large(system) and most > 1 and (small := small_conflicts(system)) is not None:
        found.conflicts += small
        if not deep:
            found.complete = False
            return found
        if hitting_sets(small) is None:
            _explore_by_culprit(solver, found)
            return found
    tree = Tree(solver, found.conflicts)
    for fresh in tree.search():
        if fresh:
            found.conflicts.append(fresh)
        if found.spent(solver, tree.steps):
            break
    return found


def _explore_by_culprit(solver: Solver, found: Enumeration) -> None:
    """Find a conflict for each literal without which the others can hold.

    Of every conflict known the literal that is in most of them is taken out, until the rest
    holds: then every conflict, known or not, has one of those taken out. `found` has all of one
    or two claims before; where no more than these are listed, so much is certain of the others.
    """
    read = read_so(solver.system)
    exclusive: list[int] = []  # cannot hold, but nobody can mean both readings
    known = len(found.conflicts)
    culprits = 0
    for _ in range(MOST_CULPRITS):
        culprits = _in_most(found.conflicts + exclusive)
        core = solver.core(solver.everything & ~culprits)
        if core is None:
            break
        fresh = solver.shrink(core)
        kept = exclusive if excluding(read, fresh) else found.conflicts
        kept.append(fresh)
    else:
        culprits = 0
    system = solver.system
    names = {system.premises[system.literals[n].premise].name for n in bits_of(culprits)}
    every = f"; every other has one of {count(len(names), 'figure')} in it" if names else ""
    found.complete = False
    found.notes.append(
        f"not all sets were searched for: all {known:,} of one or two claims, each as it may be "
        f"read, are here, and {len(found.conflicts) - known:,} larger ones{every}"
    )


def _in_most(conflicts: list[int]) -> int:
    """Return literals of which each conflict has one, those that are in most of them."""
    taken = 0
    left = conflicts
    while left:
        often = Counter(number for conflict in left for number in bits_of(conflict))
        number = min(often, key=lambda n: (-often[n], n))
        taken |= 1 << number
        left = [conflict for conflict in left if not conflict >> number & 1]
    return taken


def hitting_sets(sets: Iterable[int]) -> list[int] | None:
    """Return all smallest ways to take one element of every set, or None beyond the limit."""
    found: list[int] | None = [0]
    for one in sets:
        found = extended(found, one)
        if found is None:
            return None
    return found


def extended(found: list[int], one: int) -> list[int] | None:
    """Return the smallest ways for one set more (Berge 1989)."""
    kept = [t for t in found if t & one]
    fresh = []
    for t in found:
        if not t & one:
            for number in bits_of(one):
                grown = t | 1 << number
                if not any(not k & ~grown for k in kept):
                    fresh.append(grown)
    if len(kept) + len(fresh) > MOST_CORRECTIONS:
        return None
    return kept + fresh


def smallest_failing(
    names: list[str], holds: Callable[[frozenset[str]], bool]
) -> list[frozenset[str]]:
    """Return the smallest sets for which `holds` is False, by the duality above.

    All of them, unless there are too many ways to take one name out of each.
    """
    place = {name: 1 << n for n, name in enumerate(names)}

    def members(mask: int) -> frozenset[str]:
        return frozenset(name for name, bit in place.items() if mask & bit)

    everything = (1 << len(names)) - 1
    found: list[int] = []
    confirmed: set[int] = set()
    corrections: list[int] | None = [0]
    while corrections is not None:
        fresh = None
        for correction in corrections:
            rest = everything & ~correction
            if correction in confirmed:
                continue
            if holds(members(rest)):
                confirmed.add(correction)
                continue
            for bit in place.values():
                if rest & bit and not holds(members(rest & ~bit)):
                    rest &= ~bit
            fresh = rest
            break
        if fresh is None:
            break
        found.append(fresh)
        corrections = extended(corrections, fresh)
    return [members(mask) for mask in found]
