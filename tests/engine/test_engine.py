"""The engine on dossiers of which a person can say what should come out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from making import (
    WAR,
    WORDS,
    conflicts_of,
    count,
    dossier,
    exactly,
    ratio,
    term,
    wounded_per_killed,
)

import bakhmut as bk
from bakhmut.dossier.claims import DossierError
from bakhmut.findings import answers


def statuses(made, **options):
    return list(bk.find_conflicts(made, **options)["status"])


# -- definitions alone -------------------------------------------------------------------


def test_more_killed_than_killed_and_wounded_is_a_contradiction():
    made = dossier([exactly("dead", "12,000"), exactly("both", "10,000", measure="hurt")])
    check = bk.check(made)
    assert check.status == "contradiction"
    assert conflicts_of(check.conflicts) == {frozenset({"dead", "both"})}
    # Rounded to 600 and to 500, 5 % of each: 11,700 (1 - e) = 10,250 (1 + e), e = 1,450 / 21,950.
    assert check.conflicts["margin"][0] == pytest.approx(1_450 / 21_950)


def test_more_killed_in_a_city_than_in_its_land_is_a_contradiction():
    made = dossier([count("city", "500", place="City"), count("land", "", "400")])
    assert statuses(made) == ["contradiction"]


def test_city_and_land_of_different_sides_say_nothing_of_each_other():
    made = dossier([count("city", "500", place="City"), count("land", "", "400", side="B")])
    assert bk.check(made).status == "not-checkable"  # neither is compared with another


def test_two_cities_can_exceed_their_land_together_though_neither_does_alone():
    made = dossier([
        count("city", "300", place="City"), count("town", "300", place="Town"),
        count("land", "", "500"),
    ])  # fmt: skip
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({"city", "town", "land"})}


def test_divisions_of_one_place_in_different_rows_may_overlap():
    terms = [term("place", "Land", "City + ..."), term("place", "Land", "Coast + ...")]
    made = dossier(
        [count("city", "300", place="City"), count("coast", "300", place="Coast"),
         count("land", "", "500")],
        terms,
    )  # fmt: skip
    assert bk.check(made).status == "consistent"


def test_an_exhaustive_division_leaves_nothing_over():
    terms = [term("place", "Land", "North + South")]
    made = dossier(
        [
            exactly("n", "10", place="North"),
            exactly("s", "20", place="South"),
            exactly("all", "31"),
        ],
        terms,
    )
    # 10 + 20 = 30, not 31; 31 (1 - e) = 30 (1 + e): e = 1 / 61
    frame = bk.find_conflicts(made)
    assert list(frame["status"]) == ["contradiction"]
    assert frame["margin"][0] == pytest.approx(1 / 61)


def test_two_exhaustive_divisions_of_one_whole_must_give_one_sum():
    terms = [term("place", "Land", "North + South"), term("place", "Land", "East + West")]
    places = {"North": "10", "South": "20", "East": "11", "West": "18"}
    made = dossier([exactly(p.lower(), n, place=p) for p, n in places.items()], terms)
    # 30 by the one division, 29 by the other, and no claim about the whole is needed
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({"north", "south", "east", "west"})}


@pytest.mark.parametrize("period", [WAR, ""])
def test_both_halves_of_a_ratio_have_one_sum_however_divided(period):
    # Read as "all", the toll is killed + hurt = dead + ill. Blue: 10 + 10 = 20, yet 25 are dead.
    terms = [
        term("measure", "toll", "killed + hurt", "all"),
        term("measure", "toll", "dead + ill", "all"),
        term("measure", "toll", "killed", "few"),
    ]
    made = dossier(
        [
            count("ratio", "0.1", "9", measure="toll", side="Red", per_side="Blue",
                  per_measure="toll", per_place="Land", per_period=period, period=period),
            exactly("killed", "10", side="Blue"),
            exactly("hurt", "10", side="Blue", measure="hurt"),
            exactly("dead", "25", side="Blue", measure="dead"),
        ],
        terms,
    )  # fmt: skip
    frame = bk.find_conflicts(made)
    found = dict(zip(frame["claims"].map(frozenset), frame["status"], strict=True))
    status = "contradiction-in-some-readings" if period else "not-checkable"
    assert found == {frozenset({"ratio", "killed", "hurt", "dead"}): status}


def test_figures_that_nothing_links_are_mended_group_by_group():
    made = dossier([
        exactly("ten", "10"), exactly("eleven", "11"),
        exactly("five", "5", place="Sea"), exactly("six", "6", place="Sea"),
        exactly("by-itself", "7", place="Hill"),
    ])  # fmt: skip
    rows = bk.correct(made)
    pairs = list(zip(rows["group"], rows["gives"], strict=True))
    # The smaller change first: 11 by 1/11, 10 by 1/10; 6 by 1/6, 5 by 1/5.
    assert pairs == [(1, ("eleven",)), (1, ("ten",)), (2, ("six",)), (2, ("five",))]
    assert answers.what_would_give(bk.check(made), made) == (
        "It is enough to give up eleven, or one other figure; and besides six, or one other figure."
    )
    assert bk.check(made).alone == ("by-itself",)


def test_only_readings_that_matter_are_asked_for():
    # 12 lost cannot be the 10 killed; what "casualties" are does not matter, be they 11 or more.
    made = dossier(
        [exactly("killed", "10"), exactly("lost", "12", measure="lost"),
         count("all", "11", measure="casualties")], WORDS,
    )  # fmt: skip
    (row,) = bk.correct(made).itertuples(index=False)
    assert (row.kind, row.readings) == ("reading", {"lost": "all"})


def test_a_part_for_which_nothing_is_left_can_have_no_count():
    # All of the land is the city, and it is the city and the port: nothing is in the port.
    terms = [term("place", "Land", "City"), term("place", "Land", "City + Port")]
    made = dossier([exactly("port", "7", place="Port"), exactly("land", "9")], terms)
    frame = bk.find_conflicts(made)
    assert list(zip(frame["claims"], frame["status"], strict=True)) == [
        (("port",), "contradiction")
    ]
    assert "(2) by meaning, nothing is left for A: A ≤ 0" in frame["proof"][0]
    assert frame["proof"][0][-1].endswith(
        "7 would have to be at most 0. These cannot all be true as worded."
    )


def test_three_parts_pairwise_apart_cannot_each_be_half_of_the_whole():
    # City and Town are apart, Town and Port are apart, City and Port are apart, all in the land.
    terms = [
        term("place", "Land", "City + Town + ..."),
        term("place", "Land", "Town + Port + ..."),
        term("place", "Land", "City + Port + ..."),
    ]
    claims = [count(p.lower(), "50", place=p) for p in ("City", "Town", "Port")]
    made = dossier([*claims, count("land", "", "100")], terms)
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({"city", "town", "port", "land"})}


def test_a_sum_that_counts_a_part_twice_does_so():
    terms = [
        term("measure", "hurt", "killed + wounded"),
        term("measure", "toll", "hurt + killed"),
    ]
    made = dossier(
        [exactly("dead", "10"), exactly("both", "30", measure="hurt"),
         exactly("toll", "40", measure="toll")],
        terms,
    )  # fmt: skip
    assert bk.check(made).status == "consistent"  # 30 + 10
    made = dossier([count("dead", "10"), exactly("toll", "19", measure="toll")], terms)
    assert bk.check(made).status == "contradiction"  # 2 x 10 > 19


@pytest.mark.parametrize("things", ["tanks", "doses", "demonstrators"])
def test_things_are_counted_like_people(things):
    made = dossier([
        count("city", "500", measure=things, place="City"),
        count("land", "", "400", measure=things),
    ])  # fmt: skip
    assert statuses(made) == ["contradiction"]


# -- time --------------------------------------------------------------------------------


def test_a_cumulative_total_that_falls_is_a_contradiction():
    made = dossier([
        exactly("earlier", "150", period="2022-02-24/2023-03-06"),
        exactly("later", "149", period="2022-02-24/2023-03-07"),
    ])  # fmt: skip
    assert statuses(made) == ["contradiction"]


def test_a_cumulative_total_that_rises_is_none():
    made = dossier([
        exactly("earlier", "150", period="2022-02-24/2023-03-06"),
        exactly("later", "151", period="2022-02-24/2023-03-07"),
    ])  # fmt: skip
    assert bk.check(made).status == "consistent"


def test_months_inside_a_year_may_not_exceed_it():
    months = [count(f"m{n}", "100", period=f"2022-0{n}") for n in range(1, 4)]
    made = dossier([*months, count("year", "", "299", period="2022")])
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({"m1", "m2", "m3", "year"})}
    assert (
        bk.check(dossier([*months, count("year", "", "300", period="2022")])).status == "consistent"
    )


def test_overlapping_windows_share_what_lies_in_both():
    # January to June at least 60, April to September at least 60, the nine months at most 90: then
    # at least 30 fell from April to June, and at most 29 is said to have.
    windows = [
        count("first", "60", period="2022-01/2022-06"),
        count("second", "60", period="2022-04/2022-09"),
        count("all", "", "90", period="2022-01/2022-09"),
    ]  # fmt: skip
    made = dossier([*windows, count("shared", "", "29", period="2022-04/2022-06")])
    assert conflicts_of(bk.find_conflicts(made)) == {
        frozenset({"first", "second", "all", "shared"})
    }
    made = dossier([*windows, count("shared", "", "30", period="2022-04/2022-06")])
    assert bk.check(made).status == "consistent"


def test_a_word_for_a_period_means_its_dates():
    terms = [term("period", "the war", WAR), term("period", "the war", "the siege + ...")]
    made = dossier(
        [count("siege", "500", period="the siege"), count("war", "", "400", period=WAR)], terms
    )
    assert statuses(made) == ["contradiction"]


# -- ratios ------------------------------------------------------------------------------


def test_a_ratio_and_its_two_counts_are_a_conflict_of_three():
    made = dossier([
        ratio("ratio", "5", "5"), exactly("a", "153,770"), count("b", "120,000", side="B"),
    ])  # fmt: skip
    frame = bk.find_conflicts(made)
    assert conflicts_of(frame) == {frozenset({"ratio", "a", "b"})}


def test_a_share_is_a_ratio_of_part_to_whole():
    share = ratio("share", "88%", "88%", side="A", place="City", per_side="A", per_place="Land")
    made = dossier([share, exactly("city", "90", place="City"), exactly("land", "100")])
    assert statuses(made) == ["contradiction"]
    made = dossier([share, exactly("city", "88", place="City"), exactly("land", "100")])
    assert bk.check(made).status == "consistent"


def test_a_share_above_one_contradicts_itself():
    share = ratio("share", "1.2", "1.2", place="City", per_side="A", per_place="Land")
    frame = bk.find_conflicts(dossier([share]))
    assert list(frame["claims"]) == [("share",)]
    assert "This claim cannot be true as worded" in frame["because"][0]


def test_nothing_is_a_ratio_of_nobody():
    made = dossier([ratio("ratio", "5", "5"), exactly("b", "0", side="B")])
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({"ratio", "b"})}


def test_identical_claims_agree():
    made = dossier([exactly("one", "153,770"), exactly("two", "153770")])
    assert bk.check(made).status == "consistent"


def test_claims_that_touch_agree():
    made = dossier([count("most", "", "100"), count("least", "100")])
    assert bk.check(made).status == "consistent"


# -- hedges ------------------------------------------------------------------------------


def test_more_than_starts_one_above_a_count():
    made = dossier([count("more", "100", hedge="more than"), count("most", "", "100")])
    assert statuses(made) == ["contradiction"]
    made = dossier([count("least", "100", hedge="at least"), count("most", "", "100")])
    assert bk.check(made).status == "consistent"


def test_nearly_reaches_down_by_a_tenth():
    low = dossier([count("nearly", "", "100", hedge="nearly"), count("most", "", "90")])
    assert bk.check(low).status == "consistent"
    lower = dossier([count("nearly", "", "100", hedge="nearly"), count("most", "", "89")])
    assert statuses(lower) == ["contradiction"]


def test_about_is_an_assumption_and_says_at_which_width_it_flips():
    made = dossier([exactly("about", "100", hedge="about"), exactly("other", "120")])
    frame = bk.find_conflicts(made)
    assert list(frame["status"]) == ["conflicts-with-assumption"]
    assert frame["assumptions"][0] == ("about-within-5-percent",)
    # 100 (1 + w) reaches 120 at w = 0.2
    assert [t["exact"] for t in frame["thresholds"][0]] == ["1/5"]


def test_may_changes_no_number():
    made = dossier([exactly("may", "100", hedge="may"), exactly("other", "120")])
    assert statuses(made) == ["contradiction"]


# -- readings ----------------------------------------------------------------------------


def test_a_word_with_two_readings_conflicts_in_some():
    made = dossier([exactly("lost", "100", measure="lost"), exactly("dead", "90")])
    check = bk.check(made)
    assert check.status == "contradiction-in-some-readings"
    assert check.conflicts["readings_fail"][0] == ({"lost": "dead"},)
    assert check.conflicts["readings_hold"][0] == ({"lost": "all"},)
    assert (check.readings_total, check.readings_consistent) == (2, 1)


def test_one_origin_reads_a_word_in_one_way():
    same = {"source": "ministry", "measure": "lost"}
    made = dossier([
        exactly("total", "100", **same), exactly("city", "95", place="City", **same),
        exactly("dead", "90"), exactly("hurt", "20", measure="wounded", place="City"),
        exactly("city-dead", "95", place="City"),
    ])  # fmt: skip
    # city-dead needs "dead" (95 killed), total then contradicts "dead" (90 killed)
    assert bk.check(made).status == "contradiction"
    parted = [{**row, "source": row["claim"]} for row in made.claims.to_dict("records")]
    keep = ["claim", "source", "side", "measure", "place", "period", "low", "high"]
    other = dossier([{k: row[k] for k in keep} for row in parted])
    # the two now may mean different things, but 95 of 90 killed in the city still cannot be
    assert "contradiction" in statuses(other)


def test_readings_that_fail_for_different_reasons_are_a_joint_contradiction():
    # "dead" fails against 90 killed, "all" against 101 wounded.
    made = dossier([
        exactly("lost", "100", measure="lost"), exactly("dead", "90"),
        count("hurt", "101", measure="wounded"),
    ])  # fmt: skip
    check = bk.check(made)
    by_claims = {row.claims: row.status for row in check.conflicts.itertuples()}
    assert by_claims == {
        ("lost", "dead", "hurt"): "contradiction",
        ("lost", "dead"): "contradiction-in-some-readings",
        ("lost", "hurt"): "contradiction-in-some-readings",
    }
    assert (check.readings_total, check.readings_consistent) == (2, 0)


def test_readings_of_one_claim_replace_its_figures():
    made = dossier(
        [ratio("ratio", "5", "5"), exactly("a", "60"), exactly("b", "10", side="B")],
        readings=[
            {"claim": "ratio", "reading": name, "field": field, "value": value, "because": "test"}
            for name, value in (("times as many", "5"), ("times more", "6"))
            for field in ("low", "high")
        ],
    )
    check = bk.check(made)
    assert check.status == "contradiction-in-some-readings"
    assert check.conflicts["readings_fail"][0] == ({"ratio": "times as many"},)


def test_a_restated_figure_counts_for_its_origin():
    made = dossier([
        exactly("speech", "100", source="minister"),
        exactly("paper", "120", source="paper", repeats="speech"),
    ])  # fmt: skip
    frame = bk.find_conflicts(made)
    assert frame["origins"][0] == 1
    assert "at odds with itself" in frame["because"][0]


def test_two_sources_that_differ_are_a_disagreement():
    frame = bk.find_conflicts(dossier([exactly("one", "100"), exactly("two", "120")]))
    assert frame["origins"][0] == 2
    assert "2 origins disagree" in frame["because"][0]


# -- what is not stated ------------------------------------------------------------------


def test_an_unstated_period_is_part_of_the_widest():
    made = dossier([
        count("city", "500", place="City", period=""), count("war", "", "400"),
    ])  # fmt: skip
    assert statuses(made) == ["contradiction"]


def test_an_unstated_period_is_one_and_the_same_for_one_origin():
    same = {"source": "ministry", "period": ""}
    made = dossier([exactly("one", "100", **same), exactly("two", "120", **same)])
    assert statuses(made) == ["contradiction"]


def test_unstated_periods_of_two_origins_cannot_be_compared():
    made = dossier([exactly("one", "100", period=""), exactly("two", "120", period="")])
    check = bk.check(made)
    assert check.status == "not-checkable"
    assert "period of one" in check.conflicts["because"][0]


def test_ten_origins_without_a_period_are_decided():
    claims = [count(f"c{n}", "500", place="City", period="") for n in range(10)]
    made = dossier([*claims, count("war", "", "400")])
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({c["claim"], "war"}) for c in claims}


# -- assumptions -------------------------------------------------------------------------


def test_an_assumption_names_the_value_at_which_it_flips():
    made = dossier(
        [exactly("dead", "100"), exactly("both", "700", measure="hurt")],
        assumptions=[wounded_per_killed("2", "4")],
    )
    frame = bk.find_conflicts(made)
    assert list(frame["status"]) == ["conflicts-with-assumption"]
    # 700 - 100 = 600 wounded, six for each killed
    assert [(t["bound"], t["exact"]) for t in frame["thresholds"][0]] == [("high", "6")]


def test_an_assumption_about_each_place_binds_in_the_unstated_part_too():
    here = {"place": "City", "period": "", "source": "official"}
    made = dossier(
        [exactly("dead", "100", **here), exactly("both", "700", measure="hurt", **here),
         count("war", "", "9000", measure="hurt")],
        assumptions=[wounded_per_killed("2", "4")],
    )  # fmt: skip
    assert conflicts_of(bk.find_conflicts(made)) == {frozenset({"dead", "both", "wpk-a"})}


def test_a_what_if_is_off_until_asked_for():
    what_if = wounded_per_killed("2", "4", tier="what-if")
    made = dossier(
        [exactly("dead", "100"), exactly("both", "700", measure="hurt")], assumptions=[what_if]
    )
    assert bk.check(made).status == "consistent"
    assert bk.check(made, assume=["wpk-a"]).status == "conflicts-with-assumption"


def test_a_what_if_about_the_same_takes_the_plausible_ones_place():
    wide = {**wounded_per_killed("1", "20", tier="what-if"), "assumption": "wide"}
    made = dossier(
        [exactly("dead", "100"), exactly("both", "700", measure="hurt")],
        assumptions=[wounded_per_killed("2", "4"), wide],
    )
    assert bk.check(made).status == "conflicts-with-assumption"
    assert bk.check(made, assume=["wide"]).status == "consistent"


def test_an_unknown_assumption_is_refused_with_the_names_there_are():
    made = dossier([exactly("dead", "100")], assumptions=[wounded_per_killed("2", "4")])
    with pytest.raises(DossierError, match=r"'nonsense'.*allowed: wpk-a"):
        bk.check(made, assume=["nonsense"])


def test_an_assumption_that_has_a_claims_name_is_refused():
    made = dossier([exactly("wpk-a", "5")], assumptions=[wounded_per_killed("2", "4")])
    with pytest.raises(DossierError, match="'wpk-a' is a claim's name; allowed: another name"):
        bk.check(made)


def test_a_conflict_that_is_not_there_cannot_be_proven_and_those_that_are_can():
    made = dossier([exactly("a", "5"), exactly("b", "6")])
    (name,) = bk.find_conflicts(made)["conflict"]
    assert all(certificate.verify() for certificate in bk.prove(made, name))
    with pytest.raises(DossierError, match=f"'c' is not in the dossier; allowed: {name}"):
        bk.prove(made, "c")
    for measured in (bk.check(made).margin, bk.check(made).thresholds):
        with pytest.raises(DossierError, match=f"'c' is not in the dossier; allowed: {name}"):
            measured("c")
    with pytest.raises(DossierError, match="allowed: none: the dossier has no conflicts"):
        bk.prove(dossier([exactly("a", "5")]), "c")


# -- bounds, corrections, witness --------------------------------------------------------


def test_bounds_follow_from_a_ratio_and_a_total():
    made = dossier([
        ratio("ratio", "5", "5", place="City"), exactly("total", "153,770"),
    ])  # fmt: skip
    found = bk.bound(made, side="B", measure="killed", place="City", period=WAR)
    # side A's killed in the city are at most its 153,770 in the land: 153,770 / 5 = 30,754
    assert found["high_exact"][0] == "30754"
    assert found["low_exact"][0] == "1"


def test_bounds_of_a_ratio_are_exact():
    made = dossier([exactly("a", "153,770"), count("b", "120,000", side="B")])
    found = bk.bound(made, side="A", measure="killed", place="Land", per={"side": "B"})
    assert Fraction(found["high_exact"][0]) == Fraction(153_770, 120_000)
    assert found["low"][0] == 0


def test_the_smallest_correction_counts_origins():
    made = dossier([
        exactly("one", "100", source="ministry"), exactly("two", "110", source="ministry"),
        exactly("other", "105", source="paper"),
    ])  # fmt: skip
    found = bk.correct(made)
    # 100, 105 and 110: any two have to go. Each stands in two of the three pairs; those of 100
    # miss each other by most (10/210 + 5/205, of 110 by 10/210 + 5/215). Then 105 or 110.
    assert list(zip(found["group"], found["kind"], found["gives"], strict=True)) == [
        (1, "claims", ("one",)), (2, "claims", ("two",)), (2, "claims", ("other",)),
        (1, "voice", ("one", "two")),  # the ministry alone could give both
    ]  # fmt: skip
    assert found["origins"].iloc[-1] == ("ministry",)


def test_ties_between_corrections_are_shown():
    found = bk.correct(dossier([exactly("one", "100"), exactly("two", "120")]))
    assert sorted(found["gives"]) == [("one",), ("two",)]
    assert list(found["ties"]) == [2, 2]


def test_a_reading_that_saves_all_is_the_smallest_correction():
    made = dossier([exactly("lost", "100", measure="lost"), exactly("dead", "90")])
    found = bk.correct(made)
    assert list(found["kind"]) == ["reading"]
    assert found["readings"][0] == {"lost": "all"}


def test_a_consistent_dossier_has_a_witness():
    witness = bk.check(
        dossier([exactly("dead", "90"), count("both", "100", measure="hurt")])
    ).witness
    values = dict(zip(witness["scope"], witness["value"], strict=True))
    assert values == {
        "A, killed, Land, 2022-02-24 to 2023-03-06": 90,
        "A, killed + wounded, Land, 2022-02-24 to 2023-03-06": 100,
    }


def test_vague_claims_alone_are_not_checkable():
    assert bk.check(dossier([count("vague")])).status == "not-checkable"


# -- proofs ------------------------------------------------------------------------------


def test_a_proof_can_be_followed_line_by_line():
    made = dossier([
        exactly("dead", "12,000", quote="12,000 killed"),
        exactly("both", "10,000", measure="hurt", quote="10,000 casualties"),
    ])  # fmt: skip
    proof = bk.find_conflicts(made)["proof"][0]
    assert proof == (
        "A = A, killed, Land, 2022-02-24 to 2023-03-06",
        "B = A, killed + wounded, Land, 2022-02-24 to 2023-03-06",
        # half of 600, and half of 500: 5 % of what a figure with two zeros or more says
        "(1) dead, “12,000 killed” (dead), where 12,000 stands for at least 11,700: 11,700 ≤ A",
        "(2) both, “10,000 casualties” (both), where 10,000 stands for less than 10,250: "
        "B < 10,250",
        "(3) by meaning, killed is part of killed + wounded: A ≤ B",
        "(1) + (2) + (3): 11,700 + A + B < 10,250 + A + B.",
        "Without A + B on both sides, 11,700 would have to be less than 10,250. "
        "These cannot all be true as worded.",
    )


def test_a_proof_takes_decimals_where_they_are_shorter():
    # 57 + 29 + 17 = 103 %: what is counted is at least 1, so 0.03 of it is left over.
    shares = {"w": "57 %", "m": "29 %", "k": "17 %"}
    rows = [ratio(n, p, p, side=n, per_side="all", hedge="exact") for n, p in shares.items()]
    (proof,) = bk.find_conflicts(dossier(rows, [term("side", "all", "w + m + k")]))["proof"]
    assert proof[-2].startswith("(1) + 0.03 × (2) + (3) + (4) + (5): 0.03 + A")
    assert proof[-1].endswith(
        "0.03 would have to be at most 0. These cannot all be true as worded."
    )


def test_what_contradicts_itself_hides_no_bound_of_what_is_apart():
    rows = [exactly("a", "5"), exactly("b", "6"), exactly("c", "7", place="Sea")]
    found = bk.check(dossier(rows))
    assert found.status == "contradiction"
    assert found.bounds["quantity"].to_list() == ["A, killed, Sea, 2022-02-24 to 2023-03-06"]


def test_a_share_is_of_a_whole_of_the_same_time():
    rows = [
        exactly("city", "5", place="City", period="2023-03"),
        exactly("land-then", "50", period="2023-01"),
        exactly("land", "100", period="2023"),
    ]
    quantities = [q for q in bk.check(dossier(rows)).bounds["quantity"] if "as a share of" in q]
    assert quantities == ["A, killed, City, 2023-03 as a share of A, killed, Land, 2023"]


def test_a_period_can_be_a_sum():
    rows = [
        exactly("two", "310", period="2023-05 + 2023-07"),
        exactly("year", "300", period="2023"),
    ]
    assert bk.decide(dossier(rows)) == "contradiction"
    assert bk.decide(dossier([rows[0], exactly("year", "310", period="2023")])) == "consistent"


def test_that_what_is_not_stated_lies_in_the_widest_is_said_to_be_a_rule():
    rows = [exactly("a", "500", period=""), exactly("b", "300", period="2023")]
    (proof,) = bk.find_conflicts(dossier(rows))["proof"]
    rule = "by meaning, a period not stated is taken as part of the widest one, 2023: A ≤ B"
    assert any(rule in line for line in proof)


def test_every_certificate_adds_up_and_a_changed_one_does_not():
    from dataclasses import replace

    made = dossier([
        ratio("ratio", "5", "5"), exactly("a", "153,770"), count("b", "120,000", side="B"),
    ])  # fmt: skip
    (certificate,) = bk.prove(made, "conflict-1")
    assert certificate.verify()
    for n, step in enumerate(certificate.steps):
        steps = list(certificate.steps)
        steps[n] = replace(step, times=step.times * 7)
        assert not replace(certificate, steps=tuple(steps)).verify()


@pytest.mark.parametrize(
    "row",
    [
        lambda n: [("", f"t{n + 1} + u{n}"), ("", f"t{n + 1} + v{n}")],  # two divisions each
        lambda n: [("a", f"t{n + 1}"), ("b", f"u{n} + t{n + 1}")],  # two readings each
    ],
)
def test_meanings_that_multiply_without_end_are_refused_at_once(row):
    terms = [term("place", f"t{n}", means, r) for n in range(199) for r, means in row(n)]
    terms += [term("place", "t199", "east", "x"), term("place", "t199", "west", "y")]
    with pytest.raises(DossierError, match=r"terms\.csv: .*allowed: "):
        bk.check(dossier([exactly("a", "5", place="t0")], terms))
