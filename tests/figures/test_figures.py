"""The figures, tested on their data: where marks stand, what words say, that nothing overlaps."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from making import count, dossier, exactly, ratio
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.text import Text
from places import OUTBREAK

from bakhmut import check, read_dossier
from bakhmut.consistency.arranged import reading_tree, thresholds
from bakhmut.dossier.claims import DATA, build_dossier
from bakhmut.figures import (
    alt_text,
    plot_coverage,
    plot_losses_against_ratios,
    plot_ratio_elsewhere,
    plot_reading_matrix,
    plot_relays,
    plot_reported_ranges,
    plot_thresholds,
    plot_wounded_per_killed,
)  # fmt: skip
from bakhmut.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    VERDICTS,
    WIDTH,
    Label,
    canvas,
    is_empty,
    place_labels,
    png,
)  # fmt: skip
from bakhmut.views.sourcing import read_reference, relays

SHIPPED = sorted(path.parent for path in DATA.glob("*/claims.csv"))
OF_DOSSIERS = [
    plot_losses_against_ratios, plot_ratio_elsewhere, plot_wounded_per_killed, plot_relays,
    plot_coverage, plot_reported_ranges,
]  # fmt: skip


@pytest.fixture(scope="module")
def checked(outbreak):
    return check(outbreak, assume=["harbour-ratio-citywide"])


@pytest.fixture(scope="module")
def alone():
    row = {"claim": "one", "quote": "ten fell ill", "side": "Red", "measure": "ill"}
    return build_dossier({"claims": [row | {"low": "10", "high": "10"}]})


def points(ax, marker):
    """Return where single marks of one shape stand."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    return sorted(tuple(line.get_xydata()[0]) for line in lines if len(line.get_xydata()) == 1)


def said(ax):
    return " | ".join(text.get_text().replace("\n", " ") for text in ax.texts)


# ---- the loss plane


def test_the_square_stands_where_the_totals_cross(article):
    assert points(plot_losses_against_ratios(article), "s") == [(120000, 153770)]


def test_hollow_diamonds_show_what_five_to_one_would_imply(article):
    # 153,770 / 5 = 30,754 to the left; 5 x 120,000 = 600,000 above
    ax = plot_losses_against_ratios(article)
    assert points(ax, "D") == [(30754, 153770), (120000, 600000)]


def test_the_ratio_is_a_line_through_its_own_multiples(article):
    ax = plot_losses_against_ratios(article)
    slopes = [line.get_ydata()[0] / line.get_xdata()[0] for line in ax.lines
              if len(line.get_xdata()) == 2 and line.get_color() == PURPLE]  # fmt: skip
    assert slopes == pytest.approx([5])


def test_both_axes_have_as_many_decades_so_that_ratios_rise_alike(article):
    ax = plot_losses_against_ratios(article)
    spans = [np.ptp(np.log10(limits)) for limits in (ax.get_xlim(), ax.get_ylim())]
    assert spans[0] == pytest.approx(spans[1])
    assert ax.get_xscale() == ax.get_yscale() == "log"


def test_a_count_open_upward_fades_and_points_upward(article):
    ax = plot_losses_against_ratios(article)
    edges = [patch.get_x() for patch in ax.patches if patch.get_width() > 1]
    assert min(edges) == 120000  # nothing is shaded below "more than 120,000"
    arrows = [text for text in ax.texts if text.arrow_patch is not None]
    assert len(arrows) == 1
    assert arrows[0].xyann == (120000, 153770)
    assert arrows[0].xy[0] > 120000  # more losses on the right: the ratio falls


def test_the_planes_labels_name_numbers_and_words(article):
    words = said(plot_losses_against_ratios(article))
    for part in ("more than 120,000", "153,770", "5 to 1 reported in Bakhmut", "at most 1.28 to 1",
                 "30,754", "600,000"):  # fmt: skip
        assert part in words


def test_the_planes_words_have_its_extremes_and_its_finding(article):
    words = alt_text(plot_losses_against_ratios(article))
    assert words.startswith("Across Ukraine the counts give at most 1.28 to 1; 5 to 1 is reported")
    for part in ("153,770", "more than 120,000", "30,754", "600,000", "a factor 3.90 apart"):
        assert part in words


