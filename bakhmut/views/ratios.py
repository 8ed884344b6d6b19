"""Every ratio between two sides, reported or implied, beside one of them taken as the mark.

Three layers are kept apart and never joined: what somebody *reported* as a ratio; what follows
from *two counts* that one source gave for one measure, place and period; and published
*estimates*. Each row keeps its period and its measure: ratios of killed, of casualties and of the
undefined "lost" are not the same thing, nor are those of a city and of a war.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from bakhmut.base.words import span
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import roots
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.meaning.interpretation import interpret
from bakhmut.views.quotients import sides

REPORTED, COUNTED, ESTIMATED = "reported", "from two counts of one source", "published estimate"
SCOPE = ["place", "period", "measure"]
COLUMNS = [
    "claim", "layer", "who", "said", *SCOPE, "per_measure", "low", "high", "point", "wordings",
]  # fmt: skip
NOT_STATED = "not stated"


def reported_ratios(dossier: Dossier) -> pd.DataFrame:
    """Return the ratios of the dossier's two sides as reported, restatements drawn together.

    Returns
    -------
    DataFrame
        `claim` (the first of a chain of restatements), `layer`, `who` (its origin), `said` (date),
        `place`, `period`, `measure`, `per_measure` (as printed, "not stated" where blank), `low`,
        `high` (ends over all readings and wordings, NaN = open), `point` (the number printed
        first, NaN where none), `wordings` (how many claims state it).
    """
    two = sides(dossier)
    claims = dossier.claims
    if two is None:
        return pd.DataFrame(columns=COLUMNS)
    own = claims["kind"].eq("ratio") & claims["side"].isin(two) & claims["per_side"].isin(two)
    own &= claims["side"].ne(claims["per_side"]) & claims["place"].eq(claims["per_place"])
    own &= claims[["low_value", "high_value"]].notna().any(axis=1)
    claims = claims[own].copy()
    claims["root"] = claims["claim"].map(roots(dossier.claims))
    ends = claim_ends(dossier)
    rows = []
    for root, stated in claims.groupby("root", sort=False):
        at_root = stated[stated["claim"].eq(root)]
        first = next(tuples_of(stated if at_root.empty else at_root))
        each = ends.loc[stated["claim"]]
        low, high = each["low"].min(skipna=False), each["high"].max(skipna=False)
        point = first.low_value if pd.notna(first.low_value) else first.high_value
        row: dict[str, object] = {"low": low, "high": high, "point": point}
        if first.side != two[0]:  # printed the other way round
            row = {"low": 1 / high if high else np.nan, "high": 1 / low if low else np.nan}
            row["point"] = 1 / point
        rows.append(_row(first, REPORTED, who=first.origin, wordings=len(stated)) | row)
    return pd.DataFrame(rows, columns=COLUMNS)


def claim_ends(dossier: Dossier) -> pd.DataFrame:
    """Return each claim's `low` and `high` as numbers, after its hedge, over all its readings.

    An end that one reading leaves open is open (NaN).
    """
    read = interpret(dossier).groupby("claim")
    low = read["low"].agg(lambda ends: ends.min(skipna=False))
    high = read["high"].agg(lambda ends: ends.max(skipna=False))
    return pd.DataFrame({"low": low, "high": high})


def _row(first: Any, layer: str, *, who: str, wordings: int) -> dict[str, object]:
    return {
        "claim": first.claim,
        "layer": layer,
        "who": who,
        "said": first.published_on,
        "place": first.place,
        "period": first.period or NOT_STATED,
        "measure": first.measure or NOT_STATED,
        "per_measure": first.per_measure or NOT_STATED,
        "wordings": wordings,
    }


def counted_ratios(dossier: Dossier) -> pd.DataFrame:
    """Return the quotient of each two counts that one source gave alike for the two sides.

    Alike: the same origin, measure, place and period. The columns are those of
    `reported_ratios`; `point` is the quotient of the two numbers printed, where neither is open.
    """
    two = sides(dossier)
    claims = dossier.claims[dossier.claims["kind"].eq("count")]
    claims = claims[claims["period"].ne("") & claims["measure"].ne("")]
    claims = claims.drop(columns=["low", "high"]).join(claim_ends(dossier), on="claim")
    claims["number"] = np.where(
        claims["low_value"].eq(claims["high_value"]), claims["low_value"], np.nan
    )
    return _quotients(claims, two, layer=COUNTED, who="origin")


def estimated_ratios(estimates: pd.DataFrame, two: tuple[str, str] | None) -> pd.DataFrame:
    """Return the ratios that published estimates give: their own, else the quotient of two.

    Where an estimate has a ratio of its own for a measure, the quotient of its two counts is left
    out: a model's ratio is not the quotient of its parts. Columns as in `reported_ratios`.
    """
    if two is None:
        return pd.DataFrame(columns=COLUMNS)
    frame = estimates.rename(columns={"estimate": "claim"})
    frame = frame.assign(published_on=pd.to_datetime(frame["published"], format="ISO8601"))
    frame = frame.assign(low=frame["low_value"], high=frame["high_value"])
    # An estimate that is only a point has no range of its own: none is made up for it.
    only = frame["low"].isna() & frame["high"].isna()
    frame.loc[only, "low"] = frame.loc[only, "high"] = frame["point_value"][only]
    frame["number"] = frame["point_value"]
    own = frame[frame["side"].eq(two[0]) & frame["per_side"].eq(two[1])]
    rows = [
        _row(row, ESTIMATED, who=row.citation.split(",")[0], wordings=1)
        | {"low": row.low, "high": row.high, "point": row.number}
        for row in tuples_of(own)
    ]
    stated = set(zip(own["citation"], own["measure"], strict=True))
    counts = frame[frame["per_side"].eq("")]
    keys = pd.Series(list(zip(counts["citation"], counts["measure"], strict=True)), counts.index)
    implied = _quotients(counts[~keys.isin(stated)], two, layer=ESTIMATED, who="citation")
    made = pd.DataFrame(rows, columns=COLUMNS)
    return pd.concat([frame for frame in (made, implied) if len(frame)] or [made]).reset_index(
        drop=True
    )


def _quotients(
    counts: pd.DataFrame, two: tuple[str, str] | None, *, layer: str, who: str
) -> pd.DataFrame:
    """Return the quotient of each first count of the one side and its like of the other."""
    rows: list[dict[str, object]] = []
    if two is None:
        return pd.DataFrame(rows, columns=COLUMNS)
    firsts: dict[tuple[str, ...], dict[str, Any]] = {}
    for count in tuples_of(counts):
        alike = tuple(getattr(count, name) for name in (who, *SCOPE))
        firsts.setdefault(alike, {}).setdefault(count.side, count)
    for found in firsts.values():
        if not set(two) <= set(found):
            continue
        first, per = (found[side] for side in two)
        low, high = first.low / per.high, first.high / per.low
        if np.isnan(low) and np.isnan(high):
            continue
        # Of a citation, what stands before its first comma: who, and when.
        name = first.citation.split(",")[0] if who == "citation" else first.origin
        row = _row(first, layer, who=name, wordings=1)
        point = first.number / per.number
        row |= {"per_measure": row["measure"], "low": low, "high": high, "point": point}
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS)


def against(ratios: pd.DataFrame, mark: float) -> pd.DataFrame:
    """Return the ratios with `stands`: where each is against `mark`.

    "above" and "below" where no reading of it can be `mark`, else "leaves room"; a bound that only
    ends at `mark` leaves room.
    """
    stands = np.select(
        [ratios["low"].gt(mark), ratios["high"].lt(mark)], ["above", "below"], default="leaves room"
    )
    return ratios.assign(stands=stands)


def spelled(ratios: pd.DataFrame) -> pd.DataFrame:
    """Return the ratios with `ratio` in words: `5.56 to 6.07 to 1`, an open end said as such."""
    words = [f"{span(row.low, row.high)} to 1" for row in tuples_of(ratios)]
    return ratios.assign(ratio=words)


def tally(ratios: pd.DataFrame) -> pd.DataFrame:
    """Return how many ratios stand where, by layer, place and measure, each kept apart."""
    keys = ["layer", "place", "measure", "per_measure"]
    counts = ratios.groupby([*keys, "stands"], sort=False).size().unstack(fill_value=0)
    order = ["below", "leaves room", "above"]
    return counts.reindex(columns=order, fill_value=0).reset_index().rename_axis(columns=None)
