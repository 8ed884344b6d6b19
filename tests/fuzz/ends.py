"""How a command ends on an input made to break it: run in a child under limits, then judged.

It ends well with a result or one clear error within 10 s of processor time and 1 GB of memory: no
traceback, no fault of our own, no hang, nothing run, nothing written but what was asked for.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import resource
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from places import OUTBREAK

from bakhmut.__main__ import main
from bakhmut.base.limits import cores
from bakhmut.cli.shown import screens
from bakhmut.dossier.parsing.notation import parse_period
from bakhmut.findings import summary

SECONDS, PATIENCE, MEMORY = 10, 600, 2**30
# What a process holds once all is imported.
HELD = 200 * 2**20
FORMATS = ("json", "table", "csv")
WATCHED = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen",
           "socket.connect", "socket.bind", "socket.getaddrinfo", "webbrowser.open", "os.chmod",
           "os.symlink")  # fmt: skip
# What moves files, by the places in its details where paths stand.
MOVES = {"os.remove": (0,), "os.rename": (0, 1), "os.link": (0, 1), "os.rmdir": (0,),
         "os.mkdir": (0,), "shutil.rmtree": (0,), "shutil.move": (0, 1)}  # fmt: skip
ASIDE = re.compile(r"\bthat (?:is|are) not used\b|: is not UTF-8 and was read as ")
# What stands where nobody reads it: in scripts, behind entities, in files beside.
SECRET = "3133731337"


@dataclass(frozen=True)
class Case:
    """A command to run in a folder, where it may write, and what is looked at when it has ended.

    `then` says what is wrong with a result, "" if nothing; it is run under the same limits.
    """

    command: list[str]
    writes: str = ""
    then: Callable[[], str] = str
    kept: bool = False  # whether the secret is to stay unread
    frugal: bool = False  # whether 1 GB of memory must be enough


def patience(draw: random.Random) -> str:
    """Return the processor time that a command is given: most are to give up soon."""
    return str(draw.choice((3, 3, SECONDS - 2)))


Maker = Callable[[int, Path], Case]


def run(make: Maker, seed: int) -> tuple[int, str, str]:
    """Return a seed, how its input ends (result, error, given up), and what is wrong with that."""
    with TemporaryDirectory(prefix="fuzz-") as scratch:
        case = make(seed, Path(scratch))
        before = listing(Path(scratch))
        ends = os.pipe()
        if not (child := os.fork()):
            os.close(ends[0])
            _in_child(case, scratch, ends[1])
        os.close(ends[1])
        with os.fdopen(ends[0], "rb") as pipe:
            said = pipe.read()
        _, status, used = os.wait4(child, 0)
        if not said:
            signal_name = signal.Signals(os.WTERMSIG(status)).name if status & 127 else status
            spent = used.ru_utime + used.ru_stime
            return seed, "killed", f"ended by {signal_name} after {spent:.1f} s"
        asked = {case.writes} if case.writes else set()
        new = {path.split("/")[0] for path in set(listing(Path(scratch))) ^ set(before)}
        if new - asked:
            return seed, "wrote", f"wrote {sorted(new)} beside what it was asked for"
        found = json.loads(said)
        kind = "error" if found["code"] == 2 else "result"
        given_up = "was not decided within" in found["err"]
        return seed, "given up" if given_up else kind, verdict(case, found)


def runs(make: Maker, seeds: range) -> Iterator[tuple[int, str, str]]:
    """Yield how the inputs of some seeds end, on all cores."""
    warm_up()
    with get_context("fork").Pool(cores()) as pool:
        yield from pool.imap_unordered(partial(run, make), seeds, chunksize=5)


def listing(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


class Late(BaseException):
    """The processor time is used up; not an error that the command line would catch."""


def late(*_: object) -> None:
    raise Late


def _watch(faults: list[str], place: str, event: str, details: tuple) -> None:
    """Note what a command has no business to do: run, connect, open or move other files."""
    paths = [details[at] for at in MOVES.get(event, ())]
    # The null device is where what a library prints goes; nothing is written there.
    writes = event == "open" and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes and not isinstance(details[0], int) and details[0] != os.devnull:
        paths.append(details[0])
    asked = place and all(_is_in(path, place) for path in paths)
    if event in WATCHED or (paths and not asked):
        faults.append(f"{event} {str(details)[:100]}")


def _is_in(path: str | bytes, place: str) -> bool:
    """Return whether a path is in a folder."""
    return os.path.join(os.path.abspath(os.fsdecode(path)), "").startswith(place)


def _in_child(case: Case, scratch: str, end: int) -> None:
    """Run a command under limits and send how it ended; never returns."""
    faults: list[str] = []
    os.chdir(scratch)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGXCPU, late)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, used + SECONDS + 2))
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY - HELD,) * 2)
    signal.alarm(PATIENCE)
    # A new folder is written beside itself, under a name that begins with a point.
    place = os.path.join(scratch, "") if case.writes else ""
    sys_audit(partial(_watch, faults, place))
    out, err = io.StringIO(), io.StringIO()
    code: object
    wrong = ""
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main(case.command)
        if code in (0, 1):
            with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                wrong = case.then()
    except Late as error:
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        code = f"late, in {' '.join(f'{Path(at.filename).name}:{at.lineno}' for at in frames)}"
    except BaseException as error:  # whatever passes the command line's own net is what we look for
        code = f"{type(error).__name__}: {error}"
    found = {"code": code, "out": out.getvalue(), "err": err.getvalue()[:20_000]}
    found |= {"faults": faults, "wrong": wrong}
    with suppress(OSError, MemoryError), os.fdopen(end, "wb") as pipe:
        pipe.write(json.dumps(found).encode("utf-8", "surrogatepass"))
    os._exit(0)


def sys_audit(hook: Callable[[str, tuple], None]) -> None:
    """Have a hook told what this process does, from now to its end."""
    import sys

    sys.addaudithook(hook)


def verdict(case: Case, found: dict) -> str:
    """Return what is wrong with an end, "" if nothing."""
    code, out, err = found["code"], found["out"], found["err"]
    if found["faults"]:
        return f"did what it must not: {found['faults'][:3]}"
    if code not in (0, 1, 2):
        return f"ended with {code!r}: {err[-300:]}"
    if "Traceback" in err or "a fault in bakhmut itself" in err:
        return f"a fault: {err[-300:]}"
    if case.kept and SECRET in out + err:
        return "read what is not to be read"
    if case.frugal and "needs more memory" in err:
        return "needs more than 1 GB of memory"
    if found["wrong"]:
        return f"its result is no result: {found['wrong']}"
    if code == 2:
        lines = err.splitlines()
        longest = max(map(len, lines), default=0)
        if not lines or len(lines) > 60 or longest > 2_000:
            return f"no clear error: {len(lines)} lines, the longest of {longest}: {err[:200]}"
        return "printed a result beside its error" if out else ""
    # What was not used of a file, or how it was read, is named beside a result.
    err = "\n".join(line for line in err.splitlines() if not ASIDE.search(line))
    if not out or err.strip():
        return f"ended with {code} and without a result, or with more: {err[:300]}"
    return _unreadable(case.command, code, out)


def _unreadable(command: list[str], code: int, out: str) -> str:
    """Return what is wrong with a result."""
    kind = command[command.index("--format") + 1] if "--format" in command else "table"
    if kind == "json" and command[0] == "check":
        told = json.loads(out)
        bad = any(one["status"] == "contradiction" for one in told["conflicts"])
        return "" if bad == (code == 1) else f"ended with {code} beside what it says"
    if kind == "json":
        return "" if isinstance(json.loads(out), list) else "is no list"
    if "\x1b" in out or "\u202e" in out:
        return "sent a control character"
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(out)))
        columns = screens.CHECK_COLUMNS if command[0] == "check" else rows[0]
        if any(len(row) != len(columns) for row in rows):
            return "a ragged table"
        if any(cell[:1] in "=+-@" for row in rows for cell in row if cell):
            return "a cell that a spreadsheet takes for a formula"
    return ""


def warm_up() -> None:
    """Do once what each command does, so that a child has only its own work to do."""
    parse_period.cache_clear()
    import highspy  # noqa: F401  of a large dossier
    import pypdf  # noqa: F401

    said = "At least 40 soldiers were killed in Arle on 3 March 2023, the army said."
    with TemporaryDirectory() as scratch, redirect_stdout(io.StringIO()):
        story, book = Path(scratch, "story.html"), str(Path(scratch, "story.xlsx"))
        story.write_text(f"<article><p>{said}</p></article>")
        main(["draft", str(story), "-o", book])
        main(["verify", str(story)])
        for checked in (book, str(OUTBREAK)):
            main(["check", checked])
    summary.schema()
