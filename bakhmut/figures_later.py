"""Figures for later figures: ratios beside one of them, counts beside estimates, the daily series.

Like `figures`: a frame in, axes out, words for the picture through `alt_text`. Ranges are drawn
one under the other, each under its own words, so that nothing overlaps on a phone either.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, LogLocator

from bakhmut.canvas import (
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
    Label,
    axis_titles,
    canvas,
    date_axis,
    describe,
    nothing,
    page,
    place,
    styled,
    wrap,
)
from bakhmut.estimates import FAMILIES, family
from bakhmut.ratios import against
from bakhmut.words import number, span, to_one

# Measures differ in shape and colour: a ratio of killed is not one of casualties.
_LOOKS = dict(zip(FAMILIES, ((BLUE, "o"), (PURPLE, "^"), (ORANGE, "s"), (GREY, "D")), strict=True))
_LINE = SMALL * 1.30 / 72  # inches


@styled
def plot_ratios(ratios: pd.DataFrame, *, mark: float, ax: Axes | None = None) -> Axes:
    """Return ratios of two sides one under the other, each beside one of them as the mark.

    Parameters
    ----------
    ratios
        as `reported_ratios`, `counted_ratios` and `estimated_ratios` return them, in any mixture:
        they are grouped by layer and place, which are never drawn together.
    mark
        the ratio drawn as a line down the figure.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        ratios to the right on a log scale; a bar is the range of the words and their readings,
        an arrow an end that they leave open; shape and colour say what is counted.
    """
    rows = against(ratios[ratios[["low", "high"]].notna().any(axis=1)], mark)
    if rows.empty:
        return nothing(ax, "No ratios of two sides in this dossier.")
    rows["group"] = rows["layer"].str.capitalize() + ", in " + rows["place"]
    rows["kind_of"] = rows["measure"].map(lambda measure: FAMILIES.index(family(measure)))
    order = {group: n for n, group in enumerate(rows["group"].unique())}
    rows["rank"] = rows["group"].map(order)
    rows = rows.sort_values(["rank", "kind_of", "period"], kind="stable")
    rows["label"] = [_ratio_label(row) for row in rows.itertuples()]
    ax = _stack(rows, ax=ax, least=0.05)
    if (ends := ax.get_xlim())[0] < 1 < ends[1]:
        _rule(ax, 1, "equal", LINE)
    _rule(ax, mark, to_one(mark), INK)
    axis_titles(ax, across="log scale")
    title = _ratio_title(rows, mark)
    page(
        ax,
        title=title,
        subtitle="Bars: what the words allow; arrows: left open. " + _key(rows),
        source="Each under its own source, measure and period: they do not add up to one answer.",
    )
    told = [f"{row.label}: {span(row.low, row.high)} to 1" for row in rows.itertuples()]
    return describe(ax, f"{title}. " + "; ".join(told) + ".")


def _ratio_label(row) -> str:
    measure = row.measure
    if row.per_measure != row.measure:
        measure = f"{row.measure} for each {row.per_measure}"
    if measure == "not stated":
        measure = "measure not stated"
    return f"{_short(row.who)}: {measure}, {_when(row.period)}"


def _short(who: str, most: int = 60) -> str:
    plain = who.removeprefix("unnamed ")
    plain = plain[:1].upper() + plain[1:]
    return plain if len(plain) <= most else plain[: most - 1].rstrip(" ,(") + "…"


def _when(period: str) -> str:
    first, slash, last = period.partition("/")
    if not slash:
        return "period not stated" if period in ("", "not stated") else period
    start, end = (pd.to_datetime(day, errors="coerce") for day in (first, last))
    if pd.isna(start) or pd.isna(end):
        return period
    from_start = first == "2022-02-24"
    return f"to {end:%b %Y}" if from_start else f"{start:%b %Y} to {end:%b %Y}"


def _ratio_title(rows: pd.DataFrame, mark: float) -> str:
    counts = rows["stands"].value_counts()
    parts = [
        f"{counts[where]} {said}"
        for where, said in (
            ("below", f"lie below {to_one(mark)}"),
            ("leaves room", "leave room for it"),
            ("above", "lie above it"),
        )
        if counts.get(where, 0)
    ]
    said = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"Of {len(rows)} ratios, {said}"


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
    halo = [withStroke(linewidth=3, foreground=PAPER)]  # the lines down the figure stop at words
    left = {"transform": ax.get_yaxis_transform(), "va": "top", "path_effects": halo}
    for top, name in heads:
        ax.text(0, top, name, weight="bold", size=TEXT - 0.5, **left)
    for (top, middle), text, row in zip(places, texts, rows.itertuples(), strict=True):
        color, shape = _LOOKS[family(row.measure)]
        ax.text(0, top, text, size=SMALL, color=color, linespacing=1.15, **left)
        _range(ax, middle, row, look=(color, shape))
    return ax


def _range(ax: Axes, y: float, row, *, look: tuple[str, str]) -> None:
    """Draw one range: a bar between its ends, an arrow where an end is open, a mark for a point."""
    color, shape = look
    left, right = ax.get_xlim()
    low = max(row.low, left) if row.low == row.low else left * 1.04
    high = min(row.high, right) if row.high == row.high else right / 1.04
    ax.plot([low, high], [y, y], color=color, linewidth=3.5, alpha=0.55, solid_capstyle="butt")
    for end, at, arrow in ((row.low, low, "<"), (row.high, high, ">")):
        if np.isnan(end):
            ax.plot([at], [y], arrow, color=color, markersize=7)
        elif left < end < right:
            ax.plot([at], [y], "|", color=color, markersize=9, markeredgewidth=1.6)
    if row.point == row.point:
        ax.plot([row.point], [y], shape, color=color, markersize=7, zorder=3)


def _rule(ax: Axes, at: float, name: str, color: str) -> None:
    ax.axvline(at, color=color, linewidth=1.2, linestyle=(0, (4, 2)), zorder=0)
    ax.annotate(
        name, (at, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 3),
        textcoords="offset points", ha="center", va="bottom", size=SMALL, color=color,
    )  # fmt: skip


def _key(rows: pd.DataFrame) -> str:
    words = {"o": "circle", "^": "triangle", "s": "square", "D": "diamond"}
    used = [kind for kind in _LOOKS if kind in set(rows["measure"].map(family))]
    marks = "; ".join(f"{words[_LOOKS[kind][1]]}: {kind}" for kind in used)
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
        return nothing(ax, "No counts and no estimates near this date.")
    ax = _stack(counts, ax=ax, least=1)
    axis_titles(ax, across="persons, log scale")
    title = _count_title(counts)
    page(
        ax,
        title=title,
        subtitle="Bars: ranges; arrows: left open. " + _key(counts),
        source="Estimates stand beside what was reported; nothing is added up or averaged.",
    )
    told = [
        f"{row.group}, {row.label}: {span(*_ends(row))}" for row in counts.itertuples(index=False)
    ]
    return describe(ax, f"{title} " + "; ".join(told) + ".")


def _ends(row) -> tuple[float, float]:
    if np.isnan(row.low) and np.isnan(row.high):
        return row.point, row.point
    return row.low, row.high


def _count_title(counts: pd.DataFrame) -> str:
    """Return, for each side, the lowest and the highest end among reports and estimates."""
    parts = []
    for side, own in counts.groupby(counts["group"].str.partition(":")[0], sort=False):
        ends = own[["low", "high", "point"]].to_numpy(dtype=float)
        parts.append(f"{side}: from {number(np.nanmin(ends))} to {number(np.nanmax(ends))}")
    return "; ".join(parts) + ", as what is counted changes"


@styled
def plot_series(series: pd.DataFrame, claims: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Return a cumulative series over time, with the counts that others reported laid over it.

    Parameters
    ----------
    series
        claims of one source, cumulative from one start: `low_value`, `period_end`, `source`.
    claims
        counts of the same side and place from the same start, with `low` and `high` as numbers
        after their hedge, `measure`, `origin`, `period_end`.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        dates to the right, persons upward; shape and colour say what is counted.
    """
    line = series.dropna(subset=["low_value", "period_end"]).sort_values("period_end")
    if line.empty:
        return nothing(ax, "No daily series in this dossier.")
    name = line["source"].iloc[0]
    others = compared(line, claims)
    ax = canvas(ax, height=4.2)
    ax.plot(line["period_end"], line["low_value"], color=INK, linewidth=2)
    for row in others.itertuples():
        color, shape = _LOOKS[family(row.measure)]
        low, high = (row.low, row.high) if row.low == row.low else (row.high, row.high)
        ax.plot([row.period_end] * 2, [low, high if high == high else low], color=color)
        ax.plot([row.period_end], [low if high != high else (low + high) / 2], shape, color=color)
        for end, at, arrow in ((row.low, row.high, "v"), (row.high, row.low, "^")):
            if np.isnan(end):
                ax.plot([row.period_end], [at * (1.03 if arrow == "^" else 0.97)], arrow,
                        color=color, markersize=4)  # fmt: skip
    ax.set_ylim(0, None)
    ax.margins(x=0.05)
    date_axis(ax)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axis_titles(ax, upward="persons since the start, cumulative")
    title = _series_title(others, name)
    page(ax, title=title, subtitle=_key(others) + f" Line: {name}.", source=_series_source(others))
    last = line.iloc[-1]
    near = ("above left", "left", "below left", "below")
    spot = ((float(ax.convert_xunits(last["period_end"])), last["low_value"]),)
    place(ax, [Label(f"{name}\n{number(last['low_value'])}", spot, INK, near, "bold")])
    told = [
        f"{row.origin} ({row.measure}, to {row.period_end:%Y-%m-%d}): {span(row.low, row.high)}"
        for row in others.itertuples()
    ]
    first = line.iloc[0]
    run = (
        f"{name}: {number(first['low_value'])} on {first['period_end']:%Y-%m-%d} to "
        f"{number(last['low_value'])} on {last['period_end']:%Y-%m-%d}."
    )
    return describe(ax, f"{title} {run} Others: " + "; ".join(told) + ".")


