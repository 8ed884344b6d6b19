"""Printed figures are rounded: what conflicts in the last digit only is a slip.

A point figure without a hedge stands for all numbers that are rounded to it: half a unit of its
last digit to either side. Which digit that is:

- after a decimal point, before "%" or before "thousand", "million" and the like, the last one
  that is printed: 25.6 % is 25.55 to 25.65 %, 1.2 million is 1.15 to 1.25 million;
- in a whole number of five digits or more that ends in two zeros or more, the last one that is
  not zero, though a unit is at most 5 % here (half the width of "about"): 153,700 is 153,650 to
  153,750, 12,000 is 11,700 to 12,300. Any other count is exact; one zero ends every tenth of them.

So n rounded parts may miss a rounded total by n + 1 half units, and exact counts by nothing.
What a source says itself goes before this custom: a figure with the hedge `exact` is exact, and a
range, a bound ("more than") or "about" has its width already.

A conflict that this dissolves rests on the assumption `PRINTED`, that figures hold to the last
digit: it is listed, with its proof and with the share of a unit that would have to give, as one
that conflicts with an assumption. Every other stays what it is. A quotient is always taken as
rounded beside counts, for 203 of 325 *are* 62.46 %; only quotients among themselves (shares that
add up to 99.9 %) are also compared to the last digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bakhmut.dossier.notation import parse_number
from bakhmut.engine.conflicts import MOST_CONFLICTS, all_conflicts
from bakhmut.engine.solver import Engine
from bakhmut.engine.status import BY_DEFINITION, STATUSES, worst
from bakhmut.engine.verdicts import Conflict, Verdict, judge
from bakhmut.meaning.pieces import Widest
from bakhmut.meaning.readings import ABOUT_WIDTH, Alternative, Unit
from bakhmut.meaning.rows import Literal, Row
from bakhmut.meaning.systems import System, build_systems
from bakhmut.meaning.vocabulary import Vocabulary

PRINTED = "printed-to-the-last-digit"
SHORTEST, LEAST_ZEROS = 5, 2
HALF = Fraction(1, 2)
# What rounding does not explain, but an error of so much in each figure: a slip all the same.
SLIP = 0.01
MOST_COMPARED = 200


def last_digit(printed: str) -> Fraction:
    """Return one unit of the digit to which a printed figure is rounded, 0 for an exact count.

    >>> [str(last_digit(text)) for text in ("25.6%", "1.2 million", "120,000", "153,771")]
    ['1/1000', '100000', '6000', '0']
    """
    plain = printed.strip()
    number = re.sub(r"[^\d.,\s'’].*", "", plain).rstrip()
    whole, point, part = re.sub(r"[^\d.]", "", number).partition(".")
    unit = parse_number(f"1{plain[len(number) :]}")
    if point or unit != 1:
        return unit / 10 ** len(part)
    zeros = len(whole) - len(whole.rstrip("0"))
    if len(whole) < SHORTEST or zeros < LEAST_ZEROS:
        return Fraction(0)
    return min(Fraction(10**zeros), ABOUT_WIDTH * int(whole))


def rounded(unit: Unit) -> Unit:
    """Return a claim with each point figure as wide as it is rounded."""
    return unit._replace(alternatives=tuple(map(_widened, unit.alternatives)))


def _widened(one: Alternative) -> Alternative:
    if not one.printed or one.low is None or one.high is None:
        return one
    half = HALF * last_digit(one.printed)
    return one._replace(low=max(one.low - half, Fraction(0)), high=one.high + half)


def settle(
    system: System, words: Vocabulary, *, widest: Widest, most: int = MOST_CONFLICTS
) -> tuple[list[Verdict], list[Conflict], list[str]]:
    """Return the verdicts on a system, its conflicts of the last digit, and the search's notes.

    The verdicts are on the figures as printed, but for quotients and for the claims of such
    conflicts: these are taken as rounded. `engine.system.units` has the units as taken.
    """
    wide = {u.name: wider for u in system.units if (wider := rounded(u)) != u}
    if not wide:
        verdict, notes = _judged(system, most=most)
        return [verdict], [], notes
    scene = _Scene(system.units, words, widest)
    taken = {name: unit for name, unit in wide.items() if _is_quotient(unit)}
    systems = scene.systems(taken) if taken else [system]
    verdicts, notes = _judged_all(systems, most=most)
    printed = [c for verdict in verdicts for c in verdict.conflicts]
    if len(printed) > MOST_COMPARED:
        notes.append(f"the first {MOST_COMPARED} conflicts were compared with their rounding")
    between = scene.between_quotients(taken, printed, most=most)
    left = printed
    # What was hidden behind a slip may be one itself.
    while loose := _members(c for c in left[:MOST_COMPARED] if scene.is_slip(c, wide, taken)):
        taken |= {name: unit for name, unit in wide.items() if name in loose}
        again = [_with_counts(one, taken) for one in systems]
        verdicts, more = _judged_all(again, most=most)
        notes += [note for note in more if note not in notes]
        left = [c for verdict in verdicts for c in verdict.conflicts]
    still = {(c.units, c.about) for c in left}
    slips = [c for c in printed if (c.units, c.about) not in still]
    for verdict in verdicts:
        verdict.conflicts = [scene.as_printed(c, taken) for c in verdict.conflicts]
    slips = [scene.as_printed(c, taken) for c in slips]
    return verdicts, [_slip(c) for c in (*between, *slips)], notes


def _members(conflicts: Iterable[Conflict]) -> set[str]:
    return {name for conflict in conflicts for name in conflict.units}


def _judged(system: System, *, most: int = MOST_CONFLICTS) -> tuple[Verdict, list[str]]:
    engine = Engine(system)
    found = all_conflicts(engine, most=most)
    return judge(engine, found), list(found.notes)


def _judged_all(
    systems: Iterable[System], *, most: int = MOST_CONFLICTS
) -> tuple[list[Verdict], list[str]]:
    found = [_judged(system, most=most) for system in systems]
    return [verdict for verdict, _ in found], [note for _, notes in found for note in notes]


def _with_counts(system: System, taken: Mapping[str, Unit]) -> System:
    """Return a system with the bounds of some counts those of units taken otherwise."""
    units = [taken.get(unit.name, unit) for unit in system.units]
    literals = []
    for literal in system.literals:
        rows = literal.rows
        if units[literal.unit] is not system.units[literal.unit]:
            alternatives = units[literal.unit].alternatives
            own = next(a for a in alternatives if a.choices == literal.choices)
            rows = tuple(_moved(row, own) for row in rows)
        literals.append(Literal(literal.number, literal.unit, literal.choices, rows, literal.about))
    by_unit = [[literals[one.number] for one in some] for some in system.by_unit]
    return replace(system, units=units, literals=literals, by_unit=by_unit)


def _moved(row: Row, one: Alternative) -> Row:
    figure = one.low if row.is_low else one.high
    if row.what != "count" or figure is None or figure == row.figure:
        return row
    value = figure * row.scale
    return Row(row.variable, row.end, value, "count", figure, row.top, row.bottom, row.scale)


def _is_quotient(unit: Unit) -> bool:
    return not unit.is_assumption and all(one.bottom for one in unit.alternatives)


def _slip(conflict: Conflict) -> Conflict:
    conflict.status, conflict.rounding = "conflicts-with-assumption", True
    conflict.ways = [replace(way, by_definition=False) for way in conflict.ways]
    return conflict


@dataclass(frozen=True)
class _Scene:
    """The units of a system as printed, to be judged with some of them taken otherwise."""

    units: list[Unit]
    words: Vocabulary
    widest: Widest

    def systems(
        self, taken: Mapping[str, Unit], among: frozenset[str] | None = None
    ) -> list[System]:
        """Return the systems of the units, or of those among some names."""
        units = [taken.get(u.name, u) for u in self.units if among is None or u.name in among]
        return build_systems(units, self.words, widest=self.widest)

    def conflicts(
        self, taken: Mapping[str, Unit], among: frozenset[str], *, most: int = MOST_CONFLICTS
    ) -> list[Conflict]:
        """Return the conflicts of the units among some names."""
        systems = self.systems(taken, among)
        return [c for s in systems for c in _judged(s, most=most)[0].conflicts]

    def is_slip(
        self, conflict: Conflict, wide: Mapping[str, Unit], taken: Mapping[str, Unit]
    ) -> bool:
        """Return whether a conflict's claims, taken as rounded, fare better than as printed."""
        wider = wide.keys() - taken.keys()
        if conflict.status not in BY_DEFINITION or wider.isdisjoint(conflict.units):
            return False
        left = worst(c.status for c in self.conflicts(wide, conflict.units))
        return STATUSES.index(left) > STATUSES.index(conflict.status)

    def between_quotients(
        self, taken: Mapping[str, Unit], known: Iterable[Conflict], *, most: int
    ) -> list[Conflict]:
        """Return what only quotients as printed, set against each other, have as conflicts."""
        among = frozenset(u.name for u in self.units if _is_quotient(u))
        if not taken or len(among) < 2:
            return []
        others = [c.units for c in known]
        found = self.conflicts({}, among, most=most)
        return [c for c in found if not any(units <= c.units for units in others)]

    def as_printed(self, conflict: Conflict, taken: Mapping[str, Unit]) -> Conflict:
        """Return a conflict with the figures as printed, so that its proof shows them."""
        if taken.keys().isdisjoint(conflict.units):
            return conflict
        for twin in self.conflicts({}, conflict.units):
            if (twin.units, twin.about) == (conflict.units, conflict.about):
                twin.status, twin.fails, twin.holds = (
                    conflict.status,
                    conflict.fails,
                    conflict.holds,
                )
                return twin
        return conflict
