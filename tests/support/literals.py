"""Joint dossiers of many ambiguous words, decided by z3 claim under reading by claim under reading.

An enumeration of its own (MARCO: a map of what is not yet known, grown or shrunk from where it
points), over the rows of `judge`: nothing of the package is asked. By hand:
`python tests/fuzz words 300`.
"""

from __future__ import annotations

import random
from itertools import product

import z3
from drawing import TERMS, claim_of
from judge import Judge, minimal
from making import dossier, left_open, said_otherwise
from reducing import looked_at

import bakhmut as bk

VOICES = "abcdef"  # each says "lost" or "casualties" in its own sense: at most twelve words
MOST_WORLDS = 4096


def drawn(draw: random.Random) -> list[dict[str, str]]:
    """Return the claims of several voices on one story, in words of their own."""
    voices = draw.sample(VOICES, draw.randint(3, len(VOICES)))
    claims = []
    for number in range(draw.randint(6, 10)):
        scope = {
            "side": draw.choice(["Red", "Red", "Red", "Guards"]),
            "measure": draw.choice(["lost", "lost", "casualties", "casualties", "killed"]),
            "place": draw.choice(["Land", "Land", "East", "City"]),
            "period": "2022-01-01/2022-12-31",
        }
        claims.append(claim_of(draw, f"c{number}", draw.choice(voices), scope))
    return claims


class Literals(Judge):
    """All smallest conflicts of claims under their readings, and the worlds in which none is."""

    def enumerate(self) -> list[dict[int, tuple]]:
        """Return each smallest conflict: its claims by number, each with the readings it needs."""
        literals = [
            (n, world) for n, unit in enumerate(self.units) for world in self._own_worlds(unit)
        ]
        guards = [self._guard(n, self.units[n], world) for n, world in literals]
        where = z3.Solver()
        read = {}
        for (_, world), guard in zip(literals, guards, strict=True):
            for item in world.items():
                where.add(z3.Implies(guard, read.setdefault(item, z3.Bool(f"r{len(read)}"))))
        for (one, a), (other, b) in product(read.items(), repeat=2):
            if one[0] == other[0] and one[1] < other[1]:
                where.add(z3.Or(z3.Not(a), z3.Not(b)))
        found = []
        while where.check() == z3.sat:
            model = where.model()
            seed = {n for n, guard in enumerate(guards) if z3.is_true(model.eval(guard))}
            if self._hold(guards, seed):
                for n in range(len(guards)):
                    more = seed | {n}
                    if n not in seed and self._agree(literals, more) and self._hold(guards, more):
                        seed = more
                where.add(z3.Or(*(guard for n, guard in enumerate(guards) if n not in seed)))
                continue
            for n in sorted(seed):
                if not self._hold(guards, seed - {n}):
                    seed = seed - {n}
            where.add(z3.Or(*(z3.Not(guards[n]) for n in seed)))
            found.append({literals[n][0]: tuple(literals[n][1].items()) for n in seed})
        return found

    def _own_worlds(self, unit):
        own = [
            v for v in self.variables
            if v == ("claim", unit.get("claim"))
            or (v[0] == "word" and v[1] == unit.get("source") and v[3] in unit.values())
        ]  # fmt: skip
        for chosen in product(*(self.variables[v] for v in own)):
            yield dict(zip(own, chosen, strict=True))

    def _hold(self, guards, some):
        return self.holds([guards[n] for n in some])

    @staticmethod
    def _agree(literals, some):
        read: dict = {}
        return all(read.setdefault(v, r) == r for n in some for v, r in literals[n][1].items())

    def judge(self):
        """Return (status, smallest sets of names, how many worlds hold)."""
        sets = self.enumerate()
        nogoods = [(frozenset(s), {item for own in s.values() for item in own}) for s in sets]
        failing = [
            [claims for claims, needs in nogoods if needs <= set(world.items())]
            for world in self.worlds()
        ]
        name = [unit["claim"] for unit in self.units]
        found = {claims for claims, _ in nogoods}
        joint = {frozenset()}
        for each in set(map(frozenset, failing)):
            joint = minimal({one | other for one in joint for other in each})
        holding = sum(not each for each in failing)
        status = "contradiction-in-some-readings" if holding < len(failing) else "consistent"
        status = status if holding else "contradiction"
        return status, {frozenset(name[n] for n in one) for one in found | joint}, holding


def disagreement(claims: list[dict[str, str]]) -> str:
    """Return in what the package says otherwise than z3, "" where in nothing."""
    check = bk.check(dossier(claims, TERMS))
    status, sets, holding = Literals(claims, TERMS).judge()
    found = "consistent" if check.status == "not-checkable" else check.status
    if left := left_open(check):
        return f"undecided: {left}"
    if found != status:
        return f"status {found}; z3: {status}"
    return said_otherwise(check, sets, holding)


def tried(seed: int) -> str:
    """Return what is decided otherwise in the dossier of a seed, with its smallest part."""
    tables = {"claims": drawn(random.Random(seed))}
    return looked_at(tables, lambda smaller: disagreement(smaller["claims"]))
