"""Standard output carries the answer alone, whatever a library prints, from Python or from C."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

OUT, ERR = 1, 2  # what C knows standard output and standard error by
_answers: list[TextIO] = []


def answers() -> TextIO:
    """Return the stream for what a command answers."""
    return _answers[-1] if _answers else sys.stdout


@contextmanager
def answers_only() -> Iterator[None]:
    """Keep standard output for `answers()`; all else that is printed goes to standard error."""
    printed = sys.stdout
    with _pointed(ERR) as kept:
        _answers.append(_answers_stream(printed, kept))
        sys.stdout = sys.stderr
        try:
            yield
        finally:
            sys.stdout = printed
            answered = _answers.pop()
            if answered is not printed:
                with suppress(OSError):  # each answer was flushed, and said so if it failed
                    answered.close()


@contextmanager
def hushed() -> Iterator[None]:
    """Drop what C prints to standard output: a library's greeting is no answer."""
    with _pointed(None):
        yield


@contextmanager
def _pointed(to: int | None) -> Iterator[int]:
    """Point standard output elsewhere, or nowhere; yield a number for where it went before."""
    _flush()
    # Opened first: it takes the place of a stream that whoever called has closed.
    nowhere = os.open(os.devnull, os.O_RDWR)
    kept = os.dup(OUT)
    try:
        os.dup2(nowhere if to is None else to, OUT)
        yield kept
    finally:
        _flush()
        os.dup2(kept, OUT)
        os.close(kept)
        os.close(nowhere)


def _answers_stream(printed: TextIO | None, kept: int) -> TextIO:
    """Return a stream to where a program's standard output went; another's stream as it is."""
    if printed is None:  # closed before Python began
        return io.StringIO()
    try:
        own = printed.fileno() == OUT
    except (OSError, ValueError, AttributeError):  # a notebook's, or a test's
        own = False
    if not own:
        return printed
    return open(kept, "w", encoding=printed.encoding, errors=printed.errors, closefd=False)


def _flush() -> None:
    """Empty what Python and C hold back of standard output, so that it goes where it was meant."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    with suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes

        ctypes.CDLL(None).fflush(None)  # all of C's streams
