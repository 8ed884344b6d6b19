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
from itertools import product
from typing import NamedTuple

import pandas as pd

from bakhmut.dossier.claims import Dossier, DossierError
from bakhmut.dossier.notation import hedges, parse_number, parse_period, parse_sum
from bakhmut.dossier.tables import PER
from bakhmut.dossier.tables import SCOPE as DIMENSIONS

# "About" has no width of its own: five per cent is ours, and named wherever a finding rests on it.
ABOUT = "about-within-5-percent"
ABOUT_WIDTH = Fraction(5, 100)
NEARLY_FROM = Fraction(9, 10)
AS_PRINTED = "as printed"
MOST_ALTERNATIVES = 20_000
DEEPEST_TERM = 200
MOST_STEPS = 500_000
READ = (
    *("claim", "origin", "kind", "reading", "choices", *DIMENSIONS, *PER),
    *("low", "high", "low_exact", "high_exact", "because"),
)

# A part of a scope in one dimension: (sort, name). Sorts: "term" a word that has one meaning;
# "time" a dated interval; "rest" what an open sum leaves unnamed; "unknown" a place, period or
# measure that an origin does not state; "widest" the widest of the dossier; "each" every one.
Part = tuple[str, str]
Parts = tuple[Part, ...]
Scope = tuple[Parts, Parts, Parts, Parts]
Variable = tuple[str, ...]
Choices = tuple[tuple[Variable, str], ...]
EACH: Part = ("each", "")
WIDEST: Part = ("widest", "")


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


