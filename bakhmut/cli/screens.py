"""What the verbs of the command line show: lines of at most 80 columns, rows for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import pandas as pd

from bakhmut.base.sentences import interval, quoted
from bakhmut.base.terminal import WIDTH, wrapped
from bakhmut.base.words import count
from bakhmut.dossier.claims import Dossier
from bakhmut.engine.proofs import OTHERWISE
from bakhmut.engine.status import STATUS, STATUSES, worst
from bakhmut.findings.flags import SEVERITIES
from bakhmut.findings.summary import Outcome
from bakhmut.report.beside import Beside
from bakhmut.report.record import compared_with_none, dissolves, leaning_on_the_article, off_by

MOST_PROOFS = 20
MOST_BOUNDS = 12
MOST_FALLS = 5
Paint = Callable[..., str]

STATUS_WORDS = {
    "contradiction": "some figures cannot all be true as worded, however the words are read",
    "contradiction-in-some-readings": "some readings of the words hold together, others do not",
    "conflicts-with-assumption": "the figures hold together only if an assumption gives way",
    "consistent": "the figures can hold together; this says nothing of whether they are right",
    "not-checkable": "something needed to compare the figures is not stated",
    "undecided": "a limit was reached before an answer",
}
COLOURS = {name: status.colour or None for name, status in STATUS.items()} | {
    "serious": "red",
    "caution": "yellow",
}
SIGNS = {"serious": "!!", "caution": "! ", "note": "  "}


def check_table(outcomes: Sequence[Outcome], paint: Paint) -> Iterator[str]:
    """Yield the lines of a check: status first, conflicts with proofs, flags by severity.

    Parameters
    ----------
    outcomes
        One for each text, or one for all together.
    paint
        `click.style` or the like: (text, fg=, bold=) -> text.
    """
    if len(outcomes) == 1:
        yield from _one(outcomes[0], paint)
        return
    status = worst(outcome.check.status for outcome in outcomes)
    yield from _status(status, f"{len(outcomes)} texts, each checked by itself", paint)
    at_odds = [one for one in outcomes if one.check.status != "consistent"]
    at_odds.sort(key=lambda one: STATUSES.index(one.check.status))
    for outcome in at_odds:
        said = f"{outcome.dossier.name}: {outcome.check.status}"
        yield from wrapped(said, indent="    ", first="  ")
    for outcome in at_odds:
        yield from ("", "=" * WIDTH)
        yield from _one(outcome, paint)
    yield from _consistent([one for one in outcomes if one.check.status == "consistent"], paint)


def _consistent(outcomes: Sequence[Outcome], paint: Paint) -> Iterator[str]:
    """Yield what is to be said of texts without a conflict: a line each, with their flags."""
    if not outcomes:
        return
    yield from ("", "=" * WIDTH)
    yield from _status("consistent", count(len(outcomes), "text"), paint)
    for outcome in outcomes:
        names = outcome.flags.groupby("severity", sort=False, observed=True)["flag"].unique()
        told = [f"{word} {', '.join(names[word])}" for word in SEVERITIES if word in names]
        said = f"{outcome.dossier.name}: {'; '.join(told) or 'no flag'}"
        yield from wrapped(said, indent="    ", first="  ")
    yield from wrapped("Each flag with its reason: --format csv or json", indent="  ")


def beside_table(beside: Beside) -> Iterator[str]:
    """Yield the lines that set the claims beside the daily bulletins."""
    yield "BULLETINS"
    told = [beside.extent, *beside.claims["because"], *beside.falls["because"].head(MOST_FALLS)]
    for sentence in told:
        yield from wrapped(sentence, indent="    ", first="  ")
    if len(beside.falls) > MOST_FALLS:
        yield f"  and {count(len(beside.falls) - MOST_FALLS, 'more fall')}"
    yield ""


def _one(outcome: Outcome, paint: Paint) -> Iterator[str]:
    check = outcome.check
    name = f"{outcome.dossier.name}, {count(len(outcome.dossier.claims), 'claim')}"
    yield from _status(check.status, name, paint)
    if check.readings_total > 1:
        yield from wrapped(
            f"{check.readings_consistent:,} of {check.readings_total:,} combinations of readings "
            "can hold by the definitions alone.",
            indent="  ",
        )
    if check.alone:
        said = compared_with_none(outcome.dossier, check.alone, named=check.alone)
        yield from wrapped(said, indent="  ")
    for sentence in filter(None, (leaning_on_the_article(outcome), *check.undecided)):
        yield from wrapped(sentence, indent="  ")
    rows = list(check.conflicts.itertuples(index=False))
    yield from ("", f"CONFLICTS  {_counted(check.conflicts['status'], STATUSES)}")
    for at, row in enumerate(rows, 1):
        title = f"conflict {at} of {len(rows)}"
        if at <= MOST_PROOFS:
            yield ""
            yield from _conflict(row, title, outcome, paint=paint)
        else:
            said = f"{title}: {', '.join(row.claims)} ({row.status})"
            yield from wrapped(said, indent="    ", first="  ")
    if len(rows) > MOST_PROOFS:
        yield from wrapped("The proofs of all: --format json", indent="  ")
    yield from _flags(outcome, paint)
    yield from _bounds(outcome)


def updates_table(changes: pd.DataFrame) -> Iterator[str]:
    """Yield a line for each cell that stands in place of a printed one."""
    yield "NEWER FIGURES"
    for row in changes.itertuples(index=False):
        said = f"{row.claim}, {row.field}: {row.after or 'open'} in place of {row.before or 'open'}"
        yield from wrapped(said, indent="    ", first="  ")
    yield ""


def _status(status: str, name: str, paint: Paint) -> Iterator[str]:
    word = paint(status, fg=COLOURS.get(status), bold=True)
    yield f"STATUS  {word}"
    yield from wrapped(f"{name}: {STATUS_WORDS[status]}.", indent="  ")


def _counted(words: pd.Series, order: Iterable[str]) -> str:
    """Return "2 contradiction, 1 consistent" in the order given; "none" of nothing."""
    counts = words.value_counts()
    return ", ".join(f"{counts[word]} {word}" for word in order if counts.get(word)) or "none"


def _conflict(row: Any, title: str, outcome: Outcome, *, paint: Paint) -> Iterator[str]:
    yield f"  {title}: {paint(row.status, fg=COLOURS.get(row.status), bold=True)}"
    yield from wrapped(row.because, indent="  ")
    quotes = outcome.dossier.claims.set_index("claim")["quote"]
    for claim in row.claims:
        said = f"{claim}: {quoted(quotes[claim])}" if quotes[claim] else claim
        yield from wrapped(said, indent="      ", first="    ")
    for name in row.assumptions:
        said = f"assumed: {name}{_gives_way(name, row.thresholds)}"
        yield from wrapped(said, indent="      ", first="    ")
    if saved := saved_by(row.readings_fail, row.readings_hold):
        yield from wrapped(f"holds where {saved}", indent="  ")
    if row.margin == row.margin:
        said = f"would hold if each figure were off by {off_by(row.margin)} towards the others"
        yield from wrapped(said, indent="  ")
    yield "  proof"
    first = list(takewhile(lambda line: line != OTHERWISE, row.proof))
    for line in first:
        yield from wrapped(line, indent="      ", first="    ")
    if len(first) < len(row.proof):
        yield from wrapped("Other readings: --format json has their sums.", indent="    ")


def _gives_way(name: str, thresholds: Iterable[Mapping[str, Any]]) -> str:
    """Return how far an assumption would have to give for a conflict to dissolve."""
    ways = [dissolves(one) for one in thresholds if one["assumption"] == name]
    return f" (dissolves {', or '.join(ways)})" if ways else ""


def saved_by(fails: Sequence[Mapping[str, str]], holds: Sequence[Mapping[str, str]]) -> str:
    """Return which single readings keep some claims out of conflict, or that it takes several.

    >>> saved_by([{"lost": "killed"}], [{"lost": "casualties"}])
    '“lost” is read as “casualties”'
    """
    failing = {(word, reading) for world in fails for word, reading in world.items()}
    saving: dict[str, dict[str, None]] = {}
    for world in holds:
        for word, reading in world.items():
            if (word, reading) not in failing:
                saving.setdefault(word, {})[reading] = None
    said = [f"“{w}” is read as “{'” or “'.join(readings)}”" for w, readings in saving.items()]
    if not said and any(holds):
        return f"several words are read together in one of {count(len(holds), 'way')}"
    return "; or ".join(said)


def _flags(outcome: Outcome, paint: Paint) -> Iterator[str]:
    flags = outcome.flags
    yield ""
    yield f"FLAGS  {_counted(flags['severity'], SEVERITIES)}"
    for row in flags.itertuples(index=False):
        head = f"{SIGNS[row.severity]} {row.severity:<8}"
        yield f"  {paint(head, fg=COLOURS.get(row.severity))} {paint(row.flag, bold=True)}"
        yield from wrapped(row.because, indent="     ")
        yield from wrapped(f"[{', '.join(row.claims)}]", indent="     ")


def _bounds(outcome: Outcome) -> Iterator[str]:
    bounds = outcome.check.bounds
    telling = [row for row in bounds.itertuples(index=False) if not row.reading]
    if not telling:
        return
    yield from ("", "BOUNDS  what the claims imply together, under every reading that holds")
    for row in telling[:MOST_BOUNDS]:
        said = f"{row.quantity}: {interval(row.low, row.high)}"
        yield from wrapped(said, indent="    ", first="  ")
    if len(bounds) > min(len(telling), MOST_BOUNDS):
        yield from wrapped("More, reading by reading: --format csv or json", indent="  ")


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
        for row in rows.itertuples(index=False):
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
    missing = frame[~frame["found"]]
    yield f"{len(frame) - len(missing)} of {count(len(frame), 'quote')} found word for word"
    for row in missing.itertuples(index=False):
        yield ""
        yield from wrapped(f"{row.claim}: “{row.quote}”", indent="      ", first="  ✗ ")
        if row.nearest:
            yield from wrapped(f"nearest: “{row.nearest}”", indent="      ", first="    ")
        yield from wrapped(row.note, indent="    ")
    for row in frame[frame["found"]].itertuples(index=False):
        said = f"{row.claim}: “{row.quote}”" + (f" ({row.note})" if row.note else "")
        yield from wrapped(said, indent="      ", first="  ✓ ")
