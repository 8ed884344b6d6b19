"""Each flag rule on small dossiers: where it fires, and where it must not."""

import pytest
from clean import SOURCES, count, dossier_of, ratio

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.words import number
from bakhmut.dossier.claims import build_dossier
from bakhmut.findings.evidence import gather
from bakhmut.findings.flags import flag
from bakhmut.findings.rules import hedges, numbers, scope, voices, wording
from bakhmut.findings.rules.numbers import significant_digits
from bakhmut.meaning.interpretation import read


def evidence_of(*claims, **tables):
    return gather(read(dossier_of(*claims, **tables)))


def claims_of(rule, *claims, **tables):
    return [set(finding.claims) for finding in rule(evidence_of(*claims, **tables))]


def sentence_of(rule, *claims, **tables):
    (finding,) = rule(evidence_of(*claims, **tables))
    return finding.because


# metric drift


def test_one_voice_that_says_lost_and_then_casualties_drifts():
    found = claims_of(
        wording.metric_drift,
        ratio("a", measure="lost"),
        ratio("b", measure="casualties", per_measure="casualties", repeats="a"),
    )
    assert found == [{"a", "b"}]


def test_two_words_that_can_only_mean_the_same_do_not_drift():
    # terms.csv reads "losses" as "lost": two words, one meaning.
    assert not claims_of(
        wording.metric_drift,
        count("a", measure="lost"),
        count("b", measure="losses", repeats="a"),
    )


def test_casualties_spelt_out_as_killed_and_wounded_do_not_drift():
    assert not claims_of(
        wording.metric_drift,
        count("a", measure="casualties"),
        count("b", measure="killed + wounded", repeats="a"),
    )


def test_two_sources_with_two_words_do_not_drift():
    assert not claims_of(
        wording.metric_drift,
        count("a", measure="killed"),
        count("b", measure="wounded", source="another office"),
    )


# mixed measures


def test_lost_per_killed_of_two_sides_is_mixed():
    assert claims_of(wording.mixed_measures, ratio("a", measure="lost")) == [{"a"}]


def test_killed_per_killed_is_not_mixed():
    assert not claims_of(wording.mixed_measures, ratio("a"))


def test_wounded_per_killed_of_one_side_is_a_ratio_by_intent():
    assert not claims_of(wording.mixed_measures, ratio("a", measure="wounded", per_side="Russia"))


# times more


@pytest.mark.parametrize(
    "quote",
    ["five times more casualties", "3 times higher than", "ten times fewer", "two times larger"],
)
def test_times_more_is_flagged(quote):
    assert claims_of(wording.times_more, ratio("a", quote=quote)) == [{"a"}]


def test_times_fewer_is_not_said_to_be_a_sum():
    # Three times fewer than 9 is 3 to some and nothing to others, and never 9 + 3 x 9.
    said = sentence_of(wording.times_more, ratio("a", quote="close to three times fewer"))
    end = "“times fewer” has no agreed meaning; “one in so many” has."
    assert said == f"“close to three times fewer”: {end}"


@pytest.mark.parametrize(
    "quote",
    ["five times as many", "more than five times as many", "five to one", "many times over"],
)
def test_times_as_many_is_not_flagged(quote):
    assert not claims_of(wording.times_more, ratio("a", quote=quote))


# dropped hedge


def test_at_least_five_that_becomes_five_has_dropped_its_hedge():
    found = claims_of(
        hedges.dropped_hedge,
        ratio("told", hedge="at least", low="5", high=""),
        ratio("printed", low="5", high="5", repeats="told"),
    )
    assert found == [{"told", "printed"}]


def test_the_headline_that_is_restated_with_a_hedge_is_found_too():
    found = claims_of(
        hedges.dropped_hedge,
        count("headline", low="900", high="900"),
        count("body", low="900", high="900", hedge="about", repeats="headline"),
    )
    assert found == [{"headline", "body"}]


def test_the_hedge_is_named_once_with_the_quote_that_keeps_it():
    said = sentence_of(
        hedges.dropped_hedge,
        ratio("told", hedge="at least", low="5", high="", quote="at least five killed"),
        ratio("printed", low="5", high="5", repeats="told", quote="five killed"),
    )
    assert said.startswith("“at least” stands in “at least five killed” but not in “five killed”")


def test_more_than_for_at_least_keeps_the_floor():
    assert not claims_of(
        hedges.dropped_hedge,
        count("a", hedge="at least", high=""),
        count("b", hedge="more than", high="", repeats="a"),
    )


