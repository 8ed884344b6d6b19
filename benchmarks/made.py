"""Dossiers made for the benchmarks: many small stories, or one that hangs together."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from fractions import Fraction

import pandas as pd

from bakhmut.dossier.claims import Dossier, read_dossier

SIDES = ("East", "West")
MONTHS = 12
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
    rows_of_terms = [{"kind": kind, "term": term, "means": means} for kind, term, means in terms]
    more = pd.DataFrame(rows_of_terms, columns=words.columns, dtype=str).fillna("")
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
                 "period": period, "source": "land", "low": str(sum(sums))})  # fmt: skip
    return dossier(rows, terms), {wrong["claim"]}


def entangled(claims: int, *, seed: int = 3) -> tuple[Dossier, set[str]]:
    """Return claims that overlap in time, place, side and measure, and one that cannot hold.

    All others hold for hidden numbers: counts over windows of months that overlap, in towns,
    districts and the land, of one measure or of two together, and ratios of the two sides. The
    last is a sum over two towns of which two ratios and two counts leave too little: five claims
    of which no four conflict by themselves. It is in every conflict.
    """
    draw = random.Random(seed)
    land = _Land(draw, max(4, claims // 50))
    rows = [land.claim(draw, number) for number in range(claims - 5)]
    rows += land.planted()
    return dossier(rows, land.terms), {rows[-1]["claim"]}


class _Land:
    """Hidden numbers of a land: killed and wounded of two sides, by town and month."""

    def __init__(self, draw: random.Random, towns: int):
        self.towns = {f"Town {n}": [n] for n in range(towns)}
        self.districts = {
            f"District {d // 10}": list(range(d, min(d + 10, towns))) for d in range(0, towns, 10)
        }
        self.terms = [("place", "Land", " + ".join(self.districts))]
        self.terms += [
            ("place", name, " + ".join(f"Town {t}" for t in inside))
            for name, inside in self.districts.items()
        ]
        self.inside = {"Land": list(range(towns)), **self.districts, **self.towns}
        self.hidden = {
            (side, measure, town): [draw.randint(5, 400) for _ in range(MONTHS)]
            for side in SIDES
            for measure in ("killed", "wounded")
            for town in range(towns)
        }

    def count(self, side: str, measure: str, place: str, months: range) -> int:
        return sum(
            self.hidden[side, part, town][month]
            for part in measure.split(" + ")
            for town in self.inside[place]
            for month in months
        )

    def claim(self, draw: random.Random, number: int) -> dict[str, str]:
        size = draw.random()
        places = ["Land"] if size < 0.002 else self.districts if size < 0.1 else self.towns
        place, side = draw.choice(list(places)), draw.choice(SIDES)
        first = draw.randrange(MONTHS)
        months = range(first, min(MONTHS, first + draw.randint(1, 6)))
        measure = draw.choice(("killed", "wounded", "killed + wounded"))
        row = {"claim": f"claim-{number}", "source": f"source {number % 50}"}
        row |= _scope(side, measure, place, months)
        value = Fraction(self.count(side, measure, place, months))
        premise = 1
        if draw.random() < 0.3:
            other = SIDES[1 - SIDES.index(side)]
            row |= _scope(other, measure, place, months, before="per_")
            value /= self.count(other, measure, place, months)
            premise = 100
        width = draw.choice((0, Fraction(1, 100), Fraction(5, 100)))
        low = math.floor(value * (1 - width) * premise)
        high = math.ceil(value * (1 + width) * premise)
        return row | {"low": str(low / premise), "high": str(high / premise)}

    def planted(self) -> list[dict[str, str]]:
        rows, most, months = [], Fraction(0), range(2, 7)
        for place in ("Town 1", "Town 2"):
            east, west = (self.count(side, "killed", place, months) for side in SIDES)
            cents = math.ceil(Fraction(east, west) * 100)
            scope = _scope("East", "killed", place, months)
            scope |= _scope("West", "killed", place, months, before="per_")
            rows += [
                {"claim": f"ratio of {place}", "source": "ratios", "high": str(cents / 100),
                 **scope},
                {"claim": f"count of {place}", "source": "counts", "high": str(west),
                 **_scope("West", "killed", place, months)},
            ]  # fmt: skip
            most += Fraction(cents, 100) * west
        both = _scope("East", "killed", "Town 1 + Town 2", months)
        rows.append(
            {"claim": "too many", "source": "sums", "low": str(math.floor(most) + 1), **both}
        )
        return rows


def _scope(
    side: str, measure: str, place: str, months: range, *, before: str = ""
) -> dict[str, str]:
    first, last = (date(2020 + m // 12, m % 12 + 1, 1) for m in (months[0], months[-1] + 1))
    period = f"{first}/{last - timedelta(days=1)}"
    return {
        f"{before}{column}": text
        for column, text in zip(_SCOPE, (side, measure, place, period), strict=True)
    }
