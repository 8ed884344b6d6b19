"""All that a check found, in lines of at most 80 columns: `check --full`, and one sum of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import pandas as pd

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.terminal import WIDTH, wrapped
from bakhmut.base.words import bound, count, off_by
from bakhmut.cli.console import Unusable
from bakhmut.cli.shown.first import Numbered, by_status, numbered
from bakhmut.cli.shown.screens import COLOURS, Paint
from bakhmut.consistency.arranged import certain_bounds
from bakhmut.dossier.derived import set_aside
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.proving.proofs import OTHERWISE
from bakhmut.engine.status import STATUS, STATUSES, worst
from bakhmut.findings.answers import what_gives
from bakhmut.findings.flags import SEVERITIES
from bakhmut.findings.next_row import names_to_ask_about
from bakhmut.findings.summary import Outcome
from bakhmut.findings.unconfirmed import leaning_on_the_article, unconfirmed
from bakhmut.report.record import dissolves

MOST_PROOFS = 20
MOST_GROUPS = 5
MOST_BOUNDS = 12
MOST_GROUPS = 5
SIGNS = {"serious": "!!", "caution": "! ", "note": "  "}


def full_table(outcomes: Sequence[Outcome], paint: Paint) -> Iterator[str]:
    """Yield the lines of a check: status first, conflicts with proofs, flags by severity.

    Parameters
    ----------
    outcomes
        One for each text, or one for all together.
    paint
        `click.style` or the like: (text, fg=, bold=) -> text.
    """
    every = numbered(outcomes, proven=True)
    if len(outcomes) == 1:
        yield from _one(outcomes[0], every, paint)
        return
    status = worst(outcome.check.status for outcome in outcomes)
    yield from _status(status, f"{len(outcomes)} texts, each checked by itself", paint)
    at_odds = [one for one in outcomes if one.check.status != "consistent"]
    at_odds.sort(key=lambda one: STATUSES.index(one.check.status))
    for outcome in at_odds:
        said = f"{outcome.dossier.name}: {STATUS[outcome.check.status].heading}"
        yield from wrapped(said, indent="    ", first="  ")
    for outcome in at_odds:
        yield from ("", "=" * WIDTH)
        yield from _one(outcome, every, paint)
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


def proof(outcomes: Sequence[Outcome], number: int, paint: Paint) -> Iterator[str]:
    """Yield one conflict with its sum; the numbers are those of the first screen."""
    every = numbered(outcomes, proven=True)
    if not every:
        raise Unusable(f"--proof {number}: nothing is in conflict here, so there is no sum")
    if not 1 <= number <= len(every):
        raise Unusable(f"--proof {number}: is not a conflict; allowed: 1 to {len(every)}")
    one = every[number - 1]
    yield from _conflict(one.row, f"conflict {number} of {len(every)}", one.outcome, paint=paint)


def _one(outcome: Outcome, every: Sequence[Numbered], paint: Paint) -> Iterator[str]:
    check = outcome.check
    name = f"{outcome.dossier.name}, {count(len(outcome.dossier.claims), 'claim')}"
    yield from _status(check.status, name, paint)
    if check.readings_total > 1:
        yield from wrapped(
            f"{check.readings_consistent:,} of {check.readings_total:,} combinations of readings "
            "can hold by the definitions alone.",
            indent="  ",
        )
    aside = set_aside(outcome.dossier.claims)  # that is said of each of them
    left = [claim for claim in check.alone if claim not in aside]
    alone = f"Compared with no other figure: {listed(left)}." if left else ""
    asked = names_to_ask_about(outcome.dossier, check.alone)
    told = (alone, asked, leaning_on_the_article(outcome), *unconfirmed([outcome]))
    told += tuple(check.undecided)
    for sentence in filter(None, told):
        yield from wrapped(sentence, indent="  ")
    if sentences := what_gives(check, outcome.dossier):
        yield from ("", "WHAT GIVES  the figure that stands in most conflicts first")
        for sentence in sentences[:MOST_GROUPS]:
            yield from wrapped(sentence, indent="    ", first="  ")
    rows = [one for one in every if one.outcome is outcome]
    yield from ("", f"CONFLICTS  {by_status(one.row.status for one in rows) or 'none'}")
    for at, (number, row, _) in enumerate(rows, 1):
        title = f"conflict {number} of {len(every)}"
        if at <= MOST_PROOFS:
            yield ""
            yield from _conflict(row, title, outcome, paint=paint)
        else:
            said = f"{title}: {', '.join(row.claims)} ({STATUS[row.status].heading})"
            yield from wrapped(said, indent="    ", first="  ")
    if len(rows) > MOST_PROOFS:
        yield from wrapped("The proofs of all: --format json", indent="  ")
    yield from _flags(outcome, paint)
    yield from _bounds(outcome)


def _status(status: str, name: str, paint: Paint) -> Iterator[str]:
    word = paint(STATUS[status].heading, fg=COLOURS.get(status), bold=True)
    yield f"STATUS  {word}"
    yield from wrapped(f"{name}. {STATUS[status].sentence}", indent="  ")


def _counted(words: pd.Series, order: Iterable[str]) -> str:
    """Return "2 contradiction, 1 consistent" in the order given; "none" of nothing."""
    counts = words.value_counts()
    return ", ".join(f"{counts[word]} {word}" for word in order if counts.get(word)) or "none"


def _conflict(row: Any, title: str, outcome: Outcome, *, paint: Paint) -> Iterator[str]:
    yield f"  {title}: {paint(STATUS[row.status].heading, fg=COLOURS.get(row.status), bold=True)}"
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
    return f" (gone {', or '.join(ways)})" if ways else ""


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
    said = [
        f"{quoted(word)} is read as {' or '.join(map(quoted, readings))}"
        for word, readings in saving.items()
    ]
    if not said and any(holds):
        return f"several words are read together in one of {count(len(holds), 'way')}"
    return "; or ".join(said)


def _flags(outcome: Outcome, paint: Paint) -> Iterator[str]:
    flags = outcome.flags
    yield ""
    yield f"FLAGS  {_counted(flags['severity'], SEVERITIES)}"
    for row in tuples_of(flags):
        head = f"{SIGNS[row.severity]} {row.severity:<8}"
        yield f"  {paint(head, fg=COLOURS.get(row.severity))} {paint(row.flag, bold=True)}"
        yield from wrapped(row.because, indent="     ")
        yield from wrapped(f"[{', '.join(row.claims)}]", indent="     ")


def _bounds(outcome: Outcome) -> Iterator[str]:
    telling = certain_bounds(outcome.check)
    if not telling:
        return
    yield from ("", "BOUNDS  what the claims imply together, under every reading that holds")
    for row in telling[:MOST_BOUNDS]:
        said = f"{row.quantity}: {bound(row.kind, row.low, row.high)}"
        yield from wrapped(said, indent="    ", first="  ")
    if len(outcome.check.bounds) > min(len(telling), MOST_BOUNDS):
        yield from wrapped("More, reading by reading: --format csv or json", indent="  ")
