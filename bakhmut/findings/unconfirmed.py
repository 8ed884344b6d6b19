"""What nobody has confirmed for a text: a draft's open cells, the article's assumptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bakhmut.base.sentences import first_words, listed
from bakhmut.base.words import count
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import is_confirmed, stated
from bakhmut.dossier.doors.frames import rows_of, tuples_of
from bakhmut.findings.advice.alike import is_far

if TYPE_CHECKING:
    import pandas as pd

    from bakhmut.consistency.verbs import Check
    from bakhmut.findings.summary import Outcome

_OPEN = ("blank", "carried", "inferred")


def open_cells(dossier: Dossier) -> dict[str, str]:
    """Return for each drafted claim what of it no words beside the figure say, in words.

    A cell is left out once it was confirmed, or where the table has another value than was
    drafted: then somebody wrote it. Claims without such a cell are left out, too.
    """
    if dossier.evidence.empty:
        return {}
    claims = {row["claim"]: row for row in rows_of(dossier.claims)}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in tuples_of(dossier.evidence):
        claim = claims.get(row.claim)
        if claim is None or row.sure not in _OPEN or is_confirmed(row.confirmed):
            continue
        if row.field in claim and claim[row.field] == row.value:
            named = str(row.field).replace("per_", "per ")
            value = stated(claim[row.field])
            found[row.claim][f"{named}: {value}?" if value else f"no {named}"] = None
    return {claim: ", ".join(told) for claim, told in found.items()}


def open_conflicts(dossier: Dossier, check: Check) -> tuple[bool, pd.Series]:
    """Return whether a dossier is a draft with open cells, and which conflicts rest on one."""
    cells = open_cells(dossier)
    rests = check.sets["claims"].map(lambda claims: not cells.keys().isdisjoint(claims))
    return bool(cells), rests.astype(bool)


def unconfirmed(outcomes: Iterable[Outcome]) -> list[str]:
    """Return a sentence on the draft, and one on the figures that some conflict rests on.

    Nothing where the dossier was not drafted, or all of it was confirmed.
    """
    figures, open_, conflicts, resting, first = 0, 0, 0, 0, {}
    for outcome in outcomes:
        cells = open_cells(outcome.dossier)
        quotes = dict(
            zip(*(outcome.dossier.claims[name] for name in ("claim", "quote")), strict=True)
        )
        figures += len(outcome.dossier.claims)
        open_ += len(cells)
        conflicts += len(outcome.check.sets)
        for row in tuples_of(outcome.check.sets):
            if told := [claim for claim in row.claims if claim in cells]:
                resting += 1
                if is_far(outcome.check, row):
                    continue  # what is far apart is hardly two counts of one thing
                said = {claim: first_words(quotes[claim] or claim) for claim in told}
                first |= {said[claim]: f"{said[claim]} ({cells[claim]})" for claim in told}
    if not open_:
        return []
    rests = _resting(resting, conflicts)
    sentences = [
        f"Drafted from a text: in {open_:,} of {count(figures, 'figure')} something was inferred "
        f"or not found, and nobody has confirmed it{rests}."
    ]
    return [*sentences, f"Confirm first: {listed(first.values())}."] if first else sentences


def _resting(resting: int, conflicts: int) -> str:
    """Say how many of the conflicts rest on what nobody has confirmed, where there is any."""
    if not conflicts:
        return ""
    if not resting:
        return "; no conflict rests on that"
    if resting < conflicts:
        return f"; {resting} of {count(conflicts, 'conflict')} rest{'s' * (resting == 1)} on that"
    if conflicts == 1:
        return "; the conflict rests on that"
    return f"; all {count(conflicts, 'conflict')} rest on that"


def leaning_on_the_article(outcome: Outcome) -> str:
    """Return that a conflict rests on an assumption that was made for the article, "" if none."""
    known = set(outcome.dossier.assumptions["assumption"])
    used = {name for names in outcome.check.sets["assumptions"] for name in names} & known
    if not used or "assumptions" not in outcome.dossier.borrowed:
        return ""
    return (
        f"Some conflicts rest on {listed(sorted(used))}. There is no assumptions.csv here, so the "
        "shipped article's stand in; they were made for that text and may not fit this one."
    )
