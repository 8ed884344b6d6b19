"""Dossiers made for the benchmarks: many small stories, or one that hangs together."""

from __future__ import annotations

import random

import pandas as pd

from bakhmut.claims import Dossier, read_dossier

_SCOPE = ["side", "measure", "place", "period"]
_COLUMNS = [
    "claim", "article", "locator", "quote", "source", "via", "repeats", "published", *_SCOPE,
    *(f"per_{c}" for c in _SCOPE), "hedge", "low", "high", "url", "note",
]  # fmt: skip


def dossier(rows: list[dict[str, str]], terms: list[tuple[str, str, str]] = ()) -> Dossier:
    """Return claims (dicts of the columns that are not blank) as a dossier in memory."""
    base = read_dossier()
    claims = pd.DataFrame({c: [row.get(c, "") for row in rows] for c in _COLUMNS}, dtype=str)
    claims["kind"] = ["ratio" if row.get("per_side") else "count" for row in rows]
    claims["origin"] = claims["source"]
    words = base.terms[base.terms["kind"] == "measure"]
    more = pd.DataFrame(
        [[kind, term, "", means, ""] for kind, term, means in terms], columns=words.columns
    )
    return Dossier(
        name="made",
        folder=None,
        sha256="",
        claims=claims,
        sources=base.sources.iloc[:0],
        terms=pd.concat([words, more], ignore_index=True),
        readings=base.readings.iloc[:0],
        positions=base.positions.iloc[:0],
        assumptions=base.assumptions.iloc[:0],
    )


def stories(claims: int, *, planted: float = 0.01, seed: int = 1) -> tuple[Dossier, set[str]]:
    """Return small stories of five claims each, and the names of the planted contradictions.

    Each story has a town with killed, wounded and both, one ratio to the other side, and a count
    of that side. A planted one has more killed than killed and wounded together.
    """
    draw = random.Random(seed)
    rows, wrong = [], set()
    count = claims // 5
    spoilt = set(draw.sample(range(count), round(claims * planted)))
    for n in range(count):
        killed, wounded, ratio = draw.randint(10, 900), draw.randint(10, 900), draw.randint(2, 7)
        other = killed * ratio
        here = {"place": f"Town {n}", "period": "2023-01-01/2023-01-31", "source": f"source {n}"}
        total = killed + wounded
        if n in spoilt:
            total = killed - draw.randint(1, 9)
            wrong.add(f"total-{n}")
        rows += [
            {"claim": f"killed-{n}", "side": "East", "measure": "killed", "low": str(killed),
             "high": str(killed), **here},
            {"claim": f"wounded-{n}", "side": "East", "measure": "wounded", "low": str(wounded - 5),
             "high": str(wounded + 5), **here},
            {"claim": f"total-{n}", "side": "East", "measure": "killed + wounded",
             "low": str(total), "high": str(total), **here},
            {"claim": f"ratio-{n}", "side": "West", "measure": "killed", "per_side": "East",
             "per_measure": "killed", "per_place": here["place"], "per_period": here["period"],
             "low": str(ratio), "high": str(ratio), **here},
            {"claim": f"other-{n}", "side": "West", "measure": "killed", "low": str(other - 3),
             "high": str(other + 3), **here},
        ]  # fmt: skip
    return dossier(rows), wrong


def connected(claims: int, *, seed: int = 2) -> tuple[Dossier, set[str]]:
    """Return one land of districts of towns, all counts linked, and one that does not add up."""
    draw = random.Random(seed)
    districts = max(2, round((claims / 10) ** 0.5) * 2)
    towns = max(1, claims // districts - 1)
    period = "2023-01-01/2023-12-31"
    rows, terms, sums = [], [], []
    for d in range(districts):
        counts = [draw.randint(1, 500) for _ in range(towns)]
        names = [f"Town {d}-{t}" for t in range(towns)]
        terms.append(("place", f"District {d}", " + ".join(names)))
        sums.append(sum(counts))
        rows += [
            {"claim": f"town-{d}-{t}", "side": "East", "measure": "killed", "place": name,
             "period": period, "source": "towns", "low": str(c), "high": str(c + 3)}
            for t, (name, c) in enumerate(zip(names, counts, strict=True))
        ]  # fmt: skip
        rows.append({"claim": f"district-{d}", "side": "East", "measure": "killed",
                     "place": f"District {d}", "period": period, "source": "districts",
                     "low": str(sums[-1]), "high": str(sums[-1] + 5 * towns)})  # fmt: skip
    terms.append(("place", "Land", " + ".join(f"District {d}" for d in range(districts))))
    wrong = next(r for r in rows if r["claim"] == f"district-{districts // 2}")
    wrong["low"] = wrong["high"] = str(sums[districts // 2] - 1)
    rows.append({"claim": "land", "side": "East", "measure": "killed", "place": "Land",
                 "period": period, "source": "land", "low": str(sum(sums)), "high": ""})  # fmt: skip
    return dossier(rows, terms), {wrong["claim"]}
