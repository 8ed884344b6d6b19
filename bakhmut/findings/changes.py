"""What moved between two dossiers, and because of what.

The tables are compared row by row; each row that differs is one *delta*, which can be applied
alone. Conflicts and flags are compared by their claims. Where a conflict came or went, its
claims are decided again with one delta at a time applied or taken back: those that alone make
the difference are named. A figure that changed while its date did not is a *silent* change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.words import count, interval
from bakhmut.consistency.verbs import Check, check
from bakhmut.dossier.changed.deltas import (
    FIGURE,
    KEYS,
    Change,
    Delta,
    differences,
    figure,
    row_changes,
    words_of,
)
from bakhmut.dossier.changed.edits import Tables, only, rebuilt, tables_of
from bakhmut.dossier.claims import TABLES, Dossier, DossierError
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.findings.evidence import evidence_of
from bakhmut.findings.flags import flagged
from bakhmut.findings.severity import AGAIN, statuses
from bakhmut.meaning.interpretation import Interpretation, read
from bakhmut.meaning.readings import ABOUT

KINDS = (
    *("status", "silent", "figure", "claim", "word", "reading", "source", "account"),
    *("assumption", "conflict", "flag", "bound"),
)
COLUMNS = ["kind", "what", "before", "after", "because"]
MOST_TRIALS = 24
FEW_SUSPECTS, FEW_CLAIMS = 4, 40
SAME = 1e-9


def compare(old: Dossier, new: Dossier, *, assume: Iterable[str] = ()) -> pd.DataFrame:
    """Return what moved between two dossiers, one row a change.

    Parameters
    ----------
    old, new : Dossier
    assume : names
        What-if assumptions in force in both.

    Returns
    -------
    DataFrame
        `kind`: status; silent (another figure under the same date); figure; claim, word,
        reading, source, account, assumption (a row that came, went or changed); conflict; flag;
        bound. `what` it is about, `before` and `after` ("" = was not there, is gone),
        `because`: which changes alone make the difference.
    """
    names = tuple(assume)
    sides = [_Checked.of(old, names), _Checked.of(new, names)]
    deltas = list(differences(sides[0].tables, sides[1].tables))
    conflicts = list(_conflicts(sides, deltas))
    rows = [
        *_status(sides, conflicts),
        *(row for delta in deltas for row in row_changes(delta)),
        *conflicts,
        *_flags(sides, deltas),
        *_bounds(sides, deltas),
    ]
    rows.sort(key=lambda row: KINDS.index(row.kind))
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True, eq=False)
class _Checked:
    """A dossier with what is known about it."""

    dossier: Dossier
    tables: Tables
    assume: tuple[str, ...]
    check: Check
    flags: pd.DataFrame
    interpretation: Interpretation
    known: dict[Delta, Interpretation | Tables] = field(default_factory=dict)

    @classmethod
    def of(cls, dossier: Dossier, assume: tuple[str, ...]) -> _Checked:
        evidence = evidence_of(dossier, assume=assume)
        flags = flagged(evidence, assume)
        read_so = evidence.interpretation
        return cls(dossier, tables_of(dossier), assume, evidence.checked, flags, read_so)

    def stands(self, conflict: Any, delta: Delta, *, forward: bool) -> bool:
        """Return whether a conflict is there with one change made, as far as that can be read."""
        try:
            part = self._with(delta, conflict.claims, forward=forward)
            assumed = part.assumed(self.assume)
        except DossierError:
            return True
        claims = [claim for claim in part.claims if claim.name in conflict.claims]
        found = statuses(claims, assumed, part.vocabulary)
        return (frozenset(conflict.claims), frozenset(conflict.assumptions) - {ABOUT}) in found

    def has_unlisted(self, conflict: Any) -> bool:
        """Return whether a conflict is there although a list that was cut off has it not."""
        whole = self.interpretation
        if not self.check.undecided or not whole.by_name.keys() >= set(conflict.claims):
            return False
        claims = [whole.by_name[claim] for claim in conflict.claims]
        named = set(conflict.assumptions)
        assumed = [one for one in whole.assumed(self.assume) if one.name in named]
        return (frozenset(conflict.claims), frozenset(named)) in statuses(
            claims, assumed, whole.vocabulary
        )

    def _with(self, delta: Delta, claims: Sequence[str], *, forward: bool) -> Interpretation:
        """Return the dossier with a change made, or where that cannot be only some claims of it."""
        if delta not in self.known:
            tables = delta.applied(self.tables) if forward else delta.undone(self.tables)
            try:
                self.known[delta] = read(rebuilt(tables))
            except DossierError:
                self.known[delta] = tables
        known = self.known[delta]
        return known if isinstance(known, Interpretation) else read(rebuilt(only(known, claims)))


def _status(sides: list[_Checked], conflicts: list[Change]) -> Iterator[Change]:
    before, after = (side.check.status for side in sides)
    if before == after:
        return
    gone = sum(not change.after for change in conflicts)
    came = sum(not change.before for change in conflicts)
    why = f"{count(gone, 'conflict')} went, {came} came, {len(conflicts) - gone - came} changed"
    yield Change("status", "the whole", before, after, why)


def _conflicts(sides: list[_Checked], deltas: list[Delta]) -> Iterator[Change]:
    found = [
        {(frozenset(r.claims), frozenset(r.assumptions)): r for r in tuples_of(s.check.sets)}
        for s in sides
    ]
    before, after = found
    for key, row in before.items():
        if key not in after:
            if sides[1].has_unlisted(row):
                continue
            why = _responsible(sides, deltas, row, forward=True)
            yield Change("conflict", _conflict_name(row), row.status, "", why)
        elif moved := _conflict_moved(sides, row, after[key]):
            why = listed(_named(d) for d in _touching(sides, deltas, row))
            yield Change("conflict", _conflict_name(row), *moved, why)
    for key, row in after.items():
        if key not in before and not sides[0].has_unlisted(row):
            why = _responsible(sides, deltas, row, forward=False)
            yield Change("conflict", _conflict_name(row), "", row.status, why)


def _conflict_name(row: Any) -> str:
    assumed = f" (assuming {listed(row.assumptions)})" if row.assumptions else ""
    return f"{listed(row.claims)}{assumed}"


def _conflict_moved(sides: list[_Checked], old: Any, new: Any) -> tuple[str, str] | None:
    was, now = sides[0].check.margin(old.conflict), sides[1].check.margin(new.conflict)
    same = was == now or abs(was - now) < SAME
    both_open = was != was and now != now
    if old.status == new.status and (same or both_open):
        return None
    return _weight(old.status, was), _weight(new.status, now)


def _weight(status: str, margin: float) -> str:
    return status if margin != margin else f"{status}, margin {margin:.1%}"


def _responsible(
    sides: list[_Checked], deltas: list[Delta], conflict: Any, *, forward: bool
) -> str:
    """Return which changes alone dissolve a conflict of the old, or make one of the new.

    `forward`: applied to the old dossier; else taken back from the new one.
    """
    side = sides[0 if forward else 1]
    suspects = _touching(sides, deltas, conflict)
    # Without one of its claims no conflict is there: that is why, however its words moved.
    alone = [
        _named(d) for d in suspects
        if d.table == "claims" and not (d.after if forward else d.before)
    ]  # fmt: skip
    if not alone:
        tried = suspects[:MOST_TRIALS]
        alone = [_named(d) for d in tried if not side.stands(conflict, d, forward=forward)]
    if not alone:
        together = listed(_named(delta) for delta in suspects)
        return f"only together: {together}" if together else "a change elsewhere in the dossier"
    verb = "ends it" if forward else "makes it"
    if len(alone) == 1:
        return f"{alone[0]}: this alone {verb}"
    return f"{listed(alone)}: each alone {verb if forward else 'is needed for it'}"


def _touching(sides: list[_Checked], deltas: list[Delta], conflict: Any) -> list[Delta]:
    """Return the changes that can bear on a conflict: of its claims, assumptions and words."""
    claims, assumptions = set(conflict.claims), set(conflict.assumptions)
    names = {"claims": claims, "readings": claims, "assumptions": assumptions}
    words = words_of([side.tables for side in sides], claims | assumptions)
    return [
        delta
        for delta in deltas
        if (
            delta.key in words
            if delta.table == "terms"
            else delta.name in names.get(delta.table, ())
        )
    ]


def _named(delta: Delta) -> str:
    """Return a change in a few words."""
    if not delta.before:
        return f"{delta.name} came in"
    if not delta.after:
        return f"{delta.name} was dropped"
    if delta.table == "claims":
        old, new = delta.before[0], delta.after[0]
        if any(old[column] != new[column] for column in FIGURE):
            return f"{delta.name} from {quoted(figure(old))} to {quoted(figure(new))}"
        columns = [c for c in TABLES["claims"] if old[c] != new[c]]
        return f"{delta.name} ({', '.join(columns)} changed)"
    kind = KEYS[delta.table][1]
    return f"the {kind} {delta.name} changed"


def _flags(sides: list[_Checked], deltas: list[Delta]) -> Iterator[Change]:
    before, after = (list(side.flags.itertuples(index=False)) for side in sides)
    pairs = _paired(before, after)
    for old, new in pairs:
        if old and new and _says_the_same(old, new):
            continue
        claims = {*(old.claims if old else ()), *(new.claims if new else ())}
        touching = [d for d in deltas if d.name in claims or d.table in ("terms", "sources")]
        said = [f"{row.severity}: {row.because}" if row else "" for row in (old, new)]
        name = f"{(new or old).flag} [{', '.join((new or old).claims)}]"
        yield Change("flag", name, *said, listed(_named(d) for d in touching))


def _says_the_same(old: Any, new: Any) -> bool:
    """Return whether a flag has the same claims, weight and numbers; its words may differ."""
    said = [
        (row.severity, row.claims, re.findall(r"\d[\d.,/-]*", row.because.split(AGAIN)[0]))
        for row in (old, new)
    ]
    return said[0] == said[1]


def _paired(before: list, after: list) -> Iterator[tuple[Any, Any]]:
    """Yield flags of the same kind with the same claims, or else with some in common."""
    rest = list(after)
    left = []
    for old in before:
        same = next((n for n in rest if (n.flag, set(n.claims)) == (old.flag, set(old.claims))), 0)
        if same:
            rest.remove(same)
            yield old, same
        else:
            left.append(old)
    for old in left:
        near = [n for n in rest if n.flag == old.flag and set(n.claims) & set(old.claims)]
        best = max(near, key=lambda n: len(set(n.claims) & set(old.claims)), default=None)
        if best is not None:
            rest.remove(best)
        yield old, best
    yield from ((None, new) for new in rest)


def _bounds(sides: list[_Checked], deltas: list[Delta]) -> Iterator[Change]:
    before, after = (_spans(side.check) for side in sides)
    moved = [q for q in dict.fromkeys([*before, *after]) if before.get(q) != after.get(q)]
    suspects = [delta for delta in deltas if delta.table in ("claims", "terms", "readings")]
    trials = _trials(sides[0], suspects) if moved else {}
    for quantity in moved:
        alone = [d for d, spans in trials.items() if spans.get(quantity) != before.get(quantity)]
        named = listed(_named(delta) for delta in alone or suspects)
        why = named if alone or len(suspects) < 2 else f"together or one of: {named}"
        said = before.get(quantity, ""), after.get(quantity, "")
        yield Change("bound", quantity, *said, why)


def _spans(result: Check) -> dict[str, str]:
    """Return what is implied for each quantity over all readings that hold."""
    rows = result.bounds.itertuples(index=False)
    return {row.quantity: interval(row.low, row.high) for row in rows if not row.reading}


def _trials(side: _Checked, suspects: list[Delta]) -> dict[Delta, dict[str, str]]:
    """Return the bounds of the old dossier with each change made alone, where they are few."""
    if not 1 < len(suspects) <= FEW_SUSPECTS or len(side.dossier.claims) > FEW_CLAIMS:
        return {}
    found = {}
    for delta in suspects:
        # What cannot stand alone (a restatement without its root, say) is no cause alone.
        with suppress(DossierError):
            found[delta] = _spans(check(rebuilt(delta.applied(side.tables))))
    return found


def as_object(old: Dossier, new: Dossier, frame: pd.DataFrame) -> dict[str, Any]:
    """Return a comparison for JSON: which two dossiers, and the changes in order."""
    return {
        "old": {"name": old.name, "sha256": old.sha256, "claims": len(old.claims)},
        "new": {"name": new.name, "sha256": new.sha256, "claims": len(new.claims)},
        "changes": frame.to_dict("records"),
    }
