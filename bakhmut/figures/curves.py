"""Figures of a ratio: elsewhere against the part's share, and against the multipliers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bakhmut.base.sentences import in_place
from bakhmut.base.words import number, percent, span, to_one
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.figures.style import (
    BLUE,
    GREY,
    INK,
    LINE,
    ORANGE,
    PALE,
    PAPER,
    PURPLE,
    SMALL,
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
from bakhmut.views.multipliers import multiplier_contours, multiplier_ranges
from bakhmut.views.quotients import caps, elsewhere, ratio_bands, sides
from bakhmut.views.sourcing import source_line


@styled
def plot_ratio_elsewhere(dossier: Dossier, *, ax: Axes | None = None) -> Axes:
    """Return the largest ratio outside the part, against the part's share of the total.

    The more of the denominator side's total fell inside the part, where its ratio is reported,
    the lower the ratio outside: a falling curve, its band for the readings of the ratio. The
    cross is the cap, past which nothing is left outside; the circle is parity.

    Parameters
    ----------
    dossier
        a ratio reported for a place that `terms` puts inside a place with counts of both sides.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        share in per cent to the right, numerator per one of the denominator upward.
    """
    found = caps(dossier).dropna(subset=["quotient_high", "ratio_low"])
    if found.empty:
        return empty_figure(
            ax, "No ratio of a part stands beside counts of its whole that limit it."
        )
    cap = found.iloc[0]
    band = ratio_bands(dossier).set_index("claim").loc[cap["claim"]]
    ax = canvas(ax, height=3.7)
    end = cap["share"] if np.isfinite(cap["share"]) else 0.999  # it rises without an end
    top = max(cap["quotient_high"], 1) * (1.3 if end == cap["share"] else 1.6)
    ax.set(xlim=(0, min(1, end * 1.4)), ylim=(0, top))
    dashed = _share_curve(ax, cap, band, end)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g} %"))
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    labels = _share_labels(ax, cap) + dashed
    axis_titles(
        ax,
        across=f"share of the total for {cap['side']} {in_place(cap['part'])}",
        upward=f"largest ratio outside {cap['part']}, to 1",
    )
    title, told = _share_words(cap, band)
    frame_axes(
        ax,
        title=title,
        subtitle=f"If {to_one(cap['ratio'])} held {in_place(cap['part'])} and the counts "
        f"{in_place(cap['whole'])} hold too",
        source=source_line(dossier, [cap["claim"], cap["given"], cap["per_claim"]]),
    )
    place_labels(ax, labels)
    return describe(ax, f"{title}. {told}")


def _share_curve(ax: Axes, cap: pd.Series, band: pd.Series, end: float) -> list[Label]:
    labels = []
    share = np.linspace(0, end, 101)
    curve = elsewhere(cap["quotient_high"], cap["ratio_low"], share)
    ax.fill_between(share, 0, curve, color=BLUE, alpha=0.10, linewidth=0)
    ends = [ratio for ratio in (band["band_low"], band["band_high"]) if np.isfinite(ratio)]
    for ratio in {min(ends), max(ends)} - {cap["ratio_low"]} if ends else ():
        wide = np.linspace(0, min(0.95, cap["quotient_high"] / ratio), 101)
        dashed = elsewhere(cap["quotient_high"], ratio, wide)
        ax.plot(wide, dashed, color=BLUE, linewidth=1, linestyle="--")
        at = tuple(zip(wide[60:90:5], dashed[60:90:5], strict=True))
        near = ("below left", "left") if ratio > cap["ratio_low"] else ("above right", "right")
        labels.append(Label(f"if {to_one(ratio)}", at, BLUE, near, size=SMALL, gap=3))
    ax.plot(share, curve, color=BLUE, linewidth=2.5)
    ax.plot(ax.get_xlim(), (1, 1), color=LINE, linewidth=1, linestyle=":")
    if np.isfinite(cap["share"]):
        # Past the largest share under any reading nothing is possible.
        least = min([cap["ratio_low"], *ends])
        past = min(1.0, cap["quotient_high"] / least)
        ax.axvspan(past, max(ax.get_xlim()[1], past), facecolor=PAPER, edgecolor=PALE,
                   hatch="///", zorder=0)  # fmt: skip
    return labels


def _share_labels(ax: Axes, cap: pd.Series) -> list[Label]:
    right, top = ax.get_xlim()[1], ax.get_ylim()[1]
    start = (0, cap["quotient_high"])
    ax.plot(*start, "s", color=INK, markersize=8, zorder=4, clip_on=False)
    labels = [
        Label(f"at most {to_one(cap['quotient_high'])} in all", (start,), INK,
              ("above right",) if np.isfinite(cap["share"]) else ("below right",))
    ]  # fmt: skip
    if np.isfinite(cap["share"]):
        at = (cap["share"], 0)
        ax.plot(*at, "X", color=ORANGE, markersize=10, zorder=4, clip_on=False)
        words = f"{percent(cap['share'])}\n= {number(cap['cap'])}:\nall of it"
        labels.append(Label(words, (at,), ORANGE, ("above right", "above left"), "bold"))
    if np.isfinite(cap["parity"]):
        at = (cap["parity"], 1)
        ax.plot(*at, "o", color=PAPER, markeredgecolor=PURPLE, markersize=9, mew=2, zorder=4)
        words = f"1 to 1 at {percent(cap['parity'])}"
        labels.append(Label(words, (at,), PURPLE, ("above right", "below left"), "bold"))
    near = ("below left", "left") if np.isfinite(cap["share"]) else ("below right", "below")
    for share in (0.05, 0.1, 0.2, 0.3, 0.5, 0.7) if np.isfinite(cap["share"]) else (0.2, 0.5, 0.7):
        ratio = elsewhere(cap["quotient_high"], cap["ratio_low"], share)
        if share < min(right, cap["share"] if np.isfinite(cap["share"]) else 1) and ratio < top:
            ax.plot(share, ratio, "o", color=BLUE, markersize=6, zorder=4)
            labels.append(Label(number(ratio), ((share, ratio),), BLUE, near))
    return labels


def _share_words(cap: pd.Series, band: pd.Series) -> tuple[str, str]:
    title = f"{cap['part']} can be "
    if np.isfinite(cap["share"]):
        title += f"at most {percent(cap['share'])} of the total for {cap['side']}"
    else:
        title += f"any share of the total for {cap['side']}"
    if np.isfinite(cap["parity"]):
        title += f"; past {percent(cap['parity'])} the ratio elsewhere is under 1 to 1"
    told = [
        f"Curve of the largest ratio outside {cap['part']}, "
        f"from {to_one(cap['quotient_high'])} at a share of nought"
    ]
    if np.isfinite(cap["share"]):
        told.append(f" down to nought at {percent(cap['share'])}, which is {number(cap['cap'])}")
    for share in (0.05, 0.1, 0.2):
        ratio = elsewhere(cap["quotient_high"], cap["ratio_low"], share)
        told.append(f"; {number(ratio)} at {100 * share:g} %" if ratio >= 0 else "")
    read = span(band["band_low"], band["band_high"])
    return title, "".join(told) + f". Dashed: the ratio read as {read} to 1."


@styled
def plot_wounded_per_killed(
    dossier: Dossier, *, published: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Return the multipliers of both sides (wounded per killed), with the reported ratio's line.

    If both numbers count a part and a rest (killed and wounded), the ratio of the part depends
    on how many of the rest each side has for one of the part. Along the line the ratio of the
    part is the reported one; above it less. Boxes are the assumed ranges. The diamond on the
    axis is where the numerator counts the part only.

    Parameters
    ----------
    dossier
        with assumptions of one measure per another for each of its two sides.
    published
        what others have said (`side`, `low`, `high`), drawn as ticks along that side's axis.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        denominator side to the right, numerator side upward; both a plain number per one.
    """
    ranges, lines = multiplier_ranges(dossier), multiplier_contours(dossier)
    two = sides(dossier)
    if two is None or ranges.empty or lines.empty:
        return empty_figure(ax, "No multipliers are assumed for both sides in this dossier.")
    line = lines.iloc[0]
    ax = canvas(ax, height=3.9)
    right = max(ranges["per_high"].max(), line["slope"] - 1) * 1.12
    top = ranges["high"].max() * 1.25
    ax.set(xlim=(0, right), ylim=(0, top))
    x = np.array([line["slope"] - 1, right])
    y = (1 + x) / line["slope"] - 1
    ax.fill_between(x, 0, y, color=PURPLE, alpha=0.10, linewidth=0)
    ax.plot(x, y, color=PURPLE, linewidth=2.5)
    ticks = _published_ticks(ax, published, two)
    labels = _multiplier_labels(ax, ranges, line, two)
    rest, part = ranges[["rest", "part"]].iloc[0]
    axis_titles(ax, across=f"{rest} per {part}, {two[1]}", upward=f"{rest} per {part}, {two[0]}")
    least = ratio_bands(dossier).set_index("claim").loc[line["claim"], "band_low"]
    title, told = _multiplier_words(ranges, line, two, least=least)
    frame_axes(
        ax,
        title=title,
        subtitle=f"If both numbers count {part} and {rest}; boxes: ranges assumed"
        + ("; ticks: published" if ticks else ""),
        source=source_line(dossier, [line["claim"], line["given"], line["per_claim"]])
        + " Ranges: assumptions of this dossier.",
    )
    place_labels(ax, labels)
    return describe(ax, f"{title}. {told}")


