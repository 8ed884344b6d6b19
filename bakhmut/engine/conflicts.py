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
from math import prod

from bakhmut.base.words import count
from bakhmut.engine.pairs import small_conflicts
from bakhmut.engine.solver import Solver, World, bits_of, is_large
from bakhmut.meaning.systems import System
from bakhmut.meaning.vocabulary import Choice

MOST_CONFLICTS = 500
MOST_CORRECTIONS = 500
MOST_CULPRITS = 24
# Checks times the size of the system: a count of steps, so that a limit does not hang on the
# machine or the day.
MOST_WORK = 300_000


@dataclass
class Enumeration:
    """The conflicts of a system, how many worlds it has and how many were looked at."""

    conflicts: list[int] = field(default_factory=list)
    worlds: int = 1
    tried: int = 0
    complete: bool = True
    stopped: bool = False
    most: int = MOST_CONFLICTS
    notes: list[str] = field(default_factory=list)
    _resolved: dict[tuple[int, ...], list[int] | None] = field(default_factory=dict)

    def spent(self, solver: Solver) -> bool:
        """Return whether a limit is reached; say so once."""
        over = len(self.conflicts) >= self.most or solver.checks * solver.size > MOST_WORK
        if over and not self.stopped:
            self.stopped, self.complete = True, False
            self.notes.append(f"the search stopped after {len(self.conflicts):,} conflicts")
        return self.stopped

    def resolved(self, conflicts: list[int]) -> list[int] | None:
        """Return the transversals of some conflicts; many worlds have the same."""
        key = tuple(conflicts)
        if key not in self._resolved:
            self._resolved[key] = hitting_sets(conflicts)
        return self._resolved[key]


def all_conflicts(solver: Solver, *, most: int = MOST_CONFLICTS, deep: bool = True) -> Enumeration:
    """Return every minimal conflict of a system under every reading, up to stated limits.

    All readings of all claims are taken at once to begin with. If they can hold together, they
    can in every combination; where two readings of one word exclude each other, each is followed
    by itself. Of a large system without `deep` only those of one or two claims.
    """
    system = solver.system
    variables = system.variables
    found = Enumeration(worlds=prod(len(readings) for readings in variables.values()), most=most)
    if is_large(system) and most > 1 and (small := small_conflicts(system)) is not None:
        found.conflicts += small
        if not deep:
            found.complete = False
            return found
        if found.resolved(small) is None:
            _explore_by_culprit(solver, found)
            return found
    waiting: list[World] = [{}]
    while waiting and not found.spent(solver):
        part = waiting.pop()
        split = _explore(solver, _literals_in(system, part), found)
        if split is not None:
            waiting += [{**part, split: reading} for reading in reversed(variables[split])]
        elif not found.stopped:
            found.tried += prod(len(r) for v, r in variables.items() if v not in part)
    if found.tried < found.worlds:
        found.complete = False
        found.notes.append(
            f"{found.tried:,} of {found.worlds:,} combinations of readings were decided; "
            "in the others a conflict may be missing"
        )
    return found


def _literals_in(system: System, part: World) -> int:
    """Return all literals that a partial setting of the variables leaves open."""
    bits = 0
    for literal in system.literals:
        if all(part.get(v, reading) == reading for v, reading in literal.choices):
            bits |= 1 << literal.number
    return bits


def _explore(
    solver: Solver, literals: int, found: Enumeration, *, nearby: bool = True
) -> Choice | None:
    """Find all conflicts within one set of literals.

    Returns a variable whose readings exclude each other, where the set must be split first.
    """
    corrections = found.resolved([c for c in found.conflicts if not c & ~literals])
    confirmed: set[int] = set()
    while corrections is not None:
        fresh = None
        for correction in corrections:
            if correction in confirmed:
                continue
            core = solver.core(literals & ~correction)
            if core is None:
                confirmed.add(correction)
                continue
            fresh = solver.shrink(core)
            break
        if fresh is None:
            return None
        split = _excluding(solver.system, fresh)
        if split is not None:
            return split
        found.conflicts.append(fresh)
        if found.spent(solver):
            return None
        corrections = extended(corrections, fresh)
    return _explore_around(solver, literals, found) if nearby else None


def _explore_by_culprit(solver: Solver, found: Enumeration) -> None:
    """Find a conflict for each literal without which the others can hold.

    Of every conflict known the literal that is in most of them is taken out, until the rest
    holds: then every conflict, known or not, has one of those taken out. `found` has all of one
    or two claims before; where no more than these are listed, so much is certain of the others.
    """
    excluding: list[int] = []  # cannot hold, but nobody can mean both readings
    known = len(found.conflicts)
    culprits = 0
    for _ in range(MOST_CULPRITS):
        culprits = _in_most(found.conflicts + excluding)
        core = solver.core(solver.everything & ~culprits)
        if core is None:
            break
        fresh = solver.shrink(core)
        kept = excluding if _excluding(solver.system, fresh) else found.conflicts
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


def _explore_around(solver: Solver, literals: int, found: Enumeration) -> Choice | None:
    """Find the conflicts near those known, where there are too many ways to resolve them all.

    Every conflict is one literal away from some largest set that holds. Such sets are grown from
    each known conflict less one literal, and searched with each literal that was left out. What
    no such set is near to may be missing, and that is said.
    """
    if found.complete:
        found.complete = False
        found.notes.append(
            "there are too many ways to resolve the conflicts for all to be tried; "
            "further conflicts may exist"
        )
    seen: set[int] = set()
    seeds = [0]
    known = 0
    while True:
        for conflict in found.conflicts[known:]:
            if not conflict & ~literals:
                seeds += [conflict & ~(1 << number) for number in bits_of(conflict)]
        known = len(found.conflicts)
        if not seeds:
            return None
        largest = _grow(solver, seeds.pop(0), literals, found)
        if found.stopped:
            return None
        if largest in seen:
            continue
        seen.add(largest)
        for number in bits_of(literals & ~largest):
            split = _explore(solver, largest | 1 << number, found, nearby=False)
            if split is not None or found.spent(solver):
                return split


def _grow(solver: Solver, literals: int, within: int, found: Enumeration) -> int:
    """Return a largest set of literals that holds, grown from one that does, up to the limit."""
    left = within & ~literals
    if solver.core(literals) is None:
        literals |= solver.satisfied(literals) & within
    while left and not found.spent(solver):
        lowest = left & -left
        left ^= lowest
        if lowest & literals:
            continue
        if solver.core(literals | lowest) is None:
            literals |= lowest | solver.satisfied(literals | lowest) & within
    return literals


def _excluding(system: System, mask: int) -> Choice | None:
    """Return a variable of which some literals need different readings."""
    chosen: World = {}
    for number in bits_of(mask):
        for variable, reading in system.literals[number].choices:
            if chosen.setdefault(variable, reading) != reading:
                return variable
    return None


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