def test_hedges_that_differ_are_each_shown_with_their_words():
    said = sentence_of(
        hedges.dropped_hedge,
        count("a", hedge="more than", high="", quote="more than 120"),
        count("b", hedge="nearly", low="", repeats="a", quote="nearly 120"),
    )
    assert "“more than” in “more than 120” and “nearly” in “nearly 120”" in said


def test_another_number_is_another_figure_not_a_dropped_hedge():
    assert not claims_of(
        hedges.dropped_hedge,
        count("a", hedge="about"),
        count("b", low="300", high="300", repeats="a"),
    )


# undefined measure


def test_lost_is_undefined_where_it_may_be_the_dead_or_more():
    assert claims_of(wording.undefined_measure, count("a", measure="lost")) == [{"a"}]


def test_a_figure_without_a_measure_is_undefined():
    assert claims_of(wording.undefined_measure, count("a", measure="")) == [{"a"}]


def test_killed_is_defined():
    assert not claims_of(wording.undefined_measure, count("a"))


def test_words_without_a_number_are_not_asked_what_they_count():
    vague = count("a", measure="losses", low="", high="")
    assert not claims_of(wording.undefined_measure, vague)


# interested source


def test_a_side_that_counts_its_enemys_dead_is_interested():
    assert claims_of(voices.interested_source, count("a", source="Ukrainian army")) == [{"a"}]


def test_a_part_of_a_side_that_counts_that_side_is_interested():
    # terms.csv: Russia is Wagner and other Russian forces.
    assert claims_of(voices.interested_source, count("a", source="Wagner")) == [{"a"}]


def test_a_source_of_no_side_is_not_interested():
    assert not claims_of(voices.interested_source, count("a"))


def test_a_source_of_a_side_that_nothing_names_is_no_party():
    sources = [{"source": "Office of Records", "side": "Utopia", "kind": "government"}]
    assert not claims_of(voices.interested_source, count("a"), sources=sources)


# unnamed source


def test_an_unnamed_source_is_flagged_once_for_all_its_figures():
    found = claims_of(
        voices.unnamed_source,
        count("a", source="an official"),
        count("b", source="an official", measure="wounded"),
    )
    assert found == [{"a", "b"}]


def test_a_figure_without_a_source_beside_others_that_have_one_is_flagged():
    assert claims_of(voices.unnamed_source, count("a"), count("b", source="")) == [{"b"}]


def test_a_table_that_names_no_source_anywhere_is_its_own_source():
    assert not claims_of(voices.unnamed_source, count("a", source=""), count("b", source=""))


# single origin


def test_three_statements_of_one_voice_are_one_statement():
    found = claims_of(
        voices.single_origin, count("a"), count("b", repeats="a"), count("c", repeats="b")
    )
    assert found == [{"a", "b", "c"}]


def test_two_outlets_with_one_source_are_one_voice():
    found = claims_of(
        voices.single_origin, count("a", via="One"), count("b", via="Two", repeats="a")
    )
    assert found == [{"a", "b"}]


def test_a_named_source_said_twice_in_one_text_passes():
    assert not claims_of(voices.single_origin, count("a"), count("b", repeats="a"))


def test_two_sources_with_the_same_number_are_not_one_voice():
    assert not claims_of(voices.single_origin, count("a"), count("b", source="another office"))


# accounts


def test_two_stances_on_one_topic_are_shown_side_by_side():
    positions = [
        {"claim": "p", "quote": "all agreed", "topic": "t", "stance": "stay", "source": "One"},
        {"claim": "q", "quote": "one left", "topic": "t", "stance": "leave", "source": "Two"},
    ]
    said = sentence_of(voices.accounts_differ, count("a"), positions=positions)
    assert "stay: “all agreed” (One)" in said and "leave: “one left” (Two)" in said


def test_one_stance_on_two_topics_is_no_opposition():
    positions = [
        {"claim": "p", "quote": "x", "topic": "t", "stance": "stay", "source": "One"},
        {"claim": "q", "quote": "y", "topic": "u", "stance": "leave", "source": "Two"},
    ]
    assert not claims_of(voices.accounts_differ, count("a"), positions=positions)


# scope


def test_a_citys_ratio_beside_a_wars_totals_is_a_mismatch():
    found = claims_of(
        scope.scope_mismatch,
        ratio("r"),
        count("a", place="Ukraine"),
        count("b", place="Ukraine", side="Ukraine"),
    )
    assert found == [{"r", "a", "b"}]


def test_a_ratio_beside_counts_of_its_own_scope_is_no_mismatch():
    assert not claims_of(
        scope.scope_mismatch,
        ratio("r"),
        count("a"),
        count("b", side="Ukraine"),
        count("c", place="Ukraine"),
        count("d", place="Ukraine", side="Ukraine"),
    )


