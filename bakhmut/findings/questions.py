"""Questions on which public claims of many voices can be set beside one another.

Each takes the claims that bear on it: totals near a day, counts in one place, who counts whom.
Several origins that differ then disagree, which is no fault of any text.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from bakhmut.base.words import count, number
from bakhmut.consistency.verbs import find_conflicts
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import contents
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.dossier.parsing.printed import as_printed, figure_in_words
from bakhmut.views.estimates import FAMILIES, family
from bakhmut.views.quotients import sides
from bakhmut.views.ratios import claim_ends, reported_ratios

# Words for losses that do not say of which kind; any other word may count anything.
LOST = ("lost", "losses", "")

NEAR = 60  # days


def part_of(dossier: Dossier, claims: pd.Series) -> Dossier:
    """Return a dossier cut down to some of its claims; each keeps its origin."""
    kept = dossier.claims[dossier.claims["claim"].isin(claims)]
    readings = dossier.readings[dossier.readings["claim"].isin(kept["claim"])]
    return replace(dossier, claims=kept, readings=readings, positions=dossier.positions.iloc[:0])


def counts_near(
    dossier: Dossier, day: pd.Timestamp, *, own: pd.Series | tuple = (), days: int = NEAR
) -> pd.DataFrame:
    """Return the totals of the two sides that end near a day, one of each origin and measure.

    Parameters
    ----------
    dossier
        with claims of many voices.
    day, days
        the middle, and how far a period may end from it.
    own
        claims of the text itself: they stay where they restate another; no other restatement does.

    Returns
    -------
    DataFrame
        Rows of `dossier.claims`: counts from the earliest start in the widest place, of each
        origin's counts of one measure the nearest in time.
    """
    claims = dossier.claims
    two = sides(dossier) or ()
    totals = claims[claims["kind"].eq("count") & claims["side"].isin(two)]
    totals = totals[totals["repeats"].eq("") | totals["claim"].isin(own)]
    totals = totals[totals[["low", "high"]].astype(bool).any(axis=1) & totals["period_end"].notna()]
    if totals.empty or pd.isna(day):
        return totals.iloc[:0]
    held = _held(dossier, totals["place"].unique())
    totals = totals[totals["place"].eq(max(held, key=lambda name: held[name]))]
    totals = totals[totals["period_start"].eq(totals["period_start"].min())]
    totals = totals.assign(apart=(totals["period_end"] - day).abs())
    totals = totals[totals["apart"] <= pd.Timedelta(days=days)]
    totals = totals.sort_values(["apart", "repeats"], ascending=[True, False], kind="stable")
    keep = totals.drop_duplicates(["origin", "side", "measure"])["claim"]
    return claims[claims["claim"].isin(keep)]


def totals_of(now: Dossier, side: str, *, own: pd.Series | tuple = ()) -> pd.DataFrame:
    """Return one side's totals of the whole, with `low` and `high` as numbers after their hedge.

    `said` has the figure in words. One that is only restated is left out, save the text's `own`.
    """
    claims = now.claims
    rows = claims[claims["kind"].eq("count") & claims["side"].eq(side)]
    rows = rows[rows["repeats"].eq("") | rows["claim"].isin(own)]
    rows = rows[rows["period_end"].notna() & rows[["low", "high"]].astype(bool).any(axis=1)]
    if len(rows):
        held = _held(now, rows["place"].unique())
        place = max(held, key=lambda name: held[name])
        rows = rows[rows["place"].eq(place) & rows["period_start"].eq(rows["period_start"].min())]
    rows = rows.assign(said=[as_printed(row) for row in tuples_of(rows)])
    return rows.drop(columns=["low", "high"]).join(claim_ends(now), on="claim")


def _held(dossier: Dossier, names: Iterable[str]) -> dict[str, int]:
    """Return how many of the dossier's places are in each place, at once or through others."""
    inside, places = contents(dossier.terms, "place"), set(dossier.claims["place"])
    return {name: len({name, *inside.get(name, ())} & places) for name in names}


def counts_inside(dossier: Dossier, place: str) -> pd.DataFrame:
    """Return the counts in a place and in the larger places around it but the widest.

    A figure that is only restated is left out.
    """
    claims = dossier.claims
    held = _held(dossier, filter(None, claims["place"].unique()))
    widest = max(held, key=lambda name: held[name], default="")
    inside = contents(dossier.terms, "place")
    near = {name for name in held if name != widest and place in {name, *inside.get(name, ())}}
    hit = claims["kind"].eq("count") & claims["place"].isin(near) & claims["repeats"].eq("")
    return claims[hit & claims[["low", "high"]].astype(bool).any(axis=1)]


