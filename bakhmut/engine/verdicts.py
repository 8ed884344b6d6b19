"""From conflicts of readings to verdicts on claims.

A conflict of literals says: so read, these claims cannot all hold. A verdict asks over all
readings of those claims: does some reading save them? If none does it is a contradiction, even
where each reading fails for another reason (then the claims conflict *jointly*). Two systems that
share no cell may still share a word: a voice that uses it means one thing by it, so that what
saves it in one may fail in the other. Their verdicts are joined (see `join`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod

from bakhmut.engine.conflicts import Found, smallest_failing
from bakhmut.engine.solver import Engine, World, bits_of, claims_in
from bakhmut.engine.worlds import MOST_COMBINATIONS, Variables, essential, first_world, open_worlds
from bakhmut.meaning.readings import ABOUT, ONCE, Unit
from bakhmut.meaning.systems import System, part_of
from bakhmut.meaning.vocabulary import Variable

MOST_LEARNT = 64
MOST_CONFIRMED = 2_000
MOST_TRIALS = 500_000


@dataclass(frozen=True)
class Way:
    """One reading under which some units conflict, and whether by definitions alone."""

    units: frozenset[str]
    world: tuple[tuple[Variable, str], ...]
    by_definition: bool
    # Assumptions of ours that it rests on: what "about" usually means, that a toll is final.
    ours: tuple[str, ...]
    literals: int
    system: System


@dataclass
class Conflict:
    """A smallest set of units that cannot all hold, under the readings in which they fail."""

    systems: tuple[System, ...]
    units: frozenset[str]
    ways: list[Way]
    status: str = ""
    fails: tuple[World, ...] = ()
    holds: tuple[World, ...] = ()
    missing: tuple[str, ...] = ()
    name: str = ""

    @property
    def ours(self) -> tuple[str, ...]:
        """The assumptions of ours that it rests on."""
        return tuple(dict.fromkeys(name for way in self.ways for name in way.ours))


@dataclass
class Verdict:
    """The conflicts of linked systems, and a world in which their claims hold by definitions."""

    engines: list[Engine]
    ways: list[Way]
    conflicts: list[Conflict] = field(default_factory=list)
    world: World | None = None
    certain: bool = True
    complete: bool = True  # whether no conflict is missing

    @cached_property
    def variables(self) -> Variables:
        """Return the choices of all its systems, each with its readings."""
        found: dict[Variable, dict[str, None]] = {}
        for engine in self.engines:
            for variable, readings in engine.system.variables.items():
                found.setdefault(variable, {}).update(dict.fromkeys(readings))
        return {variable: tuple(readings) for variable, readings in found.items()}

    @cached_property
    def words(self) -> frozenset[Variable]:
        """The choices of its claims: an assumption's own are of no claim."""
        return frozenset(
            variable
            for unit in self.units
            if not unit.is_assumption
            for one in unit.alternatives
            for variable, _ in one.choices
        )

    @property
    def units(self) -> list[Unit]:
        """The units of all its systems; an assumption may be in several."""
        return [unit for engine in self.engines for unit in engine.system.units]


def judge(engine: Engine, found: Found) -> Verdict:
    """Return the verdict on a system from its conflicts of literals."""
    system = engine.system
    verdict = Verdict([engine], [_way(system, mask) for mask in found.conflicts])
    verdict.certain = verdict.complete = found.complete
    groups: dict[tuple, list[Way]] = {}
    _settle_on_a_world(verdict)
    verdict.ways = _needed(verdict.ways)
    for way in verdict.ways:
        groups.setdefault((way.units, way.ours), []).append(way)
    verdict.conflicts = [Conflict((system,), units, ways) for (units, _), ways in groups.items()]
    verdict.conflicts += _joint_conflicts(verdict)
    for conflict in verdict.conflicts:
        _read(conflict, verdict.ways)
    if not found.complete:
        left = MOST_CONFIRMED
        for conflict in verdict.conflicts:
            left -= _confirm(conflict, verdict.ways, left)
    return verdict


