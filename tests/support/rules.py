"""The judge with the rules of the verdict: hedges, rounding, tolls, what is usual, bounds.

It shares nothing with the package but the raw rows. What a figure stands for is written out here
by the words of the codebook; sets, corrections and bounds are found by z3, one world at a time.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations, product
from math import ceil, floor
from typing import NamedTuple

import z3
from judge import Judge

ABOUT, ONCE = "about-within-5-percent", "counted-once"
SCOPE = ("side", "measure", "place", "period")
PART = Fraction(1, 20)


class Stands(NamedTuple):
    """Ends of a figure: as far as it can be meant, as usual, and as printed where it can be so."""

    far: tuple
    usual: tuple
    printed: tuple


def number(text):
    """Return a printed number: "12,100", "35 %", "1.2 million"."""
    plain = text.replace(",", "").removesuffix("%").removesuffix("million").strip()
    times = Fraction(1, 100) if text.endswith("%") else 10**6 if text.endswith("million") else 1
    return Fraction(plain) * times


def unit_of(text):
    """Return (the unit of the last digit that counts, whether all digits are written out)."""
    digits = text.replace(",", "").removesuffix("%").removesuffix("million").strip()
    decimals = len(digits.partition(".")[2])
    if text.endswith("%"):
        return Fraction(1, 100 * 10**decimals), False
    if text.endswith("million"):
        return Fraction(10**6, 10**decimals), False
    if decimals:
        return Fraction(1, 10**decimals), False
    zeros = len(digits) - len(digits.rstrip("0"))
    if len(digits) < 5 or zeros < 2:
        return Fraction(0), True
    return min(Fraction(10) ** zeros, Fraction(digits) * PART), True


def stands(row, *, is_assumption=False):
    """Return what a row's figure stands for; each end (number, whether it is reached)."""
    low, high = (number(row[end]) if row[end] else None for end in ("low", "high"))
    hedge = "exact" if is_assumption else row.get("hedge", "")
    is_count = not row.get("per_measure")
    one = 1 if is_count else 0
    exact = (low, high, True)
    if hedge in ("", "may") and low is not None and low == high:
        unit, in_full = unit_of(row["low"])
        if not unit:
            return Stands(exact, exact, exact)
        wide = (max(low - unit / 2, Fraction(0)), high + unit / 2, False)
        return Stands(wide, wide, exact if in_full and is_count else wide)
    if hedge == "about":
        usual = (low * (1 - PART), high * (1 + PART), True)
        return Stands((low * (1 - 4 * PART), high * (1 + 4 * PART), True), usual, usual)
    ends = {
        "at least": (low, None, True),
        "so far": (low, None, True),
        "more than": (low if low is None else low + one, None, True),
        "up to": (None, high, True),
        "under": (None, None if high is None else high - one, is_count),
        "nearly": (None if high is None else high * Fraction(9, 10), high, True),
    }.get(hedge, exact)
    if hedge == "just over":
        ends = (low + one, max(low * (1 + PART), low + one), True)
    if margin := re.fullmatch(r"± ([\d.]+)( %)?", hedge):
        much = Fraction(margin[1]) * (low / 100 if margin[2] else 1)
        ends = (low - much, high + much, True)
    return Stands(ends, ends, ends)


