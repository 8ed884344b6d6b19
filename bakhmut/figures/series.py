"""The daily series over time, with the counts that others reported laid over it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator
from matplotlib.ticker import FuncFormatter

from bakhmut.base.words import number
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import as_printed
from bakhmut.figures.ranges import LOOKS, key
from bakhmut.figures.style import (
    INK,
    Label,
    axis_titles,
    canvas,
    describe,
    empty_figure,
    frame_axes,
    place_labels,
    styled,
)
from bakhmut.figures.vector import mark
from bakhmut.views.estimates import family, figure, short_name
from bakhmut.views.sourcing import in_brief


@styled
def plot_series(series: pd.DataFrame, claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return a cumulative series over time, with the counts that others reported laid over it.

    Parameters
    ----------
    series
        claims of one source, cumulative from one start: `low_value`, `period_end`, `source`.
    claims
        counts of the same side and place from the same start, with `low` and `high` as numbers
        after their hedge, `low_value`, `high_value`, `measure`, `origin`, `period_end`. Those of
        the series' own origin are ringed on its line.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        dates to the right, persons upward; shape and colour say what is counted.
    """
    line = series.dropna(subset=["low_value", "period_end"]).sort_values("period_end")
    if line.empty:
        return empty_figure(ax, "No daily series in this dossier.")
    name = line["source"].iloc[0]
    others = compared(line, claims)
    ax = canvas(ax, height=4.2)
    ax.plot(line["period_end"], line["low_value"], color=INK, linewidth=2)
    for row in tuples_of(others):
        _stroke(ax, row)
    restated = claims[claims["origin"].eq(name) & claims["low_value"].notna()]
    alike = restated["measure"].map(family).eq(family(line["measure"].iloc[0]))
    rings = restated[alike & ~restated["claim"].isin(line["claim"])]
    ax.plot(
        rings["period_end"], rings["low_value"], "o", color=INK, fillstyle="none", markersize=10
    )
    ax.set_ylim(0, None)
    ax.margins(x=0.05)
    _months(ax)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axis_titles(ax, upward="persons since the start, cumulative")
    title = _series_title(others, rings)
    marks = f"Line: {name}."
    if len(rings):
        marks += " Ring: given as its total."
    if len(others):
        marks += " Arrows: left open. " + key(others)
    frame_axes(ax, title=title, subtitle=marks, source=_series_source(others))
    first, last = next(tuples_of(line)), next(tuples_of(line.tail(1)))
    near = ("above left", "left", "below left", "below right", "below", "right")
    spots = [(last, f"{name}\n{as_printed(last)}", "bold")]
    spots += [(ring, figure(ring), "normal") for ring in tuples_of(rings)]
    labels = []
    for spot, words, weight in spots:
        at = ((float(ax.convert_xunits(spot.period_end)), spot.low_value),)
        labels.append(Label(words, at, INK, near, weight))
    place_labels(ax, labels)
    told = [
        f"{row.origin} ({row.measure}, to {row.period_end:%Y-%m-%d}): {figure(row)}"
        for row in tuples_of(others)
    ]
    run = (
        f"{name}: {as_printed(first)} on {first.period_end:%Y-%m-%d} to "
        f"{as_printed(last)} on {last.period_end:%Y-%m-%d}."
    )
    return describe(ax, f"{title}. {run} Others: {'; '.join(told) or 'none'}.")


def _stroke(ax: Axes, row: Any) -> None:
    """Draw one count at the end of its period: a mark, a bar with two, or an arrow if open."""
    color, shape = LOOKS[family(row.measure)]
    name = f"{row.origin}, {row.measure}: {figure(row)}"
    if row.low == row.low and row.high == row.high:
        (bar,) = ax.plot(
            [row.period_end] * 2, [row.low, row.high], color=color, linewidth=2.5, alpha=0.6
        )
        mark(bar, row.claim, name)
        if row.low_value != row.high_value:  # one range, not two observations
            ax.plot([row.period_end] * 2, [row.low, row.high], "_", color=color, markersize=8)
            return
    if row.low_value == row.high_value:
        (point,) = ax.plot([row.period_end], [row.low_value], shape, color=color, markersize=6)
        mark(point, row.claim, name)
        return
    for end, other, arrow in ((row.low, row.high, "v"), (row.high, row.low, "^")):
        at = other if np.isnan(end) else end
        if not np.isnan(end):
            (point,) = ax.plot([row.period_end], [at], shape, color=color, markersize=4.5)
            mark(point, row.claim, name)
        else:
            ax.annotate(
                "", (row.period_end, at), xytext=(0, 16 if arrow == "^" else -16),
                textcoords="offset points",
                arrowprops={"arrowstyle": "<|-", "color": color, "linewidth": 1.2},
            )  # fmt: skip


def _months(ax: Axes) -> None:
    """Mark few months: each January, and each July where few years are shown."""
    first, last = ax.get_xlim()
    years = (last - first) / 365
    months = (1, 4, 7, 10) if years < 0.8 else (1, 7) if years < 2.2 else (1,)
    ax.xaxis.set_major_locator(MonthLocator(bymonth=months, interval=1))
    ax.xaxis.set_major_formatter(DateFormatter("%b %Y" if years < 2.2 else "%Y"))


def compared(series: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of other origins, each with where it stands against the series.

    Counts that end before the series begins or after it ends are left out. `series_low` and
    `series_high` are the totals of the days before and after, or of the day itself; `stands` is
    "above" or "below" where the whole count is so of both, else "undecided".
    """
    line = series.sort_values("period_end")
    inside = claims["period_end"].between(line["period_end"].iloc[0], line["period_end"].iloc[-1])
    others = claims[inside & claims["origin"].ne(line["source"].iloc[0])].copy()
    totals, days = line["low_value"].to_numpy(), line["period_end"]
    others["series_low"] = totals[days.searchsorted(others["period_end"], side="right") - 1]
    others["series_high"] = totals[days.searchsorted(others["period_end"], side="left")]
    others["stands"] = np.select(
        [others["low"].gt(others["series_high"]), others["high"].lt(others["series_low"])],
        ["above", "below"],
        default="undecided",
    )
    return others


def _series_title(others: pd.DataFrame, rings: pd.DataFrame) -> str:
    if others.empty and len(rings):
        figures = " and ".join(dict.fromkeys(number(value) for value in rings["low_value"]))
        return f"The daily series, and where {figures} stands on it"
    parts = []
    for kind in ("killed", "killed and wounded"):
        own = others.loc[others["measure"].map(family).eq(kind), "stands"].value_counts()
        found = [
            f"{own[where]} {where}" for where in ("below", "above", "undecided") if where in own
        ]
        if found:
            parts.append(f"{kind}: {', '.join(found)}")
    said = "; ".join(parts) or "none was found for its time"
    return f"Beside the daily series, {said}"


def _series_source(others: pd.DataFrame) -> str:
    names = (short_name(name, 30) for name in others["origin"])
    return f"Others: {in_brief(names, between='; ', none='none')}."
