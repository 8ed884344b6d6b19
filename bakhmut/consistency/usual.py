"""Usual readings first: what is said of them alone, and what ranks below for needing another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakhmut.engine.status import STATUSES
from bakhmut.engine.verdicts import Conflict, Way
from bakhmut.engine.worlds import first_world
from bakhmut.meaning.vocabulary import Variable

if TYPE_CHECKING:
    from bakhmut.consistency.case import Case


def usual_readings(case: Case) -> dict[Variable, set[str]]:
    """Return the choices of the claims of which some readings are marked as usual, with those."""
    marked: dict[str, set[str]] = {}
    for row in case.dossier.readings.itertuples():
        if row.usual:
            marked.setdefault(str(row.claim), set()).add(str(row.reading))
    found = {}
    for variable in case.variables:
        if variable[0] == "term":
            readings = case.words.usual.get((variable[2], variable[3]))
        else:
            readings = marked.get(variable[1])
        if readings:
            found[variable] = readings
    return found


def rank(case: Case, conflict: Conflict) -> float:
    """Return how grave a conflict is; one that needs an unusual reading is below all others."""
    grave = STATUSES.index(conflict.status)
    rarely = 0 < grave <= (last := STATUSES.index("conflicts-with-assumption"))
    rarely = rarely and not any(_is_usual(case, way) for way in conflict.ways)
    return last + 0.5 if rarely else grave


def _is_usual(case: Case, way: Way) -> bool:
    """Return whether the words of a way to fail are read as they usually are."""
    return all(reading in case.usual.get(variable, (reading,)) for variable, reading in way.world)


def usual_status(case: Case) -> str:
    """Return the status for the readings that are marked as usual, "" where none is."""
    if not case.usual:
        return ""
    if not all(verdict.certain for verdict in case.verdicts):
        return "undecided"
    ways = [w for verdict in case.verdicts for w in verdict.ways if _is_usual(case, w)]
    nogoods = [dict(way.world) for way in ways if way.by_definition]
    readings = {v: tuple(case.usual.get(v, every)) for v, every in case.variables.items()}
    if first_world(nogoods, readings) is None:
        return "contradiction"
    if nogoods:
        return "contradiction-in-some-readings"
    return "conflicts-with-assumption" if ways else "consistent"
