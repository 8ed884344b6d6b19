"""What can be true together: status, conflicts, corrections, bounds and readings of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import prod
from typing import Any

import pandas as pd

from bakhmut.consistency import explain, matrix
from bakhmut.consistency.case import (
    Case,
    alone,
    case_of,
    known_of,
    nogoods_of,
    one_conflict,
    status_of,
    stays_between,
)
from bakhmut.consistency.corrections import corrections_of, gives_of
from bakhmut.consistency.flat import flat
from bakhmut.consistency.notes import notes_of, slips_of
from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.engine.bounds import Bounded, Bounds
from bakhmut.engine.conflicts import Known
from bakhmut.engine.proving.certificates import Certificate
from bakhmut.engine.quantities import quantities_of, telling, telling_bounds
from bakhmut.engine.status import STATUS
from bakhmut.meaning.interpretation import Interpretation, choice_names, read
from bakhmut.meaning.readings import Premise

MOST_LISTED = 40  # claims of which a glance lists all conflicts


@dataclass(frozen=True, eq=False)
class Check:
    """All that was decided about a dossier; what is not asked for is not worked out.

    `conflicts` is described at `find_conflicts`, `readings` at `reading_matrix`, `corrections` at
    `correct`, `bounds` at `bound`. `variables` has each word or claim with several readings
    (`variable`, `kind`, `word`, `origin`, `claims`, `readings`, `because`), `witness` one set of
    numbers under which all claims hold (`scope`, `value`, `exact`). `gives` has the conflicts by
    definition (or, without any, those with assumptions) grouped by culprit, a row each: the
    figure or assumption that `gives`, its `origin`, the `conflicts` that go with it `of` how
    many, and `others` that would do as well, the smallest change first; where there is one row,
    all else holds without it. `alone` names the claims that nothing links to another, so that
    they are compared with none; `notes` is described at `notes.notes_of`.
    """

    _case: Case

    @cached_property
    def status(self) -> str:
        """A word of `STATUSES`."""
        return status_of(self._case)

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """See `find_conflicts`."""
        return explain.conflict_frame(self._case)

    @cached_property
    def sets(self) -> pd.DataFrame:
        """`conflicts` without what takes time to work out: as far as `readings_hold`."""
        return explain.sets_of(self._case)

    def margin(self, conflict: str) -> float:
        """Return the `margin` of a conflict, by its name."""
        return explain.margin_in(self._case, self._case.conflict(conflict))

    def apart(self, conflict: str) -> float:
        """Return by how much the figures of a conflict miss each other, by its name."""
        return explain.apart_in(self._case, self._case.conflict(conflict))

    def thresholds(self, conflict: str) -> tuple[dict[str, Any], ...]:
        """Return the `thresholds` of a conflict, by its name."""
        return explain.thresholds_in(self._case, self._case.conflict(conflict))

    @cached_property
    def readings(self) -> pd.DataFrame:
        """See `reading_matrix`."""
        return matrix.matrix_of(self._case)

    @cached_property
    def readings_total(self) -> int:
        """How many combinations of readings the claims compared have."""
        return prod(map(len, matrix.compared_words(self._case).values()))

    @cached_property
    def readings_consistent(self) -> int:
        """In how many of them the claims hold by definitions alone; 0 where they are too many."""
        return self._count or 0

    def known_of(self, claims: Iterable[str]) -> Known:
        """Return what is known of some claims' systems, so that it is not decided again."""
        return known_of(self._case, claims)

    def stays_between(self, premise: Premise) -> bool:
        """Return whether a total is in no conflict, nor this one of its name in its place."""
        return stays_between(self._case, premise)

    @cached_property
    def _count(self) -> int | None:
        return matrix.consistent_readings(self._case)

    @cached_property
    def variables(self) -> pd.DataFrame:
        """The words and claims with several readings."""
        return matrix.variable_frame(self._case)

    @cached_property
    def bounds(self) -> pd.DataFrame:
        """See `bound`: what the claims alone imply, where it is news."""
        told = telling(self._bounds.solved(), self._boundable)
        return matrix.bounds_frame(told, self._case.writer, self._case.names)

    @cached_property
    def _boundable(self) -> list[Premise]:
        """The claims but for those of which nothing holds: from them anything would follow."""
        lost = {u.name for v in self._case.verdicts if v.world is None for u in v.premises}
        return [one for one in self._case.claims if one.name not in lost]

    @cached_property
    def _bounds(self) -> Bounds:
        return telling_bounds(
            self._boundable,
            self._case.interpretation.vocabulary,
            widest=self._case.interpretation.widest,
            nogoods=nogoods_of(self._case, possible=True),
        )

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """See `correct`."""
        return corrections_of(self._case)

    @cached_property
    def gives(self) -> pd.DataFrame:
        """The conflicts grouped by culprit."""
        return gives_of(self._case)

    @cached_property
    def witness(self) -> pd.DataFrame:
        """One set of numbers under which all claims hold."""
        return matrix.witness_of(self._case)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """What was not decided, for a limit was reached: a sentence each."""
        counted = [] if self._count is not None else [matrix.UNCOUNTED]
        return tuple(dict.fromkeys([*self._case.notes, *counted, *self._bounds.notes]))

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """The claims that nothing links to another."""
        return alone(self._case)

    @cached_property
    def notes(self) -> pd.DataFrame:
        """See `notes.notes_of`."""
        return notes_of(self._case, slips_of(self._case))

    def _repr_html_(self) -> str:
        """Show a notebook the status in words, and each conflict; every cell is escaped."""
        said = STATUS[self.status]
        head = f"<p><b>{escape(said.heading)}.</b> {escape(said.sentence)}</p>"
        shown = flat(self.conflicts[["conflict", "status", "claims", "because"]])
        return head + (shown.to_html(index=False, max_rows=60) if len(shown) else "")


