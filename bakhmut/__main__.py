"""The command line: draft, report, check, diff, verify, new, figure.

Exit codes: 1 where `check` finds a conflict with the status `contradiction` (and where `verify`
misses a quote), 2 where the input cannot be used, else 0.
"""

import sys  # no more, as in `__init__`

INTERRUPTED = 130
SELDOM = 500_000


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code of a command line; every failure is a line on standard error."""
    if arguments is None:  # a process of its own
        sys.unraisablehook = _lost
    try:
        return _run(arguments)
    except (KeyboardInterrupt, Exception) as error:  # while what is needed is being loaded, too
        return _stopped() if _is_stop(error) else _unexpected(error)


def _run(arguments: list[str] | None) -> int:
    import gc

    if arguments is None:  # a process of its own
        # To look for cycles in what libraries load takes a twentieth of a check.
        gc.set_threshold(SELDOM)
        # As if it were not there: as they load, nbformat and jsonschema would compile its grammar
        # of addresses, a sixth of a report, and no notebook is checked for these.
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

    import click

    from bakhmut.base.limits import TooLong
    from bakhmut.cli.commands import cli
    from bakhmut.cli.console import UNUSABLE

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return cli.main(arguments, prog_name="bakhmut", standalone_mode=False) or 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return _stopped()
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except TooLong as error:
        return _fail(f"the input {error}; --seconds gives it more")
    # Where not even the error finds room, Python up to 3.11 says SystemError.
    except (MemoryError, SystemError):
        return _fail("the input needs more memory than there is")
    except SystemExit:
        return 0  # click's word for a closed pipe: its reader has seen enough
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}")
    finally:
        if arguments is None:
            # As Python ends it would take apart, piece by piece, all that libraries have set up:
            # a sixth of a check, for what the system frees at once.
            gc.freeze()


def _is_stop(error: BaseException | None) -> bool:
    """Return whether an error is Ctrl-C, or what Python or a library made of it."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _lost(what: "sys.UnraisableHookArgs") -> None:
    """Give Ctrl-C again where it came as Python could not raise it, such as in a callback."""
    if not issubclass(what.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(what)
        return
    import signal
    from threading import Timer, main_thread

    # A real signal where there is one: it ends a wait, too.
    kill = getattr(signal, "pthread_kill", lambda _, number: signal.raise_signal(number))
    again = Timer(0.01, kill, (main_thread().ident, signal.SIGINT))
    again.daemon = True
    again.start()


def _stopped() -> int:
    """Say that a command was stopped, and load nothing more for it."""
    from contextlib import suppress

    if sys.unraisablehook is _lost:
        sys.unraisablehook = _say_nothing  # what a library left to do may now have no object
    with suppress(OSError):
        print("stopped", file=sys.stderr)
    return INTERRUPTED


def _say_nothing(_: object) -> None:
    """Let a stopped command end with its one line."""


def _unexpected(error: BaseException) -> int:
    """Say what is wrong with the input, or that the fault is ours; show no traceback."""
    from os import environ

    from bakhmut.base.extras import MissingPackage
    from bakhmut.cli.console import Unusable
    from bakhmut.dossier.claims import RECIPES, DossierError

    if isinstance(error, DossierError) and error.is_coding:
        return _fail(f"{error}\nHow to code it, with worked rows: {RECIPES}")
    if isinstance(error, DossierError | MissingPackage | Unusable):
        return _fail(str(error))
    if environ.get("BAKHMUT_DEBUG"):
        raise error
    return _fail(
        f"a fault in bakhmut itself ({type(error).__name__}: {error}); nothing was decided. "
        "Please report it; BAKHMUT_DEBUG=1 shows where it happened."
    )


def _fail(message: str) -> int:
    from contextlib import suppress

    from bakhmut.cli.console import UNUSABLE, say

    with suppress(OSError):
        say(message, err=True)
    return UNUSABLE


if __name__ == "__main__":
    sys.exit(main())