def test_a_bound_tried_as_an_exact_number_is_exact_not_rounded():
    # 120,500 is more than 120,000; as an exact number that is 500 short of it, though 120,000 as
    # a rounded figure would reach it.
    rows = [
        count("top", side="A", low="153,770", high="153,770"),
        count("bottom", side="B", hedge="more than", low="120,000", high=""),
        count("exact", side="B", hedge="exact", low="120,500", high="120,500"),
    ]
    found = flag(build_dossier({"claims": rows, "sources": SOURCES}))
    (row,) = found[
        found["flag"].eq("point-against-bound") & found["severity"].eq("serious")
    ].itertuples()
    said = "“bottom was reported” and “exact was reported” cannot both be true as worded."
    assert row.because.endswith(said)


def test_one_total_alone_invites_no_division():
    assert not claims_of(scope.scope_mismatch, ratio("r"), count("a", place="Ukraine"))


def test_totals_of_another_text_are_not_beside_the_ratio():
    assert not claims_of(
        scope.scope_mismatch,
        ratio("r", article="one"),
        count("a", place="Ukraine", article="two"),
        count("b", place="Ukraine", side="Ukraine", article="two"),
    )


def test_two_counts_of_one_side_that_differ_in_place_are_no_mismatch():
    assert not claims_of(scope.scope_mismatch, count("a"), count("b", place="Ukraine"))


# period


def test_a_figure_without_a_period_is_flagged_with_its_restatements():
    found = claims_of(
        scope.unstated_period, count("a", period=""), count("b", period="", repeats="a")
    )
    assert found == [{"a", "b"}]


def test_a_restatement_leaves_out_the_period_that_the_voice_has_given():
    assert not claims_of(scope.unstated_period, count("a"), count("b", period="", repeats="a"))


def test_a_vague_statement_is_not_asked_for_its_period():
    assert not claims_of(
        scope.unstated_period, count("a", period="", low="", high="", measure="losses")
    )


RATE = "150 to 300 soldiers were killed a day"


@pytest.mark.parametrize(
    ("quote", "period", "flagged"),
    [
        (RATE, "2023-02", True),
        (RATE, "a day in February 2023", False),
        (RATE, "only in early February 2023", True),  # no words of a rate
        (RATE, "", False),  # not stated: nothing collides with it
        ("Every day 150 to 300 were killed", "2023-02", True),
        ("150 to 300 were killed on a day of mourning", "2023-02", False),
        ("150 to 300 were killed", "2023-02", False),
    ],
)
def test_so_many_a_day_are_no_total_of_a_month(quote, period, flagged):
    row = count("a", quote=quote, low="150", high="300", period=period)
    assert claims_of(scope.rate_as_total, row) == ([{"a"}] if flagged else [])


# stale


def older(claim, end, **cells):
    return count(claim, side="Ukraine", period=f"2022-02-24/{end}", published=end) | cells


def test_totals_a_month_apart_are_stale():
    # From 24 Feb 2022 to 6 Feb 2023 are 347 days; 28 more are 8 %, and 120 is exact to 4 %.
    found = claims_of(scope.stale, count("new"), older("old", "2023-02-06"))
    assert found == [{"new", "old"}]


def test_totals_a_week_apart_are_not_stale():
    assert not claims_of(scope.stale, count("new"), older("old", "2023-02-27"))


def test_what_moves_less_than_the_figure_is_rounded_is_not_stale():
    # 13 days are 4 % of 362; "100" is printed to the nearest hundred: half of it is 50 %.
    assert not claims_of(
        scope.stale, count("new"), older("old", "2023-02-21", low="100", high="100")
    )


def test_a_month_as_date_may_be_its_first_day():
    # Published in February: on the 1st at the earliest, 33 days before 6 March.
    said = sentence_of(scope.stale, count("new"), older("old", "2023-02-28", published="2023-02"))
    assert "is up to 33 days older" in said


def test_a_later_total_of_one_side_is_never_stale_nor_anything():
    later = count("later", period="2022-02-24/2023-06-06", published="2023-06-06", low="300")
    assert not claims_of(scope.stale, count("sooner"), later | {"high": "300"})


# precision


@pytest.mark.parametrize(
    ("printed", "digits"),
    [("153,770", 5), ("120,000", 2), ("4.50", 3), ("0.05", 1), ("1.2 million", 2), ("100,001", 6)],
)
def test_significant_digits_are_counted_as_printed(printed, digits):
    assert significant_digits(printed) == digits


@pytest.mark.parametrize(
    "cells",
    [
        {"source": "Ukrainian army", "low": "153,770", "high": "153,770"},
        {"hedge": "about", "low": "153,770", "high": "153,770"},
        {"low": "100,250", "high": "153,770"},
    ],
)
def test_an_estimate_with_five_digits_is_too_precise(cells):
    row = count("a", quote=f"{cells['low']} to {cells['high']} killed", **cells)
    assert claims_of(numbers.false_precision, row) == [{"a"}]


