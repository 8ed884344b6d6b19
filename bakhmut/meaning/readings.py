"""Every reasonable reading of every claim: what its words may mean, and its bounds.

A claim is ambiguous where a word of its scope has several readings in `terms.csv`, or where
`readings.csv` gives it some of its own. A *variable* is one such choice: a word as one origin
uses it (all claims of that origin then share it), or a claim with readings of its own. An
*alternative* is a claim under one setting of its variables: a scope (or two, for a ratio) and
a lower and an upper bound, both exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.notation import hedges, parse_number
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

# "About" has no width of its own: five per cent is ours, and named wherever a finding rests on it.
ABOUT = "about-within-5-percent"
ABOUT_WIDTH = Fraction(5, 100)
NEARLY_FROM = Fraction(9, 10)
AS_PRINTED = "as printed"
READ = (
    *("claim", "origin", "kind", "reading", "choices", *DIMENSIONS, *PER),
    *("low", "high", "low_exact", "high_exact", "because"),
)


class Alternative(NamedTuple):
    """A claim or assumption under one reading: top / bottom (or top) lies in [low, high]."""

    choices: Choices
    top: Scope
    bottom: Scope | None
    low: Fraction | None
    high: Fraction | None
    because: str = ""
    about: tuple[Fraction | None, Fraction | None] | None = None
    # A claim's one figure as printed where no hedge gives it a width, or calls it exact.
    printed: str = ""
    # Scopes of one sum: what a word means, divided in two ways.
    equal: tuple[tuple[Scope, Scope], ...] = ()


class Unit(NamedTuple):
    """A claim or an assumption with all its alternatives."""

    name: str
    origin: str
    is_assumption: bool
    alternatives: tuple[Alternative, ...]


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
                "kind": "ratio" if one.bottom else "count",
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
    return [
        _unit(row, words, own.get(row["claim"], {}), name=row["claim"], origin=row["origin"])
        for row in claims
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


def hedged(
    low: Fraction | None, high: Fraction | None, words: tuple[str, ...], *, kind: str
) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds that a hedge leaves of the figures printed (design, section 3).

    "More than" starts one above a count; a hedge that opens one end opens it even where the
    table repeats the figure there.
    """
    if not words:
        return low, high
    if low is not None and low == high and {"at least", "more than"} & set(words):
        high = None
    if low is None and {"at least", "more than"} & set(words):
        low, high = high, None
    if {"up to", "nearly"} & set(words) and (high is None or high == low):
        low, high = None, low if high is None else high
    for word in words:
        if word == "about":
            low = None if low is None else low * (1 - ABOUT_WIDTH)
            high = None if high is None else high * (1 + ABOUT_WIDTH)
        elif word == "more than" and kind == "count" and low is not None:
            low += 1
        elif word == "nearly" and low is None and high is not None:
            low = high * NEARLY_FROM
    return low, high


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
    kind = "ratio" if is_ratio else "count"
    low = parse_number(row["low"]) if row["low"] else None
    high = parse_number(row["high"]) if row["high"] else None
    about, hedge = None, ()
    if not is_assumption and row["hedge"]:
        hedge = hedges(row["hedge"])
        if "about" in hedge:
            about = hedged(low, high, tuple(h for h in hedge if h != "about"), kind=kind)
        low, high = hedged(low, high, hedge, kind=kind)
    is_point = not is_assumption and low is not None and low == high and set(hedge) <= {"may"}
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
            low,
            high,
            "; ".join(dict.fromkeys([b for b in reasons if b])),
            about,
            row["low"] if is_point else "",
            tuple(
                both_sides(scopes[4:] if n > 3 else scopes[:4], *equal)
                for n, way in enumerate(combined)
                for equal in way[3]
            ),
        )


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