class Vocabulary:
    """What the words of `terms.csv` mean, looked up by dimension and word."""

    def __init__(self, terms: pd.DataFrame):
        self.rows: dict[tuple[str, str], dict[str, list[tuple[tuple[str, ...], bool, str]]]] = {}
        for row in rows_of(terms):
            parts, is_open = parse_sum(row["means"])
            readings = self.rows.setdefault((row["kind"], row["term"]), {})
            readings.setdefault(row["reading"], []).append((parts, is_open, row["because"]))
        self._ambiguous: dict[tuple[str, str], bool] = {}
        self._owners: dict[str, dict[str, list[str]]] = {}
        self._known: dict[tuple[str, str, str], list] = {}
        self._steps = 0

    def owners(self, kind: str) -> dict[str, list[str]]:
        """Return for each word the words of one meaning that it is part of."""
        if kind not in self._owners:
            owners = self._owners.setdefault(kind, {})
            for (own_kind, term), readings in self.rows.items():
                if own_kind == kind and not self.ambiguous(kind, term):
                    for parts, _, _ in (row for rows in readings.values() for row in rows):
                        for part in parts:
                            owners.setdefault(part, []).append(term)
        return self._owners[kind]

    def ambiguous(self, kind: str, term: str) -> bool:
        """Return whether a word must be spelt out before it can be counted.

        It must where it, or a word that it is made of, has several readings, or is a sum that
        counts something twice; any other word is a set of cells.
        """
        stack = [(kind, term)]
        while stack:
            key = stack[-1]
            readings = self.rows.get(key, {})
            inner = [(kind, p) for rows in readings.values() for row in rows for p in row[0]]
            waiting = [k for k in inner if k not in self._ambiguous and k in self.rows]
            if waiting and len(readings) <= 1 and key not in self._ambiguous:
                stack.extend(waiting)
                continue
            stack.pop()
            self._ambiguous[key] = (
                len(readings) > 1
                or any(self._ambiguous.get(k) for k in inner)
                or any(
                    self._counts_twice(kind, row[0]) for rows in readings.values() for row in rows
                )
            )
        return self._ambiguous[(kind, term)]

    def _counts_twice(self, kind: str, parts: tuple[str, ...]) -> bool:
        """Return whether parts of one sum have a word in common."""
        seen: dict[str, str] = {}
        for part in parts:
            waiting = [part]
            while waiting:
                word = waiting.pop()
                owner = seen.setdefault(word, part)
                if owner != part:
                    return True
                rows = (row for rows in self.rows.get((kind, word), {}).values() for row in rows)
                waiting.extend(
                    p for row in rows for p in row[0] if p not in seen or seen[p] != part
                )
        return False

    def expand(self, kind: str, text: str, origin: str) -> list[tuple[dict, Parts, tuple, tuple]]:
        """Return each meaning of a cell of a scope: choices, parts, reasons, equal divisions."""
        shared = self._known.get((kind, text, ""))
        if shared is not None:
            return shared
        key = (kind, text, origin)
        if key not in self._known:
            self._steps = 0
            found = list(self._expand_cell(kind, text, origin))
            if not found[0][0]:  # a word with one meaning has it whoever uses it
                key = (kind, text, "")
            self._known[key] = found
        return self._known[key]

    def _expand_cell(self, kind: str, text: str, origin: str) -> Iterator[tuple]:
        if text == "each":
            yield {}, (EACH,), (), ()
            return
        is_dated = kind == "period" and "+" not in text and parse_period(text)
        if (kind, text) in self.rows or is_dated:
            yield from self._expand_term(kind, text, origin, 0)
            return
        parts, is_open = parse_sum(text)
        yield from self._expand_sum(kind, parts, origin, 0, rest=text if is_open else None)

    def _expand_term(self, kind: str, term: str, origin: str, depth: int) -> Iterator[tuple]:
        if depth > DEEPEST_TERM:
            raise DossierError([
                f"terms.csv: {kind} {term!r} lies more than {DEEPEST_TERM} terms deep; "
                "allowed: a shorter chain of meanings"
            ])  # fmt: skip
        if kind == "period" and (interval := parse_period(term)):
            first, last = (str(day or "..") for day in interval)
            yield {}, (("time", f"{first}/{last}"),), (), ()
            return
        if not self.ambiguous(kind, term):
            yield {}, (("term", term),), (), ()
            return
        readings = self.rows[kind, term]
        self._step(kind, 1)
        for reading, rows in readings.items():
            own = {("term", origin, kind, term): reading} if len(readings) > 1 else {}
            ways = [
                list(
                    self._expand_sum(
                        kind,
                        parts,
                        origin,
                        depth + 1,
                        rest=f"{term}/{reading}/{n}" if more else None,
                    )
                )
                for n, (parts, more, _) in enumerate(rows)
            ]
            for combined in _product(ways):
                choices = _merge([own, *(way[0] for way in combined)])
                if choices is None:
                    continue
                parts = combined[0][1]
                because = tuple(row[2] for row in rows if row[2])
                because += tuple(b for way in combined for b in way[2])
                equal = tuple(e for way in combined for e in way[3])
                equal += tuple((DIMENSIONS.index(kind), parts, way[1]) for way in combined[1:])
                self._step(kind, len(equal) + len(because))
                yield choices, parts, because if own else (), equal

    def _expand_sum(
        self, kind: str, parts: tuple[str, ...], origin: str, depth: int, *, rest: str | None
    ) -> Iterator[tuple]:
        ways = [list(self._expand_term(kind, part, origin, depth)) for part in parts]
        for combined in _product(ways):
            choices = _merge(way[0] for way in combined)
            if choices is None:
                continue
            summed = tuple(p for way in combined for p in way[1])
            if rest is not None:
                summed += (("rest", rest),)
            because = tuple(b for way in combined for b in way[2])
            self._step(kind, len(summed) + len(because))
            yield choices, summed, because, tuple(e for way in combined for e in way[3])

    def _step(self, kind: str, steps: int) -> None:
        """Count the steps of taking one cell apart; words within words can be very many."""
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise DossierError([
                f"terms.csv: a {kind} takes more than {MOST_STEPS:,} steps to take apart; "
                "allowed: fewer meanings within meanings"
            ])  # fmt: skip

    def say(self, kind: str, parts: Parts) -> str:
        """Return parts in words, "" for what is not stated; sums of measures are written out."""
        said: list[str] = []
        waiting = list(reversed(parts))
        while waiting:
            sort, name = waiting.pop()
            rows = self.rows.get((kind, name), {}) if sort == "term" and kind == "measure" else {}
            only = next(iter(rows.values())) if len(rows) == 1 else []
            if len(only) == 1 and not only[0][1] and len(said) + len(waiting) < 50:
                waiting.extend(("term", part) for part in reversed(only[0][0]))
            elif sort in {"unknown", "widest"}:
                said.append("")
            else:
                said.append("..." if sort == "rest" else name or sort * (sort == "each"))
        return " + ".join(said)


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
        merged = ((c, _merge([chosen, *(way[0] for way in c)])) for c in _product(ways))
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
                _sides(scopes[4:] if n > 3 else scopes[:4], *equal)
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


def _product(ways: list[list]) -> Iterator[tuple]:
    """Return every way to take one of each, after a look at how many there would be."""
    count = 1
    for way in ways:
        count *= len(way)
    if count > MOST_ALTERNATIVES:
        raise DossierError([
            f"terms.csv: the words of one scope have {count:,} readings together; "
            f"allowed: at most {MOST_ALTERNATIVES:,}"
        ])  # fmt: skip
    return product(*ways)


def _sides(scope: list[Parts], n: int, left: Parts, right: Parts) -> tuple[Scope, Scope]:
    """Return a scope with one dimension divided in two ways."""
    found = [(*scope[:n], parts, *scope[n + 1 :]) for parts in (left, right)]
    return found[0], found[1]  # type: ignore[return-value]


def _merge(choices: Iterable[dict]) -> dict | None:
    """Return all choices together, or None where two of them differ on a variable."""
    merged: dict = {}
    for some in choices:
        for variable, reading in some.items():
            if merged.setdefault(variable, reading) != reading:
                return None
    return merged


def rows_of(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Yield the rows of a frame as dicts: `to_dict("records")`, several times as quick."""
    columns = list(frame.columns)
    for row in zip(*(frame[c].tolist() for c in columns), strict=True):
        yield dict(zip(columns, row, strict=True))