class Rules(Judge):
    """Decides a dossier by the rules of the verdict; rows are those of its tables, all text."""

    def __init__(self, claims, terms, readings=(), assumptions=(), asked=None):
        kept = [row for row in claims if not row.get("standing")]
        self.asked = asked and {"claim": "asked", "source": "asked", "low": "", "high": "", **asked}
        # The words of what was taken back can be read in any way, too.
        every = [*claims, self.asked] if asked else claims
        super().__init__(every, terms, readings, assumptions)
        self.claims = kept
        own = {row["claim"] for row in readings}
        about = [row for row in kept if row.get("hedge") == "about" and row["claim"] not in own]
        self.twins = [{**row, "usual": True} for row in about]
        self.units = [*kept, *self.twins, *assumptions]
        self.usual_readings = {
            (row["kind"], row["term"], row["reading"]) for row in terms if row.get("usual")
        }

    # -- rows of a figure -----------------------------------------------------------------

    def rows(self, unit, world, *, stage="", closed=False):
        """Return what a claim or assumption says in a world; at a stage of the bounds."""
        is_claim = "claim" in unit
        row = {**unit, **self._read(unit, world)} if is_claim else unit
        meant = stands(row, is_assumption=not is_claim)
        low, high, reached = getattr(meant, stage or ("usual" if "usual" in unit else "far"))
        found = []
        for at in self._spots(unit):
            top, bottom = self._count(unit, "", world, at=at), z3.RealVal(1)
            if unit.get("per_measure"):
                bottom = self._count(unit, "per_", world, at=at)
                found += [bottom >= 1] if is_claim else []
            if low is not None:
                found.append(top >= _q(low) * bottom)
            if high is not None:
                most = _q(high) * bottom
                found.append(top <= most if reached or closed else top < most)
        return found

    def _read(self, unit, world):
        if unit["claim"] not in self.own:
            return {}
        readings = self.own[unit["claim"]]
        return readings[world.get(("claim", unit["claim"]), next(iter(readings)))]

    # -- the verdict ----------------------------------------------------------------------

    def decided(self):
        """Return [(world, its smallest sets as (claims and assumptions, ours))]."""
        found = []
        for world in self.worlds():
            tolls = self._tolls(world)
            sets = set()
            for one in self.smallest(world):
                names, ours = set(), set()
                for n in one:
                    unit = self.units[n]
                    names.add(unit.get("claim") or unit["assumption"])
                    ours |= {ABOUT} if "usual" in unit else set()
                ours |= {ONCE} if any(pair <= names for pair in tolls) else set()
                sets.add((frozenset(names), frozenset(ours)))
            found.append((world, sets))
        return found

    def _tolls(self, world):
        """Return pairs of claims that count one thing, so read, for one voice on different days."""
        return [
            {one["claim"], other["claim"]}
            for one, other in combinations(self.claims, 2)
            if not (one.get("per_measure") or other.get("per_measure"))
            and self._scope(one, world) == self._scope(other, world)
            and one.get("published") and other.get("published")
            and one["published"] != other["published"]
        ]  # fmt: skip

    def _scope(self, claim, world):
        read = [
            self.words.meaning(column, word, world["word", claim["source"], column, word])
            if self.words.is_ambiguous(column, word)
            else [word]
            for column, word in ((column, claim[column]) for column in SCOPE)
        ]
        return claim["source"], read

    def judge(self):
        """Return (status, sets of names, worlds that hold, status as words are usually read)."""
        decided = self.decided()
        assumed = {row["assumption"] for row in self.assumptions}
        definite = [{n for n, ours in sets if not ours and not n & assumed} for _, sets in decided]
        joint = {frozenset()}
        for each in definite:
            joint = _minimal({one | other for one in joint for other in each})
        sets = {names for _, each in decided for names, _ in each} | joint
        usual = [n for n, (world, _) in enumerate(decided) if self._is_usual(world)]
        status = self._status(decided, definite, range(len(decided)))
        as_usual = self._status(decided, definite, usual) if self._marks() else ""
        return status, sets, sum(not each for each in definite), as_usual

    @staticmethod
    def _status(decided, definite, numbers):
        holding = sum(not definite[n] for n in numbers)
        if not holding:
            return "contradiction"
        if holding < len(numbers):
            return "contradiction-in-some-readings"
        any_set = any(decided[n][1] for n in numbers)
        return "conflicts-with-assumption" if any_set else "consistent"

    def _marks(self):
        every = [(v[2], v[3], reading) for v, readings in self._words() for reading in readings]
        return any(one in self.usual_readings for one in every)

    def _words(self):
        return [(v, readings) for v, readings in self.variables.items() if v[0] == "word"]

    def _is_usual(self, world):
        for (name, origin, kind, word), readings in self._words():
            marked = [r for r in readings if (kind, word, r) in self.usual_readings]
            if marked and world[name, origin, kind, word] not in marked:
                return False
        return True

    def least_change(self):
        """Return the smallest (claims, assumptions) that give so that some world holds."""
        best = None
        for _, sets in self.decided():
            every = sorted({m for names, ours in sets for m in names | ours})
            # An assumption gives before a claim does.
            for size in range(6):  # fewer claims go before fewer assumptions
                costs = [
                    cost for some in combinations(every, size)
                    if all(set(some) & (names | ours) for names, ours in sets)
                    for cost in [self._cost(some)]
                ]  # fmt: skip
                if costs:
                    best = min([*costs, *([best] if best else [])])
        return best

    def _cost(self, some):
        names = {row["claim"] for row in self.claims}
        claims = sum(name in names for name in some)
        return claims, len(some) - claims

    # -- bounds ---------------------------------------------------------------------------

    def bounds(self):
        """Return the least and the greatest of what is asked over all worlds, None where open.

        In each world counts are as printed and "about" as usual, else rounded, else as far as
        they can be meant: the first that holds. None in place of both where nothing holds. A
        world that fails by what an earlier count of a toll says of others is none of them.
        """
        lows, highs = [], []
        assumed = {row["assumption"] for row in self.assumptions}
        for world, sets in self.decided():
            if any(not ours and not names & assumed for names, ours in sets):
                continue
            earlier = self._earlier(world)
            units = [row for row in self.claims if row["claim"] not in earlier]
            rows = self._narrowest(units, world)
            if rows is None:
                continue
            form = self._count(self.asked, "", world)
            for found, goal in ((lows, "minimize"), (highs, "maximize")):
                found.append(self._extreme(rows, form, goal))
        if not lows:
            return None
        low = None if None in lows else min(lows)
        high = None if None in highs else max(highs)
        if self._in_persons():
            return (low if low is None else Fraction(ceil(low)),
                    high if high is None else Fraction(floor(high)))  # fmt: skip
        return low, high

    def _earlier(self, world):
        day = {row["claim"]: row.get("published", "") for row in self.claims}
        return {min(pair, key=day.__getitem__) for pair in self._tolls(world)}

    def _narrowest(self, units, world):
        for stage in ("printed", "usual", "far"):
            solver = z3.SolverFor("QF_LRA")
            solver.add(*(cell >= 0 for cell in self.cell.values()))
            # An end that is not reached bounds as one that is.
            rows = [r for u in units for r in self.rows(u, world, stage=stage, closed=True)]
            solver.add(*rows)
            if solver.check() == z3.sat and self._holds_strictly(units, world):
                return rows
        return None

    def _holds_strictly(self, units, world):
        solver = z3.SolverFor("QF_LRA")
        solver.add(*(cell >= 0 for cell in self.cell.values()))
        solver.add(*(r for u in units for r in self.rows(u, world, stage="far")))
        return solver.check() == z3.sat

    def _extreme(self, rows, form, goal):
        optimum = z3.Optimize()
        optimum.add(*(cell >= 0 for cell in self.cell.values()), *rows)
        handle = getattr(optimum, goal)(form)
        assert optimum.check() == z3.sat
        value = str(handle.value())
        return None if "oo" in value else Fraction(value)

    def _in_persons(self):
        texts = [(row, row[end]) for row in self.claims for end in ("low", "high")]
        texts += [(row, self._value(row, end)) for row in self.claims for end in ("low", "high")]
        return all(number(text).denominator == 1
                   for row, text in texts if text and not row.get("per_measure"))  # fmt: skip

    def _value(self, row, end):
        every = [fields[end] for fields in self.own.get(row["claim"], {}).values() if end in fields]
        return next((text for text in every if number(text).denominator != 1), "")


def _minimal(sets):
    return {one for one in sets if not any(other < one for other in sets)}


def _q(value):
    return z3.RealVal(str(Fraction(value)))


__all__ = ["ABOUT", "ONCE", "Rules", "product", "stands"]
