"""What else to know of a check: a bound that surprises, what was not compared, what was asked."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from bakhmut.base.sentences import with_article
from bakhmut.base.words import interval, number, percent
from bakhmut.consistency.arranged import certain_bounds
from bakhmut.consistency.verbs import Check, bound
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import set_aside
from bakhmut.dossier.doors.frames import rows_of, tuples_of
from bakhmut.dossier.tables import SCOPE
from bakhmut.findings.advice.to_print import MOST_NAMED, names_of
from bakhmut.findings.evidence import Evidence

if TYPE_CHECKING:
    from bakhmut.findings.summary import Outcome

HALVES = re.compile(r"( per | as a share of )")


def to_mind(outcome: Outcome, but: Collection[str] = ()) -> Iterator[str]:
    """Yield sentences on what else to know, that which matters most first.

    That figures were compared with no other is not said of those that are asked about (`but`).
    """
    yield from _surprise(outcome.evidence, outcome.check)
    yield from _not_compared(outcome.evidence, but)
    yield from _single_voice(outcome)


def _surprise(evidence: Evidence, check: Check) -> Iterator[str]:
    """Yield the implied bound that surprises most."""
    for cap in tuples_of(evidence.caps.head(1)):
        below = evidence.statements[cap.per_claim]
        alike = f"If all count {below.measure}" if below.measure else "If all count the same"
        most = below.low if below.low is not None else below.high
        if not math.isnan(cap.parity) and most:
            yield (
                f"{alike}, and {cap.side} had above {number(math.floor(cap.parity * most))} in "
                f"{cap.part} ({100 * cap.parity:.0f} %), it had more elsewhere than "
                f"{evidence.statements[cap.given].side}."
            )
        elif not math.isnan(cap.cap):
            yield (
                f"{alike}, {cap.part} is at most {number(cap.cap)} for {cap.side}, "
                f"{percent(cap.share)} of its total."
            )
        return
    yield from _implied(evidence, check)


def _implied(evidence: Evidence, check: Check) -> Iterator[str]:
    """Yield the tightest range that the figures imply together and none of them prints."""
    ends = [end for s in evidence for end in (s.low, s.high)]
    ends += evidence.dossier.claims[["low_value", "high_value"]].to_numpy().ravel().tolist()
    printed = [float(end) for end in ends if end is not None]
    told = [
        row
        for row in certain_bounds(check)
        if row.low > 0 and row.high == row.high
        if not any(row.low <= end <= row.high for end in printed)
        if not _of_two_times(row)  # the same counted to another day
        if row.kind != "count" or row.low < row.high  # a plain sum is no news
    ]
    for row in sorted(told, key=lambda row: row.high / row.low)[:1]:
        yield f"Together they imply {_told(row, check.bounds['quantity'])}."


def _of_two_times(row: Any) -> bool:
    """Return whether a ratio is of one thing over two times."""
    halves = HALVES.split(row.quantity)[::2]
    return len(halves) == 2 and halves[0].split(", ")[:-1] == halves[1].split(", ")[:-1]


def _told(row: Any, every: Sequence[str]) -> str:
    """Return an implied range: what it is of, without what all have in common, and its ends."""
    scopes = [half.split(", ") for quantity in every for half in HALVES.split(quantity)[::2]]
    common = set.intersection(*map(set, scopes)) if len(scopes) > 1 else set()
    top, *below = HALVES.split(row.quantity)
    first = [part for part in top.split(", ") if part not in common]
    said = ", ".join(first) or top
    if below:
        joint, bottom = below
        rest = [part for part in bottom.split(", ") if part not in common and part not in first]
        said += f"{joint}{', '.join(rest) or bottom}"
    ends = [100 * row.low, 100 * row.high] if row.kind == "share" else [row.low, row.high]
    return f"{said}: {interval(*ends)}{' %' if row.kind == 'share' else ''}"


def _not_compared(evidence: Evidence, but: Collection[str]) -> Iterator[str]:
    """Yield which figures were compared with no other."""
    aside = set_aside(evidence.dossier.claims)  # that is said of each of them
    figures = (s.claim for s in evidence if s.has_number and s.claim not in evidence.linked)
    left = [claim for claim in figures if claim not in aside and claim not in but]
    other = "other " if but else ""
    if len(left) > MOST_NAMED:
        yield f"{len(left)} {other}figures were compared with none."
    elif left:
        yield f"Compared with no other figure: {names_of(evidence, left)}."


def _single_voice(outcome: Outcome) -> Iterator[str]:
    """Yield how many statements are one voice, where several are."""
    found = outcome.flags[outcome.flags["flag"].eq("single-origin")]
    claims = outcome.dossier.claims
    origins = dict(zip(claims["claim"], claims["origin"], strict=True))
    for alike in sorted(found["claims"], key=len, reverse=True)[:1]:
        voice = with_article(origins.get(alike[0]) or "the text")
        yield f"{len(alike)} statements come from one voice: {voice}."


def implied_for(dossier: Dossier) -> Iterator[str]:
    """Yield what the others imply for a row with neither quote nor number: the coder's question."""
    claims = rows_of(dossier.claims)
    asked = (row for row in claims if not (row["quote"] or row["low"] or row["high"]))
    for row in islice(asked, MOST_NAMED):
        per = {name: row[f"per_{name}"] for name in SCOPE} if row["kind"] == "ratio" else None
        found = bound(dossier, **{name: row[name] for name in SCOPE}, per=per)
        every = found[found["reading"].map(len).eq(0)]
        for one in tuples_of(every.head(1)):
            said = ", ".join(filter(None, [row["side"], row["measure"], _place(row, dossier)]))
            yield f"Implied for {said}{_per(row)}: {interval(one.low, one.high)}."


def _place(row: Mapping[str, str], dossier: Dossier) -> str:
    """Return the place of a claim where the dossier has several."""
    several = len(set(dossier.claims["place"]) - {""}) > 1
    return row["place"] if several else ""


def _per(row: Mapping[str, str]) -> str:
    below = ", ".join(filter(None, [row["per_side"], row["per_measure"]]))
    return f" per {below}" if below else ""
