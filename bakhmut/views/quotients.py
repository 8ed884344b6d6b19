"""What a pocket calculator says: quotients of reported numbers and what a ratio would imply.

A *pair* is a count of each side at one place. Its quotient is a bound, not a ratio anybody
reported, as soon as one of the two numbers is open: 153,770 over "more than 120,000" is at most
1.28. A ratio reported for a part (a city) says nothing of the whole (the war) by itself; the
functions here say what it *would* imply there, and how large the part can be if both hold.

All take a dossier and return a frame with claim ids on each row. Numbers are those printed,
widened only by their hedge; an end that the words leave open is NaN. Words are taken to count the
same thing on both sides; `bakhmut.views.multipliers` is for the case where they do not.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import contents, roots
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.hedging import stands_for
from bakhmut.dossier.parsing.printed import as_printed
from bakhmut.meaning.interpretation import interpret


def printed(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims that carry a number, with `value`, `least` and `most`.

    Parameters
    ----------
    claims
        with `hedge`, `low_value`, `high_value`.

    Returns
    -------
    DataFrame
        `value` is the number printed (the lower, of a range); `least` and `most` are what its
        words allow, as `hedging.stands_for` has it; NaN where they are open.
    """
    rows = claims[claims[["low_value", "high_value"]].notna().any(axis=1)].copy()
    rows["value"] = rows["low_value"].fillna(rows["high_value"])
    # Read as ratios are: what is divided needs no "one above".
    ends = [
        stands_for(low, high, said, is_ratio=True)[:2]
        for low, high, said in zip(rows["low"], rows["high"], rows["hedge"], strict=True)
    ]
    rows[["least", "most"]] = np.array(ends, dtype=float).reshape(-1, 2)
    return rows


def ratios(dossier: Dossier) -> pd.DataFrame:
    """Return the reported ratios between two sides, each number of an origin once per place."""
    return _ratios(printed(dossier.claims))


def _ratios(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows["kind"].eq("ratio") & rows["side"].ne(rows["per_side"])]
    rows = rows[rows["per_side"].ne("") & rows["value"].gt(0)]
    first = rows.sort_values("repeats", key=lambda said: said.ne(""), kind="stable")
    keep = first.drop_duplicates(["origin", "side", "per_side", "place", "low", "high", "hedge"])
    return keep.sort_index().reset_index(drop=True)


def ratio_bands(dossier: Dossier) -> pd.DataFrame:
    """Return the reported ratios with `band_low` and `band_high`, the ends over their readings.

    The readings are those of all statements that restate one another about one place and print
    a number: "five times more" may be five or six, "five" may be rounded. NaN is an open end.
    """
    rates = ratios(dossier)
    said = printed(dossier.claims).set_index("claim")
    read = interpret(dossier)
    read = read[read["claim"].isin(said.index) & read["kind"].eq("ratio")]
    root = roots(dossier.claims)
    scope = ["root", "side", "per_side", "place"]
    said["root"], rates["root"] = said.index.map(root), rates["claim"].map(root)
    read = read[["claim", "low", "high"]].join(said[scope], on="claim")
    ends = read.groupby(scope).agg(
        band_low=("low", lambda ends: ends.min(skipna=False)),
        band_high=("high", lambda ends: ends.max(skipna=False)),
    )
    return rates.join(ends, on=scope)


def counts(dossier: Dossier) -> pd.DataFrame:
    """Return the counts that carry a number, one that is only restated left out."""
    return _counts(printed(dossier.claims))


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows["kind"].eq("count") & rows["value"].gt(0)]
    same = ["origin", "side", "measure", "place", "period", "low", "high", "hedge"]
    return rows.drop_duplicates(same).reset_index(drop=True)


def sides(dossier: Dossier) -> tuple[str, str] | None:
    """Return the two sides that the dossier sets against each other, None where it has not two.

    Numerator and denominator of the most frequent ratio; without one, the two sides with most
    counts of which something was counted alike: three children killed are not set against two
    deckhands arrested. Those of a draft are set against each other by its ratios only.
    """
    said = printed(dossier.claims)
    return _sides(dossier, _ratios(said), _counts(said))


