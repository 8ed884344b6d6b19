"""Ratios in three layers that never mix, and the published estimates."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from bakhmut.dossier.claims import DossierError, build_dossier
from bakhmut.views.estimates import COLUMNS, counts_around, family, read_estimates, short_name
from bakhmut.views.ratios import (
    against,
    claim_ends,
    counted_ratios,
    estimated_ratios,
    reported_ratios,
    spelled,
    tally,
)

TWO = ("Russia", "Ukraine")


@pytest.fixture(scope="module")
def estimates():
    return read_estimates()


def row(frame, claim):
    return frame.set_index("claim").loc[claim]


def test_one_statement_in_many_wordings_is_one_row(later):
    rates = reported_ratios(later)
    assert not rates["claim"].duplicated().any()
    official = row(rates, "nato-original")
    # lede, loss-ratio, bullet, and six outlets; casualty-ratio prints no number
    assert official["wordings"] == 9
    assert official["low"] == 4.5  # "five", rounded
    assert math.isnan(official["high"])  # "at least" leaves it open


def test_a_ratio_printed_the_other_way_round_is_turned(later):
    half = row(reported_ratios(later), "experts-half")
    # about 0.5 is 0.475 to 0.525; 1 / 0.525 and 1 / 0.475
    assert half["low"] == pytest.approx(1 / 0.525)
    assert half["high"] == pytest.approx(1 / 0.475)
    assert half["point"] == 2


def test_shares_within_one_side_are_no_ratios_of_two(later):
    assert "records-convict-share" not in set(reported_ratios(later)["claim"])


def test_counts_are_divided_only_where_one_source_gives_both_alike(later):
    rates = counted_ratios(later)
    shoigu = row(rates, "shoigu-russia-killed")
    assert shoigu["point"] == pytest.approx(5_937 / 61_207)
    newspaper = row(rates, "post-russia")
    assert newspaper["low"] == pytest.approx(190_000 / 120_000)  # about 200,000 over up to 120,000
    assert math.isnan(newspaper["high"])
    assert not rates["who"].str.contains("Telegraph").any()


def test_an_estimates_own_ratio_stands_before_the_quotient_of_its_parts(estimates):
    rates = estimated_ratios(estimates, TWO)
    model = rates[rates["who"].eq("Radford et al. 2023") & rates["measure"].eq("killed")]
    assert model[["low", "high", "point"]].to_numpy().tolist() == [[1.6, 14.5, 5.53]]
    leak = row(rates, "leak-russia-killed")
    assert leak["low"] == pytest.approx(35_500 / 17_500)
    assert leak["high"] == pytest.approx(43_000 / 15_500)


def test_two_estimates_of_different_days_are_not_divided(estimates):
    assert "wsj-2024-russia-killed" not in set(estimated_ratios(estimates, TWO)["claim"])


def test_a_bound_that_ends_at_the_mark_leaves_room_for_it():
    rates = pd.DataFrame({"low": [math.nan, 5.1, 1.0, 2.0], "high": [5.0, math.nan, 4.9, 9.0]})
    assert against(rates, 5)["stands"].tolist() == ["leaves room", "above", "below", "leaves room"]


def test_a_ratio_is_spelled_with_its_open_end(later):
    rates = spelled(counted_ratios(later)).set_index("claim")["ratio"]
    assert rates["post-russia"] == "at least 1.58 to 1"  # 190,000 / 120,000
    # 175 / 31.5 = 5.555... and 185 / 30.5 = 6.065... thousand, rounded outward.
    assert rates["zelensky-180000"] == "5.55 to 6.07 to 1"


def test_the_tally_keeps_layers_places_and_measures_apart(later, estimates):
    every = pd.concat([reported_ratios(later), estimated_ratios(estimates, TWO)])
    counts = tally(against(every, 5))
    assert counts[["below", "leaves room", "above"]].to_numpy().sum() == len(every)
    assert not counts.duplicated(["layer", "place", "measure", "per_measure"]).any()


def test_an_end_open_in_one_reading_is_open():
    claims = [{"claim": "a", "low": "5", "high": "5"}]
    readings = [
        {"claim": "a", "reading": "as printed", "field": "low", "value": "5"},
        {"claim": "a", "reading": "a floor", "field": "high", "value": ""},
    ]
    ends = claim_ends(build_dossier({"claims": claims, "readings": readings}))
    assert ends.at["a", "low"] == 5
    assert math.isnan(ends.at["a", "high"])


def test_a_dossier_without_two_sides_has_no_ratios(estimates):
    claims = [{"claim": "a", "side": "march", "measure": "people", "low": "5", "high": "5"}]
    only = build_dossier({"claims": claims})
    assert reported_ratios(only).empty
    assert counted_ratios(only).empty
    assert estimated_ratios(estimates, None).empty


# ---- the estimates


def test_each_estimate_is_cited_and_says_what_it_estimates(estimates):
    assert tuple(estimates.columns[: len(COLUMNS)]) == COLUMNS
    for column in ("estimate", "citation", "kind", "what", "side", "measure", "interval", "url"):
        assert estimates[column].ne("").all(), column
    assert estimates["estimate"].is_unique


def test_each_point_lies_within_its_interval(estimates):
    both = estimates.dropna(subset=["point_value", "low_value", "high_value"])
    assert len(both) >= 10
    assert both["point_value"].between(both["low_value"], both["high_value"]).all()


def test_no_estimate_is_a_claim_of_the_later_dossier(later, estimates):
    assert not set(estimates["estimate"]) & set(later.claims["claim"])
    assert not set(estimates["citation"]) & set(later.claims["source"])


def test_the_leaks_parts_add_up_to_its_totals(estimates):
    ends = estimates.set_index("estimate")[["low_value", "high_value"]]
    for side in ("russia", "ukraine"):
        parts = ends.loc[f"leak-{side}-killed"] + ends.loc[f"leak-{side}-wounded"]
        assert parts.equals(ends.loc[f"leak-{side}-casualties"])


def test_a_bad_estimate_is_named_with_its_place(tmp_path, estimates):
    bad = estimates[list(COLUMNS)].head(3).copy()
    bad.loc[1, "low"] = "many"
    bad.loc[2, "period"] = "2022-13-01/2023-01-01"
    bad.to_csv(tmp_path / "e.csv", index=False)
    with pytest.raises(DossierError) as caught:
        read_estimates(tmp_path / "e.csv")
    assert "e.csv, row 3, column low: 'many' is not a number" in caught.value.problems[0]
    assert "e.csv, row 4, column period" in caught.value.problems[1]
    bad.drop(columns="kind").to_csv(tmp_path / "f.csv", index=False)
    with pytest.raises(DossierError, match="has no column kind"):
        read_estimates(tmp_path / "f.csv")
    with pytest.raises(DossierError, match="cannot be read"):
        read_estimates(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("measure", "kind"),
    [
        ("killed", "killed"),
        ("wounded", "wounded"),
        ("casualties", "killed and wounded"),
        ("killed + wounded + missing", "killed and wounded"),
        ("lost", "lost, or not stated"),
        ("", "lost, or not stated"),
    ],
)
def test_measures_fall_into_four_kinds(measure, kind):
    assert family(measure) == kind


def test_reports_stand_before_estimates_and_each_source_once(later, estimates):
    totals = later.claims[later.claims["claim"].isin(["wallace", "uk-mod-feb", "post-russia"])]
    totals = totals.drop(columns=["low", "high"]).join(claim_ends(later), on="claim")
    day = pd.Timestamp("2023-03-06")
    rows = counts_around(totals, estimates, side="Russia", day=day)
    both = rows[rows["group"].eq("Russia, killed and wounded")]
    assert both["layer"].tolist()[:3] == ["reported"] * 3
    assert both["layer"].tolist()[3:] == ["estimate"] * (len(both) - 3)
    # more than 220,000 is drawn from the number printed
    assert both.loc[both["label"].str.startswith("Ben Wallace"), "low"].tolist() == [220_000]
    assert not rows["measure"].eq("wounded").any()


def test_names_are_made_short_for_labels():
    assert short_name("unnamed official") == "Official"
    assert short_name("a" * 80, most=10) == "A" + "a" * 8 + "…"
