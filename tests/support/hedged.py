"""Random dossiers full of hedges, each number in them printed by one figure alone.

By hand, every sentence on each of them walked: `python tests/fuzz hedges 200`.
"""

from __future__ import annotations

import random

from making import dossier, term
from reducing import Tables, looked_at

from bakhmut.dossier.claims import Dossier

FLOORS = ("at least", "more than", "so far", "may; more than", "well over")
CEILINGS = ("up to", "under", "as many as", "fewer than")
POINTS = ("about", "circa", "nearly", "almost", "just over", "± 5 %", "")
TERMS = [
    term("measure", "casualties", "killed + wounded"),
    term("measure", "lost", "killed", "dead"),
    term("measure", "lost", "killed + wounded", "all"),
    term("place", "Land", "City + ..."),
]


def hedged(seed: int) -> Dossier:
    """Return the dossier of a seed."""
    return dossier(rows(seed), TERMS)


def rows(seed: int) -> list[dict[str, str]]:
    """Return three to six figures of two sides, most of them a bound, some without a quote."""
    draw = random.Random(seed)
    numbers = iter(draw.sample(range(2_001, 98_999, 2), 20))  # odd: no zeros at the end
    return [_row(draw, f"c{n}", numbers) for n in range(draw.randint(3, 6))]


def _row(draw: random.Random, name: str, numbers) -> dict[str, str]:
    side = draw.choice(["North", "South"])
    row = {
        "claim": name, "source": draw.choice(["ann", "bob", "cy"]), "side": side,
        "measure": draw.choice(["killed", "casualties", "lost", "wounded"]),
        "place": draw.choice(["Land", "City"]), "period": draw.choice(["2020", "2020-05"]),
        "hedge": draw.choice([*FLOORS, *CEILINGS, *POINTS]),
    }  # fmt: skip
    said = f"{next(numbers):,}"
    if draw.random() < 0.25:
        is_share = draw.random() < 0.4
        said = f"{draw.randint(131, 890) / 10} %" if is_share else str(draw.choice([2, 3, 5]))
        other = side if is_share else {"North": "South", "South": "North"}[side]
        row |= {"per_side": other, "per_measure": row["measure"], "per_period": row["period"],
                "per_place": "Land" if is_share else row["place"]}  # fmt: skip
    low = "" if row["hedge"] in CEILINGS else said
    high = "" if row["hedge"] in FLOORS else said
    return row | {"low": low, "high": high, "quote": draw.choice(["", f"{said} dead"])}


def tried(seed: int) -> str:
    """Return the numbers that lose their hedge, the page's included; the smallest such dossier.

    Pictures, which take the most time, are looked at in every second one.
    """
    from spoken import lost_in

    def lost(tables: Tables) -> str:
        made = dossier(tables["claims"], TERMS)
        return "\n".join(lost_in(made, page=True, pictures=seed % 2 == 0))

    return looked_at({"claims": rows(seed)}, lost)