@dataclass(frozen=True, eq=False)
class Quick:
    """A status, and the conflicts that it rests on, without the time that their proofs take.

    `conflicts` has `conflict`, `status`, `claims` and `assumptions` of each, the gravest first:
    all of them where `is_whole`, else one. `explained` gives the whole row of one.
    """

    status: str
    conflicts: pd.DataFrame
    is_whole: bool
    _case: Case

    def explained(self, conflict: str) -> pd.DataFrame:
        """Return the row of one conflict as `find_conflicts` has it."""
        return explain.conflict_frame(self._case, only=conflict)


def check(dossier: Dossier, *, assume: Iterable[str] = ()) -> Check:
    """Return what of a dossier can be true together, under which reading, and why.

    Parameters
    ----------
    dossier
        As `read_dossier` returns it.
    assume
        Names of what-if assumptions to take in besides the plausible ones.

    Raises
    ------
    DossierError
        Where an assumption is unknown, or the dossier's words cannot be worked out.

    Notes
    -----
    Every conflict is certified by an exact sum and every witness by exact substitution; see
    `bakhmut.engine.proving.certificates` and `bakhmut.base.simplex`.
    """
    return checked(read(dossier), assume)


def checked(interpretation: Interpretation, assume: Iterable[str] = ()) -> Check:
    """Return the check of a dossier that was read into its meaning (see `check`)."""
    return Check(case_of(interpretation, assume))


