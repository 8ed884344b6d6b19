"""What is worth a word and is no conflict: slips of the last digit, figures compared with none.

In: a decided `Case`. Out: notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from bakhmut.base.sentences import listed_figures, quoted
from bakhmut.base.words import bound, number
from bakhmut.consistency.case import Case, alone
from bakhmut.consistency.deciding import verdicts_on
from bakhmut.consistency.explain import by_itself, certificate_of
from bakhmut.consistency.usual import usual_status
from bakhmut.dossier.derived import STANDINGS, set_aside
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import claim_in_words
from bakhmut.engine.proving.margins import margin
from bakhmut.engine.status import BY_DEFINITION, STATUS
from bakhmut.engine.verdicts import Conflict
from bakhmut.meaning.readings import Premise, as_printed, kind_of

MOST_SLIPS = 200
NOTE_COLUMNS = ["note", "claims", "because", "margin", "apart"]
_NONE = float("nan")


class Slip(NamedTuple):
    """Claims that only their last digit keeps apart, and how far."""

    conflict: Conflict
    margin: float
    apart: float


def slips_of(case: Case) -> list[Slip]:
    """Return what would conflict if figures were exact to the last digit printed.

    Counts are taken as printed beside quotients as rounded (203 of 325 *are* 62.46 %), and
    quotients as printed among themselves.
    """
    linked = {u.name for v in case.verdicts if len(v.premises) > 1 for u in v.premises}
    claims = [premise for premise in case.claims if premise.name in linked]
    counts = [as_printed(premise) if _is(premise, "count") else premise for premise in claims]
    shares = [premise for premise in claims if _is(premise, "ratio")]
    known = [conflict.premises for conflict in case.conflicts]
    found = _fresh(case, counts, known=known) if counts != claims else []
    exact = [as_printed(premise) for premise in shares]
    if len(shares) > 1 and exact != shares:
        found += _fresh(case, exact, known=[*known, *(c.premises for c in found)])
    found.sort(key=lambda c: (len(c.premises), [case.place[n] for n in sorted(c.premises)]))
    slips: list[Slip] = []
    for slip in filter(None, (_measured(case, conflict) for conflict in found)):
        # The same slip, seen through other rows of a table, is one.
        if not any(_is_seen(slip, known) for known in slips):
            slips.append(slip)
    return slips


def _is_seen(slip: Slip, known: Slip) -> bool:
    same = (str(slip.apart), slip.margin) == (str(known.apart), known.margin)
    return same and not slip.conflict.premises.isdisjoint(known.conflict.premises)


def _is(premise: Premise, kind: str) -> bool:
    return all(kind_of(one) == kind for one in premise.readings)


def _fresh(
    case: Case, premises: list[Premise], *, known: Iterable[frozenset[str]]
) -> list[Conflict]:
    """Return the contradictions among premises that hold no known conflict."""
    verdicts, _ = verdicts_on(
        premises, case.interpretation.vocabulary, widest=case.interpretation.widest, most=MOST_SLIPS
    )
    known = list(known)
    return [
        conflict
        for verdict in verdicts
        for conflict in verdict.conflicts
        if conflict.status in BY_DEFINITION and not any(own <= conflict.premises for own in known)
    ]


def _measured(case: Case, conflict: Conflict) -> Slip | None:
    core = conflict.cores[0]
    found = by_itself(case, core, stated=not conflict.missing)
    if found is None:
        return None
    share, apart = margin(found[0]), certificate_of(*found, core).apart()
    return Slip(
        conflict, _NONE if share is None else float(share), _NONE if apart is None else float(apart)
    )


def notes_of(case: Case, slips: Iterable[Slip]) -> pd.DataFrame:
    """Return the notes on a dossier, one row each.

    Returns
    -------
    DataFrame
        `note` ("slip": only the last digit keeps the claims apart; "usual": the status as words are
        usually read; "standing": what was taken back; "not-compared": nothing links the claims to
        another), `claims`, `because` (a sentence), `margin` and `apart` of a slip as in
        `find_conflicts` (NaN otherwise).
    """
    table = case.interpretation.dossier.claims
    rows: list[list] = []
    for slip in slips:
        claims = tuple(sorted(slip.conflict.premises, key=case.place.__getitem__))
        rows.append(["slip", claims, _rounded_apart(case, slip, claims), slip.margin, slip.apart])
    if usual := usual_status(case):
        because = f"As its words are usually read: {STATUS[usual].sentence}"
        rows.append(["usual", (), because, _NONE, _NONE])
    taken_back = table[table["standing"].ne("")]
    for row in tuples_of(taken_back):
        quote = quoted(row.quote) if row.quote else row.claim
        said = STANDINGS[row.standing]
        because = f"{quote} {said} and is compared with no other; --all compares it."
        rows.append(["standing", (row.claim,), because, _NONE, _NONE])
    aside = set_aside(table)
    left = tuple(claim for claim in alone(case) if claim not in aside)
    if left:
        rows.append(["not-compared", left, _not_compared(case, left), _NONE, _NONE])
    return pd.DataFrame(rows, columns=NOTE_COLUMNS)


def _rounded_apart(case: Case, slip: Slip, claims: tuple[str, ...]) -> str:
    """Return how far figures are apart, and what the one rounded most may stand for."""
    rows = case.interpretation.dossier.claims.set_index("claim").loc[list(claims)]
    said = [
        (quoted(row.quote) if row.quote else row.Index, (row.low, row.high))
        for row in rows.itertuples()
    ]
    size = f"by {number(slip.apart)} " if slip.apart == slip.apart else ""
    rounded = [
        (one.high - one.low, premise.name, float(one.low), float(one.high), one.is_share)
        for premise in case.claims
        for one in premise.readings
        if premise.name in claims and one.is_rounded
    ]
    _, coarsest, low, high, is_share = max(rounded, key=itemgetter(0))
    return (
        f"{listed_figures(said)} miss each other {size}({slip.margin:.2%} of each figure), which "
        f"rounding to the digits printed explains: {claim_in_words(rows.loc[coarsest])} stands for "
        f"{bound('share' if is_share else 'count', low, high)}."
    )


def _not_compared(case: Case, left: tuple[str, ...]) -> str:
    """Return how many figures nothing was compared with."""
    total = sum(premise.has_number for premise in case.claims)
    figures = "figure was" if len(left) == 1 else "figures were"
    return f"{len(left)} of {total} {figures} compared with no other: {', '.join(left)}."
