"""The doors and the check, led by what each input reaches in the code (atheris), else by chance.

    python tests/fuzz guided 60             so many seconds for each
    python tests/fuzz/guided.py check FILE  one input again, such as one that was found

`door`: whatever bytes are a table or a text, it is read and comes back as it was written, or is
refused in one error. `check`: bytes decide how a dossier is drawn; no reading of it holds if and
only if it is a contradiction, the quick look says the same, and no more than 10 s pass.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(1, str(HERE.parent / "support"))
TARGETS = ("door", "check")
LONGEST, SECONDS = 4_096, 10
SUFFIXES = (".txt", ".md", ".html", ".mhtml", "")
SEEDS = (
    b"claim,side,measure,low,high\na,A,killed,1,2\n",
    b"sep=;\nclaim;low;hedge\nx;1,000;more than\n",
    "claim\tlow\nä\t12 %\n".encode("utf-16"),
    b"<html><p>At least 40 were killed, <b>police</b> said.</p><table><tr><td>9</table></html>",
    b"# Toll\n\n* **12** [killed](x)\n\n| a | 5 |\n",
)


class Fed(random.Random):
    """Chances that come from bytes, so that what draws with them is led by them."""

    def __init__(self, fed: bytes):
        super().__init__(0)
        self._fed = iter(fed)

    def random(self) -> float:
        return self.getrandbits(16) / 2**16

    def getrandbits(self, k: int) -> int:
        size = -(-k // 8)
        found = bytes(next(self._fed, 0) for _ in range(size))
        return int.from_bytes(found, "big") >> (8 * size - k)


def door(content: bytes) -> None:
    """Read bytes as a table, and as a text."""
    from bakhmut.dossier.claims import build_dossier
    from bakhmut.dossier.doors.delimited import text_of as decoded
    from bakhmut.dossier.problems import DossierError
    from bakhmut.dossier.tables import COLUMNS, table_in, write_table
    from bakhmut.drafting.drafts import draft_text
    from bakhmut.drafting.reading.intake import text_of

    with suppress(DossierError):
        table, problems = table_in(content, "claims", file="claims.csv")
        if not problems:
            again, _ = table_in(write_table(table.rows, "claims").encode(), "claims", file="again")
            assert again.rows == table.rows or not table.rows, "comes back otherwise"
            rows = [dict(zip(COLUMNS["claims"], row, strict=True)) for row in table.rows]
            build_dossier({"claims": rows})
    with suppress(ValueError):
        decoded(content)
    try:
        text = text_of(content[1:], SUFFIXES[content[0] % len(SUFFIXES)] if content else "")
    except ValueError as error:
        assert str(error) and "\n" not in str(error), "no one sentence"
        return
    found = draft_text(text)
    for row in found.evidence.itertuples():
        if row.field in ("quote", "number"):
            assert text[row.start : row.end] == row.value, "words beside their place"
    if len(found.claims):
        found.dossier()


def check(content: bytes) -> None:
    """Check a dossier that is drawn by bytes."""
    import drawing
    from making import dossier, left_open

    import bakhmut as bk
    from bakhmut.consistency.verbs import glance
    from bakhmut.dossier.problems import DossierError

    tables = drawing.drawn(Fed(content))
    try:
        made = dossier(tables["claims"], drawing.TERMS, readings=tables["readings"],
                       assumptions=tables["assumptions"])  # fmt: skip
    except DossierError:
        return
    found = bk.check(made)
    left = left_open(found)
    assert left or (found.readings_consistent == 0) == (found.status == "contradiction")
    assert left or glance(made).status == found.status, "the quick look differs"
    bk.flag(made)


def watched(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return a target that also fails where it takes too long."""

    def run(content: bytes) -> None:
        started = time.process_time()
        target(content)
        took = time.process_time() - started
        assert took < SECONDS, f"took {took:.1f} s"

    return run


# ---- how they are led


def led(name: str, options: list[str]) -> None:
    """Let atheris look for inputs; it ends the process, not with 0 if it found one."""
    import atheris

    with atheris.instrument_imports(include=["bakhmut"], enable_loader_override=False):
        import bakhmut.consistency.verbs
        import bakhmut.dossier.claims
        import bakhmut.drafting.texts
        import bakhmut.findings.flags  # noqa: F401
    atheris.Setup([sys.argv[0], *options], watched(globals()[name]))
    atheris.Fuzz()


def by_chance(name: str, seconds: float, seed: int) -> int:
    """Return how many inputs were tried, drawn and changed at random."""
    draw, target, until, count = random.Random(seed), watched(globals()[name]), time.time(), 0
    until += seconds
    while time.time() < until:
        content = bytearray(draw.choice(SEEDS) if draw.random() < 0.7 else draw.randbytes(200))
        for _ in range(draw.choice((0, 1, 5, 20))):
            content[draw.randrange(len(content))] = draw.randrange(256)
        target(bytes(content) if name == "door" else draw.randbytes(400))
        count += 1
    return count


def main(seconds: int, seed: int) -> int:
    """Try both; print how many inputs each met, and what is wrong."""
    try:
        import atheris  # noqa: F401
    except ImportError:
        for name in TARGETS:
            count = by_chance(name, seconds, seed)
            print(
                f"{name}: {count:,} inputs by chance (seed {seed}); atheris is not to be had here"
            )
        return 0
    with TemporaryDirectory(prefix="guided-") as scratch:
        runs = {name: _start(Path(scratch) / name, name, seconds, seed) for name in TARGETS}
        ends = [_told(name, run, Path(scratch) / name) for name, run in runs.items()]
    print(f"{seconds} s for each, side by side (seed {seed}); {sum(ends)} wrong", flush=True)
    return max(ends)


def _start(folder: Path, name: str, seconds: int, seed: int) -> subprocess.Popen:
    folder.mkdir()
    for number, content in enumerate(SEEDS):
        (folder / str(number)).write_bytes(content)
    options = [f"-max_total_time={seconds}", f"-seed={seed + 1}", f"-max_len={LONGEST}",
               "-timeout=120", "-rss_limit_mb=1500", "-print_final_stats=1",
               f"-artifact_prefix={folder}/found-", str(folder)]  # fmt: skip
    command = [sys.executable, str(HERE / "guided.py"), name, *options]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def _told(name: str, run: subprocess.Popen, folder: Path) -> int:
    _, said = run.communicate()
    count = re.search(r"number_of_executed_units: (\d+)", said)
    reached = re.findall(r"cov: (\d+)", said)
    print(f"{name}: {int(count[1]) if count else 0:,} inputs led by coverage "
          f"({reached[-1] if reached else 0} edges), {'1 wrong' if run.returncode else '0 wrong'}",
          flush=True)  # fmt: skip
    if run.returncode:
        print(said[-3_000:])
        for found in folder.glob("found-*"):
            print(f"the input: {found.read_bytes()!r}")
    return int(bool(run.returncode))


if __name__ == "__main__":
    if len(sys.argv) == 3 and Path(sys.argv[2]).is_file():
        watched(globals()[sys.argv[1]])(Path(sys.argv[2]).read_bytes())
    else:
        led(sys.argv[1], sys.argv[2:])