def _sides(dossier: Dossier, rates: pd.DataFrame, counted: pd.DataFrame) -> tuple[str, str] | None:
    pairs = rates[["side", "per_side"]].value_counts(sort=False)
    if len(pairs):
        above, below = pairs.index[int(pairs.argmax())]
        return above, below
    if len(dossier.evidence):
        return None  # a text without a ratio asks for no quotient of what a program found in it
    rows = counted.loc[counted["side"].ne(""), ["side", "measure"]]
    often = rows["side"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    rank = {side: n for n, side in enumerate(often.index)}
    kinds = rows.drop_duplicates()
    both = kinds.merge(kinds.add_prefix("per_"), how="cross")
    both = both[both["side"].map(rank) < both["per_side"].map(rank)]
    both = both[_can_be_alike(both, dossier.terms)]
    found = sorted(
        zip(both["side"], both["per_side"], strict=True), key=lambda two: [rank[s] for s in two]
    )
    return found[0] if found else None


# Of a count, what a pair is made of: each column more costs each step more.
_COUNT = [
    "claim", "side", "place", "measure", "value", "least", "most", "period_start", "period_end",
]  # fmt: skip
_PAIR = [
    "claim", "per_claim", "side", "per_side", "place", "measure", "per_measure",
    "value", "per_value", "quotient", "low", "high", "days_apart",
]  # fmt: skip


def naive_quotients(dossier: Dossier) -> pd.DataFrame:
    """Return the quotient of each pair of counts of the two sides at one place.

    Each count is paired with one of the other side: of those that begin together and end within
    two months of each other one of the same measure if there is one, else the nearest in time.
    Periods that do not meet are not paired, nor measures that can have nothing in common.

    Returns
    -------
    DataFrame
        claim, per_claim, side, per_side, place, measure, per_measure, value, per_value,
        quotient (of the printed numbers), low, high (what their words allow), days_apart (between
        the ends of the two periods, NaN where one is not stated).
    """
    said = printed(dossier.claims)
    return _pairs(dossier, _ratios(said), _counts(said))[_PAIR]


def _pairs(dossier: Dossier, rates: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    two = _sides(dossier, rates, rows)
    rows = rows[_COUNT]
    above, below = (rows[rows["side"].eq(side)] for side in two) if two else (rows[:0], rows[:0])
    pairs = above.merge(below, on="place", suffixes=("", "_below")).rename(
        columns={"claim_below": "per_claim", "side_below": "per_side",
                 "measure_below": "per_measure", "value_below": "per_value"}
    )  # fmt: skip
    apart = (pairs["period_start"] > pairs["period_end_below"]) | (
        pairs["period_start_below"] > pairs["period_end"]
    )
    pairs = pairs[~apart & _can_be_alike(pairs, dossier.terms)].copy()
    pairs["days_apart"] = (pairs["period_end"] - pairs["period_end_below"]).dt.days.abs()
    pairs["quotient"] = pairs["value"] / pairs["per_value"]
    pairs["low"] = pairs["least"] / pairs["most_below"]
    pairs["high"] = pairs["most"] / pairs["least_below"]
    pairs["far"] = pairs["days_apart"].fillna(np.inf)
    pairs["season"] = pairs["far"] // 60  # within two months, alike in words goes before near
    pairs["other"] = pairs["measure"].ne(pairs["per_measure"])
    pairs["start"] = pairs["period_start"].ne(pairs["period_start_below"])
    pairs = pairs.sort_values(["start", "season", "other", "far"], kind="stable")
    near = pairs.drop_duplicates("claim").index.union(pairs.drop_duplicates("per_claim").index)
    return pairs.loc[near].sort_index().reset_index(drop=True)


def _can_be_alike(pairs: pd.DataFrame, terms: pd.DataFrame) -> pd.Series:
    """Return for each pair whether something is counted by both measures, in some reading.

    A measure that is not stated may be any.
    """
    inside = contents(terms, "measure")
    words = {*pairs["measure"], *pairs["per_measure"]}
    within = {word: {word, *inside.get(word, ())} for word in words}
    alike = [
        not one or not other or not within[one].isdisjoint(within[other])
        for one, other in zip(pairs["measure"], pairs["per_measure"], strict=True)
    ]
    return pd.Series(alike, index=pairs.index, dtype=bool)


def against(dossier: Dossier) -> pd.DataFrame:
    """Return each reported ratio beside each pair of counts of its sides, nearest in time first."""
    said = printed(dossier.claims)
    found = _ratios(said)
    rates = found[["claim", "side", "per_side", "place", "value", "least", "most", "published_on"]]
    rates = rates.rename(
        columns={"value": "ratio", "least": "ratio_low", "most": "ratio_high", "place": "part"}
    )
    pairs = _pairs(dossier, found, _counts(said))[[*_PAIR, "most", "period_end"]].rename(
        columns={"claim": "given", "value": "reported", "place": "whole"}
    )
    rows = rates.merge(pairs, on=["side", "per_side"])
    order = {claim: rank for rank, claim in enumerate(rates["claim"])}
    rows["rank"] = rows["claim"].map(order)
    rows["apart"] = (rows["period_end"] - rows["published_on"]).abs()
    return rows.sort_values(["rank", "apart"], kind="stable").reset_index(drop=True)


def implied_elsewhere(dossier: Dossier) -> pd.DataFrame:
    """Return what each reported ratio would imply if it held where the counts were made.

    Nobody need have claimed that it does: this is a what-if. Two rows a ratio and pair, one for
    each side's number worked out from the other's.

    Returns
    -------
    DataFrame
        claim (the ratio), given (the count it is applied to), against (the count it would
        replace), side, place, ratio, implied, reported, said (reported as its words have it), fits
        (whether the words of all three
        allow it: *at least 900* is no gap beside 1,240), factor (how far the printed numbers lie
        apart, the larger over the smaller).
    """
    columns = ["claim", "given", "against", "side", "place", "ratio", "implied", "reported"]
    columns += ["said", "fits"]
    rows = against(dossier)
    above = rows["low"].le(rows["ratio_high"]) | rows[["low", "ratio_high"]].isna().any(axis=1)
    below = rows["high"].ge(rows["ratio_low"]) | rows[["high", "ratio_low"]].isna().any(axis=1)
    rows["fits"] = above & below
    lower = rows.assign(
        against=rows["per_claim"], implied=rows["reported"] / rows["ratio"],
        reported=rows["per_value"], side=rows["per_side"],
    )  # fmt: skip
    upper = rows.assign(
        against=rows["given"], given=rows["per_claim"], implied=rows["ratio"] * rows["per_value"]
    )
    both = pd.concat([lower, upper]).sort_index(kind="stable").rename(columns={"whole": "place"})
    said = {row.claim: as_printed(row) for row in tuples_of(dossier.claims)}
    both["said"] = both["against"].map(said)
    both = both[columns].reset_index(drop=True)
    factor = both["implied"] / both["reported"]
    return both.assign(factor=np.maximum(factor, 1 / factor))


def caps(dossier: Dossier) -> pd.DataFrame:
    """Return how large the part can be if its ratio and the counts of the whole both hold.

    Five lost to one in a city, and 153,770 lost in all, leave the other side at most 153,770 / 5
    in that city: the city alone would use up the total.

    Returns
    -------
    DataFrame
        claim (the ratio, at `part`), given and per_claim (the counts, at `whole`), side (whose
        number is capped), part, whole, ratio, ratio_low, quotient, quotient_high, cap, share (of
        the reported total, an upper bound too), parity (the share from which the ratio outside the
        part is at most 1; NaN where it always or never is).
        Open (NaN) where the words leave no upper bound.
    """
    columns = [
        "claim", "given", "per_claim", "side", "part", "whole", "ratio", "ratio_low",
        "quotient", "quotient_high", "cap", "share", "parity",
    ]  # fmt: skip
    return _capped(_inside(dossier))[columns]


def _inside(dossier: Dossier) -> pd.DataFrame:
    """Return the rows of `against` where the ratio is of a part of the counts' place."""
    rows = against(dossier)
    within = contents(dossier.terms, "place")
    inside = [
        part in within.get(whole, ())
        for part, whole in zip(rows["part"], rows["whole"], strict=True)
    ]
    rows = rows[pd.Series(inside, index=rows.index, dtype=bool)].reset_index(drop=True)
    return rows.assign(quotient_high=rows["high"], side=rows["per_side"])


def _capped(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the cap, its share and parity at `ratio_low`."""
    high, ratio = rows["quotient_high"], rows["ratio_low"]
    share, parity = high / ratio, (high - 1) / (ratio - 1)
    fits = share.lt(1)  # a part cannot be more than the whole anyway
    return rows.assign(
        share=share.where(fits),
        cap=(rows["most"] / ratio).where(fits),
        parity=parity.where(high.gt(1) & ratio.gt(high)),
    )


def cap_readings(dossier: Dossier) -> pd.DataFrame:
    """Return the cap for each end of what a ratio's words may mean, as well as for the printed one.

    Returns
    -------
    DataFrame
        claim, part, ratio, cap, share, parity as in `caps`, the printed ratio first; caps and
        shares grow as the ratio falls: cap and share are in inverse proportion to it.
    """
    bands = ratio_bands(dossier).set_index("claim")[["band_low", "band_high"]]
    rows = _inside(dossier)
    rows["ratio_low"] = [
        [row.ratio_low, *sorted({*bands.loc[row.claim].dropna()} - {row.ratio_low})]
        for row in tuples_of(rows)
    ]
    rows = rows.explode("ratio_low", ignore_index=True).astype({"ratio_low": float})
    rows["ratio"] = rows["ratio_low"]
    return _capped(rows)[["claim", "part", "ratio", "cap", "share", "parity"]]


def elsewhere(quotient: float, ratio: float, share: Any) -> Any:
    """Return the largest ratio outside the part, for one share or an array of them.

    With quotient q in all, ratio r inside and share s of the denominator inside, what is left is
    at most (q - r s) / (1 - s).
    """
    return (quotient - ratio * share) / (1 - share)


def ratio_elsewhere(dossier: Dossier, shares: list[float]) -> pd.DataFrame:
    """Return the largest ratio outside the part, for shares of the total that fell inside it.

    Blank (NaN) past the cap, where nothing is left.

    Returns
    -------
    DataFrame
        claim, given, per_claim, share, elsewhere; a row for each cap and share.
    """
    rows = [
        (cap.claim, cap.given, cap.per_claim, share,
         elsewhere(cap.quotient_high, cap.ratio_low, share) if share < 1 else np.nan)
        for cap, share in product(tuples_of(caps(dossier)), shares)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["claim", "given", "per_claim", "share", "elsewhere"])
    return frame.assign(elsewhere=frame["elsewhere"].where(frame["elsewhere"].ge(0)))
