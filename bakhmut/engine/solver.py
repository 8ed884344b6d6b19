"""Decides sets of literals of one system: a core of those that fail, or a witness.

Sets of literals are the bits of a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from math import lcm
from operator import itemgetter

from bakhmut.base.basis import HIGH, LOW, Number, ratio_of, simplest
from bakhmut.base.simplex import Owner, Refutation, Simplex, Unsettled
from bakhmut.engine.highs import Highs
from bakhmut.meaning.proportions import in_proportion, proportions_of
from bakhmut.meaning.systems import System, part_of
from bakhmut.meaning.vocabulary import Choice

PLACES_A_CELL = 200
KEPT_WITNESSES = 512
# A conflict this many times smaller than its system, if that is large, is worked on by itself.
FEW, MANY = 3, 60
# With this many cells and forms it is worth asking HiGHS where a conflict may be. Not with
# definitions: its sums then take in hundreds of them, and are slower to decide than the whole.
LARGE = 500
# Steps of the exact simplex before it starts again from where HiGHS stands.
PATIENCE = 5
# After so many checks it is worth taking into the cells what assumptions say of each piece.
OFTEN = 12
ALWAYS = -1
# Numbers with more bits than this are read as text: taking bits off costs their whole length.
LONG = 256

World = dict[Choice, str]


class Solver:
    """Decides sets of literals of one system, and remembers what it has seen."""

    def __init__(self, system: System, *, many: bool = False):
        self.system = system
        self.held = 0
        self.everything = (1 << len(system.literals)) - 1
        self.witnesses: list[int] = []
        self.checks = 0
        self.smallest: set[int] = set()  # conflicts known to be so
        self.searched: list[int] = []  # literals of which every conflict is known
        self.large = is_large(system) and not system.definitions
        # Where many checks are asked for: solvers with assumptions about each piece taken into the
        # cells, by those of these that hold.
        self.many = many
        self.parts: dict[int, Solver | None] = {}

    @cached_property
    def size(self) -> int:
        """What one check costs, in cells; the places where a form has a cell cost little each."""
        places = sum(len(form) for form in self.system.forms)
        return self.system.cells + len(self.system.forms) + places // PLACES_A_CELL

    @cached_property
    def proportions(self) -> int:
        """The literals of assumptions about each piece."""
        return proportions_of(self.system)

    @cached_property
    def highs(self) -> Highs:
        """The same system in floats."""
        return Highs(self.system)

    @cached_property
    def tableau(self) -> Simplex:
        """The exact simplex over the system's cells and forms."""
        return self.system.simplex()

    @cached_property
    def ends(self) -> dict[tuple[int, int], list[tuple[Number, int, Owner]]]:
        """All bounds that literals can set at an end, times the grain, the closest first."""
        ends: dict[tuple[int, int], list[tuple[Number, int, Owner]]] = {}
        cells, grain = self.system.cells, self.system.grain
        for variable in self.system.definitions:
            for end in (LOW, HIGH):
                ends[variable, end] = [(0, ALWAYS, ("definition", variable))]
        for literal in self.system.literals:
            number, bit = literal.number, 1 << literal.number
            for k, row in enumerate(literal.rows):
                key = variable, end = row.variable, row.end
                if key not in ends:
                    floor = end == LOW and variable < cells
                    ends[key] = [(0, ALWAYS, None)] if floor else []
                ends[key].append((simplest(row.value * grain), bit, (number, k)))
        for (_, end), bounds in ends.items():
            if len(bounds) > 1:
                bounds.sort(key=itemgetter(0), reverse=end == LOW)
        return ends

    def core(self, literals: int) -> int | None:
        """Return some of these literals that cannot all hold, or None if all can."""
        return None if self.seen_to_hold(literals) else self.decided(literals)

    def decided(self, literals: int) -> int | None:
        """Return what `core` does, where no witness is known for all of these literals."""
        if self.large and not self._settles(literals):
            if found := self._scouted(literals):
                return found
            if (point := self._point(literals)) is not None:
                if self._is_witness(point, literals):
                    return None
                self._hold(literals)
                self.tableau.place(point)
        if part := self._part(literals):
            return self._decided_in(part, literals)
        refutation = self._decide(literals)
        return None if refutation is None else _core(refutation)

    def _part(self, literals: int) -> Solver | None:
        """Return a solver without rows for assumptions about each piece, if that is a gain."""
        if not self.many or self.checks < OFTEN or self.large or not self.proportions:
            return None
        holding = literals & self.proportions
        if holding not in self.parts:
            part = in_proportion(self.system, bits_of(holding), self.proportions)
            self.parts[holding] = part and Solver(part)
        return self.parts[holding]

    def _decided_in(self, part: Solver, literals: int) -> int | None:
        """Return what `core` does, decided where assumptions about each piece have no rows."""
        self.checks += 1
        holding = literals & self.proportions
        refutation = part._decide(literals ^ holding)
        if refutation is None:
            self._keep(part.witnesses.pop() & ~self.proportions | holding)
            return None
        return _core(refutation) | holding

    def refute(self, literals: int) -> Refutation | None:
        """Return the exact sum by which these literals cannot all hold, or None if they can.

        Then the tableau is at a point at which they do.
        """
        if self.large and not self._settles(literals):
            point = self._point(literals)
            if point is not None:
                self._hold(literals)
                self.tableau.place(point)
        return self._decide(literals)

    def _decide(self, literals: int) -> Refutation | None:
        self.checks += 1
        self._hold(literals)
        refutation = self.tableau.solve()
        if refutation is None:
            self._remember(literals)
        return refutation

    def _settles(self, literals: int) -> bool:
        """Return whether the exact simplex, once in use, decides these in a few steps."""
        if "tableau" not in self.__dict__:
            return False
        self._hold(literals)
        try:
            self.tableau.solve(most=PATIENCE)
        except Unsettled:
            return False
        return True

    def _point(self, literals: int) -> list[Number] | None:
        """Return cells near where HiGHS stands, if it finds that these literals hold."""
        return self.highs.point(literals, partial(self._closest, literals))

    def _is_witness(self, point: list[Number], literals: int) -> bool:
        """Return whether cells satisfy these literals exactly; keep what they satisfy if so."""
        self.checks += 1
        denominator = lcm(*{value.denominator for value in point})
        whole = [value.numerator * (denominator // value.denominator) for value in point]
        known: dict[int, int] = {}
        if min(whole) < 0 or self._satisfied_by(whole, denominator, literals, known) != literals:
            return False
        others = self.everything & ~literals
        self._keep(literals | self._satisfied_by(whole, denominator, others, known))
        return True

    def _scouted(self, literals: int) -> int:
        """Return a smallest conflict that HiGHS points at, or 0 where none is certain."""
        dual_ray = self.highs.dual_ray(literals)
        if not dual_ray:
            return 0
        self.checks += 1
        found = 0
        part, numbers = part_of(self.system, dual_ray)
        if is_large(part):  # too large to be decided at once: HiGHS thins it out first
            order = sorted(range(len(numbers)), key=lambda n: self._keep_last(numbers[n]))
            thinned, own = part_of(part, Highs(part).narrowed(order))
            found = _smallest(thinned, [numbers[n] for n in own])
        found = found or _smallest(part, numbers)
        if found:
            self.smallest.add(found)
        return found

    def seen_to_hold(self, literals: int) -> bool:
        """Return whether a witness is known for all of these literals."""
        for place, seen in enumerate(self.witnesses):
            if literals & seen == literals:
                self.witnesses.insert(0, self.witnesses.pop(place))
                return True
        return False

    def _hold(self, literals: int) -> None:
        """Set the bounds of these literals and lift those of all others."""
        changed: dict[tuple[int, int], None] = {}
        for number in bits_of(literals ^ self.held):
            for row in self.system.literals[number].rows:
                changed[row.variable, row.end] = None
        self.held = literals
        for key in changed:
            for to, bit, owner in self.ends[key]:
                if bit & literals or bit == ALWAYS:
                    self.tableau.set_bound(*key, to, owner)
                    break
            else:
                self.tableau.set_bound(*key, None, None)

    def _closest(self, literals: int, variable: int, end: int) -> Number:
        """Return the closest bound that these literals set at an end of a variable."""
        bounds = self.ends.get((variable, end), ())  # no cell is below 0
        to = next((to for to, bit, _ in bounds if bit & literals or bit == ALWAYS), 0)
        return ratio_of(to, self.system.grain)

    def _remember(self, literals: int) -> None:
        """Keep which literals the tableau's witness satisfies, those not asked for as well."""
        others = self.everything & ~literals
        seen = literals
        if (others.bit_count() - FEW) * MANY < self.system.cells:
            seen |= sum(1 << number for number in bits_of(others) if self._satisfied(number))
        else:
            seen |= self._satisfied_by(*self.tableau.point(), others, {})
        self._keep(seen)

    def _satisfied_by(
        self, point: list[int], denominator: int, literals: int, known: dict[int, int]
    ) -> int:
        """Return which of these literals hold at a point; `known` are values of variables there."""
        seen = 0
        for number in bits_of(literals):
            for row in self.system.literals[number].rows:
                value = known.get(row.variable)
                if value is None:
                    form = self.system.form_of(row.variable)
                    value = sum([point[cell] * weight for cell, weight in form.items()])
                    known[row.variable] = value
                to = row.value * denominator
                if value < to if row.end == LOW else value > to:
                    break
            else:
                seen |= 1 << number
        return seen

    def _keep(self, seen: int) -> None:
        """Keep that these literals hold, in place of what shows less."""
        more = [known for known in self.witnesses if known & ~seen]
        self.witnesses = [seen, *more[: KEPT_WITNESSES - 1]]

    def _satisfied(self, number: int) -> bool:
        value = self.tableau.value
        return all(
            value[r.variable] >= r.value if r.end == LOW else value[r.variable] <= r.value
            for r in self.system.literals[number].rows
        )

    def shrink(self, core: int) -> int:
        """Return a smallest conflict within literals that cannot all hold.

        It is free of assumptions where it can be.
        """
        if core in self.smallest:
            return core
        if core.bit_count() * FEW + MANY < len(self.system.literals):
            part, numbers = part_of(self.system, bits_of(core))
            small = Solver(part)
            core = small.core(small.everything) or 0
            if not core:
                raise ArithmeticError("a conflict held when it was decided again")
            return _whole(small.shrink(core), numbers)
        for number in sorted(bits_of(core), key=self._keep_last):
            if core >> number & 1:
                core = self.core(core & ~(1 << number)) or core
        return core

    def _keep_last(self, number: int) -> tuple[bool, int]:
        literal = self.system.literals[number]
        ours = literal.about or self.system.premises[literal.premise].is_assumption
        return (not ours, -number)


def claims_in(
    system: System, world: World, *, about: bool = False, among: frozenset[str] | None = None
) -> int:
    """Return the literals of the claims (or of those among some) in a world.

    "About" is taken as usual only where asked for.
    """
    mask = 0
    for literals, premise in zip(system.by_premise, system.premises, strict=True):
        if premise.is_assumption or (among is not None and premise.name not in among):
            continue
        for literal in literals:
            if all(world[v] == r for v, r in literal.choices) and (about or not literal.about):
                mask |= 1 << literal.number
    # Of a toll the last count stands: that it was final before is an assumption.
    for number, later in system.later.items():
        if later & mask:
            mask &= ~(1 << number)
    return mask


def is_large(system: System) -> bool:
    """Return whether a system is so large that what is small in it is worked on by itself."""
    return system.cells + len(system.forms) > LARGE


def _smallest(part: System, numbers: list[int]) -> int:
    """Return a smallest conflict of a part in the numbers of the whole, or 0 if the part holds."""
    small = Solver(part)
    small.large = False  # what is left is for the exact simplex alone
    core = small.core(small.everything)
    return 0 if core is None else _whole(small.shrink(core), numbers)


def _core(refutation: Refutation) -> int:
    return sum({1 << owner[0] for owner in refutation.owners if owner[0] != "definition"})


def _whole(bits: int, numbers: list[int]) -> int:
    """Return literals of a part as literals of the whole, by their numbers there."""
    return sum(1 << numbers[n] for n in bits_of(bits))


def bits_of(number: int) -> Iterator[int]:
    """Return the places of the bits that are set, lowest first."""
    if number.bit_length() > LONG:
        digits = bin(number)[:1:-1]
        place = digits.find("1")
        while place >= 0:
            yield place
            place = digits.find("1", place + 1)
        return
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
