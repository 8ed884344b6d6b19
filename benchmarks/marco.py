"""Every smallest conflict of texts taken together, by MARCO over z3 and by CPMpy's own MARCO.

MARCO (Liffiton et al. 2016) asks a map solver for a set that is not known to hold or to fail,
grows it while it holds or shrinks it while it fails, and tells the map. z3 is given what
bakhmut's own search is given: a literal for each claim under each reading, two readings of one
word excluding each other, rows in exact arithmetic. CPMpy, in whole numbers and in a process of
its own (see `integers`), is given one reading of the words.

Liffiton, M. et al. (2016). Fast, flexible MUS enumeration. Constraints 21.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.util import find_spec
from itertools import combinations

import bakhmut as bk
from bakhmut.dossier.changed.edits import part
from bakhmut.dossier.claims import DATA, Dossier
from bakhmut.engine.conflicts import all_conflicts
from bakhmut.engine.solver import Solver, bits_of
from bakhmut.engine.tree import read_so
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import System, build_systems
from benchmarks import peers

PATIENCE = 10  # seconds for a peer


def first_texts(later: Dossier, texts: int) -> Dossier:
    """Return the first texts of a dossier as one."""
    names = set(list(dict.fromkeys(later.claims["article"]))[:texts])
    claims = later.claims.loc[later.claims["article"].isin(names), "claim"]
    return part(later, set(claims), f"{texts} texts")


def largest(dossier: Dossier) -> System:
    """Return the system of a dossier with most literals."""
    whole = read(dossier)
    premises = [*whole.claims, *whole.assumed()]
    systems = build_systems(premises, whole.vocabulary, widest=whole.widest)
    return max(systems, key=lambda system: len(system.literals))


class Marco:
    """MARCO over z3 for the literals of a system."""

    def __init__(self, system: System):
        import z3

        self.z3, self.system = z3, system
        self.every = range(len(system.literals))
        self.taken = [z3.Bool(f"taken{n}") for n in self.every]
        self.seeds = [z3.Bool(f"seed{n}") for n in self.every]
        self.rows = self._rows()
        self.map = z3.Solver()
        self.rivals: list[set[int]] = [set() for _ in self.every]
        for readings in read_so(system).values():
            for one, other in combinations(readings.values(), 2):
                for a in bits_of(one):
                    for b in bits_of(other):
                        self.rivals[a].add(b)
                        self.rivals[b].add(a)
                        self.map.add(z3.Or(z3.Not(self.seeds[a]), z3.Not(self.seeds[b])))

    def _rows(self):
        z3, system = self.z3, self.system
        rows = z3.SolverFor("QF_LRA")
        cells = [z3.Real(f"x{n}") for n in range(system.cells)]
        rows.add(*(cell >= 0 for cell in cells))

        def total(variable: int):
            return z3.Sum(*(w * cells[c] for c, w in system.form_of(variable).items()))

        rows.add(*(total(variable) == 0 for variable in system.definitions))
        for literal in system.literals:
            for row in literal.rows:
                to = z3.Q(row.value.numerator, row.value.denominator)
                bound = total(row.variable) >= to if row.end == 0 else total(row.variable) <= to
                rows.add(z3.Implies(self.taken[literal.number], bound))
        return rows

    def holds(self, some: set[int]) -> bool:
        """Return whether some literals hold together."""
        return self.rows.check(*(self.taken[n] for n in sorted(some))) == self.z3.sat

    def core(self) -> set[int]:
        """Return z3's own core of the literals that were last seen to fail."""
        return {int(str(one)[len("taken") :]) for one in self.rows.unsat_core()}

    def conflicts(self, patience: float) -> tuple[set[int], bool]:
        """Return the smallest conflicts, as bits, and whether they are all."""
        z3, found, started = self.z3, set(), time.process_time()
        while self.map.check() == z3.sat:
            if time.process_time() - started > patience:
                return found, False
            model = self.map.model()
            some = {n for n in self.every if z3.is_true(model[self.seeds[n]])}
            if self.holds(some):
                for n in self.every:
                    if n not in some and some.isdisjoint(self.rivals[n]) and self.holds(some | {n}):
                        some.add(n)
                self.map.add(z3.Or(*(self.seeds[n] for n in self.every if n not in some)))
                continue
            some = self.core()
            for n in sorted(some):
                if n in some and not self.holds(some - {n}):
                    some = self.core()
            found.add(sum(1 << n for n in some))
            self.map.add(z3.Or(*(z3.Not(self.seeds[n]) for n in some)))
        return found, True


def _cpmpy(system: System, own: float) -> str:
    """Return what CPMpy's MARCO finds of one reading, in words, beside our time for all."""
    if find_spec("cpmpy") is None or find_spec("ortools") is None:
        return "not installed"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.integers", "marco"],
            input=json.dumps(list(peers.plain_rows(system))),
            capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"no answer in {PATIENCE} s, more than {PATIENCE / own:,.0f} x ours"
    found = json.loads(done.stdout)
    sets = f"{len(found['sets'])} sets of one reading of the words"
    return f"{found['seconds']:.2f} s, {sets}: {found['seconds'] / own:.1f} x ours"


def main(later: Dossier, sizes: tuple[int, ...] = (20, 30)) -> None:
    """Print what all sets of the first texts of a dossier take, and what they take with peers."""
    for texts in sizes:
        dossier = first_texts(later, texts)
        system = largest(dossier)
        started = time.process_time()
        found = all_conflicts(Solver(system))
        own = time.process_time() - started
        print(
            f"{texts} texts together, {len(dossier.claims)} claims, {len(system.literals)} "
            f"literals: {own:.2f} s, {len(found.conflicts)} sets"
            f"{'' if found.complete else ', not whole'}"
        )
        started = time.process_time()
        theirs, whole = Marco(system).conflicts(PATIENCE)
        other = time.process_time() - started
        same = "the same" if theirs == set(found.conflicts) else f"{len(theirs)} sets"
        said = same if whole else f"{len(theirs)} sets when it was stopped"
        print(f"  MARCO over z3: {other:.2f} s, {said}: {other / own:.1f} x ours")
        print(f"  CPMpy's MARCO over OR-tools, in whole numbers, wall: {_cpmpy(system, own)}")


if __name__ == "__main__":
    main(bk.read_dossier(DATA / "later"))
