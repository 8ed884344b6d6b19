"""What claims together imply for a count, a ratio or a share, exactly.

A count is a linear programme. A ratio is maximised as in Dinkelbach (1967): subtract the best
ratio so far times the denominator, maximise, and repeat until nothing is gained; in exact
arithmetic that ends at the ratio itself.

Figures are taken as they usually are meant, and more widely only where nothing holds so: a whole
number with all its digits as printed, else as rounded; "about" as within 5 %, else as far as it
can be meant. A share, and a number such as 1.2 million, is rounded always.

Dinkelbach, W. (1967). On nonlinear fractional programming. Management Science 13(7).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod

from bakhmut.base.basis import LOW
from bakhmut.engine.solver import Solver, World, claims_in
from bakhmut.engine.worlds import first_world
from bakhmut.meaning.readings import Premise, as_printed, choices_of, closed, readings_of
from bakhmut.meaning.rows import Literal, looser
from bakhmut.meaning.space.pieces import Widest
from bakhmut.meaning.systems import System, build_systems
from bakhmut.meaning.totals import names_between, runs_of
from bakhmut.meaning.vocabulary import Choice, Scope, Vocabulary

MOST_WORLDS = 128
MOST_SOLVES = 20_000
Span = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True)
class Quantity:
    """A scope, or one per another."""

    top: Scope
    bottom: Scope | None = None
    kind: str = "count"


@dataclass(frozen=True)
class Bounded:
    """What is implied for a quantity under a reading ({}: over all that are consistent).

    Where no reading holds, anything would follow: there is no span then.
    """

    quantity: Quantity
    reading: World
    span: Span | None


class Bounds:
    """The bounds of quantities: which can be given is known at once, `solved` works them out.

    The readings shown one by one are those of words; where a claim has readings of its own,
    the first of them. Over all readings, readings that others contain need not be tried. With
    `link` a ratio's two scopes may lie in stories that no claim connects. `nogoods` are readings
    that fail anywhere in the dossier: what is bounded here need not repeat why. `notes` says
    what is not bounded, for a limit was reached.
    """

    def __init__(
        self,
        premises: list[Premise],
        vocabulary: Vocabulary,
        quantities: Iterable[Quantity],
        *,
        widest: Widest | None = None,
        link: bool = False,
        nogoods: Sequence[World] = (),
    ):
        self.left = list(dict.fromkeys(quantities))
        self.nogoods = nogoods
        self.notes: list[str] = []
        narrow = [as_printed(premise, in_full=True) for premise in premises]
        # An end that is not reached bounds as one that is.
        premises = list(map(closed, premises))
        narrow = list(map(closed, narrow))
        self.in_persons = _are_whole(premises)
        self.elsewhere = _readings_in(nogoods, premises)
        scopes = dict.fromkeys(s for q in self.left for s in (q.top, q.bottom) if s is not None)
        pairs = [(q.top, q.bottom) for q in self.left if link and q.bottom is not None]
        ways = [narrow, premises] if narrow != premises else [premises]
        # Totals that others hold in place bound nothing, if they do with figures taken either way.
        held = set.intersection(*(
            names_between(runs_of(way, vocabulary, widest=widest, watch=scopes)) for way in ways
        ))  # fmt: skip
        both = [
            build_systems(
                [premise for premise in way if premise.name not in held],
                vocabulary, watch=scopes, linked=pairs, widest=widest,
            )
            for way in ways
        ]  # fmt: skip
        self.parts: list[_Part] = []
        for systems in zip(*both, strict=True):  # the same scopes, so linked alike
            watched = systems[0].watched
            own = [
                q for q in self.left if q.top in watched and (not q.bottom or q.bottom in watched)
            ]
            if own:
                self.parts.append(_Part(list(map(Solver, systems)), own, self.notes))
                self.left = [q for q in self.left if q not in own]

    def solved(self) -> list[Bounded]:
        """Return the bounds over all readings, then by reading; none where no reading holds."""
        if first_world(self.nogoods, self.elsewhere) is None:
            return []
        bounded = [one for part in self.parts for one in part.solved(self.nogoods, self.elsewhere)]
        # No claim says anything of what is left: it is only not negative.
        bounded += [Bounded(q, {}, (Fraction(0), None)) for q in self.left]
        return [
            _in_persons(one) if self.in_persons and not one.quantity.bottom else one
            for one in bounded
        ]


def _are_whole(premises: Iterable[Premise]) -> bool:
    """Return whether all counts are of whole things: no figure of one is printed with a part."""
    return all(
        one.is_whole for premise in premises for one in premise.readings if one.bottom is None
    )


def _in_persons(one: Bounded) -> Bounded:
    """Return a bound on a count as the whole numbers that lie within it."""
    low, high = one.span
    least = None if low is None else Fraction(ceil(low))
    most = None if high is None else Fraction(floor(high))
    if least is not None and most is not None and least > most:
        least, most = Fraction(floor(low or 0)), Fraction(ceil(high or 0))
    return Bounded(one.quantity, one.reading, (least, most))


def _readings_in(
    nogoods: Iterable[World], premises: list[Premise]
) -> dict[Choice, tuple[str, ...]]:
    """Return all readings of the words that nogoods turn on."""
    every = choices_of(readings_of(premises))
    return {choice: every.get(choice, ()) for nogood in nogoods for choice in nogood}


class _Part:
    """What is bounded in one system: its figures as printed, if that differs, and as rounded."""

    def __init__(self, solvers: list[Solver], quantities: list[Quantity], notes: list[str]):
        self.solvers = solvers
        self.quantities = quantities
        system = solvers[-1].system
        self.shown = {v: (r[:1] if v.kind == "claim" else r) for v, r in system.variables.items()}
        self.ways: dict[str, dict[Choice, tuple[str, ...]]] = {}
        for which, variables in (("all", _loosest(solvers)), ("shown", self.shown)):
            worlds = prod(map(len, variables.values()))
            if worlds > MOST_WORLDS or worlds * len(quantities) * 2 > MOST_SOLVES:
                notes.append(
                    f"bounds: {worlds:,} combinations of readings are more than are bounded one "
                    "by one; bounds are not given for the claims linked there"
                )
            else:
                self.ways[which] = variables

    def solved(
        self, nogoods: Sequence[World], elsewhere: dict[Choice, tuple[str, ...]]
    ) -> Iterator[Bounded]:
        """Yield the bounds of each quantity, over all readings and by those that matter."""
        spans: dict[Quantity, dict[str, list[tuple[World, Span]]]] = {
            q: {"all": [], "shown": []} for q in self.quantities
        }
        for which, variables in self.ways.items():
            for readings in product(*variables.values()):
                world = dict(zip(variables, readings, strict=True))
                if nogoods and first_world(nogoods, elsewhere, start=world) is None:
                    continue
                solver = _as_usual(self.solvers, world)
                if solver is not None:
                    for q in self.quantities:
                        spans[q][which].append((world, _span(solver, q)))
        for q, found in spans.items():
            if found["all"]:
                yield Bounded(q, {}, _hull(span for _, span in found["all"]))
            kept = [v for v in self.shown if _matters(v, found["shown"])]
            if kept:
                by_reading = {
                    tuple((v, world[v]) for v in kept): span for world, span in found["shown"]
                }
                yield from (Bounded(q, dict(world), span) for world, span in by_reading.items())


def _as_usual(solvers: list[Solver], world: World) -> Solver | None:
    """Return the first solver in which a world holds, set to it: "about" is usual if it can be."""
    ways = [*((solver, True) for solver in solvers), (solvers[-1], False)]
    for solver, about in ways:
        mask = claims_in(solver.system, world, about=about) | _assumed(solver.system, world)
        if solver.refute(mask) is None:
            return solver
    return None


def _matters(variable: Choice, spans: list[tuple[World, Span]]) -> bool:
    """Return whether spans differ where only a variable's reading does."""
    seen: dict[tuple, Span] = {}
    for world, span in spans:
        key = tuple((v, r) for v, r in world.items() if v != variable)
        if seen.setdefault(key, span) != span:
            return True
    return False


