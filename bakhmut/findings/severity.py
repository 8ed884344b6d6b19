"""How much a flag weighs: decide again with the claim taken otherwise.

One rule for every flag. Its edits say what acting on it would change: the hedge put back, the
other measure taken, the source set aside. Decided again so, a status that turns (of some
conflict: one that dissolves, appears, or becomes another) makes the flag `serious`, unless the
edit only leaves claims out: without any of its members every conflict dissolves. A bound that
moves makes it `caution`: the figure's own range becomes another, or what it counts, and no other
statement holds it in place. Else it is a `note`.

Only the claims that can matter are decided again: those that an edit changes, those of the
conflicts that they take part in, and their nearest neighbours in scope and time. To leave a
claim out can only dissolve conflicts that it is part of, which the check already knows. So the
cost grows with the number of flags and not with the size of the dossier.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from bakhmut.base.sentences import listed
from bakhmut.base.words import interval
from bakhmut.consistency.deciding import verdicts_on
from bakhmut.consistency.verbs import Check
from bakhmut.dossier.changed.edits import AS_PRINTED, Edit, Row, taken
from bakhmut.dossier.doors.frames import rows_of, tuples_of
from bakhmut.engine.conflicts import Known
from bakhmut.engine.status import AT_ODDS
from bakhmut.findings.evidence import Evidence, Finding, Statement
from bakhmut.meaning.interpretation import widest_of
from bakhmut.meaning.readings import Premise, claim_rows, premises_of
from bakhmut.meaning.vocabulary import Vocabulary

MOST_DECIDED = 8
NEIGHBOURS = 3
MOST_QUOTED = 3
AGAIN = "Decided again "
UNDER = {
    "contradiction": "as worded",
    "contradiction-in-some-readings": "under some readings",
    "conflicts-with-assumption": "with every assumption made",
}
Conflicts = Mapping[tuple[frozenset[str], frozenset[str]], str]


class Found(dict[tuple[frozenset[str], frozenset[str]], str]):
    """Conflicts by their claims and assumptions, each with its status."""

    is_whole = True  # whether no limit was reached in looking for them


class Weighed(NamedTuple):
    """A finding with its severity, and in words what acting on it would change ("" nothing)."""

    finding: Finding
    severity: str
    effect: str


@dataclass(eq=False)
class Weigher:
    """Weighs findings about one checked dossier, and remembers what it has decided."""

    evidence: Evidence
    assume: tuple[str, ...] = ()
    found: dict[tuple, Found] = field(default_factory=dict)
    edited: dict[tuple, dict[str, Premise]] = field(default_factory=dict)

    @property
    def check(self) -> Check:
        """The check of the dossier."""
        return self.evidence.checked

    def weigh(self, finding: Finding) -> Weighed:
        """Return a finding with its severity."""
        if finding.severity:
            return Weighed(finding, finding.severity, "")
        moves, effect = False, ""
        for edit in finding.edits:
            turned = self.turns(edit)
            # To leave a claim out dissolves any set that it is in, whatever the flag says of it.
            if turned and not edit.without:
                return Weighed(finding, "serious", turned)
            if not moves:
                moves, effect = (True, "") if turned else self.moves(edit)
        return Weighed(finding, "caution" if moves else "note", effect)

    def turns(self, edit: Edit) -> str:
        """Return what conflicts an edit dissolves, makes or changes, in words; "" for none."""
        if edit.without:
            gone = [c for claim in edit.without for c in self.conflicts.get(claim, ())]
            more = self._others(edit.without, {claims for claims, _ in gone})
            return f"{AGAIN}{edit.label}, {self._gone(gone, more=more)}." if gone else ""
        otherwise = list(self.otherwise(edit).values())
        if len(otherwise) == 1 and self.check.stays_between(*otherwise):
            return ""
        at_odds = self.at_odds(edit.cells)
        for here in dict.fromkeys((at_odds, self.near(at_odds))):
            before, after = self.both(here, edit)
            if before != after:
                more = self._others(edit.cells, {claims for claims, _ in before})
                return f"{AGAIN}{edit.label}, {self._difference(before, after, more=more)}."
        return ""

    def _others(self, claims: Iterable[str], decided: set[frozenset[str]]) -> bool:
        """Return whether some claims are in conflicts that were not decided again."""
        own = (others for claim in claims for others, _ in self.conflicts.get(claim, ()))
        return any(others not in decided for others in own)

    def _gone(self, gone: Iterable[tuple[frozenset[str], str]], *, more: bool) -> str:
        """Return in words that conflicts are gone: of which figures, or how many at least."""
        found = list(dict.fromkeys(gone))
        claims, _ = min(found, key=_gravest)
        if len(found) > 1:
            return f"{'at least ' * more}{len(found)} conflicts are gone"
        told, every = self._named(claims)
        return f"{told} can {every}be true"

    def _difference(self, before: Conflicts, after: Conflicts, *, more: bool) -> str:
        """Return in words how the conflicts among some claims differ, the gravest first."""
        new = [(key[0], status) for key, status in after.items() if before.get(key) != status]
        if not new:
            gone = ((key[0], was) for key, was in before.items() if key not in after)
            return self._gone(gone, more=more)
        claims, status = min(new, key=_gravest)
        told, every = self._named(claims)
        if status == "undecided":
            return f"it is not decided whether {told} can {every}be true"
        return f"{told} cannot {every}be true {UNDER[status]}"

    def _named(self, claims: Iterable[str]) -> tuple[str, str]:
        """Return claims by their quotes, in the order of the table, and the word for all of them.

        Figures of one wording are told with their number.
        """
        own = [s for s in self.evidence if s.claim in set(claims)]
        told = listed([s.said for s in own], most=MOST_QUOTED)
        return told, {1: "", 2: "both "}.get(len(own), "all ")

    def both(self, claims: frozenset[str], edit: Edit) -> tuple[Conflicts, Conflicts]:
        """Return the conflicts among some claims as printed, and with an edit made.

        Where either list was cut off, what one of them has is decided by itself in the other.
        """
        before, after = self.decided(claims, AS_PRINTED), self.decided(claims, edit)
        if before.is_whole and after.is_whole:
            return before, after
        every = {**before, **after}
        return tuple(  # type: ignore[return-value]
            {
                key: status
                for key in every
                if (status := self.decided(key[0], made, of=key[1]).get(key))
            }
            for made in (AS_PRINTED, edit)
        )

    def decided(
        self, claims: frozenset[str], edit: Edit, *, of: frozenset[str] | None = None
    ) -> Found:
        """Return the conflicts among some claims with an edit made; `of` so many assumptions."""
        key = claims, _identity(edit), of
        if key not in self.found:
            edited = self.otherwise(edit)
            here = [edited.get(one, own) for one, own in self.premises.items() if one in claims]
            assumed = [one for one in self.assumptions if of is None or one.name in of]
            known = self.check.known_of(claims)
            self.found[key] = statuses(here, assumed, self.vocabulary, known=known)
        return self.found[key]

    def otherwise(self, edit: Edit) -> dict[str, Premise]:
        """Return the claims whose cells an edit sets, taken otherwise."""
        key = _identity(edit)
        if key not in self.edited:
            rows, readings = taken(*self.tables, edit)
            self.edited[key] = {u.name: u for u in premises_of(rows, readings, self.vocabulary)}
        return self.edited[key]

    @cached_property
    def tables(self) -> tuple[dict[str, Row], list[Row]]:
        """The rows of claims.csv by claim, and those of readings.csv."""
        dossier = self.evidence.dossier
        claims, readings = (list(rows) for rows in (claim_rows(dossier), rows_of(dossier.readings)))
        return {row["claim"]: row for row in claims}, readings

    @property
    def premises(self) -> dict[str, Premise]:
        """The claims with their readings, as the engine takes them."""
        return self.evidence.interpretation.by_name

    @cached_property
    def assumptions(self) -> list[Premise]:
        """The assumptions in force."""
        return self.evidence.interpretation.assumed(self.assume)

    @property
    def vocabulary(self) -> Vocabulary:
        """What the dossier's words mean."""
        return self.evidence.interpretation.vocabulary

    @cached_property
    def conflicts(self) -> dict[str, list[tuple[frozenset[str], str]]]:
        """The conflicts that each claim takes part in, the gravest first."""
        found: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for row in tuples_of(self.check.sets):
            if row.status in AT_ODDS:
                for claim in row.claims:
                    found[claim].append((frozenset(row.claims), row.status))
        return found

    def at_odds(self, claims: Iterable[str]) -> frozenset[str]:
        """Return claims with those that they conflict with, as far as they are few."""
        here = dict.fromkeys(claims)
        for claim in list(here):
            for others, _ in self.conflicts.get(claim, ()):
                if len(here.keys() | others) <= MOST_DECIDED:
                    here |= dict.fromkeys(sorted(others))
        return frozenset(here)

    def near(self, claims: frozenset[str]) -> frozenset[str]:
        """Return claims with their nearest neighbours, as far as they are few."""
        here = dict.fromkeys(sorted(claims))
        for claim in sorted(claims):
            for other in self.neighbours(self.evidence.statements[claim]):
                if len(here) < MOST_DECIDED:
                    here[other] = None
        return frozenset(here)

    def neighbours(self, statement: Statement) -> list[str]:
        """Return the statements nearest in time that share a place and a side."""
        close: dict[str, Statement] = {}
        for side in {statement.side, statement.per_side} - {""}:
            shelf = self.shelves[statement.place, side]
            at = bisect_left(shelf, _day(statement), key=_day)
            window = shelf[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
            close |= {s.claim: s for s in window if s.claim != statement.claim}
        nearest = sorted(close.values(), key=lambda s: (abs(_day(s) - _day(statement)), s.claim))
        return [s.claim for s in nearest[:NEIGHBOURS]]

    @cached_property
    def shelves(self) -> dict[tuple[str, str], list[Statement]]:
        """The figures by place and side, in order of time; a whole stands with its parts too.

        A figure said several times stands there once.
        """
        found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        said = [[s for s in group if s.has_number][:1] for group in self.evidence.groups]
        for s in sorted((s for first in said for s in first), key=_day):
            for place in self.evidence.parts.get(("place", s.place), {s.place}):
                for side in {s.side, s.per_side} - {""}:
                    found[place, side].append(s)
        return found

    @cached_property
    def scopes(self) -> dict[tuple, list[Statement]]:
        """The figures by what they count."""
        found: dict[tuple, list[Statement]] = defaultdict(list)
        for s in self.evidence:
            found[_scope(s)].append(s)
        return found

    def moves(self, edit: Edit) -> tuple[bool, str]:
        """Return whether an edit moves a figure's range or scope; a new range also in words."""
        if edit.without:
            left = (self.evidence.statements[claim] for claim in edit.without)
            return any(not self.held(s, edit.without) for s in left), ""
        pairs = [(self.premises[name], premise) for name, premise in self.otherwise(edit).items()]
        for old, new in pairs:
            before, after = interval(*_span(old)), interval(*_span(new))
            if before != after:
                label = edit.label[:1].upper() + edit.label[1:]
                return True, f"{label}, it stands for {after} instead of {before}."
        return any(_scopes(old) != _scopes(new) for old, new in pairs), ""

    def held(self, statement: Statement, without: tuple[str, ...]) -> bool:
        """Return whether a statement bounds nothing, or others bound the same as tightly."""
        if not statement.has_number:
            return True
        others = (s for s in self.scopes[_scope(statement)] if s.claim not in without)
        return any(_inside(s, statement) for s in others)


def weigher_of(evidence: Evidence, assume: tuple[str, ...]) -> Weigher:
    """Return what weighs findings about the evidence, the same one each time."""
    return evidence.weighers.setdefault(assume, Weigher(evidence, assume))


def _day(statement: Statement) -> int:
    return 0 if pd.isna(statement.as_of) else statement.as_of.toordinal()


def _scope(s: Statement) -> tuple:
    return s.side, s.measures, s.place, s.period, s.per_side, s.per_measures


def _inside(one: Statement, other: Statement) -> bool:
    """Return whether the range of one statement lies within that of another."""
    low = other.low is None or (one.low is not None and one.low >= other.low)
    high = other.high is None or (one.high is not None and one.high <= other.high)
    return low and high


def _span(premise: Premise) -> tuple[float, float]:
    """Return the range of a claim over its readings, NaN where some reading leaves it open."""
    lows = [one.low for one in premise.readings]
    highs = [one.high for one in premise.readings]
    return (
        float("nan") if None in lows else float(min(lows)),
        float("nan") if None in highs else float(max(highs)),
    )


def _scopes(premise: Premise) -> set[tuple]:
    return {(one.top, one.bottom) for one in premise.readings}


def _identity(edit: Edit) -> tuple:
    return tuple((claim, *cells.items()) for claim, cells in edit.cells.items())


def _gravest(one: tuple[frozenset[str], str]) -> tuple[int, int, list[str]]:
    """Return how to tell the gravest conflict of several, the same in every run."""
    claims, status = one
    return AT_ODDS.index(status), len(claims), sorted(claims)


def statuses(
    claims: list[Premise],
    assumptions: list[Premise],
    vocabulary: Vocabulary,
    *,
    known: Known | None = None,
) -> Found:
    """Return the status of each conflict at odds, by its claims and assumptions; no proof."""
    names = {premise.name for premise in claims}
    found = Found()
    widest = widest_of(claims, vocabulary)
    verdicts, notes = verdicts_on([*claims, *assumptions], vocabulary, widest=widest, known=known)
    for conflict in (c for verdict in verdicts for c in verdict.conflicts):
        if conflict.status in AT_ODDS:
            assumed = conflict.premises - names | set(conflict.ours)
            found[conflict.premises & names, assumed] = conflict.status
    found.is_whole = not notes
    return found
