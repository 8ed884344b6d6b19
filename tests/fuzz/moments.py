"""Commands that are ended at any moment, find no room, may not write, or run twice at once.

However it comes: what was there before is whole, or what was asked for is; nothing is left running;
once the command has been run again undisturbed, nothing lies about that it was not asked for.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from places import CASES
from samples import small, write_notebooks

from bakhmut.cli.results import known_rows
from bakhmut.dossier.claims import read_dossier, write_dossier

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
TEXT = "Arle\n\nAt least 40 soldiers were killed in Arle, the army said. Bree lost 12 men.\n" * 5
STORY = f"<article><h1>Toll</h1>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</article>"
PATIENCE = 120
# Python's own start is over and `main` comes next: moments count from here. That nothing else is
# loaded before `main`, which answers for Ctrl-C, is held by a test of tests/cli/test_cli.py.
BEGINS = "import os, sys, pathlib; pathlib.Path(os.environ['BEGUN']).touch(); "
RUNS = f"from bakhmut.__main__ import main; {BEGINS}sys.exit(main())"
REPORT = (
    "from pathlib import Path; from bakhmut.report import make; "
    f"make.notebooks_folder = lambda: Path('notebooks'); {RUNS}"
)
CONFIRM = (
    "from bakhmut.panel.confirming import Confirming; "
    f"from bakhmut.drafting.kept.confirmation import confirmation_of; {BEGINS}"
    "panel = Confirming(confirmation_of('out')); "
    "[step() for _ in panel.confirmation.order for step in "
    "(lambda: panel.mend('source', 'x' if _ else 'y'), panel.drop, panel.back, panel.accept)]"
)


@dataclass(frozen=True)
class Verb:
    """A command, what it writes, what says that this is whole, and how its folder is made."""

    name: str
    command: list[str]
    target: str
    whole: Callable[[Path], str]
    made: Callable[[Path], object] = field(default=lambda folder: None)
    before: bool = True  # whether an earlier target must still be there
    empty: bool = False  # whether the target is a folder that is there and empty


# ---- what is whole


def _whole_page(path: Path) -> str:
    text = path.read_text("utf-8")
    return "" if text == "earlier" or text.rstrip().endswith("</html>") else "half a page"


def _whole_dossier(path: Path) -> str:
    """Return what is wrong with a dossier: it is there and can be read, or it is not there.

    Into a folder that is there claims.csv comes last: without it there is none.
    """
    if path.is_file() or (path / "claims.csv").exists():
        read_dossier(path)
    return ""


def _whole_table(path: Path) -> str:
    if path.exists():
        known_rows(path)  # raises where it is no table of results
    return ""


def _with_page(folder: Path) -> None:
    write_dossier(small(), folder / "small")
    (folder / "page.html").write_text("earlier", "utf-8")
    cells = ["# Which?", "DOSSIER = None", "import bakhmut as bk\nbk.read_dossier(DOSSIER)"]
    write_notebooks(folder / "notebooks", **{"01-shown": cells})


def _with_archive(folder: Path) -> None:
    for name in ("ebola-table", "kosovo-tanks", "march-estimates", "referendum"):
        shutil.copytree(CASES / name, folder / "archive" / name)


def _with_draft(folder: Path) -> None:
    from bakhmut.drafting.drafts import draft_text
    from bakhmut.drafting.kept.written import write_draft

    write_draft(draft_text(TEXT), folder / "out")


def _with_story(folder: Path) -> None:
    (folder / "story.html").write_text(STORY)


VERBS = (
    Verb("report", [REPORT, "report", "small", "-o", "page.html"], "page.html", _whole_page,
         made=_with_page),
    Verb("draft", [RUNS, "draft", "story.html", "-o", "out.xlsx"], "out.xlsx",
         _whole_dossier, made=_with_story, before=False),
    Verb("new", [RUNS, "new", "out"], "out", _whole_dossier, before=False),
    Verb("new in a folder", [RUNS, "new", "out"], "out", _whole_dossier, before=False, empty=True),
    Verb("check --many", [RUNS, "check", "--many", "archive", "-o", "out.csv"], "out.csv",
         _whole_table, made=_with_archive, before=False),
    Verb("confirm", [CONFIRM], "out", _whole_dossier, made=_with_draft),
)  # fmt: skip


# ---- how it is disturbed


class Place:
    """A folder of its own in which a command runs, with what it may leave behind counted."""

    def __init__(self, verb: Verb, folder: Path):
        self.verb, self.folder, self.mark = verb, folder / "here", uuid.uuid4().hex
        self.temporary, self.begun = folder / "temporary", folder / "begun"
        self.folder.mkdir()
        self.temporary.mkdir()
        verb.made(self.folder)
        self.lying = set(os.listdir(self.folder)) | {verb.target}

    def start(self, **options) -> subprocess.Popen:
        self.begun.unlink(missing_ok=True)
        settings = {**os.environ, "TMPDIR": str(self.temporary), "FUZZ_MARK": self.mark}
        settings["BEGUN"] = str(self.begun)
        return subprocess.Popen(
            [sys.executable, "-c", *self.verb.command],
            cwd=self.folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )

    def ended(self, run: subprocess.Popen, sent: signal.Signals | None = None) -> str:
        """Wait for the end of a run and of all that it started; return what is wrong."""
        try:
            _, said = run.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return f"does not end: {run.communicate()[1][-300:]}"
        until = time.monotonic() + 30
        while left := list(self._running()):
            if time.monotonic() > until:
                return f"left running: {left}"
            time.sleep(0.02)
        # In a notebook an interrupt is shown as it is.
        shown = sent == signal.SIGINT and self.verb.name == "confirm"
        if "Traceback" in said and not shown:
            return f"a traceback: {said[-600:]}"
        target = self.folder / self.verb.target
        if self.verb.before and not target.exists():
            return "what was there before is gone"
        try:
            return self.verb.whole(target)
        except Exception as error:
            return f"what is there cannot be read: {error}"

    def _running(self) -> Iterator[int]:
        """Yield the processes that bear our mark."""
        mark = f"FUZZ_MARK={self.mark}".encode()
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with suppress(OSError):
                    if mark in (entry / "environ").read_bytes():
                        yield int(entry.name)

    def again(self) -> str:
        """Run the command undisturbed; return what is wrong then, or lies about."""
        target = self.folder / self.verb.target
        _fresh(self)
        run = self.start()
        if wrong := self.ended(run):
            return f"run again: {wrong}"
        if run.returncode not in (0, 1):
            return f"run again it ends with {run.returncode}"
        stray = set(os.listdir(self.folder)) - self.lying
        if target.is_dir():
            stray |= {name for name in os.listdir(target) if name.startswith(".")}
        stray |= set(os.listdir(self.temporary))
        return f"left lying about: {sorted(stray)}" if stray else ""


def tried(verb: Verb, count: int, seed: int) -> list[str]:
    """Return what goes wrong with a verb: at so many moments, and in each other way."""
    wrong = []
    with TemporaryDirectory(prefix="moments-") as scratch:
        place = Place(verb, Path(scratch))
        draw, started = random.Random(seed), time.monotonic()
        wrong.append(place.again())
        lasts = time.monotonic() - started
        for number in range(count):
            sent = SIGNALS[number % len(SIGNALS)]
            wrong.append(_killed(place, sent, draw.uniform(0, 1.2 * lasts)))
            if number % 10 == 9 or number == count - 1:
                wrong.append(place.again())
        for _ in range(-(-count // 20)):
            wrong += [_without_room(place, draw), _without_room(place, draw)]
            wrong += [_twice(place), place.again()]
        wrong += [_closed(place), place.again()]
    return [f"{verb.name}: {one}" for one in wrong if one]


def _fresh(place: Place) -> None:
    """Clear what a command that writes only new files would find in its way.

    A folder that holds no dossier is not in its way, whatever was moved there before a kill.
    """
    target = place.folder / place.verb.target
    if place.verb.empty and target.is_dir() and not (target / "claims.csv").exists():
        return
    if not place.verb.before and place.verb.name != "check --many":
        shutil.rmtree(target, ignore_errors=True)
        target.unlink(missing_ok=True)
        if place.verb.empty:
            target.mkdir()


def _killed(place: Place, sent: signal.Signals, after: float) -> str:
    _fresh(place)
    run = place.start()
    while not place.begun.exists() and run.poll() is None:
        time.sleep(0.001)
    time.sleep(after)
    with suppress(ProcessLookupError):
        # Ctrl-C reaches all that the terminal runs; the others the command alone.
        (os.killpg if sent == signal.SIGINT else os.kill)(run.pid, sent)
    said = place.ended(run, sent)
    return said and f"{sent.name} after {after:.2f} s: {said}"


def _without_room(place: Place, draw: random.Random) -> str:
    """Let no file grow beyond some bytes, as on a disk that is full."""
    _fresh(place)
    size = draw.choice((0, 1, 100, 1_000, 4_000, 20_000))
    run = place.start(preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size)))
    said = place.ended(run)
    return said and f"no room beyond {size} bytes: {said}"


def _twice(place: Place) -> str:
    _fresh(place)
    runs = [place.start(), place.start()]
    said = [place.ended(run) for run in runs]
    codes = sorted(run.returncode for run in runs)
    fine = codes[0] in (0, 1) and codes[1] in (0, 1, 2)
    return "; ".join(filter(None, said)) or ("" if fine else f"two at once end with {codes}")


def _closed(place: Place) -> str:
    """Let the folder be one into which nothing may be written."""
    _fresh(place)
    target = place.folder / place.verb.target
    places = [place.folder, *([target] if target.is_dir() else [])]
    for one in places:
        one.chmod(0o555)
    try:
        run = place.start(preexec_fn=_as_others)
        said = place.ended(run)
    finally:
        for one in places:
            one.chmod(0o755)
    if not said and run.returncode != 2 and place.verb.name != "confirm":  # that one shows it
        said = f"ends with {run.returncode}"
    return said and f"into a folder that is closed: {said}"


def _as_others() -> None:
    """Give up what lets root write wherever it likes, for what is started next."""
    import ctypes

    for ability in (1, 2, 3):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
        ctypes.CDLL(None).prctl(24, ability, 0, 0, 0)  # PR_CAPBSET_DROP


def main(count: int, seed: int) -> int:
    """Try all verbs; print what goes wrong, and how many were tried."""
    from concurrent.futures import ThreadPoolExecutor

    # A shell that runs this in the background has Ctrl-C ignored, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda verb: tried(verb, count, seed), VERBS))
    wrong = [one for of_verb in found for one in of_verb]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    took = time.monotonic() - started
    print(f"{len(VERBS)} verbs ended at {count} moments each, without room, closed, twice at once "
          f"(seed {seed}, {took:.0f} s); {len(wrong)} wrong", flush=True)  # fmt: skip
    return int(bool(wrong))
