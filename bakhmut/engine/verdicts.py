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
from functools import cached_property, reduce
from itertools import product
from math import prod

from bakhmut.engine.conflicts import Enumeration, smallest_failing
from bakhmut.engine.solver import Solver, World, bits_of, claims_in
from bakhmut.engine.worlds import MOST_COMBINATIONS, Variables, essential, first_world, open_worlds
from bakhmut.meaning.readings import ABOUT, ONCE, Premise, choices_of, readings_of
from bakhmut.meaning.systems import System, part_of
from bakhmut.meaning.totals import Run
from bakhmut.meaning.vocabulary import Choice

MOST_LEARNT = 64
MOST_CONFIRMED = 2_000
MOST_TRIALS = 500_000


@dataclass(frozen=True)
class Core:
    """One reading under which some premises conflict, and whether by definitions alone."""

    premises: frozenset[str]
    world: tuple[tuple[Choice, str], ...]
    by_definition: bool
    # Assumptions of ours that it rests on: what "about" usually means, that a toll is final.
    ours: tuple[str, ...]
    literals: int
    system: System


@dataclass
class Conflict:
    """A smallest set of premises that cannot all hold, under the readings in which they fail."""

    systems: tuple[System, ...]
    premises: frozenset[str]
    cores: list[Core]
    status: str = ""
    fails: tuple[World, ...] = ()
    holds: tuple[World, ...] = ()
    missing: tuple[str, ...] = ()
    name: str = ""

    @property
    def ours(self) -> tuple[str, ...]:
        """The assumptions of ours that it rests on."""
        return tuple(dict.fromkeys(name for core in self.cores for name in core.ours))


@dataclass
class Verdict:
    """The conflicts of linked systems, and a world in which their claims hold by definitions."""

    solvers: list[Solver]
    cores: list[Core]
    conflicts: list[Conflict] = field(default_factory=list)
    world: World | None = None
    certain: bool = True  # whether no limit was reached in looking for a world
    complete: bool = True  # whether no conflict is missing
    notes: list[str] = field(default_factory=list)  # where a limit was reached
    # Totals of which those between are not decided, for no end is in a conflict; and as yet.
    runs: list[Run] = field(default_factory=list)
    open: list[Run] = field(default_factory=list)

    @cached_property
    def variables(self) -> Variables:
        """The choices of all its systems, each with its readings."""
        return choices_of(one for solver in self.solvers for one in solver.system.literals)

    @cached_property
    def words(self) -> frozenset[Choice]:
        """The choices of its claims: an assumption's own are of no claim."""
        claims = (premise for premise in self.premises if not premise.is_assumption)
        return frozenset(choices_of(readings_of(claims)))

    @property
    def premises(self) -> list[Premise]:
        """The premises of all its systems; an assumption may be in several."""
        decided = [premise for solver in self.solvers for premise in solver.system.premises]
        return [*decided, *(one for run in (*self.runs, *self.open) for one in run.between)]


