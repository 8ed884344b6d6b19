"""From conflicts of readings to verdicts on claims.

A conflict of literals says: so read, these claims cannot all hold. A verdict asks over all
readings of those claims: does some reading save them? If none does it is a contradiction, even
where each reading fails for another reason (then the claims conflict *jointly*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from bakhmut.engine.conflicts import Found, multiply
from bakhmut.engine.solver import Engine, World, bits_of
from bakhmut.meaning.readings import Variable
from bakhmut.meaning.systems import System, part_of

MOST_COMBINATIONS = 4096
MOST_LEARNT = 64
MOST_CONFIRMED = 2_000
MOST_STEPS = 100_000
MOST_TRIALS = 500_000


@dataclass(frozen=True)
class Way:
    """One reading under which some units conflict, and whether by definitions alone."""

    units: frozenset[str]
    world: tuple[tuple[Variable, str], ...]
    by_definition: bool
    about: bool
    literals: int


@dataclass
class Conflict:
    """A smallest set of units that cannot all hold, under the readings in which they fail."""

    system: System
    units: frozenset[str]
    ways: list[Way]
    status: str = ""
    fails: tuple[World, ...] = ()
    holds: tuple[World, ...] = ()
    missing: tuple[str, ...] = ()
    name: str = ""
    # Whether it dissolves where figures are taken as rounded (see `rounding`).
    rounding: bool = False

    @property
    def about(self) -> bool:
        """Whether the width given to "about" is used."""
        return any(way.about for way in self.ways)


@dataclass
class Verdict:
    """A system's conflicts, and one world in which its claims hold by definitions alone."""

    engine: Engine
    ways: list[Way]
    conflicts: list[Conflict] = field(default_factory=list)
    world: World | None = None
    certain: bool = True


def judge(engine: Engine, found: Found) -> Verdict:
    """Return the verdict on a system from its conflicts of literals."""
    system = engine.system
    verdict = Verdict(engine, [_way(system, mask) for mask in found.conflicts])
    verdict.world, sure = _consistent_world(engine, verdict.ways)
    verdict.certain = sure and (found.complete or verdict.world is None)
    groups: dict[tuple, list[Way]] = {}
    for way in verdict.ways:
        groups.setdefault((way.units, way.about), []).append(way)
    verdict.conflicts = [Conflict(system, units, ways) for (units, _), ways in groups.items()]
    if verdict.world is None:
        known = {c.units for c in verdict.conflicts if not c.about}
        for units in _joint(system, verdict.ways):
            if units not in known:
                ways = [w for w in verdict.ways if w.by_definition and w.units <= units]
                verdict.conflicts.append(Conflict(system, units, ways))
    for conflict in verdict.conflicts:
        _read(conflict, verdict.ways)
    if not found.complete:
        left = MOST_CONFIRMED
        for conflict in verdict.conflicts:
            left -= _confirm(conflict, verdict.ways, left)
    return verdict


def _way(system: System, mask: int) -> Way:
    literals = [system.literals[number] for number in bits_of(mask)]
    units = [system.units[literal.unit] for literal in literals]
    about = any(literal.about for literal in literals)
    return Way(
        frozenset(unit.name for unit in units),
        tuple({v: r for literal in literals for v, r in literal.choices}.items()),
        not about and not any(unit.is_assumption for unit in units),
        about,
        mask,
    )


def _read(conflict: Conflict, ways: list[Way]) -> None:
    """Set the readings under which a conflict fails and holds, and its status."""
    system = conflict.system
    about = conflict.about
    inside = [w for w in ways if w.units <= conflict.units and (about or not w.about)]
    every = system.variables
    readings = {
        variable: every[variable]
        for literals, unit in zip(system.by_unit, system.units, strict=True)
        if unit.name in conflict.units
        for literal in literals
        for variable, _ in literal.choices
    }
    worlds = prod(map(len, readings.values()))
    if worlds > MOST_COMBINATIONS or worlds * len(inside) > MOST_TRIALS:
        conflict.fails = tuple(dict(way.world) for way in conflict.ways)
        saved = first_world([dict(w.world) for w in inside], readings)
        conflict.holds = () if saved is None else (saved,)
    else:
        failing, holding = [], []
        for chosen in product(*readings.values()):
            world = dict(zip(readings, chosen, strict=True))
            fails = any(all(world[v] == r for v, r in way.world) for way in inside)
            (failing if fails else holding).append(world)
        conflict.fails, conflict.holds = _essential(readings, failing, holding)
    if any(unit.is_assumption for unit in system.units if unit.name in conflict.units) or about:
        conflict.status = "conflicts-with-assumption"
    elif conflict.holds:
        conflict.status = "contradiction-in-some-readings"
    else:
        conflict.status = "contradiction"


def _confirm(conflict: Conflict, ways: list[Way], most: int) -> int:
    """Decide a reading that is said to save a conflict's claims; return how many were tried.

    Where the search was stopped, that no conflict is known in a reading does not say that there
    is none. After so many the conflict is `undecided`.
    """
    if conflict.status != "contradiction-in-some-readings":
        return 0
    system = conflict.system
    numbers = [n for n, own in enumerate(system.literals)
               if system.units[own.unit].name in conflict.units]  # fmt: skip
    part, _ = part_of(system, numbers)
    engine = Engine(part)
    nogoods = [dict(w.world) for w in ways if w.by_definition and w.units <= conflict.units]
    conflict.holds, known = (), len(nogoods)
    for tried, world in enumerate(_open_worlds(nogoods, part.variables)):
        if tried >= most:
            conflict.status = "undecided"
            return tried
        core = engine.clash(claims_in(part, world))
        if core is None:
            conflict.holds = (world,)
            return tried + 1
        nogoods.append(dict(_way(part, engine.shrink(core)).world))
    conflict.status = "contradiction"
    conflict.fails = tuple(nogoods)
    return len(nogoods) - known


