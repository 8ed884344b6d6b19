"""Runs all benchmarks, each in a process of its own and no longer than its share of ten minutes.

python -m benchmarks                 all of them, in less than ten minutes
python -m benchmarks draft [GOLD]    one, with what it takes (see its module)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

MOST = 590  # seconds on the clock for all of it
# Of the time that is left each part may take its share; what it does not need is for those after
# it. A part that is not through by then is stopped, and that is said.
SHARES = {
    "panel": 1,
    "engine imports": 2,
    "draft": 1,
    "joint": 4,
    "report 2": 4,
    "engine article": 2,
    "engine stories": 3,
    "engine conflict": 3,
    "many 20 200": 2,
}


def run(part: Sequence[str], seconds: float | None = None) -> None:
    """Run one part as a user would, and say how long it took or that it was stopped."""
    print(f"\n== {' '.join(part)}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-u", "-m", f"benchmarks.{part[0]}", *part[1:]]
    said = f"== stopped after {seconds or 0:.0f} s: what is not above was not measured"
    # In a session of its own, so that what a part starts ends with it.
    with subprocess.Popen(command, start_new_session=True) as process:
        try:
            with suppress(subprocess.TimeoutExpired):
                failed = process.wait(seconds)
                said = f"== {f'FAILED with exit code {failed}' if failed else 'done'} after "
                said += f"{time.monotonic() - started:.0f} s"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    print(said, flush=True)


def main() -> None:
    """Run every part."""
    started, waiting = time.monotonic(), dict(SHARES)
    for part, share in SHARES.items():
        left = MOST - (time.monotonic() - started)
        run(part.split(), left * share / sum(waiting.values()))
        del waiting[part]
    print(f"\nAll of it: {time.monotonic() - started:.0f} s  (aim: at most 600)")


if __name__ == "__main__":
    if sys.argv[1:]:
        run(sys.argv[1:])
    else:
        main()
