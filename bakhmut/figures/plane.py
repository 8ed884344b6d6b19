"""The loss plane: the numbers of one side against the other's, and the ratios between them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bakhmut.base.sentences import in_place, quoted, whole
from bakhmut.base.words import number, span, to_one
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.printed import as_printed
from bakhmut.figures.style import (
    BLUE,
    CORNERS,
    GREY,
    INK,
    LINE,
    ORANGE,
    PAPER,
    PURPLE,
    Label,
    axis_titles,
    canvas,
    describe,
    empty_figure,
    frame_axes,
    log_axes,
    place_labels,
    styled,
)
from bakhmut.figures.vector import mark
from bakhmut.views.quotients import (
    caps,
    counts,
    implied_elsewhere,
    naive_quotients,
    ratio_bands,
    sides,
)
from bakhmut.views.sourcing import source_line


def _fade(ax: Axes, start: float, *, axis: str, color: str) -> None:
    """Fade upward from a lower bound, as far as the axes go: the words set no upper one."""
    shade = ax.axvspan if axis == "x" else ax.axhspan
    end = max((ax.get_xlim() if axis == "x" else ax.get_ylim())[1], start * 1.01)
    edges = np.geomspace(start, min(start * 2.5, end), 6)
    edges[-1] = end
    for n, (low, high) in enumerate(pairwise(edges)):
        alpha = (5 - n) / 16  # steps of the palette that pictures are saved in
        shade(low, high, color=color, alpha=alpha, linewidth=0)


@styled
def plot_losses_against_ratios(dossier: Dossier, *, ax: Axes | None = None) -> Axes:
    """Return the loss plane: the numbers of one side against the other's, both on log scales.

    A count is a line (a band, where a range is printed) that fades where its words leave it
    open; a ratio is a line of slope 1 with a band for its readings; where counts of both sides
    at one place cross lies their quotient, a bound wherever one of them is open. Hollow marks
    show what the reported ratio would imply if it held where the counts were made.

    Parameters
    ----------
    dossier
        any dossier with counts of two sides.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        numerator side upward, denominator side to the right; both in the units counted.
    """
    two = sides(dossier)
    rows = counts(dossier)
    rows = rows[rows["side"].isin(two or ())]
    if two is None or rows["side"].nunique() < 2:
        return empty_figure(
            ax, "No numbers of two sides to set against each other in this dossier."
        )
    ax = canvas(ax, height=4.0)
    pairs, implied = naive_quotients(dossier), _lead(dossier)
    rates, lead = ratio_bands(dossier), _leading(rows, pairs, implied)
    _limits(ax, rows, two, implied)
    log_axes(ax.xaxis, ax.yaxis)
    labels = _quotient_marks(ax, pairs, implied) + _ratio_lines(ax, rates, implied)
    labels[3:3] = _count_lines(ax, rows[rows["claim"].isin(lead)], two)
    _others(ax, rows[~rows["claim"].isin(lead)], two)
    axis_titles(ax, across=f"{two[1]}, number reported", upward=f"{two[0]}, number reported")
    title = _plane_title(pairs, rates, implied)
    frame_axes(
        ax,
        title=title,
        subtitle="Log scales; shaded: open upward; hollow: what the ratio would imply here"
        + ("; dots and ticks: other counts" if len(lead) < len(rows) else ""),
        source=source_line(dossier, [*rows["claim"], *rates["claim"]]),
    )
    place_labels(ax, labels)
    return describe(ax, f"{title}. {_plane_alt(rows, rates, implied)}")


def _lead(dossier: Dossier) -> pd.DataFrame:
    """Return what the first ratio implies from the counts it is best held against: two rows.

    Those of a whole around its place if there are any, nearest in time; none without a ratio.
    """
    implied, found = implied_elsewhere(dossier), caps(dossier)
    if implied.empty:
        return implied
    if found.empty:
        return implied.head(2)
    cap = found.iloc[0]
    pair = {cap["given"], cap["per_claim"]}
    same = implied["given"].isin(pair) & implied["against"].isin(pair)
    return implied[same & implied["claim"].eq(cap["claim"])].head(2)


_FEW = 5  # counts that can all be labelled lines; of more, the others are ticks at the edge


def _leading(rows: pd.DataFrame, pairs: pd.DataFrame, implied: pd.DataFrame) -> set[str]:
    if len(rows) <= _FEW:
        return set(rows["claim"])
    if len(implied):
        return {*implied["given"], *implied["against"]}
    return set(pairs[["claim", "per_claim"]].head(1).to_numpy().ravel())


def _others(ax: Axes, rows: pd.DataFrame, two: tuple[str, str]) -> None:
    """Mark further counts by ticks at the edge of the axes: they are there, if not told apart."""
    left, bottom = ax.get_xlim()[0], ax.get_ylim()[0]
    for row in tuples_of(rows):
        upward = row.side == two[0]
        at = (left, row.value) if upward else (row.value, bottom)
        (tick,) = ax.plot(
            *at, "_" if upward else "|", color=ORANGE if upward else BLUE, ms=18, alpha=0.6
        )
        mark(tick, row.claim, f"{quoted(row.quote)} ({row.source})")


def _limits(ax: Axes, rows: pd.DataFrame, two: tuple[str, str], implied: pd.DataFrame) -> None:
    """Give both log axes the same number of decades, so that a ratio rises at one slope."""
    spans = []
    for side in two:
        own = rows.loc[rows["side"].eq(side), ["value", "least", "most"]].to_numpy().ravel()
        what_if = implied.loc[implied["side"].eq(side), "implied"].to_numpy()
        logs = np.log10([v for v in (*own, *what_if) if np.isfinite(v) and v > 0])
        spans.append((logs.min(), logs.max()))
    half = max(high - low for low, high in spans) / 2 + 0.55
    (bottom, top), (left, right) = (
        (10 ** (sum(ends) / 2 - half), 10 ** (sum(ends) / 2 + half)) for ends in spans
    )
    ax.set(xscale="log", yscale="log", xlim=(left, right), ylim=(bottom, top))


def _count_lines(ax: Axes, rows: pd.DataFrame, two: tuple[str, str]) -> list[Label]:
    labels = []
    left, right, bottom, top = *ax.get_xlim(), *ax.get_ylim()
    for row in tuples_of(rows.drop_duplicates(["side", "low", "high", "hedge"])):
        upward = row.side == two[0]
        axis, color = ("y", ORANGE) if upward else ("x", BLUE)
        ends = ((left, right), [row.value] * 2) if upward else ([row.value] * 2, (bottom, top))
        (line,) = ax.plot(
            *ends, color=color, linewidth=2, linestyle="--" if np.isnan(row.least) else "-"
        )
        mark(line, row.claim, f"{quoted(row.quote)} ({row.source})")
        if np.isnan(row.most):
            _fade(ax, row.value, axis=axis, color=color)
        elif row.most > row.least:
            shade = ax.axhspan if upward else ax.axvspan
            shade(row.least, row.most, color=color, alpha=0.18, linewidth=0)
        where = f" {in_place(row.place)}" if row.place else ""
        words = f"{as_printed(row)}\n{row.measure}{where}"
        at = tuple(zip(*ends, strict=True))
        labels.append(Label(words, at, color, CORNERS))
    return labels


def _ratio_lines(ax: Axes, rates: pd.DataFrame, implied: pd.DataFrame) -> list[Label]:
    ends, (bottom, top) = np.array(ax.get_xlim()), ax.get_ylim()
    ax.plot(ends, ends, color=LINE, linewidth=1, linestyle=":")
    corner = (min(ends[1], top),) * 2
    labels = [Label("1 to 1", (corner,), GREY, ("below left", "left"))]
    for row in tuples_of(rates.drop_duplicates(["value", "place"])):
        if len(rates) > 3 and row.claim not in set(implied["claim"]):
            (line,) = ax.plot(
                ends, row.value * ends, color=PURPLE, linewidth=1, alpha=0.4, linestyle="--"
            )
            mark(line, row.claim, f"{quoted(row.quote)} ({row.source})")
            continue
        (line,) = ax.plot(ends, row.value * ends, color=PURPLE, linewidth=2)
        mark(line, row.claim, f"{quoted(row.quote)} ({row.source})")
        # An open end is shaded as far as the axes go.
        most = row.band_high if np.isfinite(row.band_high) else top / ends[0]
        least = row.band_low if np.isfinite(row.band_low) else bottom / ends[1]
        ax.fill_between(ends, least * ends, most * ends, color=PURPLE, alpha=0.12, linewidth=0)
        words = f"{as_printed(row)} to 1 reported" + (
            f"\n{in_place(row.place)}" if row.place else ""
        )
        at = tuple((y / most, y) for y in np.geomspace(top, bottom, 9)[1:-1] if y / most < ends[1])
        labels.insert(0, Label(words, at, PURPLE, ("left", "above left", "below right"), "bold"))
    ax.set(xlim=ends, ylim=(bottom, top))
    return labels


def _quotient_marks(ax: Axes, pairs: pd.DataFrame, implied: pd.DataFrame) -> list[Label]:
    labels = []
    ours = pairs["claim"].isin(implied["given"]) & pairs["per_claim"].isin(implied["given"])
    for row in tuples_of(pairs[~ours if len(pairs) > _FEW else ours & False]):
        ax.plot([row.per_value], [row.value], ".", color=GREY, markersize=5, alpha=0.6)
    for row in tuples_of(pairs[ours | (len(pairs) <= _FEW)]):
        (square,) = ax.plot([row.per_value], [row.value], "s", color=INK, markersize=8, zorder=4)
        mark(square, (row.claim, row.per_claim), f"Divided: {_bounded(row.low, row.high)}")
        arrows = [((1.45, 1), row.low), ((1, 1.45), row.high)]
        for (right, up), bound in arrows:
            if np.isnan(bound):
                ax.annotate(
                    "", (row.per_value * right, row.value * up), (row.per_value, row.value),
                    arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 2},
                )  # fmt: skip
        words = _bounded(row.low, row.high).replace("at most ", "at most\n")
        near = ("below right", "above right", "below left", "above left")
        labels.append(Label(words, ((row.per_value, row.value),), INK, near, "bold"))
    if len(implied):
        lower, upper = tuples_of(implied)
        for point, value in (
            ((lower.implied, upper.reported), lower.implied),
            ((lower.reported, upper.implied), upper.implied),
        ):
            ax.plot(*([part] for part in point), "D", color=PAPER, markeredgecolor=PURPLE,
                    markersize=9, zorder=4, mew=2)  # fmt: skip
            words = f"{number(value)}\nif {to_one(lower.ratio)}"
            labels.append(Label(words, (point,), PURPLE, CORNERS))
    return labels


def _bounded(low: float, high: float) -> str:
    """Return a quotient in words: `at most 1.28 to 1`."""
    return "open" if np.isnan(low) and np.isnan(high) else f"{span(low, high)} to 1"


def _plane_title(pairs: pd.DataFrame, rates: pd.DataFrame, implied: pd.DataFrame) -> str:
    if len(implied):
        rates = rates[rates["claim"].isin(implied["claim"])]
        pairs = pairs[pairs["claim"].isin(implied["given"])]
        pairs = pairs[pairs["per_claim"].isin(implied["given"])]
    said = [
        f"{to_one(row.value)} is reported" + (f" for {row.place}" if row.place else "")
        for row in tuples_of(rates.head(1))
    ]
    given = [
        (f"across {whole(row.place)} " if row.place else "")
        + f"the counts give {_bounded(row.low, row.high)}"
        for row in tuples_of(pairs.head(1))
    ]
    words = "; ".join(given + said) or "no two counts of one place can be compared"
    return words[0].upper() + words[1:]


def _plane_alt(rows: pd.DataFrame, rates: pd.DataFrame, implied: pd.DataFrame) -> str:
    words = ["Plane of reported numbers on log scales."]
    for side, own in rows.groupby("side", sort=False):
        ends = own.loc[[own["value"].idxmin(), own["value"].idxmax()]].drop_duplicates("claim")
        said = ", highest ".join(as_printed(row) for row in tuples_of(ends))
        words.append(f"{side}: {said} ({len(own)} {'count' if len(own) == 1 else 'counts'}).")
    for row in tuples_of(rates.head(3)):
        where = f" for {row.place}" if row.place else ""
        read = (
            ""
            if row.band_low == row.band_high
            else ", read as " + span(row.band_low, row.band_high)
        )
        words.append(f"A line of {as_printed(row)} to 1 reported{where}{read}.")
    if len(rates) > 3:
        words.append(f"{len(rates) - 3} further ratios, from {to_one(rates['value'].min())} "
                     f"to {to_one(rates['value'].max())}.")  # fmt: skip
    said = {row.claim: as_printed(row) for row in tuples_of(rows)}
    words += [
        f"If the first held here, {row.side} would have {number(row.implied)}, where "
        f"{said[row.against]} is reported, as printed a factor {number(row.factor)} apart."
        for row in tuples_of(implied)
        if not row.fits
    ]
    return " ".join(words)