def _hull(spans: Iterable[Span]) -> Span:
    lows, highs = zip(*spans, strict=True)
    low = None if any(v is None for v in lows) else min(lows)
    high = None if any(v is None for v in highs) else max(highs)
    return low, high


def _assumed(system: System, world: World) -> int:
    mask = 0
    for literals, premise in zip(system.by_premise, system.premises, strict=True):
        if premise.is_assumption:
            for literal in literals:
                if all(world[v] == r for v, r in literal.choices):
                    mask |= 1 << literal.number
    return mask


def _loosest(solvers: list[Solver]) -> dict[Choice, tuple[str, ...]]:
    """Return the readings left when a claim's tighter ones are dropped for looser ones.

    What is looser as rounded need not be as printed: dropped is what is tighter in all systems.
    """
    each = [_looser_in(solver.system) for solver in solvers]
    return {
        variable: tuple(r for r in readings if any(r in kept[variable] for kept in each))
        for variable, readings in solvers[-1].system.variables.items()
    }


def _looser_in(system: System) -> dict[Choice, tuple[str, ...]]:
    kept = dict(system.variables)
    for literals in system.by_premise:
        for variable in {
            v for literal in literals for v, _ in literal.choices if v.kind == "claim"
        }:
            by_reading: dict[str, dict] = {}
            for literal in literals:
                choices = dict(literal.choices)
                reading = choices.pop(variable, None)
                if reading is not None:
                    by_reading.setdefault(reading, {})[tuple(sorted(choices.items()))] = literal
            names = list(by_reading)
            for name in names:
                others = [n for n in kept[variable] if n != name]
                if any(_contains(by_reading[n], by_reading[name]) for n in others):
                    kept[variable] = tuple(n for n in kept[variable] if n != name)
    return kept


