"""An independent judge of small dossiers: every subset, every reading, z3 over explicit cells.

It shares nothing with the engine but the raw tables. Cells are written out one by one: every
combination of a side, a measure, a place and a stretch of time, each inside or outside of what
an origin leaves unstated. A scope is the sum of the cells it holds; all is decided by z3.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import z3

SIDES = {"North": ["n1", "n2"], "Guards": ["n1"], "South": ["s"]}
MEASURES = {"killed": ["k"], "wounded": ["w"], "missing": ["m"]}
PLACES = {"Land": ["city", "town", "rest"], "City": ["city"], "Town": ["town"]}
TIMES = {
    "2020-01-01/2020-12-31": [0, 1, 2],
    "2020-01-01/2020-06-30": [0, 1],
    "2020-04-01/2020-12-31": [1, 2],
}
WORDS = {  # measure -> reading -> the sum it means
    "casualties": {"narrow": ["killed", "wounded"], "wide": ["killed", "wounded", "missing"]},
    "lost": {"dead": ["killed"], "all": ["killed", "wounded"]},
}
TERMS = """kind,term,reading,means,because
measure,casualties,narrow,killed + wounded,
measure,casualties,wide,killed + wounded + missing,
measure,lost,dead,killed,
measure,lost,all,killed + wounded,
place,Land,,City + Town + ...,
side,North,,Guards + ...,
"""


class Oracle:
    """Decides a dossier given as rows (dicts of the claims' columns, numbers as Fractions)."""

    def __init__(self, claims, assumptions=()):
        self.claims, self.assumptions = claims, list(assumptions)
        self.units = [*claims, *self.assumptions]
        unstated = sorted({c["source"] for c in claims if not c["period"]})
        times = {t for c in claims for t in (c["period"], c.get("per_period")) if t}
        widest = "2020-01-01/2020-12-31"
        # What is not stated is part of the widest period used; without one it stands alone.
        self.inside = unstated if widest in times or len(times) == 1 else []
        self.within = TIMES[widest] if widest in times else TIMES[next(iter(times), widest)]
        self.alone = [] if self.inside else unstated
        stretches = [0, 1, 2, *(("alone", o) for o in self.alone)]
        self.cells = {}
        for s, m, p, t in product(["n1", "n2", "s"], "kwm", ["city", "town", "rest"], stretches):
            for bits in product((False, True), repeat=len(self.inside)):
                if any(bits) and t not in self.within:
                    continue
                key = (s, m, p, t, bits)
                self.cells[key] = z3.Real("_".join(map(str, key)).replace(" ", ""))
        self.solvers = {}
        self.variables = {}
        for unit in claims:
            for measure in (unit["measure"], unit.get("per_measure")):
                if measure in WORDS:
                    self.variables[unit["source"], measure] = list(WORDS[measure])

    def count(self, side, measure, place, period, world, source):
        parts = WORDS[measure][world[source, measure]] if measure in WORDS else [measure]
        atoms = {MEASURES[part][0] for part in parts}
        total = []
        for (s, m, p, t, bits), cell in self.cells.items():
            if s in SIDES[side] and m in atoms and p in PLACES[place]:
                if period:
                    held = t in TIMES[period]
                elif self.inside:
                    held = t in self.within and bits[self.inside.index(source)]
                else:
                    held = t == ("alone", source)
                if held:
                    total.append(cell)
        return z3.Sum(total) if total else z3.RealVal(0)

    def rows(self, unit, world):
        if "assumption" in unit:  # wounded per killed of a side, at every place and time
            found = []
            for p, t, bits in {key[2:]: None for key in self.cells}:
                killed, wounded = (
                    z3.Sum([self.cells[s, m, p, t, bits] for s in SIDES[unit["side"]]])
                    for m in "kw"
                )
                found += [wounded >= q(unit["low"]) * killed, wounded <= q(unit["high"]) * killed]
            return found
        scope = [unit[c] for c in ("side", "measure", "place", "period")]
        top = self.count(*scope, world, unit["source"])
        if not unit["per_side"]:
            rows = [top >= q(unit["low"])] if unit["low"] is not None else []
            return rows + ([top <= q(unit["high"])] if unit["high"] is not None else [])
        per = [unit[c] for c in ("per_side", "per_measure", "per_place", "per_period")]
        bottom = self.count(*per, world, unit["source"])
        rows = [bottom >= 1]
        rows += [top >= q(unit["low"]) * bottom] if unit["low"] is not None else []
        rows += [top <= q(unit["high"]) * bottom] if unit["high"] is not None else []
        return rows

    def holds(self, chosen, world):
        """Return whether the units with these numbers can all hold in a world."""
        key = tuple(world.items())
        if key not in self.solvers:
            solver = z3.SolverFor("QF_LRA")
            solver.add(*(cell >= 0 for cell in self.cells.values()))
            guards = [z3.Bool(f"unit {n}") for n in range(len(self.units))]
            for guard, unit in zip(guards, self.units, strict=True):
                solver.add(z3.Implies(guard, z3.And(*self.rows(unit, world))))
            self.solvers[key] = (solver, guards)
        solver, guards = self.solvers[key]
        answer = solver.check(*(guards[n] for n in chosen))
        assert answer != z3.unknown
        return answer == z3.sat

    def worlds(self):
        names = list(self.variables)
        for chosen in product(*self.variables.values()):
            yield dict(zip(names, chosen, strict=True))

    def judge(self):
        """Return (status, minimal conflicts as frozensets of names, consistent worlds)."""
        name = [u.get("claim") or u["assumption"] for u in self.units]
        worlds = list(self.worlds())
        failing = {}  # world number -> its minimal conflicts
        for n, world in enumerate(worlds):
            minimal = []
            for size in range(1, len(self.units) + 1):
                for some in combinations(range(len(self.units)), size):
                    known = any(one <= set(some) for one in minimal)
                    if not known and not self.holds(some, world):
                        minimal.append(set(some))
            failing[n] = minimal
        assumed = set(range(len(self.claims), len(self.units)))
        found = {frozenset(name[i] for i in one) for each in failing.values() for one in each}
        joint = []  # smallest sets of claims that fail in every world
        for size in range(1, len(self.claims) + 1):
            for some in combinations(range(len(self.claims)), size):
                if any(known <= set(some) for known in joint):
                    continue
                if all(any(c <= set(some) for c in each) for each in failing.values()):
                    joint.append(set(some))
        found |= {frozenset(name[i] for i in one) for one in joint}
        definite = {n: [c for c in each if not c & assumed] for n, each in failing.items()}
        consistent = sum(not each for each in definite.values())
        if consistent == 0:
            status = "contradiction"
        elif consistent < len(worlds):
            status = "contradiction-in-some-readings"
        elif any(failing.values()):
            status = "conflicts-with-assumption"
        else:
            status = "consistent"
        return status, found, consistent

    def bounds(self, side, measure, place, period):
        """Return the least and greatest count over all consistent worlds (None = open)."""
        lows, highs = [], []
        for world in self.worlds():
            if not self.holds(range(len(self.claims)), world):
                continue
            form = self.count(side, measure, place, period, world, "")
            for found, goal in ((lows, "minimize"), (highs, "maximize")):
                optimum = z3.Optimize()
                optimum.add(*(cell >= 0 for cell in self.cells.values()))
                for unit in self.claims:
                    optimum.add(*self.rows(unit, world))
                handle = getattr(optimum, goal)(form)
                assert optimum.check() == z3.sat
                value = handle.value()
                found.append(None if "oo" in str(value) else Fraction(str(value)))
        low = None if None in lows or not lows else min(lows)
        high = None if None in highs or not highs else max(highs)
        return low, high


def q(value):
    value = Fraction(value)
    return z3.Q(value.numerator, value.denominator)
