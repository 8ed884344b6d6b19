"""What would have to give, so that all else can hold: a figure first, then a voice.

Sets that cannot all hold are grouped under the figure that stands in most of them. Among figures
that stand in as many, the one whose sets miss each other by most gives first: of 100 votes, 60 and
41 of them, a surplus of 1 % and one of 50 votes it is the 50, which no slip in a sum explains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

import pandas as pd

from bakhmut.consistency.case import Case
from bakhmut.consistency.explain import margin_of
from bakhmut.engine.conflicts import hitting_sets
from bakhmut.engine.solver import World, bits_of
from bakhmut.engine.status import AT_ODDS, BY_DEFINITION
from bakhmut.engine.verdicts import Core, Verdict
from bakhmut.meaning.vocabulary import Choice

COLUMNS = ["correction", "kind", "gives", "origins", "readings", "ties", "group"]
GIVES = ["gives", "origin", "conflicts", "of", "others"]
MOST_WORLDS = 4096
# Beyond so many sets only how many a figure stands in is asked, not by how much they miss.
MOST_WEIGHED = 40


class Change(NamedTuple):
    """Claims and assumptions that give, in a world in which nothing else fails then."""

    gives: frozenset[str]
    cost: tuple[int, int, int]
    world: World


class Group(NamedTuple):
    """Sets that have a culprit in common, and all that could be it, the likeliest first."""

    culprits: tuple[str, ...]
    cores: tuple[Core, ...]


@dataclass
class Weigher:
    """By how much sets miss, and which of their figures gives first; decided when asked for."""

    case: Case

    def miss(self, core: Core, only: str = "") -> Fraction | None:
        """Return the margin of a set, or how far one of its figures alone would have to move."""
        return margin_of(self.case, core, only=only)

    def groups(self, cores: Iterable[Core]) -> list[Group]:
        """Return sets under the figures that stand in most of them."""
        left = list({core.premises: core for core in cores}.values())
        groups = []
        while left:
            held: dict[str, list[Core]] = {}
            for core in left:
                for name in members(core):
                    held.setdefault(name, []).append(core)
            weighed = 1 < len(left) <= MOST_WEIGHED
            first = max(held, key=lambda name: self._weight(name, held[name], weighed=weighed))
            own = tuple(held[first])
            groups.append(Group(self._culprits(own), own))
            left = [core for core in left if core not in own]
        return groups

    def _weight(self, name: str, cores: list[Core], *, weighed: bool) -> tuple:
        sizes = (self.miss(core) for core in cores if weighed)
        miss = sum(Fraction(1) if size is None else size for size in sizes)
        return len(cores), miss, is_assumed(self.case, name), -self._place(name)

    def _culprits(self, cores: Sequence[Core]) -> tuple[str, ...]:
        """Return what all of some sets have, assumptions alone if there are any.

        The figure that would have to move by least comes first.
        """
        shared = frozenset.intersection(*map(members, cores))
        names = [name for name in shared if is_assumed(self.case, name)] or list(shared)
        if len(names) == 1 or len(cores) > MOST_WEIGHED:
            return tuple(sorted(names, key=self._place))

        def change(name: str) -> tuple:
            sizes = [self.miss(core, name) for core in cores]
            moved = max((size for size in sizes if size is not None), default=Fraction(0))
            return None in sizes, moved, self._place(name)

        return tuple(sorted(names, key=change))

    def _place(self, name: str) -> int:
        """Return where a claim or assumption stands among all, ours last."""
        return self.case.place.get(name, len(self.case.place))


def members(core: Core) -> frozenset[str]:
    """Return all without any of which a core holds: claims, assumptions, and those of ours."""
    return core.premises | frozenset(core.ours)


def is_assumed(case: Case, name: str) -> bool:
    """Return whether a member is an assumption, of the dossier or of ours ("about", a toll)."""
    return name not in case.by_name or case.by_name[name].is_assumption


def gives_of(case: Case) -> pd.DataFrame:
    """Return the sets at odds grouped by culprit (see `verbs.Check`).

    What rests on an assumption is taken in only where nothing else is at odds: there it is the
    assumption that gives.
    """
    sure = any(c.status in BY_DEFINITION for c in case.conflicts)
    taken = BY_DEFINITION if sure else AT_ODDS
    names = {c.premises: c.name for c in case.conflicts if c.status in taken and not c.missing}
    cores = [
        replace(c.cores[0], premises=c.premises) for c in case.conflicts if c.premises in names
    ]
    rows = []
    for group in Weigher(case).groups(cores):
        first, *others = group.culprits
        sets = tuple(sorted((names[core.premises] for core in group.cores), key=_number))
        origin = "" if is_assumed(case, first) else case.by_name[first].origin
        rows.append([first, origin, sets, len(names), tuple(others)])
    return pd.DataFrame(rows, columns=GIVES)


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def corrections_of(case: Case) -> pd.DataFrame:
    """Return the smallest ways to resolve what fails, each over its best reading."""
    rows: list[list] = []
    groups = 0
    weigher = Weigher(case)
    for verdict in case.verdicts:
        if verdict.cores:
            own = _corrections_in(verdict, weigher)
            rows += [[*row, group + groups] for row, group in own]
            groups += max(group for _, group in own)
    return pd.DataFrame([[n, *row] for n, row in enumerate(rows, 1)], columns=COLUMNS)


def _corrections_in(verdict: Verdict, weigher: Weigher) -> list[tuple[list, int]]:
    """Return the rows of one verdict, each with the number of its group."""
    case = weigher.case
    changes = _changes(verdict, case)
    if not changes:  # there are too many ways: the figures that stand in most conflicts will do
        world, failing = _worlds_to_mend(verdict, case)[0]
        return _by_group(weigher.groups(failing), world, verdict, case)
    least = min(change.cost[:2] for change in changes)
    small = [change for change in changes if change.cost[:2] == least]
    worlds = {tuple(change.world.items()): change.world for change in small}
    if len(worlds) == 1 and sum(least):
        (world,) = worlds.values()
        groups = weigher.groups(_Failing(verdict.cores).within(world))
        kinds = [is_assumed(case, group.culprits[0]) for group in groups]
        if (kinds.count(False), kinds.count(True)) == least:
            voices = [(row, 1) for row in _voices(changes, verdict, case, least)]
            return _by_group(groups, world, verdict, case) + voices
    best = min(change.cost for change in small)
    same = sorted((c for c in small if c.cost == best), key=lambda c: sorted(c.gives))
    return [(_row(change, verdict, case, len(same)), 1) for change in same]


def _by_group(
    groups: list[Group], world: World, verdict: Verdict, case: Case
) -> list[tuple[list, int]]:
    """Return a row for each figure that would do for its group."""
    found = []
    for n, group in enumerate(groups, 1):
        for name in group.culprits:
            change = Change(frozenset({name}), (0, 0, 0), world)
            found.append((_row(change, verdict, case, len(group.culprits)), n))
    return found


def _changes(verdict: Verdict, case: Case) -> list[Change]:
    """Return the smallest changes that mend each world, those that give less first seen once."""
    names = [premise.name for premise in verdict.premises]
    names = list(dict.fromkeys([*names, *(name for core in verdict.cores for name in core.ours)]))
    place = {name: 1 << n for n, name in enumerate(names)}
    found: dict[frozenset[str], Change] = {}
    seen: set[frozenset[int]] = set()
    for world, cores in _worlds_to_mend(verdict, case):
        failing = frozenset(sum(place[name] for name in members(core)) for core in cores)
        if failing in seen:  # the first of the worlds that fail alike stands for all
            continue
        seen.add(failing)
        corrections = hitting_sets(sorted(failing))
        if corrections is None:  # where more fails there would be more ways yet
            break
        for correction in corrections:
            gives = frozenset(names[n] for n in bits_of(correction))
            claims = [name for name in gives if not is_assumed(case, name)]
            voices = len({case.by_name[name].origin for name in claims})
            cost = len(claims), len(gives) - len(claims), voices
            if gives not in found:
                found[gives] = Change(gives, cost, world)
    return list(found.values())


def _voices(
    changes: list[Change], verdict: Verdict, case: Case, least: tuple[int, int]
) -> list[list]:
    """Return rows for a voice that could give in place of several voices' figures."""
    single = [change for change in changes if change.cost[2] == 1 and least[0] > 1]
    if not single:
        return []
    size = min(change.cost for change in single)
    same = [change for change in single if change.cost == size]
    rows = [_row(change, verdict, case, len(same)) for change in same]
    return [["voice", *row[1:]] for row in rows]


