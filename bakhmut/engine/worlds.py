"""Settings of the words: one that no nogood is part of, and how many there are.

A *world* gives each ambiguous word one of its readings; a *nogood* is part of a world in which
something fails. They are counted as models are: what no nogood links is counted apart and
multiplied, what one links is taken reading by reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import prod

from bakhmut.engine.solver import World
from bakhmut.meaning.vocabulary import Choice

MOST_STEPS = 100_000
MOST_COMBINATIONS = 4096
Variables = dict[Choice, tuple[str, ...]]
_Nogoods = frozenset[frozenset[tuple[Choice, str]]]


def first_world(
    nogoods: Sequence[World],
    variables: Variables,
    *,
    start: World | None = None,
    met: list[World] | None = None,
) -> World | None:
    """Return a setting of all variables that no nogood is part of, or None if there is none.

    Into `met` come the nogoods met on the way: where there is none, these alone show it.
    """
    stack: list[World] = [start or {}]
    while stack:
        world = stack.pop()
        open_one = _unbroken(nogoods, world)
        if open_one is None:
            return {v: world.get(v, readings[0]) for v, readings in variables.items()}
        choice = next((v for v in open_one if v not in world), None)
        if choice is not None:
            stack += [{**world, choice: r} for r in reversed(variables[choice])]
        elif met is not None:
            met.append(open_one)
    return None


def _unbroken(nogoods: Sequence[World], world: World) -> World | None:
    """Return a nogood that a partial setting does not rule out, the most nearly met first."""
    best = None
    for nogood in nogoods:
        missing = 0
        for choice, reading in nogood.items():
            own = world.get(choice)
            if own is None:
                missing += 1
            elif own != reading:
                break
        else:
            if not missing:
                return nogood
            if best is None or missing < best[0]:
                best = (missing, nogood)
    return None if best is None else best[1]


def open_worlds(nogoods: list[World], variables: Variables) -> Iterator[World]:
    """Yield worlds that no nogood is part of, as these grow."""
    if prod(map(len, variables.values())) > MOST_COMBINATIONS:
        while (one := first_world(nogoods, variables)) is not None:
            yield one
        return
    for chosen in product(*variables.values()):
        world = dict(zip(variables, chosen, strict=True))
        if not any(bad.items() <= world.items() for bad in nogoods):
            yield world


def essential(
    readings: Variables, failing: list[World], holding: list[World]
) -> tuple[tuple[World, ...], tuple[World, ...]]:
    """Return both lists without the words whose reading makes no difference."""

    def matters(choice: Choice) -> bool:
        """Whether worlds that differ in nothing else differ in outcome."""
        outcome: dict[tuple, bool] = {}
        for fails, worlds in ((True, failing), (False, holding)):
            for world in worlds:
                rest = tuple(item for item in world.items() if item[0] != choice)
                if outcome.setdefault(rest, fails) != fails:
                    return True
        return False

    kept = [choice for choice in readings if matters(choice)]

    def shorter(worlds: list[World]) -> tuple[World, ...]:
        short = dict.fromkeys(tuple((v, world[v]) for v in kept) for world in worlds)
        return tuple(dict(world) for world in short)

    return shorter(failing), shorter(holding)


def count_worlds(nogoods: Iterable[World], variables: Variables) -> int | None:
    """Return how many settings no nogood is part of, or None beyond the limit of steps."""
    counter = _Counter(variables)
    start = _smallest(frozenset(nogood.items()) for nogood in nogoods)
    try:
        held = counter.count(start)
    except OverflowError:
        return None
    return held * prod(len(r) for v, r in variables.items() if v not in _words(start))


class _Counter:
    """Counts the settings of the words in some nogoods, each set of nogoods once."""

    def __init__(self, variables: Variables):
        self.variables = variables
        self.known: dict[_Nogoods, int] = {}
        self.steps = 0

    def count(self, nogoods: _Nogoods) -> int:
        """Return how many settings of the words in some nogoods have none of them as a part."""
        if frozenset() in nogoods:
            return 0
        return prod(self._linked(part) for part in _components(nogoods))

    def _linked(self, nogoods: _Nogoods) -> int:
        """Return the same for nogoods that are linked, by the readings of their commonest word."""
        if nogoods in self.known:
            return self.known[nogoods]
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise OverflowError
        often = Counter(choice for nogood in nogoods for choice, _ in nogood)
        choice = min(often, key=lambda v: (-often[v], v))
        words = _words(nogoods) - {choice}
        total = 0
        for reading in self.variables[choice]:
            left = _smallest(
                frozenset(item for item in nogood if item[0] != choice)
                for nogood in nogoods
                if all(v != choice or r == reading for v, r in nogood)
            )
            free = words - _words(left)
            total += self.count(left) * prod(len(self.variables[v]) for v in free)
        self.known[nogoods] = total
        return total


def _words(nogoods: _Nogoods) -> set[Choice]:
    return {choice for nogood in nogoods for choice, _ in nogood}


def _smallest(nogoods: Iterable[frozenset[tuple[Choice, str]]]) -> _Nogoods:
    """Return nogoods without those that another is part of."""
    kept: list[frozenset] = []
    for nogood in sorted(set(nogoods), key=len):
        if not any(own <= nogood for own in kept):
            kept.append(nogood)
    return frozenset(kept)


def _components(nogoods: _Nogoods) -> list[_Nogoods]:
    """Return nogoods in groups that share no word."""
    groups: list[tuple[set[Choice], list]] = []
    for nogood in nogoods:
        words, members = {choice for choice, _ in nogood}, [nogood]
        apart = []
        for own, some in groups:
            if own.isdisjoint(words):
                apart.append((own, some))
            else:
                words, members = words | own, members + some
        groups = [*apart, (words, members)]
    return [frozenset(members) for _, members in groups]
