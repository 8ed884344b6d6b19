"""Usual readings first: what is said of them alone, and what ranks below for needing another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import STATUSES
from bakhmut.engine.verdicts import Conflict, Core
from bakhmut.engine.worlds import first_world
from bakhmut.meaning.vocabulary import Choice

if TYPE_CHECKING:
    from bakhmut.consistency.case import Case


def usual_readings(case: Case) -> dict[Choice, set[str]]:
    """Return the choices of the claims of which some readings are marked as usual, with those."""
    marked: dict[str, set[str]] = {}
    for row in tuples_of(case.interpretation.dossier.readings):
        if row.usual:
            marked.setdefault(str(row.claim), set()).add(str(row.reading))
    found = {}
    for choice in case.interpretation.choices:
        if choice.kind == "term":
            readings = case.interpretation.vocabulary.usual.get((choice.dimension, choice.word))
        else:
            readings = marked.get(choice.owner)
        if readings:
            found[choice] = readings
    return found


def rank(case: Case, conflict: Conflict) -> float:
    """Return how grave a conflict is; one that needs an unusual reading is below all others."""
    grave = STATUSES.index(conflict.status)
    rarely = 0 < grave <= (last := STATUSES.index("conflicts-with-assumption"))
    rarely = rarely and not any(_is_usual(case, core) for core in conflict.cores)
    return last + 0.5 if rarely else grave


def _is_usual(case: Case, core: Core) -> bool:
    """Return whether the words of a way to fail are read as they usually are."""
    return all(reading in case.usual.get(choice, (reading,)) for choice, reading in core.world)


def usual_status(case: Case) -> str:
    """Return the status for the readings that are marked as usual, "" where none is."""
    if not case.usual:
        return ""
    if not all(verdict.certain for verdict in case.verdicts):
        return "undecided"
    cores = [w for verdict in case.verdicts for w in verdict.cores if _is_usual(case, w)]
    nogoods = [dict(core.world) for core in cores if core.by_definition]
    readings = {
        v: tuple(case.usual.get(v, every)) for v, every in case.interpretation.choices.items()
    }
    if first_world(nogoods, readings) is None:
        return "contradiction"
    if nogoods:
        return "contradiction-in-some-readings"
    return "conflicts-with-assumption" if cores else "consistent"
