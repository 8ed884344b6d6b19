"""Every reasonable reading of every claim: what its words may mean, and its bounds.

A claim is ambiguous where a word of its scope has several readings in `terms.csv`, or where
`readings.csv` gives it some of its own. A *variable* is one such choice: a word as one origin
uses it (all claims of that origin then share it), or a claim with readings of its own. An
*alternative* is a claim under one setting of its variables: a scope (or two, for a ratio) and
a lower and an upper bound, both exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.derived import roots
from bakhmut.dossier.parsing.hedging import hedges, stands_for
from bakhmut.dossier.parsing.notation import parse_date, parse_number
from bakhmut.dossier.tables import PER
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.meaning.vocabulary import (
    EACH,
    MOST_ALTERNATIVES,
    WIDEST,
    Choices,
    Part,
    Scope,
    Variable,
    Vocabulary,
    both_sides,
    each_way,
    merged_choices,
    rows_of,
)

# "About" has no width of its own: what it usually means is ours, and named wherever a finding
# rests on it (`hedges.csv` has the number, and the most that it can mean).
ABOUT = "about-within-5-percent"
# That nothing was added or corrected between two counts of one toll.
ONCE = "counted-once"
AS_PRINTED = "as printed"
READ = (
    *("claim", "origin", "kind", "reading", "choices", *DIMENSIONS, *PER),
    *("low", "high", "low_exact", "high_exact", "because"),
)


Ends = tuple[Fraction | None, Fraction | None]


class Alternative(NamedTuple):
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
    # Whether its figures are printed as whole numbers.
    is_whole: bool = True


class Unit(NamedTuple):
    """A claim or an assumption with all its alternatives."""

    name: str
    origin: str
    is_assumption: bool
    alternatives: tuple[Alternative, ...]
    # First and last day on which it can have been published, and the claim it restates in the end.
    days: tuple[date, date] | None = None
    root: str = ""


def interpret(dossier: Dossier) -> pd.DataFrame:
    """Return every claim under each of its readings, with resolved scope and bounds.

    Returns
    -------
    DataFrame
        One row for a claim under one reading: `claim`, `origin`, `kind` (count or ratio),
        `reading` (a label, "as printed" where there is only one), `choices` (pairs of variable
        and reading), the eight scope columns with their words resolved ("" = not stated),
        `low` and `high` (float, NaN = open) after the hedge, `low_exact` and `high_exact`
        (Fraction or None), `because`.
    """
    units = claim_units(dossier)
    names = variable_names(units)
    shown = Vocabulary(dossier.terms)
    rows = []
    for unit in units:
        for one in unit.alternatives:
            labels = [reading for _, reading in one.choices]
            row = {
                "claim": unit.name,
                "origin": unit.origin,
                "kind": kind_of(one),
                "reading": "; ".join(labels) if labels else AS_PRINTED,
                "choices": tuple((names[v], reading) for v, reading in one.choices),
            }
            row |= {d: shown.say(d, p) for d, p in zip(DIMENSIONS, one.top, strict=True)}
            below = one.bottom or ((), (), (), ())
            row |= {f"per_{d}": shown.say(d, p) for d, p in zip(DIMENSIONS, below, strict=True)}
            row |= {
                "low": float("nan") if one.low is None else float(one.low),
                "high": float("nan") if one.high is None else float(one.high),
                "low_exact": one.low,
                "high_exact": one.high,
                "because": one.because,
            }
            rows.append(row)
    return pd.DataFrame(rows, columns=READ)


def claim_units(dossier: Dossier) -> list[Unit]:
    """Return the claims as units, in the order of the table."""
    words = Vocabulary(dossier.terms)
    return units_of(rows_of(dossier.claims), rows_of(dossier.readings), words)


def units_of(
    claims: Iterable[dict[str, str]], readings: Iterable[dict[str, str]], words: Vocabulary
) -> list[Unit]:
    """Return rows of claims.csv, with the rows of readings.csv about them, as units."""
    own = _own_readings(readings)
    rows = list(claims)
    root = roots({column: [row[column] for row in rows] for column in ("claim", "repeats")})
    return [
        _unit(
            row, words, own.get(row["claim"], {}), name=row["claim"], origin=row["origin"]
        )._replace(days=_published(row), root=root[row["claim"]])
        for row in rows
    ]


def assumption_units(dossier: Dossier, assume: Iterable[str] = ()) -> list[Unit]:
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
    words = Vocabulary(dossier.terms)
    units = []
    for row in rows:
        name = row["assumption"]
        replaced = about.get(tuple(row[c] for c in scope), name) != name
        if name in asked or (row["tier"] == "plausible" and not replaced):
            units.append(_unit(row, words, {}, name=name, origin=f"assumption {name}"))
    return units


def kind_of(one: Alternative) -> str:
    """Return whether a reading is of a count, a ratio or a difference."""
    return ("difference" if one.is_difference else "ratio") if one.bottom else "count"


def as_printed(unit: Unit) -> Unit:
    """Return a claim with its rounded figures exact to the last digit printed."""
    if all(one.reached or one.bare is None for one in unit.alternatives):
        return unit
    return unit._replace(
        alternatives=tuple(
            one if one.reached or one.bare is None
            else one._replace(low=one.bare[0], high=one.bare[1], reached=True, bare=None)
            for one in unit.alternatives
        )
    )  # fmt: skip


def closed(unit: Unit) -> Unit:
    """Return a claim whose upper end is itself one of its numbers: its bounds are the same."""
    if all(one.reached for one in unit.alternatives):
        return unit
    alternatives = tuple(one._replace(reached=True) for one in unit.alternatives)
    return unit._replace(alternatives=alternatives)


def variable_names(units: Iterable[Unit]) -> dict[Variable, str]:
    """Return a short name for each variable: the claim, the word, or the word and its origin."""
    found: dict[Variable, None] = {}
    for unit in units:
        for one in unit.alternatives:
            found.update(dict.fromkeys(variable for variable, _ in one.choices))
    claims = {variable[1] for variable in found if variable[0] == "claim"}
    words = [variable[3] for variable in found if variable[0] == "term"]
    names = {}
    for variable in found:
        if variable[0] == "claim":
            names[variable] = variable[1]
        else:
            word = variable[3]
            alone = words.count(word) == 1 and word not in claims
            names[variable] = word if alone else f"{word} ({variable[1]})"
    if len(set(names.values())) < len(names):  # one word in two dimensions
        names = {v: f"{n} as a {v[2]}" if v[0] == "term" else n for v, n in names.items()}
    return names


def _unit(
    row: dict[str, str], words: Vocabulary, own: dict[str, dict], *, name: str, origin: str
) -> Unit:
    alternatives: list[Alternative] = []
    for label, (fields, because) in (own or {"": ({}, "")}).items():
        printed = {**row, **fields} if fields else row
        chosen = {("claim", name): label} if len(own) > 1 else {}
        alternatives.extend(_alternatives(printed, words, chosen, origin, because))
        if len(alternatives) > MOST_ALTERNATIVES:
            raise DossierError([
                f"{'claims.csv' if 'quote' in row else 'assumptions.csv'}: {name!r} has more than "
                f"{MOST_ALTERNATIVES:,} readings; allowed: fewer readings of its words"
            ])  # fmt: skip
    return Unit(name, origin, "quote" not in row, tuple(alternatives))


def _alternatives(
    row: dict[str, str], words: Vocabulary, chosen: dict, origin: str, because: str
) -> Iterator[Alternative]:
    is_assumption = "quote" not in row
    is_ratio = any([row[column] for column in PER])
    ways = []
    for dimension, column in zip(
        DIMENSIONS * 2, DIMENSIONS + PER if is_ratio else DIMENSIONS, strict=False
    ):
        if cell := row[column]:
            ways.append(words.expand(dimension, cell, origin))
        else:
            ways.append([({}, (_blank(dimension, origin, is_assumption, is_ratio),), (), ())])
    # An assumption is ours: its numbers are exact.
    hedge = "exact" if is_assumption else row["hedge"]
    figure = stands_for(row["low"], row["high"], hedge, is_ratio=is_ratio)
    is_difference = is_ratio and "difference" in hedges(hedge)
    if all([len(way) == 1 for way in ways]):  # one meaning each: nothing to choose
        merged: Iterable[tuple] = [(tuple(way[0] for way in ways), chosen)]
    else:
        merged = ((c, merged_choices([chosen, *(way[0] for way in c)])) for c in each_way(ways))
    for combined, choices in merged:
        if choices is None:
            continue
        scopes = [way[1] for way in combined]
        reasons = [because, *[b for way in combined for b in way[2]]]
        yield Alternative(
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
                for n, way in enumerate(combined)
                for equal in way[3]
            ),
            is_difference,
            is_assumption or _is_compared(row),
            all(parse_number(row[end]).denominator == 1 for end in ("low", "high") if row[end]),
        )


def _is_compared(row: dict[str, str]) -> bool:
    return bool(row["side"] or row["measure"]) and not row.get("standing")


def _published(row: dict[str, str]) -> tuple[date, date] | None:
    """Return the first and last day on which a claim can have been published."""
    text = row.get("published_text", "")
    return parse_date(text) if text else None


def _blank(dimension: str, origin: str, is_assumption: bool, is_ratio: bool) -> Part:
    """Return what a blank cell stands for (design, section 3)."""
    if dimension == "side" and not is_assumption:
        return ("term", "")
    if is_assumption:
        return EACH if is_ratio else WIDEST
    return ("unknown", origin)


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


def as_widest(unit: Unit) -> Unit:
    """Return a unit with all that it does not state taken as one and the same for everybody."""
    return unit._replace(
        alternatives=tuple(
            a._replace(
                top=known(a.top),
                bottom=a.bottom and known(a.bottom),
                equal=tuple((known(left), known(right)) for left, right in a.equal),
            )
            for a in unit.alternatives
        )
    )


def known(scope: Scope) -> Scope:
    """Return a scope with what is not stated taken as the widest."""
    return tuple(  # type: ignore[return-value]
        (WIDEST,) if parts[0][0] == "unknown" else parts for parts in scope
    )
