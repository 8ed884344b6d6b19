"""Flags on what a figure covers: place and time, stated or not, alike or not.

Each function takes the evidence and yields findings. The practice behind them: like is compared
with like (BBC Editorial Policy guidance *Reporting Statistics*), and recorders state place and
time of what they count (Every Casualty, *Standards for Casualty Recording*, 2016).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from bakhmut.base.sentences import listed, quoted
from bakhmut.dossier.changed.edits import Edit
from bakhmut.dossier.parsing.notation import period_in_words
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.dossier.parsing.rates import A_TIME, rate_before, rate_of
from bakhmut.findings.evidence import SAME_TIME, Evidence, Finding, Statement
from bakhmut.findings.rules.numbers import rounding


def scope_mismatch(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each ratio that is printed beside totals of another scope.

    Looks at a ratio of two sides and, in the same text, at counts of both sides whose place is
    another, or whose period begins at another time. Where the text has counts of the ratio's
    own scope for both sides, the reader has something to compare and nothing is flagged.
    Why: a city's ratio and a war's totals invite a division that proves nothing; only an
    assumption about the rest can link them. It is no contradiction.
    Practice: compare like with like (BBC, *Reporting Statistics*); recorders state place and
    time of what they count (*Standards for Casualty Recording*, 2016).
    """
    shelves = _shelves(evidence)
    for group in evidence.groups:
        ratios = [s for s in group if s.kind == "ratio" and s.measure]
        if not ratios or not evidence.opposed(ratios[0].side, ratios[0].per_side):
            continue
        ratio = ratios[0]
        beside = [shelves[ratio.text, side] for side in (ratio.side, ratio.per_side)]
        alike = [[counts for key, counts in s.items() if _same_scope(ratio, key)] for s in beside]
        others = [[counts for key, counts in s.items() if _other_scope(ratio, key)] for s in beside]
        if all(others) and not all(alike):
            totals = [min((_nearest(ratio, counts) for counts in side), key=_apart(ratio))
                      for side in others]  # fmt: skip
            yield _mismatch(evidence, ratios, totals)


Scope = tuple[str, pd.Timestamp]
Shelf = dict[Scope, list[Statement]]


def _shelves(evidence: Evidence) -> Mapping[tuple[str, str], Shelf]:
    """Return the counts by text and side, then by place and start, each list in order of time."""
    shelves: dict[tuple[str, str], Shelf] = defaultdict(dict)
    for s in sorted(evidence, key=_day):
        if s.kind == "count" and s.has_number:
            shelves[s.text, s.side].setdefault((s.place, s.start), []).append(s)
    return shelves


def _same_scope(ratio: Statement, scope: Scope) -> bool:
    return ratio.place == scope[0] and not _starts_apart(ratio, scope)


def _other_scope(ratio: Statement, scope: Scope) -> bool:
    return ratio.place != scope[0] or _starts_apart(ratio, scope)


def _starts_apart(ratio: Statement, scope: Scope) -> bool:
    if pd.isna(ratio.start) or pd.isna(scope[1]):
        return False
    return abs(ratio.start - scope[1]) > SAME_TIME


def _nearest(ratio: Statement, counts: list[Statement]) -> Statement:
    """Return the count nearest in time, of a list in order of time."""
    at = bisect_left(counts, _day(ratio), key=_day)
    return min(counts[max(0, at - 1) : at + 1], key=_apart(ratio))


def _apart(one: Statement) -> Callable[[Statement], int]:
    """Return how to tell the days between a statement and another; unknown dates come last."""
    return lambda other: abs(_day(one) - _day(other))


def _day(statement: Statement) -> int:
    return 0 if pd.isna(statement.as_of) else statement.as_of.toordinal()


def _mismatch(evidence: Evidence, ratios: list[Statement], totals: list[Statement]) -> Finding:
    ratio, whole = ratios[0], totals[0].place
    part = f", a part of {whole}" if evidence.within("place", ratio.place, whole) else ""
    return Finding(
        "scope-mismatch",
        tuple(s.claim for s in [*ratios, *totals]),
        f"{ratio.said} is about {_scope(ratio)}{part if ratio.place != whole else ''}; "
        f"{listed(f'{t.said} about {_scope(t)}' for t in totals)}. They cannot be "
        "compared without an assumption about the rest; a difference is no contradiction.",
        (Edit("without the totals", without=tuple(t.claim for t in totals)),),
    )


def _scope(statement: Statement) -> str:
    place = statement.place or "a place not stated"
    return f"{place} ({statement.period})" if statement.period else place


