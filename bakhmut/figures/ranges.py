"""Figures for later figures: ratios beside one of them, totals beside published estimates.

Like `figures`: a frame in, axes out, words for the picture through `alt_text`. Ranges are drawn
one under the other, each under its own words, so that nothing overlaps on a phone either.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator

from bakhmut.base.sentences import listed
from bakhmut.base.words import number, span, to_one
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.figures.style import (
    BLUE,
    GREY,
    INK,
    LINE,
    MARGIN,
    ORANGE,
    PAPER,
    PURPLE,
    SMALL,
    TEXT,
    WIDTH,
    axis_titles,
    canvas,
    describe,
    empty_figure,
    frame_axes,
    styled,
    wrap,
)
from bakhmut.figures.vector import mark as mark_
from bakhmut.views.estimates import FAMILIES, family, figure, short_name
from bakhmut.views.ratios import against

# Measures differ in shape and colour: a ratio of killed is not one of casualties.
LOOKS = dict(zip(FAMILIES, ((BLUE, "o"), (PURPLE, "^"), (ORANGE, "s"), (GREY, "D")), strict=True))
_LINE = SMALL * 1.30 / 72  # inches


@styled
def plot_ratios(
    ratios: pd.DataFrame, *, mark: float, own: Collection[str] = (), ax: Axes | None = None
) -> Axes:
    """Return ratios of two sides one under the other, each beside one of them as the mark.

    Parameters
    ----------
    ratios
        as `reported_ratios`, `counted_ratios` and `estimated_ratios` return them, in any mixture:
        they are grouped by layer and place, which are never drawn together.
    mark
        the ratio drawn as a line down the figure.
    own
        voices (`who`) whose ratio the line is: drawn, but not counted as agreeing with themselves.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        ratios to the right on a log scale; a bar is the range of the words and their readings,
        an arrow an end that they leave open; shape and colour say what is counted.
    """
    rows = against(ratios[ratios[["low", "high"]].notna().any(axis=1)], mark)
    if rows.empty or np.isnan(mark):
        return empty_figure(ax, "No ratios of two sides to set beside one another.")
    rows["group"] = rows["layer"].str.capitalize() + ", in " + rows["place"]
    rows["kind_of"] = rows["measure"].map(lambda measure: FAMILIES.index(family(measure)))
    order = {group: n for n, group in enumerate(rows["group"].unique())}
    rows["rank"] = rows["group"].map(order)
    rows = rows.sort_values(["rank", "kind_of", "period"], kind="stable")
    rows["label"] = [_ratio_label(row) for row in tuples_of(rows)]
    ax = _stack(rows, ax=ax, least=0.05)
    if (ends := ax.get_xlim())[0] < 1 < ends[1]:
        _rule(ax, 1, "equal", LINE)
    _rule(ax, mark, to_one(mark), INK)
    axis_titles(ax, across="log scale")
    others = rows[~rows["who"].isin(list(own))]
    title = _ratio_title(others, mark, other="other " if len(others) < len(rows) else "")
    frame_axes(
        ax,
        title=title,
        subtitle="Bars: what the words allow; arrows: left open. " + key(rows),
        source="No period, no measure: the words give none. Nothing here is averaged.",
    )
    told = [f"{row.label}: {span(row.low, row.high)} to 1" for row in tuples_of(rows)]
    return describe(ax, f"{title}. " + "; ".join(told) + ".")


def _ratio_label(row: Any) -> str:
    measure = row.measure
    if row.per_measure != row.measure:
        measure = f"{row.measure} for each {row.per_measure}"
    if measure == "not stated":
        measure = "no measure"
    return f"{short_name(row.who)}: {measure}, {_when(row.period)}"


def _when(period: str) -> str:
    first, slash, last = period.partition("/")
    if not slash:
        return "no period" if period in ("", "not stated") else period
    start, end = (pd.to_datetime(day, errors="coerce") for day in (first, last))
    if pd.isna(start) or pd.isna(end):
        return period
    from_start = first == "2022-02-24"
    return f"to {end:%b %Y}" if from_start else f"{start:%b %Y} to {end:%b %Y}"


def _ratio_title(rows: pd.DataFrame, mark: float, *, other: str) -> str:
    counts = rows["stands"].value_counts()
    verbs = {
        "below": ("is below", "are below"),
        "leaves room": ("leaves room for", "leave room for"),
        "above": ("is above", "are above"),
    }
    if rows.empty:
        return "No other ratio to set beside it"
    parts: list[str] = []
    for where, (one, many) in verbs.items():
        if count := int(counts.get(where, 0)):
            what = "it" if parts else to_one(mark)
            parts.append(f"{count} {one if count == 1 else many} {what}")
    said = listed(parts)
    many = len(rows) > 1
    return f"Of {len(rows)} {other}ratios, {said}" if many else f"One {other}ratio: {said}"


def _stack(rows: pd.DataFrame, *, ax: Axes | None, least: float) -> Axes:
    """Return axes with each row's words and its range below them, group by group.

    Needs `group`, `label`, `measure`, `low`, `high`, `point`.
    """
    texts = [wrap(label, WIDTH - 2 * MARGIN - 0.15, size=SMALL) for label in rows["label"]]
    y, places, heads = 0.0, [], []
    groups = rows["group"].tolist()
    for n, text in enumerate(texts):
        if not n or groups[n] != groups[n - 1]:
            y += 0.10 if n else 0.0
            heads.append((y, groups[n]))
            y += 0.26
        lines = text.count("\n") + 1
        places.append((y, y + lines * _LINE + 0.09))
        y += lines * _LINE + 0.24
    ax = canvas(ax, height=y + 0.55)
    ax.set(xscale="log", ylim=(y, 0), yticks=[])
    ax.spines["left"].set_visible(False)
    values = rows[["low", "high", "point"]].to_numpy(dtype=float)
    shown = np.maximum(values[np.isfinite(values) & (values > 0)], least)
    ax.set_xlim(shown.min() / 1.5, shown.max() * 1.6)
    ax.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0), numticks=20))
    ax.xaxis.set_minor_locator(LogLocator(subs=(), numticks=2))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    left: dict[str, Any] = {
        "transform": ax.get_yaxis_transform(),
        "va": "top",
        # The lines down the figure stop at words.
        "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 1},
    }
    for top, name in heads:
        ax.text(0, top, name, weight="bold", size=TEXT - 0.5, **left)
    for (top, middle), text, row in zip(places, texts, tuples_of(rows), strict=True):
        color, shape = LOOKS[family(row.measure)]
        ax.text(0, top, text, size=SMALL, color=color, linespacing=1.15, **left)
        drawn = _range(ax, middle, row, look=(color, shape))
        claims = [name for name in _claims(row) if name]
        told = (
            span(row.low, row.high)
            if row.low == row.low or row.high == row.high
            else number(row.point)
        )
        mark_(drawn, claims, f"{row.label}: {told}")
    return ax


def _claims(row: Any) -> tuple[str, ...]:
    """Return the claims that a row stands for, none where it is an estimate."""
    found = getattr(row, "claims", None) or getattr(row, "claim", None) or ()
    return (found,) if isinstance(found, str) else tuple(map(str, found))


def _range(ax: Axes, y: float, row: Any, *, look: tuple[str, str]) -> Artist:
    """Draw one range: a bar between its ends, an arrow where an end is open, a mark for a point."""
    color, shape = look
    left, right = ax.get_xlim()
    if np.isnan(row.low) and np.isnan(row.high):  # a point, and no range given with it
        (point,) = ax.plot([row.point], [y], shape, color=color, markersize=7)
        return point
    low = max(row.low, left) if row.low == row.low else left * 1.04
    high = min(row.high, right) if row.high == row.high else right / 1.04
    (bar,) = ax.plot(
        [low, high], [y, y], color=color, linewidth=3.5, alpha=0.55, solid_capstyle="butt"
    )
    for end, at, arrow in ((row.low, low, "<"), (row.high, high, ">")):
        if np.isnan(end):
            ax.plot([at], [y], arrow, color=color, markersize=7)
        elif left < end < right:
            ax.plot([at], [y], "|", color=color, markersize=9, markeredgewidth=1.6)
    if row.point == row.point:
        ax.plot([row.point], [y], shape, color=color, markersize=7, zorder=3)
    return bar


def _rule(ax: Axes, at: float, name: str, color: str) -> None:
    ax.axvline(at, color=color, linewidth=1.2, linestyle=(0, (4, 2)), zorder=0)
    ax.annotate(
        name, (at, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 3),
        textcoords="offset points", ha="center", va="bottom", size=SMALL, color=color,
    )  # fmt: skip


def key(rows: pd.DataFrame) -> str:
    """Return in words which shape stands for which kind of measure, of those that occur."""
    words = {"o": "circle", "^": "triangle", "s": "square", "D": "diamond"}
    used = [kind for kind in LOOKS if kind in set(rows["measure"].map(family))]
    marks = "; ".join(f"{words[LOOKS[kind][1]]}: {kind}" for kind in used)
    return marks[:1].upper() + marks[1:] + "."


@styled
def plot_counts(counts: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return reported counts with the published estimates of the same thing below them.

    Parameters
    ----------
    counts
        as `counts_around` returns them: grouped by side and by what is counted, reported before
        estimated.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        persons to the right on a log scale; a bar is a range, an arrow an end left open.
    """
    if counts.empty:
        return empty_figure(ax, "No counts and no estimates near this date.")
    ax = _stack(counts, ax=ax, least=1)
    axis_titles(ax, across="persons, log scale")
    title = _count_title(counts)
    frame_axes(
        ax,
        title=title,
        subtitle="Bars: ranges; arrows: left open. " + key(counts),
        source="Estimates stand beside what was reported; nothing is added up or averaged.",
    )
    told = [f"{row.group}, {row.label}: {figure(row)}" for row in tuples_of(counts)]
    return describe(ax, f"{title}. " + "; ".join(told) + ".")


