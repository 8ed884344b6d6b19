"""The arithmetic that needs no solver, against numbers worked out by hand in the comments."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bakhmut.dossier.claims import build_dossier
from bakhmut.dossier.derived import roots
from bakhmut.views.multipliers import common_multipliers, multiplier_contours, multiplier_ranges
from bakhmut.views.quotients import (
    cap_readings,
    caps,
    counts,
    implied_elsewhere,
    naive_quotients,
    printed,
    ratio_bands,
    ratio_elsewhere,
    ratios,
    sides,
)

COUNT = {"side": "Red", "measure": "killed", "place": "Land", "period": "2024"}
RATIO = {
    "side": "Red", "measure": "killed", "place": "Town",
    "per_side": "Blue", "per_measure": "killed", "per_place": "Town",
}  # fmt: skip
LAND = [{"kind": "place", "term": "Land", "means": "Town + ...", "because": "a town of the land"}]


def dossier_of(*claims, terms=LAND, assumptions=()):
    rows = [
        {"claim": f"c{n}", "quote": f"quote {n}", "source": f"source {n}"} | claim
        for n, claim in enumerate(claims, start=1)
    ]
    frames = {"claims": rows, "terms": list(terms), "assumptions": list(assumptions)}
    frames |= {"sources": [], "readings": [], "positions": []}
    return build_dossier(frames)


# ---- the known answers for the article


def test_the_largest_part_at_each_end_of_what_five_may_mean(article):
    rows = cap_readings(article).set_index("ratio")
    # "five" may be rounded from 4.5 and "five times more" may be six:
    # 153,770 / 5 = 30,754; / 4.5 = 34,171.1; / 6 = 25,628.3; shares are of 120,000
    assert rows["cap"].round(1).to_dict() == {5.0: 30_754.0, 4.5: 34_171.1, 6.0: 25_628.3}
    assert rows["share"].round(4).to_dict() == {5.0: 0.2563, 4.5: 0.2848, 6.0: 0.2136}
    # (1.281417 - 1) / (6 - 1) = 0.056283
    assert rows.at[6.0, "parity"] == pytest.approx(0.056283, abs=1e-6)


def test_the_totals_divided_are_at_most_1_2814(article):
    row = naive_quotients(article).iloc[0]
    # 153,770 / 120,000 = 1.28141666...; "more than" leaves the denominator open upward
    assert (row["claim"], row["per_claim"]) == ("russia-total", "ukraine-total")
    assert row["quotient"] == pytest.approx(1.2814166667)
    assert row["high"] == pytest.approx(1.2814166667)
    assert np.isnan(row["low"])


def test_the_two_totals_end_six_days_apart(article):
    # 28 February to 6 March 2023
    assert naive_quotients(article)["days_apart"].iloc[0] == 6


def test_five_to_one_for_the_war_would_mean_30754_or_600000(article):
    rows = implied_elsewhere(article).set_index("against")
    # 153,770 / 5 = 30,754 and 5 x 120,000 = 600,000
    assert rows.loc["ukraine-total", "implied"] == 30754
    assert rows.loc["russia-total", "implied"] == 600000
    # 120,000 / 30,754 = 3.90193 and 600,000 / 153,770 = 3.90193
    assert rows["factor"].tolist() == pytest.approx([3.90193, 3.90193], rel=1e-5)


def test_bakhmut_is_at_most_30754_of_the_ukrainian_losses(article):
    cap = caps(article).iloc[0]
    assert (cap["part"], cap["whole"], cap["side"]) == ("Bakhmut", "Ukraine", "Ukraine")
    assert cap["cap"] == 30754
    # 30,754 / 120,000 = 0.256283; level outside at (1.281417 - 1) / (5 - 1) = 0.070354
    assert cap["share"] == pytest.approx(0.256283, rel=1e-5)
    assert cap["parity"] == pytest.approx(0.0703542, rel=1e-5)


@pytest.mark.parametrize(
    ("share", "ratio"),
    [
        (0.0, 1.281417),  # nothing in the city: the quotient itself
        (0.05, 1.085702),  # (1.281417 - 0.25) / 0.95
        (0.10, 0.868241),  # (1.281417 - 0.50) / 0.90
        (0.20, 0.351771),  # (1.281417 - 1.00) / 0.80
    ],
)
def test_the_ratio_elsewhere_falls_with_the_share_of_bakhmut(article, share, ratio):
    row = ratio_elsewhere(article, [share]).iloc[0]
    assert row["elsewhere"] == pytest.approx(ratio, rel=1e-5)


def test_past_the_cap_no_ratio_elsewhere_is_left(article):
    assert ratio_elsewhere(article, [0.26, 1.0])["elsewhere"].isna().all()


def test_killed_against_killed_and_wounded_needs_2_902_wounded_per_killed(article):
    rows = common_multipliers(article).set_index("rest")
    # 153,770 (1 + w) / 120,000 = 5, so w = 5 x 120,000 / 153,770 - 1 = 2.901931
    assert rows.loc["wounded", "multiplier"] == pytest.approx(2.901931, rel=1e-6)
    assert rows.loc["wounded", "part"] == "killed"
    # more Ukrainian casualties would need more wounded: the value is a lower bound
    assert rows.loc["wounded", "low"] == pytest.approx(2.901931, rel=1e-6)
    assert np.isnan(rows.loc["wounded", "high"])


def test_the_line_of_five_to_one_starts_at_the_common_multiplier(article):
    slope = multiplier_contours(article)["slope"].iloc[0]
    assert slope == pytest.approx(3.901931, rel=1e-6)  # 5 / 1.281417


def test_the_readings_of_five_to_one_reach_from_four_and_a_half_to_six(article):
    row = ratio_bands(article).iloc[0]
    assert (row["value"], row["band_low"], row["band_high"]) == (5, 4.5, 6)


def test_the_four_statements_of_the_ratio_are_one_report(article):
    assert ratios(article)["claim"].tolist() == ["lede"]


# ---- another story, other sides, words and magnitudes


def test_the_same_arithmetic_holds_for_an_outbreak(outbreak):
    cap = caps(outbreak).query("per_claim == 'vaccinated-city'").iloc[0]
    # 1,240 / 800 = 1.55; 1,240 / 3 = 413.33; 413.33 / 800 = 0.51667; 0.55 / 2 = 0.275
    assert cap["quotient_high"] == pytest.approx(1.55)
    assert cap["cap"] == pytest.approx(413.3333, rel=1e-6)
    assert cap["share"] == pytest.approx(0.5166667, rel=1e-6)
    assert cap["parity"] == pytest.approx(0.275)


def test_the_multiplier_is_named_by_the_dossiers_own_words(outbreak):
    row = common_multipliers(outbreak).query("per_claim == 'vaccinated-city'").iloc[0]
    assert (row["part"], row["rest"]) == ("admitted", "at home")
    assert row["multiplier"] == pytest.approx(0.935484, rel=1e-5)  # 3 x 800 / 1,240 - 1


def test_a_range_gives_the_quotient_both_ends(outbreak):
    row = naive_quotients(outbreak).query("per_claim == 'vaccinated-range'").iloc[0]
    # 1,240 / 900 = 1.3778 and 1,240 / 700 = 1.7714
    assert (row["low"], row["high"]) == pytest.approx((1.377778, 1.771429), rel=1e-5)


def test_ranges_of_both_sides_stand_in_one_row(outbreak):
    row = multiplier_ranges(outbreak).iloc[0]
    assert (row["rest"], row["part"]) == ("at home", "admitted")
    assert (row["low"], row["high"], row["per_low"], row["per_high"]) == (1, 2, 3, 5)


# ---- what the words allow


@pytest.mark.parametrize(
    ("hedge", "low", "high", "least", "most"),
    [
        ("", "100", "100", 100, 100),
        ("exact", "100", "100", 100, 100),
        ("at least", "100", "", 100, np.nan),
        ("more than", "100", "", 100, np.nan),
        ("may; more than", "100", "", 100, np.nan),
        ("up to", "", "100", np.nan, 100),
        ("nearly", "", "100", 90, 100),  # a tenth downward
        ("about", "100", "100", 95, 105),  # a twentieth either way
        ("", "100", "", 100, np.nan),
        ("more than", "100", "", 100, np.nan),
        ("up to", "", "100", np.nan, 100),
        ("nearly", "100", "100", 90, 100),
    ],
)
def test_a_hedge_sets_the_ends(hedge, low, high, least, most):
    row = printed(dossier_of(COUNT | {"hedge": hedge, "low": low, "high": high}).claims).iloc[0]
    assert row["value"] == 100
    np.testing.assert_equal((row["least"], row["most"]), (least, most))


def test_a_count_without_a_number_is_left_out():
    assert counts(dossier_of(COUNT | {"low": ""})).empty


def test_a_number_only_restated_is_counted_once():
    said = COUNT | {"low": "100", "high": "100", "source": "one"}
    dossier = dossier_of(said, said | {"repeats": "c1"})
    assert counts(dossier)["claim"].tolist() == ["c1"]


def test_the_root_of_a_restatement_is_found_through_others():
    said = COUNT | {"low": "100", "high": "100", "source": "one"}
    dossier = dossier_of(said, said | {"repeats": "c1"}, said | {"repeats": "c2"})
    assert roots(dossier.claims) == {"c1": "c1", "c2": "c1", "c3": "c1"}


def test_a_numerator_open_upward_leaves_no_cap():
    dossier = dossier_of(
        RATIO | {"low": "5", "high": "5"},
        COUNT | {"hedge": "at least", "low": "1,000"},
        COUNT | {"side": "Blue", "low": "800", "high": "800"},
    )
    cap = caps(dossier).iloc[0]
    assert np.isnan(cap["cap"])
    assert np.isnan(cap["share"])


def test_a_part_with_the_lower_ratio_has_no_cap():
    # 1,000 / 250 = 4 to 1 in all; 2 to 1 in the town can hold for any share of it
    dossier = dossier_of(
        RATIO | {"low": "2", "high": "2"},
        COUNT | {"low": "1,000", "high": "1,000"},
        COUNT | {"side": "Blue", "low": "250", "high": "250"},
    )
    cap = caps(dossier).iloc[0]
    assert np.isnan(cap["cap"])
    # (4 - 2 x 0.5) / 0.5 = 6 to 1 outside
    assert ratio_elsewhere(dossier, [0.5])["elsewhere"].iloc[0] == pytest.approx(6)


def test_a_ratio_of_no_known_part_has_no_cap():
    dossier = dossier_of(
        RATIO | {"low": "5", "high": "5"},
        COUNT | {"low": "1,000", "high": "1,000"},
        COUNT | {"side": "Blue", "low": "800", "high": "800"},
        terms=[],
    )
    assert caps(dossier).empty
    assert len(implied_elsewhere(dossier)) == 2


def test_periods_that_do_not_meet_are_not_divided():
    dossier = dossier_of(
        COUNT | {"low": "1,000", "high": "1,000", "period": "2023"},
        COUNT | {"side": "Blue", "low": "800", "high": "800", "period": "2024"},
    )
    assert naive_quotients(dossier).empty


def test_a_count_is_divided_by_the_one_nearest_in_time():
    blue = COUNT | {"side": "Blue"}
    dossier = dossier_of(
        COUNT | {"low": "1,000", "high": "1,000", "period": "2024-01-01/2024-12-31"},
        blue | {"low": "100", "high": "100", "period": "2024-01-01/2024-03-31"},
        blue | {"low": "500", "high": "500", "period": "2024-01-01/2024-12-30"},
        RATIO | {"low": "3", "high": "3"},
    )
    rows = naive_quotients(dossier).set_index("per_claim")
    assert rows.loc["c3", "quotient"] == 2
    assert rows.loc["c3", "days_apart"] == 1


def test_of_counts_alike_in_time_the_same_measure_comes_first():
    blue = COUNT | {"side": "Blue"}
    dossier = dossier_of(
        COUNT | {"low": "1,000", "high": "1,000", "period": "2024-01-01/2024-12-31"},
        blue | {"measure": "lost", "low": "500", "high": "500", "period": "2024-01-01/2024-12-31"},
        blue | {"low": "250", "high": "250", "period": "2024-01-01/2024-12-01"},
        RATIO | {"low": "3", "high": "3"},
    )
    first = naive_quotients(dossier).query("claim == 'c1' and per_claim == 'c3'")
    assert first["quotient"].tolist() == [4]


def test_sides_without_a_ratio_are_those_with_most_counts():
    number = {"low": "10", "high": "10"}
    dossier = dossier_of(
        COUNT | number,
        COUNT | number | {"side": "Blue", "low": "20", "high": "20"},
        COUNT | number | {"side": "Green"},
        COUNT | number | {"side": "Blue"},
    )
    assert sides(dossier) == ("Blue", "Red")


def test_one_side_alone_is_no_pair():
    dossier = dossier_of(COUNT | {"low": "10", "high": "10"})
    assert sides(dossier) is None
    for frame in (naive_quotients, implied_elsewhere, caps, common_multipliers, ratio_bands):
        assert frame(dossier).empty
    assert multiplier_ranges(dossier).empty


# ---- whatever the numbers


@settings(max_examples=25, deadline=None)
@given(
    red=st.integers(1, 10**6), blue=st.integers(1, 10**6), ratio=st.integers(2, 50),
    scale=st.sampled_from([10, 1000]),
)  # fmt: skip
def test_whatever_the_numbers_the_cap_empties_the_rest_and_parity_levels_it(
    red, blue, ratio, scale
):
    def exactly(figure):  # digits that could be rounded are not: 40 times 100 is no "4,000 or so"
        return {"hedge": "exact", "low": str(figure), "high": str(figure)}

    def of(unit):
        return dossier_of(
            RATIO | exactly(ratio),
            COUNT | exactly(red * unit),
            COUNT | {"side": "Blue"} | exactly(blue * unit),
        )

    cap, larger = caps(of(1)).iloc[0], caps(of(scale)).iloc[0]
    np.testing.assert_allclose(larger["share"], cap["share"])
    np.testing.assert_allclose(larger["cap"], cap["cap"] * scale)
    if np.isfinite(cap["share"]):
        assert cap["cap"] * ratio == pytest.approx(red)
    if np.isfinite(cap["parity"]):
        level = ratio_elsewhere(of(1), [cap["parity"]])["elsewhere"].iloc[0]
        assert level == pytest.approx(1)


def counted(side, measure, number="3"):
    return {
        "claim": f"{side}-{measure}", "quote": f"{number} {measure}", "side": side,
        "measure": measure, "low": number, "high": number,
    }  # fmt: skip


def test_sides_are_set_against_each_other_only_where_something_is_counted_alike():
    kids, crew = counted("kids", "killed"), counted("deckhands", "arrested", "2")
    assert sides(build_dossier([kids, crew])) is None
    alike = counted("passengers", "killed", "9")
    assert sides(build_dossier([kids, crew, alike])) == ("kids", "passengers")
    terms = [{"kind": "measure", "term": "casualties", "means": "killed + wounded"}]
    hurt = counted("guards", "casualties", "4")
    tables = {"claims": [crew, kids, hurt], "terms": terms}
    assert sides(build_dossier(tables)) == ("kids", "guards")
