"""What would have to give, so that all else can hold."""

from __future__ import annotations

from itertools import product
from math import prod

import pandas as pd

from bakhmut.consistency.case import Case
from bakhmut.engine.conflicts import transversals
from bakhmut.engine.solver import World, bits_of
from bakhmut.engine.verdicts import Verdict


def corrections_of(case: Case) -> pd.DataFrame:
    """Return the smallest ways to resolve what fails, each over its best reading."""
    columns = ["correction", "kind", "gives", "origins", "readings", "ties", "group"]
    origin = {unit.name: unit.origin for unit in case.claims}
    rows: list[list] = []
    at_odds = [verdict for verdict in case.verdicts if verdict.ways]
    for group, verdict in enumerate(at_odds, 1):
        rows += [[*row, group] for row in _corrections_in(verdict, origin, case)]
    for n, row in enumerate(rows, 1):
        row.insert(0, n)
    return pd.DataFrame(rows, columns=columns)


def _corrections_in(verdict: Verdict, origin: dict[str, str], case: Case) -> list[list]:
    units = list(dict.fromkeys(unit.name for unit in verdict.units))
    best: dict[frozenset[str], World] = {}
    size: tuple[int, int, int] | None = None
    masks = [sum(1 << units.index(name) for name in way.units) for way in verdict.ways]
    seen: set[frozenset[int]] = set()
    for world in _worlds_to_mend(verdict):
        failing = frozenset(
            mask
            for mask, way in zip(masks, verdict.ways, strict=True)
            if all(world.get(v) == r for v, r in way.world)
        )
        if failing in seen:  # the first of the worlds that fail alike stands for all
            continue
        seen.add(failing)
        for correction in transversals(sorted(failing)) or []:
            gives = frozenset(units[n] for n in bits_of(correction))
            claims = [name for name in gives if name in origin]
            cost = (len({origin[c] for c in claims}), len(claims), len(gives) - len(claims))
            if size is None or cost < size:
                best, size = {}, cost
            if cost == size:
                best.setdefault(gives, world)
    rows = []
    for gives, world in sorted(best.items(), key=lambda item: sorted(item[0])):
        claims = [name for name in gives if name in origin]
        kind = "claims" if claims else "assumption" if gives else "reading"
        voices = tuple(dict.fromkeys(origin[c] for c in claims))
        shown = _needed(world, [dict(w.world) for w in verdict.ways if not w.units & gives])
        rows.append([kind, tuple(sorted(gives)), voices, case.named(shown), len(best)])
    return rows


def _needed(world: World, nogoods: list[World]) -> World:
    """Return the readings of a world without those that no conflict needs to be otherwise."""
    kept = dict(world)
    for variable in world:
        rest = {v: r for v, r in kept.items() if v != variable}
        if all(any(rest.get(v, r) != r for v, r in bad.items()) for bad in nogoods):
            kept = rest
    return kept


def _worlds_to_mend(verdict: Verdict) -> list[World]:
    """Return the worlds worth mending: every setting of the words on which conflicts turn."""
    every = verdict.variables
    used = [v for v in every if any(v == x for way in verdict.ways for x, _ in way.world)]
    if prod(len(every[v]) for v in used) > 4096:
        return [verdict.world or {v: every[v][0] for v in used}]
    return [dict(zip(used, chosen, strict=True)) for chosen in product(*(every[v] for v in used))]