class _Failing:
    """The ways to fail that a world has, looked up by the first reading that each takes."""

    def __init__(self, cores: list[Core]):
        self.cores = cores
        self.always = [at for at, core in enumerate(cores) if not core.world]
        self.by_first: dict[tuple[Choice, str], list[int]] = defaultdict(list)
        for at, core in enumerate(cores):
            for first in core.world[:1]:
                self.by_first[first].append(at)

    def within(self, world: World) -> list[Core]:
        """Return the ways to fail of one world."""
        near = (at for taken in world.items() for at in self.by_first.get(taken, ()))
        found = (at for at in near if all(world.get(v) == r for v, r in self.cores[at].world))
        return [self.cores[at] for at in sorted([*self.always, *found])]


def _row(change: Change, verdict: Verdict, case: Case, ties: int) -> list:
    """Return a row of the frame without its number and its group."""
    claims = [name for name in sorted(change.gives) if not is_assumed(case, name)]
    kind = "claims" if claims else "assumption" if change.gives else "reading"
    voices = tuple(dict.fromkeys(case.by_name[name].origin for name in claims))
    left = [dict(core.world) for core in verdict.cores if not members(core) & change.gives]
    shown = _needed(change.world, left)
    return [kind, tuple(sorted(change.gives)), voices, case.named(shown), ties]


def _needed(world: World, nogoods: list[World]) -> World:
    """Return the readings of a world without those that no conflict needs to be otherwise."""
    kept = dict(world)
    for variable in world:
        rest = {v: r for v, r in kept.items() if v != variable}
        if all(any(rest.get(v, r) != r for v, r in bad.items()) for bad in nogoods):
            kept = rest
    return kept


def _worlds_to_mend(verdict: Verdict, case: Case) -> list[tuple[World, list[Core]]]:
    """Return the worlds worth mending, each with its ways to fail.

    They are every setting of the words on which conflicts turn.

    Of those in which as little fails, the ones in which words are read as usual come first.
    """
    every, fails = verdict.variables, _Failing(verdict.cores)
    used = [v for v in every if any(v == x for core in verdict.cores for x, _ in core.world)]
    if prod(len(every[v]) for v in used) > MOST_WORLDS:
        world = verdict.world or {v: every[v][0] for v in used}
        return [(world, fails.within(world))]
    worlds = [dict(zip(used, chosen, strict=True)) for chosen in product(*(every[v] for v in used))]
    usual = case.usual
    unusual = [sum(r not in usual.get(v, (r,)) for v, r in world.items()) for world in worlds]
    failing = [fails.within(world) for world in worlds]
    order = sorted(range(len(worlds)), key=lambda n: (len(failing[n]), unusual[n]))
    return [(worlds[n], failing[n]) for n in order]