def test_a_range_is_a_band_between_its_ends(outbreak):
    ax = plot_losses_against_ratios(outbreak)
    bands = {(patch.get_x(), patch.get_x() + patch.get_width()) for patch in ax.patches}
    assert (700, 900) in bands


# ---- the ratio elsewhere


def test_cap_and_parity_are_marked_where_they_are(article):
    ax = plot_ratio_elsewhere(article)
    # 30,754 / 120,000 = 0.256283; (1.281417 - 1) / 4 = 0.070354
    np.testing.assert_allclose(points(ax, "X"), [(0.256283, 0)], atol=1e-6)
    rings = [line for line in ax.lines if line.get_marker() == "o" and line.get_color() != BLUE]
    np.testing.assert_allclose(rings[0].get_xydata(), [(0.0703542, 1)], atol=1e-6)
    assert "25.6 % = 30,754: all of it" in said(ax)
    assert "1 to 1 at 7.0 %" in said(ax)


def test_the_curve_passes_the_known_ratios(article):
    ax = plot_ratio_elsewhere(article)
    dots = [tuple(line.get_xydata()[0]) for line in ax.lines
            if line.get_marker() == "o" and line.get_color() == BLUE]  # fmt: skip
    known = [(0.05, 1.085702), (0.1, 0.868241), (0.2, 0.351771)]
    np.testing.assert_allclose(sorted(dots), known, atol=1e-5)
    words = alt_text(ax)
    assert "1.09 at 5 %; 0.87 at 10 %; 0.35 at 20 %" in words


def test_each_end_of_the_readings_has_its_own_dashed_curve(article):
    ax = plot_ratio_elsewhere(article)
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    # 1.281417 / 4.5 = 0.284759 and 1.281417 / 6 = 0.213569: there the curves reach nought
    ends = sorted(line.get_xdata()[-1] for line in dashed)
    assert ends == pytest.approx([0.213569, 0.284759], rel=1e-5)
    assert "if 4.5 to 1" in said(ax)
    assert "if 6 to 1" in said(ax)


def test_a_ratio_that_is_only_bounded_from_above_caps_nothing():
    # At most 5 to 1 in the city leaves the city any share of either side's total.
    claims = [exactly("more", "67565"), count("less", "28821", side="B"),
              ratio("rate", high="5", place="City", per_place="City")]  # fmt: skip
    ax = plot_ratio_elsewhere(dossier(claims))
    assert alt_text(ax).startswith("No ratio of a part") and not ax.lines


# ---- wounded per killed


def test_the_diamond_on_the_axis_is_the_common_multiplier(article):
    ax = plot_wounded_per_killed(article)
    np.testing.assert_allclose(points(ax, "D"), [(2.901931, 0)], atol=1e-6)
    assert "2.90 if killed only for Russia" in said(ax)


def test_the_box_has_the_assumed_ranges_as_its_corners(article):
    ax = plot_wounded_per_killed(article)
    box = next(line for line in ax.lines if len(line.get_xdata()) == 5 and line.get_color() == BLUE)
    rows = article.assumptions.set_index("assumption")
    ukraine, russia = rows.loc["wounded-per-killed-ukraine"], rows.loc["wounded-per-killed-russia"]
    assert (min(box.get_xdata()), max(box.get_xdata())) == (
        float(ukraine["low"]), float(ukraine["high"]),
    )  # fmt: skip
    assert (min(box.get_ydata()), max(box.get_ydata())) == (
        float(russia["low"]), float(russia["high"]),
    )  # fmt: skip


def test_along_the_line_the_killed_are_five_to_one(article):
    ax = plot_wounded_per_killed(article)
    line = next(line for line in ax.lines if line.get_color() == PURPLE and line.get_lw() > 2)
    (x0, y0), (x1, y1) = line.get_xydata()[[0, -1]]
    for x, y in ((x0, y0), (x1, y1)):
        # killed: 153,770 / (1 + y) over 120,000 / (1 + x)
        assert 153770 / (1 + y) / (120000 / (1 + x)) == pytest.approx(5)