def test_digits_that_stand_in_no_quote_are_the_coders():
    # "one in seven" is 14.2857 %: the coder's rounding, not the speaker's.
    coded = ratio("a", quote="nearly one in seven", hedge="nearly", low="", high="14.3 %")
    assert not claims_of(numbers.false_precision, coded)


def test_a_difference_is_as_exact_as_the_counts_it_is_of():
    row = ratio("a", quote="about 153,770 more", hedge="about; difference", low="153,770",
                high="153,770")  # fmt: skip
    assert claims_of(numbers.false_precision, row) == [{"a"}]
    few = ratio("a", quote="some 212 more", hedge="about; difference", low="212", high="212")
    assert not claims_of(numbers.false_precision, few)


def test_digits_are_found_in_a_quote_however_they_are_grouped():
    row = count("a", quote="some 153 770 killed", hedge="about", low="153,770", high="153,770")
    assert claims_of(numbers.false_precision, row) == [{"a"}]


def test_how_many_digits_are_too_many_is_said_of_the_kind_of_figure():
    said = sentence_of(
        numbers.false_precision,
        ratio("a", quote="about 4.55 to one", hedge="about", low="4.55", high="4.55"),
    )
    assert "has 3 significant digits" in said and said.endswith("more than two.")


@pytest.mark.parametrize(
    "cells",
    [
        {"low": "16,774", "high": "16,774"},  # a record by name
        {"source": "Ukrainian army", "low": "153,000", "high": "153,000"},
        {"source": "Ukrainian army", "low": "999", "high": "999"},
        {"source": "Ukrainian army", "side": "Ukraine", "low": "13,215", "high": "13,215"},
        {"hedge": "about", "low": "150,000", "high": "150,000"},
    ],
)
def test_records_round_numbers_and_own_counts_are_not_too_precise(cells):
    assert not claims_of(numbers.false_precision, count("a", **cells))


def test_a_difference_is_an_estimate_like_a_count():
    # 2,345 has four digits, 2,340 three: as many as an estimate carries.
    for low, found in (("2,345", [{"a"}]), ("2,340", [])):
        row = ratio("a", quote=f"some {low} more", hedge="about; difference", low=low, high=low)
        assert claims_of(numbers.false_precision, row) == found


# point against bound


def floor(claim, **cells):
    return count(claim, side="Ukraine", hedge="more than", low="100", high="") | cells


def test_a_point_over_a_floor_is_only_a_ceiling():
    # 120 over 101 or more: at most 1.188...
    said = sentence_of(numbers.point_against_bound, count("a"), floor("b"))
    assert "is at most 1.19," in said


def test_a_floor_over_a_point_is_only_a_floor_where_the_text_divides_so():
    # The text's ratio is Ukrainian per Russian: 101 or more over 120 is at least 0.8417,
    # and a number below 10 is said to two places, as everywhere: 0.84.
    turned = ratio("r", side="Ukraine", per_side="Russia")
    said = sentence_of(numbers.point_against_bound, count("a"), floor("b"), turned)
    assert "is at least 0.84," in said


def test_two_points_are_not_flagged():
    assert not claims_of(numbers.point_against_bound, count("a"), count("b", side="Ukraine"))


def test_a_bound_of_another_place_is_not_set_against_a_point():
    assert not claims_of(numbers.point_against_bound, count("a"), floor("b", place="Kyiv"))


def test_a_bound_of_another_measure_is_not_set_against_a_point():
    assert not claims_of(numbers.point_against_bound, count("a"), floor("b", measure="wounded"))


# implausible


def test_a_part_larger_than_its_whole_is_implausible():
    share = ratio("s", per_side="Russia", measure="killed", per_measure="killed + wounded")
    assert claims_of(numbers.implausible_implication, share) == [{"s"}]


def test_a_share_below_one_is_plausible():
    share = ratio("s", per_side="Russia", per_measure="killed + wounded", low="25%", high="25%")
    assert not claims_of(numbers.implausible_implication, share)


# words


def test_quotes_are_typographic_single_spaced_and_short():
    assert quoted(" a\n b ") == "“a b”"
    assert len(quoted("x" * 10_000)) <= 92


def test_a_long_list_counts_the_rest():
    assert listed("abcdef") == "a, b, c and 3 more"


def test_numbers_are_set_off_or_short():
    assert [number(n) for n in (1234567.0, 1.28141, 5.0)] == ["1,234,567", "1.28", "5"]
