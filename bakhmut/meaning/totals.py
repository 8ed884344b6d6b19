"""Totals that are said anew day by day: which of them those around them hold in place.

A voice that counts from one first day says a total today and a higher one tomorrow. Where no other
figure begins or ends between two such days, whatever fits all other figures and the totals of these
two fits those in between as well: what was added in that time is shared out over its days, all of
it in one proportion. Each day's total is then the highest lower end so far, or what the time began
with, and that is above no upper end and no more than what the time ends with. So the totals in
between need not be decided while those around them are in no conflict: a conflict with one of them
would be one with those around it, too (docs/method.md, "Deciding").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, chain, pairwise
from math import inf

from bakhmut.meaning.readings import Premise
from bakhmut.meaning.rows import HAIR, says_something, scopes_of
from bakhmut.meaning.space.pieces import Space, Widest, days_of
from bakhmut.meaning.vocabulary import EACH, Scope, Vocabulary

# It is not worth a second search to leave out fewer.
FEWEST = 8

Ends = tuple[Fraction | float, ...]  # one for each reading


@dataclass(frozen=True, eq=False)
class Run:
    """Totals of one voice in the order of their days: the first and last hold those between."""

    totals: tuple[Premise, ...]

    @property
    def ends(self) -> frozenset[str]:
        """The names of the first and the last."""
        return frozenset({self.totals[0].name, self.totals[-1].name})

    @property
    def between(self) -> tuple[Premise, ...]:
        """All others, in their order."""
        return self.totals[1:-1]

    def halves(self) -> Iterator[Run]:
        """Yield the runs on either side of its middle."""
        middle = len(self.totals) // 2
        for half in (self.totals[: middle + 1], self.totals[middle:]):
            yield from _runs(half, set())

    def fits(self, total: Premise, place: int) -> bool:
        """Return whether the ends hold a total in one of these places, beside all others there."""
        printed = self.totals[place]
        if _series(total) != _series(printed) or _last(total) != _last(printed):
            return False
        least, most = self._room[place - 1]
        return not _any_above(least, _highs(total)) and not _any_above(_lows(total), most)

    @cached_property
    def _room(self) -> list[tuple[Ends, Ends]]:
        """For each total between, what its upper end is no lower than, and its lower no higher."""
        lows, highs = map(_lows, self.between), map(_highs, reversed(self.between))
        least = accumulate(lows, _highest, initial=_highs(self.totals[0]))
        most = accumulate(highs, _lowest, initial=_lows(self.totals[-1]))
        return list(zip(list(least)[:-1], list(most)[-2::-1], strict=True))


def runs_of(
    premises: Sequence[Premise],
    vocabulary: Vocabulary,
    *,
    widest: Widest | None,
    watch: Iterable[Scope] = (),
) -> list[Run]:
    """Return the longest runs of totals among premises.

    `watch` has further scopes whose counts are asked for, `widest` is as for `build_systems`.
    """
    if len(premises) - 2 < FEWEST:
        return []
    series: dict[tuple, list[Premise]] = defaultdict(list)
    for premise in premises:
        if key := _series(premise):
            series[key].append(premise)
    long = [totals for totals in series.values() if len(totals) - 2 >= FEWEST]
    if not long or any(map(_counts_each_time, premises)):
        return []
    watch = list(watch)
    scopes = {premise.name: list(chain(*map(scopes_of, premise.readings))) for premise in premises}
    dates = Space(vocabulary, chain(watch, *scopes.values()), widest=widest).dates
    always = {part for part in dates if part[0] == "term"}.union((widest and widest[3]) or ())
    runs: list[Run] = []
    for totals in long:
        own = {total.name for total in totals}
        others = chain(watch, *(some for name, some in scopes.items() if name not in own))
        apart = always.union(*(periods for *_, periods in others))
        days = {day for part in apart for span in dates.get(part, ()) for day in span}
        runs += _runs(sorted(totals, key=_last), days)
    return runs


def names_between(runs: Iterable[Run]) -> set[str]:
    """Return the names of the totals between the ends of runs."""
    return {one.name for run in runs for one in run.between}


def _series(premise: Premise) -> tuple | None:
    """Return what the totals of one series share; None where a premise is no such total."""
    periods = premise.readings[0].top[3]
    if premise.is_assumption or len(periods) > 1 or periods[0].sort != "time":
        return None
    if _any_above(_lows(premise), _highs(premise)):
        return None
    alike: list[object] = [premise.origin, days_of(periods[0].name)[0]]
    for one in premise.readings:
        divided = [scope for sides in one.equal for scope in sides]
        if one.bottom or one.is_difference or not says_something(one):
            return None
        for scope in (one.top, *divided):
            parts = chain(*scope[:3])
            if scope[3] != periods or any(part.sort not in {"term", "rest"} for part in parts):
                return None
        alike.append((one.choices, one.top[:3], tuple(scope[:3] for scope in divided)))
    return tuple(alike)


def _counts_each_time(premise: Premise) -> bool:
    """Return whether a premise bounds a number in every time: what is shared out may not fit it.

    A ratio that holds for some time holds for each part that has its share of both counts.
    """
    return any(
        EACH in one.top[3] and (one.bottom is None or one.is_difference) for one in premise.readings
    )


def _last(premise: Premise) -> int:
    """Return the day after the last one of a total."""
    return days_of(premise.readings[0].top[3][0].name)[1]


def _lows(premise: Premise) -> Ends:
    """Return the lower end of a total under each reading, "about" as it is usually meant.

    What holds so holds at the furthest ends of "about", too.
    """
    return tuple(-inf if one.low is None else one.low for one in premise.readings)


def _highs(premise: Premise) -> Ends:
    """Return the upper ends likewise."""
    return tuple(
        inf if one.high is None else one.high - (0 if one.reached else HAIR)
        for one in premise.readings
    )


def _any_above(some: Ends, others: Ends) -> bool:
    return any(one > other for one, other in zip(some, others, strict=True))


def _highest(some: Ends, others: Ends) -> Ends:
    return tuple(map(max, some, others))


def _lowest(some: Ends, others: Ends) -> Ends:
    return tuple(map(min, some, others))


def _runs(totals: Sequence[Premise], days: set[int]) -> Iterator[Run]:
    """Yield the runs of one series in order; on these days other figures begin or end."""
    start = 0
    while start < len(totals) - 1:
        end = _furthest(totals[start:], days)
        if end > FEWEST:
            yield Run(tuple(totals[start : start + end + 1]))
        start += max(end, 1)


def _furthest(totals: Sequence[Premise], days: set[int]) -> int:
    """Return the place of the furthest total that holds, with the first, all between them."""
    furthest, least = 0, _highs(totals[0])
    lows = (-inf,) * len(least)
    for n, (before, total) in enumerate(pairwise(totals)):
        if n:  # the one before would be between
            if _last(before) in days or _any_above(least, _highs(before)):
                break
            lows = _highest(lows, _lows(before))
            least = _highest(least, lows)
        first, last = _last(before), _last(total)
        if first == last or any(first < day < last for day in days):
            break
        if not _any_above(lows, _lows(total)):
            furthest = n + 1
    return furthest