def test_published_values_are_ticks_on_their_sides_axis(article):
    published = read_reference("wounded_per_killed", article)
    ax = plot_wounded_per_killed(article, published=published)
    own = published[published["side"].eq("Ukraine")]
    values = {float(text) for text in (*own["low"], *own["high"]) if text}
    assert {x for x, y in points(ax, "|")} == values


# ---- chains, coverage, numbers over time


def test_a_lost_hedge_is_a_cross_and_a_kept_one_a_full_circle(outbreak):
    ax = plot_relays(outbreak)
    assert len(points(ax, "X")) == 1  # "at least three" became "three"
    circles = [line for line in ax.lines if line.get_marker() == "o"]
    hollow = [line for line in circles if line.get_color() != line.get_markeredgecolor()]
    assert (len(circles), len(hollow)) == (4, 2)
    assert "1 has lost “at least” on the way" in alt_text(ax)


def test_each_figure_of_the_article_hangs_on_its_chain(article):
    ax = plot_relays(article)
    assert len(points(ax, "s")) == relays(article)["origin"].nunique()
    assert len(points(ax, "o")) == len(article.claims)
    for quote in article.claims["quote"]:
        assert f"“{quote}”" in said(ax)


def test_a_stated_period_is_a_bar_from_first_to_last_day(article):
    ax = plot_coverage(article)
    bars = [patch for patch in ax.patches if patch.get_linestyle() != "--"]
    spans = {(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars}
    day = [date2num(pd.Timestamp(text)) for text in ("2022-02-24", "2023-03-07", "2023-03-01")]
    assert spans == {(day[0], day[1]), (day[0], day[2])}  # the last day included


def test_an_unstated_period_is_an_empty_bar_over_all_the_time(article):
    ax = plot_coverage(article)
    open_bars = [patch for patch in ax.patches if patch.get_linestyle() == "--"]
    assert len(open_bars) == 2  # ratios of Bakhmut, and losses there
    for bar in open_bars:
        assert (bar.get_x(), bar.get_x() + bar.get_width()) == pytest.approx(ax.get_xlim())
    assert "all for Bakhmut" in alt_text(ax)


def test_a_range_over_time_is_a_bar_and_an_open_end_an_arrow(outbreak):
    ax = plot_reported_ranges(outbreak)
    bars = [line.get_ydata().tolist() for line in ax.lines if len(line.get_xdata()) == 2]
    assert bars == [[700, 900]]
    assert sum(text.arrow_patch is not None for text in ax.texts) == 1
    assert ax.get_ylim()[0] == 0
    words = alt_text(ax)
    assert "1,240" in words
    assert "700 to 900 (2019-03-28) to more than 800 (2019-03-31)" in words


def test_numbers_of_unlike_size_are_drawn_on_a_log_scale(outbreak):
    rows = outbreak.claims.copy()
    rows.loc[rows["claim"].eq("vaccinated-range"), ["low_value", "high_value"]] = (20, 30)
    assert plot_reported_ranges(rows).get_yscale() == "log"  # 1,240 over 20 is more than twenty


# ---- what can hold


def test_every_combination_is_at_exactly_one_end_of_the_tree(checked):
    def ends(branch):
        return [end for _, below in branch.then for end in ends(below)] or [branch.rows]

    tree = reading_tree(checked.readings)
    rows = pd.concat(ends(tree))
    assert sorted(rows["reading"]) == sorted(checked.readings["reading"])
    assert all(part["status"].nunique() == 1 for part in ends(tree))


def test_readings_that_lead_to_the_same_verdicts_share_a_branch():
    matrix = pd.DataFrame(
        {"reading": [1, 2, 3], "word": ["a", "b", "c"], "conflicts": [(), (), ("c1",)],
         "status": ["consistent", "consistent", "contradiction"]}
    )  # fmt: skip
    assert [readings for readings, _ in reading_tree(matrix).then] == [("a", "b"), ("c",)]


def test_a_tree_cut_short_keeps_mixed_ends():
    words = [(a, b) for a in "abcd" for b in "abcd"]
    matrix = pd.DataFrame(words, columns=["one", "two"])
    matrix["status"] = ["consistent" if a == b else "contradiction" for a, b in words]
    tree = reading_tree(matrix, most_ends=2)
    assert sum(len(branch.rows) for _, branch in tree.then) == 16


def test_the_matrix_says_how_many_combinations_hold(checked):
    ax = plot_reading_matrix(checked)
    many = checked.readings["status"].value_counts()
    words = alt_text(ax)
    # each row stands for as many combinations of the readings that change nothing
    each = checked.readings_total // len(checked.readings)
    held = many["consistent"] * each
    assert words.startswith(f"{held} of {checked.readings_total} combinations")
    assert len(points(ax, VERDICTS["consistent"][1])) >= 1


def test_where_every_reading_fails_alike_the_matrix_has_one_end(checked):
    matrix = checked.readings.assign(status="contradiction")
    known = {"readings": matrix, "variables": checked.variables, "readings_total": 6_000_000_000}
    ax = plot_reading_matrix(SimpleNamespace(status="contradiction", **known))
    assert len(points(ax, VERDICTS["contradiction"][1])) == 1
    assert "However the words are read: cannot all hold, by definition: 6,000,000,000" in alt_text(
        ax
    )


def test_what_was_not_compared_is_not_drawn_as_what_can_all_hold(checked):
    known = {"readings": checked.readings, "variables": checked.variables, "readings_total": 1}
    ax = plot_reading_matrix(SimpleNamespace(status="not-checkable", **known))
    assert alt_text(ax) == "However the words are read, the outcome is the same: not compared."


def test_thresholds_stand_at_their_value_beside_the_assumed_range(checked, outbreak):
    rows = thresholds(checked.conflicts, outbreak)
    ax = plot_thresholds(checked, outbreak)
    assert [x for x, _ in points(ax, "D")] == pytest.approx(sorted(rows["value"]))
    assert f"{rows['value'].iloc[0]:.2f}" in alt_text(ax)


def test_an_assumption_has_one_row_however_many_conflicts_turn_on_it(article):
    found = check(article)
    ax = plot_thresholds(found, article)
    rows = thresholds(found.conflicts, article)
    heights = {y for _, y in points(ax, "D")}
    assert len(heights) == len(ax.patches) == rows["assumption"].nunique() < len(rows)
    assert "conflict-" not in alt_text(ax)


def test_a_key_names_only_marks_that_are_there(alone):
    ax = plot_relays(alone)  # one figure: a voice and a statement without a hedge
    key = next(text.get_text() for text in ax.figure.texts if "no hedge" in text.get_text())
    assert key == "■ first said by · ○ no hedge"


def test_a_side_that_is_its_own_place_is_named_once(article):
    said = [text.get_text() for text in plot_coverage(article).texts]
    assert "Ukraine" in said and not any("Ukraine, in Ukraine" in words for words in said)


def test_shading_goes_on_where_the_words_set_no_end(article):
    ax = plot_losses_against_ratios(article)
    spans = [patch.get_extents().x1 for patch in ax.patches]
    # "more than 120,000" is open: its shading reaches the right end of the axes
    assert max(spans) == pytest.approx(ax.get_window_extent().x1, abs=1)


def test_no_curve_enters_what_is_impossible(article):
    ax = plot_ratio_elsewhere(article)
    (impossible,) = [patch for patch in ax.patches if patch.get_hatch()]
    # 1.2814 / 4.5 = 28.5 %: the least that "five" may mean leaves most room
    start = impossible.get_x()
    assert start == pytest.approx(153_770 / 120_000 / 4.5, rel=1e-3)
    curves = [line.get_xdata().max() for line in ax.lines if len(line.get_xdata()) > 2]
    assert max(curves) <= start + 1e-9


def test_a_claim_that_can_be_read_in_several_ways_is_named_by_its_quote(article):
    words = alt_text(plot_reading_matrix(check(article), article))
    assert "“five times more casualties in Bakhmut than Ukraine” taken as" in words
    assert "bullet-five-times" not in words


# ---- every figure, every dossier


def drawn(ax):
    """Return the words in a figure with their boxes, ticks that lie in view included."""
    ax.figure.draw_without_rendering()
    ticks = []
    for axis, labels in ((ax.xaxis, ax.get_xticklabels()), (ax.yaxis, ax.get_yticklabels())):
        low, high = sorted(axis.get_view_interval())
        at = zip(axis.get_majorticklocs(), labels, strict=False)
        ticks += [label for value, label in at if low <= value <= high]
    if not ax.axison:
        ticks = []
    every = (*ax.figure.texts, *ax.texts, *ticks, ax.xaxis.label)
    texts = [text for text in every if text.get_text().strip()]
    return [(text, Text.get_window_extent(text)) for text in texts if text.get_visible()]


def assert_nothing_overlaps(ax):
    page = ax.figure.bbox
    words = drawn(ax)
    assert words
    for text, box in words:
        inside = page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
        assert inside, f"{text.get_text()!r} is cut off"
    for (one, box), (other, place_of_other) in combinations(words, 2):
        assert not box.overlaps(place_of_other), f"{one.get_text()!r} on {other.get_text()!r}"


@pytest.mark.parametrize("plot", OF_DOSSIERS)
@pytest.mark.parametrize("folder", [*SHIPPED, OUTBREAK], ids=lambda folder: folder.name)
def test_no_words_overlap_or_are_cut_off(plot, folder):
    assert_nothing_overlaps(plot(read_dossier(folder)))


def test_no_words_overlap_in_the_figures_of_a_check(article, outbreak, checked):
    result = check(article)
    for ax in (
        plot_reading_matrix(result), plot_thresholds(result, article),
        plot_reading_matrix(checked), plot_thresholds(checked, outbreak),
        plot_wounded_per_killed(article, published=read_reference("wounded_per_killed", article)),
    ):  # fmt: skip
        assert_nothing_overlaps(ax)


@pytest.mark.parametrize("plot", OF_DOSSIERS)
def test_letters_stay_readable_on_a_phone(plot, article):
    sizes = [text.get_fontsize() for text, _ in drawn(plot(article))]
    # the figure's 4.5 inches shown 320 pixels wide: 10 points come out nearly 10 pixels high
    assert min(sizes) * 320 / (72 * WIDTH) >= 9.5


@pytest.mark.parametrize("plot", OF_DOSSIERS)
def test_pictures_are_the_same_bytes_each_time_and_small(plot, article):
    one, other = png(plot(article)), png(plot(article))
    assert one == other
    assert b"Software" not in one
    assert len(one) < 50_000


@pytest.mark.parametrize("plot", OF_DOSSIERS)
def test_nothing_to_draw_is_said_in_a_sentence_or_drawn(plot, alone):
    ax = plot(alone)
    assert is_empty(ax) == (plot is not plot_relays)
    assert alt_text(ax).endswith(".")


@pytest.mark.parametrize("plot", OF_DOSSIERS)
def test_a_readers_own_axes_are_drawn_on_and_given_back(plot, article):
    figure = Figure(figsize=(6, 5))
    FigureCanvasAgg(figure)
    own = figure.add_subplot()
    assert plot(article, ax=own) is own
    assert own.get_title(loc="left")
    assert alt_text(own)


def test_signs_in_a_dossier_are_drawn_as_they_are(outbreak):
    words = said(plot_relays(outbreak))
    assert "a $100 <b>poll</b> | *union*" in words


def test_a_label_without_room_is_left_out_and_counted():
    ax = canvas(None)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    same = [Label("the same place", ((0.5, 0.5),), sides=("right",)) for _ in range(9)]
    left_out = place_labels(ax, same)
    assert left_out == len(same) - len(ax.texts)
    assert left_out > 0
    assert_nothing_overlaps(ax)


def luminance(color):
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in to_rgb(color)]
    return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize("color", [INK, GREY, BLUE, ORANGE, GREEN, PURPLE])
def test_words_in_every_colour_stand_out_from_white(color):
    # the contrast of the accessibility guidelines: (1 + 0.05) / (luminance + 0.05), at least 4.5
    assert 1.05 / (luminance(color) + 0.05) >= 4.5


def test_verdicts_differ_in_shape_as_well_as_colour():
    colors, shapes, _ = zip(*VERDICTS.values(), strict=True)
    assert len(set(colors)) == len(set(shapes)) == len(VERDICTS)


def test_figures_leave_pyplot_alone():
    script = "import sys, bakhmut.figures; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