def find_conflicts(dossier: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return all minimal conflicts of a dossier, one row each, the gravest first.

    Returns
    -------
    DataFrame
        `conflict` (its name), `status` (a word of `STATUSES`), `claims`, `assumptions`,
        `origins` (how many voices stand behind it: one is at odds with itself, several
        disagree), `origin_names`, `readings_fail` and `readings_hold` (tuples of dicts of
        variable and reading), `margin` (smallest common relative error that reconciles it, NaN
        where none does), `apart` (by how many its counts miss each other, NaN where its proof
        adds up more than counts), `thresholds` (dicts of assumption, value, exact, bound), `proof`
        (lines), `because` (a sentence).
    """
    return explain.conflict_frame(case_of(read(dossier), assume))


def decide(dossier: Dossier, *, assume: Iterable[str] = ()) -> str:
    """Return only the status of a dossier, a word of `STATUSES`."""
    return status_of(case_of(read(dossier), assume))


def glance(dossier: Dossier, *, assume: Iterable[str] = ()) -> Quick:
    """Return the status of a dossier and what it rests on: quick, to follow a hand.

    The status is that of `check`. Of up to 40 claims the conflicts are all listed. Of more,
    assumptions are taken in only where the claims alone hold, and one conflict with them is
    enough; what is not stated is filled in only where that holds, too.
    """
    is_whole = len(dossier.claims) <= MOST_LISTED
    case = (case_of if is_whole else one_conflict)(read(dossier), assume)
    return Quick(status_of(case), explain.sets_of(case), is_whole, case)


def reading_matrix(dossier: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return each combination of the readings that matter, and whether it is consistent.

    Returns
    -------
    DataFrame
        `reading` (a number), a column for each word or claim on whose reading some conflict
        turns, `status` (consistent, contradiction or conflicts-with-assumption), `conflicts`
        (names as in `find_conflicts`). At most 512 rows.
    """
    return matrix.matrix_of(case_of(read(dossier), assume))


def correct(dossier: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return the smallest sets of claims or assumptions that would have to give, ties included.

    Returns
    -------
    DataFrame
        `correction` (a number), `kind` ("reading": nothing gives, the words must be read as
        shown; "assumption"; "claims"; "voice": what one voice would have to give up in place of
        all figures of the groups beside it), `gives` (claims or assumptions; the one that would
        have to move by least first), `origins` (whose claims),
        `readings` (what has to be read so for the rest to hold, {} where that does not matter),
        `ties` (rows that are equally small), `group` (figures that nothing links are mended each
        by themselves: all can stand after one change from every group).
    """
    return corrections_of(case_of(read(dossier), assume))


def bound(
    dossier: Dossier,
    *,
    side: str = "",
    measure: str = "",
    place: str = "",
    period: str = "",
    per: dict[str, str] | None = None,
    assume: Iterable[str] = (),
) -> pd.DataFrame:
    """Return what the claims together imply for a count, or for a ratio or share of two.

    Parameters
    ----------
    side, measure, place, period
        The scope, in the dossier's words; several readings of a word give several quantities.
        What is left blank is the widest of the dossier.
    per
        The denominator's words where they differ from these (`{"side": "Ukraine"}`); None for a
        count.
    assume
        Assumptions to take in, plausible ones by name too; none by default.

    Returns
    -------
    DataFrame
        `quantity`, `kind`, `reading` ({} over all consistent readings), `low`, `high` (float, NaN
        = open), `low_exact`, `high_exact` (fractions as text, "" = open; "nothing holds" where the
        claims cannot all be true under any reading, for then anything would follow).
    """
    asked = list(assume)
    case = case_of(read(dossier), ())
    vocabulary = case.interpretation.vocabulary
    premises = [*case.claims, *(u for u in case.interpretation.assumed(asked) if u.name in asked)]
    top = {"side": side, "measure": measure, "place": place, "period": period}
    below = None if per is None else {**top, **per}
    widest = case.interpretation.widest
    wanted = quantities_of(vocabulary, top, below, widest=widest)
    bounds = Bounds(
        premises, vocabulary, wanted, widest=widest, link=True, nogoods=nogoods_of(case)
    )
    bounded = bounds.solved()
    if not bounded and bounds.notes:
        raise DossierError(bounds.notes)
    bounded = bounded or [Bounded(quantity, {}, None) for quantity in wanted]
    return matrix.bounds_frame(bounded, case.writer, choice_names(premises))


def prove(dossier: Dossier, conflict: str, *, assume: Iterable[str] = ()) -> list[Certificate]:
    """Return the exact certificates of a conflict, one for each reading under which it fails.

    Each has `verify()`, which adds the rows up again without the engine.
    """
    case = case_of(read(dossier), assume)
    one = case.conflict(conflict)
    found = []
    for way in one.cores:
        alone = explain.by_itself(case, way, stated=not one.missing)
        if alone is None:
            raise ArithmeticError(f"{conflict} did not survive its proof")
        found.append(explain.certificate_of(*alone, way))
    return found