def _published_ticks(ax: Axes, published: pd.DataFrame | None, two: tuple[str, str]) -> int:
    """Return how many published values are marked along the axes of their sides."""
    if published is None:
        return 0
    many = 0
    for side, look in zip(two, ("_", "|"), strict=True):
        own = published[published["side"].eq(side)]
        said: dict[float, list[str]] = {}
        for row in tuples_of(own):
            for text in filter(None, dict.fromkeys((row.low, row.high))):
                said.setdefault(float(text), []).append(getattr(row, "source", ""))
        for value, sources in sorted(said.items()):
            at = (0.0, value) if look == "_" else (value, 0.0)
            (tick,) = ax.plot(
                [at[0]], [at[1]], look, color=ORANGE, markersize=16, mew=1.4, zorder=2
            )
            mark(tick, (), f"{number(value)} for {side}: {'; '.join(filter(None, sources))}")
            many += 1
    return many


def _multiplier_labels(
    ax: Axes, ranges: pd.DataFrame, line: pd.Series, two: tuple[str, str]
) -> list[Label]:
    right, top = ax.get_xlim()[1], ax.get_ylim()[1]
    labels = []
    for row in tuples_of(ranges):
        plausible = row.tier == "plausible"
        color = BLUE if plausible else GREY
        x = [row.per_low, row.per_high, row.per_high, row.per_low, row.per_low]
        y = [row.low, row.low, row.high, row.high, row.low]
        ax.plot(x, y, color=color, linewidth=2 if plausible else 1.2, ls="-" if plausible else "--")
        if plausible:
            ax.fill(x, y, color=BLUE, alpha=0.18, linewidth=0)
        corner = (row.per_low, row.high)
        near = ("above right", "below right")
        labels.append(Label(f"{row.tier} ranges", (corner,), color, near, gap=4))
    alone = line["slope"] - 1
    if alone >= 0:
        ax.plot(alone, 0, "D", color=PAPER, markeredgecolor=PURPLE, ms=9, mew=2, clip_on=False,
                zorder=4)  # fmt: skip
        words = f"{number(alone)} if {line['part']}\nonly for {two[0]}"
        beside = ((alone, 0), *((0.075 * right, part * top) for part in (0.18, 0.12, 0.22)))
        labels.append(Label(words, beside, PURPLE, ("above right",), gap=5))
    at = tuple((x, (1 + x) / line["slope"] - 1) for x in np.linspace(right, alone, 12)[1:-1])
    words = f"{to_one(line['ratio'])} of {line['part']}"
    sides_ = ("below right", "below", "above left")
    labels.append(Label(words, tuple(a for a in at if a[1] < top), PURPLE, sides_, "bold"))
    return labels


