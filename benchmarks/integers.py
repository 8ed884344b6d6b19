"""One smallest conflict or all, by CPMpy and OR-tools, in whole numbers, in its own process.

OR-tools cannot share a process with highspy. The rows come as JSON on the standard input, what
was found goes to the standard output. Cells are whole numbers up to twice the largest figure, so
that some dossiers that hold for fractions do not hold here.

    python -m benchmarks.integers [marco] < rows.json
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import defaultdict
from fractions import Fraction

sys.modules["highspy"] = None  # CPMpy would load it as well

import cpmpy  # noqa: E402
from cpmpy.tools.explain.marco import marco  # noqa: E402
from cpmpy.tools.explain.mus import mus  # noqa: E402


def main() -> None:
    """Print the seconds taken and the claims of one smallest conflict, or of each."""
    rows = json.load(sys.stdin)
    started = time.perf_counter()
    largest = max(2 * math.ceil(row["to"]) for row in rows)
    count = 1 + max(cell for row in rows for cell, _ in row["form"])
    cells = cpmpy.intvar(0, largest, shape=count)
    claims = defaultdict(list)
    for row in rows:
        to = Fraction(row["to"]).limit_denominator(10**6)
        total = sum(weight * to.denominator * cells[cell] for cell, weight in row["form"])
        bound = total >= to.numerator if row["low"] else total <= to.numerator
        claims[row["claim"]].append(bound)
    hard = claims.pop("", [])
    soft = [cpmpy.all(some) for some in claims.values()]
    names = dict(zip(map(id, soft), claims, strict=True))
    if sys.argv[1:] == ["marco"]:
        every = marco(soft, hard, solver="ortools", map_solver="ortools", return_mcs=False)
        found = [[names[id(one)] for one in some] for _, some in every]
        print(json.dumps({"seconds": time.perf_counter() - started, "sets": found}))
        return
    found = mus(soft, hard, solver="ortools")
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "claims": [names[id(one)] for one in found]}))


if __name__ == "__main__":
    main()