def judge(solver: Solver, found: Enumeration) -> Verdict:
    """Return the verdict on a system from its conflicts of literals."""
    system = solver.system
    verdict = Verdict([solver], [_core_of(system, mask) for mask in found.conflicts])
    verdict.certain = verdict.complete = found.complete
    verdict.notes = list(found.notes)
    _settle_on_a_world(verdict)
    verdict.cores = _needed(verdict.cores)
    groups: dict[tuple, list[Core]] = {}
    for core in verdict.cores:
        groups.setdefault((core.premises, core.ours), []).append(core)
    verdict.conflicts = [
        Conflict((system,), premises, cores) for (premises, _), cores in groups.items()
    ]
    verdict.conflicts += _joint_conflicts(verdict)
    for conflict in verdict.conflicts:
        _read(conflict, verdict.cores)
    if not found.complete:
        left = MOST_CONFIRMED
        for conflict in verdict.conflicts:
            left -= _confirm(conflict, verdict.cores, left)
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
        [solver for one in verdicts for solver in one.solvers],
        [core for one in verdicts for core in one.cores],
        [conflict for one in verdicts for conflict in one.conflicts],
        certain=all(one.certain or one.world is None for one in verdicts),
        complete=all(one.complete for one in verdicts),
        notes=[note for one in verdicts for note in one.notes],
    )
    _settle_on_a_world(whole)
    for conflict in _joint_conflicts(whole):
        _read(conflict, whole.cores)
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
    known = {c.premises for c in verdict.conflicts if not c.ours}
    joint, whole = _joint(verdict)
    if not whole:
        verdict.notes.append(
            "not all sets were searched for that fail in each reading in another way: "
            f"{len(joint)} are here"
        )
    # With what is missing they may be smaller; in a large system that takes too long to ask.
    if not verdict.complete and not any(solver.large for solver in verdict.solvers):
        joint = [_smallest(verdict, premises) for premises in joint]
    verdict.complete &= whole
    found = []
    for premises in dict.fromkeys(joint):
        if premises not in known:
            cores = [w for w in verdict.cores if w.by_definition and w.premises <= premises]
            systems = tuple({id(w.system): w.system for w in cores}.values())
            found.append(Conflict(systems, premises, cores))
    return found


def _smallest(verdict: Verdict, premises: frozenset[str]) -> frozenset[str]:
    """Return claims of some that fail in every world, and of which every part holds in one."""
    for name in sorted(premises):
        if _fails_always(verdict, premises - {name}):
            premises -= {name}
    return premises


def _fails_always(verdict: Verdict, premises: frozenset[str]) -> bool:
    """Return whether no world saves some claims; what is learnt of them is kept."""
    for _ in range(MOST_LEARNT):
        nogoods = [
            dict(w.world) for w in verdict.cores if w.by_definition and w.premises <= premises
        ]
        world = first_world(nogoods, verdict.variables)
        if world is None:
            return True
        for solver in verdict.solvers:
            own = claims_in(solver.system, world, among=premises)
            core = solver.core(own)
            if core is not None:
                verdict.cores.append(_core_of(solver.system, solver.shrink(core)))
                break
        else:
            return False
    return False


def _core_of(system: System, mask: int) -> Core:
    literals = [system.literals[number] for number in bits_of(mask)]
    premises = [system.premises[literal.premise] for literal in literals]
    ours = [ABOUT] if any(literal.about for literal in literals) else []
    ours += [ONCE] if any(system.later.get(n, 0) & mask for n in bits_of(mask)) else []
    return Core(
        frozenset(premise.name for premise in premises),
        tuple({v: r for literal in literals for v, r in literal.choices}.items()),
        not ours and not any(premise.is_assumption for premise in premises),
        tuple(ours),
        mask,
        system,
    )


def _needed(cores: list[Core]) -> list[Core]:
    """Return the ways to fail without those that need an assumption of ours and could do without.

    What conflicts at the furthest ends of "about" does so at its usual ones, too.
    """
    by_premises: dict[frozenset[str], list[Core]] = {}
    for core in cores:
        by_premises.setdefault(core.premises, []).append(core)
    return [
        core
        for core in cores
        if not core.ours
        or not any(
            set(other.ours) < set(core.ours) and set(other.world) <= set(core.world)
            for other in by_premises[core.premises]
        )
    ]


