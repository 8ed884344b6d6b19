"""Every reasonable reading of every claim: what its words may mean, and its bounds.

A claim is ambiguous where a word of its scope has several readings in `terms.csv`, or where
`readings.csv` gives it some of its own. A *choice* is one such: a word as one origin uses it (all
claims of that origin then share it), or a claim with readings of its own. A *reading* is a claim
under one setting of its choices: a scope (or two, for a ratio) and a lower and an upper bound,
both exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Protocol

from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.derived import roots, unread
from bakhmut.dossier.doors.frames import rows_of
from bakhmut.dossier.parsing.hedging import hedges, stands_for
from bakhmut.dossier.parsing.notation import parse_date, parse_number
from bakhmut.dossier.parsing.printed import in_per_cent
from bakhmut.dossier.tables import PER
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.meaning.vocabulary import (
    EACH,
    MOST_READINGS,
    UNSTATED,
    WIDEST,
    Choice,
    Choices,
    Meaning,
    Part,
    Scope,
    Vocabulary,
    both_sides,
    each_way,
    merged_choices,
)

# "About" has no width of its own: what it usually means is ours, and named wherever a finding
# rests on it (`hedges.csv` has the number, and the most that it can mean).
ABOUT = "about-within-5-percent"
# That nothing was added or corrected between two counts of one toll.
ONCE = "counted-once"
# What each says, as a clause: "if ...", "the assumption that ...".
OURS = {
    ABOUT: "“about” means within 5 %",
    ONCE: "nothing was added or corrected between the days of publication",
}
Ends = tuple[Fraction | None, Fraction | None]


class Reading(NamedTuple):
    """A claim or assumption under one reading: top / bottom (or top) lies in [low, high]."""

    choices: Choices
    top: Scope
    bottom: Scope | None
    low: Fraction | None
    high: Fraction | None
    because: str = ""
    # Whether the upper end itself is meant; the furthest ends of "about"; both ends before
    # rounding and "about", None where neither moved them (see `hedging.Interval`).
    reached: bool = True
    far: Ends | None = None
    bare: Ends | None = None
    # Scopes of one sum: what a word means, divided in two ways.
    equal: tuple[tuple[Scope, Scope], ...] = ()
    # top - bottom lies in [low, high].
    is_difference: bool = False
    # Whether it is compared with others: it says what it counts, and nobody took it back.
    is_compared: bool = True
    # Whether its figures are printed as whole numbers; and with all digits (see `Interval`).
    is_whole: bool = True
    in_full: bool = False
    # Whether it is printed in per cent.
    is_share: bool = False

    @property
    def is_rounded(self) -> bool:
        """Whether a point figure is meant for all numbers that are rounded to it."""
        return not self.reached and self.bare is not None and self.bare[0] == self.bare[1]


class Premise(NamedTuple):
    """A claim or an assumption with all its readings."""

    name: str
    origin: str
    is_assumption: bool
    readings: tuple[Reading, ...]
    # First and last day on which it can have been published, and the claim it restates in the end.
    days: tuple[date, date] | None = None
    root: str = ""

    @property
    def has_number(self) -> bool:
        """Whether any reading gives it a number."""
        return any(one.low is not None or one.high is not None for one in self.readings)


class _Taking(Protocol):
    """What rests on choices, each taken one way."""

    @property
    def choices(self) -> Choices: ...


def claim_premises(dossier: Dossier, vocabulary: Vocabulary) -> list[Premise]:
    """Return the claims as premises, in the order of the table."""
    return premises_of(claim_rows(dossier), rows_of(dossier.readings), vocabulary)


def claim_rows(dossier: Dossier) -> Iterator[dict]:
    """Yield the rows of claims.csv, those of a draft with the cells that nobody read or confirmed.

    Who confirms a figure confirms what was drafted: that the text has no place or period for it
    nobody has said (`unasked`), and where not even whose it is, not of which event (`unscoped`).
    """
    unconfirmed = unread(dossier.evidence)
    shown = set(zip(dossier.evidence["claim"], dossier.evidence["field"], strict=True))
    rows = list(rows_of(dossier.claims))
    for row in rows:
        if row["claim"] in unconfirmed:
            row["unread"] = frozenset(DIMENSIONS) - unconfirmed[row["claim"]]
        elif shown:
            blank = (one for one in ("place", "period") if not row[one])
            row["unasked"] = {one for one in blank if (row["claim"], one) not in shown}
    bare = [row for row in rows if len(row.get("unasked", ())) > 1 and not row["side"]]
    ratios = [row for row in bare if any(row[column] for column in PER) and not row.get("standing")]
    of = {(row["origin"], row[name]) for row in ratios for name in ("measure", "per_measure")}
    for row in bare:
        row["unscoped"] = (row["origin"], row["measure"]) not in of
    yield from rows


def premises_of(
    claims: Iterable[dict[str, str]], readings: Iterable[dict[str, str]], vocabulary: Vocabulary
) -> list[Premise]:
    """Return rows of claims.csv, with the rows of readings.csv about them, as premises."""
    own = _own_readings(readings)
    rows = list(claims)
    root = roots({column: [row[column] for row in rows] for column in ("claim", "repeats")})
    return [
        _premise(
            {**row, "root": root[row["claim"]]} if {"unread", "unscoped"} & row.keys() else row,
            vocabulary, own.get(row["claim"], {}), name=row["claim"], origin=row["origin"],
        )._replace(days=_published(row), root=root[row["claim"]])
        for row in rows
    ]  # fmt: skip


def assumption_premises(
    dossier: Dossier, vocabulary: Vocabulary, assume: Iterable[str] = ()
) -> list[Premise]:
    """Return the assumptions in force: the plausible ones, and those asked for by name.

    A what-if about the same scopes as a plausible assumption takes its place.
    """
    asked = list(assume)
    rows = list(rows_of(dossier.assumptions))
    known = [row["assumption"] for row in rows]
    for name in asked:
        if name not in known:
            allowed = ", ".join(known) or "none: the dossier has no assumptions"
            raise DossierError([f"assumption {name!r} is not in the dossier; allowed: {allowed}"])
    scope = [*DIMENSIONS, *(f"per_{d}" for d in DIMENSIONS)]
    about = {
        tuple(row[c] for c in scope): row["assumption"]
        for row in rows
        if row["assumption"] in asked
    }
    premises = []
    for row in rows:
        name = row["assumption"]
        replaced = about.get(tuple(row[c] for c in scope), name) != name
        if name in asked or (row["tier"] == "plausible" and not replaced):
            premises.append(_premise(row, vocabulary, {}, name=name, origin=f"assumption {name}"))
    return premises


def readings_of(premises: Iterable[Premise]) -> Iterator[Reading]:
    """Yield every reading of some premises."""
    return (one for premise in premises for one in premise.readings)


def choices_of(taking: Iterable[_Taking]) -> dict[Choice, tuple[str, ...]]:
    """Return what some readings (or literals) take one way or another, each with its ways."""
    found: dict[Choice, dict[str, None]] = {}
    for one in taking:
        for choice, reading in one.choices:
            found.setdefault(choice, {})[reading] = None
    return {choice: tuple(readings) for choice, readings in found.items()}


def kind_of(one: Reading) -> str:
    """Return whether a reading is of a count, a ratio or a difference."""
    return ("difference" if one.is_difference else "ratio") if one.bottom else "count"


def as_printed(premise: Premise, *, in_full: bool = False) -> Premise:
    """Return a claim with its rounded figures exact to the last digit printed.

    With `in_full` only its counts of which all digits are written out: 377,000, not 0.4 million.
    """
    readings = tuple(
        one._replace(low=one.bare[0], high=one.bare[1], reached=True, bare=None)
        if one.bare and one.is_rounded and (not in_full or (one.in_full and not one.bottom))
        else one
        for one in premise.readings
    )
    return premise if readings == premise.readings else premise._replace(readings=readings)


def closed(premise: Premise) -> Premise:
    """Return a claim whose upper end is itself one of its numbers: its bounds are the same."""
    if all(one.reached for one in premise.readings):
        return premise
    readings = tuple(one._replace(reached=True) for one in premise.readings)
    return premise._replace(readings=readings)


def _premise(
    row: dict[str, str], vocabulary: Vocabulary, own: dict[str, dict], *, name: str, origin: str
) -> Premise:
    readings: list[Reading] = []
    for label, (fields, because) in (own or {"": ({}, "")}).items():
        printed = {**row, **fields} if fields else row
        chosen = {Choice("claim", name): label} if len(own) > 1 else {}
        readings.extend(_readings(printed, vocabulary, chosen, origin, because))
        if len(readings) > MOST_READINGS:
            raise DossierError([
                f"{'claims.csv' if 'quote' in row else 'assumptions.csv'}: {name!r} has more than "
                f"{MOST_READINGS:,} readings; allowed: fewer readings of its words"
            ])  # fmt: skip
    return Premise(name, origin, "quote" not in row, tuple(readings))


def _readings(
    row: dict[str, str], vocabulary: Vocabulary, chosen: dict, origin: str, because: str
) -> Iterator[Reading]:
    is_assumption = "quote" not in row
    is_ratio = any([row[column] for column in PER])
    ways = []
    for dimension, column in zip(
        DIMENSIONS * 2, DIMENSIONS + PER if is_ratio else DIMENSIONS, strict=False
    ):
        if cell := row[column]:
            ways.append(vocabulary.expand(dimension, cell, origin))
        else:
            ways.append([Meaning({}, (_blank(dimension, row, is_ratio),))])
    # An assumption is ours: its numbers are exact.
    hedge = "exact" if is_assumption else row["hedge"]
    figure = stands_for(row["low"], row["high"], hedge, is_ratio=is_ratio)
    is_difference = is_ratio and "difference" in hedges(hedge)
    if all([len(way) == 1 for way in ways]):  # one meaning each: nothing to choose
        merged: Iterable[tuple] = [(tuple(way[0] for way in ways), chosen)]
    else:
        merged = (
            (c, merged_choices([chosen, *(one.choices for one in c)])) for c in each_way(ways)
        )
    for combined, choices in merged:
        if choices is None:
            continue
        scopes = [one.parts for one in combined]
        reasons = [because, *[b for one in combined for b in one.because]]
        yield Reading(
            tuple(choices.items()),
            (scopes[0], scopes[1], scopes[2], scopes[3]),
            (scopes[4], scopes[5], scopes[6], scopes[7]) if is_ratio else None,
            figure.low,
            figure.high,
            "; ".join(dict.fromkeys([b for b in reasons if b])),
            figure.reached,
            figure.far,
            figure.bare,
            tuple(
                both_sides(scopes[4:] if n > 3 else scopes[:4], *equal)
                for n, one in enumerate(combined)
                for equal in one.equal
            ),
            is_difference,
            is_assumption or _is_compared(row),
            all(parse_number(row[end]).denominator == 1 for end in ("low", "high") if row[end]),
            figure.in_full,
            is_ratio and in_per_cent(row["low"], row["high"]),
        )


def _is_compared(row: dict[str, str]) -> bool:
    return bool(row["side"] or row["measure"]) and not row.get("standing")


def _published(row: dict[str, str]) -> tuple[date, date] | None:
    """Return the first and last day on which a claim can have been published."""
    text = row.get("published", "")
    return parse_date(text) if text else None


def _blank(dimension: str, row: dict, is_ratio: bool) -> Part:
    """Return what a blank cell stands for (*Not stated* in docs/method.md).

    What an unconfirmed draft has not read is known of no other claim, but of those that restate it.
    What nobody was asked about is one for all claims of an origin, and may lie anywhere: "126 died.
    In Larn 50 died". Of counts that nothing places it is each one's own, but where a ratio is said
    of them: "58 people are dead ... my team found 17".
    """
    if "quote" not in row:
        return EACH if is_ratio else WIDEST
    if dimension in row.get("unread", ()):
        return Part("unknown", f"of {row['root']}")
    if dimension in row.get("unasked", ()):
        return Part("anywhere", f"of {row['root']}" if row.get("unscoped") else row["origin"])
    return Part("term", "") if dimension == "side" else Part("unknown", row["origin"])


def _own_readings(readings: Iterable[dict[str, str]]) -> dict[str, dict[str, tuple[dict, str]]]:
    """Return claim -> reading -> (fields that it replaces, reasons)."""
    own: dict[str, dict[str, tuple[dict, list]]] = {}
    for row in readings:
        fields, because = own.setdefault(row["claim"], {}).setdefault(row["reading"], ({}, []))
        fields[row["field"]] = row["value"]
        if row["because"] and row["because"] not in because:
            because.append(row["because"])
    return {
        claim: {label: (fields, "; ".join(b)) for label, (fields, b) in labels.items()}
        for claim, labels in own.items()
    }


def as_widest(premise: Premise) -> Premise:
    """Return a premise with all that it does not state taken as one and the same for everybody."""
    return premise._replace(
        readings=tuple(
            a._replace(
                top=known(a.top),
                bottom=a.bottom and known(a.bottom),
                equal=tuple((known(left), known(right)) for left, right in a.equal),
            )
            for a in premise.readings
        )
    )


def known(scope: Scope) -> Scope:
    """Return a scope with what is not stated taken as the widest."""
    return tuple(  # type: ignore[return-value]
        (WIDEST,) if parts[0].sort in UNSTATED else parts for parts in scope
    )
