"""A dossier as somebody would have it: words read in one way, figures and assumptions moved.

A `State` says what is otherwise than in a dossier; `moved` returns the dossier in that state. It
is a dossier like any other: what is decided of it can be written to a folder and decided again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import Dossier, build_dossier
from bakhmut.dossier.derived import derive, roots
from bakhmut.dossier.doors.frames import rows_of
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.dossier.tables import TABLES
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.vocabulary import Choice
from bakhmut.meaning.wordings import ChosenTerms
from bakhmut.views.quotients import caps

Ends = tuple[str, str]
Row = dict[str, Any]
MOST_VALUES = 12


@dataclass(frozen=True)
class State:
    """What is otherwise than in a dossier; what is not named here is as it stands there.

    `readings` has a reading for a variable's name, `stated` a value for an origin and a dimension
    that it leaves open, `figures` the two ends (as text, "" open) for the first claim of a chain of
    restatements, `assumed` the two ends for an assumption, or None to leave it out. `share` is
    that of the smaller place (see `share_of`), None to suppose nothing.
    """

    readings: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[tuple[str, str], str] = field(default_factory=dict)
    figures: Mapping[str, Ends] = field(default_factory=dict)
    assumed: Mapping[str, Ends | None] = field(default_factory=dict)
    share: Ends | None = None


@dataclass(frozen=True)
class Figure:
    """A figure that can be moved: the claims that print it, its ends as text ("" open).

    A difference may be below nought, a count or a ratio not.
    """

    claim: str
    claims: tuple[str, ...]
    low: str
    high: str
    is_ratio: bool
    is_difference: bool = False


@dataclass(frozen=True)
class Share:
    """A smaller place's share of one side's total in a larger one, over the total's period."""

    name: str
    side: str
    part: str
    whole: str
    period: str

    def row(self, low: str, high: str) -> dict[str, str]:
        """Return the share as an assumption: the same for whatever is counted."""
        scope = {"side": self.side, "measure": "each", "period": self.period}
        return {
            "assumption": self.name, "tier": "plausible", **scope, "place": self.part,
            **{f"per_{column}": text for column, text in scope.items()}, "per_place": self.whole,
            "low": low, "high": high, "because": "supposed, to see what follows", "url": "",
        }  # fmt: skip


def choices(dossier: Dossier) -> dict[str, tuple[Choice, tuple[str, ...]]]:
    """Return each word or claim with several readings: its name, the variable, the readings."""
    whole = read(dossier)
    return {whole.names[choice]: (choice, own) for choice, own in whole.choices.items()}


