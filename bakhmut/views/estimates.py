"""Published estimates of losses: shown beside the claims of a text, never mixed in with them.

A claim says what a text prints; an estimate says what somebody worked out, with what interval and
from what. `data/estimates.csv` has one row an estimate, with its citation.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bakhmut.base.words import number, span
from bakhmut.dossier.claims import DATA
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_date, parse_number, parse_period
from bakhmut.dossier.tables import PER, SCOPE, DossierError, Problem

ESTIMATES = DATA / "estimates.csv"
FAMILIES = ("killed", "wounded", "killed and wounded", "lost, or not stated")
COLUMNS = (
    *("estimate", "citation", "kind", "published", "what"),
    *(*SCOPE, *PER, "low", "high", "point", "interval", "url", "note"),
)


def read_estimates(path: str | Path | None = None) -> pd.DataFrame:
    """Return the published estimates, the shipped ones without a path.

    Returns
    -------
    DataFrame
        The columns of the file (all text, "" where blank) and `low_value`, `high_value`,
        `point_value` (float, NaN where open or not given), `period_start`, `period_end`.

    Raises
    ------
    DossierError
        A column is missing, or a number, date or period cannot be read.
    """
    file = ESTIMATES if path is None else Path(path)
    try:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise DossierError([Problem(file.name, f"cannot be read ({error})")]) from error
    missing = [column for column in COLUMNS if column not in frame]
    if missing:
        what = f"has no column {', '.join(missing)}"
        raise DossierError([Problem(file.name, what, 1)])
    problems = [
        Problem(file.name, fault, number, column, value)
        for column, parse in (
            *((end, parse_number) for end in ("low", "high", "point")),
            *(("period", parse_period), ("per_period", parse_period), ("published", parse_date)),
        )
        for number, value in enumerate(frame[column], start=2)
        if (fault := _fault(parse, value))
    ]
    if problems:
        raise DossierError(problems)
    for end in ("low", "high", "point"):
        values = [float(parse_number(text)) if text else np.nan for text in frame[end]]
        frame[f"{end}_value"] = values
    for n, end in enumerate(("period_start", "period_end")):
        days = [(parse_period(text) or (None, None))[n] for text in frame["period"]]
        frame[end] = np.array(days, dtype="datetime64[s]")
    return frame


def _fault(parse: Callable[[str], object], text: str) -> str:
    try:
        if text:
            parse(text)
    except ValueError as error:
        return str(error)
    return ""


def family(measure: str) -> str:
    """Return which of the four kinds of measure a measure's words belong to.

    >>> family("casualties"), family("losses"), family("killed + wounded + missing")
    ('killed and wounded', 'lost, or not stated', 'killed and wounded')
    """
    if measure in ("killed", "wounded"):
        return measure
    if "casualties" in measure or "killed" in measure or "irreplaceable" in measure:
        return "killed and wounded"
    return "lost, or not stated"


def short_name(who: str, most: int = 60) -> str:
    """Return a source's name for a label: a capital first, cut where it is very long.

    >>> short_name("unnamed Western officials")
    'Western officials'
    """
    plain = who.removeprefix("unnamed ")
    plain = plain[:1].upper() + plain[1:]
    return plain if len(plain) <= most else plain[: most - 1].rstrip(" ,(") + "…"


def counts_around(
    claims: pd.DataFrame, estimates: pd.DataFrame, *, side: str, day: pd.Timestamp, days: int = 60
) -> pd.DataFrame:
    """Return one side's reported totals and the published estimates that end near a day.

    Parameters
    ----------
    claims
        counts of one place, with `low` and `high` as numbers (after their hedge).
    estimates
        as `read_estimates` returns them.
    side
        whose losses. Wounded alone, which nobody reports by themselves, are left out.
    day, days
        the middle, and how far a period may end from it.

    Returns
    -------
    DataFrame
        `group` (side and kind of measure), `label`, `layer`, `measure`, `low`, `high`, `point`,
        `period_end`, `said` (the figure in words); reported before estimated, in the order of
        their ends.
    """
    reported = claims.assign(layer="reported", who=claims["origin"])
    is_point = reported["low_value"].eq(reported["high_value"])
    reported["point"] = reported["low_value"].where(is_point)
    # "More than 220,000" is drawn from the number printed, not from 220,001.
    reported["low"] = reported["low"].where(
        reported["low"].ne(reported["low_value"] + 1), reported["low_value"]
    )
    worked_out = estimates[estimates["per_side"].eq("")].assign(layer="estimate")
    worked_out = worked_out.assign(
        low=worked_out["low_value"],
        high=worked_out["high_value"],
        point=worked_out["point_value"],
        who=worked_out["citation"].str.split(",").str[0],
    )
    rows = pd.concat([reported, worked_out], ignore_index=True)
    rows = rows[rows["side"].eq(side) & rows["measure"].ne("wounded")]
    rows = rows[(rows["period_end"] - day).abs() <= pd.Timedelta(days=days)]
    rows = rows[rows[["low", "high", "point"]].notna().any(axis=1)]
    # Of each source's counts of one thing, the nearest in time.
    rows["apart"] = (rows["period_end"] - day).abs()
    rows = rows.sort_values("apart", kind="stable").drop_duplicates(["who", "side", "measure"])
    rows["kind_of"] = rows["measure"].map(lambda measure: FAMILIES.index(family(measure)))
    rows["rank"] = rows["layer"].ne("reported")
    rows = rows.sort_values(["side", "kind_of", "rank", "period_end"], kind="stable")
    rows["group"] = rows["side"] + ", " + rows["measure"].map(family)
    rows["label"] = [
        f"{'Estimate: ' if row.rank else ''}{short_name(row.who)}, to {row.period_end:%-d %b %Y}"
        for row in tuples_of(rows)
    ]
    rows["said"] = [figure(row) for row in tuples_of(rows)]
    columns = ["group", "label", "layer", "measure", "low", "high", "point", "period_end", "said"]
    return rows[columns].reset_index(drop=True)


def figure(row: Any) -> str:
    """Return a count in words: as it is `said` where a row has that, else its range or point."""
    if isinstance(said := getattr(row, "said", None), str):
        return said
    is_point = np.isnan(row.low) and np.isnan(row.high)
    return number(row.point) if is_point else span(row.low, row.high)
