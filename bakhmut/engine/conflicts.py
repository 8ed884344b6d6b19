"""All minimal conflicts of a system, over all its readings.

A *conflict* is a smallest set of literals that cannot all hold. They are found by
the duality of conflicts and corrections (Reiter 1987; Liffiton and Sakallah 2008; see `tree`). A
large system may have more of them than anybody could list: then all of one or two claims are
decided (see `pairs`), and of larger ones one for each literal without which the rest holds.

Sets of literals are the bits of a number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bakhmut.base.words import count
from bakhmut.engine.pairs import Pairs
from bakhmut.engine.solver import KEPT_WITNESSES, Solver, bits_of, is_large
from bakhmut.engine.tree import Tree, excluding, read_so
from bakhmut.meaning.readings import Premise
from bakhmut.meaning.rows import scopes_of
from bakhmut.meaning.space.pieces import Widest
from bakhmut.meaning.systems import System
from bakhmut.meaning.vocabulary import Choice

MOST_CONFLICTS = 500
MOST_CORRECTIONS = 500
MOST_CULPRITS = 24
# Checks times the size of the system: a count of steps, so that a limit does not hang on the
# machine or the day.
MOST_WORK = 300_000
MOST_STEPS = 20_000  # branches of the search
OPEN = ("unknown", "widest")  # parts that are taken by which parts are the widest


@dataclass
class Enumeration:
    """The conflicts of a system, how many worlds it has and how many were looked at."""

    conflicts: list[int] = field(default_factory=list)
    complete: bool = True
    most: int = MOST_CONFLICTS
    notes: list[str] = field(default_factory=list)


def all_conflicts(
    solver: Solver, *, most: int = MOST_CONFLICTS, of: Collection[str] | None = None
) -> Enumeration:
    """Return every smallest conflict of a system under every reading, up to stated limits.

    Where a limit is reached, or is sure to be, all of one or two claims are there, and what is
    said in `notes` of the others. Of a large system `of` has only those with a claim so named.
    """
    found = Enumeration(sorted(solver.smallest), most=most)
    whole, pairs = True, None
    if is_large(solver.system) and most > 1:
        pairs = Pairs(solver.system, of=of)
        found.conflicts += pairs.conflicts
        # With so many ways to resolve these alone there are too many to look at.
        whole = hitting_sets(found.conflicts) is not None
        if of is not None:
            pairs.decide()
            return Enumeration(pairs.conflicts, complete=False)
    found.complete = whole and _search(solver, found)
    if not found.complete and most < MOST_CONFLICTS:
        found.notes.append(f"the search stopped after {len(found.conflicts):,} conflicts")
    elif not found.complete:
        _search_by_culprit(solver, found, pairs or Pairs(solver.system))
    solver.smallest.update(found.conflicts)
    if found.complete:
        solver.searched = [solver.everything]
    return found


class Known:
    """What systems in one vocabulary have shown of literals, so that nothing is decided twice.

    Whether some claims can all hold depends on what they say, what words mean and, where something
    is not stated, which parts are the widest, and not on the claims that are looked at with them:
    what one system has shown of its literals is so in every other that has these. They are
    numbered here once for all. Only an assumption about each piece is another where claims tell
    other pieces apart.
    """

    def __init__(self) -> None:
        self.numbers: dict[tuple, int] = {}
        self.conflicts: dict[int, dict[int, None]] = {}  # by the last number in each
        self.holding: dict[int, None] = {}
        self.searched: dict[int, None] = {}  # literals of which every conflict is known

    def all_conflicts(self, solver: Solver, *, widest: Widest, most: int) -> Enumeration:
        """Return what `all_conflicts` does, with what is known; keep what is found."""
        ours = self._numbers_of(solver.system, widest)
        theirs = {number: n for n, number in enumerate(ours)}
        every = sum(1 << number for number in ours)
        known = (one for number in theirs for one in self.conflicts.get(number, ()))
        solver.smallest |= {_moved(one, theirs) for one in known if not one & ~every}
        held = dict.fromkeys(some & every for some in reversed(self.holding))
        solver.witnesses += [_moved(some, theirs) for some in held]
        solver.searched = [_moved(some, theirs) for some in {s & every for s in self.searched}]
        found = all_conflicts(solver, most=most)
        self.take_in(solver, widest=widest)
        return found

    def take_in(self, solver: Solver, *, widest: Widest) -> None:
        """Keep what a system whose conflicts were looked for has shown."""
        ours = self._numbers_of(solver.system, widest)
        for one in [_moved(one, ours) for one in solver.smallest]:
            self.conflicts.setdefault(one.bit_length() - 1, {})[one] = None
        self.searched |= dict.fromkeys(_moved(some, ours) for some in solver.searched)
        for some in [_moved(seen, ours) for seen in reversed(solver.witnesses)]:
            self.holding.pop(some, None)  # what was of use last is kept longest
            self.holding[some] = None
        for some in list(self.holding)[:-KEPT_WITNESSES]:
            del self.holding[some]

    def _numbers_of(self, system: System, widest: Widest) -> list[int]:
        """Return the numbers that the literals of a system have here."""
        claims = [premise for premise in system.premises if not premise.is_assumption]
        told = frozenset(
            s for premise in claims for one in premise.readings for s in scopes_of(one)
        )
        within = [_within(premise, widest) for premise in system.premises]
        numbers = []
        for one in system.literals:
            premise = system.premises[one.premise]
            apart = told if premise.is_assumption else None
            key = within[one.premise], premise, one.choices, one.about, apart
            numbers.append(self.numbers.setdefault(key, len(self.numbers)))
        return numbers


def _within(premise: Premise, widest: Widest) -> tuple:
    """Return the widest parts of each dimension in which a premise leaves something open."""
    if premise.is_assumption:
        return widest
    scopes = [scope for one in premise.readings for scope in scopes_of(one)]
    return tuple(
        part if any(scope[n][0].sort in OPEN for scope in scopes) else None
        for n, part in enumerate(widest)
    )


def _moved(some: int, numbers: Mapping[int, int] | Sequence[int]) -> int:
    """Return a set of literals by other numbers."""
    return sum(1 << numbers[n] for n in bits_of(some))


def _search(solver: Solver, found: Enumeration) -> bool:
    """Find every conflict; return False where a limit is reached."""
    tree = Tree(solver, found.conflicts)
    for fresh in tree.search():
        if fresh:
            found.conflicts.append(fresh)
        if len(found.conflicts) >= found.most or tree.steps > MOST_STEPS:
            return False
        if solver.checks * solver.size > MOST_WORK:
            return False
    return True


def _search_by_culprit(solver: Solver, found: Enumeration, pairs: Pairs) -> None:
    """Find all conflicts of one or two claims, and one for each figure that others hold without.

    Literals are taken out until the rest holds, at first where HiGHS guesses that it does: then
    every conflict, known or not, has one of those taken out. Those of a figure that the rest holds
    with, however words are read, are put back, and of each other figure a conflict is found.
    """
    sure = pairs.decide(solver.seen_to_hold)
    sets = {claims_of(solver.system, one) for one in pairs.conflicts}
    if len(sets) > found.most:  # more than anybody could look at
        found.conflicts = found.conflicts[: found.most]
        found.notes.append(f"the search stopped after {found.most:,} of {len(sets):,} conflicts")
        return
    found.conflicts = list(dict.fromkeys([*pairs.conflicts, *found.conflicts]))
    culprits = _culprits(solver, found)
    _tell(solver.system, found, culprits, small=len(pairs.conflicts) if sure else 0)


def _culprits(solver: Solver, found: Enumeration) -> int:
    """Return literals of which every conflict has one, 0 for none found; add one with each."""
    read = read_so(solver.system)
    known = list(found.conflicts)  # with those of a word read in two ways at once: no conflicts
    culprits = sum(1 << number for number in solver.highs.correction()) if solver.large else 0
    for _ in range(MOST_CULPRITS):
        culprits = culprits or _in_most(known)
        core = solver.core(solver.everything & ~culprits)
        if core is None:
            break
        known.append(solver.shrink(core))
        culprits = 0
    else:
        culprits = 0
    found.conflicts = [one for one in known if not excluding(read, one)]
    rest, unread = solver.everything & ~culprits, []
    for literals in solver.system.by_premise:
        own = sum(1 << one.number for one in literals) & culprits
        if not own or any(own & one and not one & ~(rest | own) for one in found.conflicts):
            continue
        core = solver.core(rest | own)
        if core is None:
            rest |= own
        elif excluding(read, fresh := solver.shrink(core)):
            unread.append(own)
        else:
            found.conflicts.append(fresh)
    for own in unread:  # last: what is put back here fails as soon as a word is read twice
        fresh = _read_in_one_way(solver, read, rest | own)
        if fresh is None:
            rest |= own
        elif fresh:
            found.conflicts.append(fresh)
    return solver.everything & ~rest


def _read_in_one_way(
    solver: Solver, read: dict[Choice, dict[str, int]], literals: int
) -> int | None:
    """Return a conflict among literals in which each word is read in one way, None for none.

    And 0 where too many ways to read them would have to be tried.
    """
    waiting = [literals]
    for _ in range(MOST_CULPRITS):
        if not waiting:
            return None
        left = waiting.pop()
        core = solver.core(left)
        if core is None:
            continue
        fresh = solver.shrink(core)
        choice = excluding(read, fresh)
        if choice is None:
            return fresh
        every = sum(read[choice].values())
        waiting += [left & ~(every ^ mine) for mine in read[choice].values()]
    return 0


def claims_of(system: System, conflict: int) -> frozenset[int]:
    """Return the claims of a conflict of literals, as their places in the system."""
    return frozenset(system.literals[n].premise for n in bits_of(conflict))


def _tell(system: System, found: Enumeration, culprits: int, *, small: int) -> None:
    """Say what is certain of the conflicts where not all were searched for."""
    named = [system.premises[n] for n in claims_of(system, culprits)]
    ours = sum(premise.is_assumption for premise in named)
    figures = count(len(named) - ours, "figure")
    some = f"{figures} or {count(ours, 'assumption')}" if ours else figures
    every = f"; every other has one of {some} in it" if named else ""
    listed = f"all {small:,} of one or two claims, each as it may be read, are here, and "
    found.notes.append(
        f"not all sets were searched for: {listed if small else ''}"
        f"{len(found.conflicts) - small:,} {'larger ones' if small else 'are here'}{every}"
    )


def _in_most(conflicts: list[int]) -> int:
    """Return literals of which each conflict has one, those that are in most of them."""
    taken = 0
    left = conflicts
    while left:
        often = Counter(number for conflict in left for number in bits_of(conflict))
        number = min(often, key=lambda n: (-often[n], n))
        taken |= 1 << number
        left = [conflict for conflict in left if not conflict >> number & 1]
    return taken


def hitting_sets(sets: Iterable[int]) -> list[int] | None:
    """Return all smallest ways to take one element of every set, or None beyond the limit."""
    found: list[int] | None = [0]
    for one in sets:
        found = extended(found, one)
        if found is None:
            return None
    return found


def extended(found: list[int], one: int) -> list[int] | None:
    """Return the smallest ways for one set more (Berge 1989)."""
    kept = [t for t in found if t & one]
    # Only what has the same element of the set, and no other of it, can be within one that grows.
    within: dict[int, list[int]] = defaultdict(list)
    for t in kept:
        within[t & one].append(t)
    bits = [1 << number for number in bits_of(one)]
    fresh: list[int] = []
    for t in found:
        if not t & one:
            for bit in bits:
                grown = t | bit
                if not any(not k & ~grown for k in within.get(bit, ())):
                    fresh.append(grown)
            if len(kept) + len(fresh) > MOST_CORRECTIONS:
                return None
    return kept + fresh


def smallest_failing(most: int, failing: Callable[[int], int | None]) -> tuple[list[int], bool]:
    """Return the smallest sets that fail, by the duality above, of all that some set has.

    `failing` returns for a set what of it fails already, None where it holds. And whether they
    are all: there may be too many ways to take one element out of each.
    """
    found: list[int] = []
    confirmed: set[int] = set()
    corrections: list[int] | None = [0]
    while corrections is not None:
        fresh = None
        for correction in corrections:
            rest = most & ~correction
            if correction in confirmed:
                continue
            needed = failing(rest)
            if needed is None:
                confirmed.add(correction)
                continue
            for number in bits_of(most):
                bit = 1 << number
                if rest & bit:  # what the last failure had no need of is not asked for
                    less = failing(rest & ~bit) if needed & bit else needed
                    rest, needed = (rest, needed) if less is None else (rest & ~bit, less)
            fresh = rest
            break
        if fresh is None:
            break
        found.append(fresh)
        corrections = extended(corrections, fresh)
    return found, corrections is not None
