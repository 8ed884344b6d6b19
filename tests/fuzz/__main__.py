"""Inputs that are made to break the package, by the thousand; each must end well.

python tests/fuzz all                   each kind, as many as STAGES says; 0 if all end well
python tests/fuzz dossiers 1500         so many of a kind; 0 if all end well
python tests/fuzz stories 5000          so many that are judged; 0 if all judges agree
python tests/fuzz texts 1 --seed 77     one of them again, with what it said
python tests/fuzz texts --keep DIR --seed 77    its files, and the command, for a look
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(1, str(Path(__file__).parents[1] / "support"))
BROKEN = ("dossiers", "texts", "books")
JUDGED = ("stories", "words", "rules", "large", "hedges", "totals")
# How many of each make half an hour; of `guided` the seconds for the doors, and for the check.
STAGES = {"dossiers": 600, "texts": 3000, "books": 1400, "guided": 90, "moments": 60,
          "stories": 5000, "words": 300, "rules": 500, "large": 12, "hedges": 100,
          "totals": 100}  # fmt: skip


def fuzz_all(times: int, seed: int) -> int:
    """Run every stage, also after one that finds something, and say at the end which did."""
    started, found = time.monotonic(), []
    for kind, count in STAGES.items():
        before, begun = _processor(), time.monotonic()
        command = [sys.executable, Path(__file__).parent, kind, str(count * times)]
        if subprocess.run([*command, "--seed", str(seed)]).returncode:
            found.append(kind)
        took = f"{time.monotonic() - begun:.0f} s, {_processor() - before:.0f} s of processor time"
        print(f"{kind}: {took}", file=sys.stderr, flush=True)
    took = f"{(time.monotonic() - started) / 60:.1f} min, {_processor() / 60:.1f} of processor time"
    said = f"something wrong in {', '.join(found)}" if found else "nothing wrong"
    print(f"{len(STAGES)} stages (seed {seed}, {took}): {said}", flush=True)
    return int(bool(found))


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fuzz(kind: str, seeds: range) -> int:
    """Try the inputs of some seeds; print those that do not end well, and how many end how."""
    started = time.monotonic()
    ends: Counter[str] = Counter()
    wrong = 0
    for done, (seed, end, how) in enumerate(_runs(kind, seeds), 1):
        ends[end] += 1
        if how:
            wrong += 1
            print(f"seed {seed}: {how}", flush=True)
        if done % 500 == 0:
            print(f"{done:,}: {dict(ends)}, {wrong} wrong", file=sys.stderr, flush=True)
    took, last = time.monotonic() - started, seeds.stop - 1
    how = "broken" if kind in BROKEN else "judged"
    said = f"{len(seeds):,} {how} {kind} (seeds {seeds.start:,} to {last:,}, {took:.0f} s)"
    print(f"{said}: {dict(ends)}; {wrong} wrong", flush=True)
    return int(bool(wrong))


def _runs(kind: str, seeds: range) -> Iterator[tuple[int, str, str]]:
    """Yield how the inputs of some seeds end, each as (seed, end, what is wrong with it)."""
    if kind in JUDGED:
        return importlib.import_module("judged").runs(kind, seeds)
    return importlib.import_module("ends").runs(importlib.import_module(kind).broken, seeds)


def main() -> int:
    """Return 0 if all ended well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=["all", *STAGES])
    parser.add_argument("count", type=int, nargs="?", default=1)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--keep", type=Path, help="make the input of the seed here, and stop")
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True)
        print(*importlib.import_module(given.kind).broken(given.seed, given.keep).command)
        return 0
    if given.kind == "all":
        return fuzz_all(given.count, given.seed)
    # Code that changed since would be compiled by what is tried, which must write nothing.
    compileall.compile_dir(Path(__file__).parents[2] / "bakhmut", quiet=1)
    if given.kind not in BROKEN + JUDGED:
        return importlib.import_module(given.kind).main(given.count, given.seed)
    return fuzz(given.kind, range(given.seed, given.seed + given.count))


if __name__ == "__main__":
    sys.exit(main())
