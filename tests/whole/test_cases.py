"""Texts of other kinds, as printed: epidemics, other wars, a shipwreck, votes, crowds, machines.

Each folder of `cases` holds a few published figures with quote and page. What should come of
them is worked out by hand beside each test; the folders know nothing of the engine.
"""

from __future__ import annotations

from functools import cache

import pytest
from places import CASES

import bakhmut as bk


@cache
def case(name):
    """Return a case's dossier, its check and its flags."""
    dossier = bk.read_dossier(CASES / name)
    check = bk.check(dossier)
    return dossier, check, bk.flag(dossier, check)


def conflicts(name):
    return case(name)[1].conflicts.to_dict("records")


def flags(name):
    return {(row.flag, row.severity): row for row in case(name)[2].itertuples()}


def every_name():
    return sorted(path.name for path in CASES.iterdir())


def test_there_are_cases_of_many_kinds():
    assert len(every_name()) >= 12


@pytest.mark.parametrize("name", every_name())
def test_a_case_is_decided_and_its_quotes_are_short(name):
    dossier, check, _ = case(name)
    assert check.undecided == ()
    assert all(len(quote.split()) <= 12 for quote in dossier.claims["quote"])
    # What is printed somewhere carries its page; the one share that no one printed says so.
    unprinted = dossier.claims[dossier.claims["url"].eq("")]
    assert set(unprinted["source"]) <= {"a shortened figure", "Electoral Commission"}


# ---- tables whose parts do not add up to their total


def test_parts_that_miss_their_total_by_little_are_shown_as_a_slip_with_its_size():
    # 10,675 + 14,122 + 3,814 + 20 + 8 + 4 + 1 + 1 + 1 + 1 = 28,647, and 28,657 are printed;
    # 4,809 + 3,955 + 2,543 + 8 + 6 + 1 = 11,322, and 11,325 are printed.
    cases, deaths = conflicts("ebola-table")
    assert (cases["apart"], deaths["apart"]) == (10, 3)
    # Each figure off by e: 28,647 (1 + e) = 28,657 (1 - e).
    assert cases["margin"] == pytest.approx(10 / (28_647 + 28_657))
    assert cases["origins"] == 1 and len(cases["claims"]) == 11
    assert "They miss each other by 10, 0.02% of each figure" in cases["because"]
    slips = case("ebola-table")[2]
    assert list(slips["flag"]) == ["slip", "slip"] and set(slips["severity"]) == {"caution"}
    assert "miss each other by 3 (0.01%" in slips["because"][1]


def test_parts_that_miss_their_total_by_much_are_no_slip():
    # 94,000 + 164,000 + 258,000 + 31,000 + 10,000 = 557,000, and 613,000 are printed. As rounded
    # figures they are less than 4 x 500 + 250 more (a unit of 10,000 is 500), and 613,000 may be
    # 500 less: 612,500 - 559,250.
    (conflict,) = conflicts("civil-war-table")
    assert conflict["status"] == "contradiction" and conflict["apart"] == 53_250
    assert "slip" not in conflict["because"] and not len(case("civil-war-table")[2])


def test_rounded_parts_that_miss_a_rounded_total_are_a_note_and_no_contradiction():
    # 359,528 + 258,000 = 617,528 against 620,000, which stands for 615,000 or more.
    check = case("civil-war-dead")[1]
    assert not conflicts("civil-war-dead")
    first = check.notes.iloc[0]
    assert first["claims"] == ("union-total", "confederate-total", "both")
    assert first["apart"] == 2_472
    # Seen through the parts of both totals it is one and the same slip.
    assert list(flags("civil-war-dead")) == [("slip", "note")]


def test_one_estimate_rounded_in_another_report_is_a_note():
    # 837,000 stands for 836,500 to 837,500, and 837,214 lies in it: 214 more.
    others = conflicts("march-estimates")
    (own,) = case("march-estimates")[1].notes.query("note == 'slip'")["apart"]
    assert own == 214
    # 400,000 against either is a disagreement of two voices, and no slip.
    assert {c["status"] for c in others} == {"contradiction"}
    assert {c["origins"] for c in others} == {2}
    assert list(flags("march-estimates")) == [("slip", "note")]


def test_two_digits_that_changed_places_are_a_slip_of_one_voice():
    # 41,329 and 41,239 in one article: 90 apart.
    (conflict,) = conflicts("covid-two-digits-changed-places")
    assert (conflict["apart"], conflict["origins"]) == (90, 1)
    assert ("slip", "caution") in flags("covid-two-digits-changed-places")


# ---- groups and shares


