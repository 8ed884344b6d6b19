"""Figures over a scale: the time each figure covers, numbers over time, thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import FuncFormatter

from bakhmut.base.sentences import in_place, quoted
from bakhmut.base.words import count, number, span
from bakhmut.consistency.arranged import thresholds
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import as_printed
from bakhmut.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PAPER,
    PURPLE,
    SMALL,
    WIDTH,
    Label,
    axis_titles,
    canvas,
    date_axis,
    describe,
    empty_figure,
    frame_axes,
    log_axes,
    place_labels,
    styled,
    wrap,
)
from bakhmut.figures.vector import mark
from bakhmut.views.quotients import printed
from bakhmut.views.sourcing import UNSTATED, coverage, in_brief

if TYPE_CHECKING:
    from bakhmut.consistency.verbs import Check


_MOST_ROWS = 14


@styled
def plot_coverage(dossier: Dossier, *, ax: Axes | None = None) -> Axes:
    """Return which period each figure covers, by place: a bar from first to last day.

    Claims of one scope share a bar. A period that the words leave open is an empty dashed bar
    across the whole time, so that it is seen to be unknown; the tick is the day of publication.

    Parameters
    ----------
    dossier
        any dossier.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        dates to the right; one row a scope, downward.
    """
    rows = coverage(dossier)
    dated = pd.concat([rows["start"], rows["end"], rows["published_on"]]).dropna()
    if dated.empty:
        if dossier.claims["period"].ne("").any():
            return empty_figure(
                ax, "No period of this dossier is a date; names have no place here."
            )
        return empty_figure(ax, "No figure of this dossier states a period or a date.")
    shown = rows.assign(many=rows["claims"].map(len)).sort_values("many", ascending=False,
        kind="stable").head(_MOST_ROWS).sort_index()  # fmt: skip
    names = [wrap(_scope(row), WIDTH - 0.4) for row in tuples_of(shown)]
    lines = max(name.count("\n") for name in names) + 1
    pitch = 0.34 + 0.19 * lines
    ax = canvas(ax, height=pitch * len(shown) + 0.3)
    first, last = date2num(dated.min()), date2num(dated.max())
    room = max(last - first, 10) * 0.04
    ax.set(xlim=(first - room, last + room), ylim=(pitch * len(shown) - 0.35, -0.3 - 0.19 * lines))
    for n, (row, name) in enumerate(zip(tuples_of(shown), names, strict=True)):
        mark(_bar(ax, pitch * n, row), row.claims, name.replace("\n", " "))
        ax.text(ax.get_xlim()[0], pitch * n - 0.1, name, va="bottom", linespacing=1.1)
    ax.spines["left"].set_visible(False)
    ax.set_yticks([])
    date_axis(ax)
    title, told = _coverage_words(rows, dated)
    left_out = len(rows) - len(shown)
    frame_axes(
        ax,
        title=title,
        subtitle="Full bar: period stated; dashed: not stated; upright: day published",
        source="Periods as coded in this dossier."
        + (f" {left_out} further scopes are not drawn." if left_out else ""),
    )
    return describe(ax, f"{title}. {told}")


def _scope(row: Any) -> str:
    where = in_place(row.place) if row.place != UNSTATED else "place not stated"
    words = row.who if row.place == row.who else f"{row.who}, {where}"
    if row.period != UNSTATED and pd.isna(row.start) and pd.isna(row.end):
        words += f": {quoted(row.period)}"  # a period named, not dated
    return words + (f" ({len(row.claims)} figures)" if len(row.claims) > 1 else "")


def _bar(ax: Axes, y: float, row: Any) -> Artist:
    """Draw one period, y in inches: full where stated, dashed where not, arrows where open."""
    left, right = ax.get_xlim()
    known = row.period != UNSTATED and (pd.notna(row.start) or pd.notna(row.end))
    start = date2num(row.start) if known and pd.notna(row.start) else left
    end = date2num(row.end) + 1 if known and pd.notna(row.end) else right
    if known:
        (bar,) = ax.barh(y, end - start, left=start, height=0.13, color=BLUE)
        for open_, x, shape in ((pd.isna(row.start), left, "<"), (pd.isna(row.end), right, ">")):
            if open_:
                ax.plot(x, y, shape, color=BLUE, markersize=9, clip_on=False)
    else:
        (bar,) = ax.barh(
            y, end - start, left=start, height=0.13, facecolor=PAPER, edgecolor=GREY, ls="--"
        )
    if pd.notna(row.published_on):
        at = date2num(row.published_on)
        ax.plot([at, at], [y - 0.11, y + 0.11], color=ORANGE, linewidth=2.5, solid_capstyle="butt")
    return bar


def _coverage_words(rows: pd.DataFrame, dated: pd.Series) -> tuple[str, str]:
    many = rows["claims"].map(len)
    blank = rows["period"].eq(UNSTATED)
    unstated, total = int(many[blank].sum()), int(many.sum())
    one = unstated == 1
    title = f"{unstated} of {total} figures {'leaves its' if one else 'leave their'} period open"
    title = title if unstated else f"All {total} figures state their period"
    places = rows.loc[blank, "place"].unique()
    if unstated and len(places) == 1:
        title += f", all for {places[0]}" if unstated > 1 else f", for {places[0]}"
    told = [f"Time shown: {dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d}."]
    told += [
        f"{row.who}, {row.place}: {row.period if row.period != UNSTATED else 'period not stated'}"
        f" ({len(row.claims)})."
        for row in tuples_of(rows.head(_MOST_ROWS))
    ]
    return title, " ".join(told)


@styled
def plot_thresholds(check: Check, dossier: Dossier, *, ax: Axes | None = None) -> Axes:
    """Return how far each assumed range would have to reach for a conflict to dissolve.

    A bar is the assumed range, one a row; a diamond is a value that it would have to take in for
    conflicts to be gone.

    Parameters
    ----------
    check, dossier
        the check and the dossier that it is of.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        the assumption's own unit to the right; one row an assumption, downward.
    """
    rows = thresholds(check.conflicts, dossier)
    if rows.empty:
        return empty_figure(ax, "No conflict of this dossier turns on a number of an assumption.")
    ranges = list(rows.groupby("assumption", sort=False))[: _MOST_ROWS // 2]
    ax = canvas(ax, height=0.72 * len(ranges) + 0.4)
    shown = pd.concat([own for _, own in ranges])
    right = np.nanmax(shown[["low", "high", "value"]].to_numpy()) * 1.12
    ax.set(xlim=(0, right), ylim=(len(ranges) - 0.6, -0.85), yticks=[])
    said = dict(dossier.claims[["claim", "quote"]].itertuples(index=False))
    for y, (_, own) in enumerate(ranges):
        _threshold_row(ax, y, own, said)
    ax.spines["left"].set_visible(False)
    first = rows.iloc[0]
    title = (
        f"At {number(first['value'])} for {first['what']} "
        f"(assumed: {span(first['low'], first['high'])}), {_gone(first)}"
    )
    frame_axes(
        ax,
        title=title,
        subtitle="Bar: range assumed; diamonds: values at which conflicts are gone",
        source="Values are exact; other assumptions kept as they are.",
    )
    told = [
        f"{row['what']}, assumed {span(row['low'], row['high'])}: "
        f"at {number(row['value'])} {_gone(row)}."
        for row in shown.to_dict("records")
    ]
    return describe(ax, f"{title}. {' '.join(told)}")


def _gone(row: Any) -> str:
    """Return how many conflicts are gone at a threshold."""
    many = len(row["conflicts"].split(", "))
    return f"{count(many, 'conflict')} {'is' if many == 1 else 'are'} gone"


def _threshold_row(ax: Axes, y: int, own: pd.DataFrame, said: dict[str, str]) -> None:
    """Draw an assumption's range as a bar, and a named diamond at each value that it turns on."""
    right = ax.get_xlim()[1]
    first = next(tuples_of(own))
    start, end = np.nan_to_num(first.low, nan=0.0), np.nan_to_num(first.high, nan=right)
    ax.barh(y, max(end - start, right / 200), left=start, height=0.22, color=BLUE)
    for row in tuples_of(own):
        ax.plot([row.value, start if row.bound == "low" else end], [y, y], ":", color=PURPLE)
        (diamond,) = ax.plot(
            [row.value], [y], "D", color=PAPER, markeredgecolor=PURPLE, ms=9, mew=2, clip_on=False
        )
        quotes = in_brief(quoted(said.get(name) or name) for name in row.claims)
        mark(diamond, row.claims, f"at {number(row.value)} {_gone(row._asdict())}: {quotes}")
    ax.text(0, y - 0.42, wrap(first.what, WIDTH - 0.3).split("\n")[0], va="bottom")
    words = f"at {in_brief((number(value) for value in own['value']), most=6)}"
    ax.text(0, y - 0.16, words, va="bottom", size=SMALL, color=GREY)