def _reach(most: float, ratio: float, least: float) -> str:
    """Return whether the killed reach a ratio, or only the least that its words may mean."""
    if most >= ratio:
        return f"they reach {to_one(ratio)}"
    if most >= least:
        return f"under {number(ratio)}, over the {number(least)} it may mean"
    return f"they stay short of {to_one(ratio)}"


def _multiplier_words(
    ranges: pd.DataFrame, line: pd.Series, two: tuple[str, str], *, least: float
) -> tuple[str, str]:
    row = ranges.iloc[0]
    most = line["ratio"] / line["slope"] * (1 + row["per_high"]) / (1 + row["low"])
    title = (
        f"In the {row['tier']} ranges, at most {to_one(most)} of {line['part']}: "
        f"{_reach(most, line['ratio'], least)}"
    )
    told = [
        f"{row.tier.capitalize()} ranges: {two[1]} {span(row.per_low, row.per_high)}, "
        f"{two[0]} {span(row.low, row.high)} {row.rest} per {row.part}."
        for row in tuples_of(ranges)
    ]
    told.append(
        f"If the number for {two[0]} counts {line['part']} only, {number(line['slope'] - 1)} "
        f"{row['rest']} per {row['part']} give {to_one(line['ratio'])}."
    )
    return title, " ".join(told)
