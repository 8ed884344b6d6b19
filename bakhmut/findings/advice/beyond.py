"""Where no wording helps: the figures without which the rest holds, or how a word must be meant.

A dossier that is edited so is decided again: what is a part of the widest word may collide once
that word is gone. Round by round figures go until nothing collides by the meaning of the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from bakhmut.consistency.verbs import Check, check, decide
from bakhmut.dossier.changed.edits import Edit, edited, layered
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import BY_DEFINITION
from bakhmut.findings.advice.proposals import Proposal, as_read
from bakhmut.findings.evidence import Evidence

MOST_ROUNDS = 5


class Given(NamedTuple):
    """Sets of claims of which one has to be given up, and how many voices collide there."""

    ways: tuple[tuple[str, ...], ...]
    voices: int

    @property
    def edit(self) -> Edit:
        """The dossier without the first of them."""
        return Edit("without " + " and ".join(self.ways[0]), without=self.ways[0])


class Beyond(NamedTuple):
    """What has to be given up, and how words have to be meant, for all else to hold."""

    given: tuple[Given, ...]
    meant: tuple[Proposal, ...]


def beyond_wording(
    evidence: Evidence,
    checked: Check,
    made: Edit,
    *,
    assume: tuple[str, ...] = (),
    untried: Collection[str] = (),
) -> Beyond:
    """Return what has to give where nothing can be worded so that all can be true.

    Parameters
    ----------
    evidence, checked
        A dossier's statements, and its check.
    made
        The edits of wording that were found.
    assume
        What-if assumptions in force.
    untried
        Claims for which no wording was tried, for there are too many: of these only what the
        check says has to give, not decided again.
    """
    if untried:
        giving, meaning = _one_round(evidence, checked, evidence.dossier)
        own = [one for one in giving if not set(untried).isdisjoint(one.ways[0])]
        return Beyond(tuple(own), tuple(meaning))
    dossier, given, meant = evidence.dossier, list[Given](), list[Proposal]()

    def holds(giving: list[Given], meaning: list[Proposal]) -> bool:
        edit = layered([made, *(one.edit for one in (*meaning, *giving))])
        if len(edit.without) == len(dossier.claims):
            return True
        return decide(edited(dossier, edit), assume=assume) not in BY_DEFINITION

    by_now = edited(dossier, made) if made.cells else dossier
    now = check(by_now, assume=assume) if made.cells else checked
    if (few := _culprits(evidence, now)) and holds(few, []):
        return Beyond(tuple(few), ())
    for _ in range(MOST_ROUNDS):
        giving, meaning = _one_round(evidence, now, by_now)
        given, meant = [*given, *giving], [*meant, *meaning]
        if not (giving or meaning) or holds(given, meant):
            break
        edit = layered([made, *(one.edit for one in (*meant, *given))])
        by_now = edited(dossier, edit)
        now = check(by_now, assume=assume)
    for one in list(meant) if given else []:
        others = [other for other in meant if other is not one]
        if holds(given, others):  # how it is meant no longer matters
            meant = others
    return Beyond(tuple(given), tuple(meant))


def _culprits(evidence: Evidence, now: Check) -> list[Given]:
    """Return the figures under which sets that no reading saves are grouped, one a group.

    What `correct` would have give for the sake of an assumption is not given up for that.
    """
    firm = now.sets[now.sets["status"].isin(BY_DEFINITION)]
    if firm.empty or firm["status"].ne(BY_DEFINITION[0]).any():
        return []
    return [
        Given(tuple((name,) for name in (row.gives, *row.others)), _voices(now, (row.gives,)))
        for row in tuples_of(now.gives)
        if row.gives in evidence.statements
    ]


def _one_round(
    evidence: Evidence, now: Check, by_now: Dossier
) -> tuple[list[Given], list[Proposal]]:
    """Return what `correct` says has to give: figures, one a group, and readings of words."""
    groups = [rows for _, rows in now.corrections.groupby("group", sort=False)]
    given = []
    firm = now.sets[now.sets["status"].isin(BY_DEFINITION)]
    at_odds = {claim for claims in firm["claims"] for claim in claims}
    for rows in groups:
        figures = {claim for gives in rows["gives"] for claim in gives}
        if rows["kind"].iloc[0] == "claims" and not at_odds.isdisjoint(figures):
            ways = [tuple(gives) for gives in rows.loc[rows["kind"].eq("claims"), "gives"]]
            own = [tuple(c for c in way if c in evidence.statements) for way in ways]
            given.append(Given(tuple(own), _voices(now, own[0])))
    gone = {claim for one in given for claim in one.ways[0]}
    return given, [
        one._replace(edit=edit, claim=next(iter(edit.cells)))
        for one in _meant(evidence, now, groups, by_now=by_now, gone=gone)
        if (edit := _left(one.edit, gone)).cells
    ]


def _voices(now: Check, claims: tuple[str, ...]) -> int:
    """Return how many voices are behind the conflicts of some claims, the fewest of any."""
    rows = now.sets[now.sets["status"].isin(BY_DEFINITION)]
    own = [row.origins for row in tuples_of(rows) if not set(claims).isdisjoint(row.claims)]
    return min(own, default=1)


def _left(edit: Edit, gone: set[str]) -> Edit:
    """Return an edit without the cells of figures that are given up."""
    return Edit(edit.label, {claim: own for claim, own in edit.cells.items() if claim not in gone})


def _meant(
    evidence: Evidence, now: Check, groups: Iterable[pd.DataFrame], *, by_now: Dossier, gone: set
) -> Iterator[Proposal]:
    """Yield how words have to be read for what is left to hold, once some claims are gone."""
    turning = {
        name
        for row in tuples_of(now.sets)
        if row.status in BY_DEFINITION and gone.isdisjoint(row.claims)
        for world in row.readings_fail
        for name in world
    }
    for rows in groups:
        readings = rows["readings"].iloc[0]
        wanted = {name: reading for name, reading in readings.items() if name in turning}
        yield from as_read(evidence, wanted, now, dossier=by_now)