def join(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return verdicts on all that is linked by a cell or by a word that is read in one way."""
    joined: list[Verdict] = []
    for verdict in verdicts:
        linked = [v for v in joined if not verdict.words.isdisjoint(v.words)]
        joined = [v for v in joined if v not in linked]
        joined.append(_joined([*linked, verdict]) if linked else verdict)
    return joined


def _joined(verdicts: list[Verdict]) -> Verdict:
    """Return one verdict for several that share the reading of a word."""
    whole = Verdict(
        [engine for one in verdicts for engine in one.engines],
        [way for one in verdicts for way in one.ways],
        [conflict for one in verdicts for conflict in one.conflicts],
        certain=all(one.certain or one.world is None for one in verdicts),
        complete=all(one.complete for one in verdicts),
    )
    _settle_on_a_world(whole)
    for conflict in _joint_conflicts(whole):
        _read(conflict, whole.ways)
        whole.conflicts.append(conflict)
    return whole


def _settle_on_a_world(verdict: Verdict) -> None:
    """Set a world in which the claims hold, None where there is none."""
    verdict.world, sure = _consistent_world(verdict)
    verdict.certain = sure and (verdict.certain or verdict.world is None)


def _joint_conflicts(verdict: Verdict) -> list[Conflict]:
    """Return the sets of claims that every reading fails, each in a way of its own."""
    if verdict.world is not None:
        return []
    known = {c.units for c in verdict.conflicts if not c.ours}
    joint = _joint(verdict)
    # With what is missing they may be smaller; in a large system that takes too long to ask.
    if not verdict.complete and not any(engine.large for engine in verdict.engines):
        joint = [_smallest(verdict, units) for units in joint]
    found = []
    for units in dict.fromkeys(joint):
        if units not in known:
            ways = [w for w in verdict.ways if w.by_definition and w.units <= units]
            systems = tuple({id(w.system): w.system for w in ways}.values())
            found.append(Conflict(systems, units, ways))
    return found


def _smallest(verdict: Verdict, units: frozenset[str]) -> frozenset[str]:
    """Return claims of some that fail in every world, and of which every part holds in one."""
    for name in sorted(units):
        if _fails_always(verdict, units - {name}):
            units -= {name}
    return units


def _fails_always(verdict: Verdict, units: frozenset[str]) -> bool:
    """Return whether no world saves some claims; what is learnt of them is kept."""
    for _ in range(MOST_LEARNT):
        nogoods = [dict(w.world) for w in verdict.ways if w.by_definition and w.units <= units]
        world = first_world(nogoods, verdict.variables)
        if world is None:
            return True
        for engine in verdict.engines:
            own = claims_in(engine.system, world, among=units)
            core = engine.clash(own)
            if core is not None:
                verdict.ways.append(_way(engine.system, engine.shrink(core)))
                break
        else:
            return False
    return False


def _way(system: System, mask: int) -> Way:
    literals = [system.literals[number] for number in bits_of(mask)]
    units = [system.units[literal.unit] for literal in literals]
    ours = [ABOUT] if any(literal.about for literal in literals) else []
    ours += [ONCE] if any(system.later.get(n, 0) & mask for n in bits_of(mask)) else []
    return Way(
        frozenset(unit.name for unit in units),
        tuple({v: r for literal in literals for v, r in literal.choices}.items()),
        not ours and not any(unit.is_assumption for unit in units),
        tuple(ours),
        mask,
        system,
    )


def _needed(ways: list[Way]) -> list[Way]:
    """Return the ways to fail without those that need an assumption of ours and could do without.

    What conflicts at the furthest ends of "about" does so at its usual ones, too.
    """
    by_units: dict[frozenset[str], list[Way]] = {}
    for way in ways:
        by_units.setdefault(way.units, []).append(way)
    return [
        way
        for way in ways
        if not way.ours
        or not any(
            set(other.ours) < set(way.ours) and set(other.world) <= set(way.world)
            for other in by_units[way.units]
        )
    ]


def _read(conflict: Conflict, ways: list[Way]) -> None:
    """Set the readings under which a conflict fails and holds, and its status."""
    ours = set(conflict.ours)
    inside = [w for w in ways if w.units <= conflict.units and ours.issuperset(w.ours)]
    readings = _readings_of(conflict)
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
        conflict.fails, conflict.holds = essential(readings, failing, holding)
    if ours or any(u.is_assumption for s in conflict.systems for u in s.units
                    if u.name in conflict.units):  # fmt: skip
        conflict.status = "conflicts-with-assumption"
    elif conflict.holds:
        conflict.status = "contradiction-in-some-readings"
    else:
        conflict.status = "contradiction"


def _readings_of(conflict: Conflict) -> Variables:
    """Return the words of a conflict's claims, each with its readings."""
    found: Variables = {}
    for system in conflict.systems:
        every = system.variables
        for literals, unit in zip(system.by_unit, system.units, strict=True):
            if unit.name in conflict.units:
                found |= {v: every[v] for literal in literals for v, _ in literal.choices}
    return found


def _confirm(conflict: Conflict, ways: list[Way], most: int) -> int:
    """Decide a reading that is said to save a conflict's claims; return how many were tried.

    Where the search was stopped, that no conflict is known in a reading does not say that there
    is none. After so many the conflict is `undecided`.
    """
    if conflict.status != "contradiction-in-some-readings":
        return 0
    (system,) = conflict.systems
    numbers = [n for n, own in enumerate(system.literals)
               if system.units[own.unit].name in conflict.units]  # fmt: skip
    part, _ = part_of(system, numbers)
    engine = Engine(part)
    nogoods = [dict(w.world) for w in ways if w.by_definition and w.units <= conflict.units]
    conflict.holds, known = (), len(nogoods)
    for tried, world in enumerate(open_worlds(nogoods, part.variables)):
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


def _consistent_world(verdict: Verdict) -> tuple[World | None, bool]:
    """Return a world in which the claims hold by definitions alone, and whether that is certain.

    The witness is decided exactly; a conflict that the search has missed is learnt on the way.
    """
    for _ in range(MOST_LEARNT):
        nogoods = [dict(w.world) for w in verdict.ways if w.by_definition]
        world = first_world(nogoods, verdict.variables)
        if world is None:
            return None, True
        for engine in verdict.engines:
            core = engine.clash(claims_in(engine.system, world))
            if core is not None:
                verdict.ways.append(_way(engine.system, engine.shrink(core)))
                break
        else:
            return world, True
    return world, False


def _joint(verdict: Verdict) -> list[frozenset[str]]:
    """Return the smallest sets of claims that fail in each reading, not always in one way.

    What fails whatever is read is no part of these: it is a conflict by itself.
    """
    definite = [way for way in verdict.ways if way.by_definition]
    always = [way.units for way in definite if not way.world]
    by_reading = [
        (way.units, dict(way.world))
        for way in definite
        if way.world and not any(units <= way.units for units in always)
    ]
    names = sorted({name for units, _ in by_reading for name in units})

    def saved(claims: frozenset[str]) -> bool:
        nogoods = [world for units, world in by_reading if units <= claims]
        return first_world(nogoods, verdict.variables) is not None

    found = smallest_failing(names, saved) if by_reading else []
    return [claims for claims in found if not any(units <= claims for units in always)]
