"""Random dossiers full of hedges, each number in them printed by one figure alone.

By hand, every sentence on each of them walked: `python tests/support/hedged.py 0 200`.
"""

from __future__ import annotations

import random
import sys

from making import dossier, term

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
    """Return three to six figures of two sides, most of them a bound, some without a quote."""
    draw = random.Random(seed)
    numbers = iter(draw.sample(range(2_001, 98_999, 2), 20))  # odd: no zeros at the end
    return dossier([_row(draw, f"c{n}", numbers) for n in range(draw.randint(3, 6))], TERMS)


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


def main(first: int, last: int) -> int:
    """Walk what is said of the dossiers of some seeds, pages and pictures included."""
    from spoken import lost_in

    wrong = 0
    for seed in range(first, last):
        for lost in lost_in(hedged(seed), page=True, pictures=True):
            wrong += 1
            print(f"seed {seed}: {lost}", flush=True)
    print(f"{last - first:,} dossiers walked, {wrong:,} numbers without their hedge")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