def _contains(loose: dict[tuple, Literal], tight: dict[tuple, Literal]) -> bool:
    """Return whether one reading allows all that another does, whatever the other words mean."""
    if loose.keys() != tight.keys():
        return False
    return all(looser(loose[key], tight[key]) for key in loose)


def _span(solver: Solver, quantity: Quantity) -> Span:
    """Return the lower and upper bound of a quantity for the bounds set on the tableau."""
    tableau, watched = solver.tableau, solver.system.watched
    top, times = watched[quantity.top]
    if quantity.bottom is None:
        low, _ = tableau.maximise(top, -1)
        high, _ = tableau.maximise(top, 1)
        return (None if low is None else -low * times), (None if high is None else high * times)
    bottom, bottom_times = watched[quantity.bottom]
    mark = tableau.mark()
    least = Fraction(1, bottom_times)
    if tableau.bound(bottom, LOW, least, None) is not None or tableau.solve() is not None:
        tableau.undo(mark)
        return None, None
    forms = len(tableau.value)
    spans = [_extreme_ratio(solver, top, bottom, sign) for sign in (-1, 1)]
    tableau.drop_forms(forms)
    tableau.undo(mark)
    low, high = (None if s is None else s * times / bottom_times for s in spans)
    return low, high


def _extreme_ratio(solver: Solver, top: int, bottom: int, sign: int) -> Fraction | None:
    tableau = solver.tableau
    best = Fraction(tableau.value[top]) / Fraction(tableau.value[bottom])
    for _ in range(200):
        form = {top: best.denominator}
        form[bottom] = form.get(bottom, 0) - best.numerator
        gap = tableau.add_form({v: w for v, w in form.items() if w})
        most, ray = tableau.maximise(gap, sign)
        if most is None:
            rise, run = tableau.slope(top, ray), tableau.slope(bottom, ray)
            if run <= 0:
                return None if sign > 0 else Fraction(0)
            best = rise / run
        elif most <= 0:  # below 0 where the best is only approached, along a ray
            return best
        else:
            best = Fraction(tableau.value[top]) / Fraction(tableau.value[bottom])
    raise ArithmeticError("a ratio's bound did not settle in 200 steps")
