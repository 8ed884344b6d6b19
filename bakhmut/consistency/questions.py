"""The coder's questions: rows without quote and number, and what the others imply for them."""

from __future__ import annotations

import pandas as pd

from bakhmut.base.words import percent, span
from bakhmut.consistency.case import Case, nogoods_of
from bakhmut.dossier.tables import SCOPE
from bakhmut.engine.bounds import Bounded, bound_quantities, quantities_of
from bakhmut.meaning.readings import Unit

ASKED = ["claim", "quantity", "low", "high", "low_exact", "high_exact", "said"]


def answers_to(case: Case, claims: list[Unit]) -> pd.DataFrame:
    """Return what the claims imply for each question: a row with neither quote nor number.

    Returns
    -------
    DataFrame
        `claim`, `quantity` (its scope in words), `low`, `high` (float, NaN = open), `low_exact`,
        `high_exact` (fractions as text), `said` (a sentence), over all readings that can hold.
    """
    table = case.dossier.claims
    asked = table[table[["quote", "low", "high"]].eq("").all(axis=1)]
    nogoods = nogoods_of(case)
    rows = []
    for row in asked.itertuples(index=False):
        top = {d: getattr(row, d) for d in SCOPE}
        per = {d: getattr(row, f"per_{d}") for d in SCOPE}
        wanted = quantities_of(
            case.words, top, per if any(per.values()) else None, widest=case.widest
        )
        bounded = bound_quantities(
            claims, case.words, wanted, widest=case.widest, link=True, nogoods=nogoods
        )
        rows += [_answer(case, row.claim, one) for one in bounded if not one.reading]
    return pd.DataFrame(rows, columns=ASKED)


def _answer(case: Case, claim: str, one: Bounded) -> list:
    quantity = case.wording.scope(one.quantity.top)
    share = one.quantity.bottom is not None
    if one.quantity.bottom is not None:
        quantity = f"{quantity} per {case.wording.scope(one.quantity.bottom)}"
    low, high = (None if end is None else float(end) for end in one.span)
    least, most = (float("nan") if end is None else end for end in (low, high))
    words = span(least, most)
    if share and high is not None and high <= 1:
        words = f"{percent(least)} to {percent(most)}"
    if low is None or (low == 0 and high is None):
        words = "anything: no figure bounds it" if high is None else words
    said = f"What the figures leave for {quantity}: {words}."
    exact = ["" if end is None else str(end) for end in one.span]
    return [claim, quantity, least, most, *exact, said]