def _open_worlds(
    nogoods: list[World], variables: dict[Variable, tuple[str, ...]]
) -> Iterator[World]:
    """Yield worlds that no nogood is part of, as these grow."""
    if prod(map(len, variables.values())) > MOST_COMBINATIONS:
        while (one := first_world(nogoods, variables)) is not None:
            yield one
        return
    for chosen in product(*variables.values()):
        world = dict(zip(variables, chosen, strict=True))
        if not any(bad.items() <= world.items() for bad in nogoods):
            yield world


def _essential(
    readings: dict[Variable, tuple[str, ...]], failing: list[World], holding: list[World]
) -> tuple[tuple[World, ...], tuple[World, ...]]:
    """Return both lists without the words whose reading makes no difference."""

    def matters(variable: Variable) -> bool:
        """Whether worlds that differ in nothing else differ in outcome."""
        outcome: dict[tuple, bool] = {}
        for fails, worlds in ((True, failing), (False, holding)):
            for world in worlds:
                rest = tuple(item for item in world.items() if item[0] != variable)
                if outcome.setdefault(rest, fails) != fails:
                    return True
        return False

    kept = [variable for variable in readings if matters(variable)]

    def shorter(worlds: list[World]) -> tuple[World, ...]:
        short = dict.fromkeys(tuple((v, world[v]) for v in kept) for world in worlds)
        return tuple(dict(world) for world in short)

    return shorter(failing), shorter(holding)


# -- worlds ------------------------------------------------------------------------------


def first_world(
    nogoods: Sequence[World],
    variables: dict[Variable, tuple[str, ...]],
    *,
    start: World | None = None,
) -> World | None:
    """Return a setting of all variables that no nogood is part of, or None if there is none."""
    stack: list[World] = [start or {}]
    while stack:
        world = stack.pop()
        open_one = _unbroken(nogoods, world)
        if open_one is None:
            return {v: world.get(v, readings[0]) for v, readings in variables.items()}
        variable = next((v for v in open_one if v not in world), None)
        if variable is not None:
            stack += [{**world, variable: r} for r in reversed(variables[variable])]
    return None


def count_worlds(
    nogoods: Sequence[World], variables: dict[Variable, tuple[str, ...]]
) -> int | None:
    """Return how many settings no nogood is part of, or None beyond the limit of steps."""
    total = 0
    steps = 0
    stack: list[World] = [{}]
    while stack:
        steps += 1
        if steps > MOST_STEPS:
            return None
        world = stack.pop()
        open_one = _unbroken(nogoods, world)
        if open_one is None:
            total += prod(len(r) for v, r in variables.items() if v not in world)
            continue
        variable = next((v for v in open_one if v not in world), None)
        if variable is not None:
            stack += [{**world, variable: r} for r in variables[variable]]
    return total


def _unbroken(nogoods: Sequence[World], world: World) -> World | None:
    """Return a nogood that a partial setting does not rule out, the most nearly met first."""
    best = None
    for nogood in nogoods:
        missing = 0
        for variable, reading in nogood.items():
            own = world.get(variable)
            if own is None:
                missing += 1
            elif own != reading:
                break
        else:
            if not missing:
                return nogood
            if best is None or missing < best[0]:
                best = (missing, nogood)
    return None if best is None else best[1]


def _consistent_world(engine: Engine, ways: list[Way]) -> tuple[World | None, bool]:
    """Return a world in which the claims hold by definitions alone, and whether that is certain.

    The witness is decided exactly; a conflict that the search has missed is learnt on the way.
    """
    system = engine.system
    for _ in range(MOST_LEARNT):
        world = first_world([dict(w.world) for w in ways if w.by_definition], system.variables)
        if world is None:
            return None, True
        core = engine.clash(claims_in(system, world))
        if core is None:
            return world, True
        ways.append(_way(system, engine.shrink(core)))
    return world, False


def claims_in(system: System, world: World, *, about: bool = False) -> int:
    """Return the literals of the claims in a world; those with "about" only where asked for."""
    mask = 0
    for literals, unit in zip(system.by_unit, system.units, strict=True):
        if unit.is_assumption:
            continue
        for literal in literals:
            if all(world[v] == r for v, r in literal.choices):
                if about or not literal.about:
                    mask |= 1 << literal.number
                break
    return mask


def _joint(system: System, ways: list[Way]) -> list[frozenset[str]]:
    """Return the smallest sets of claims that fail in each reading, not always in one way.

    What fails whatever is read is no part of these: it is a conflict by itself.
    """
    definite = [way for way in ways if way.by_definition]
    always = [way.units for way in definite if not way.world]
    by_reading = [
        (way.units, dict(way.world))
        for way in definite
        if way.world and not any(units <= way.units for units in always)
    ]
    names = sorted({name for units, _ in by_reading for name in units})

    def saved(claims: frozenset[str]) -> bool:
        nogoods = [world for units, world in by_reading if units <= claims]
        return first_world(nogoods, system.variables) is not None

    found = smallest_failing(names, saved) if by_reading else []
    return [claims for claims in found if not any(units <= claims for units in always)]


def smallest_failing(
    names: list[str], holds: Callable[[frozenset[str]], bool]
) -> list[frozenset[str]]:
    """Return the smallest sets for which `holds` is False, by the duality of `conflicts`.

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
        corrections = multiply(corrections, fresh)
    return [members(mask) for mask in found]