def unstated(dossier: Dossier) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what an origin leaves open, and the values that others give: those it may mean."""
    claims, found = dossier.claims, {}
    for dimension in DIMENSIONS[1:]:
        own, per = claims[dimension], claims[f"per_{dimension}"]
        values = pd.concat([own, per]).value_counts(sort=False)
        known = tuple(value for value in values.index if value)[:MOST_VALUES]
        for origin in dict.fromkeys(claims.loc[own.eq(""), "origin"]) if known else ():
            found[origin, dimension] = known
    return found


def figures(dossier: Dossier) -> list[Figure]:
    """Return the figures that can be moved, each with the claims of one chain that print it."""
    claims = list(rows_of(dossier.claims))
    return _figures(claims, _roots(claims))


def _roots(claims: list[Row]) -> dict[str, str]:
    return roots({column: [row[column] for row in claims] for column in ("claim", "repeats")})


def _figures(claims: list[Row], root: Mapping[str, str]) -> list[Figure]:
    found: dict[tuple, list[str]] = {}
    for row in claims:
        if row["low"] or row["high"]:
            minus = "difference" in row["hedge"]
            key = root[row["claim"]], row["low"], row["high"], row["kind"] == "ratio", minus
            found.setdefault(key, []).append(row["claim"])
    return [
        Figure(names[0], tuple(names), low, high, is_ratio and not minus, minus)
        for (_, low, high, is_ratio, minus), names in found.items()
    ]


def share_of(dossier: Dossier) -> Share | None:
    """Return the share that a ratio in a place and totals around it turn on; None without them."""
    found = caps(dossier)
    if found.empty:
        return None
    cap = found.iloc[0]
    claims = dossier.claims.set_index("claim")
    period = claims.loc[cap["per_claim"], "period"]
    taken = {*dossier.assumptions["assumption"], *dossier.claims["claim"]}
    name = "share-of-the-part"
    while name in taken:
        name += "-again"
    return Share(name, cap["side"], cap["part"], cap["whole"], period or "each")


def moved(
    dossier: Dossier,
    state: State,
    *,
    share: Share | None = None,
    known: Mapping[str, Choice] | None = None,
) -> Dossier:
    """Return the dossier in a state, quickly: nothing is checked, and `sha256` is the old one.

    Parameters
    ----------
    dossier, state
        What is otherwise, and than what.
    share
        As `share_of` returns it; without it no share is supposed.
    known
        Variables by name, where they are at hand; else `choices` finds them.
    """
    if state.readings and known is None:
        known = {name: choice for name, (choice, _) in choices(dossier).items()}
    chosen = {known[name]: reading for name, reading in state.readings.items()} if known else {}
    claims = list(rows_of(dossier.claims))
    readings = _figures_moved(claims, list(rows_of(dossier.readings)), state.figures)
    readings = _claims_read(claims, readings, chosen)
    wordings = ChosenTerms(list(rows_of(dossier.terms)), chosen)
    assumed = _assumed(list(rows_of(dossier.assumptions)), state, share)
    wordings.reword(claims, readings)
    _state_all(claims, state.stated)
    return replace(
        dossier,
        claims=derive(_frame(claims, "claims")),
        terms=_frame(wordings.terms(), "terms"),
        readings=_frame(readings, "readings"),
        assumptions=_frame(assumed, "assumptions"),
    )


def checked(dossier: Dossier, *, name: str) -> Dossier:
    """Return a moved dossier built anew, with all its checks and a digest of its own."""
    return build_dossier(tables_of(dossier), name=name)


def _frame(rows: list[Row], table: str) -> pd.DataFrame:
    columns = list(TABLES[table])
    return pd.DataFrame([[row[c] for c in columns] for row in rows], columns=columns, dtype=str)


def _figures_moved(claims: list[Row], readings: list[Row], moves: Mapping[str, Ends]) -> list[Row]:
    """Move figures in claims; return the readings left, those of an old figure gone with it.

    A restatement without a figure of its own that is read as the old figure is read as the new.
    """
    if not moves:
        return readings
    root = _roots(claims)
    for figure in _figures(claims, root):
        old, new = (figure.low, figure.high), moves.get(figure.claim)
        if new is None or new == old:
            continue
        printed = f"Printed: {' to '.join(dict.fromkeys(filter(None, old)))}; moved."
        bare = set()
        for row in claims:
            if row["claim"] in figure.claims:
                row |= {"low": new[0], "high": new[1], "note": _noted(row, printed)}
            elif not row["low"] and not row["high"] and root[row["claim"]] == root[figure.claim]:
                bare.add(row["claim"])
        numbers = ("low", "high")
        readings = [
            r for r in readings if r["claim"] not in figure.claims or r["field"] not in numbers
        ]
        for row in readings:
            for end, before, after in zip(numbers, old, new, strict=True):
                if row["claim"] in bare and (row["field"], row["value"]) == (end, before):
                    row["value"] = after
    return readings


def _noted(row: Row, said: str) -> str:
    return f"{row['note']} {said}".strip()


def _claims_read(claims: list[Row], readings: list[Row], chosen: Mapping[Choice, str]) -> list[Row]:
    """Write the reading chosen for a claim into its row; return the readings of the others."""
    by_name = {row["claim"]: row for row in claims}
    for choice, reading in chosen.items():
        name = choice.owner
        own = [r for r in readings if r["claim"] == name and r["reading"] == reading]
        if choice.kind == "claim" and own:  # else it was about a figure that has moved
            claim = by_name[name]
            claim |= {r["field"]: r["value"] for r in own}
            claim["note"] = _noted(claim, f"Read as: {reading}.")
            readings = [r for r in readings if r["claim"] != name]
    return readings


def _state_all(claims: list[Row], stated: Mapping[tuple[str, str], str]) -> None:
    """Fill in what an origin leaves open."""
    for (origin, dimension), value in stated.items():
        for row in claims:
            if row["origin"] == origin and not row[dimension]:
                row[dimension] = value
                if row["kind"] == "ratio" and not row[f"per_{dimension}"]:
                    row[f"per_{dimension}"] = value


def _assumed(rows: list[Row], state: State, share: Share | None) -> list[Row]:
    """Return the assumptions with those in force marked plausible, the others what-if."""
    for row in rows:
        ends = state.assumed.get(row["assumption"], ())
        if ends is None:
            row["tier"] = "what-if"
        elif ends:
            row |= {"tier": "plausible", "low": ends[0], "high": ends[1]}
    if share is not None and state.share is not None:
        rows.append(share.row(*state.share))
    return rows
