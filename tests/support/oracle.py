"""An independent judge of small dossiers: every subset, every reading, z3 over explicit cells.

It shares nothing with the engine but the raw tables. Cells are written out one by one: every
combination of a side, a measure, a place and a stretch of time, and of each as much as lies in
what an origin leaves unstated. A scope is the sum of the cells it holds; all is decided by z3.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import ceil, floor

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


def meant(row):
    """Return (low, high, high is strict) of a row of texts, by the words of the codebook.

    Written out by hand for the few hedges that are drawn: "about" is 20 % at most, "about-usual"
    5 %, "so far" at least, "under" less than; a figure of one number is half a unit of its last
    digit either way, less than that above.
    """
    low, high = (Fraction(row[end]) if row[end] else None for end in ("low", "high"))
    hedge, count = row.get("hedge", ""), not row.get("per_side")
    if hedge in ("about", "about-usual"):
        width = Fraction(1, 5) if hedge == "about" else Fraction(1, 20)
        return low * (1 - width), high * (1 + width), False
    if hedge == "so far":
        return low, None, False
    if hedge == "under":
        return (None, high - 1, False) if count else (None, high, True)
    text = row["low"]
    if row.get("claim") and text and text == row["high"] and hedge in ("", "difference"):
        decimals = len(text.partition(".")[2])
        zeros = len(text) - len(text.rstrip("0"))
        unit = Fraction(1, 10**decimals) if "." in text else Fraction(0)
        if not decimals and len(text) >= 5 and zeros >= 2:
            unit = min(Fraction(10) ** zeros, Fraction(text) / 20)
        if unit:
            least = low - unit / 2
            return least if hedge else max(least, Fraction(0)), high + unit / 2, True
    return low, high, False


class Oracle:
    """Decides a dossier given as rows of texts (dicts of the tables' columns)."""

    def __init__(self, claims, assumptions=()):
        self.claims, self.assumptions = claims, list(assumptions)
        # What "about" usually means is an assumption of ours, one for each claim.
        self.usual = [{**row, "hedge": "about-usual"} for row in claims if is_about(row)]
        self.units = [*claims, *self.usual, *self.assumptions]
        unstated = sorted({c["source"] for c in claims if not c["period"]})
        times = {t for c in claims for t in (c["period"], c.get("per_period")) if t}
        widest = "2020-01-01/2020-12-31"
        # What is not stated is part of the widest period used; without one it stands alone.
        self.inside = unstated if widest in times or len(times) == 1 else []
        self.within = TIMES[widest] if widest in times else TIMES[next(iter(times), widest)]
        self.alone = [] if self.inside else unstated
        stretches = [0, 1, 2, *(("alone", o) for o in self.alone)]
        keys = product(["n1", "n2", "s"], "kwm", ["city", "town", "rest"], stretches)
        self.cells = {key: z3.Real("_".join(map(str, key)).replace(" ", "")) for key in keys}
        self.part = {
            (origin, *key): z3.Real(f"{origin} {key}")
            for origin, key in product(self.inside, self.cells)
            if key[3] in self.within
        }
        self.possible = [cell >= 0 for cell in self.cells.values()]
        for (_, *key), part in self.part.items():
            self.possible += [part >= 0, part <= self.cells[tuple(key)]]
        self.solver, self.guards = z3.SolverFor("QF_LRA"), {}
        self.solver.add(*self.possible)
        self.variables = {}
        for unit in claims:
            for measure in (unit["measure"], unit.get("per_measure")):
                if measure in WORDS:
                    self.variables[unit["source"], measure] = list(WORDS[measure])

    def count(self, side, measure, place, period, world, source):
        parts = WORDS[measure][world[source, measure]] if measure in WORDS else [measure]
        atoms = {MEASURES[part][0] for part in parts}
        total = []
        for (s, m, p, t), cell in self.cells.items():
            if s in SIDES[side] and m in atoms and p in PLACES[place]:
                if period or not self.inside:
                    held = t in TIMES[period] if period else t == ("alone", source)
                    total += [cell] if held else []
                elif t in self.within:
                    total.append(self.part[source, s, m, p, t])
        return z3.Sum(total) if total else z3.RealVal(0)

    def _pieces(self, sides):
        """Yield the killed and the wounded of every piece that is told apart.

        A place and a stretch of time; and, for each origin by itself, what of it lies in the part
        that it leaves unstated, and what does not: where two such parts meet nobody says.
        """
        for p, t in {key[2:]: None for key in self.cells}:
            whole = [z3.Sum([self.cells[s, m, p, t] for s in sides]) for m in "kw"]
            yield whole
            for origin in self.inside if t in self.within else ():
                part = [z3.Sum([self.part[origin, s, m, p, t] for s in sides]) for m in "kw"]
                yield part
                yield [all_ - some for all_, some in zip(whole, part, strict=True)]

    def rows(self, unit, world, *, closed=False):
        if "assumption" in unit:  # wounded per killed of a side, at every place and time
            found = []
            low, high, _ = meant(unit)
            for killed, wounded in self._pieces(SIDES[unit["side"]]):
                found += [wounded >= q(low) * killed, wounded <= q(high) * killed]
            return found
        scope = [unit[c] for c in ("side", "measure", "place", "period")]
        top = self.count(*scope, world, unit["source"])
        low, high, strict = meant(unit)
        strict = strict and not closed

        def up_to(number):
            return top < number if strict else top <= number

        if not unit["per_side"]:
            rows = [top >= q(low)] if low is not None else []
            return rows + ([up_to(q(high))] if high is not None else [])
        per = [unit[c] for c in ("per_side", "per_measure", "per_place", "per_period")]
        bottom = self.count(*per, world, unit["source"])
        if unit.get("hedge") == "difference":
            return [top - bottom >= q(low), up_to(q(high) + bottom)]
        rows = [bottom >= 1]
        rows += [top >= q(low) * bottom] if low is not None else []
        rows += [up_to(q(high) * bottom)] if high is not None else []
        return rows

    def holds(self, chosen, world):
        """Return whether the units with these numbers can all hold in a world."""
        answer = self.solver.check(*(self.guard(n, world) for n in chosen))
        assert answer != z3.unknown
        return answer == z3.sat

    def guard(self, n, world):
        """Return what switches a unit on as a world reads it: one for all that read it so."""
        unit = self.units[n]
        measures = (unit["measure"], unit.get("per_measure"))
        read = (world.get((unit.get("source"), measure)) for measure in measures)
        if (key := (n, *read)) not in self.guards:
            self.guards[key] = z3.Bool(f"unit {key}")
            self.solver.add(z3.Implies(self.guards[key], z3.And(*self.rows(unit, world))))
        return self.guards[key]

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
            minimal = self.smallest(world)
            failing[n] = [self.assumed(one, self.twins(world)) for one in minimal]
        assumed = {*range(len(self.claims), len(self.units)), self.ONCE}
        found = {
            frozenset(name[i] for i in one if i != self.ONCE)
            for each in failing.values() for one in each
        }  # fmt: skip
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

    def smallest(self, world):
        """Return every smallest set of units, by number, that cannot hold in a world.

        Each set is looked at, the small first; what is part of one that holds, holds.
        """
        every = range(len(self.units))
        minimal, held = [], []
        for some in (set(some) for size in every for some in combinations(every, size + 1)):
            if any(one <= some for one in minimal) or any(some <= one for one in held):
                continue
            if not self.holds(some, world):
                minimal.append(some)
                continue
            for one in every:
                if one not in some and self.holds({*some, one}, world):
                    some.add(one)
            held.append(some)
        return minimal

    ONCE = -1  # that a toll was counted once and for all

    def twins(self, world):
        """Return pairs of claims that count one thing, so read, for one voice on different days."""
        return [
            {i, j}
            for (i, one), (j, other) in combinations(enumerate(self.claims), 2)
            if not (one["per_side"] or other["per_side"])
            and self.scope(one, world) == self.scope(other, world)
            and one.get("published") and other.get("published")
            and one["published"] != other["published"]
        ]  # fmt: skip

    def scope(self, claim, world):
        parts = world.get((claim["source"], claim["measure"]))
        means = tuple(WORDS[claim["measure"]][parts]) if parts else (claim["measure"],)
        return means, *(claim[c] for c in ("source", "side", "place", "period"))

    def assumed(self, conflict, twins):
        """Return a conflict with the assumption that two counts of one toll need to collide."""
        names = {(self.units[i]).get("claim") for i in conflict}
        both = any({self.claims[i]["claim"] for i in twin} <= names for twin in twins)
        return conflict | {self.ONCE} if both else conflict

    def bounds(self, side, measure, place, period):
        """Return the least and greatest whole count over all consistent worlds (None = open).

        "About" is what it usually means here. An earlier count of a toll is passed over.
        """
        lows, highs = [], []
        for world in self.worlds():
            earlier = {
                min((self.claims[i] for i in twin), key=lambda one: one["published"])["claim"]
                for twin in self.twins(world)
            }
            units = enumerate(self.units[: len(self.claims) + len(self.usual)])
            kept = [n for n, unit in units if unit["claim"] not in earlier]
            if not self.holds(kept, world):
                continue
            form = self.count(side, measure, place, period, world, "")
            rows = [
                row
                for unit in (self.units[i] for i in kept)
                for row in self.rows(unit, world, closed=True)
            ]
            rows += self.possible
            for found, goal in ((lows, "minimize"), (highs, "maximize")):
                optimum = z3.Optimize()
                optimum.add(*rows)
                handle = getattr(optimum, goal)(form)
                assert optimum.check() == z3.sat
                value = str(handle.value())
                if "oo" in value:
                    found.append(None)
                    continue
                found.append(Fraction((ceil if goal == "minimize" else floor)(Fraction(value))))
        if not lows:
            return None
        return None if None in lows else min(lows), None if None in highs else max(highs)


def is_about(row):
    return row.get("hedge") == "about"


def q(value):
    return z3.RealVal(str(Fraction(value)))
