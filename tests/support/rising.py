"""Totals of one voice that rise day by day, among other figures: decided by their ends, and all.

By hand: `python tests/fuzz totals 200`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

import bakhmut as bk
from bakhmut.dossier.claims import Dossier
from bakhmut.meaning import totals
from bakhmut.meaning.interpretation import read

START = date(2022, 2, 24)
NEVER = 10**9
TERMS = [
    {"kind": "measure", "term": "lost", "reading": "killed", "means": "killed"},
    {"kind": "measure", "term": "lost", "reading": "all", "means": "killed + wounded"},
    {"kind": "measure", "term": "casualties", "means": "killed + wounded"},
    {"kind": "place", "term": "war", "means": "town + ..."},
    {"kind": "period", "term": "the spring", "means": "2022-03-01/2022-05-31"},
]
RATIO = {"side": "A", "measure": "wounded", "period": "each", "place": "each",
         "per_side": "A", "per_measure": "killed", "per_place": "each", "per_period": "each",
         "tier": "plausible"}  # fmt: skip


def until(day: int) -> str:
    """Return the period from the first day to some days later."""
    return f"{START}/{START + timedelta(day)}"


def series(numbers, *, first: int = 10, step: int = 10, **cells: str) -> list[dict[str, str]]:
    """Return totals of one voice, one for so many days each."""
    row = {"side": "A", "measure": "killed", "place": "war", "source": "Staff", **cells}
    return [
        {
            "claim": f"t{n}",
            "period": until(first + step * n),
            "low": str(number),
            "high": str(number),
            **row,
        }
        for n, number in enumerate(numbers)
    ]


@contextmanager
def leaving_out(fewest: int) -> Iterator[None]:
    """Leave out no fewer totals than so many at a time."""
    was, totals.FEWEST = totals.FEWEST, fewest
    try:
        yield
    finally:
        totals.FEWEST = was


def left_out(dossier: Dossier, watch=()) -> set[str]:
    """Return the names of the totals that need not be decided, at first sight."""
    told = read(dossier)
    premises = [*told.claims, *told.assumed()]
    with leaving_out(1):
        runs = totals.runs_of(premises, told.vocabulary, widest=told.widest, watch=watch)
    return totals.names_between(runs)


def built(rows, *, assumptions=(), terms=TERMS) -> Dossier:
    """Return a dossier of claims."""
    return bk.build_dossier({"claims": rows, "terms": terms, "assumptions": list(assumptions)})


def any_dossier(seed: int) -> Dossier:
    """Return totals of one voice, mostly rising, among other figures that may cut or contradict."""
    rng = Random(seed)
    number, numbers = rng.randint(50, 150), []
    for _ in range(rng.randint(5, 9)):
        numbers.append(number)
        number += rng.choice([0, 10, 40, 100, -30] if rng.random() < 0.3 else [5, 20, 60])
    hedges = ["", "", "about"] if rng.random() < 0.5 else ["", "at least", "up to", "more than"]
    rows = series(numbers, measure=rng.choice(["killed", "lost", "casualties"]))
    for row in rows:
        row["hedge"] = rng.choice(hedges)
        if row["hedge"] in ("at least", "more than"):
            row["high"] = ""
        if row["hedge"] == "up to":
            row["low"] = ""
    for n in range(rng.randint(1, 4)):
        low = rng.choice([number // 8, number // 2, number, 2 * number])
        rows.append({
            "claim": f"o{n}", "source": rng.choice(["Staff", "Post", "Times"]),
            "side": rng.choice("AAAB"), "measure": rng.choice(["killed", "lost", "wounded"]),
            "place": rng.choice(["war", "town"]),
            "period": rng.choice([until(20), until(35), until(200), "the spring", "", "2022"]),
            "hedge": rng.choice(["", "about", "may"]),
            "low": str(low), "high": str(low + rng.choice([0, number // 4])),
        })  # fmt: skip
    if rng.random() < 0.4:
        rows.append({
            "claim": "r", "source": "Post", "side": "A", "measure": "lost", "place": "war",
            "period": rng.choice([until(40), until(200), ""]), "per_side": "B",
            "low": str(rng.choice([2, 5])), "high": "5",
        })  # fmt: skip
    assumed = [{"assumption": "each", **RATIO, "low": rng.choice(["1", "2"]), "high": "4"}]
    return built(rows, assumptions=assumed if rng.random() < 0.5 else [])


def told(dossier: Dossier, fewest: int) -> dict[str, object]:
    """Return all that a check says, with no fewer totals left out at a time."""
    with leaving_out(fewest):
        check = bk.check(dossier)
        conflicts = check.conflicts.drop(columns=["proof", "because", "conflict"])
        return {
            "status": check.status,
            "conflicts": sorted(map(repr, conflicts.to_dict("records"))),
            "readings": (check.readings_total, check.readings_consistent),
            "bounds": sorted(map(repr, check.bounds.to_dict("records"))),
            "notes": sorted(map(repr, check.notes.to_dict("records"))),
            "corrections": sorted(repr(sorted(gives)) for gives in check.corrections["gives"]),
            "alone": check.alone,
            "undecided": check.undecided,
            "flags": sorted(map(repr, bk.flag(dossier, check).to_dict("records"))),
            "counted": set(check.witness["scope"]),
        }


def tried(seed: int) -> str:
    """Return in what a check that leaves totals out differs from one that decides all."""
    dossier = any_dossier(seed)
    few, every = told(dossier, 1), told(dossier, NEVER)
    return "; ".join(
        f"{name}: {few[name]} / {every[name]}" for name in few if few[name] != every[name]
    )