def compared(series: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of other origins with `series_value`, the series on that day or before.

    Counts that end before the series begins or after it ends are left out. `stands` is "above" or
    "below" where the whole count lies so, else "about there".
    """
    line = series.sort_values("period_end")
    inside = claims["period_end"].between(line["period_end"].iloc[0], line["period_end"].iloc[-1])
    others = claims[inside & claims["origin"].ne(line["source"].iloc[0])].copy()
    at = line["period_end"].searchsorted(others["period_end"], side="right") - 1
    others["series_value"] = line["low_value"].to_numpy()[at]
    others["stands"] = np.select(
        [others["low"].gt(others["series_value"]), others["high"].lt(others["series_value"])],
        ["above", "below"],
        default="about there",
    )
    return others


def _series_title(others: pd.DataFrame, name: str) -> str:
    parts = []
    for kind, where in (("killed", "below"), ("killed and wounded", "above")):
        own = others[others["measure"].map(family).eq(kind)]
        if len(own):
            hits = int(own["stands"].eq(where).sum())
            parts.append(f"{hits} of {len(own)} counts of {kind} by others lie {where} it")
    return f"{name}: {' and '.join(parts) or 'no counts by others in its time'}"


def _series_source(others: pd.DataFrame) -> str:
    names = list(dict.fromkeys(_short(name, 30) for name in others["origin"]))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"Others: {'; '.join(names[:3]) or 'none'}{more}."
