"""The check of a dossier as one plain object: what `bakhmut check --format json` prints.

The keys are fixed (`data/check.schema.json` describes them). A dossier of several texts is
checked text by text, or jointly; several texts in one object are told apart by their claims, and
by the text's name before the quantity of a bound.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from bakhmut.consistency.verbs import Check
from bakhmut.dossier.changed.edits import part
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import worst
from bakhmut.findings.advice.brief import Brief, brief, briefs
from bakhmut.findings.advice.fixes import fixed
from bakhmut.findings.evidence import Evidence, evidence_of
from bakhmut.findings.flags import flagged
from bakhmut.findings.next_row import NextRow, next_row
from bakhmut.findings.unconfirmed import unconfirmed

UNNAMED = "(no text named)"
SCHEMA = Path(__file__).parents[1] / "data" / "check.schema.json"


@dataclass(frozen=True, eq=False)
class Outcome:
    """One text (or all together) with its check and its flags; fixes and brief when asked for.

    `whole` is the dossier that the text is part of, where the statements that it restates may
    stand, `assume` the what-if assumptions in force.
    """

    evidence: Evidence
    flags: pd.DataFrame
    whole: Dossier | None = None
    assume: tuple[str, ...] = ()

    @property
    def dossier(self) -> Dossier:
        """The text's claims, or all."""
        return self.evidence.dossier

    @property
    def check(self) -> Check:
        """What of it can be true together."""
        return self.evidence.checked

    @cached_property
    def fixes(self) -> pd.DataFrame:
        """The smallest set of edits after which nothing conflicts."""
        return fixed(self.evidence, assume=self.assume, beside=self.whole)

    @cached_property
    def next_row(self) -> NextRow | None:
        """The row of terms.csv that would link most of what was compared with none."""
        return next_row(self.dossier) if self.check.alone else None

    @cached_property
    def brief(self) -> Brief:
        """The first screen."""
        return brief(self)


def brief_of(dossier: Dossier) -> Brief:
    """Return what the first screen says of a dossier: of its one text, or of all of them."""
    kept = (brief for known, brief in _KEPT if _equal(known, dossier))
    return next(kept, None) or briefs(examine(dossier))


def keep_brief_of(dossier: Dossier) -> None:
    """Keep what the first screen says of a dossier, for the processes this one forks itself into.

    It is told again only of a dossier that is equal in every cell.
    """
    _KEPT.append((dossier, brief_of(dossier)))


_KEPT: list[tuple[Dossier, Brief]] = []


def _equal(one: Dossier, other: Dossier) -> bool:
    pairs = ((getattr(one, f.name), getattr(other, f.name)) for f in fields(Dossier))
    return all(a.equals(b) if isinstance(a, pd.DataFrame) else a == b for a, b in pairs)


def examine(
    dossier: Dossier, *, together: bool = False, assume: Iterable[str] = ()
) -> list[Outcome]:
    """Return the outcome of each text of a dossier, or of all of them together.

    Parameters
    ----------
    dossier : Dossier
    together : bool
        Check all texts as one. Sources that differ then show as conflicts of several origins,
        which is disagreement, not a fault of a text.
    assume : names
        What-if assumptions to put in force.
    """
    names, outcomes = tuple(assume), []
    parts = [dossier] if together else texts(dossier)
    whole = dossier if len(parts) > 1 else None
    for text in parts:
        evidence = evidence_of(text, assume=names)
        outcomes.append(Outcome(evidence, flagged(evidence, names), whole, names))
    return outcomes


def texts(dossier: Dossier) -> list[Dossier]:
    """Return one dossier for each text (column `article`), in the order of claims.csv.

    A claim that restates one of another text keeps the origin it has there. Accounts
    (positions.csv) belong to no one text; they stay with the first.
    """
    claims = dossier.claims
    names = list(dict.fromkeys(claims["article"]))
    if len(names) < 2:
        return [dossier]
    parts = [
        part(dossier, set(claims.loc[claims["article"] == name, "claim"]), name or UNNAMED)
        for name in names
    ]
    return [replace(parts[0], positions=dossier.positions), *parts[1:]]


