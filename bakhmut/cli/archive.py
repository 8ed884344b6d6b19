"""Check an archive: many dossiers over all cores, one row each, to stop and go on at will.

The check of one dossier is a function of its tables alone (`check_tables`), so it can be mapped
by whatever maps functions. Here that is a pool of processes; `examples/archive_on_dask.py` does
the same on Dask. Rows are written as they come, so what is done stays done: a later run checks
only dossiers that are new or changed, were not decided, or were checked in another way.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from queue import SimpleQueue
from typing import TypeAlias

from bakhmut import __version__
from bakhmut.base import files
from bakhmut.base.limits import SECONDS, TooLong, cores, within
from bakhmut.cli.results import COLUMNS, Row, known_rows, text_of, written
from bakhmut.dossier.claims import Dossier, DossierError, Frames, build_dossier, read_dossier
from bakhmut.dossier.doors.workbook import is_named
from bakhmut.engine.status import STATUSES, worst
from bakhmut.findings.flags import SEVERITIES
from bakhmut.findings.summary import examine

WAITING = 4  # dossiers handed out ahead, for each process


@dataclass(frozen=True)
class How:
    """How dossiers are checked: as `check` does, each within so many seconds of processor time."""

    together: bool = False
    assume: tuple[str, ...] = ()
    seconds: float = SECONDS

    def __str__(self) -> str:
        """Return what a row was checked by; the time given does not change an answer."""
        said = ["together"] * self.together + [f"assuming {name}" for name in self.assume]
        return ", ".join([f"bakhmut {__version__}", *said])


AS_USUAL = How()


def check_tables(tables: Frames, *, name: str = "dossier", how: How = AS_USUAL) -> Row:
    """Return the row of one dossier, a function of its tables and of nothing else.

    Parameters
    ----------
    tables
        Rows or frames by table name, as `build_dossier` takes them; what is left out is empty.
    name
        What the row is called.
    how
        Options of the check.

    Returns
    -------
    dict
        `dossier`, `sha256`, `claims`, `status` (a word of the check, "" where there is none),
        `conflicts`, `contradictions` (how many), `serious`, `caution`, `note` (how many flags),
        `error` (why nothing was decided, in one line), `checked_by`. All texts.
    """
    return _row(lambda: build_dossier(tables, name=name), name, how)


def check_path(path: str | Path, *, name: str = "", how: How = AS_USUAL, known: str = "") -> Row:
    """Return the row of one folder or claims.csv; {} where its sha256 is the one that is known."""
    return _row(lambda: read_dossier(path), name or str(path), how, known)


def _row(read: Callable[[], Dossier], name: str, how: How, known: str = "") -> Row:
    row = dict.fromkeys(COLUMNS, "") | {"dossier": name, "checked_by": str(how)}
    try:
        with within(how.seconds):
            dossier = read()
            row |= {"sha256": dossier.sha256, "claims": str(len(dossier.claims))}
            if known == dossier.sha256:
                return {}
            row |= _outcome(dossier, how)
    except TooLong as error:
        row["error"] = str(error)
    except DossierError as error:
        more = f" (and {error.total - 1:,} more)" if error.total > 1 else ""
        row["error"] = f"{error.problems[0]}{more}"
    except (MemoryError, SystemError):
        row["error"] = "needs more memory than there is"
    except Exception as error:  # one dossier must not stop the rest
        row["error"] = f"a fault in bakhmut itself ({type(error).__name__}: {error})"
    return row


def _outcome(dossier: Dossier, how: How) -> Row:
    outcomes = examine(dossier, together=how.together, assume=how.assume)
    statuses = [status for one in outcomes for status in one.check.sets["status"]]
    weights = [severity for one in outcomes for severity in one.flags["severity"]]
    return {
        "status": worst(one.check.status for one in outcomes),
        "conflicts": str(len(statuses)),
        "contradictions": str(statuses.count("contradiction")),
        **{severity: str(weights.count(severity)) for severity in SEVERITIES},
    }


# ---- which dossiers, and what is known of them


def dossiers_in(folder: Path) -> dict[str, Path]:
    """Return the dossiers below a folder by name, in order: what has a claims.csv, at any depth.

    A workbook is one, but for those that a spreadsheet has open (`~$...`). A folder right below
    with other tables only is one too, and will be told that it is unusable.
    """
    found = {}
    for place, inner, names in os.walk(folder):
        inner.sort()
        path = Path(place)
        has_tables = path.parent == folder and any(name.endswith(".csv") for name in names)
        if {"claims.csv", "claims.csv.gz"} & set(names) or (has_tables and not inner):
            found[path.relative_to(folder).as_posix()] = path
        books = [path / name for name in names if is_named(Path(name)) and name[:2] != "~$"]
        found |= {book.relative_to(folder).as_posix(): book for book in books}
    if not found:
        raise DossierError([f"{folder}: has no folder with a claims.csv"])
    return dict(sorted(found.items()))


# ---- the run


def check_many(
    folder: str | Path,
    output: str | Path,
    *,
    how: How = AS_USUAL,
    jobs: int = 0,
    say: Callable[[str], None] = lambda line: None,
) -> list[Row]:
    """Return a row for each dossier below a folder, as the results file then has them, in order.

    Parameters
    ----------
    folder
        Where the dossiers lie.
    output
        The results file (CSV). Rows that it has already are kept where nothing changed.
    how
        Options of the check.
    jobs
        How many processes; 0 for one a core.
    say
        Called with a line of progress now and then.

    Raises
    ------
    KeyboardInterrupt
        As it came, with all rows so far in the file.
    """
    paths = dossiers_in(Path(folder))
    target = files.usable(Path(output))
    files.clear_parts(target)
    keys = {name: written({"dossier": name})["dossier"] for name in paths}
    earlier = known_rows(target)
    rows = {key: earlier[key] for key in keys.values() if key in earlier}
    tasks = [(name, path, how, _known(rows.get(keys[name]), how)) for name, path in paths.items()]
    progress = _Progress(len(paths), say)
    files.replace(target, text_of(rows.values()))
    answers: Answers = SimpleQueue()
    with _stoppable(answers):
        try:
            with target.open("a", encoding="utf-8") as file:
                for name, row in _mapped(tasks, jobs or cores(), answers):
                    if row:
                        rows[keys[name]] = written(row)
                        file.write(text_of([rows[keys[name]]], header=False).decode())
                        file.flush()
                    progress.count(rows[keys[name]], fresh=bool(row))
        finally:
            ordered = [rows[key] for key in keys.values() if key in rows]
            files.replace(target, text_of(ordered))
    return ordered


def _known(row: Row | None, how: How) -> str:
    """Return the sha256 that need not be checked again, "" where all must."""
    by = written({"checked_by": str(how)})["checked_by"]
    return row["sha256"] if row and not row["error"] and row["checked_by"] == by else ""


Task = tuple[str, Path, How, str]
Answers: TypeAlias = "SimpleQueue[Future[Row] | None]"  # None for Ctrl-C


def _mapped(tasks: Sequence[Task], jobs: int, answers: Answers) -> Iterator[tuple[str, Row]]:
    """Yield the rows as they come; a dossier that ends its process is tried once more, alone."""
    left = list(reversed(tasks))
    while left:
        under_way: dict[Future[Row], Task] = {}
        suspects: list[Task] = []
        others = set(active_children())
        # Not forked: a process with threads of its own, such as a notebook's, cannot be.
        pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)
        try:
            while left or under_way:
                while left and len(under_way) < jobs * WAITING:
                    with _born_deaf():
                        future = pool.submit(_one, left[-1])
                    under_way[future] = left.pop()
                    future.add_done_callback(answers.put)
                answer = answers.get()
                if answer is None:
                    raise KeyboardInterrupt
                if answer in under_way:  # else it is of a pool that broke
                    row = answer.result()
                    yield under_way.pop(answer)[0], row
        except BrokenProcessPool:
            suspects = list(under_way.values())
        finally:
            stopped = bool(left or under_way)  # then what is under way is not waited for
            for child in set(active_children()) - others if stopped else ():
                child.terminate()
            pool.shutdown(wait=not stopped, cancel_futures=True)
        for task in suspects:
            if len(tasks) > 1:
                yield from _mapped([task], 1, answers)
            else:
                row = dict.fromkeys(COLUMNS, "") | {"dossier": task[0]}
                yield task[0], row | {"error": "ended its process without an answer"}


def _one(task: Task) -> Row:
    name, path, how, known = task
    return check_path(path, name=name, how=how, known=known)


@contextmanager
def _stoppable(answers: Answers) -> Iterator[None]:
    """Let Ctrl-C wait its turn as an answer: raised within the pool, it can leave locks held."""
    earlier = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(earlier):
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: answers.put(None))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)


@contextmanager
def _born_deaf() -> Iterator[None]:
    """Start processes to which Ctrl-C means nothing: whoever started them will say when to stop."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a process cannot be born deaf
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process once nobody is left to answer to, however that came about."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many rows have each status, the gravest first; those without one come last."""
    found = Counter(row["status"] or "unusable" for row in rows)
    order = [*STATUSES, "unusable"]
    return {status: found[status] for status in order if found[status]}


class _Progress:
    """Says how far a run is: after the first, then at each twentieth of the whole."""

    def __init__(self, total: int, say: Callable[[str], None]):
        self.total, self.say = total, say
        self.done = self.fresh = self.at_odds = self.errors = self.said = 0

    def count(self, row: Row, *, fresh: bool) -> None:
        """Count one dossier."""
        self.done += 1
        self.fresh += fresh
        self.at_odds += row["contradictions"] not in ("", "0")
        self.errors += bool(row["error"])
        if self.done in (1, self.total) or self.done * 20 // self.total > self.said:
            self.said = self.done * 20 // self.total
            self.say(
                f"{self.done:,} of {self.total:,} dossiers ({self.done - self.fresh:,} known), "
                f"{self.at_odds:,} with a contradiction, {self.errors:,} unusable"
            )