@styled
def plot_reported_ranges(claims: Dossier | pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return reported numbers over time: a mark for a number, a bar for a range, an arrow if open.

    Parameters
    ----------
    claims
        a dossier, or rows of its claims; counts are drawn at the end of their period, or else
        when they were published. Choose rows of one place and measure for a fair comparison.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        dates to the right, the number upward: from nought, or on a log scale where the numbers
        span more than a factor of twenty. Sides differ in colour and shape.
    """
    rows = claims.claims if isinstance(claims, Dossier) else claims
    rows = printed(rows[rows["kind"].eq("count")])
    rows["when"] = rows["period_end"].fillna(rows["published_on"])
    rows = rows[rows["when"].notna() & rows["value"].gt(0)]
    if rows.empty:
        return empty_figure(ax, "No dated counts in this dossier.")
    ax = canvas(ax, height=3.8)
    log = rows["value"].max() > 20 * rows["value"].min()
    top = np.nanmax(rows[["value", "most"]].to_numpy())
    if log:
        ax.set(yscale="log", ylim=(rows["value"].min() / 2, top * 3))
    else:
        ax.set_ylim(0, top * 1.3)
    looks = dict(zip(rows["side"].unique(), _LOOKS, strict=False))
    labels = [label for side, look in looks.items() for label in _ranges_of(ax, rows, side, look)]
    ax.margins(x=0.12)
    date_axis(ax)
    if log:
        log_axes(ax.yaxis)
    else:
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axis_titles(ax, upward="number reported" + (", log scale" if log else ""))
    title, told = _range_words(rows[rows["side"].isin(looks)])
    frame_axes(
        ax,
        title=title,
        subtitle=f"{in_brief(rows['measure'])}; {in_brief(rows['place'])}. Arrow: open end",
        source=f"Reported by: {in_brief(rows['source'])}.",
    )
    place_labels(ax, labels)
    return describe(ax, f"{title}. {told}")


_LOOKS = ((ORANGE, "o"), (BLUE, "s"), (PURPLE, "^"), (INK, "D"), (GREY, "v"))


def _ranges_of(ax: Axes, rows: pd.DataFrame, side: str, look: tuple[str, str]) -> list[Label]:
    color, shape = look
    own = rows[rows["side"].eq(side)].sort_values("when", kind="stable")
    for row in tuples_of(own):
        (point,) = ax.plot([row.when], [row.value], shape, color=color, markersize=7, zorder=3)
        mark(point, row.claim, quoted(row.quote) if row.quote else as_printed(row))
        if np.isnan(row.most) or np.isnan(row.least):
            away = 26 if np.isnan(row.most) else -26
            ax.annotate(
                "", (row.when, row.value), xytext=(0, away), textcoords="offset points",
                arrowprops={"arrowstyle": "<|-", "color": color, "linewidth": 1.5},
            )  # fmt: skip
        elif row.most > row.least:
            ax.plot([row.when] * 2, [row.least, row.most], color=color, linewidth=3, alpha=0.6)
            ax.plot([row.when], [row.most], "_", color=color, markersize=9)
    by_size = own.sort_values("value", kind="stable")
    told = {row["claim"]: row for row in (own.iloc[-1], by_size.iloc[-1], by_size.iloc[0])}
    near = ("left", "right", "below left", "below right", "above left", "above right")
    labels = [
        Label(as_printed(row), ((_day(ax, row["when"]), row["value"]),), color, near)
        for row in told.values()
    ]
    first = labels[0]
    labels[0] = Label(f"{side}\n{first.text}", first.at, color, near, "bold")
    return labels


def _day(ax: Axes, when: pd.Timestamp) -> float:
    return float(ax.convert_xunits(when))


def _range_words(rows: pd.DataFrame) -> tuple[str, str]:
    words = []
    for side in rows["side"].unique():
        own = rows[rows["side"].eq(side)].sort_values("value", kind="stable").iloc[[0, -1]]
        low, high = (f"{as_printed(row)} ({row.when:%Y-%m-%d})" for row in tuples_of(own))
        words.append(f"{side or 'no side stated'}: {low}" + (f" to {high}" if low != high else ""))
    latest = rows.sort_values("when", kind="stable").drop_duplicates("side", keep="last")
    title = in_brief(f"{as_printed(row)} ({row.side or 'no side'})" for row in tuples_of(latest))
    return f"Last reported: {title}", "Lowest to highest. " + ". ".join(words) + "."
