"""A second independent judge: several stories at once, deep words, chained assumptions.

It shares nothing with the engine but the raw rows. In each combination of readings (a *world*)
z3 finds every smallest set of claims and assumptions that fails: what is left when one of each
set known is taken away holds, or is shrunk until it is another smallest set. Sets that fail in
every world, each in its own way, are put together from those of the worlds.

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
        self.cores, self.held = [], set()

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

    def fails(self, world):
        """Return whether all units together cannot hold in a world."""
        return not self.holds(self._guards(world))

    def smallest(self, world):
        """Return every smallest set of units, by number, that cannot hold in a world.

        All units but a smallest choice of one from each set known hold together, or have another
        set among them (Berge). What one world has taught of units so read is known in the others.
        """
        guards = self._guards(world)
        number = {guard.get_id(): n for n, guard in enumerate(guards)}
        found = [frozenset(map(number.get, core)) for core in self.cores if core <= number.keys()]
        gaps = {frozenset()}
        for one in found:
            gaps = _crossed(gaps, one)
        fine = set()
        while waiting := gaps - fine:
            for gap in waiting:
                some = [guard for n, guard in enumerate(guards) if n not in gap]
                if not self.holds(some):
                    core = frozenset(guard.get_id() for guard in self._shrunk(some))
                    self.cores.append(core)
                    found.append(frozenset(map(number.get, core)))
                    gaps = _crossed(gaps, found[-1])
                    break
                fine.add(gap)
        return found

    def _shrunk(self, some):
        """Return a smallest part of some guards that fail together."""
        core = {guard.get_id() for guard in self.solver.unsat_core()}
        some = [guard for guard in some if guard.get_id() in core]
        for guard in some:
            rest = [one for one in some if one is not guard]
            if not self.holds(rest):
                some = rest
        return some

    def holds(self, guards):
        """Return whether what some guards switch on holds together."""
        key = frozenset(guard.get_id() for guard in guards)
        if key in self.held:
            return True
        answer = self.solver.check(*guards)
        assert answer != z3.unknown
        if answer == z3.sat:
            self.held.add(key)
        return answer == z3.sat

    def _guards(self, world):
        return [self._guard(n, unit, world) for n, unit in enumerate(self.units)]

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


def _crossed(gaps, one):
    """Return the smallest choices of one from each set, with one set more than before."""
    hit = {gap for gap in gaps if gap & one}
    more = {gap | {n} for gap in gaps - hit for n in one}
    return hit | {gap for gap in more if not any(other < gap for other in hit)}


def minimal(sets):
    return {one for one in sets if not any(other < one for other in sets)}


def _days(period):
    first, last = (date.fromisoformat(day) for day in period.split("/"))
    return first, last + timedelta(days=1)


def _q(value):
    return z3.RealVal(str(value))
