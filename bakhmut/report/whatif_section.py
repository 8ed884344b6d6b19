"""The what-if as a section of the page: answers worked out beforehand, a start, a picture.

The page's script does no more than look up the answer of the readings chosen and put numbers into
it, in whole numbers of any length: what it says is what `bakhmut.views.whatif` says. It writes
numbers only; every word of the dossier stands in the page already.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from bakhmut.base.words import number, percent
from bakhmut.dossier.claims import Dossier
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.vocabulary import Choice
from bakhmut.report import plain
from bakhmut.report.linked import script_json
from bakhmut.views.multipliers import multiplier_ranges
from bakhmut.views.whatif import Piece, Question, Quotient, pieces, question

SHARES = (0, 5, 10, 20, 30, 50)  # per cent, the rows of the table
START = 5
TENTHS = 10
# The picture: across, a share from nought to one.
FOOT, TOP, LEFT, RIGHT = 220, 20, 8, 592  # as in the template and the script
STEPS = 60


@dataclass(frozen=True)
class Knob:
    """A multiplier of one side: what it counts, where it starts and how far it goes, in tenths."""

    side: str
    start: int
    most: int
    low: float
    high: float


def section(dossier: Dossier) -> dict[str, Any] | None:
    """Return what the template shows, None where the question does not arise."""
    asked = question(dossier)
    interpretation = read(dossier)
    every = pieces(asked, interpretation) if asked is not None else []
    if asked is None or not every or not any(piece.caps for piece in every):
        return None
    named = interpretation.names
    words = [v for v in named if any(v == one for p in every for one, _ in p.choices)]
    readings = {v: _readings(every, v) for v in words}
    knobs = _knobs(dossier, asked)
    start = _start(every)
    claims = dossier.claims.set_index("claim", drop=False)
    statements = list(dict.fromkeys(piece.statement for piece in every))
    measures = list(dict.fromkeys(name for piece in every for name, _ in piece.outside))
    chosen, labels = dict(start.choices), plain.labels(dossier.claims)
    return {
        "asked": asked,
        "over": claims.loc[asked.over],
        "under": claims.loc[asked.under],
        "statements": [(name, claims.loc[name, "quote"] or name) for name in statements],
        "words": [(labels.get(named[v], named[v]), readings[v], chosen.get(v)) for v in words],
        "figures": [plain.figure(claims.loc[name]) for name in (asked.over, asked.under)],
        "knobs": knobs,
        "measures": measures,
        "start": start,
        "shares": SHARES,
        "share": START,
        "shown": _shown(start, measures, knobs),
        "picture": _picture(start, measures, knobs),
        "data": script_json(_data(every, words, readings, statements, measures)),
    }


def _readings(every: Sequence[Piece], choice: Choice) -> list[str]:
    return list(dict.fromkeys(r for p in every for v, r in p.choices if v == choice))


def _knobs(dossier: Dossier, asked: Question) -> tuple[Knob, ...]:
    """Return the multipliers of the denominator's and of the numerator's side, or none."""
    ranges = multiplier_ranges(dossier)
    if ranges.empty:
        return ()
    first = ranges.iloc[0]
    most = ceil(max(1 / TENTHS, ranges["high"].max(), ranges["per_high"].max()) * TENTHS)
    return tuple(
        Knob(side, max(1, round((low + high) * TENTHS / 2)), most, low, high)
        for side, low, high in (
            (asked.sides[1], first["per_low"], first["per_high"]),
            (asked.sides[0], first["low"], first["high"]),
        )
    )


def _start(every: Sequence[Piece]) -> Piece:
    """Return the first piece in which the multipliers cancel: all words count the same there."""
    far, near = (Fraction(7), Fraction(3)), (Fraction(2), Fraction(9))
    same = (p for p in every if p.caps and p.cap(*far) == p.cap(*near))
    return next(same, next(piece for piece in every if piece.caps))


def _data(
    every: Sequence[Piece],
    words: Sequence[Choice],
    readings: dict[Choice, list[str]],
    statements: Sequence[str],
    measures: Sequence[str],
) -> dict[str, Any]:
    """Return the answers by reading, each different one once, every number a whole one.

    An answer is [caps, outside]: quotients, and for each measure its pairs of quotients (0 for no
    limit). A key has the statement and, for each word, its reading, -1 where it is not used.
    Coefficients are text: a browser reads a number in print as a float.
    """
    answers: dict[str, int] = {}
    keys = {}
    for piece in every:
        chosen = dict(piece.choices)
        key = [statements.index(piece.statement)]
        key += [readings[v].index(chosen[v]) if v in chosen else -1 for v in words]
        outside = {
            measures.index(name): 0 if pairs is None else [_said(pair) for pair in pairs]
            for name, pairs in piece.outside
        }
        answer = script_json([_said(piece.caps), outside])
        keys[",".join(map(str, key))] = answers.setdefault(answer, len(answers))
    return {"answers": [json.loads(answer) for answer in answers], "keys": keys}


def _said(quotients: Sequence[Quotient]) -> list[list[str]]:
    """Return quotients as two polynomials each, the coefficients of one with blanks between."""
    return [[" ".join(map(str, poly)) for poly in quotient] for quotient in quotients]


# -- what stands there before anything is moved --------------------------------------------


def _values(knobs: Sequence[Knob]) -> tuple[Fraction, Fraction]:
    x, y = (Fraction(knob.start, TENTHS) for knob in knobs) if knobs else (Fraction(1),) * 2
    return x, y


def _shown(piece: Piece, measures: Sequence[str], knobs: Sequence[Knob]) -> dict[str, Any]:
    """Return the texts of the start: the cap, each measure now, and the table by share."""
    x, y = _values(knobs)
    cap = piece.cap(x, y)
    table = [[_at(piece, name, share, x=x, y=y) for name in measures] for share in SHARES]
    return {
        "holds": cap is None or Fraction(START, 100) <= cap,
        "cap": "" if cap is None or cap >= 1 else percent(float(cap)),
        "now": [_at(piece, name, START, x=x, y=y) for name in measures],
        "table": table,
    }


def _at(piece: Piece, measure: str, share: int, *, x: Fraction, y: Fraction) -> str:
    if measure not in dict(piece.outside):
        return ""
    part, cap = Fraction(share, 100), piece.cap(x, y)
    if cap is not None and part > cap:
        return "cannot be"
    ratio = piece.ratio(measure, part, x=x, y=y)
    return "no limit" if ratio is None else f"{number(float(ratio))} to 1"


def _picture(piece: Piece, measures: Sequence[str], knobs: Sequence[Knob]) -> dict[str, Any]:
    """Return the curves of the start: points of each measure, the cap, the scale upward."""
    x, y = _values(knobs)
    cap = piece.cap(x, y)
    end = min(cap if cap is not None else Fraction(1), Fraction(99, 100))
    curves = []
    for name in measures:
        if dict(piece.outside).get(name) is None:
            curves.append([])
            continue
        steps = (end * n / STEPS for n in range(STEPS + 1))
        curves.append([(float(s), float(piece.ratio(name, s, x=x, y=y) or 0)) for s in steps])
    top = max((max(1.0, *(r for _, r in curve[:1])) for curve in curves if curve), default=1.0)
    points = [" ".join(f"{_across(s):.1f},{_up(r, top):.1f}" for s, r in curve) for curve in curves]
    return {
        "points": points,
        "cap": _across(float(end)) if cap is not None and cap < 1 else RIGHT,
        "top": number(top),
        "one": _up(1.0, top),
        "now": _across(START / 100),
    }


def _across(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _up(ratio: float, top: float) -> float:
    return round(FOOT - min(ratio, top) / top * (FOOT - TOP), 1)