def disagreements(dossier: Dossier, claims: pd.DataFrame) -> pd.DataFrame:
    """Return who disagrees with whom about one question, on definitions alone.

    Parameters
    ----------
    dossier
        with all claims.
    claims
        those that bear on the question.

    Returns
    -------
    DataFrame
        The frame of `find_conflicts`, joint and without assumptions of wounded per killed, with
        `who`: the origins, and `said`: each claim's figure.
    """
    part = replace(part_of(dossier, claims["claim"]), assumptions=dossier.assumptions.iloc[:0])
    found = find_conflicts(part)
    figures = {row["claim"]: figure_of(row) for row in claims.to_dict("records")}
    found["said"] = [tuple(figures[claim] for claim in names) for names in found["claims"]]
    return found.assign(who=found["origin_names"])


def counted_by(now: Dossier, side: str, place: str) -> pd.DataFrame:
    """Return who counts one side's losses in a place, and who implies a number for them.

    Returns
    -------
    DataFrame
        `claim`, `figure`, `measure`, `source`, `on_side` (whose side the source is on, "" for
        neither), `named`, `quote`. An implied number is the source's own count of the other side
        divided by its own ratio, both of one period. Restatements are left out.
    """
    rows = counts_inside(now, place)
    rows = rows[rows["side"].eq(side)]
    rows = rows.assign(figure=[figure_of(row) for row in rows.to_dict("records")])
    rows = pd.concat([rows, _implied(now, side, place)])
    about = now.sources.set_index("source")[["side", "named"]]
    rows = rows.drop(columns="side").join(about.rename(columns={"side": "on_side"}), on="source")
    columns = ["claim", "figure", "measure", "source", "on_side", "named", "quote"]
    return rows[columns].fillna("").reset_index(drop=True)


def what_is_known(counted: pd.DataFrame, *, side: str, place: str) -> str:
    """Return in a sentence whether anyone outside the two sides counts one side's losses.

    Parameters
    ----------
    counted
        as `counted_by` returns it.
    """
    if counted.empty:
        return "No count for the side in question was found at all."
    outside = counted[counted["on_side"].eq("") & counted["named"].eq("yes")]
    dead = counted.loc[counted["measure"].ne("wounded"), "figure"]
    found = dead.str.extract(r"^(?:implies )?(\D*)([0-9][0-9,. ]*[0-9])").dropna()
    values = {f"{hedge}{number(_value(text))}": _value(text) for hedge, text in found.to_numpy()}
    lost = counted["measure"].map(family).ne(FAMILIES[-1]) | counted["measure"].isin(LOST)
    ends = dict.fromkeys(end(values, key=values.__getitem__) for end in (min, max) if values)
    run = f"those of killed or lost {_from_to(ends)}" if lost.all() else f"they {_from_to(ends)}"
    span = f", and {run}" if len(counted) > 1 and ends else ""
    if outside.empty:
        what = f"credible count of {side}'s losses" if lost.all() else f"count of {side}"
        none = f"none of these {len(counted)} numbers comes"
        none = none if len(counted) > 1 else "the one number here does not come"
        return (
            f"No {what} in {place} was found: {none} from a named source outside the two "
            f"sides{span}."
        )
    names = ", ".join(dict.fromkeys(outside["source"]))
    return f"Of {count(len(counted), 'number')} {len(outside)} come from outside ({names}){span}."


def _value(text: str) -> float:
    return float(parse_number(text))


def _from_to(ends: Iterable[str]) -> str:
    low, *high = ends
    return f"run from {low} to {high[0]}" if high else f"are {low}"


def _implied(now: Dossier, side: str, place: str) -> pd.DataFrame:
    """Return the numbers of one side that a source's count of the other and its ratio imply."""
    two, rates = sides(now), reported_ratios(now)
    columns = ["claim", "figure", "measure", "side", "source", "quote"]
    if two is None or side != two[1]:
        return pd.DataFrame(columns=columns)
    claims = {row["claim"]: row for row in now.claims.to_dict("records")}
    rows = []
    for rate in tuples_of(rates[rates["place"].eq(place)]):
        stated = claims[rate.claim]
        over = now.claims[now.claims["side"].eq(two[0]) & now.claims["kind"].eq("count")]
        for column in ("origin", "place", "period"):
            over = over[over[column].eq(stated[column])]
        over = over[over["low_value"].eq(over["high_value"]) & over["period"].ne("")]
        for own in tuples_of(over):
            figure = f"implies {number(round(own.low_value / rate.point))}"
            figure += f" ({number(own.low_value)} / {number(rate.point)})"
            row = {"claim": rate.claim, "figure": figure, "measure": own.measure}
            rows.append({**row, "side": side, "source": rate.who, "quote": stated["quote"]})
    return pd.DataFrame(rows, columns=columns)


def figure_of(row: Mapping[Hashable, Any]) -> str:
    """Return a claim's figure as printed, with its hedge; long bare digits get their commas."""
    return figure_in_words(row["hedge"], row["low"], row["high"])