def unstated_period(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each voice whose figure covers a time that is not stated.

    Looks at `period` of figures with a number (and of the statements that restate them), not of
    a draft that nobody has confirmed.
    Why: five to one over a week and over nine months are different claims; no other figure can
    be set against one without its time.
    Practice: date or time is part of the least that recorders collect (*Standards for Casualty
    Recording*, 2016).
    """
    widest = _widest_periods(evidence)
    for group in evidence.groups:
        silent = [s for s in group if s.has_number and not s.period]
        if not silent or len(silent) < sum(s.has_number for s in group):
            continue
        if any(evidence.is_unread(s.claim, "period") for s in silent):
            continue
        period = widest.get(silent[0].text, "")
        cells = {"period": period} | ({"per_period": period} if silent[0].kind == "ratio" else {})
        yield Finding(
            "unstated-period",
            tuple(s.claim for s in silent),
            f"{listed(s.said for s in silent)} "
            f"{'gives' if len(silent) == 1 else 'give'} no period: a week, a month, or the whole "
            f"time{' in ' + silent[0].place if silent[0].place else ''}.",
            (Edit(f"with the period {period}", {s.claim: cells for s in silent}),)
            if period
            else (),
        )


def rate_as_total(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each count that its quote gives a day, and its period as a total.

    Looks at the words behind and before the number in the quote ("150 to 300 a day"), and at a
    `period` that does not say so ("2023-02" in place of "a day in 2023-02").
    Why: 150 a day in February are 4,200 in the month; set beside a total of the month the two
    collide, or agree, by nothing that was said.
    Practice: like is compared with like (BBC, *Reporting Statistics*).
    """
    for s in evidence:
        if s.kind != "count" or not s.has_number or not s.period or A_TIME.search(s.period):
            continue
        if rate := _rate_in(s):
            when = _DATE.sub(_spelled, period_in_words(s.period))
            period = f"{rate} in {when}"  # a name, and no date of the time line
            yield Finding(
                "rate-as-total",
                (s.claim,),
                f"{s.said} counts {s.figure} {rate}; the row has it as a total of {when}.",
                (Edit(f"with the period {quoted(period)}", {s.claim: {"period": period}}),),
            )


_DATE = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def _spelled(date: re.Match[str]) -> str:
    """Return a date in words, which is a name: `14 February 2023`."""
    year, month, day = date.groups()
    return " ".join(filter(None, [(day or "").lstrip("0"), _MONTHS[int(month) - 1], year]))


def _rate_in(statement: Statement) -> str:
    """Return of what length of time a quote gives its number, "a day", "" for none."""
    low, high = (number_in(statement.quote, (end, "")) for end in statement.printed)
    ends = [found for found in (low, high) if found]
    if not ends:
        return ""
    before = rate_before(statement.quote, 0, ends[0].start())
    words = before or rate_of(statement.quote, ends[-1].end())
    told = A_TIME.search(words[0]) if words else None
    return told[0].lower() if told else ""


def _widest_periods(evidence: Evidence) -> dict[str, str]:
    """Return for each text the longest dated period that one of its figures covers."""
    longest: dict[str, tuple[pd.Timedelta, str]] = {}
    for statement in evidence:
        if pd.isna(statement.start) or pd.isna(statement.end):
            continue
        length = statement.end - statement.start
        if statement.text not in longest or length > longest[statement.text][0]:
            longest[statement.text] = length, statement.period
    return {text: period for text, (_, period) in longest.items()}


def stale(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each pair of totals set side by side of which one is older.

    Looks at counts of two sides that a reader would divide: same text, place and start. Their
    dates are those of the period's end or of the publication, whichever is earlier; a date known
    only to the month may be its first day. Fires where the dates are more than 7 days apart
    *and* a total that grows at an even pace would have moved by more than the coarser of the two
    figures is rounded.
    Why: a total of last month beside one of today makes the older side's look smaller.
    Practice: like with like, in time too (BBC, *Reporting Statistics*).
    """
    for one, other in evidence.side_by_side:
        older, newer = sorted((one, other), key=lambda s: s.earliest)
        if pd.isna(older.earliest) or pd.isna(newer.as_of):
            continue
        gap = newer.as_of - older.earliest
        grown = _growth(older, newer, gap)
        coarsest = max(rounding(older), rounding(newer))
        if gap <= SAME_TIME or (grown is not None and grown <= coarsest):
            continue
        yield _stale(older, newer, gap.days, grown)


def _stale(older: Statement, newer: Statement, days: int, grown: float | None) -> Finding:
    pace = "" if grown is None else f"; at an even pace a total grows by {grown:.0%} in that time"
    hedged = [h for h in older.hedges if h != "exact"]
    hedge = f" It is hedged besides: {listed(quoted(h) for h in hedged)}." if hedged else ""
    period = f"{older.start.date()}/{newer.as_of.date()}" if not pd.isna(older.start) else ""
    up_to = "up to " if older.earliest != older.as_of else ""
    return Finding(
        "stale",
        (newer.claim, older.claim),
        f"{older.said} is {up_to}{days} days older than {newer.said}, beside "
        f"which it stands{pace}.{hedge}",
        (Edit("as if both were of the later date", {older.claim: {"period": period}}),)
        if period
        else (),
    )


def _growth(older: Statement, newer: Statement, gap: pd.Timedelta) -> float | None:
    """Return the share by which a total since `start` grows in `gap` at an even pace."""
    if pd.isna(older.start) or newer.as_of <= older.start:
        return None
    return gap / max(newer.as_of - older.start - gap, pd.Timedelta(days=1))
