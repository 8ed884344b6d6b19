"""What a printed figure is rounded to, and that nothing but the last digit is forgiven for it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import WAR, count, dossier, exactly, ratio, term

import bakhmut as bk
from bakhmut.consistency.arranged import holding
from bakhmut.dossier.parsing.hedging import last_digit
from bakhmut.dossier.parsing.notation import period_in_words
from bakhmut.figures import plot_reading_matrix
from bakhmut.figures.style import alt_text

PERIOD = period_in_words(WAR)

PARTS = [term("place", "Land", "North + South + East")]


def table(*figures, total, source="", **cells):
    """A table of up to three places and their sum, each by a source of its own unless said."""
    by = {"source": source} if source else {}
    places = ("North", "South", "East")
    rows = [exactly(p.lower(), f, place=p, **by) for p, f in zip(places, figures, strict=True)]
    return dossier([*rows, exactly("total", total, **by, **cells)], PARTS)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("25.6%", Fraction(1, 1000)), ("88 %", Fraction(1, 100)), ("50 per cent", Fraction(1, 100)),
        ("1.28", Fraction(1, 100)), ("4.50", Fraction(1, 100)), ("1.2 million", 100_000),
        ("120 thousand", 1_000), ("35k", 1_000), ("153,700", 100), ("620,000", 10_000),
        ("12,000", 600),  # 5 % of it, for 1,000 would be 8 %
        ("153,770", 0), ("153,771", 0), ("9,000", 0), ("5", 0), ("100", 0), ("0", 0),
    ],
)  # fmt: skip
def test_the_last_digit_is_worth(printed, unit):
    assert last_digit(printed) == unit


def test_rounded_parts_may_miss_their_total_by_the_half_units_of_all():
    # 12,100 + 13,200 + 14,300 = 39,600: four half units of 50 reach 39,800, not 39,900.
    # Below 39,750 the parts, and from 39,750 on the total: an upper end is not reached.
    assert bk.decide(table("12,100", "13,200", "14,300", total="39,700")) == "consistent"
    assert bk.decide(table("12,100", "13,200", "14,300", total="39,800")) == "contradiction"
    (note,) = bk.check(table("12,100", "13,200", "14,300", total="39,700")).notes.itertuples()
    assert (note.note, note.apart) == ("slip", 100)
    assert note.claims == ("north", "south", "east", "total")


def test_exact_counts_off_by_one_stay_a_contradiction_and_a_slip_with_its_size():
    made = table("12,101", "13,202", "14,303", total="39,607", source="one office")
    check = bk.check(made)
    assert check.status == "contradiction"
    assert check.conflicts["apart"][0] == 1
    (slip,) = bk.flag(made, check).itertuples()
    assert (slip.flag, slip.severity) == ("slip", "caution")


def test_a_figure_called_exact_is_not_taken_as_rounded():
    parts = ("12,100", "13,200", "14,300")
    assert bk.decide(table(*parts, total="39,700", hedge="exact")) == "consistent"
    places = ("North", "South", "East")
    rows = [
        exactly(p.lower(), f, place=p, hedge="exact") for p, f in zip(places, parts, strict=True)
    ]
    made = dossier([*rows, exactly("total", "39,700", hedge="exact")], PARTS)
    assert bk.decide(made) == "contradiction"


def test_a_bound_and_a_range_have_their_width_already():
    assert bk.decide(dossier([count("least", "12,100"), count("most", "", "12,000")])) == (
        "contradiction"
    )
    assert bk.decide(
        dossier([count("range", "12,100", "12,900"), count("most", "", "12,000")])
    ) == ("contradiction")


def test_shares_that_add_up_to_99_9_percent_are_a_note():
    # 51.3 + 46.8 + 1.8 = 99.9 %: less than three half units of 0.05 more reach 100 %.
    share = {"per_side": "A", "per_place": "Land"}
    figures = {"North": "51.3%", "South": "46.8%", "East": "1.8%"}
    made = dossier([ratio(p.lower(), f, f, place=p, **share) for p, f in figures.items()], PARTS)
    check = bk.check(made)
    assert check.status == "consistent" and not len(check.conflicts)
    assert check.readings_consistent == 1 and len(check.witness)
    assert list(bk.flag(made, check)["severity"]) == ["note"]


def test_shares_that_add_up_to_98_percent_are_a_contradiction():
    share = {"per_side": "A", "per_place": "Land"}
    figures = {"North": "51.3%", "South": "44.9%", "East": "1.8%"}
    made = dossier([ratio(p.lower(), f, f, place=p, **share) for p, f in figures.items()], PARTS)
    assert bk.decide(made) == "contradiction"


def test_a_share_of_its_counts_as_rounded_is_no_conflict_and_its_proof_shows_its_end():
    share = {"place": "City", "per_side": "A", "per_place": "Land"}
    counts = [exactly("city", "203", place="City"), exactly("land", "325")]
    assert not len(bk.find_conflicts(dossier([ratio("s", "62.46%", "62.46%", **share), *counts])))
    # 203 / 325 = 62.4615 %: 62.44 % is more than half a hundredth away.
    frame = bk.find_conflicts(dossier([ratio("s", "62.44%", "62.44%", **share), *counts]))
    assert list(frame["status"]) == ["contradiction"]
    # 62.44 % stands for less than 62.445 %: of 325 less than 202.94625.
    assert any(
        "62.44% stands for less than 62.445 %: B < 0.62445 ×" in line
        or "62.44% stands for less than 62.445 %" in line
        for line in frame["proof"][0]
    )
    assert "203 would have to be less than 202.94625" in frame["proof"][0][-1]


def test_what_a_rounded_share_and_its_counts_imply_is_told():
    # 62.46 % is 62.455 to 62.465 %: of 325 at least 202.97..., so that the 203 is what bounds it.
    share = {"place": "City", "per_side": "A", "per_place": "Land"}
    counts = [exactly("city", "203", place="City"), exactly("land", "325")]
    found = bk.check(dossier([ratio("s", "62.46%", "62.46%", **share), *counts]))
    assert found.status == "consistent"
    whole = found.bounds[found.bounds["reading"].map(len).eq(0)]
    told = {row.quantity: (row.low, row.high) for row in whole.itertuples()}
    assert told[f"A, killed, Land, {PERIOD}"] == (325, 325)
    assert told[f"A, killed, City, {PERIOD}"] == (203, 203)
    # Were the period that the share leaves open that of the counts, it would fit them as rounded.
    made = dossier([ratio("s", "62.46%", "62.46%", **share, period=""), *counts])
    assert bk.decide(made) == "consistent" == bk.check(made).status


def test_figures_that_only_rounding_joins_hold_together():
    # 1.2 million is up to 1,250,000; 1.235 million from 1,234,500; 0.02 million from 15,000:
    # 1,234,600 + 15,200 = 1,249,800 fits all three.
    rows = [
        exactly("total", "1.2 million"), exactly("north", "1.235 million", place="North"),
        exactly("south", "0.02 million", place="South"),
    ]  # fmt: skip
    made = dossier(rows, [term("place", "Land", "North + South + ...")])
    assert bk.decide(made) == "consistent"
    # 0.07 million is at least 65,000, and 1,234,500 + 65,000 is more than 1,250,000.
    rows[2] |= {"low": "0.07 million", "high": "0.07 million"}
    assert bk.decide(dossier(rows, [term("place", "Land", "North + South + ...")])) == (
        "contradiction"
    )


def test_a_slip_of_a_fraction_is_told_with_its_size_in_digits():
    # "nearly 1,001" is 900.9 to 1,001: 0.9 above 900, a two-thousandth of each figure.
    made = dossier([count("a", high="1,001", hedge="nearly"), exactly("b", "900")])
    (because,) = bk.find_conflicts(made)["because"]
    assert "They miss each other by 0.9, 0.05% of each figure" in because


def test_that_a_ratio_is_of_something_is_no_news():
    share = {"place": "City", "per_side": "A", "per_place": "Land"}
    assert bk.check(dossier([ratio("s", "62.46%", "62.46%", **share)])).bounds["low"].max() < 1


def test_what_rounding_forgives_in_pairs_it_may_not_forgive_together():
    # 12,100 is less than 12,150, 12,200 that at least: they do not meet. 12,000 (a unit of 600: up
    # to 12,300) meets each.
    three = [exactly("a", "12,100"), exactly("b", "12,200"), exactly("c", "12,000")]
    assert bk.decide(dossier(three)) == "contradiction"
    assert bk.decide(dossier(three[::2])) == bk.decide(dossier(three[1:])) == "consistent"
    # 12,149 is within 12,100, and 12,151 within 12,200; both within 12,000: but not one number.
    further = [*three, exactly("d", "12,149"), exactly("e", "12,151")]
    found = bk.check(dossier(further))
    assert found.status == "contradiction"
    status = {frozenset(row.claims): row.status for row in found.conflicts.itertuples()}
    assert status[frozenset({"d", "e"})] == "contradiction"
    assert frozenset({"a", "d"}) not in status
    # 12,149 lies outside of 12,150 to 12,250.
    assert status[frozenset({"b", "d"})] == "contradiction"


def saved_in_one_reading():
    """Return "lost" as killed: 12,100 against 12,149, which rounding explains.

    As killed and wounded: 12,100 is less than 13,001 wounded, which nothing does.
    """
    return dossier([
        exactly("lost", "12,100", measure="lost"), exactly("dead", "12,149"),
        count("hurt", "13,001", measure="wounded"),
    ])  # fmt: skip


def test_a_reading_that_only_rounding_saves_leaves_the_other_readings_as_they_are():
    check = bk.check(saved_in_one_reading())
    assert check.status == "contradiction-in-some-readings"
    assert check.readings_consistent == 1
    kinds = {row.claims: row.status for row in check.conflicts.itertuples()}
    assert kinds == {("lost", "hurt"): "contradiction-in-some-readings"}


def test_a_falling_total_that_about_hides_from_the_engine_is_flagged():
    # about 15,000 then about 14,700: 5 % either way lets both hold; the total fell all the same.
    rows = [
        exactly("monday", "15,000", hedge="about", source="staff"),
        exactly("tuesday", "14,700", hedge="about", source="staff", period=WAR[:-1] + "7"),
    ]
    found = bk.flag(dossier(rows))
    assert list(found["flag"]) == ["cumulative-fall"]
    assert found["claims"][0] == ("monday", "tuesday")


def test_a_falling_total_that_is_a_conflict_already_is_not_flagged_again():
    rows = [
        exactly("monday", "15,001", source="staff"),
        exactly("tuesday", "13,001", source="staff", period=WAR[:-1] + "7"),
    ]
    assert "cumulative-fall" not in set(bk.flag(dossier(rows))["flag"])


def test_a_hedge_lost_between_two_spellings_of_a_number_is_a_dropped_hedge():
    rows = [
        exactly("bulletin", "153770", hedge="about", source="staff"),
        exactly("article", "153,770", source="staff", repeats="bulletin"),
    ]
    assert "dropped-hedge" in set(bk.flag(dossier(rows))["flag"])


def test_in_the_picture_of_readings_what_only_rounding_keeps_apart_can_hold():
    found = bk.check(saved_in_one_reading())
    assert holding(found) == 1 == found.readings_consistent
    assert set(found.readings["status"]) == {"consistent", "contradiction"}
    assert alt_text(plot_reading_matrix(found)).startswith("1 of 2 combinations of readings can")