def _read(conflict: Conflict, cores: list[Core]) -> None:
    """Set the readings under which a conflict fails and holds, and its status."""
    ours = set(conflict.ours)
    inside = [w for w in cores if w.premises <= conflict.premises and ours.issuperset(w.ours)]
    readings = _readings_of(conflict)
    worlds = prod(map(len, readings.values()))
    if worlds > MOST_COMBINATIONS or worlds * len(inside) > MOST_TRIALS:
        conflict.fails = tuple(dict(core.world) for core in conflict.cores)
        saved = first_world([dict(w.world) for w in inside], readings)
        conflict.holds = () if saved is None else (saved,)
    else:
        failing, holding = [], []
        for chosen in product(*readings.values()):
            world = dict(zip(readings, chosen, strict=True))
            fails = any(all(world[v] == r for v, r in core.world) for core in inside)
            (failing if fails else holding).append(world)
        conflict.fails, conflict.holds = essential(readings, failing, holding)
    if ours or any(u.is_assumption for s in conflict.systems for u in s.premises
                    if u.name in conflict.premises):  # fmt: skip
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
        for literals, premise in zip(system.by_premise, system.premises, strict=True):
            if premise.name in conflict.premises:
                found |= {v: every[v] for literal in literals for v, _ in literal.choices}
    return found


def _confirm(conflict: Conflict, cores: list[Core], most: int) -> int:
    """Decide a reading that is said to save a conflict's claims; return how many were tried.

    Where the search was stopped, that no conflict is known in a reading does not say that there
    is none. After so many the conflict is `undecided`.
    """
    if conflict.status != "contradiction-in-some-readings":
        return 0
    (system,) = conflict.systems
    numbers = [n for n, own in enumerate(system.literals)
               if system.premises[own.premise].name in conflict.premises]  # fmt: skip
    part, _ = part_of(system, numbers)
    solver = Solver(part)
    nogoods = [dict(w.world) for w in cores if w.by_definition and w.premises <= conflict.premises]
    conflict.holds, known = (), len(nogoods)
    for tried, world in enumerate(open_worlds(nogoods, part.variables)):
        if tried >= most:
            conflict.status = "undecided"
            return tried
        core = solver.core(claims_in(part, world))
        if core is None:
            conflict.holds = (world,)
            return tried + 1
        nogoods.append(dict(_core_of(part, solver.shrink(core)).world))
    conflict.status = "contradiction"
    conflict.fails = tuple(nogoods)
    return len(nogoods) - known


def _consistent_world(verdict: Verdict) -> tuple[World | None, bool]:
    """Return a world in which the claims hold by definitions alone, and whether that is certain.

    The witness is decided exactly; a conflict that the search has missed is learnt on the way.
    """
    for _ in range(MOST_LEARNT):
        nogoods = [dict(w.world) for w in verdict.cores if w.by_definition]
        world = first_world(nogoods, verdict.variables)
        if world is None:
            return None, True
        for solver in verdict.solvers:
            core = solver.core(claims_in(solver.system, world))
            if core is not None:
                verdict.cores.append(_core_of(solver.system, solver.shrink(core)))
                break
        else:
            return world, True
    return world, False


def _joint(verdict: Verdict) -> tuple[list[frozenset[str]], bool]:
    """Return the smallest sets of claims that fail in each reading, not always in one way.

    And whether these are all. What fails whatever is read is a conflict by itself, none of these.
    """
    definite = [core for core in verdict.cores if core.by_definition]
    always = [core.premises for core in definite if not core.world]
    by_reading = [
        (core.premises, dict(core.world))
        for core in definite
        if core.world and not any(premises <= core.premises for premises in always)
    ]
    names = sorted({name for premises, _ in by_reading for name in premises})
    nogoods = [(sum(1 << names.index(name) for name in own), w) for own, w in by_reading]

    def failing(claims: int) -> int | None:
        inside = [(some, world) for some, world in nogoods if not some & ~claims]
        met: list[World] = []
        if first_world([world for _, world in inside], verdict.variables, met=met) is not None:
            return None
        needed = set(map(id, met))
        return reduce(int.__or__, (some for some, world in inside if id(world) in needed), 0)

    sets, whole = smallest_failing((1 << len(names)) - 1, failing) if nogoods else ([], True)
    joint = [frozenset(names[n] for n in bits_of(some)) for some in sets]
    return [claims for claims in joint if not any(one <= claims for one in always)], whole