def test_a_sub_group_larger_than_its_group_is_a_contradiction():
    # 229,527 voters among at most 15,000 registered.
    (conflict,) = conflicts("liberia-registered")
    assert conflict["status"] == "contradiction"
    assert conflict["claims"] == ("votes", "registered")
    assert conflict["apart"] == 229_527 - 15_000


def test_a_share_that_contradicts_its_counts_is_found():
    # 229,527 / (229,527 + 8,992) = 96.23 %, and 93.23 percent is printed; 8,992 of them are 3.77 %.
    # 93.23 % and 3.77 % are 97 % of two candidates' votes, besides.
    found = {frozenset(c["claims"]) for c in conflicts("liberia-share")}
    assert found == {
        frozenset({"king", "faulkner", "king-share"}),
        frozenset({"king-share", "faulkner-share"}),
    }
    assert case("liberia-share")[1].status == "contradiction"


def test_a_share_a_fiftieth_of_a_point_off_is_a_slip():
    # 499 / 1,316 = 37.918 %, which is 37.92 and not 37.94 per cent.
    (conflict,) = conflicts("titanic-passengers")
    assert conflict["status"] == "contradiction" and conflict["margin"] < 0.001
    assert list(flags("titanic-passengers")) == [("slip", "caution")]


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        # 4,447 / 8,914 = 49.9 %: the 70 are of those whose outcome is known.
        ("ebola-seventy-percent", ("cases", "dead", "mortality")),
        # 17,410,742 / 46,500,001 = 37.4 %: the 51.9 are of the valid votes.
        ("referendum-wrong-base", ("electorate", "leave", "leave-share")),
    ],
)
def test_a_percentage_of_another_base_contradicts_the_counts(name, claims):
    (conflict,) = conflicts(name)
    assert (conflict["status"], conflict["claims"]) == ("contradiction", claims)
    assert not len(case(name)[2])


def test_a_whole_number_ratio_holds_where_it_is_read_as_rounded():
    # 800 / 58 = 13.79: not 14, but 13.5 to 14.5.
    (conflict,) = conflicts("sabres-and-migs")
    assert conflict["status"] == "contradiction-in-some-readings"
    assert conflict["readings_fail"] == ({"ratio": "exactly"},)
    assert conflict["readings_hold"] == ({"ratio": "rounded"},)


# ---- time and voices


def test_a_cumulative_total_that_falls_is_found_and_no_slip():
    # 46,706 by Tuesday, 41,329 by Wednesday, by another definition: 5,377 fewer.
    (conflict,) = conflicts("covid-revised-toll")
    assert (conflict["status"], conflict["apart"]) == ("contradiction", 5_377)
    assert conflict["origins"] == 1
    assert not len(case("covid-revised-toll")[2])


def test_an_approximate_figure_corrected_beyond_its_width_names_the_width_it_would_need():
    # around 120, then 93: 120 (1 - w) = 93 at w = 9/40, beyond the 20 % that "around" can mean at
    # the most: 96 (1 - m) = 93 (1 + m) at m = 3/189.
    (conflict,) = conflicts("kosovo-tanks")
    assert conflict["status"] == "contradiction" and not conflict["assumptions"]
    assert conflict["margin"] == pytest.approx(3 / 189)


def test_claims_of_two_voices_disagree():
    # 185 against 60; the fighters' 176 alone are more than 60. 176 + 9 or more may be 185.
    found = {frozenset(c["claims"]): c["origins"] for c in conflicts("battle-of-britain-day")}
    assert found == {
        frozenset({"claimed", "counted"}): 2,
        frozenset({"fighters", "counted"}): 2,
    }


def test_hours_of_a_day_are_not_set_against_the_day():
    # 317,000 by 11 a.m. and 782,000 on the whole day hold together; 420,000 and 570,557 rides on
    # one day do not.
    (conflict,) = conflicts("metro-rides")
    assert conflict["claims"] == ("spicer", "metro")


# ---- what must not be flagged


@pytest.mark.parametrize(
    "name",
    [
        # 2,123 + 7,244 + 6,802 = 16,169; 1,284 + 4,181 + 1,463 = 6,928.
        "ebola-three-countries",
        # 66,081 + 23,984 + 15,196 + 3,771 = 109,032.
        "iraq-war-logs",
        # 16,141,241 + 17,410,742 + 25,359 = 33,577,342; 48.11 %, 51.89 % and 72.21 %.
        "referendum",
        # 203 + 118 + 178 + 212 = 711 of 325 + 285 + 706 + 885 = 2,201; each share as rounded.
        "titanic-inquiry",
        # 54,246 in the world and 36,516 in the theater: two scopes, one part of the other.
        "korea-two-scopes",
    ],
)
def test_a_clean_text_has_no_conflict_and_no_flag(name):
    _, check, found = case(name)
    assert check.status == "consistent"
    assert not len(check.conflicts) and not len(found)
