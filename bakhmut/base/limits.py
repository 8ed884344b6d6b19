"""What work may take: the processors there are, and how long one check may hold up the rest."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite

SECONDS = 60
AGAIN = 0.1  # seconds: what is raised within a callback of the collector is lost
TO_SAY_SO = 5  # seconds that a notebook has to show that it was stopped
KERNEL_SECONDS = "BAKHMUT_SECONDS"


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold off the search for cycles, a fifth of the time where there are many claims.

    What is made here is freed by the count of its references, but for a few objects a dossier.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class TooLong(BaseException):
    """The time given is used up. Not an `Exception`: nothing on the way may take it for its own."""

    def __init__(self, seconds: float):
        super().__init__(f"was not decided within {seconds:g} s of processor time")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TooLong` where what is inside takes more processor time; 0 or no number is no limit.

    Processor time, so that a busy machine does not matter. Without effect outside of the main
    thread and where the system has no such timer.
    """
    main = threading.current_thread() is threading.main_thread()
    if not seconds or not isfinite(seconds) or not main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.getsignal(signal.SIGPROF)
    stop_after(seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def stop_after(seconds: float, *, again: float = AGAIN) -> None:
    """Raise `TooLong` once this process has used so much processor time, and `again` after it."""

    def stop(*_: object) -> None:
        raise TooLong(seconds)

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, again)


def limit_kernel() -> None:
    """Stop what a notebook's kernel runs after the seconds that its environment gives it."""
    seconds = float(os.environ.get(KERNEL_SECONDS) or 0)
    if seconds and isfinite(seconds) and hasattr(signal, "setitimer"):
        stop_after(seconds, again=TO_SAY_SO)
