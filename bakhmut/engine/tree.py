"""Every smallest conflict among the literals of a system, without a walk over its readings.

A conflict that is not known yet lacks a literal of every known one (else it would hold that one),
so it lies in what is left when one literal is taken out of each (Reiter 1987). Which one is tried
in order, and what was passed over is kept from then on: so no two branches lead to one conflict.
Readings exclude each other: what is kept rules its rivals out, and only where literals fail for
being read in two ways at once is one reading after the other followed. A branch ends where what
is left holds, which most witnesses of other branches show, or where what must be kept is a known
conflict, or is linked by no cell.

Sets of literals are the bits of a number.

Reiter, R. (1987). A theory of diagnosis from first principles. Artificial Intelligence 32(1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from bakhmut.engine.solver import Solver, bits_of
from bakhmut.meaning.systems import System
from bakhmut.meaning.vocabulary import Choice


class _Branch(NamedTuple):
    """What is left in a branch, what it keeps, and sets of which it keeps one each."""

    left: int
    kept: int = 0
    one_of: tuple[int, ...] = ()


class Tree:
    """The branches of one system that are still to be searched, and the conflicts found."""

    def __init__(self, solver: Solver, known: Iterable[int]):
        self.solver = solver
        self.read = read_so(solver.system)
        self.rivals = [0] * len(solver.system.literals)
        for readings in self.read.values():
            every = sum(readings.values())
            for mine in readings.values():
                for number in bits_of(mine):
                    self.rivals[number] |= every ^ mine
        self.cells = _linked_cells(solver.system)
        self.conflicts: list[int] = []
        self.exclusive: dict[int, Choice] = {}  # what fails for being read in two ways at once
        self.holding: list[list[int]] = [[] for _ in self.rivals]  # the conflicts with each literal
        for conflict in known:
            self._take_in(conflict)
        # Another conflict has a literal that is not among those searched before.
        fresh = {solver.everything & ~some for some in solver.searched}
        one_of = (some for some in fresh if not any(o != some and not o & ~some for o in fresh))
        self.waiting = [_Branch(solver.everything, 0, tuple(one_of))]
        self.steps = 0

    def search(self) -> Iterator[int]:
        """Yield each conflict as it is found; 0 where a branch ended and none was found."""
        while self.waiting:
            self.steps += 1
            branch = self._narrowed(self.waiting.pop())
            if branch is None or self.solver.seen_to_hold(branch.left):
                continue
            known = self._nearest(branch)
            if known is not None:
                self.waiting += reversed(list(self._without(known, branch)))
            elif choice := self._turning(branch.left):
                self.waiting += reversed(list(self._by_reading(choice, branch)))
            else:
                yield from self._decided(branch)

    def _take_in(self, conflict: int) -> None:
        self.conflicts.append(conflict)
        for number in bits_of(conflict):
            self.holding[number].append(conflict)

    def _narrowed(self, branch: _Branch) -> _Branch | None:
        """Return a branch without what cells do not link to all that it keeps; None if that is."""
        left, kept, one_of = branch
        if kept:
            left = self._around(kept & -kept, left)
        if kept & ~left or any(not some & left for some in one_of):
            return None
        return _Branch(left, kept, one_of)

    def _around(self, start: int, within: int) -> int:
        """Return the literals among some that cells link to one."""
        found, cells = start, self.cells[start.bit_length() - 1]
        waiting, size = list(bits_of(within & ~start)), -1
        while len(waiting) != size:
            size, apart = len(waiting), []
            for number in waiting:
                if self.cells[number] & cells:
                    found |= 1 << number
                    cells |= self.cells[number]
                else:
                    apart.append(number)
            waiting = apart
        return found

    def _nearest(self, branch: _Branch) -> int | None:
        """Return of a known conflict in what is left what is not kept: of which that is least."""
        best, least = None, len(self.rivals) + 1
        for conflict in self.conflicts:
            if not conflict & ~branch.left:
                open_part = conflict & ~branch.kept
                if open_part.bit_count() < least:
                    best, least = open_part, open_part.bit_count()
                    if least < 2:
                        break
        return best

    def _turning(self, left: int) -> Choice | None:
        """Return a choice of which what is left has readings that fail together."""
        found = (choice for core, choice in self.exclusive.items() if not core & ~left)
        return next(found, None)

    def _decided(self, branch: _Branch) -> Iterator[int]:
        """Decide what is left of a branch in which no conflict is known."""
        core = self.solver.decided(self._extended(branch.left))
        if core is None:
            yield 0
            return
        fresh = self.solver.shrink(core)
        choice = excluding(self.read, fresh)
        if choice is None:
            self._take_in(fresh)
            self.waiting.append(branch)
            yield fresh
        else:
            self.exclusive[fresh] = choice
            self.waiting.append(branch)
            yield 0

    def _extended(self, left: int) -> int:
        """Return literals with others, as many as no known conflict forbids, if all are read alike.

        What then holds shows more to hold at once.
        """
        if any(self.rivals[number] & left for number in bits_of(left)):
            return left
        for number in bits_of(self.solver.everything & ~left):
            more = left | 1 << number
            if not self.rivals[number] & left and all(c & ~more for c in self.holding[number]):
                left = more
        return left

    def _without(self, conflict: int, branch: _Branch) -> Iterator[_Branch]:
        """Yield a branch without each literal of a known conflict, and with those before it."""
        left, kept, one_of = branch
        for number in sorted(bits_of(conflict), key=lambda n: (-len(self.holding[n]), n)):
            yield _Branch(left & ~(1 << number), kept, one_of)
            if self.rivals[number] & kept:
                return
            kept |= 1 << number
            left &= ~self.rivals[number]

    def _by_reading(self, choice: Choice, branch: _Branch) -> Iterator[_Branch]:
        """Yield a branch for each reading of a choice; all but the first have something so read."""
        left, kept, one_of = branch
        readings = [mine for mine in self.read[choice].values() if mine & left]
        for n, mine in enumerate(readings):
            others = sum(readings) ^ mine
            if not others & kept:
                yield _Branch(left & ~others, kept, (*one_of, mine) if n else one_of)


def excluding(read: Mapping[Choice, Mapping[str, int]], conflict: int) -> Choice | None:
    """Return a choice of which some literals need different readings."""
    for choice, readings in read.items():
        if sum(bool(mine & conflict) for mine in readings.values()) > 1:
            return choice
    return None


def read_so(system: System) -> dict[Choice, dict[str, int]]:
    """Return for each choice the literals that need each of its readings."""
    found: dict[Choice, dict[str, int]] = {}
    for literal in system.literals:
        for choice, reading in literal.choices:
            readings = found.setdefault(choice, defaultdict(int))
            readings[reading] |= 1 << literal.number
    return found


def _linked_cells(system: System) -> list[int]:
    """Return for each literal the cells that its rows have, and those that definitions link."""
    groups: list[int] = []
    for cells in map(system.held_by, system.definitions):
        met = [group for group in groups if group & cells]
        groups = [group for group in groups if not group & cells]
        groups.append(reduce(or_, met, cells))
    found = []
    for literal in system.literals:
        held = system.cells_of(literal)
        found.append(reduce(or_, (group for group in groups if group & held), held))
    return found
