"""How long the engine takes: many small stories, one large one, the article, the import.

Prints processor seconds beside wall seconds: on a shared machine only the former compare.

    python -m benchmarks.engine
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import bakhmut as bk
from benchmarks import made

ROUNDS = 5


def timed(work: Callable[[], object]) -> tuple[object, float, float]:
    """Return what a piece of work returns, its wall seconds and its processor seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - processor


def article() -> None:
    """Print what the article takes over all its readings, conflicts and corrections."""
    dossier = bk.read_dossier()
    runs = [timed(lambda: (bk.find_conflicts(dossier), bk.correct(dossier))) for _ in range(ROUNDS)]
    print(f"the article, conflicts and corrections: {median(r[2] for r in runs):.2f} s processor")


def stories(claims: int) -> float:
    """Print and return what all conflicts of many small stories take, in seconds."""
    dossier, planted = made.stories(claims)
    frame, wall, processor = timed(lambda: bk.find_conflicts(dossier))
    found = {claim for row in frame["claims"] for claim in row}  # type: ignore[index]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{claims:,} claims in stories: {processor:.2f} s processor, {wall:.2f} s wall, "
        f"{processor / claims * 1000:.3f} ms a claim, {len(planted & found)} of {len(planted)} "
        f"planted conflicts covered, peak memory {peak:,.0f} MB"
    )
    return processor


def imports() -> None:
    """Print how much longer `import bakhmut` takes than `import pandas`, each in a new process."""
    names = ("pandas", "bakhmut; bakhmut.read_dossier")
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            _, wall, _ = timed(lambda n=name: subprocess.run([sys.executable, "-c", f"import {n}"]))
            seconds[name].append(wall)
    pandas, own = (median(seconds[name]) for name in names)
    print(f"import bakhmut and its reader: {own / pandas:.2f} x import pandas ({pandas:.2f} s)")


def main() -> None:
    """Run all of it."""
    article()
    small = stories(1_000)
    large = stories(10_000)
    print(f"  ten times the claims: {large / small:.1f} x the time")
    imports()


if __name__ == "__main__":
    main()
