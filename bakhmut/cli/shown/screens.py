"""What the verbs of the command line show: lines of at most 80 columns, rows for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from bakhmut.base.sentences import quoted
from bakhmut.base.terminal import wrapped
from bakhmut.base.words import count
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import STATUS

if TYPE_CHECKING:
    from bakhmut.report.beside import Beside

MOST_FALLS = 5
Paint = Callable[..., str]
COLOURS = {name: status.colour or None for name, status in STATUS.items()} | {
    "serious": "red",
    "caution": "yellow",
}


def updates_table(changes: pd.DataFrame) -> Iterator[str]:
    """Yield a line for each cell that stands in place of a printed one."""
    yield "NEWER FIGURES"
    for row in tuples_of(changes):
        said = f"{row.claim}, {row.field}: {row.after or 'open'} in place of {row.before or 'open'}"
        yield from wrapped(said, indent="    ", first="  ")
    yield ""


def beside_table(beside: Beside) -> Iterator[str]:
    """Yield the lines that set the claims beside the daily bulletins."""
    yield "BULLETINS"
    told = [beside.extent, *beside.claims["because"], *beside.falls["because"].head(MOST_FALLS)]
    for sentence in told:
        yield from wrapped(sentence, indent="    ", first="  ")
    if len(beside.falls) > MOST_FALLS:
        yield f"  and {count(len(beside.falls) - MOST_FALLS, 'more fall')}"
    yield ""


def check_rows(summary: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a check for a spreadsheet, from the fixed object."""
    yield {"part": "status", "status": summary["status"], "name": summary["dossier"]["name"]}
    for at, conflict in enumerate(summary["conflicts"], 1):
        yield {
            "part": "conflict",
            "name": f"conflict-{at}",
            "status": conflict["status"],
            "claims": "; ".join(conflict["claims"]),
            "assumptions": "; ".join(conflict["assumptions"]),
            "origins": conflict["origins"],
            "margin": conflict["margin"],
            "text": " | ".join(conflict["proof"]),
        }
    for flag in summary["flags"]:
        yield {
            "part": "flag",
            "name": flag["flag"],
            "status": flag["severity"],
            "claims": "; ".join(flag["claims"]),
            "text": flag["because"],
        }
    for bound in summary["bounds"]:
        yield {"part": "bound", "name": bound["quantity"], **bound}
    for sentence in summary["undecided"]:
        yield {"part": "undecided", "text": sentence}


CHECK_COLUMNS = (
    *("part", "name", "status", "claims", "assumptions", "origins", "margin"),
    *("low", "high", "text"),
)


HEADINGS = {
    "status": "STATUS",
    "silent": "SILENT CHANGES  another figure under the same date",
    "figure": "FIGURES CHANGED",
    "claim": "CLAIMS that came, went or changed",
    "word": "WORDS",
    "reading": "READINGS",
    "source": "SOURCES",
    "account": "ACCOUNTS",
    "assumption": "ASSUMPTIONS",
    "conflict": "CONFLICTS",
    "flag": "FLAGS",
    "bound": "BOUNDS",
}


def diff_table(frame: pd.DataFrame, pair: tuple[Dossier, Dossier], paint: Paint) -> Iterator[str]:
    """Yield the lines of a comparison, kind by kind, what weighs most first."""
    old, new = pair
    yield from wrapped(f"{old.name} → {new.name}")
    if frame.empty:
        yield "nothing moved: the tables say the same"
        return
    for kind, rows in frame.groupby("kind", sort=False):
        yield ""
        yield paint(HEADINGS[str(kind)], bold=True)
        for row in tuples_of(rows):
            yield from _change(row)


def _change(row: Any) -> Iterator[str]:
    if row.before and row.after:
        yield from wrapped(f"~ {row.what}", indent="    ", first="  ")
        yield from wrapped(f"was {row.before}", indent="      ", first="    ")
        yield from wrapped(f"now {row.after}", indent="      ", first="    ")
    else:
        sign, said = ("+", row.after) if row.after else ("-", row.before)
        yield from wrapped(f"{sign} {row.what}: {said}", indent="    ", first="  ")
    if row.because:
        yield from wrapped(f"because: {row.because}", indent="      ", first="    ")


def verify_table(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of a look-up of quotes: those that are missing first, with what is near."""
    missing, whole = frame[~frame["found"]], partial(quoted, longest=None)
    yield f"{len(frame) - len(missing)} of {count(len(frame), 'quote')} found word for word"
    for row in tuples_of(missing):
        yield ""
        yield from wrapped(f"{row.claim}: {whole(row.quote)}", indent="      ", first="  ✗ ")
        if row.nearest:
            yield from wrapped(f"nearest: {whole(row.nearest)}", indent="      ", first="    ")
        yield from wrapped(row.note, indent="    ")
    for row in tuples_of(frame[frame["found"]]):
        said = f"{row.claim}: {whole(row.quote)}" + (f" ({row.note})" if row.note else "")
        yield from wrapped(said, indent="      ", first="  ✓ ")
