"""What the engine says of a what-if: the same question put as a dossier, decided from nothing."""

from __future__ import annotations

from fractions import Fraction

from bakhmut import bound, decide
from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import Dossier, build_dossier
from bakhmut.meaning.interpretation import read
from bakhmut.views.states import State, moved
from bakhmut.views.whatif import Piece, Question

PERIOD = "2022-01-01/2022-12-31"
OUTSIDE = "everywhere else"


def as_dossier(dossier: Dossier, asked: Question, piece: Piece, *, point: tuple) -> Dossier:
    """Return the two totals as claims, all else as assumptions, all of one period.

    The ratio is supposed, too: as a claim it would also say that its denominator is at least one.
    """
    x, y, share = point
    named = read(dossier).names
    settled = moved(dossier, State(readings={named[v]: r for v, r in piece.choices}))
    ratio = read(settled).by_name[piece.statement]
    tables = tables_of(settled)
    rows = {row["claim"]: row for row in tables["claims"]}
    said = rows[piece.statement]
    measures = said["measure"], said["per_measure"]
    tables["claims"] = [
        rows[name] | {"period": PERIOD, "repeats": "", "article": ""}
        for name in (asked.over, asked.under)
    ]
    tables["readings"] = [r for r in tables["readings"] if r["claim"] in (asked.over, asked.under)]
    tables["positions"] = []
    for row in tables["terms"]:
        if row["kind"] == "place" and row["term"] == asked.whole:
            row["means"] = f"{asked.place} + {OUTSIDE}"
    (one,) = ratio.readings
    tables["assumptions"] = [
        _supposed("ratio", asked.sides, measures, (asked.place,) * 2, ends=(one.low, one.high)),
        _supposed(
            "share", asked.sides[1:] * 2, ("each",) * 2, (asked.place, asked.whole),
            ends=(share, share),
        ),
    ]  # fmt: skip
    for name, side, times in (("over", asked.sides[0], y), ("under", asked.sides[1], x)):
        if times is not None:
            tables["assumptions"].append(
                _supposed(
                    name, (side,) * 2, (asked.rest, asked.part), ("each",) * 2, ends=(times, times)
                )
            )
    return build_dossier(tables)


def _supposed(name: str, sides, measures, places, *, ends) -> dict[str, str]:
    scopes = [
        dict(zip(("side", "measure", "place", "period"), four, strict=True))
        for four in zip(sides, measures, places, (PERIOD,) * 2, strict=True)
    ]
    low, high = ("" if end is None else _decimal(Fraction(end)) for end in ends)
    return {
        "assumption": name, "tier": "plausible", **scopes[0],
        **{f"per_{column}": text for column, text in scopes[1].items()}, "low": low, "high": high,
    }  # fmt: skip


def _decimal(number: Fraction) -> str:
    """Return a number as a dossier writes it; these tests use none that a point cannot write."""
    for digits in range(13):
        if (number * 10**digits).denominator == 1:
            whole, part = divmod(int(number * 10**digits), 10**digits)
            return f"{whole}.{part:0{digits}d}" if digits else str(whole)
    raise ValueError(f"{number} has no short decimal form")


def holds(dossier: Dossier) -> bool:
    """Return whether everything can hold together."""
    return decide(dossier) == "consistent"


def outside(dossier: Dossier, asked: Question, measure: str) -> tuple[str, str]:
    """Return the largest ratio outside, and the least of the denominator there, as text."""
    assumed = dossier.assumptions["assumption"].tolist()
    scope = {"measure": measure, "place": OUTSIDE, "period": PERIOD, "assume": assumed}
    ratio = bound(dossier, side=asked.sides[0], per={"side": asked.sides[1]}, **scope)
    least = bound(dossier, side=asked.sides[1], **scope)
    return ratio["high_exact"].iloc[0], least["low_exact"].iloc[0]
