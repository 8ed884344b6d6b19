"""The later figures: what is plotted, what the words for the picture say."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest

from bakhmut.dossier.changed.series import bulletins_of
from bakhmut.dossier.claims import read_dossier
from bakhmut.figures.ranges import plot_counts, plot_ratios
from bakhmut.figures.series import compared, plot_series
from bakhmut.figures.style import alt_text, is_empty
from bakhmut.findings.questions import totals_of
from bakhmut.views.estimates import counts_around, read_estimates
from bakhmut.views.ratios import reported_ratios


def ratio_rows(**columns):
    rows = pd.DataFrame(
        {
            "claim": ["a", "b"],
            "layer": "reported",
            "who": ["unnamed official", "a lake guard"],
            "place": "the lake",
            "period": ["not stated", "2021-01-01/2021-06-30"],
            "measure": ["killed", "boats"],
            "per_measure": ["killed", "nets"],
            "low": [2.0, math.nan],
            "high": [3.0, 8.0],
            "point": [math.nan, 8.0],
        }
    )
    return rows.assign(**columns)


def words(ax):
    return " ".join(text.get_text() for text in ax.texts).replace("\n", " ")


def test_each_ratio_is_labelled_with_source_measure_and_period():
    ax = plot_ratios(ratio_rows(), mark=4)
    assert "Official: killed, no period" in words(ax)
    assert "A lake guard: boats for each nets, Jan 2021 to Jun 2021" in words(ax)
    assert "4 to 1" in words(ax)


def test_the_title_counts_what_lies_where():
    ax = plot_ratios(ratio_rows(), mark=4)
    # 2 to 3 is below 4; at most 8 leaves room for it
    assert alt_text(ax).startswith("Of 2 ratios, 1 is below 4 to 1 and 1 leaves room for it.")
    # a voice does not agree with itself: at most 8 is the ratio that the line is of
    ax = plot_ratios(ratio_rows(), mark=4, own=["a lake guard"])
    assert alt_text(ax).startswith("One other ratio: 1 is below 4 to 1.")
    assert "A lake guard" in words(ax)


def test_the_words_for_the_picture_have_every_range_and_open_end():
    said = alt_text(plot_ratios(ratio_rows(), mark=4))
    assert "2 to 3 to 1" in said
    assert "at most 8 to 1" in said


def test_bars_run_between_the_ends_and_arrows_mark_the_open_ones():
    ax = plot_ratios(ratio_rows(), mark=4)
    bars = [line for line in ax.lines if line.get_linewidth() == 3.5]
    left, _ = ax.get_xlim()
    (closed, opened) = (bar.get_xdata() for bar in bars)
    assert list(closed) == [2, 3]
    assert opened[0] == pytest.approx(left * 1.04)
    assert opened[1] == 8
    assert "<" in {line.get_marker() for line in ax.lines}


def test_every_ratio_of_the_later_dossier_is_drawn_inside_the_page(later):
    ax = plot_ratios(reported_ratios(later), mark=5)
    ax.figure.draw_without_rendering()
    page = ax.figure.bbox
    for text in ax.texts:
        box = text.get_window_extent()
        assert page.x0 <= box.x0 and box.x1 <= page.x1, text.get_text()


def test_words_of_different_ranges_never_overlap(later):
    ax = plot_ratios(reported_ratios(later), mark=5)
    ax.figure.draw_without_rendering()
    boxes = sorted((text.get_window_extent() for text in ax.texts), key=lambda box: -box.y1)
    for upper, lower in pairwise(boxes[1:]):
        assert upper.y0 >= lower.y1 - 1


def test_without_ratios_or_a_mark_the_figure_says_so():
    assert is_empty(plot_ratios(ratio_rows().iloc[:0], mark=5))
    assert is_empty(plot_ratios(ratio_rows(), mark=math.nan))


def test_counts_stand_with_estimates_of_the_same_kind(later):
    totals = totals_of(later, "Ukraine")
    day = pd.Timestamp("2023-03-06")
    around = counts_around(totals, read_estimates(), side="Ukraine", day=day)
    ax = plot_counts(around)
    assert "Ukraine, killed and wounded" in words(ax)
    assert "Estimate: Leaked US assessment, to 23 Feb 2023" in words(ax)
    assert "124,500 to 131,000" in alt_text(ax)
    assert is_empty(plot_counts(around.iloc[:0]))


def test_a_point_without_a_range_gets_no_arrows():
    rows = ratio_rows().head(1).assign(low=math.nan, high=math.nan, point=7.0)
    rows = rows.assign(group="march, people", label="a paper", layer="reported")
    ax = plot_counts(rows)
    assert not {"<", ">"} & {line.get_marker() for line in ax.lines}


def test_the_series_is_a_line_and_the_texts_figure_a_ring_on_it(later):
    own = read_dossier().claims["claim"]
    line = bulletins_of(later)
    ax = plot_series(line, totals_of(later, "Russia", own=own))
    assert list(ax.lines[0].get_ydata()) == line["low_value"].tolist()
    rings = [entry for entry in ax.lines if entry.get_fillstyle() == "none"]
    assert [list(ring.get_ydata()) for ring in rings] == [[153_770]]
    assert "153,770" in words(ax)
    assert "about 90,090 on 2022-12-02 to about 409,820 on 2024-02-25" in alt_text(ax)


def test_others_are_compared_with_the_series_of_their_day():
    days = pd.to_datetime(["2023-01-01", "2023-02-01"])
    line = pd.DataFrame({"period_end": days, "low_value": [100.0, 200.0], "source": "S"})
    others = pd.DataFrame(
        {
            "origin": ["A", "B", "C", "D", "E", "S"],
            "period_end": pd.to_datetime(
                ["2023-01-15", "2023-02-01", "2023-03-01", "2023-01-15", "2023-01-15", "2023-02-01"]
            ),
            "low": [90.0, 201.0, 1.0, 150.0, 201.0, 1.0],
            "high": [99.0, math.nan, 1.0, 160.0, math.nan, 1.0],
        }
    )
    rows = compared(line, others)
    # C ends after the series, S is its own; between two days the series is between two totals.
    assert rows["origin"].tolist() == ["A", "B", "D", "E"]
    assert rows["series_low"].tolist() == [100, 200, 100, 100]
    assert rows["series_high"].tolist() == [200, 200, 200, 200]
    assert rows["stands"].tolist() == ["below", "above", "undecided", "above"]


def test_without_a_series_the_figure_says_so(later):
    empty = later.claims.iloc[:0]
    assert is_empty(plot_series(empty, empty))
