"""Many texts together: every planted set found, beside z3 and HiGHS on the same rows, and growth.

python -m benchmarks.joint [CLAIMS ...]
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import bakhmut as bk
from bakhmut.consistency.case import case_of
from bakhmut.dossier.changed.series import with_series
from bakhmut.dossier.claims import DATA, Dossier
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import System, build_systems
from benchmarks import made, marco, peers

SIZES = (125, 250, 500, 1_000, 2_000)
PLANTED = 0.02  # of the texts
DAYS, MOST_DAYS = (125, 250, 500, 1_000), 250  # of more, all rows take minutes to write down
LATER = DATA / "later"


def archive(claims: int, *, seed: int = 4) -> tuple[Dossier, set[frozenset[str]]]:
    """Return texts on one land in words of their own, and the sets planted in some of them.

    A text counts the killed, the wounded and the casualties of a town, and the least number
    killed in the land. A planted one has fewer casualties than killed, whatever it calls so.
    """
    draw = random.Random(seed)
    texts = claims * 3 // 20
    spoilt = set(draw.sample(range(texts), max(1, round(texts * PLANTED))))
    rows: list[dict[str, str]] = []
    planted = set()
    for n in range(texts):
        here = {"place": f"Town {n // 3}", "side": "East", "source": f"voice {n}",
                "article": f"text {n}", "period": "2023-01-01/2023-12-31"}  # fmt: skip
        killed, wounded = 100 + n // 3, 300 + n // 3
        total = killed - 1 - draw.randint(0, 9) if n in spoilt else killed + wounded
        figures = [("killed", "", killed, ""), ("wounded", "", wounded, ""),
                   ("casualties", "", total, total if n in spoilt else "")]  # fmt: skip
        rows += [
            {"claim": f"{measure}-{n}", "measure": measure, "low": str(low), "high": str(high),
             "hedge": "exact" if low == high else "at least", **here}
            for measure, _, low, high in figures
        ]  # fmt: skip
        rows += [
            {"claim": f"land-{n}-{k}", "measure": "killed", "low": str(10 + k), "hedge": "at least",
             **here, "place": "Land"}
            for k in range(3 + n % 2)
        ]  # fmt: skip
        if n in spoilt:
            planted.add(frozenset((f"killed-{n}", f"casualties-{n}")))
    towns = " + ".join(f"Town {n}" for n in range((texts + 2) // 3))
    return made.dossier(rows, [("place", "Land", towns)]), planted


def with_bulletins(days: int) -> Dossier:
    """Return the article beside made bulletins of so many later days, which rise day by day."""
    first = date(2023, 3, 6)  # the day whose total the article has
    dates = [str(first + timedelta(n)) for n in range(days)]
    rows = [
        {"date": day, "day": n, "personnel": 153_770 + 997 * n, "personnel*": "about"}
        for n, day in enumerate(dates)
    ]
    with TemporaryDirectory() as folder:
        file = Path(folder, "russia_losses_personnel.json")
        file.write_text(json.dumps(rows))
        return with_series(bk.read_dossier(), file, dates=dates)


def bulletins() -> None:
    """Print what the article takes with ever more bulletins, and one solve of all their rows."""
    before = None
    for days in DAYS:
        dossier = with_bulletins(days)
        check, own = seconds(lambda d=dossier: bk.check(d))
        grown = f", {own / before:.1f} x the size before" if before else ""
        left = "; ".join(check._case.notes) or "decided whole"
        print(f"the article with {days:,} bulletins: {own:.2f} s{grown}  (aim: 5)")
        print(f"  {len(check.conflicts)} sets, {left}")
        before = own
        if days <= MOST_DAYS:
            whole = read(dossier)
            system = max(build_systems(whole.claims, whole.vocabulary), key=lambda s: s.cells)
            _, other = seconds(lambda s=system: peers.plain_highs(s))
            print(f"  HiGHS, one solve of all rows: {other:.2f} s: ours {own / other:.1f} x it")


def seconds(work: Callable[[], object]) -> tuple[object, float]:
    """Return what a piece of work returns, and its processor seconds."""
    started = time.process_time()
    return work(), time.process_time() - started


def z3_core(system: System) -> int:
    """Return how many claims z3's own unsatisfiable core has, over one reading of the words."""
    import z3

    world = peers.worlds(system)[0] if len(system.variables) < 12 else _first(system)
    solver = z3.SolverFor("QF_LRA")
    cells = [z3.Real(f"x{n}") for n in range(system.cells)]
    solver.add(*(cell >= 0 for cell in cells))
    for n, row in enumerate(peers.lines(system, world)):
        count = z3.Sum(*(weight * cells[cell] for cell, weight in row.form.items()))
        to = z3.Q(*float(row.to).as_integer_ratio())
        solver.assert_and_track(count >= to if row.is_low else count <= to, f"{row.claim}-{n}")
    return len(solver.unsat_core()) if solver.check() == z3.unsat else 0


def _first(system: System) -> dict:
    return {choice: readings[0] for choice, readings in system.variables.items()}


def main(sizes: Iterable[int] = SIZES) -> None:
    """Print what each size takes, how that grows, and what peers take for one set at most."""
    before = None
    for claims in sizes:
        dossier, planted = archive(claims)
        case, own = seconds(lambda d=dossier: case_of(read(d), ()))
        found = {conflict.premises for conflict in case.conflicts}
        said = "all found" if planted <= found else f"{len(planted - found)} NOT FOUND"
        grown = f", {own / before:.1f} x the size before" if before else ""
        left = "; ".join(case.notes) or "decided whole"
        print(f"an archive of {len(dossier.claims):,} claims: {own:.2f} s{grown}")
        print(f"  {len(planted)} planted sets, {said}; {len(found)} in all; {left}")
        before = own
        whole = read(dossier)
        system = max(build_systems(whole.claims, whole.vocabulary), key=lambda s: s.cells)
        for name, peer in (("HiGHS, one solve", peers.plain_highs), ("z3, one core", z3_core)):
            _, other = seconds(lambda p=peer, s=system: p(s))
            print(f"  {name}: {other:.2f} s: ours, all sets, {own / other:.1f} x it")
    bulletins()
    later = bk.read_dossier(LATER)
    marco.main(later)
    for name, work in (
        ("check", lambda: bk.check(later).conflicts),
        ("compare with the article", lambda: bk.compare(bk.read_dossier(), later)),
    ):
        print(f"the later dossier, all texts together, {name}: {seconds(work)[1]:.1f} s  (aim: 5)")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
