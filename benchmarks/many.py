"""How the check of an archive grows with it, on all cores, and what a second run costs.

    python -m benchmarks.many [DOSSIERS ...]      100, 1,000 and 10,000 where none is given

Each dossier is one of the texts in tests/whole/cases, a figure changed so that no two are alike.
Where Dask is installed, the first archive is also checked on a local cluster of it.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from bakhmut.cli import archive

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "whole" / "cases").iterdir())
SIZES = (100, 1_000, 10_000)


def made(folder: Path, size: int) -> Path:
    """Return a folder with so many dossiers."""
    for n in range(size):
        case = CASES[n % len(CASES)]
        place = folder / f"{n // 1000:02}" / f"{n:05}-{case.name}"
        shutil.copytree(case, place)
        with (place / "sources.csv").open("a", encoding="utf-8") as file:
            file.write(f"reporter {n},,press,yes,\n")
    return folder


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds on the clock and of all processors that a piece of work takes."""
    started, before = time.monotonic(), _processors()
    work()
    return time.monotonic() - started, _processors() - before


def _processors() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, who))


def on_dask(folder: Path) -> Callable[[], object]:
    """Return the same work on a local cluster of Dask."""
    sys.path.insert(0, str(ROOT / "examples"))
    from archive_on_dask import LOCAL, check_archive
    from dask.distributed import Client

    def work() -> None:
        with Client(**LOCAL) as client:
            check_archive(folder, client)

    return work


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print seconds, and milliseconds a dossier, for each size."""
    print(f"an archive of dossiers, {os.cpu_count()} cores")
    print(f"{'':10}{'clock':>10}{'processors':>12}{'each':>10}{'again':>10}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = made(Path(place) / "archive", size)
            out = Path(place) / "out.csv"
            clock, work = timed(lambda: archive.check_many(folder, out))  # noqa: B023
            again, _ = timed(lambda: archive.check_many(folder, out))  # noqa: B023
            each = f"{work / size * 1000:,.0f} ms"
            print(f"{size:>10,}{clock:>8.1f} s{work:>10.1f} s{each:>10}{again:>8.1f} s", flush=True)
            if size == sizes[0] and find_spec("distributed"):
                clock, work = timed(on_dask(folder))
                each = f"{work / size * 1000:,.0f} ms"
                print(f"{'on Dask':>10}{clock:>8.1f} s{work:>10.1f} s{each:>10}", flush=True)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
