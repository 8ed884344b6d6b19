"""The engine against an independent judge that tries every subset under every reading."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from making import conflicts_of, dossier, every_reading, term
from oracle import MEASURES, PLACES, SIDES, TIMES, WORDS, Oracle

import bakhmut as bk
from bakhmut.consistency.verbs import glance

TERMS = [
    *(
        term("measure", word, " + ".join(parts), reading)
        for word, readings in WORDS.items()
        for reading, parts in readings.items()
    ),
    term("place", "Land", "City + Town + ..."),
    term("side", "North", "Guards + ..."),
]
COLUMNS = (
    "claim", "source", "side", "measure", "place", "period",
    "per_side", "per_measure", "per_place", "per_period", "hedge", "low", "high", "published",
)  # fmt: skip


def drawn_claims(draw: random.Random, blanks: float | None = None) -> list[dict[str, str]]:
    """Return two to five claims that are likely to be about the same.

    `blanks` is how many leave their period unstated; by then there are three voices.
    """
    measures = [*MEASURES, *WORDS, "killed"]
    usual = [draw.choice(list(kind)) for kind in (SIDES, PLACES, TIMES)]
    voices = "ab" if blanks is None else "abc"
    blanks = draw.choice([0, 0, 0.3]) if blanks is None else blanks
    rows = []
    for n in range(draw.randint(2, 5)):
        side, place, period = (
            own if draw.random() < 0.7 else draw.choice(list(kind))
            for own, kind in zip(usual, (SIDES, PLACES, TIMES), strict=True)
        )
        period = "" if draw.random() < blanks else period
        row = dict.fromkeys(COLUMNS, "") | {
            "claim": f"c{n}", "source": draw.choice(voices), "side": side, "place": place,
            "measure": draw.choice(measures), "period": period,
        }  # fmt: skip
        if draw.random() < 0.4:
            row |= {
                "per_side": draw.choice(list(SIDES)), "per_measure": draw.choice(measures),
                "per_place": draw.choice([place, *PLACES]), "per_period": period,
            }  # fmt: skip
            low, wide = draw.choice([None, "0.5", "1", "2", "5"]), draw.choice([None, 1, "1.5"])
        else:
            low, wide = draw.choice([None, "0", "10", "100", "120"]), draw.choice([None, 1, "1.2"])
        high = None if wide is None else Fraction(low or 100) * Fraction(wide)
        low = "7" if low is None and high is None else low
        row |= {"low": low or "", "high": "" if high is None else f"{float(high):g}"}
        rows.append(row | hedged(draw, row))
    return rows


def hedged(draw: random.Random, row: dict[str, str]) -> dict[str, str]:
    """Return what a hedge makes of a row, for about half of them; and a day for some."""
    number = row["low"] or row["high"]
    hedge = draw.choice(["", "", "", "about", "so far", "under", "difference"])
    if hedge == "difference" and row["per_side"]:
        low = draw.choice(["-20", "0", "90", "12000"])
        return {"hedge": hedge, "low": low, "high": draw.choice([low, "12500"])}
    if hedge == "about" and number != "0":
        return {"hedge": hedge, "low": number, "high": number}
    if hedge == "so far" and not row["per_side"]:
        return {"hedge": hedge, "low": number, "high": ""}
    if hedge == "under" and number != "0":
        return {"hedge": hedge, "low": "", "high": number}
    if row["per_side"] and draw.random() < 0.5:
        share = draw.choice(["0.1", "0.55", "1.0"])
        return {"low": share, "high": share}
    return {"published": draw.choice(["", "", "2021-01-01", "2021-02-01"])}


def drawn_assumptions(draw: random.Random) -> list[dict[str, str]]:
    """Return up to one assumption for each side, about every piece of it."""
    each = {"place": "each", "period": "each", "per_place": "each", "per_period": "each"}
    return [
        {"assumption": f"wpk-{side.lower()}", "tier": "plausible", "side": side, "per_side": side,
         "measure": "wounded", "per_measure": "killed", "low": low, "high": high, **each}
        for side in draw.sample(["North", "South"], draw.choice([0, 1, 1, 2]))
        for low, high in [draw.choice([("2", "4"), ("0", "3")])]
    ]  # fmt: skip


def by_claims(frame) -> set[frozenset[str]]:
    """Return the conflicts without the assumptions of ours that the judge has no names for."""
    return {one - {"about-within-5-percent", "counted-once"} for one in conflicts_of(frame)}


def judged_alike(rows: list[dict[str, str]], assumed: list[dict[str, str]]) -> None:
    made = dossier(rows, TERMS, assumptions=assumed)
    check = bk.check(made)
    status, conflicts, consistent = Oracle(rows, assumed).judge()
    found = "consistent" if check.status == "not-checkable" else check.status
    assert (found, by_claims(check.conflicts)) == (status, conflicts), (rows, assumed)
    assert every_reading(check) == consistent, rows
    assert check.undecided == ()
    assert glance(made).status == check.status, rows


@pytest.mark.parametrize("seed", range(30))
def test_status_conflicts_and_consistent_readings_are_the_judges(seed):
    draw = random.Random(seed)
    for _ in range(10):
        rows = drawn_claims(draw)
        judged_alike(rows, drawn_assumptions(draw))


@pytest.mark.parametrize("seed", range(10))
def test_each_piece_of_what_several_voices_leave_unstated_is_the_judges(seed):
    draw = random.Random(2000 + seed)
    for _ in range(4):
        judged_alike(drawn_claims(draw, 0.6), drawn_assumptions(draw))


@pytest.mark.parametrize("seed", range(20))
def test_bounds_are_the_judges(seed):
    draw = random.Random(1000 + seed)
    for _ in range(3):
        rows = drawn_claims(draw)
        made = dossier(rows, TERMS)
        oracle = Oracle(rows)
        scope = (draw.choice(list(SIDES)), "killed", draw.choice(list(PLACES)))
        period = "2020-01-01/2020-12-31"
        names = dict(zip(("side", "measure", "place"), scope, strict=True))
        found = bk.bound(made, **names, period=period)
        whole = found[found["reading"].map(len) == 0]
        if oracle.judge()[2] == 0:  # no reading is consistent: nothing is implied
            assert set(found["low_exact"]) == {"nothing holds"}
            continue
        implied = oracle.bounds(*scope, period)
        if implied is None:  # "about" as it is usual fails, here or in another story
            continue
        got = [
            Fraction(text) if text else None for text in whole.iloc[0][["low_exact", "high_exact"]]
        ]
        assert got == list(implied), rows