def _count_title(counts: pd.DataFrame) -> str:
    """Return the ends of what was reported and of what was estimated, for one kind of measure.

    The kind is the first of which there is both; the others are in the picture and its words.
    """
    groups = list(counts.groupby("group", sort=False))
    both = [one for one in groups if one[1]["layer"].nunique() > 1]
    group, own = (both or groups)[0]
    words = []
    for layer, rows in own.groupby("layer", sort=False):
        said = "reported" if layer == "reported" else "estimated"
        words.append(f"{said} {_extent(rows)}")
    side, _, kind = str(group).partition(", ")
    return f"{side}: {kind} {', '.join(words)}"


def _extent(rows: pd.DataFrame) -> str:
    """Return the least and the greatest number of some rows; one that is a bound is said so."""
    ends = rows[["low", "high", "point"]].to_numpy(dtype=float)
    words = []
    for value, name in ((np.nanmin(ends), "low"), (np.nanmax(ends), "high")):
        own = [row for row in tuples_of(rows) if value in (row.low, row.high, row.point)]
        own.sort(key=lambda row: getattr(row, name) != value)  # a floor below, a ceiling above
        is_firm = any(row.low == row.low and row.high == row.high for row in own)
        is_firm |= any(value == row.point for row in own)
        words.append(number(value) if is_firm else figure(own[0]))
    return " to ".join(dict.fromkeys(words))