def summarize(dossier: Dossier, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the fixed object for a dossier: status, readings, conflicts, flags, bounds, brief.

    With several outcomes the status is the worst of them, readings are added up, and the name
    of the text stands before the quantity of each bound and before each undecided sentence.
    """
    several = len(outcomes) > 1
    return {
        "dossier": {
            "name": dossier.name,
            "sha256": dossier.sha256,
            "claims": len(dossier.claims),
        },
        "status": worst(o.check.status for o in outcomes),
        "readings": {
            "total": sum(int(o.check.readings_total) for o in outcomes),
            "consistent": sum(int(o.check.readings_consistent) for o in outcomes),
        },
        "conflicts": [_conflict(row) for o in outcomes for row in tuples_of(o.check.conflicts)],
        "flags": [_flag(row) for o in outcomes for row in tuples_of(o.flags)],
        "bounds": [
            _bound(row, f"{o.dossier.name}: " if several else "")
            for o in outcomes
            for row in tuples_of(o.check.bounds)
        ],
        "undecided": [
            f"{o.dossier.name}: {sentence}" if several else str(sentence)
            for o in outcomes
            for sentence in o.check.undecided
        ],
        "brief": briefs(outcomes).as_object(),
        "alone": [claim for o in outcomes for claim in o.check.alone],
        "notes": _notes(outcomes),
        "gives": _gives(outcomes),
    }


def _notes(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return what is worth a word and is no conflict; of a draft also what nobody confirmed."""
    told = list(outcomes)
    found = [
        {"note": row.note, "claims": list(row.claims), "because": _because(row, o)}
        for o in told
        for row in tuples_of(o.check.notes)
    ]
    open_ = ({"note": "unconfirmed", "claims": [], "because": s} for s in unconfirmed(told))
    return [*found, *open_]


def _because(row: Any, outcome: Outcome) -> str:
    """Return a note's sentence; in a text by itself also the row that would link what is alone."""
    by_itself = outcome.whole is None  # in each of many, looking for it takes too long
    if row.note == "not-compared" and by_itself and outcome.next_row:
        return f"{row.because} {outcome.next_row}"
    return row.because


def has_contradiction(outcomes: Iterable[Outcome]) -> bool:
    """Return whether some conflict is a contradiction by definitions alone (exit code 1)."""
    return any("contradiction" in {o.check.status, *o.check.sets["status"]} for o in outcomes)


def _conflict(row: Any) -> dict[str, Any]:
    return {
        "status": row.status,
        "claims": list(row.claims),
        "assumptions": list(row.assumptions),
        "origins": int(row.origins),
        "readings": [dict(reading) for reading in row.readings_fail],
        "margin": _number(row.margin),
        "threshold": _threshold(row.thresholds),
        "proof": list(row.proof),
    }


def _gives(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return what gives, group by group; conflicts by their place in the list, from 1."""
    found = []
    before = 0
    for outcome in outcomes:
        conflicts = outcome.check.conflicts
        place = {name: n + before for n, name in enumerate(conflicts["conflict"], 1)}
        before += len(conflicts)
        found += [
            {
                "gives": row.gives,
                "origin": row.origin,
                "conflicts": [place[name] for name in row.conflicts],
                "of": int(row.of),
                "others": list(row.others),
            }
            for row in tuples_of(outcome.check.gives)
        ]
    return found


def _threshold(thresholds: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the first threshold: the value of an assumption at which the conflict dissolves."""
    if not thresholds:
        return None
    first = thresholds[0]
    return {"assumption": first["assumption"], "value": _number(first["value"])}


def _flag(row: Any) -> dict[str, Any]:
    return {
        "flag": row.flag,
        "severity": row.severity,
        "claims": list(row.claims),
        "because": row.because,
    }


def _bound(row: Any, prefix: str) -> dict[str, Any]:
    return {
        "quantity": f"{prefix}{row.quantity}{read_as(row.reading)}",
        "low": _number(row.low),
        "high": _number(row.high),
    }


def read_as(reading: Mapping[str, str]) -> str:
    """Return a reading for after a quantity: " (lost: killed)", "" for all readings."""
    said = "; ".join(f"{name}: {choice}" for name, choice in reading.items())
    return f" ({said})" if said else ""


def _number(value: Any) -> float | int | None:
    """Return a number for JSON: None where open or unknown, whole numbers without a fraction."""
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() else number


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the object."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))
