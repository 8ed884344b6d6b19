"""How long the engine takes, beside the tools that one would take otherwise (see `peers`).

Processor seconds throughout, save where a peer works in threads: on a shared machine they are
what compares. Each comparison is made in one run, and medians are printed with their ratio and
the aim. A peer that is not installed (`make bench` installs them) is left out, and that is said.

    python -m benchmarks.engine [article | conflict | stories | imports]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median

import bakhmut as bk
from bakhmut.engine.conflicts import all_conflicts
from bakhmut.engine.solver import Solver
from bakhmut.engine.verdicts import judge
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.readings import claim_premises
from bakhmut.meaning.systems import System, build_systems
from bakhmut.meaning.vocabulary import Vocabulary
from benchmarks import made, peers

ROUNDS = 3
# Claims in stories, and how many times as many as in the smaller archive.
LARGE, TIMES = 40_000, 4
# Pyomo is given few of the combinations of readings, one in so many, and its time taken as often.
PYOMO_SHARE = 96
PATIENCE = 15  # seconds for one conflict in whole numbers


def timed(work: Callable[[], object]) -> tuple[object, float]:
    """Return what a piece of work returns, and its processor seconds."""
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def missing(module: str) -> bool:
    """Return whether a peer is not installed; say so."""
    found = find_spec(module) is not None
    if not found:
        print(f"  {module} is not installed: left out")
    return not found


# -- the article -------------------------------------------------------------------------


def article() -> None:
    """Print what all conflicts and corrections of the article take, over all its readings."""
    dossier = bk.read_dossier()

    def ours():
        return bk.find_conflicts(dossier), bk.correct(dossier)

    ours()
    own = median(timed(ours)[1] for _ in range(ROUNDS))
    whole = read(dossier)
    premises = [*whole.claims, *whole.assumed()]
    (system,) = build_systems(premises, whole.vocabulary)
    solver = Solver(system)
    conflicts = {core.premises for core in judge(solver, all_conflicts(solver)).cores}
    readings = peers.worlds(system)
    print(f"the article, {len(readings)} combinations of readings: {own:.3f} s")
    for module, name, share, aim in (
        ("scipy", "linprog", 1, 20),
        ("pyomo", "pyomo", PYOMO_SHARE, 50),
    ):
        if missing(module):
            continue
        explainer = getattr(peers, f"{name}_explainer")
        (found, _), seconds = timed(
            lambda e=explainer, s=share: peers.every_conflict(system, e, readings[::s])
        )
        said = f"{len(found & conflicts)} of our {len(conflicts)} conflicts and "
        said += f"{len(found - conflicts)} others"
        sample = f"on one in {share} readings, times {share}, " if share > 1 else ""
        print(
            f"  {name} {seconds * share:.1f} s ({sample}{said}): "
            f"{seconds * share / own:.0f} x as long  (aim: at least {aim})"
        )


# -- one conflict ------------------------------------------------------------------------


def one_conflict(kind: str, claims: int, *, rounds: int) -> None:
    """Print what one smallest conflict takes, beside one plain solve of the same rows."""
    dossier, planted = getattr(made, kind)(claims)
    vocabulary = Vocabulary(dossier.terms)
    systems, building = timed(
        lambda: build_systems(claim_premises(dossier, vocabulary), vocabulary)
    )
    system = max(systems, key=lambda one: len(one.literals))
    size = f"{kind} {claims:,} claims, {system.cells:,} cells"
    own, highs = [], []
    if missing("highspy"):
        return
    for _ in range(rounds):
        status, seconds = timed(lambda: peers.plain_highs(system))
        highs.append(seconds)
        (found, names), seconds = timed(lambda: smallest(system))
        own.append(seconds)
    covered = "planted one covered" if planted <= names else "PLANTED ONE NOT COVERED"
    print(f"one conflict, {size}: {median(own):.3f} s, {found} claims, {covered}")
    print(
        f"  plain HiGHS {median(highs):.3f} s ({status}): {median(own) / median(highs):.2f} x it  "
        f"(aim: at most 2.5); with reading the tables "
        f"{(median(own) + building) / (median(highs) + building):.2f} x"
    )


def smallest(system: System) -> tuple[int, set[str]]:
    """Return how many claims one smallest conflict of a system has, and their names."""
    solver = Solver(system)
    core = solver.core(solver.everything)
    assert core is not None
    found = solver.shrink(core)
    premises = {one.premise for one in system.literals if found >> one.number & 1}
    return found.bit_count(), {system.premises[premise].name for premise in premises}


def whole_numbers(kind: str, claims: int) -> None:
    """Print what CPMpy and OR-tools take for one smallest conflict in whole numbers."""
    if missing("cpmpy") or missing("ortools"):
        return
    dossier, _ = getattr(made, kind)(claims)
    whole = read(dossier)
    (system,) = build_systems(whole.claims, whole.vocabulary)
    smallest(system)  # imports
    started = time.perf_counter()
    smallest(system)
    own = time.perf_counter() - started
    what = f"  CPMpy and OR-tools, {kind} {claims:,} claims in whole numbers, wall: "
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.integers"],
            input=json.dumps(list(peers.plain_rows(system))),
            capture_output=True, text=True, timeout=PATIENCE, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        print(f"{what}no answer in {PATIENCE} s, more than {PATIENCE / own:,.0f} x ours")
        return
    found = json.loads(done.stdout)
    print(
        f"{what}{found['seconds']:.2f} s, {len(found['claims'])} claims, "
        f"{found['seconds'] / own:,.0f} x ours ({own:.3f} s)"
    )


def conflict() -> None:
    """Print one conflict of each made dossier."""
    one_conflict("connected", 1_000, rounds=ROUNDS)
    one_conflict("connected", 10_000, rounds=ROUNDS)
    one_conflict("entangled", 1_000, rounds=ROUNDS)
    one_conflict("entangled", 4_000, rounds=1)
    whole_numbers("connected", 1_000)


# -- many stories ------------------------------------------------------------------------


def stories(claims: int, *, rounds: int = 1) -> float:
    """Print and return what all conflicts of many small stories take, each in a new process."""
    runs = []
    for _ in range(rounds):
        command = [sys.executable, "-m", "benchmarks.engine", "--stories", str(claims)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    run = sorted(runs, key=lambda one: one["seconds"])[len(runs) // 2]
    print(
        f"all conflicts of {claims:,} claims in stories: {run['seconds']:.2f} s, "
        f"{run['seconds'] / claims * 1000:.3f} ms a claim, {run['conflicts']} conflicts, each "
        f"certified, {run['covered']} of {run['planted']} planted covered, "
        f"peak memory {run['peak']:,.0f} MB"
    )
    return run["seconds"]


def _stories(claims: int) -> None:
    dossier, planted = made.stories(claims)
    bk.find_conflicts(made.stories(100)[0])  # imports and caches
    frame, seconds = timed(lambda: bk.find_conflicts(dossier))
    covered = planted & {claim for row in frame["claims"] for claim in row}
    # A conflict without a proof that adds up raises an error: a proof is a certificate.
    assert all(frame["proof"].map(len))
    print(json.dumps({
        "seconds": seconds, "conflicts": len(frame), "planted": len(planted),
        "covered": len(covered),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


def all_stories() -> None:
    """Print how the time grows with the number of claims."""
    small = stories(LARGE // TIMES, rounds=ROUNDS)
    print("  (aim: at most 0.15 ms a claim)")
    large = stories(LARGE, rounds=1)
    aim = 1.2 * TIMES
    print(f"  {TIMES} times the claims: {large / small:.1f} x the time  (aim: at most {aim:.1f})")


# -- the import --------------------------------------------------------------------------


def imports() -> None:
    """Print how much longer some things take than `import pandas`, each in a new process."""
    ways = {
        "import pandas": ["-c", "import pandas"],
        "import bakhmut": ["-c", "import bakhmut"],
        "import bakhmut with its reader": ["-c", "import bakhmut; bakhmut.read_dossier"],
        "bakhmut check, the article": ["-m", "bakhmut", "check"],
    }
    aims = {"bakhmut check, the article": 1.7}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(2 * ROUNDS):
        for name, way in ways.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *way], check=True, stdout=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            seconds[name].append(used)
    (_, pandas), *others = seconds.items()
    print(f"import pandas: {median(pandas):.2f} s")
    for name, own in others:
        ratio = median(mine / theirs for mine, theirs in zip(own, pandas, strict=True))
        print(f"  {name}: {ratio:.2f} x it  (aim: at most {aims.get(name, 1.1)})")


PARTS = {"article": article, "conflict": conflict, "stories": all_stories, "imports": imports}


def main(parts: list[str] | None = None) -> None:
    """Run some parts, or all."""
    for part in parts or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stories"]:
        _stories(int(sys.argv[2]))
    else:
        main(sys.argv[1:])
