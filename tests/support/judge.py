"""A second independent judge: several stories at once, deep words, chained assumptions.

It shares nothing with the engine but the raw rows. In each combination of readings (a *world*)
z3 finds every smallest set of claims and assumptions that fails, by its own cores: a map of what
is not yet known, a seed from it, grown until it holds or shrunk until it is smallest. Sets that
fail in every world, each in its own way, are put together from those of the worlds.

A piece of a dimension is a set of words that fit together: with a word all that it is part of,
and in every division of a word in it exactly one part (or none, where the division is open).
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise, product

import z3

SCOPE = ("side", "measure", "place", "period")
EACH = "each"


class Words:
    """What the words of terms.csv mean: rows as the table has them."""

    def __init__(self, terms):
        self.readings = {}
        for row in terms:
            parts = [part.strip() for part in row["means"].split("+")]
            own = self.readings.setdefault((row["kind"], row["term"]), {})
            is_open = parts[-1] == "..."
            own.setdefault(row["reading"], []).append((parts[: len(parts) - is_open], is_open))

    def is_ambiguous(self, kind, word):
        return len(self.readings.get((kind, word), ())) > 1

    def meaning(self, kind, word, reading):
        """Return the words with one meaning that an ambiguous one is the sum of, so read."""
        return self.readings[kind, word][reading][0][0]

    def pieces(self, kind, used):
        """Return every piece of a dimension that lies in some word used."""
        divisions = {
            word: next(iter(own.values()))
            for (k, word), own in self.readings.items()
            if k == kind and len(own) == 1
        }
        words = set(used) | set(divisions)
        words |= {p for rows in divisions.values() for parts, _ in rows for p in parts}
        found = []
        for size in range(1, len(words) + 1):
            for some in combinations(sorted(words), size):
                if self._fits(set(some), divisions):
                    found.append(frozenset(some))
        return [piece for piece in found if piece & set(used)]

    @staticmethod
    def _fits(piece, divisions):
        for word, rows in divisions.items():
            for parts, is_open in rows:
                inside = [part for part in parts if part in piece]
                if word not in piece and inside:
                    return False
                if word in piece and len(inside) != 1 and not (is_open and not inside):
                    return False
        roots = {w for w in piece if not any(w in parts for o in divisions if o in piece
                                             for parts, _ in divisions[o])}  # fmt: skip
        return len(roots) == 1 or _linked(piece, divisions, roots)


def _linked(piece, divisions, roots):
    """Return whether roots share what lies below them: words of their own never meet."""
    below = {root: {root} for root in roots}
    for inside in below.values():
        while True:
            more = {p for w in inside for parts, _ in divisions.get(w, []) for p in parts}
            if (more & piece) <= inside:
                break
            inside |= more & piece
    first, *others = below.values()
    linked = set(first)
    waiting = list(others)
    while waiting:
        fits = [own for own in waiting if own & linked]
        if not fits:
            return False
        for own in fits:
            linked |= own
            waiting.remove(own)
    return True


class Judge:
    """Decides a dossier given as rows of its tables, all cells text."""

    def __init__(self, claims, terms, readings=(), assumptions=()):
        self.words = Words(terms)
        self.claims, self.assumptions = list(claims), list(assumptions)
        self.units = [*self.claims, *self.assumptions]
        self.own = {}
        for row in readings:
            self.own.setdefault(row["claim"], {}).setdefault(row["reading"], {})[row["field"]] = (
                row["value"]
            )
        self.variables = {}
        for claim in self.claims:
            for column, word in self._cells(claim):
                if self.words.is_ambiguous(column, word):
                    readings_ = list(self.words.readings[column, word])
                    self.variables["word", claim["source"], column, word] = readings_
            if len(self.own.get(claim["claim"], ())) > 1:
                self.variables["claim", claim["claim"]] = list(self.own[claim["claim"]])
        used = {c: self._used(c) for c in SCOPE[:3]}
        self.pieces = {c: self.words.pieces(c, used[c]) for c in used}
        days = sorted({d for unit in self.units for w in (unit["period"], unit.get("per_period"))
                       if w and w != EACH for d in _days(w)})  # fmt: skip
        self.times = list(pairwise(days))
        self.cell = {}
        for n, key in enumerate(product(*self.pieces.values(), self.times)):
            self.cell[key] = z3.Real(f"x{n}")
        self.solver = z3.SolverFor("QF_LRA")
        self.solver.add(*(cell >= 0 for cell in self.cell.values()))
        self.guards = {}
        self.cores, self.held = [], []

    @staticmethod
    def _cells(unit):
        for column in SCOPE[:3]:
            for word in (unit[column], unit.get(f"per_{column}")):
                if word and word != EACH:
                    yield column, word

    def _used(self, column):
        used = set()
        for unit in self.units:
            for own, word in self._cells(unit):
                if own == column:
                    if self.words.is_ambiguous(column, word):
                        for reading in self.words.readings[column, word]:
                            used |= set(self.words.meaning(column, word, reading))
                    else:
                        used.add(word)
        return used

    def _spots(self, unit):
        """Return every piece that "each" stands for, or None, for the whole."""
        free = [unit[column] == EACH for column in SCOPE]
        if not any(free):
            return [None]
        return list(dict.fromkeys(
            tuple(p if f else None for p, f in zip(key, free, strict=True)) for key in self.cell
        ))  # fmt: skip

    def _count(self, unit, prefix, world, *, at=None):
        """Return the sum of a scope's cells, or of those in one piece where it says `each`."""
        total = []
        wanted = []
        for column in SCOPE[:3]:
            word = unit[prefix + column]
            if word == EACH:
                wanted.append(None)
            elif self.words.is_ambiguous(column, word):
                reading = world["word", unit["source"], column, word]
                wanted.append(self.words.meaning(column, word, reading))
            else:
                wanted.append([word])
        period = unit[prefix + "period"]
        if period == EACH:
            times = [at[3]]
        else:
            first, last = _days(period)
            times = [t for t in self.times if first <= t[0] and t[1] <= last]
        ways = [[at[n]] if words is None else
                [p for p in self.pieces[c] for word in words if word in p]
                for n, (c, words) in enumerate(zip(SCOPE[:3], wanted, strict=True))]  # fmt: skip
        total = [self.cell[key] for key in product(*ways, times)]
        return z3.Sum(total) if total else z3.RealVal(0)

    def rows(self, unit, world):
        """Return what a claim or an assumption says in a world."""
        is_claim = "claim" in unit
        own = {}
        if is_claim and unit["claim"] in self.own:
            readings = self.own[unit["claim"]]
            own = readings[world.get(("claim", unit["claim"]), next(iter(readings)))]
        low, high = (own.get(end, unit[end]) for end in ("low", "high"))
        low, high = (Fraction(end) if end else None for end in (low, high))
        found = []
        for at in self._spots(unit):
            top = self._count(unit, "", world, at=at)
            bottom = z3.RealVal(1)
            if unit.get("per_side") or unit.get("per_measure"):
                bottom = self._count(unit, "per_", world, at=at)
                if is_claim:
                    found.append(bottom >= 1)
            found += [top >= _q(low) * bottom] if low is not None else []
            found += [top <= _q(high) * bottom] if high is not None else []
        return found

    def worlds(self):
        for chosen in product(*self.variables.values()):
            yield dict(zip(self.variables, chosen, strict=True))

    def smallest(self, world):
        """Return every smallest set of units, by number, that cannot hold in a world.

        What one world has taught of claims so read is known in the others.
        """
        guards = [self._guard(n, unit, world) for n, unit in enumerate(self.units)]
        number = {guard: n for n, guard in enumerate(guards)}
        where = z3.Solver()
        found = []
        for core in self.cores:
            if core <= number.keys():
                found.append(frozenset(number[guard] for guard in core))
                where.add(z3.Or(*(z3.Not(guard) for guard in core)))
        for held in self.held:
            where.add(z3.Or(*(guard for guard in guards if guard not in held)))

        def holds(some):
            answer = self.solver.check(*(guards[n] for n in some))
            assert answer != z3.unknown
            return answer == z3.sat

        while where.check() == z3.sat:
            model = where.model()
            seed = {n for n, g in enumerate(guards) if not z3.is_false(model.eval(g))}
            if holds(seed):
                for n in range(len(guards)):
                    if n not in seed and holds(seed | {n}):
                        seed.add(n)
                self.held.append(frozenset(guards[n] for n in seed))
                where.add(z3.Or(*(g for n, g in enumerate(guards) if n not in seed)))
                continue
            for n in sorted(seed):
                if not holds(seed - {n}):
                    seed.discard(n)
            found.append(frozenset(seed))
            self.cores.append(frozenset(guards[n] for n in seed))
            where.add(z3.Or(*(z3.Not(guards[n]) for n in seed)))
        return found

    def _guard(self, n, unit, world):
        """Return what switches on a unit as a world reads it."""
        own = [
            (v, r)
            for v, r in world.items()
            if v == ("claim", unit.get("claim"))
            or (v[0] == "word" and v[1] == unit.get("source") and v[3] in unit.values())
        ]
        key = (n, *own)
        if key not in self.guards:
            guard = self.guards[key] = z3.Bool(f"u{len(self.guards)}")
            self.solver.add(z3.Implies(guard, z3.And(*self.rows(unit, world))))
        return self.guards[key]

    def judge(self):
        """Return (status, smallest sets as frozensets of names, worlds that hold)."""
        name = [u.get("claim") or u["assumption"] for u in self.units]
        assumed = set(range(len(self.claims), len(self.units)))
        failing = [self.smallest(world) for world in self.worlds()]
        definite = [[one for one in each if not one & assumed] for each in failing]
        found = {one for each in failing for one in each}
        joint = {frozenset()}
        for each in definite:
            joint = minimal({one | other for one in joint for other in each})
        found |= joint
        holding = sum(not each for each in definite)
        if not holding:
            status = "contradiction"
        elif holding < len(failing):
            status = "contradiction-in-some-readings"
        else:
            status = "conflicts-with-assumption" if any(failing) else "consistent"
        return status, {frozenset(name[n] for n in one) for one in found}, holding


def minimal(sets):
    return {one for one in sets if not any(other < one for other in sets)}


def _days(period):
    first, last = (date.fromisoformat(day) for day in period.split("/"))
    return first, last + timedelta(days=1)


def _q(value):
    return z3.Q(value.numerator, value.denominator)
